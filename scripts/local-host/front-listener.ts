// The one listener of the local host. It stands where Cloudflare's edge stands: unknown hosts and /cdn-cgi/ end here, and
// headers that only the edge may set are stripped. Miniflare obeys MF-Route-Override and MF-Original-URL from anyone, so
// a request that carried them through would choose its Worker.
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { errors } from "#schema/errors.ts";
import { limits } from "#schema/files.ts";
import { outboxPage, readOutbox } from "./outbox.ts";

export interface FrontListenerOptions {
	/** Loopback port of the Workers' runtime. */
	upstreamPort: number;
	outbox: string;
	isKnownHost(host: string): boolean;
	isStudioHost(host: string): boolean;
}

/** Cookies that an app set for the parent domain can be many; with Node's 16 KB they would end in a 431 for every app. */
const headerBytes = 1024 * 1024;
/** Everything else of a request's head has Node's own limit. */
const mostHeadBytes = 16 * 1024;

function headBytes(incoming: IncomingMessage, countsCookies: boolean): number {
	let bytes = incoming.url?.length ?? 0;
	for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
		const [name = "", value = ""] = incoming.rawHeaders.slice(at, at + 2);
		if (countsCookies || name.toLowerCase() !== "cookie") bytes += name.length + value.length;
	}
	return bytes;
}

/** Of the cookies that are not ours, an app's Worker needs the names, to delete them, and not all at once. */
const foreignCookies = 40;

/** What an app's Worker is shown of a Cookie header: our own cookies whole, of others the name. */
export function cookiesForApp(header: string): string {
	const pairs = header.split(";").map((pair) => pair.trim());
	const own = pairs.filter((pair) => pair.startsWith("__Host-Http-freehold_"));
	const names = new Set(
		pairs.filter((pair) => !own.includes(pair)).map((pair) => (pair.split("=")[0] ?? "").slice(0, 200)),
	);
	return [...own, ...[...names].slice(0, foreignCookies).map((name) => `${name}=`)].join("; ");
}

const stripped = /^(mf-|cf-|x-forwarded-|forwarded$|x-real-ip$|true-client-ip$)/i;
const hopByHop = new Set([
	"connection",
	"keep-alive",
	"proxy-connection",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade",
	"expect",
]);

/** Host header without its port, lower case; null when it is malformed or missing. */
export function hostName(header: string | undefined): string | null {
	const match = header?.match(/^([a-z0-9.-]{1,253}?)(?::\d{1,5})?$/i);
	return match?.[1]?.toLowerCase() ?? null;
}

export function createFrontListener(options: FrontListenerOptions): Server {
	return createServer({ requestTimeout: 0, maxHeaderSize: headerBytes }, (incoming, answer) => {
		// Node keeps the first of two Host headers, another parser might keep the last (RFC 9112 §3.2: such a request is a 400)
		const host = incoming.headersDistinct["host"]?.length === 1 ? hostName(incoming.headers.host) : null;
		const path = incoming.url ?? "/";
		// an absolute-form target (RFC 9112 §3.2.2) would name a second host, and a target has no fragment
		if (!path.startsWith("/") || path.startsWith("//") || path.includes("#")) return end(answer, 400, "Bad request.");
		if (!host || !options.isKnownHost(host)) return end(answer, 421, "Freehold does not answer for this host name.");
		if (headBytes(incoming, options.isStudioHost(host)) > mostHeadBytes)
			return end(answer, 431, "This request has larger headers than Freehold accepts.");
		if (mayBeEdgePath(path)) return end(answer, 404, "Not found.");
		if (path === "/dev/outbox" || path === "/dev/outbox.json") return serveOutbox(options, host, incoming, answer);
		if (Number(incoming.headers["content-length"] ?? 0) > limits.requestBytes) return tooLarge(incoming, answer);
		forward(options, host, incoming, answer);
	});
}

/**
 * A Worker that refuses a body before it was sent breaks the connection here, and its answer is lost on the way. So the
 * listener knows the limit too, lets the body run out, and says what the Worker would have said.
 */
