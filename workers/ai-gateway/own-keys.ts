// Looks for the operator's own keys in bytes that are about to leave, in the spellings a key could be copied in.
import { toBase64, utf8 } from "#lib/bytes.ts";

/** Keys shorter than this are placeholders of local models, and ordinary words. */
const minKeyChars = 12;

export function holdsAnyOf(keys: readonly string[], body: Uint8Array): boolean {
	const text = new TextDecoder().decode(body);
	const bare = text.replace(/\\[nrt]|[\s\\]/g, "").toLowerCase();
	return keys
		.filter((key) => key.length >= minKeyChars)
		.some((key) => spellings(key).some((spelling) => bare.includes(spelling)));
}

/** Compared without case and white space, so a line break inside the key does not hide it, nor JSON's way to write one. */
function spellings(key: string): string[] {
	const bytes = utf8(key);
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
	// base64 of a longer text holds the key in one of three alignments; the outer characters depend on the neighbours
	const base64 = [0, 1, 2].map((shift) =>
		toBase64(new Uint8Array([...new Uint8Array(shift), ...bytes])).slice(shift === 0 ? 0 : shift + 1, -4),
	);
	const url = base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
	return [key, [...key].reverse().join(""), encodeURIComponent(key), hex, ...base64, ...url].map((text) =>
		text.toLowerCase(),
	);
}
