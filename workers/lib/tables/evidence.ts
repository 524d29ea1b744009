// What the cells of one column say about it. Everything is counted over all cells in one pass, so that a column is read in one
// way, and whether a type would lose a digit is known before the type is chosen.
import { type Cell, isBlank, isEmptyWord } from "./cells.ts";
import { keepsDigits, notationsOf, partsOf } from "./numbers.ts";
import { SeenCells } from "./seen-cells.ts";

export interface Evidence {
	rows: number;
	blank: number;
	/** NA, null, "-" and the like: a value in text, nothing in other columns. */
	emptyWords: number;
	/**
	 * Different values in the first 10,000 cells that have one; all of them where there are at most 24. Of numbers and long texts it is
	 * the first 1,000; long texts stand in it by their beginning, their end and their length.
	 */
	distinct: Set<Cell>;
	counted: number;
	numbers: NumberEvidence | null;
	hasOnlyNumbers: boolean;
	hasOnlyBooleans: boolean;
	/** Values spread over the column, for trying types on. */
	sample: Cell[];
}

export interface NumberEvidence {
	/** Cells that are numbers however the decimal sign is read; with a point only; with a comma only; and either way with different values. */
	plain: number;
	pointOnly: number;
	commaOnly: number;
	either: number;
	/** Not numbers. */
	other: number;
	/** What cells that are not simply digits say, by the cell. */
	seen: SeenCells<WrittenCell>;
	/** More digits than a calculation keeps. */
	inexact: number;
	leadingZeros: number;
	plus: number;
	minus: number;
	grouped: number;
	powers: number;
	percents: number;
	currencies: Map<string, number>;
	units: Map<string, number>;
	least: number;
	most: number;
	/** Written decimals, where the decimal sign is certain. */
	fewestDecimals: number;
	mostDecimals: number;
	trailingZeros: number;
	/** Digits of whole numbers without grouping. */
	shortest: number;
	longest: number;
}

/** Different values are counted in so many cells; further only where there may be a handful of choices. */
const countedCells = 10_000;
const mostChoices = 24;
const fewCells = 1000;
const mostSampled = 400;

const startNumbers = (): NumberEvidence => ({
	plain: 0,
	pointOnly: 0,
	commaOnly: 0,
	either: 0,
	other: 0,
	seen: new SeenCells(),
	inexact: 0,
	leadingZeros: 0,
	plus: 0,
	minus: 0,
	grouped: 0,
	powers: 0,
	percents: 0,
	currencies: new Map(),
	units: new Map(),
	least: Number.POSITIVE_INFINITY,
	most: Number.NEGATIVE_INFINITY,
	fewestDecimals: Number.POSITIVE_INFINITY,
	mostDecimals: 0,
	trailingZeros: 0,
	shortest: Number.POSITIVE_INFINITY,
	longest: 0,
});

/** So many cells are looked at before others get their turn. */
const sliceCells = 20_000;

/** The evidence of all columns. Yields between slices of work. */
export function* gather(rows: readonly (readonly Cell[])[], width: number): Generator<void, Evidence[]> {
	const all: Evidence[] = [];
	for (let at = 0; at < width; at += 1) {
		all.push(startEvidence(rows, at));
		if (at % 20 === 19) yield;
	}
	// Column after column within a few rows: what is known of one column and the rows both stay near the processor.
	const stride = Math.max(20, Math.floor(sliceCells / Math.max(1, width)));
	for (let from = 0; from < rows.length; from += stride) {
		const end = Math.min(rows.length, from + stride);
		for (const [at, evidence] of all.entries()) {
			for (let row = from; row < end; row += 1) addCell(evidence, rows[row]?.[at] ?? null);
		}
		yield;
	}
	return all;
}

/** The evidence of one column. Yields between slices of work. */
export function* gatherOne(rows: readonly (readonly Cell[])[], at: number): Generator<void, Evidence> {
	const evidence = startEvidence(rows, at);
	for (let row = 0; row < rows.length; row += 1) {
		addCell(evidence, rows[row]?.[at] ?? null);
		if (row % sliceCells === sliceCells - 1) yield;
	}
	return evidence;
}

function startEvidence(rows: readonly (readonly Cell[])[], at: number): Evidence {
	const sample = sampleOf(rows, at);
	const trial = startNumbers();
	let tried = 0;
	for (const cell of sample) {
		if (isEmptyWord(cell)) continue;
		tried += 1;
		addNumber(trial, cell);
	}
	return {
		rows: rows.length,
		blank: 0,
		emptyWords: 0,
		distinct: new Set(),
		numbers: tried > 0 && trial.other <= tried * 0.1 ? startNumbers() : null,
		hasOnlyNumbers: true,
		hasOnlyBooleans: true,
		sample,
		counted: 0,
	};
}

