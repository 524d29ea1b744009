// The type of a column: concluded from all its cells first and its name second, or given by a person or by a field of an app.
import type { Column, ColumnType, DateOrder, Reading } from "#schema/columns.ts";
import { type Cell, counted, isBlank, isEmptyWord, listed, quoted } from "./cells.ts";
import { type Moments, momentsOf } from "./column-moments.ts";
import { guessNumbers } from "./column-numbers.ts";
import { textTypeOf } from "./column-texts.ts";
import type { Evidence, Surroundings } from "./evidence.ts";
import type { Guess } from "./guess.ts";
import { saysBirth, saysLonFirst } from "./kinds.ts";
import { currencyOf } from "./numbers.ts";
import { readCell } from "./values.ts";

export type Rows = readonly (readonly Cell[])[];

/** The share of cells that must fit a type. The few others are counted and named to the person. */
const enough = 0.98;

/** The words of a name: "Miles_per_Gallon" and "maxTemp" become "miles per gallon" and "max temp". */
export const wordsOf = (name: string): string =>
	name
		.normalize("NFC")
		.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
		.replace(/[_.-]+/g, " ")
		.toLowerCase();

/** A column whose type nobody has decided. Yields between slices of work. */
export function* inferColumn(
	name: string,
	rows: Rows,
	at: number,
	evidence: Evidence,
	around: Surroundings,
): Generator<void, Column> {
	const values = evidence.rows - evidence.blank;
	if (values === 0) return column(name, evidence, { type: "empty" }, { unfit: 0, firstUnfit: [] });
	const guess = yield* guessOf(name, rows, at, evidence, around);
	return yield* finish(name, rows, at, evidence, guess, around);
}

/** A column of a given type, read in the one way that fits most of its cells, or in the way that the person chose. */
export function* columnAs(
	type: ColumnType,
	name: string,
	rows: Rows,
	at: number,
	evidence: Evidence,
	around: Surroundings,
	chosen: Pick<Reading, "decimalComma" | "dateOrder" | "currency" | "unit"> = {},
): Generator<void, Column> {
	const guess = yield* readingFor(type, name, rows, at, evidence, around);
	// A doubt is no doubt any more once the person has decided it.
	const notes = chosen.dateOrder ? (guess.notes ?? []).filter((note) => !note.startsWith(doubtOfDays)) : guess.notes;
	const decided = { ...guess, ...(notes ? { notes } : {}), ...chosen, type, fitsAll: false };
	return yield* finish(name, rows, at, evidence, decided, around);
}

function* guessOf(
	name: string,
	rows: Rows,
	at: number,
	evidence: Evidence,
	around: Surroundings,
): Generator<void, Guess> {
	const label = wordsOf(name);
	if (evidence.hasOnlyBooleans) return { type: "boolean", fitsAll: true };
	const numbers = guessNumbers(label, evidence, around, enough);
	if (numbers) return numbers;
	const moments = yield* momentsOf(rows, at, evidence, around, saysBirth.test(label) ? around.today : null);
	const date = moments && guessDate(label, evidence, moments);
	if (date) return date;
	return textTypeOf(label, evidence, enough);
}

function guessDate(label: string, evidence: Evidence, moments: Moments): Guess | null {
	const values = evidence.rows - evidence.blank - evidence.emptyWords;
	if (moments.fits < values * enough || moments.fits === 0) return null;
	if (moments.zones.size > 1 || (moments.zones.size === 1 && moments.zoned < moments.fits)) {
		return { type: "text", notes: ["Its times are of different time zones, so they are kept as text, as written."] };
	}
	return {
		...dateReading(label, moments),
		type: moments.withTime > 0 ? "dateTime" : "date",
		fitsAll: moments.fits === values,
	};
}

function dateReading(label: string, moments: Moments): Guess {
	const notes: string[] = [];
	const [zone] = moments.zones.keys();
	if (zone) notes.push(`Its times are kept as written, in the time zone ${zone === "Z" ? "UTC" : zone}.`);
	const isBirth = saysBirth.test(label);
	if (moments.shortYears > 0)
		notes.push(
			isBirth
				? "Years of two digits are read so that no date is in the future."
				: "Years of two digits are read as 1950 to 2049.",
		);
	if (moments.isAmbiguous) notes.push(`${doubtOfDays}; it is read with the ${orderWords[moments.order]}.`);
	return {
		type: "date",
		dateOrder: moments.order,
		...(isBirth ? { isBirth } : {}),
		...(zone ? { zone } : {}),
		...(moments.isAmbiguous ? { isAmbiguous: true } : {}),
		notes,
	};
}

