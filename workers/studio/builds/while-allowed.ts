// A stream that goes on only while its reader may have it. The check at a request's start says nothing of a person who is removed,
// or signs out, while a build runs.

/** Each check is a few look-ups, and a Worker may make only so many in one request: a build of ten minutes stays within them. */
const checkEveryMs = 5_000;

/** Hands the stream on; ends it at the first chunk after `isAllowed` said no. */
export function whileAllowed(
	stream: ReadableStream<Uint8Array>,
	isAllowed: () => Promise<boolean>,
): ReadableStream<Uint8Array> {
	const reader = stream.getReader();
	let checkedAt = Date.now();
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { done, value } = await reader.read();
			if (done) return controller.close();
			if (Date.now() - checkedAt >= checkEveryMs) {
				if (!(await isAllowed())) {
					await reader.cancel();
					return controller.close();
				}
				checkedAt = Date.now();
			}
			controller.enqueue(value);
		},
		cancel: (reason) => reader.cancel(reason),
	});
}
