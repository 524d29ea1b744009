// A table out of a text: its rows as they are written, and what is known of its columns.
import type { Column, ColumnChoice, TableProfile } from "#schema/columns.ts";
import { type Cell, counted, isGuarded, quoted, unguard } from "./cells.ts";
import { mostFrequent } from "./column-texts.ts";
import { columnAs, inferColumn } from "./columns.ts";
import { type Lines, readLines } from "./delimited.ts";
import { gather, surroundingsOf } from "./evidence.ts";
import { findHeader, namesOf } from "./header.ts";

export const tableLimits = { rows: 100_000, columns: 200 } as const;

export interface Table {
	rows: Cell[][];
	profile: TableProfile;
}

export type TableReason = "empty" | "no_rows" | "too_wide" | "too_long" | "broken_csv" | "broken_json";

/** `count`: how many rows or columns there are, or the line of what is broken. */
export type TableResult<Value = Table> =
	| { ok: true; value: Value }
	| { ok: false; reason: TableReason; count?: number };

export interface TableOptions {
	/** "2026-11-21" */
	today: string;
	/** What the person said about names of columns in a CSV file: there are some, or there are none. Without an answer it is guessed. */
	hasHeader?: boolean | undefined;
	/** The line of the names, counted from 1. */
	headerLine?: number | undefined;
	/** Types that the person changed. */
	choices?: readonly ColumnChoice[] | undefined;
}

/** Rows and names, before anything is said about types. */
export interface Grid {
	names: string[];
	/** All of the same width, in the order of `names`. */
	rows: Cell[][];
	delimiter: string | null;
	header: TableProfile["header"];
	headerLine: number | null;
	keysAreData: boolean;
	notes: string[];
}

/** Reads a CSV file. Yields between slices of work. */
export function* readDelimited(text: string, options: TableOptions): Generator<void, TableResult> {
	const grid = yield* readGrid(text, options);
	return grid.ok ? { ok: true, value: yield* profileOf(grid.value, options) } : grid;
}

/** What is known of a table: its columns, with their types. */
export function* profileOf(
	{ names, rows, ...rest }: Grid,
	options: Pick<TableOptions, "today" | "choices">,
): Generator<void, Table> {
	const columns = yield* readColumns(names, rows, rest.delimiter, options);
	return { rows, profile: { rows: rows.length, columns, ...rest } };
}

