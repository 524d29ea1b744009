// CSV files: separator, header, and the profile of every column. Parsing is papaparse's (RFC 4180 and what spreadsheets make of it).
import Papa from "papaparse";
import { fail, ok, type Result } from "#schema/result.ts";
import { readMoment, readNumber } from "./cell-values.ts";
import { inferColumn } from "./column-types.ts";
import { type Reference, type ReferenceReason, referenceLimits } from "./reference.ts";

export function readCsv(
	text: string,
	common: { name: string; sizeBytes: number },
	options: { hasHeader?: boolean },
): Result<Reference, ReferenceReason> {
	const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
		header: false,
		skipEmptyLines: "greedy",
		delimitersToGuess: [",", ";", "\t", "|"],
	});
	if (parsed.errors.some((error) => error.type === "Quotes")) return fail("broken_csv");
	const lines = parsed.data;
	const [first] = lines;
	if (!first) return fail("empty");
	// The widest line decides, so that nothing is lost; empty columns at the end are a spreadsheet's habit.
	let width = 0;
	for (const line of lines) width = Math.max(width, line.findLastIndex((cell) => cell.trim() !== "") + 1);
	if (width > referenceLimits.columns) return fail("too_wide");
	const hasHeader = options.hasHeader ?? looksLikeHeader(first, lines.slice(1, 200));
	const body = hasHeader ? lines.slice(1) : lines;
	if (body.length === 0) return fail("no_rows");
	const names = namesOf(hasHeader ? first : [], width);
	const rows = body.map((line) => Array.from({ length: width }, (_cell, at) => line[at]?.trim() ?? ""));
	return ok({
		...common,
		kind: "table",
		mediaType: "text/csv",
		rows,
		profile: {
			rows: rows.length,
			columns: names.map((name, at) =>
				inferColumn(
					name,
					rows.map((row) => row[at] ?? ""),
				),
			),
			delimiter: parsed.meta.delimiter,
			header: hasHeader ? "guessed" : "none",
			keysAreData: false,
			unevenRows: body.filter((line) => line.length !== first.length).length,
			nestedColumns: 0,
		},
	});
}

const looksLikeData = (cell: string): boolean =>
	readNumber(cell) !== null ||
	readMoment(cell, "ymd") !== null ||
	readMoment(cell, "dmy") !== null ||
	/@|^https?:/.test(cell);

/**
 * A guess: the names are different texts, none of them a number or a date, and they are not values that come again below.
 * Only the person knows; until somebody confirmed it, no model is told these words (describe.ts).
 */
function looksLikeHeader(first: readonly string[], below: readonly string[][]): boolean {
	const cells = first.map((cell) => cell.trim());
	const filled = cells.filter((cell) => cell !== "");
	if (filled.length === 0) return false;
	if (new Set(filled.map((cell) => cell.toLowerCase())).size !== filled.length) return false;
	if (filled.some(looksLikeData)) return false;
	const again = cells.filter((cell, at) => cell !== "" && below.some((line) => line[at]?.trim() === cell)).length;
	return again <= filled.length * 0.2;
}

/** Names that are there once each; numbered where there is none. */
export function namesOf(header: readonly string[], width: number): string[] {
	const taken = new Set<string>();
	return Array.from({ length: width }, (_name, at) => {
		const base = header[at]?.trim() || `Column ${at + 1}`;
		let name = base;
		for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base} ${count}`;
		taken.add(name.toLowerCase());
		return name;
	});
}
