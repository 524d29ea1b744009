// From what a person types to a value, and from a value to what a person reads. Numbers are written as the browser's language does.
import {
	mayMean,
	readBoolean,
	readMoment,
	readPair,
	readTime,
	readTyped,
	showExact,
	showRounded,
	writeTyped,
} from "freehold/tables";
import { app, dateOf, type Field, fields, inputFields, isNumeric, today, type Value, type Values } from "./model.ts";

import { isPicture } from "./picture-data.ts";
import { no, problems, words, yes } from "./words.ts";

export type Parsed = { value: Value } | { problem: string };

const mostChars = 20_000;

/** Reads what was typed into a field. Numbers and dates may be written as the language of the browser does. */
export function parseValue(field: Field, typed: string): Parsed {
	const text = typed.trim();
	if (text === "") return field.required ? { problem: problems.fillIn(field.label) } : { value: null };
	switch (field.type) {
		case "integer":
		case "decimal":
		case "money":
		case "percent":
		case "rating":
			return parseNumber(field, text);
		case "boolean": {
			const isYes = readBoolean(text);
			return isYes === null ? { problem: problems.boolean } : { value: isYes };
		}
		case "date": {
			const day = momentIn(text);
			return day ? { value: day.day } : { problem: problems.date };
		}
		case "dateTime": {
			const moment = momentIn(text);
			return moment ? { value: `${moment.day}T${moment.time ?? "00:00"}` } : { problem: problems.dateTime };
		}
		case "time": {
			const time = readTime(text.replace(/^(\d{1,2})\.(\d{2})$/, "$1:$2"));
			return time ? { value: time } : { problem: problems.time };
		}
		case "email":
			return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? { value: text } : { problem: problems.email };
		case "url": {
			const address = /^[a-z]+:/i.test(text) ? text : `https://${text}`;
			// Only web addresses: a link of another kind could run as a script.
			return URL.canParse(address) && /^https?:/i.test(address) ? { value: address } : { problem: problems.url };
		}
		case "colour":
			// "brown" is a colour, too; a swatch is drawn where the browser knows it.
			return { value: text.slice(0, 80) };
		case "image":
			return isPicture(text) ? { value: text } : { problem: problems.picture };
		case "coordinates":
			return isPlace(text) ? { value: text } : { problem: problems.place };
		case "checkins": {
			const days = text.split(/[\s,;|]+/).filter(Boolean);
			return days.every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day)) ? { value: days } : { problem: problems.days };
		}
		case "choice": {
			const known = field.choices?.find((choice) => choice.toLowerCase() === text.toLowerCase());
			return { value: known ?? text };
		}
		default:
			return typed.length > mostChars ? { problem: problems.tooLong(mostChars) } : { value: text };
	}
}

function isPlace(text: string): boolean {
	const pair = readPair(text) ?? readPair(text.replace(/^(\s*[+-]?\d{1,3})(?=\s*[,; ])/, "$1.0"));
	return pair !== null && Math.abs(Number(pair.first)) <= 90;
}

/** The order of day and month is that of the browser's language; the input of the browser always writes the year first. */
function momentIn(text: string) {
	const order = dayComesFirst() || text.includes(".") ? "dmy" : "mdy";
	return readMoment(text, "ymd") ?? readMoment(text, order) ?? readMoment(text, order === "dmy" ? "mdy" : "dmy");
}

const dayComesFirst = (): boolean => {
	const parts = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "numeric" }).formatToParts(new Date());
	return parts.findIndex(({ type }) => type === "day") < parts.findIndex(({ type }) => type === "month");
};

function parseNumber(field: Field, text: string): Parsed {
	const written = readTyped(text);
	if (!written) return { problem: problems.number };
	if (!written.isExact) return { problem: problems.tooManyDigits };
	const isOwnSign = written.currency === null || (field.type === "money" && mayMean(written.currency, app.currency));
	if (!isOwnSign && written.currency !== field.unit)
		return {
			problem: field.type === "money" ? problems.currency(app.currency) : problems.number,
		};
	if (written.unit !== null && written.unit.toLowerCase() !== field.unit?.toLowerCase())
		return { problem: field.unit ? problems.unit(field.unit) : problems.number };
	if (written.isPercent && field.type !== "percent") return { problem: problems.number };
	return checkNumber(field, written.number);
}

