// What a renderer yields: bytes to send, a pause, or a way to end badly.

export type Chunk = { send: string } | { waitMs: number } | "cut" | "stall";

/** Deltas as models send them: short at first, longer in long texts, and at times in the middle of an escape. */
export function* pieces(text: string): Generator<string> {
	const size = text.length > 20_000 ? 900 : 37;
	for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