function tooLarge(incoming: IncomingMessage, answer: ServerResponse): void {
	incoming.resume();
	incoming.once("end", () => {
		const requestId = `req_${randomUUID().replaceAll("-", "")}`;
		answer.writeHead(413, { ...plainHeaders, "content-type": "application/json" });
		answer.end(JSON.stringify({ error: { code: "too_large", message: errors.too_large[1], requestId } }));
	});
}

/**
 * Whether any reader could take the path for one under /cdn-cgi/, where the runtime keeps its own endpoints: after decoding
 * once or twice, with backslashes, doubled slashes and dot segments resolved as URL parsers do.
 */
export function mayBeEdgePath(target: string): boolean {
	let path = target.split("?")[0] ?? "";
	for (let round = 0; round < 3; round++) {
		if (/^cdn-cgi/i.test(resolveSegments(path)[0] ?? "")) return true;
		// byte by byte: an escape that is not UTF-8 must not end the decoding
		path = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	}
	return false;
}

function resolveSegments(path: string): string[] {
	const kept: string[] = [];
	// a URL parser drops tabs and line breaks before it looks at anything
	for (const part of path.replace(/[\t\r\n]/g, "").split(/[/\\]+/)) {
		if (part === "..") kept.pop();
		else if (part !== "" && part !== ".") kept.push(part);
	}
	return kept;
}

/** On every answer of the listener itself, whatever host it was asked as. */
const plainHeaders = {
	"cache-control": "no-store",
	"content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
	"cross-origin-resource-policy": "same-origin",
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
} as const;

function end(answer: ServerResponse, status: number, text: string): void {
	answer.writeHead(status, { ...plainHeaders, "content-type": "text/plain; charset=utf-8" });
	answer.end(`${text}\n`);
}

function serveOutbox(
	options: FrontListenerOptions,
	host: string,
	incoming: IncomingMessage,
	answer: ServerResponse,
): void {
	const site = incoming.headers["sec-fetch-site"];
	const isOwn =
		(site === undefined || site === "none" || site === "same-origin" || site === "same-site") &&
		(incoming.headers.origin === undefined || incoming.headers.origin === `http://${incoming.headers.host}`);
	if (!options.isStudioHost(host) || !isOwn || incoming.method !== "GET") {
		end(answer, 404, "Not found.");
		return;
	}
	const isJson = incoming.url?.endsWith(".json");
	answer.writeHead(200, {
		"content-type": isJson ? "application/json" : "text/html; charset=utf-8",
		"cache-control": "no-store",
		"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
		"cross-origin-resource-policy": "same-origin",
		"x-content-type-options": "nosniff",
	});
	answer.end(isJson ? JSON.stringify(readOutbox(options.outbox)) : outboxPage(options.outbox));
}

function forward(options: FrontListenerOptions, host: string, incoming: IncomingMessage, answer: ServerResponse): void {
	const isApp = !options.isStudioHost(host);
	const headers: string[] = [];
	for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
		const [name = "", value = ""] = incoming.rawHeaders.slice(at, at + 2);
		if (!stripped.test(name) && !hopByHop.has(name.toLowerCase()))
			headers.push(name, isApp && name.toLowerCase() === "cookie" ? cookiesForApp(value) : value);
	}
	headers.push("CF-Connecting-IP", incoming.socket.remoteAddress ?? "127.0.0.1");
	if (incoming.headers["transfer-encoding"]) headers.push("Transfer-Encoding", "chunked");
	const upstream = request(
		{
			host: "127.0.0.1",
			port: options.upstreamPort,
			method: incoming.method,
			path: incoming.url,
			headers,
			setHost: false,
		},
		(reply) => {
			const back = reply.rawHeaders.filter(
				(_, at) => !hopByHop.has((reply.rawHeaders[at - (at % 2)] ?? "").toLowerCase()),
			);
			answer.writeHead(reply.statusCode ?? 502, back);
			// without this a stream's headers wait for its first byte
			answer.flushHeaders();
			reply.on("error", () => answer.destroy());
			reply.pipe(answer);
		},
	);
	upstream.on("error", () =>
		answer.headersSent
			? answer.destroy()
			: end(answer, 502, "Freehold is starting or stopping. Try again in a moment."),
	);
	answer.on("close", () => upstream.destroy());
	incoming.on("error", () => upstream.destroy());
	incoming.pipe(upstream);
}
