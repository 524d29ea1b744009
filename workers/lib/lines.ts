// Newline-delimited text from a stream of bytes.

/** Yields each non-empty line. Aborting cancels the stream, which its sender sees. Throws when a line exceeds 32 MB. */
export async function* readLines(stream: ReadableStream<Uint8Array>, signal?: AbortSignal): AsyncGenerator<string> {
	const reader = stream.getReader();
	const decoder = new TextDecoder();
	const onAbort = () => void reader.cancel().catch(() => undefined);
	signal?.addEventListener("abort", onAbort, { once: true });
	let pending = "";
	try {
		for (;;) {
			if (signal?.aborted) return;
			const { done, value } = await reader.read();
			if (done) break;
			pending += decoder.decode(value, { stream: true });
			if (pending.length > 32 * 1024 * 1024) throw new RangeError("a line is too long");
			const lines = pending.split("\n");
			pending = lines.pop() ?? "";
			for (const line of lines) if (line) yield line;
		}
		if (pending) yield pending;
	} finally {
		signal?.removeEventListener("abort", onAbort);
		await reader.cancel().catch(() => undefined);
	}
}
