// The type of a column, concluded from its values first and its name second.
import {
	isColour,
	isCoordinates,
	isEmail,
	isUrl,
	readBoolean,
	readMoment,
	readMoney,
	readNumber,
	readPercent,
	readTime,
} from "./cell-values.ts";
import type { Column, ColumnType, DateOrder } from "./profile.ts";
import type { Cell } from "./reference.ts";

/** Types are tried on at most this many values, spread over the whole column; counts use all of them. */
const sampled = 2000;
/** The share of values that must fit a type. The few others become empty, and the composer says how many. */
const enough = 0.98;
const mostDistinct = 10_000;

export function inferColumn(name: string, cells: readonly Cell[]): Column {
	const values = cells.filter((cell) => !isEmpty(cell));
	const distinct = new Set<Cell>();
	for (const value of values) {
		distinct.add(value);
		if (distinct.size >= mostDistinct) break;
	}
	const common = { name, filled: values.length, empty: cells.length - values.length, distinct: distinct.size };
	if (values.length === 0) return { ...common, type: "empty" };
	const step = Math.max(1, Math.floor(values.length / sampled));
	const sample = values.filter((_value, at) => at % step === 0);
	const found = typeOf(name, sample, { rows: values.length, distinct: distinct.size });
	const column: Column = { ...common, ...found };
	if (column.type === "choice") column.choices = mostFrequent(values);
	return column;
}

const emptyWords = new Set(["", "na", "n/a", "null", "nan", "-", "–", "#n/a"]);
// Not "none": that is a value of some columns ("damage: none").
export const isEmpty = (cell: Cell): boolean =>
	cell === null || (typeof cell === "string" && emptyWords.has(cell.trim().toLowerCase()));

type Found = Pick<Column, "type" | "dateOrder" | "decimalComma" | "isAmbiguous" | "currency" | "isPlain">;

const fits = (sample: readonly Cell[], test: (text: string) => boolean): boolean => {
	let good = 0;
	for (const cell of sample) if (test(String(cell))) good += 1;
	return good >= sample.length * enough;
};

const words = (name: string): string =>
	name
		.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
		.replace(/[_.-]+/g, " ")
		.toLowerCase();

