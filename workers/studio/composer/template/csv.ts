// Comma-separated files, read and written (RFC 4180), safe to open in a spreadsheet.

import type { DataRecord } from "freehold";
import { fields, fieldValue } from "./model.ts";
import { writeValue } from "./values.ts";

/** Rows of cells. The separator is the one of comma, semicolon, tab and bar that the first line has most of. */
export function readCsv(text: string): string[][] {
	const clean = text.replace(/^\uFEFF/, "");
	const firstLine = clean.split(/\r?\n/, 1)[0] ?? "";
	const separators = [",", ";", "\t", "|"];
	const separator = separators.reduce(
		(best, each) => (firstLine.split(each).length > firstLine.split(best).length ? each : best),
		",",
	);
	const rows: string[][] = [];
	let row: string[] = [];
	let cell = "";
	let quoted = false;
	const endRow = () => {
		row.push(cell);
		if (row.length > 1 || cell !== "") rows.push(row);
		row = [];
		cell = "";
	};
	for (let at = 0; at < clean.length; at += 1) {
		const char = clean[at];
		if (quoted) {
			if (char !== '"') cell += char;
			else if (clean[at + 1] === '"') {
				cell += '"';
				at += 1;
			} else quoted = false;
		} else if (char === '"' && cell === "") quoted = true;
		else if (char === separator) {
			row.push(cell);
			cell = "";
		} else if (char === "\n") endRow();
		else if (char !== "\r") cell += char;
	}
	endRow();
	return rows;
}

/** Undoes what `safeCell` did, so that an exported file can be imported again unchanged. */
export const readCell = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** A spreadsheet runs cells that begin with these signs as formulas; an apostrophe makes them text. Plain numbers are left alone. */
function safeCell(cell: string): string {
	const isNumber = /^[+-]?\d+(\.\d+)?$/.test(cell);
	const safe = /^[=+\-@\t\r]/.test(cell) && !isNumber ? `'${cell}` : cell;
	return /[",\r\n;\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function writeCsv(records: DataRecord[]): string {
	const lines = [fields.map((field) => safeCell(field.label))];
	for (const record of records) lines.push(fields.map((field) => safeCell(writeValue(fieldValue(record, field)))));
	// The mark at the start tells spreadsheets that this is UTF-8.
	return `\uFEFF${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}
