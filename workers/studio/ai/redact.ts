// What was sent, without texts that a person deleted since. A later request carries earlier prompts as its conversation, so a
// deleted prompt is taken out of those records too; a mark stays where it stood, and the rest is as it was sent.

const mark = "[deleted from this record after it was sent]";

/** Shorter texts are taken out only where they stand alone or on lines of their own: "a" is in every sentence. */
const minInside = 12;

/** A body of JSON without these texts; null when none of them is in it. */
export function redactBody(body: string, deleted: readonly string[]): string | null {
	const texts = deleted.filter((text) => text.trim() !== "").sort((a, b) => b.length - a.length);
	let isChanged = false;
	const redact = (value: string): string => {
		let left = value;
		for (const text of texts) left = without(left, text);
		if (left !== value) isChanged = true;
		return left;
	};
	const walk = (value: unknown): unknown => {
		if (typeof value === "string") return redact(value);
		if (Array.isArray(value)) return value.map(walk);
		if (value === null || typeof value !== "object") return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
	};
	// both SDKs write compact JSON, so what is not taken out comes back as it was
	const redacted = JSON.stringify(walk(JSON.parse(body)));
	return isChanged ? redacted : null;
}

function without(value: string, text: string): string {
	if (text.length >= minInside) return value.replaceAll(text, mark);
	const lines = `\n${value}\n`.split(`\n${text}\n`);
	return lines.length === 1 ? value : lines.join(`\n${mark}\n`).slice(1, -1);
}
