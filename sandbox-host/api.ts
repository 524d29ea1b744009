// /_freehold/session and /_freehold/api/*: what the pages of an app ask of their own origin. Every call must come from a page
// of exactly this origin; a form, another app or a stranger's page cannot make one.
import { systemClock } from "#lib/clock.ts";
import { DataCall, isShallow } from "#schema/data.ts";
import type { HostConfig, HostEnv } from "./env.ts";
import { runtimeOf } from "./env.ts";
import { commonHeaders, type HeaderOptions } from "./headers.ts";
import { apiError, apiJson } from "./notices.ts";
import { findLabel, openLabel } from "./registry.ts";
import { SessionInput } from "./rpc-input.ts";
import { readOpening, readToken, sessionCookie } from "./session-cookie.ts";

const sessionBodyBytes = 4 * 1024;
/** addMany with 500 records; each record is bounded again where it is stored. */
const dataBodyBytes = 8 * 1024 * 1024;

export async function handleApi(
	request: Request,
	path: string,
	label: string,
	env: HostEnv,
	config: HostConfig,
	options: HeaderOptions,
): Promise<Response> {
	const known = await findLabel(env, label, systemClock);
	if (!known.ok) return apiError(known.reason, options);
	if (path === "/_freehold/api/events") return openEvents(request, label, env, config, options);
	if (request.method !== "POST") return apiError("method_not_allowed", options);
	if (!isOwnPage(request, config.originOf(label))) return apiError("cross_origin", options);
	if (!/^application\/json\s*(;|$)/i.test(request.headers.get("Content-Type") ?? "")) {
		return apiError("unsupported_type", options);
	}
	const isSession = path === "/_freehold/session";
	const body = await readJson(request, isSession ? sessionBodyBytes : dataBodyBytes);
	if (!body.ok) return apiError(body.reason, options);

	if (isSession) return exchange(request, body.value, label, env, config, options);
	if (path === "/_freehold/api/viewer") {
		const opened = await openLabel(env, config, label, readToken(request), systemClock);
		if (!opened.ok) return apiError(opened.reason, options);
		const { viewer } = opened.value;
		return viewer
			? apiJson(200, JSON.stringify({ role: viewer.role, name: viewer.name }), options)
			: apiError("session_ended", options);
	}
	if (path !== "/_freehold/api/data") return apiError("not_found", options);
	// with some room for what stands around a record's value
	if (!isShallow(body.value)) return apiError("record_too_deep", options);
	const call = DataCall.safeParse(body.value);
	if (!call.success) return apiError("bad_request", options);
	const answer = await runtimeOf(env, config, label).call(readToken(request), call.data);
	return answer.ok ? apiJson(200, answer.value.body, options) : apiError(answer.reason, options);
}

async function exchange(
	request: Request,
	body: unknown,
	label: string,
	env: HostEnv,
	config: HostConfig,
	options: HeaderOptions,
): Promise<Response> {
	const input = SessionInput.safeParse(body);
	if (!input.success) return apiError("bad_request", options);
	const secret = readOpening(request);
	// the browser keeps no cookies here, or this is no page of ours: the code stays what it is
	if (secret === null) return apiError("session_ended", options);
	const session = await runtimeOf(env, config, label).exchangeCode(input.data.code, secret);
	// wrong, spent and expired codes are one answer: which it was helps only somebody who guesses
	if (!session.ok) return apiError("expired", options);
	const response = apiJson(200, "{}", options);
	response.headers.set("Set-Cookie", sessionCookie(session.value.token, session.value.ttlSeconds));
	return response;
}

/** EventSource sends no Origin for its own origin, so Fetch Metadata alone must say that it is one. */
async function openEvents(
	request: Request,
	label: string,
	env: HostEnv,
	config: HostConfig,
	options: HeaderOptions,
): Promise<Response> {
	if (request.method !== "GET") return apiError("method_not_allowed", options);
	if (request.headers.get("Sec-Fetch-Site") !== "same-origin") return apiError("cross_origin", options);
	if (request.headers.get("Sec-Fetch-Dest") !== "empty") return apiError("cross_origin", options);
	const token = readToken(request);
	if (token === null) return apiError("session_ended", options);
	const answer = await runtimeOf(env, config, label).fetch("https://runtime/events", {
		headers: { "X-Session-Token": token },
	});
	if (!answer.ok) {
		await answer.body?.cancel();
		return apiError(answer.status === 429 ? "rate_limited" : "session_ended", options);
	}
	const headers = new Headers(commonHeaders({ ...options, isPublic: false }));
	headers.set("Content-Type", "text/event-stream; charset=utf-8");
	return new Response(answer.body, { headers });
}

const isOwnPage = (request: Request, origin: string): boolean =>
	request.headers.get("Origin") === origin && request.headers.get("Sec-Fetch-Site") === "same-origin";

/**
 * Keeps at most `maxBytes`, whatever Content-Length says. What is somewhat too long is read to its end, because a client whose
 * upload is cut off sees a broken connection in place of the reason.
 */
async function readJson(
	request: Request,
	maxBytes: number,
): Promise<{ ok: true; value: unknown } | { ok: false; reason: "too_large" | "bad_request" }> {
	if (Number(request.headers.get("Content-Length") ?? 0) > 4 * maxBytes) return { ok: false, reason: "too_large" };
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
	let text = "";
	let size = 0;
	try {
		for await (const chunk of request.body ?? []) {
			size += chunk.length;
			if (size > 4 * maxBytes) break;
			if (size <= maxBytes) text += decoder.decode(chunk, { stream: true });
		}
		if (size > maxBytes) return { ok: false, reason: "too_large" };
		text += decoder.decode();
		return { ok: true, value: JSON.parse(text) };
	} catch {
		return { ok: false, reason: "bad_request" };
	}
}
