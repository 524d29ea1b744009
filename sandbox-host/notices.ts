// The plain pages an app origin shows instead of an app, and the JSON errors of its API. They say what to do next.
import { type ErrorCode, errors } from "#schema/errors.ts";
import { commonHeaders, type HeaderOptions, noticeHeaders } from "./headers.ts";
import { deletedCookies } from "./session-cookie.ts";

const notices = {
	not_found: [404, "There is nothing here", "Check the address, or open the app from Freehold."],
	gone: [410, "This app was deleted", "It cannot be opened any more, and its address is never used again."],
	not_deployed: [
		404,
		"Nothing to show yet",
		"This app has no version yet. It appears here as soon as the first one is built.",
	],
	blocked: [
		403,
		"This app was blocked",
		"The operator of this installation has blocked it. Its owner can ask the operator why.",
	],
	private: [403, "This app is private", "Open it from Freehold, where we can check that it was shared with you."],
	refused: [403, "Refused", "An app cannot install a service worker."],
	method: [405, "That does not work here", "This address can only be read."],
	region: [
		503,
		"Set up wrongly",
		"A store of this installation belongs to the other region. The operator must fix it before anything is read.",
	],
	unavailable: [503, "Not available", "This app does not answer right now. Try again in a moment."],
} as const satisfies Record<string, readonly [number, string, string]>;

export type Notice = keyof typeof notices;

const style =
	"body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;color-scheme:light dark}" +
	"main{margin:1.5rem;max-width:32rem}h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:0 0 1rem}a{color:LinkText}";

export function noticeResponse(notice: Notice, options: HeaderOptions, withLink: boolean): Response {
	const [status, title, text] = notices[notice];
	const link = withLink ? `<p><a href="${options.studioOrigin}/" rel="noreferrer">Open Freehold</a></p>` : "";
	const body =
		`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
		`<title>${title}</title><link rel="icon" href="data:,"><style>${style}</style></head><body><main><h1>${title}</h1><p>${text}</p>${link}</main></body></html>`;
	const headers = new Headers(noticeHeaders(options));
	headers.set("Content-Type", "text/html; charset=utf-8");
	// What a deleted app left in browsers goes too: storage, caches, service workers, and our cookies by name. "cookies" or "*"
	// would clear those of the whole apps domain, which are other apps' (W3C Clear Site Data §3.1).
	if (notice === "gone") {
		headers.set("Clear-Site-Data", '"cache", "storage"');
		for (const cookie of deletedCookies()) headers.append("Set-Cookie", cookie);
	}
	if (notice === "method") headers.set("Allow", "GET, HEAD");
	return new Response(body, { status, headers });
}

export function apiError(code: ErrorCode, options: HeaderOptions): Response {
	const [status, message] = errors[code];
	return apiJson(status, JSON.stringify({ error: { code, message, requestId: crypto.randomUUID() } }), options);
}

export function apiJson(status: number, body: string, options: HeaderOptions): Response {
	const headers = new Headers(commonHeaders({ ...options, isPublic: false }));
	headers.set("Content-Type", "application/json; charset=utf-8");
	return new Response(body, { status, headers });
}