function addCell(evidence: Evidence, cell: Cell): void {
	if (isBlank(cell)) {
		evidence.blank += 1;
		return;
	}
	const { distinct, numbers } = evidence;
	const isLong = typeof cell === "string" && cell.length > longText;
	// Different numbers are counted in few cells: large sets of them in 200 columns take longer than all the rest.
	if (evidence.counted < (numbers || isLong ? fewCells : countedCells) || (!numbers && distinct.size <= mostChoices))
		distinct.add(isLong ? shortened(cell) : cell);
	evidence.counted += 1;
	if (typeof cell !== "boolean") evidence.hasOnlyBooleans = false;
	if (typeof cell !== "number") {
		evidence.hasOnlyNumbers = false;
		if (isEmptyWord(cell)) {
			evidence.emptyWords += 1;
			if (evidence.emptyWords < 4) distinct.add(cell);
			return;
		}
	}
	if (numbers) addNumber(numbers, cell);
}

/** To tell whole pages of text apart would take longer than to read them. */
const longText = 200;
const shortened = (text: string): string => `${text.slice(0, 60)}…${text.slice(-60)} (${text.length})`;

function sampleOf(rows: readonly (readonly Cell[])[], at: number): Cell[] {
	const sample: Cell[] = [];
	const step = Math.max(1, Math.floor(rows.length / mostSampled));
	for (let row = 0; row < rows.length; row += step) {
		const cell = rows[row]?.[at] ?? null;
		if (!isBlank(cell)) sample.push(cell);
	}
	// A column that is mostly empty: the few values stand anywhere.
	if (sample.length >= 20 || step === 1) return sample;
	for (let row = 0; row < rows.length && sample.length < mostSampled; row += 1) {
		const cell = rows[row]?.[at] ?? null;
		if (!isBlank(cell)) sample.push(cell);
	}
	return sample;
}

function addNumber(evidence: NumberEvidence, cell: Cell): void {
	if (typeof cell === "number") addJsonNumber(evidence, cell);
	else if (typeof cell !== "string") evidence.other += 1;
	else if (!addDigits(evidence, cell)) addWritten(evidence, cell);
}

// Fifteen digits and a power of ten up to 22 are exact as doubles, so their quotient is the number that is nearest to what is written.
const powersOfTen = Array.from({ length: 16 }, (_power, at) => 10 ** at);

/** Cells of nothing but digits, perhaps with a minus and a point: nearly all numbers of nearly all files. False for others. */
function addDigits(evidence: NumberEvidence, cell: string): boolean {
	const { length } = cell;
	const start = cell.charCodeAt(0) === 45 ? 1 : 0;
	let point = -1;
	let digits = 0;
	for (let at = start; at < length; at += 1) {
		const char = cell.charCodeAt(at);
		if (char >= 48 && char <= 57) digits = digits * 10 + (char - 48);
		else if (char !== 46 || point >= 0 || at === start) return false;
		else point = at;
	}
	if (length === start || point === length - 1) return false;
	const whole = (point < 0 ? length : point) - start;
	const first = cell.charCodeAt(start);
	const decimals = point < 0 ? 0 : length - point - 1;
	const number = length > 15 ? Number(cell) : (start === 1 ? -digits : digits) / (powersOfTen[decimals] ?? 1);
	if (start === 1) evidence.minus += 1;
	if (first === 48 && whole > 1) evidence.leadingZeros += 1;
	if (length > 15 && String(number) !== cell && !keepsDigits(cell.slice(start), Math.abs(number)))
		evidence.inexact += 1;
	addRange(evidence, number);
	if (point < 0) {
		evidence.plain += 1;
		addLength(evidence, whole);
		addDecimals(evidence, 0, false);
		return true;
	}
	if (decimals === 3 && whole <= 3 && first !== 48) evidence.either += 1;
	else {
		evidence.pointOnly += 1;
		addDecimals(evidence, decimals, cell.charCodeAt(length - 1) === 48);
	}
	return true;
}

function addJsonNumber(evidence: NumberEvidence, number: number): void {
	evidence.plain += 1;
	if (number < 0) evidence.minus += 1;
	addRange(evidence, number);
	if (Number.isInteger(number)) {
		addDecimals(evidence, 0, false);
		addLength(evidence, number < 1e21 ? String(Math.abs(number)).length : 22);
	} else addDecimals(evidence, 1, false);
}

const hasOther = /\D/;
const hasPower = /[eE]/;
const hasDigit = /\d/;

/** What a cell says that is not simply digits: it has signs, groups, commas, currencies or exponents. */
interface WrittenCell {
	notations: number;
	hasMark: boolean;
	hasPlus: boolean;
	isNegative: boolean;
	isPercent: boolean;
	currency: string | null;
	unit: string | null;
	isGrouped: boolean;
	hasLeadingZero: boolean;
	isInexact: boolean;
	isPower: boolean;
	decimals: number;
	endsInZero: boolean;
	length: number;
	number: number;
}