/** What a field asks of its numbers. */
export function checkNumber(field: Field, number: number): Parsed {
	if (field.type === "integer" && !Number.isInteger(number)) return { problem: problems.whole };
	if (field.type === "rating" && (number < 0 || number > 5)) return { problem: problems.rating };
	return { value: number };
}

const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const monthFormat = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric" });

/** What a person reads, with every digit that is stored. Empty values are an empty text. */
export function formatValue(field: Field, value: Value): string {
	if (value === null || value === "") return "";
	if (Array.isArray(value)) return words.days(value.length);
	if (typeof value === "boolean") return value ? yes : no;
	if (isNumeric(field) && typeof value === "number")
		return field.computed ? formatNumber(field, value) : formatExact(field, value);
	if (field.type === "image") return words.picture;
	if (field.type === "date") return formatDay(String(value));
	if (field.type === "dateTime") {
		const shown = `${formatDay(String(value))}, ${String(value).slice(11)}`;
		return field.unit ? `${shown} ${field.unit}` : shown;
	}
	return String(value);
}

const money = (number: number): Intl.NumberFormatOptions => ({
	style: "currency",
	currency: app.currency,
	currencyDisplay: "narrowSymbol",
	...(Number.isInteger(number) && Math.abs(number) >= 1000 ? { maximumFractionDigits: 0 } : {}),
});

function formatExact(field: Field, number: number): string {
	if (field.plain) return field.decimals ? writeDigits(number, field).replace(".", decimalSign()) : writeTyped(number);
	const decimals = field.decimals === undefined ? {} : { decimals: field.decimals };
	const text = showExact(number, { ...(field.type === "money" ? money(number) : {}), ...decimals });
	return withUnit(field, text);
}

const decimalSign = (): string => writeTyped(0.5).charAt(1);

const withUnit = (field: Field, text: string): string =>
	field.type === "percent" ? `${text}%` : field.type !== "money" && field.unit ? `${text} ${field.unit}` : text;

/** A number that was worked out, rounded: totals, averages, computed fields. */
export function formatNumber(field: Field, number: number): string {
	if (field.plain) return writeTyped(number);
	return withUnit(field, showRounded(number, field.type === "money" ? money(number) : {}));
}

const short = new Map<string, Intl.NumberFormat>();

/** Large totals are shortened: a tile has little room. */
export function formatTotal(field: Field, number: number): string {
	if (Math.abs(number) < 10_000_000) return formatNumber(field, number);
	const options: Intl.NumberFormatOptions = field.type === "money" ? money(0.5) : {};
	const format =
		short.get(field.type) ??
		new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1, ...options });
	short.set(field.type, format);
	return format.format(number);
}

export const formatDay = (day: string): string => dayFormat.format(dateOf(day));
export const formatMonth = (month: string): string => monthFormat.format(dateOf(`${month}-01`));

/** What stands in a form before anybody typed. */
export function startValues(): Values {
	const values: Values = {};
	for (const field of inputFields) {
		if (field.startsAs === undefined) continue;
		values[field.key] = field.startsAs === "today" && field.type === "date" ? today() : field.startsAs;
	}
	return values;
}

/** How a value stands in an input: what is read back from it is the same value. */
export function editText(field: Field, value: Value): string {
	return typeof value === "number" && field.type !== "rating" ? writeTyped(value) : writeValue(value);
}

/** How a value stands in a cell of an exported file: numbers with a point, days as 2026-11-21. */
export function writeValue(value: Value, field?: Field): string {
	if (value === null) return "";
	if (Array.isArray(value)) return value.join(" ");
	if (typeof value === "boolean") return value ? yes : no;
	return typeof value === "number" && field ? writeDigits(value, field) : String(value);
}

/** All digits, and the zeros at the end that the field asks for. */
function writeDigits(number: number, field: Field): string {
	const text = String(number);
	const decimals = field.decimals ?? 0;
	const [whole = "", own = ""] = text.split(".");
	if (text.includes("e") || own.length >= decimals) return text;
	// zeros are added to the text: toFixed(15) would make 8.0112200000161 into 8.011220000016099
	return `${whole}.${own.padEnd(decimals, "0")}`;
}

/** Only what the fields of this app know, so that nothing else is carried along. */
export function storedValues(values: Values): Values {
	return Object.fromEntries(
		fields.filter((field) => !field.computed).map((field) => [field.key, values[field.key] ?? null]),
	);
}
