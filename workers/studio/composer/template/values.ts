// From what a person types to a value, and from a value to what a person reads.
import { app, dateOf, type Field, fields, inputFields, isNumeric, today, type Value, type Values } from "./model.ts";

export type Parsed = { value: Value } | { problem: string };

/** Reads what was typed or imported into a field. Accepts grouping, currency signs, decimal commas and common dates. */
export function parseValue(field: Field, typed: string): Parsed {
	const text = typed.trim();
	if (text === "")
		return field.required ? { problem: `Please fill in ${field.label.toLowerCase()}.` } : { value: null };
	switch (field.type) {
		case "integer":
		case "decimal":
		case "money":
		case "percent":
		case "rating":
			return parseNumber(field, text);
		case "boolean":
			return { value: /^(yes|y|true|1|x|on|done|✓)$/i.test(text) };
		case "date": {
			const day = parseDay(text);
			return day ? { value: day } : { problem: "Write the date as 2026-11-21." };
		}
		case "dateTime": {
			const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})/.exec(text);
			const day = match ? null : parseDay(text);
			if (match) return { value: `${match[1]}T${match[2]}` };
			return day ? { value: `${day}T00:00` } : { problem: "Write date and time as 2026-11-21 14:30." };
		}
		case "time": {
			const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)/.exec(text);
			return match ? { value: `${match[1]?.padStart(2, "0")}:${match[2]}` } : { problem: "Write the time as 14:30." };
		}
		case "email":
			return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
				? { value: text }
				: { problem: "This does not look like an e-mail address." };
		case "url": {
			const address = /^[a-z]+:/i.test(text) ? text : `https://${text}`;
			// Only web addresses: a link of another kind could run as a script.
			return URL.canParse(address) && /^https?:/i.test(address)
				? { value: address }
				: { problem: "This does not look like a web address." };
		}
		case "colour":
			return /^#[0-9a-f]{6}$/i.test(text) ? { value: text.toLowerCase() } : { problem: "Write the colour as #1f6feb." };
		case "coordinates": {
			const match = /^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
			const valid = match && Math.abs(Number(match[1])) <= 90 && Math.abs(Number(match[2])) <= 180;
			return valid
				? { value: `${match[1]}, ${match[2]}` }
				: { problem: "Write latitude and longitude as 52.52, 13.40." };
		}
		case "checkins":
			return { value: text.split(/[\s,;|]+/).filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day)) };
		case "choice": {
			const known = field.choices?.find((choice) => choice.toLowerCase() === text.toLowerCase());
			return { value: known ?? text };
		}
		default:
			return text.length > 10_000 ? { problem: "This is longer than 10,000 characters." } : { value: text };
	}
}

function parseNumber(field: Field, text: string): Parsed {
	let digits = text.replace(/[^\d.,+-]/g, "");
	// 1.234,50 and 12,5 have a decimal comma; 1,234 and 1,234.50 do not.
	const isDecimalComma = /,\d{1,2}$/.test(digits) || /^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(digits);
	digits = isDecimalComma ? digits.replaceAll(".", "").replace(",", ".") : digits.replaceAll(",", "");
	const number = Number(digits);
	if (digits === "" || !Number.isFinite(number)) return { problem: "Please write a number." };
	if (field.type === "integer" && !Number.isInteger(number)) return { problem: "Please write a whole number." };
	if (field.type === "rating" && (number < 0 || number > 5)) return { problem: "Choose one to five." };
	return { value: field.type === "money" ? Math.round(number * 100) / 100 : number };
}

function parseDay(text: string): string | null {
	const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text);
	if (iso) return checkedDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
	const other = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
	if (other) {
		const [first, second, year] = [Number(other[1]), Number(other[3]), Number(other[4])];
		// 21.11.2026 is the day first; 11/21/2026 the month, unless that is impossible.
		const dayFirst = other[2] === "." || first > 12;
		return dayFirst ? checkedDay(year, second, first) : checkedDay(year, first, second);
	}
	const words = /[a-z]/i.test(text) ? new Date(text) : null;
	return words && !Number.isNaN(words.getTime())
		? checkedDay(words.getFullYear(), words.getMonth() + 1, words.getDate())
		: null;
}

function checkedDay(year: number, month: number, day: number): string | null {
	const date = new Date(Date.UTC(year, month - 1, day));
	const exact = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return exact
		? `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`
		: null;
}

const numbers = new Map<string, Intl.NumberFormat>();
function numberFormat(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const format = numbers.get(key) ?? new Intl.NumberFormat(undefined, options);
	numbers.set(key, format);
	return format;
}
const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const monthFormat = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric" });

/** What a person reads. Empty values are an empty text. */
export function formatValue(field: Field, value: Value): string {
	if (value === null || value === "") return "";
	if (Array.isArray(value)) return value.length === 1 ? "1 day" : `${value.length} days`;
	if (typeof value === "boolean") return value ? "Yes" : "No";
	if (isNumeric(field) && typeof value === "number") return formatNumber(field, value);
	if (field.type === "date") return formatDay(String(value));
	if (field.type === "dateTime") return `${formatDay(String(value))}, ${String(value).slice(11, 16)}`;
	return String(value);
}

export function formatNumber(field: Field, number: number): string {
	if (field.plain) return String(number);
	if (field.type === "money") {
		const whole = Number.isInteger(number) && Math.abs(number) >= 1000;
		return numberFormat(`money${whole}`, {
			style: "currency",
			currency: app.currency,
			currencyDisplay: "narrowSymbol",
			...(whole ? { maximumFractionDigits: 0 } : {}),
		}).format(number);
	}
	const text = numberFormat("number", { maximumFractionDigits: 2 }).format(number);
	if (field.type === "percent") return `${text}%`;
	return field.unit ? `${text} ${field.unit}` : text;
}

/** Large totals are shortened: a tile has little room. */
export function formatTotal(field: Field, number: number): string {
	if (Math.abs(number) < 10_000_000) return formatNumber(field, number);
	const money: Intl.NumberFormatOptions =
		field.type === "money" ? { style: "currency", currency: app.currency, currencyDisplay: "narrowSymbol" } : {};
	return numberFormat(`short${field.type}`, { notation: "compact", maximumFractionDigits: 1, ...money }).format(number);
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

/** How a value stands in an input, or in a cell of an exported file. */
export function writeValue(value: Value): string {
	if (value === null) return "";
	if (Array.isArray(value)) return value.join(" ");
	if (typeof value === "boolean") return value ? "Yes" : "No";
	return String(value);
}

/** Only what the fields of this app know, so that nothing else is carried along. */
export function storedValues(values: Values): Values {
	return Object.fromEntries(
		fields.filter((field) => !field.computed).map((field) => [field.key, values[field.key] ?? null]),
	);
}