const doubtOfDays = "Day and month cannot be told apart for sure";
const orderWords: Record<DateOrder, string> = { ymd: "year first", dmy: "day first", mdy: "month first" };

/** How a column of a decided type is read. */
function* readingFor(
	type: ColumnType,
	name: string,
	rows: Rows,
	at: number,
	evidence: Evidence,
	around: Surroundings,
): Generator<void, Guess> {
	const label = wordsOf(name);
	switch (type) {
		case "integer":
		case "decimal":
		case "money":
		case "percent": {
			const numbers = evidence.numbers;
			if (!numbers) return { type, decimalComma: around.decimalComma };
			const isOpen = numbers.pointOnly === numbers.commaOnly;
			const decimalComma = isOpen ? around.decimalComma : numbers.commaOnly > numbers.pointOnly;
			const [sign] = numbers.currencies.keys();
			const [unit] = numbers.units.keys();
			const currency = type === "money" && sign ? currencyOf(sign) : null;
			return {
				type,
				decimalComma,
				...(isOpen && numbers.either > 0 ? { isAmbiguous: true } : {}),
				...(currency ? { currency } : sign && type !== "money" ? { unit: sign } : {}),
				...(unit && !sign ? { unit } : {}),
			};
		}
		case "date":
		case "dateTime": {
			const moments = yield* momentsOf(rows, at, evidence, around, saysBirth.test(label) ? around.today : null, true);
			if (moments && moments.fits > 0) return dateReading(label, moments);
			const counted = evidence.numbers ? clockOf(evidence) : null;
			return { type, ...(counted ? { clock: counted } : { dateOrder: around.isDayFirst ? "dmy" : "ymd" }) };
		}
		case "coordinates":
			return { type, ...(saysLonFirst.test(name) ? { isLonFirst: true } : {}) };
		default:
			return { type };
	}
}

function clockOf({ numbers }: Evidence): Reading["clock"] | null {
	if (!numbers) return null;
	if (numbers.most > 1e11) return "milliseconds";
	return numbers.most > 1e8 ? "seconds" : "excelDays";
}

interface Misfits {
	unfit: number;
	firstUnfit: { row: number; cell: Cell }[];
}

function* finish(
	name: string,
	rows: Rows,
	at: number,
	evidence: Evidence,
	guess: Guess,
	around: Surroundings,
): Generator<void, Column> {
	const misfits =
		keepsAll(guess) || guess.fitsAll
			? { unfit: 0, firstUnfit: [] }
			: yield* countMisfits(rows, at, guess, around.today);
	return column(name, evidence, guess, misfits);
}

const keepsAll = ({ type }: Guess): boolean =>
	type === "text" || type === "longText" || type === "choice" || type === "phone" || type === "empty";

function* countMisfits(rows: Rows, at: number, reading: Reading, today: string): Generator<void, Misfits> {
	const misfits: Misfits = { unfit: 0, firstUnfit: [] };
	for (let row = 0; row < rows.length; row += 1) {
		if (row % 8000 === 7999) yield;
		const cell = rows[row]?.[at] ?? null;
		if (isBlank(cell) || readCell(cell, reading, today) !== undefined) continue;
		misfits.unfit += 1;
		if (misfits.firstUnfit.length < 3) misfits.firstUnfit.push({ row: row + 1, cell });
	}
	return misfits;
}

function column(name: string, evidence: Evidence, guess: Guess, { unfit, firstUnfit }: Misfits): Column {
	const isText = keepsAll(guess);
	const { notes = [], fitsAll: _fitsAll, ...reading } = guess;
	const sentences = [...notes];
	const words = isText ? 0 : evidence.emptyWords;
	if (words > 0) {
		const examples = [...evidence.distinct].filter(isEmptyWord).slice(0, 3).map(quoted);
		sentences.push(`${counted(words, "cell")} with ${listed(examples)} ${words === 1 ? "is" : "are"} read as empty.`);
	}
	if (unfit > 0) {
		const places = firstUnfit.map(({ row, cell }) => `${quoted(cell)} in row ${row}`);
		sentences.push(
			`${counted(unfit, "cell")} ${unfit === 1 ? "does" : "do"} not fit and would be left empty: ${listed(places)}${
				unfit > places.length ? ", and more" : ""
			}.`,
		);
	}
	return {
		name,
		...reading,
		filled: evidence.rows - evidence.blank - words,
		empty: evidence.blank + words,
		distinct: evidence.distinct.size,
		unfit,
		notes: sentences,
	};
}
