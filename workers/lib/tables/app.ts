// The module `freehold/tables`, which apps import: the same reader of files, numbers and dates as the studio's.
import { decodeText } from "./decode.ts";
import { readJson } from "./read-json.ts";
import { type Grid, readGrid, type TableReason, tableLimits } from "./read-table.ts";
import { nextTurn, runInSlices } from "./slices.ts";

export type { Column, DateOrder, FieldType } from "#schema/columns.ts";
export { readBoolean } from "./booleans.ts";
export { type Cell, isBlank } from "./cells.ts";
export { readMoment, readTime } from "./dates.ts";
export { type ChosenNotation, columnForField, type DecidedField } from "./field-columns.ts";
export { readPair } from "./kinds.ts";
export { mayMean } from "./numbers.ts";
export type { Grid } from "./read-table.ts";
export { fold } from "./search.ts";
export { nextTurn, runInSlices } from "./slices.ts";
export { readTyped, showExact, showRounded, writeTyped } from "./typed.ts";
export { readCell } from "./values.ts";
export { writeCsv } from "./write-csv.ts";

/** Reads a CSV or JSON file into rows; the problem is a sentence for the person. Large files are read in slices. */
export async function readFile(
	bytes: Uint8Array,
	name: string,
	options: { headerLine?: number } = {},
): Promise<{ ok: true; grid: Grid } | { ok: false; problem: string }> {
	const decoded = decodeText(bytes);
	if (!decoded) return { ok: false, problem: "This is not a text file. Save it as “CSV UTF-8” and choose it again." };
	if (decoded.text.trim() === "") return { ok: false, problem: "This file is empty." };
	const notes =
		decoded.encoding === "windows-1252"
			? ["The letters of this file were read as Windows-1252. If some look wrong, save it as “CSV UTF-8”."]
			: [];
	const isJson = /\.(json|jsonl|ndjson)$/i.test(name) || /^\s*[[{]/.test(decoded.text);
	if (isJson) {
		const read = await runInSlices(readJson(decoded.text), nextTurn);
		if (!read.ok) return { ok: false, problem: problemOf(read.reason, read.count) };
		if (read.value.kind === "json") return { ok: false, problem: "No table was found in this JSON file." };
		return { ok: true, grid: { ...read.value.grid, notes: [...notes, ...read.value.grid.notes] } };
	}
	const header = options.headerLine === 0 ? { hasHeader: false } : options;
	const read = await runInSlices(readGrid(decoded.text, header), nextTurn);
	if (!read.ok) return { ok: false, problem: problemOf(read.reason, read.count) };
	return { ok: true, grid: { ...read.value, notes: [...notes, ...read.value.notes] } };
}

function problemOf(reason: TableReason, count?: number): string {
	const found = count === undefined ? "" : count.toLocaleString();
	switch (reason) {
		case "empty":
			return "This file is empty.";
		case "no_rows":
			return "This file has no rows under its first line. Choose a CSV file with a line of column names.";
		case "too_wide":
			return `This file has ${found} columns; at most ${tableLimits.columns} can be read. Keep those you need.`;
		case "too_long":
			return `This file has ${found} rows; at most ${tableLimits.rows.toLocaleString()} can be read. Split it and import the parts.`;
		case "broken_csv":
			return `A quotation mark in line ${found} is never closed. Save the file again from your spreadsheet.`;
		case "broken_json":
			return `This is not valid JSON${found ? `: line ${found} cannot be read` : ""}.`;
	}
}
