// The forms in which a planted text could lie somewhere: as it is, and as careless code would write it. Pure.

export interface Canary {
	/** Says what was planted; reports name this and never the text. */
	name: string;
	bytes: Uint8Array;
}

export interface Form {
	canary: string;
	/** For example `plain` or `base64 at 1`. */
	form: string;
	bytes: Buffer;
}

/** Shorter texts would be found by chance: 8 bytes in one of 2 alphabets are some 2^40 possibilities. */
export const minCanaryBytes = 8;

/** A canary of a text, in UTF-8. Throws RangeError when it is too short to mean anything. */
export function canaryOf(name: string, text: string | Uint8Array): Canary {
	const bytes = typeof text === "string" ? new Uint8Array(Buffer.from(text, "utf8")) : text;
	if (bytes.length < minCanaryBytes) throw new RangeError(`the canary ${name} is shorter than ${minCanaryBytes} bytes`);
	return { name, bytes };
}

/** Every form of a canary that is searched for. Forms that are the same bytes are listed once, under the first name. */
export function formsOf(canary: Canary): Form[] {
	const { bytes } = canary;
	const hex = Buffer.from(bytes).toString("hex");
	const forms: [form: string, bytes: Buffer][] = [
		["plain", Buffer.from(bytes)],
		["reversed", Buffer.from(bytes).reverse()],
		["hex", Buffer.from(hex)],
		["hex, upper case", Buffer.from(hex.toUpperCase())],
		["URL-encoded, every byte", Buffer.from(hex.replace(/../g, "%$&"))],
		["URL-encoded, every byte, upper case", Buffer.from(hex.toUpperCase().replace(/../g, "%$&"))],
		["list of numbers", Buffer.from(bytes.join(","))],
	];
	for (const at of [0, 1, 2]) {
		const core = base64Core(bytes, at);
		forms.push([`base64 at ${at}`, Buffer.from(core)]);
		forms.push([`base64url at ${at}`, Buffer.from(core.replaceAll("+", "-").replaceAll("/", "_"))]);
	}
	const text = textOf(bytes);
	if (text !== null) {
		const utf16 = Buffer.from(text, "utf16le");
		forms.push(
			["UTF-16, little endian", utf16],
			["UTF-16, big endian", Buffer.from(utf16).swap16()],
			["lower case", Buffer.from(text.toLowerCase())],
			["upper case", Buffer.from(text.toUpperCase())],
			["URL-encoded", Buffer.from(encodeURIComponent(text))],
			["as a form sends it", Buffer.from(new URLSearchParams([["", text]]).toString().slice(1))],
			["as JSON writes it", Buffer.from(JSON.stringify(text).slice(1, -1))],
			["as HTML writes it", Buffer.from(escapeHtml(text))],
		);
	}
	const seen = new Set<string>();
	return forms.flatMap(([form, form_bytes]) => {
		const key = form_bytes.toString("latin1");
		if (seen.has(key) || form_bytes.length < minCanaryBytes) return [];
		seen.add(key);
		return [{ canary: canary.name, form, bytes: form_bytes }];
	});
}

/**
 * The characters of base64 that depend on these bytes alone when `at` other bytes, modulo 3, come before them: whatever
 * surrounds the text, they are there.
 */
function base64Core(bytes: Uint8Array, at: number): string {
	const padded = Buffer.concat([Buffer.alloc(at), bytes]);
	const first = Math.ceil((at * 8) / 6);
	const last = Math.floor((padded.length * 8) / 6);
	return padded.toString("base64").slice(first, last);
}

function textOf(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

const escapeHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c] ?? c);