function typeOf(name: string, sample: readonly Cell[], counts: { rows: number; distinct: number }): Found {
	const label = words(name);
	if (sample.every((cell) => typeof cell === "boolean")) return { type: "boolean" };
	if (sample.every((cell) => typeof cell === "number"))
		return numberType(label, sample as readonly number[], counts, false);
	const isYesNo = fits(sample, (text) => readBoolean(text) !== null);
	if (isYesNo && counts.distinct <= 4) return { type: "boolean" };
	const numeric = numericText(label, sample, counts);
	if (numeric) return numeric;
	const date = dateType(sample);
	if (date) return date;
	if (fits(sample, (text) => readTime(text) !== null)) return { type: "time" };
	if (fits(sample, isEmail)) return { type: "email" };
	if (fits(sample, isUrl)) return { type: "url" };
	if (fits(sample, isColour)) return { type: "colour" };
	if (fits(sample, isCoordinates)) return { type: "coordinates" };
	if (/\b(phone|mobile|tel|fax)\b/.test(label) && fits(sample, (text) => /^[+(]?[\d][\d ()./-]{4,}$/.test(text.trim())))
		return { type: "phone" };
	return { type: textType(sample, counts) };
}

/** Numbers written as text, with or without currency and percent signs, with a decimal point or comma. */
function numericText(label: string, sample: readonly Cell[], counts: { rows: number; distinct: number }): Found | null {
	// 00501 is a code, and would lose its zeros.
	if (sample.some((cell) => typeof cell === "string" && /^0\d+$/.test(cell.trim()))) return null;
	for (const decimalComma of [false, true]) {
		const comma = decimalComma ? { decimalComma } : {};
		if (fits(sample, (text) => readNumber(text, decimalComma) !== null)) {
			const numbers = sample.flatMap((cell) => readNumber(String(cell), decimalComma) ?? []);
			return { ...numberType(label, numbers, counts, true), ...comma };
		}
		if (fits(sample, (text) => (readMoney(text, decimalComma) ?? readNumber(text, decimalComma)) !== null)) {
			const currency = sample
				.map((cell) => readMoney(String(cell), decimalComma)?.currency)
				.find((sign) => sign !== undefined);
			return { type: "money", ...comma, ...(currency ? { currency } : {}) };
		}
		if (fits(sample, (text) => readPercent(text, decimalComma) !== null)) return { type: "percent", ...comma };
	}
	return null;
}

function numberType(
	label: string,
	numbers: readonly number[],
	counts: { rows: number; distinct: number },
	isText: boolean,
): Found {
	const whole = numbers.every((number) => Number.isInteger(number));
	const low = numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
	const high = numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY);
	if (whole && /^(is|has|was) /.test(label) && low >= 0 && high <= 1) return { type: "boolean" };
	if (whole && /\b(year|yr|jahr|année|año)\b/.test(label) && low >= 1000 && high <= 2999)
		return { type: "integer", isPlain: true };
	const isId = /\b(id|key|code|index|number|no|nr|zip|postcode|fips|isbn)$/.test(label) && whole;
	if (isId) return { type: "integer", isPlain: true };
	if (
		/(\b(price|costs?|salary|gross|budget|revenue|sales|income|wages?|amount|fee|turnover|profit|dollars?|euros?|usd|eur)\b|[$€£])/.test(
			label,
		) &&
		!/\b(count|rate|number|units)\b/.test(label)
	) {
		const sign = /€|euros?|\beur\b/.test(label)
			? "EUR"
			: /£|gbp/.test(label)
				? "GBP"
				: /\$|dollars?|usd|\bus\b/.test(label)
					? "USD"
					: null;
		return { type: "money", ...(sign ? { currency: sign } : {}) };
	}
	if (/\b(percent|percentage|pct|perc)\b|%/.test(label) && high > 1 && low >= 0 && high <= 100)
		return { type: "percent" };
	// Ratings and other codes in text columns stay numbers, too: sorting and adding up work either way.
	return whole && !(isText && counts.rows === 0) ? { type: "integer" } : { type: "decimal" };
}

function dateType(sample: readonly Cell[]): Found | null {
	if (sample.some((cell) => typeof cell !== "string")) return null;
	const texts = sample as readonly string[];
	const orders: DateOrder[] = ["ymd", "dmy", "mdy"];
	const possible = orders.filter((order) => fits(texts, (text) => readMoment(text, order) !== null));
	const first = possible[0];
	if (!first) return null;
	// Without a day above 12 nobody can tell 3/4 from 4/3. Dots are written in day-first countries, slashes mostly month-first.
	const isNumeric = texts.some((text) => /^\d{1,2}[-/.]\d{1,2}[-/.]\d/.test(text));
	const isAmbiguous = isNumeric && possible.includes("dmy") && possible.includes("mdy");
	const order = isAmbiguous && texts.some((text) => text.includes("/")) ? "mdy" : first;
	const moments = texts.flatMap((text) => readMoment(text, order) ?? []);
	const hasTime = moments.some((moment) => moment.time !== null && moment.time !== "00:00");
	return { type: hasTime ? "dateTime" : "date", dateOrder: order, ...(isAmbiguous ? { isAmbiguous } : {}) };
}

function textType(sample: readonly Cell[], { rows, distinct }: { rows: number; distinct: number }): ColumnType {
	const lengths = sample.map((cell) => String(cell).length);
	const longest = Math.max(...lengths);
	const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
	const hasLines = sample.some((cell) => String(cell).includes("\n"));
	if (hasLines || longest > 160 || mean > 70) return "longText";
	const isRepeating = rows >= 10 ? distinct <= 20 && distinct <= rows * 0.34 : rows >= 4 && distinct <= rows / 2;
	return isRepeating && longest <= 40 && distinct >= 2 ? "choice" : "text";
}

function mostFrequent(values: readonly Cell[]): string[] {
	const counts = new Map<string, number>();
	for (const value of values) {
		const text = String(value).trim();
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return Array.from(counts)
		.sort((a, b) => b[1] - a[1])
		.map(([text]) => text)
		.slice(0, 24);
}
