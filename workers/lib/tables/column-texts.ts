// Columns of text: yes and no, addresses, colours, places, choices, and what is left.

import { isYesAndNo } from "./booleans.ts";
import { type Cell, isEmptyWord } from "./cells.ts";
import { readTime } from "./dates.ts";
import type { Evidence } from "./evidence.ts";
import type { Guess } from "./guess.ts";
import { isColour, isEmail, isLatFirst, isPhone, isUrl, readPair, saysLonFirst, saysPhone } from "./kinds.ts";

/** The type of a column that is neither of numbers nor of dates. */
export function textTypeOf(label: string, evidence: Evidence, enough: number): Guess {
	const values = evidence.sample.filter((cell) => !isEmptyWord(cell)).map(String);
	const fits = (test: (text: string) => boolean) => {
		let good = 0;
		for (const text of values) if (test(text)) good += 1;
		return values.length > 0 && good >= values.length * enough;
	};
	const yesAndNo = evidence.distinct.size <= 8 ? [...evidence.distinct].filter((cell) => !isEmptyWord(cell)) : [];
	if (yesAndNo.length > 0 && isYesAndNo(yesAndNo.map(String))) return booleanOf(yesAndNo.map(String));
	if (fits((text) => readTime(text) !== null)) return { type: "time" };
	if (fits(isEmail)) return { type: "email" };
	if (fits(isUrl)) return { type: "url" };
	if (fits(isColour)) return { type: "colour" };
	if (fits((text) => readPair(text) !== null)) {
		const pairs = values.flatMap((text) => readPair(text) ?? []);
		const isLonFirst = saysLonFirst.test(label) || pairs.some((pair) => !isLatFirst(pair));
		const notes = ["Places are written with the longitude first; they are kept with the latitude first."];
		return { type: "coordinates", ...(isLonFirst ? { isLonFirst, notes } : {}) };
	}
	if (saysPhone.test(label) && fits(isPhone)) return { type: "phone" };
	return { type: shapeOf(values, evidence) };
}

function booleanOf(words: readonly string[]): Guess {
	const other = words.filter((word) => !/^(yes|no)$/i.test(word));
	if (other.length === 0) return { type: "boolean", fitsAll: true };
	return { type: "boolean", notes: [`“${words.slice(0, 2).join("” and “")}” are read as yes and no.`], fitsAll: true };
}

function shapeOf(values: readonly string[], { rows, blank, distinct }: Evidence): "text" | "longText" | "choice" {
	let longest = 0;
	let total = 0;
	let hasLines = false;
	for (const text of values) {
		longest = Math.max(longest, text.length);
		total += text.length;
		hasLines ||= text.includes("\n") || text.includes("\r");
	}
	if (hasLines || longest > 160 || total > values.length * 70) return "longText";
	const filled = rows - blank;
	const different = distinct.size;
	const isRepeating =
		filled >= 10 ? different <= 20 && different <= filled * 0.34 : filled >= 4 && different <= filled / 2;
	return isRepeating && different >= 2 && [...distinct].every(isLabel) ? "choice" : "text";
}

/** A choice is shown and compared as a label; a cell that would look different as one stays text. */
const isLabel = (cell: Cell): boolean => {
	const text = String(cell);
	return (
		text.length <= 40 && text === text.normalize("NFC").replace(/\s+/g, " ").trim() && !/[\p{Cc}\p{Cf}]/u.test(text)
	);
};

/** The choices of a column, most frequent first. */
export function* mostFrequent(rows: readonly (readonly Cell[])[], at: number): Generator<void, string[]> {
	const counts = new Map<string, number>();
	for (let row = 0; row < rows.length; row += 1) {
		if (row % 20_000 === 19_999) yield;
		const cell = rows[row]?.[at] ?? null;
		if (cell === null || cell === "") continue;
		const text = String(cell);
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return Array.from(counts)
		.filter(([text]) => text.trim() !== "")
		.sort((a, b) => b[1] - a[1])
		.map(([text]) => text)
		.slice(0, 24);
}
