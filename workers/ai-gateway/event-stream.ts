// The answer to the caller: newline-delimited JSON as a byte stream, the only kind RPC carries. A stream of our own, because
// the runtime's identity stream tells its writer of a cancelled reader only at the next write, and a silent provider has none.
import { utf8 } from "#lib/bytes.ts";

/** What may wait unread before a writer has to wait. */
const maxQueuedBytes = 64 * 1024;

export interface EventStream {
	readable: ReadableStream<Uint8Array>;
	/** Resolves when the reader keeps up; with `isTaken`, when the reader took this line. Rejects once the reader left. */
	write(line: string, isTaken: boolean): Promise<void>;
	close(): void;
	/** Aborted when the reader left. */
	left: AbortSignal;
}

export function makeEventStream(): EventStream {
	const left = new AbortController();
	let waiting: (() => void)[] = [];
	let queued = 0;
	let out: ReadableByteStreamController | null = null;
	const wake = () => {
		for (const resolve of waiting.splice(0)) resolve();
	};
	const readable = new ReadableStream({
		type: "bytes",
		start(controller) {
			out = controller;
		},
		// called only when everything written has been taken and the reader wants more
		pull() {
			queued = 0;
			wake();
		},
		cancel() {
			left.abort();
			wake();
		},
	});
	return {
		readable,
		left: left.signal,
		async write(line, isTaken) {
			const bytes = utf8(line);
			if (!left.signal.aborted) {
				queued += bytes.length;
				out?.enqueue(bytes);
				if (isTaken || queued > maxQueuedBytes) await new Promise<void>((resolve) => waiting.push(resolve));
			}
			if (left.signal.aborted) throw new TypeError("nobody reads");
		},
		close() {
			waiting = [];
			if (!left.signal.aborted) out?.close();
		},
	};
}
