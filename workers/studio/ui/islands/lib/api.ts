// Calls to the studio's own API, same origin. Failures are values with the sentence the server chose; nothing here throws.
import { shell } from "../../copy.ts";

export interface ApiFailure {
	ok: false;
	status: number;
	code: string;
	message: string;
	requestId: string | null;
	fields: Record<string, string>;
	/** The whole answer, for routes whose refusals say more (problems of files). */
	body: unknown;
}

export type ApiResult<T> = { ok: true; value: T } | ApiFailure;

type Method = "GET" | "POST" | "PATCH" | "DELETE";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function failure(status: number, body: unknown): ApiFailure {
	const error = isObject(body) && isObject(body["error"]) ? body["error"] : {};
	const text = (key: string) => (typeof error[key] === "string" ? error[key] : null);
	return {
		ok: false,
		status,
		code: text("code") ?? "unavailable",
		message: text("message") ?? shell.offline,
		requestId: text("requestId"),
		fields: isObject(error["fields"]) ? (error["fields"] as Record<string, string>) : {},
		body,
	};
}

/** Calls the API. `T` is the contract's type in schema/api: answers of one's own origin are believed. */
export async function call<T>(method: Method, path: string, body?: unknown): Promise<ApiResult<T>> {
	let answer: Response;
	let parsed: unknown = null;
	try {
		answer = await fetch(path, {
			method,
			credentials: "same-origin",
			headers: body === undefined ? {} : { "Content-Type": "application/json" },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		parsed = text ? JSON.parse(text) : null;
	} catch {
		return failure(0, null);
	}
	if (answer.ok) return { ok: true, value: parsed as T };
	// a session that ended: sign in, and come back to this page
	if (answer.status === 401 && !path.startsWith("/api/account/") && !document.body.dataset["anonymous"]) {
		location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
	}
	return failure(answer.status, parsed);
}

export const get = <T>(path: string) => call<T>("GET", path);
export const post = <T>(path: string, body: unknown = {}) => call<T>("POST", path, body);
export const patch = <T>(path: string, body: unknown) => call<T>("PATCH", path, body);
export const remove = <T>(path: string) => call<T>("DELETE", path);

/** Where to go after signing in: a path of this origin only, so that a link cannot send people elsewhere. */
export function safeNext(value: string | null): string {
	if (!value?.startsWith("/") || /^\/[/\\]/.test(value)) return "/apps";
	const url = new URL(value, location.origin);
	return url.origin === location.origin ? url.pathname + url.search : "/apps";
}
