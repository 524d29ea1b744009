// The rows of an attached table as files of the app, which the person imports with one button: as many as an app can hold, and
// words for everything that did not come along.
import { type Cell, counted, listed, quoted } from "#lib/tables/cells.ts";
import { readCell } from "#lib/tables/values.ts";
import type { Column } from "#schema/columns.ts";
import type { FileOp } from "#schema/files.ts";
import { findCredentials } from "#studio/files/credentials.ts";
import { compactRows, safeJson } from "./write-app.ts";

export const seedLimits = {
	/** An app keeps 50,000 records, and the person adds more. */
	rows: 45_000,
	/** One file, below `limits.fileChars`. */
	fileChars: 380_000,
	/** All of them: an app is at most 4 MB, and its code needs some of that. */
	chars: 3_400_000,
	/** A record is at most 64 KB. */
	rowChars: 20_000,
} as const;

export interface Seed {
	keys: string[];
	rows: unknown[][];
}

export interface SeedColumn {
	/** Place of the column in the file. */
	at: number;
	column: Column;
	key: string;
}

export interface MadeSeed {
	seed: Seed;
	/** Rows of the file that are not in it, and why; null if all are. */
	leftOut: { rows: number; why: string } | null;
	/** Sentences for the person. */
	notes: string[];
}

/** Reads every cell by its column. Yields between slices of work. */
export function* makeSeed(
	rows: readonly (readonly Cell[])[],
	columns: readonly SeedColumn[],
	mostFiles: number,
	today: string,
): Generator<void, MadeSeed> {
	const room = Math.min(seedLimits.chars, mostFiles * seedLimits.fileChars);
	const kept: unknown[][] = [];
	const notes: string[] = [];
	const tooLong: number[] = [];
	let chars = 0;
	let why = "";
	let read = 0;
	for (; read < rows.length; read += 1) {
		if (read % 1500 === 1499) yield;
		if (kept.length >= seedLimits.rows) {
			why = `an app keeps at most 50,000 records, and there must be room for more`;
			break;
		}
		const row = rows[read] ?? [];
		let values: unknown[] = columns.map(({ at, column }) => readCell(row[at] ?? null, column, today) ?? null);
		let text = safeJson(values);
		if (text.length > seedLimits.rowChars) {
			tooLong.push(read + 1);
			continue;
		}
		if (findCredentials(text).length > 0) {
			values = withoutCredentials(values, columns, read + 1, notes);
			text = safeJson(values);
		}
		chars += text.length + 2;
		if (chars > room - 4000) {
			why = `all files of an app together are at most 4 MB`;
			break;
		}
		kept.push(values);
	}
	if (tooLong.length > 0)
		notes.push(
			`${counted(tooLong.length, "row")} ${tooLong.length === 1 ? "is" : "are"} too long for one record and ${tooLong.length === 1 ? "was" : "were"} left out: row ${listed(tooLong.slice(0, 5).map(String))}${tooLong.length > 5 ? " and more" : ""}.`,
		);
	const missing = rows.length - read;
	const seed = { keys: columns.map(({ key }) => key), rows: kept };
	return { seed, leftOut: missing > 0 ? { rows: missing, why } : null, notes };
}

/** An app's files are served to everybody who may open it, so a key or a token in a cell is not put into them. */
function withoutCredentials(
	values: readonly unknown[],
	columns: readonly SeedColumn[],
	row: number,
	notes: string[],
): unknown[] {
	const hits = values.map((value) => (value === null ? null : (findCredentials(safeJson([value]))[0]?.kind ?? null)));
	// A name in one cell and a value in the next can look like a secret together; then neither is put in.
	const isWhole = hits.every((kind) => kind === null);
	const emptied = values.map((value, at) => (isWhole || hits[at] !== null ? null : value));
	if (notes.length < 20) {
		const found = hits.flatMap((kind, at) =>
			kind === null ? [] : [`column ${quoted(columns[at]?.column.name ?? "")} holds what looks like ${kind}`],
		);
		notes.push(
			`Row ${row}${found.length > 0 ? `, ${listed(found)}` : " holds what looks like a secret"}. Everybody who opens the app could read it, so it was left empty. Remove it from the file.`,
		);
	}
	return emptied;
}

/** The seed as files of at most `seedLimits.fileChars`: seed.json, seed-2.json and so on. */
export function seedFiles({ keys, rows }: Seed): FileOp[] {
	const parts: unknown[][][] = [[]];
	let chars = 0;
	for (const row of rows) {
		const length = safeJson(row).length + 2;
		if (chars + length > seedLimits.fileChars) {
			parts.push([]);
			chars = 0;
		}
		parts.at(-1)?.push(row);
		chars += length;
	}
	return parts.map(
		(part, at): FileOp => ({ kind: "write", path: seedPath(at), content: compactRows({ keys, rows: part }) }),
	);
}

const seedPath = (at: number): string => (at === 0 ? "seed.json" : `seed-${at + 1}.json`);
