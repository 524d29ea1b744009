// A page of an app as far as HTTP goes: opens a session with a code (RFC 7636, S256) and calls its own origin.
import { request } from "node:http";
import { openingCookieOf } from "../../support/app-host.ts";

export interface PageAnswer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
}

/** One request to an app's origin, with the headers that a page of it sends. */
export function callAppOrigin(
	port: number,
	origin: string,
	path: string,
	options: { cookie?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<PageAnswer> {
	const payload = options.body === undefined ? undefined : JSON.stringify(options.body);
	return new Promise((done, refuse) => {
		const outgoing = request(
			{
				host: "127.0.0.1",
				port,
				path,
				method: payload === undefined ? "GET" : "POST",
				headers: {
					Host: new URL(origin).host,
					...(payload === undefined
						? {}
						: {
								Origin: origin,
								"Sec-Fetch-Site": "same-origin",
								"Content-Type": "application/json",
								"Content-Length": Buffer.byteLength(payload),
							}),
					...(options.cookie ? { Cookie: options.cookie } : {}),
					...options.headers,
				},
			},
			async (reply) => {
				const chunks: Buffer[] = [];
				for await (const chunk of reply) chunks.push(chunk as Buffer);
				done({ status: reply.statusCode ?? 0, headers: reply.headers, text: Buffer.concat(chunks).toString() });
			},
		);
		outgoing.on("error", refuse);
		outgoing.end(payload);
	});
}

/** Exchanges a code for the cookie of a viewer session. */
export async function openAppSession(
	port: number,
	origin: string,
	code: string,
	verifier: string,
): Promise<{ answer: PageAnswer; cookie: string }> {
	const answer = await callAppOrigin(port, origin, "/_freehold/session", {
		cookie: openingCookieOf(verifier),
		body: { code },
	});
	const [set = ""] = answer.headers["set-cookie"] ?? [];
	return { answer, cookie: set.split(";")[0] ?? "" };
}
