// The one place where bytes leave for a provider. It shows them before they go, holds them to one origin, follows no
// redirect, refuses bytes that hold the operator's own keys, and watches the answer for stalls and floods.
import { toBase64, utf8 } from "#lib/bytes.ts";
import { holdsAnyOf } from "./own-keys.ts";

export type WireFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Why this side ended a request. */
export type WireStop = "credential" | "oversize" | "flooded";

/** The providers take 32 MB; the event that shows the bytes, in base64, must fit a line of 32 MB. */
const maxBodyBytes = 24_000_000;

/** No answer within the schema's limits is longer; an endless one must end. */
const maxAnswerBytes = 48 * 1024 * 1024;

export interface WireOptions {
	destination: string;
	/** The operator's keys, which may be in a header and never in a body. */
	ownKeys: readonly string[];
	signal: AbortSignal;
	/** Resolves when the reader has taken the event: nothing leaves that was not shown first. */
	onSend(body: { destination: string; bodyBase64: string }): Promise<void>;
	onStop(stop: WireStop): void;
	/** Called for each piece of the answer, so that silence can be noticed. */
	onBytes(count: number): void;
	onResponse(): void;
}

export function makeWireFetch(options: WireOptions): WireFetch {
	return async function wireFetch(input, init) {
		const url = new URL(input instanceof Request ? input.url : input);
		if (url.origin !== options.destination) throw new TypeError("refused");
		const body = bodyBytes(init?.body);
		if (body === null || holdsAnyOf(options.ownKeys, body)) {
			options.onStop("credential");
			throw new TypeError("refused");
		}
		if (body.length > maxBodyBytes) {
			options.onStop("oversize");
			throw new TypeError("refused");
		}
		await options.onSend({ destination: options.destination, bodyBase64: toBase64(body) });
		const response = await fetch(url, {
			method: init?.method ?? "POST",
			headers: init?.headers ?? {},
			body,
			// a redirect would take the key, and the person's text, to a host nobody agreed to
			redirect: "manual",
			signal: options.signal,
		});
		options.onResponse();
		options.onBytes(0);
		return response.body === null ? response : new Response(watch(response.body, options), response);
	};
}

function watch(body: ReadableStream<Uint8Array>, options: WireOptions): ReadableStream<Uint8Array> {
	let seen = 0;
	return body.pipeThrough(
		new TransformStream<Uint8Array, Uint8Array>({
			transform(chunk, controller) {
				options.onBytes(chunk.length);
				seen += chunk.length;
				if (seen > maxAnswerBytes) {
					options.onStop("flooded");
					controller.error(new TypeError("flooded"));
				} else controller.enqueue(chunk);
			},
		}),
	);
}

/** Both SDKs send JSON text; another kind of body is one we could not show, so it does not leave. */
function bodyBytes(body: unknown): Uint8Array<ArrayBuffer> | null {
	if (typeof body === "string") return utf8(body);
	if (body instanceof Uint8Array) return new Uint8Array(body);
	return null;
}