export function* readGrid(
	text: string,
	options: Pick<TableOptions, "hasHeader" | "headerLine">,
): Generator<void, TableResult<Grid>> {
	const found = yield* readLines(text);
	if (found.openQuoteAt !== null) return { ok: false, reason: "broken_csv", count: found.openQuoteAt };
	if (found.lines.length === 0) return { ok: false, reason: "empty" };
	const { header, body, above } = placeHeader(found, options);
	const rows: Cell[][] = found.lines.slice(body);
	const names =
		header >= 0
			? (found.lines[header] ?? []).map((name, at) => (at === 0 ? name.replace(/^#\s*(?=.)/, "") : name))
			: [];
	// The widest line decides, so that nothing is lost; empty columns at the end are a spreadsheet's habit.
	let width = lastFilled(names) + 1;
	for (const row of rows as string[][]) width = Math.max(width, lastFilled(row) + 1);
	if (width > tableLimits.columns) return { ok: false, reason: "too_wide", count: width };
	if (rows.length > tableLimits.rows) return { ok: false, reason: "too_long", count: rows.length };
	if (rows.length === 0) return { ok: false, reason: "no_rows" };
	const expected = header >= 0 ? names.length : (rows[0]?.length ?? 0);
	let uneven = 0;
	let guarded = 0;
	const stride = Math.max(50, Math.floor(100_000 / width));
	for (let at = 0; at < rows.length; at += 1) {
		if (at % stride === stride - 1) yield;
		const row = rows[at] as string[];
		if (row.length !== expected && lastFilled(row) + 1 !== Math.min(expected, width)) uneven += 1;
		while (row.length < width) row.push("");
		if (row.length > width) row.length = width;
		for (let cell = 0; cell < width; cell += 1) {
			const text = row[cell] ?? "";
			if (text.charCodeAt(0) === 39 && isGuarded(text)) {
				row[cell] = unguard(text);
				guarded += 1;
			}
		}
	}
	const grid: Grid = {
		names: namesOf(names, width),
		rows,
		delimiter: found.delimiter,
		header: header >= 0 ? "guessed" : "none",
		headerLine: header >= 0 ? (found.places[header] ?? null) : null,
		keysAreData: false,
		notes: [...notesOf(found, above), ...evenNotes(uneven, guarded)],
	};
	return { ok: true, value: grid };
}

function placeHeader(
	found: Lines,
	{ hasHeader, headerLine }: Pick<TableOptions, "hasHeader" | "headerLine">,
): ReturnType<typeof findHeader> {
	const { lines, places } = found;
	if (headerLine !== undefined && headerLine > 0) {
		const at = places.indexOf(headerLine);
		if (at >= 0) return { header: at, body: at + 1, above: lines.slice(0, at).map((line) => line.join(" ").trim()) };
	}
	const guess = findHeader(lines, places);
	if (hasHeader === true && guess.header < 0) return { ...guess, header: guess.body, body: guess.body + 1 };
	if ((hasHeader === false || headerLine === 0) && guess.header >= 0)
		return { header: -1, body: guess.header, above: guess.above };
	return guess;
}

function lastFilled(row: readonly string[]): number {
	let at = row.length - 1;
	while (at >= 0 && row[at] === "") at -= 1;
	return at;
}

function notesOf(found: Lines, above: readonly string[]): string[] {
	const notes: string[] = [];
	const lines = above.filter((line) => line !== "");
	if (lines.length > 0) {
		const examples = lines.slice(0, 2).map(quoted).join(", ");
		notes.push(
			`${counted(lines.length, "line")} above the table ${lines.length === 1 ? "was" : "were"} left out: ${examples}${lines.length > 2 ? ", and more" : ""}.`,
		);
	}
	if (found.strayQuotes > 0)
		notes.push(
			`${counted(found.strayQuotes, "quotation mark")} inside of cells ${found.strayQuotes === 1 ? "is" : "are"} kept as text.`,
		);
	return notes;
}

function evenNotes(uneven: number, guarded: number): string[] {
	const notes: string[] = [];
	if (uneven > 0)
		notes.push(
			`${counted(uneven, "line")} ${uneven === 1 ? "has" : "have"} more or fewer cells than the first line; missing cells are empty.`,
		);
	if (guarded > 0)
		notes.push(
			`${counted(guarded, "cell")} ${guarded === 1 ? "begins" : "begin"} with an apostrophe that spreadsheets put before formulas; it was left out.`,
		);
	return notes;
}

/** The columns of a table whose rows all have the same width. */
function* readColumns(
	names: readonly string[],
	rows: readonly (readonly Cell[])[],
	delimiter: string | null,
	options: Pick<TableOptions, "today" | "choices">,
): Generator<void, Column[]> {
	const evidence = yield* gather(rows, names.length);
	const around = surroundingsOf(evidence, delimiter, options.today);
	const columns: Column[] = [];
	for (const [at, own] of evidence.entries()) {
		const name = names[at] ?? "";
		const choice = options.choices?.find((each) => each.at === at);
		const { decimalComma, dateOrder } = choice ?? {};
		const column = choice
			? yield* columnAs(choice.type, name, rows, at, own, around, {
					...(decimalComma === undefined ? {} : { decimalComma }),
					...(dateOrder === undefined ? {} : { dateOrder }),
				})
			: yield* inferColumn(name, rows, at, own, around);
		if (column.type === "choice") column.choices = yield* mostFrequent(rows, at);
		columns.push(column);
		yield;
	}
	return columns;
}