const noNumber: WrittenCell = {
	notations: 0,
	hasMark: false,
	hasPlus: false,
	isNegative: false,
	isPercent: false,
	currency: null,
	unit: null,
	isGrouped: false,
	hasLeadingZero: false,
	isInexact: false,
	isPower: false,
	decimals: 0,
	endsInZero: false,
	length: 0,
	number: 0,
};

function readWrittenCell(cell: string): WrittenCell {
	const parts = partsOf(cell);
	const body = parts && hasDigit.test(parts.body) ? parts.body : null;
	const notations = body === null ? 0 : notationsOf(body);
	if (parts === null || body === null || notations === 0) return noNumber;
	const decimalSign = notations === 2 ? "," : ".";
	const hasMark = body.includes(".") || body.includes(",");
	const atPower = body.search(hasPower);
	const mantissa = atPower < 0 ? body : body.slice(0, atPower);
	const power = atPower < 0 ? undefined : body.slice(atPower + 1);
	const atSign = notations === 3 ? -1 : mantissa.indexOf(decimalSign);
	const whole = atSign < 0 ? mantissa : mantissa.slice(0, atSign);
	const fraction = atSign < 0 ? "" : mantissa.slice(atSign + 1);
	const digits = hasOther.test(whole) ? whole.replace(/\D/g, "") : whole;
	const plain = `${digits}${fraction ? `.${fraction}` : ""}${power === undefined ? "" : `e${power}`}`;
	const number = Number(plain);
	return {
		notations,
		hasMark,
		hasPlus: parts.hasPlus,
		isNegative: parts.isNegative,
		isPercent: parts.isPercent,
		currency: parts.currency,
		unit: parts.unit,
		isGrouped: digits.length < whole.length,
		hasLeadingZero: digits.length > 1 && digits.startsWith("0"),
		isInexact: !Number.isFinite(number) || !keepsDigits(plain, number),
		isPower: power !== undefined,
		decimals: fraction.length,
		endsInZero: fraction.endsWith("0"),
		length: digits.length === whole.length && fraction === "" && power === undefined ? digits.length : 0,
		number: parts.isNegative ? -number : number,
	};
}

function addWritten(evidence: NumberEvidence, cell: string): void {
	const written = evidence.seen.read(cell, readWrittenCell);
	const { notations, hasMark, currency, unit } = written;
	if (notations === 0) {
		evidence.other += 1;
		return;
	}
	if (notations === 3 && hasMark) evidence.either += 1;
	else if (notations === 3) evidence.plain += 1;
	else if (notations === 1) evidence.pointOnly += 1;
	else evidence.commaOnly += 1;
	if (written.hasPlus) evidence.plus += 1;
	if (written.isNegative) evidence.minus += 1;
	if (written.isPercent) evidence.percents += 1;
	if (currency) evidence.currencies.set(currency, (evidence.currencies.get(currency) ?? 0) + 1);
	if (unit) evidence.units.set(unit, (evidence.units.get(unit) ?? 0) + 1);
	if (written.isGrouped) evidence.grouped += 1;
	if (written.hasLeadingZero) evidence.leadingZeros += 1;
	if (written.isInexact) evidence.inexact += 1;
	if (written.isPower) evidence.powers += 1;
	else if (notations !== 3 || !hasMark) addDecimals(evidence, written.decimals, written.endsInZero);
	addLength(evidence, written.length);
	addRange(evidence, written.number);
}

function addRange(evidence: NumberEvidence, number: number): void {
	if (number < evidence.least) evidence.least = number;
	if (number > evidence.most) evidence.most = number;
}

function addDecimals(evidence: NumberEvidence, decimals: number, endsInZero: boolean): void {
	if (decimals < evidence.fewestDecimals) evidence.fewestDecimals = decimals;
	if (decimals > evidence.mostDecimals) evidence.mostDecimals = decimals;
	if (endsInZero) evidence.trailingZeros += 1;
}

function addLength(evidence: NumberEvidence, length: number): void {
	if (length < evidence.shortest) evidence.shortest = length;
	if (length > evidence.longest) evidence.longest = length;
}

/** What the other columns of the file and its separator say about the decimal sign and the order of dates. */
export interface Surroundings {
	decimalComma: boolean;
	isDayFirst: boolean;
	/** "2026-11-21" */
	today: string;
}

export function surroundingsOf(all: readonly Evidence[], delimiter: string | null, today: string): Surroundings {
	let commas = 0;
	let points = 0;
	for (const { numbers } of all) {
		if (!numbers) continue;
		if (numbers.commaOnly > 0 && numbers.pointOnly === 0) commas += 1;
		if (numbers.pointOnly > 0 && numbers.commaOnly === 0) points += 1;
	}
	// Where a comma is the decimal sign, spreadsheets separate cells by semicolons.
	const decimalComma = commas === points ? delimiter === ";" : commas > points;
	return { decimalComma, isDayFirst: decimalComma, today };
}
