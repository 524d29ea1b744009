// The text of a JSON file before it is parsed: numbers that JavaScript would change, and files with one value on each line.
import type { Json } from "./json-shapes.ts";
import { keepsDigits } from "./numbers.ts";

const longNumber = /[\d.]{16,}|\d[eE][+-]?\d{3}/;
const stringsAndNumbers = /"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:[eE][+-]?\d+)?/g;

/** Numbers with more digits than a calculation keeps become texts of the same digits. Everything else stays as it is. */
export function exactNumbers(text: string): string {
	if (!longNumber.test(text)) return text;
	return text.replace(stringsAndNumbers, (token) => {
		if (token.charCodeAt(0) === 34 || token.length < 5) return token;
		const number = Number(token);
		const isSafe = Number.isFinite(number) && keepsDigits(token.replace(/^-/, ""), Math.abs(number));
		return isSafe || Number.isNaN(number) ? token : `"${token}"`;
	});
}

/** JSON Lines: a JSON object or list on each line. `line`: the first one that cannot be read; null if it is no such file at all. */
export function parseLines(text: string): { ok: true; values: Json[] } | { ok: false; line: number | null } {
	const lines = text.split(/\r\n|\r|\n/);
	const values: Json[] = [];
	for (const [at, line] of lines.entries()) {
		const trimmed = line.trim();
		if (trimmed === "") continue;
		try {
			values.push(JSON.parse(trimmed) as Json);
		} catch {
			return { ok: false, line: values.length > 0 ? at + 1 : null };
		}
	}
	return values.length > 0 ? { ok: true, values } : { ok: false, line: null };
}
