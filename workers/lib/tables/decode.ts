// From the bytes of a file to its text: UTF-8, UTF-16, and Windows-1252, which spreadsheets still save as plain "CSV".

export interface Decoded {
	text: string;
	encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
}

/** Null: the bytes are no text. A byte order mark is not part of the text. */
export function decodeText(bytes: Uint8Array): Decoded | null {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs(bytes, "utf-16le");
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs(bytes, "utf-16be");
	const utf16 = looksLikeUtf16(bytes);
	if (utf16) return decodeAs(bytes, utf16);
	if (bytes.includes(0)) return null;
	return decodeAs(bytes, "utf-8") ?? decodeWindows(bytes);
}

function decodeAs(bytes: Uint8Array, encoding: "utf-8" | "utf-16le" | "utf-16be"): Decoded | null {
	try {
		const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
		return text.includes("\0") ? null : { text, encoding };
	} catch {
		return null;
	}
}

/** UTF-16 without its mark: in a file of mostly Latin letters every other byte is 0. */
function looksLikeUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
	const length = Math.min(bytes.length, 2000) & ~1;
	if (length < 4 || bytes.length % 2 === 1) return null;
	let [even, odd] = [0, 0];
	for (let at = 0; at < length; at += 2) {
		if (bytes[at] === 0) even += 1;
		if (bytes[at + 1] === 0) odd += 1;
	}
	if (even === 0 && odd > length * 0.35) return "utf-16le";
	return odd === 0 && even > length * 0.35 ? "utf-16be" : null;
}

// The letters of Windows-1252 from 0x80 to 0x9f; the five that are not assigned make a file unreadable as such.
const upper = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

function decodeWindows(bytes: Uint8Array): Decoded | null {
	let text = "";
	for (let at = 0; at < bytes.length; at += 8192) {
		text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	}
	let isWhole = true;
	const decoded = text.replace(/[\x80-\x9f]/g, (char) => {
		const letter = upper[char.charCodeAt(0) - 0x80] ?? "\0";
		if (letter === "\0") isWhole = false;
		return letter;
	});
	// Signs that no text has: it is another kind of file.
	return isWhole && !hasControls(bytes) ? { text: decoded, encoding: "windows-1252" } : null;
}

const hasControls = (bytes: Uint8Array): boolean =>
	bytes.some(
		(byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 11 && byte !== 27,
	);
