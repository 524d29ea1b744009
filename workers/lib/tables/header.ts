// Where a table begins in a file, and whether its first line holds names: lines above the header, comments, years as names.
import { bare } from "./cells.ts";
import { readMoment } from "./dates.ts";
import { notationsOf, partsOf } from "./numbers.ts";

export interface Found {
	/** Index of the line with the names; -1 without one. */
	header: number;
	/** Index of the first row. */
	body: number;
	/** Lines above the table, as they are written; they are left out. */
	above: string[];
}

const filledIn = (line: readonly string[]): number =>
	line.reduce((count, cell) => (cell.trim() === "" ? count : count + 1), 0);
const isComment = (line: readonly string[]): boolean => /^\s*(?:#|\/\/)/.test(line[0] ?? "");

/** `places`: the lines of the file at which the lines begin; a gap between two is a blank line. */
export function findHeader(lines: readonly string[][], places: readonly number[]): Found {
	const start = startOf(lines, places);
	const above = lines.slice(0, start).map((line) => line.filter((cell) => cell !== "").join(" "));
	const [first] = lines.slice(start, start + 1);
	if (!first) return { header: -1, body: start, above };
	const commented = start > 0 ? lines[start - 1] : undefined;
	// "#country<tab>code": a comment with as many cells as the table is its header.
	if (commented && isComment(commented) && filledIn(commented) >= Math.max(2, filledIn(first)))
		return { header: start - 1, body: start, above: above.slice(0, -1) };
	const isHeader = looksLikeHeader(first, lines.slice(start + 1, start + 200));
	return isHeader ? { header: start, body: start + 1, above } : { header: -1, body: start, above };
}

/** The line with which the table begins: not a comment, and not narrower than the lines that follow. */
function startOf(lines: readonly string[][], places: readonly number[]): number {
	let start = 0;
	while (start < lines.length - 1 && isComment(lines[start] ?? [])) start += 1;
	const counts = new Map<number, number>();
	for (const line of lines.slice(start, start + 200)) {
		const filled = filledIn(line);
		counts.set(filled, (counts.get(filled) ?? 0) + 1);
	}
	const usual = [...counts].reduce(
		(best, each) => (each[1] > best[1] || (each[1] === best[1] && each[0] > best[0]) ? each : best),
		[1, 0],
	)[0];
	if (usual < 2) return start;
	const most = Math.min(lines.length - 1, start + 20);
	for (let at = start; at < most; at += 1) {
		const line = lines[at] ?? [];
		const filled = filledIn(line);
		if (filled >= usual || (line[0] ?? "") === "")
			return at === start ? start : isAbove(lines, places, start, at, usual) ? at : start;
	}
	return start;
}

/** Whether the lines from `start` up to `at` stand above the table rather than in it. */
function isAbove(
	lines: readonly string[][],
	places: readonly number[],
	start: number,
	at: number,
	usual: number,
): boolean {
	const narrow = lines.slice(start, at).map(filledIn);
	const isBlankBetween = (places[at] ?? 0) - (places[at - 1] ?? 0) > 1;
	if (narrow.every((filled) => filled === 1))
		return usual >= 3 || isBlankBetween || lines.slice(start, at).every((line) => line.length === 1);
	return isBlankBetween || narrow.every((filled) => filled <= usual / 2);
}

const isNumber = (cell: string): boolean => {
	const parts = partsOf(cell);
	return parts !== null && /\d/.test(parts.body) && notationsOf(parts.body) > 0;
};
const isDate = (cell: string): boolean =>
	readMoment(cell, "ymd") !== null || readMoment(cell, "dmy") !== null || readMoment(cell, "mdy") !== null;
const isData = (cell: string): boolean => isNumber(cell) || isDate(cell) || /@|^https?:/.test(cell);

/**
 * A guess: names are texts that do not come again below. Numbers are names only as a row of years or of counting numbers above
 * other numbers. Only the person knows; until somebody confirmed it, no model is told these words.
 */
export function looksLikeHeader(first: readonly string[], below: readonly string[][]): boolean {
	const cells = first.map(bare);
	const filled = cells.filter((cell) => cell !== "");
	if (filled.length === 0) return false;
	const numbers = filled.filter(isData);
	if (numbers.length > 0 && !areNumberedNames(cells, below)) return false;
	const again = cells.filter((cell, at) => cell !== "" && below.some((line) => bare(line[at] ?? "") === cell)).length;
	return again <= filled.length * 0.2;
}

/** Years, months or numbers in one sequence, beside at least one name in words, above cells that do not go on with them. */
function areNumberedNames(cells: readonly string[], below: readonly string[][]): boolean {
	const places = cells.flatMap((cell, at) => (cell !== "" && isData(cell) ? [at] : []));
	const words = cells.filter((cell) => cell !== "" && !isData(cell));
	const named = places.map((at) => cells[at] ?? "");
	if (named.length < 2 || below.length === 0) return false;
	if (words.length === 0 && cells[0] !== "") return false;
	const numbers = named.map(Number);
	const isWhole = named.every((cell) => /^\d{1,4}$/.test(cell));
	const areDays = named.every(isDate);
	if (!isWhole)
		return (
			areDays &&
			new Set(named).size === named.length &&
			places.every((at) => below.every((line) => !isDate(line[at] ?? "")))
		);
	const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
	const isSequence =
		step !== 0 &&
		numbers.every((number, at) => at === 0 || number - (numbers[at - 1] ?? 0) === step || isYearStep(numbers, at));
	const areYears = numbers.every((number) => number >= 1800 && number <= 2100);
	if (!isSequence || (!areYears && (numbers[0] ?? 9) > 1)) return false;
	if (!areYears) return Math.abs(step) === 1;
	// Years above years are data.
	return !places.every((at) => below.slice(0, 20).every((line) => /^(?:1[89]|20)\d\d$/.test(bare(line[at] ?? ""))));
}

/** Years may leave some out, but go in one direction. */
const isYearStep = (numbers: readonly number[], at: number): boolean => {
	const [first = 0, second = 0] = numbers;
	const [before = 0, now = 0] = [numbers[at - 1], numbers[at]];
	return now >= 1800 && now <= 2100 && before >= 1800 && Math.sign(now - before) === Math.sign(second - first);
};

/** Names that are there once each, whatever their case; numbered where there is none. */
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
