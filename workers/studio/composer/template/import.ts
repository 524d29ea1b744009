// From a file to records: which column goes into which field, and every column read in one way, by the type of its field.
import type { DataRecord } from "freehold";
import {
	type Cell,
	type ChosenNotation,
	type Column,
	columnForField,
	type Grid,
	isBlank,
	nextTurn,
	readCell,
	runInSlices,
} from "freehold/tables";
import { limitProblem } from "./limits.ts";
import { app, type Field, inputFields, isDate, isNumeric, today, type Value, type Values, valueIn } from "./model.ts";
import { checkNumber, type Parsed, parseValue, storedValues } from "./values.ts";
import { words, problems as wrong } from "./words.ts";

/** Field key to column of the file; -1: the field stays empty. */
export type Mapping = Record<string, number>;
export type Chosen = Record<string, ChosenNotation>;

export interface ReadRow {
	/** Counted from 1, under the names. */
	row: number;
	values: Values;
	problems: string[];
}

/** What cannot be read of one field, in words. */
export interface Misfit {
	field: Field;
	count: number;
	first: string;
}

export interface ReadRows {
	rows: ReadRow[];
	columns: Record<string, Column>;
	misfits: Misfit[];
}

/** Reads all rows for the fields they go into, in slices. */
export async function readRows(grid: Grid, mapping: Mapping, chosen: Chosen): Promise<ReadRows> {
	const now = today();
	const columns: Record<string, Column> = {};
	for (const field of inputFields) {
		const at = mapping[field.key] ?? -1;
		if (at < 0) continue;
		const about = { type: field.type, unit: field.unit, currency: app.currency };
		const place = { delimiter: grid.delimiter, today: now };
		const work = columnForField(about, grid.names[at] ?? "", grid.rows, at, place, chosen[field.key] ?? {});
		columns[field.key] = await runInSlices(work, nextTurn);
	}
	const rows: ReadRow[] = [];
	const misfits = new Map<string, Misfit>();
	for (const [at, row] of grid.rows.entries()) {
		if (at % 2000 === 1999) await nextTurn();
		rows.push(readRow(row, at + 1, mapping, columns, now, misfits));
	}
	return { rows, columns, misfits: [...misfits.values()] };
}

function readRow(
	row: Cell[],
	number: number,
	mapping: Mapping,
	columns: Record<string, Column>,
	now: string,
	misfits: Map<string, Misfit>,
): ReadRow {
	const values: Values = {};
	const problems: string[] = [];
	for (const field of inputFields) {
		const at = mapping[field.key] ?? -1;
		const cell = at < 0 ? null : (row[at] ?? null);
		const parsed = valueFor(field, cell, columns[field.key], now);
		const problem = "problem" in parsed ? parsed.problem : limitProblem(field, parsed.value);
		if (problem === null && "value" in parsed) {
			values[field.key] = parsed.value;
			continue;
		}
		problems.push(`${field.label}: ${problem}`);
		const misfit = misfits.get(field.key) ?? { field, count: 0, first: "" };
		misfit.count += 1;
		misfit.first ||= isBlank(cell) ? words.emptyRow(number) : words.inRow(String(cell).slice(0, 40), number);
		misfits.set(field.key, misfit);
	}
	return { row: number, values: storedValues(values), problems };
}

function valueFor(field: Field, cell: Cell, column: Column | undefined, now: string): Parsed {
	if (isBlank(cell) || !column) return parseValue(field, "");
	const text = String(cell);
	switch (field.type) {
		case "text":
		case "longText":
		case "phone": {
			// Texts are kept as they are written, with blanks around them and all.
			const parsed = parseValue(field, text);
			return "value" in parsed ? { value: text } : parsed;
		}
		case "choice":
		case "colour":
		case "url":
		case "image":
		case "checkins":
			return parseValue(field, text);
		default: {
			const value = readCell(cell, column, now);
			if (value === null) return parseValue(field, "");
			if (value === undefined) return { problem: problemOf(field) };
			return typeof value === "number" ? checkNumber(field, value) : { value: value as Value };
		}
	}
}

function problemOf(field: Field): string {
	if (field.type === "integer") return wrong.notWhole;
	if (isNumeric(field)) return wrong.notNumber;
	if (isDate(field)) return wrong.notDate;
	if (field.type === "time") return wrong.notTime;
	if (field.type === "boolean") return wrong.notBoolean;
	return field.type === "coordinates" ? wrong.notPlace : wrong.notEmail;
}

const plain = (text: string) =>
	text
		.normalize("NFC")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, "");

/** Columns by the names of fields; each column goes into one field. */
export function guessMapping(names: string[]): Mapping {
	const words = names.map(plain);
	const taken = new Set<number>();
	const mapping: Mapping = {};
	const take = (field: Field, fits: (name: string) => boolean) => {
		if ((mapping[field.key] ?? -1) >= 0) return;
		const at = words.findIndex((name, place) => !taken.has(place) && fits(name));
		mapping[field.key] = at;
		if (at >= 0) taken.add(at);
	};
	for (const field of inputFields) take(field, (name) => name === plain(field.label) || name === plain(field.key));
	for (const field of inputFields)
		take(
			field,
			(name) =>
				name.length > 2 &&
				plain(field.label).length > 2 &&
				(name.includes(plain(field.label)) || plain(field.label).includes(name)),
		);
	return mapping;
}

/** Whether the cells of a column can be written in more than one way, so that the person may say in which. */
export function hasNotation(field: Field, grid: Grid, at: number): boolean {
	const marks = isNumeric(field) ? /\d[.,]\d/ : isDate(field) ? /^\s*\d{1,2}[-/.]\s?\d{1,2}[-/.]/ : null;
	return marks !== null && grid.rows.slice(0, 500).some((row) => typeof row[at] === "string" && marks.test(row[at]));
}

/** Rows as one text each, to find those that are already there. */
const keyOf = (values: Record<string, unknown>): string =>
	JSON.stringify(inputFields.map((field) => valueIn(values, field)));

/** Which of the rows are already there, value by value. A record that is there once stands for one row. */
export function findKnown(rows: readonly Values[], records: readonly DataRecord[]): boolean[] {
	const counts = new Map<string, number>();
	for (const record of records) {
		const key = keyOf(record.value);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return rows.map((values) => {
		const key = keyOf(values);
		const left = counts.get(key) ?? 0;
		counts.set(key, left - 1);
		return left > 0;
	});
}
