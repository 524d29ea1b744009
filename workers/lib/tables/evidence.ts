// What the cells of one column say about it. Everything is counted over all cells in one pass, so that a column is read in one
// way, and whether a type would lose a digit is known before the type is chosen.
import { type Cell, isBlank, isEmptyWord } from "./cells.ts";
import { keepsDigits, notationsOf, partsOf } from "./numbers.ts";

export interface Evidence {
	rows: number;
	blank: number;
	/** NA, null, "-" and the like: a value in text, nothing in other columns. */
	emptyWords: number;
	/** Different values; counting ends at 10,000. */
	distinct: Set<Cell>;
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

const mostDistinct = 10_000;
const mostSampled = 400;

const startNumbers = (): NumberEvidence => ({
	plain: 0,
	pointOnly: 0,
	commaOnly: 0,
	either: 0,
	other: 0,
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
const sliceCells = 8000;

/** Gathers the evidence of one column; yields between slices of work. */
export function* gather(rows: readonly (readonly Cell[])[], at: number): Generator<void, Evidence> {
	const sample = sampleOf(rows, at);
	const evidence: Evidence = {
		rows: rows.length,
		blank: 0,
		emptyWords: 0,
		distinct: new Set(),
		numbers: null,
		hasOnlyNumbers: true,
		hasOnlyBooleans: true,
		sample,
	};
	const trial = startNumbers();
	let tried = 0;
	for (const cell of sample) {
		if (isEmptyWord(cell)) continue;
		tried += 1;
		addNumber(trial, cell);
	}
	const numbers = tried > 0 && trial.other <= tried * 0.1 ? startNumbers() : null;
	for (let row = 0; row < rows.length; row += 1) {
		const cell = rows[row]?.[at] ?? null;
		if (cell === null || cell === "" || isBlank(cell)) {
			evidence.blank += 1;
			continue;
		}
		if (evidence.distinct.size < mostDistinct) evidence.distinct.add(cell);
		if (typeof cell !== "boolean") evidence.hasOnlyBooleans = false;
		if (typeof cell !== "number") {
			evidence.hasOnlyNumbers = false;
			if (isEmptyWord(cell)) {
				evidence.emptyWords += 1;
				continue;
			}
		}
		if (numbers) addNumber(numbers, cell);
		if (row % sliceCells === sliceCells - 1) yield;
	}
	evidence.numbers = numbers;
	return evidence;
}

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

const wholeCell = /^-?\d+$/;
const pointCell = /^(-?)(\d+)\.(\d+)$/;

function addNumber(evidence: NumberEvidence, cell: Cell): void {
	if (typeof cell === "number") {
		addJsonNumber(evidence, cell);
		return;
	}
	if (typeof cell === "boolean" || cell === null) {
		evidence.other += 1;
		return;
	}
	if (wholeCell.test(cell)) {
		addWhole(evidence, cell);
		return;
	}
	const point = pointCell.exec(cell);
	if (point && cell.length <= 15) {
		const [, sign = "", whole = "", fraction = ""] = point;
		if (fraction.length === 3 && whole.length <= 3 && whole.charCodeAt(0) !== 48) evidence.either += 1;
		else {
			evidence.pointOnly += 1;
			addDecimals(evidence, fraction.length, fraction.charCodeAt(fraction.length - 1) === 48);
		}
		if (sign) evidence.minus += 1;
		if (whole.length > 1 && whole.charCodeAt(0) === 48) evidence.leadingZeros += 1;
		addRange(evidence, Number(cell));
		return;
	}
	addWritten(evidence, cell);
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

function addWhole(evidence: NumberEvidence, cell: string): void {
	const isMinus = cell.charCodeAt(0) === 45;
	const length = cell.length - (isMinus ? 1 : 0);
	evidence.plain += 1;
	if (isMinus) evidence.minus += 1;
	if (length > 1 && cell.charCodeAt(isMinus ? 1 : 0) === 48) evidence.leadingZeros += 1;
	const number = Number(cell);
	if (length > 15 && !keepsDigits(isMinus ? cell.slice(1) : cell, Math.abs(number))) evidence.inexact += 1;
	addLength(evidence, length);
	addDecimals(evidence, 0, false);
	addRange(evidence, number);
}

/** Everything that is not simply digits: signs, groups, commas, currencies, exponents. */
function addWritten(evidence: NumberEvidence, cell: string): void {
	const parts = partsOf(cell);
	const body = parts && /\d/.test(parts.body) ? parts.body : null;
	const notations = body === null ? 0 : notationsOf(body);
	if (!parts || body === null || notations === 0) {
		evidence.other += 1;
		return;
	}
	const decimalSign = notations === 2 ? "," : ".";
	const hasMark = body.includes(".") || body.includes(",");
	if (notations === 3 && hasMark) evidence.either += 1;
	else if (notations === 3) evidence.plain += 1;
	else if (notations === 1) evidence.pointOnly += 1;
	else evidence.commaOnly += 1;
	if (parts.hasPlus) evidence.plus += 1;
	if (parts.isNegative) evidence.minus += 1;
	if (parts.isPercent) evidence.percents += 1;
	if (parts.currency) evidence.currencies.set(parts.currency, (evidence.currencies.get(parts.currency) ?? 0) + 1);
	if (parts.unit) evidence.units.set(parts.unit, (evidence.units.get(parts.unit) ?? 0) + 1);
	const [mantissa = "", power] = body.toLowerCase().split("e");
	const [whole = "", fraction = ""] = notations === 3 ? [mantissa] : mantissa.split(decimalSign);
	const digits = whole.replace(/\D/g, "");
	if (digits.length < whole.length) evidence.grouped += 1;
	if (digits.length > 1 && digits.startsWith("0")) evidence.leadingZeros += 1;
	const plain = `${digits}${fraction ? `.${fraction}` : ""}${power === undefined ? "" : `e${power}`}`;
	const number = Number(plain);
	if (!Number.isFinite(number) || !keepsDigits(plain, number)) evidence.inexact += 1;
	if (power !== undefined) evidence.powers += 1;
	else if (notations !== 3 || !hasMark) addDecimals(evidence, fraction.length, fraction.endsWith("0"));
	if (digits.length === whole.length && fraction === "" && power === undefined) addLength(evidence, digits.length);
	else addLength(evidence, 0);
	addRange(evidence, parts.isNegative ? -number : number);
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
