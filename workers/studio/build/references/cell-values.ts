// Single values as people write them in files: numbers, dates, times. Each reader gives null for what is not of its kind.
import type { DateOrder } from "./profile.ts";

const pointNumber = /^[+-]?(?:\d+|\d{1,3}(?:[,' \u00a0\u202f]\d{3})+)?(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i;
const commaNumber = /^[+-]?(?:\d+|\d{1,3}(?:[.' \u00a0\u202f]\d{3})+)?(?:,\d+)?$/;

export function readNumber(text: string, decimalComma = false): number | null {
	const trimmed = text.trim();
	if (!/\d/.test(trimmed) || !(decimalComma ? commaNumber : pointNumber).test(trimmed)) return null;
	const digits = decimalComma
		? trimmed.replace(/[.' \u00a0\u202f]/g, "").replace(",", ".")
		: trimmed.replace(/[,' \u00a0\u202f]/g, "");
	const number = Number(digits);
	return Number.isFinite(number) ? number : null;
}

const signs: [RegExp, string][] = [
	[/€|\bEUR\b/, "EUR"],
	[/£|\bGBP\b/, "GBP"],
	[/\bCHF\b/, "CHF"],
	[/¥|\bJPY\b/, "JPY"],
	[/₹|\bINR\b/, "INR"],
	[/\$|\bUSD\b/, "USD"],
];

/** "$1,200.50", "12 €", "(45.00)" as accountants write a minus. */
export function readMoney(text: string, decimalComma = false): { amount: number; currency: string } | null {
	const sign = signs.find(([mark]) => mark.test(text));
	if (!sign) return null;
	const bare = text.replace(sign[0], "").trim();
	const negative = /^\((.*)\)$/.exec(bare)?.[1];
	const amount = readNumber(negative ?? bare.replace(/^-\s+/, "-"), decimalComma);
	return amount === null ? null : { amount: negative === undefined ? amount : -amount, currency: sign[1] };
}

export function readPercent(text: string, decimalComma = false): number | null {
	const match = /^(.*\d)\s*%$/.exec(text.trim());
	return match ? readNumber(match[1] ?? "", decimalComma) : null;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const clock = /[T ,]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(am|pm)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

export interface Moment {
	day: string;
	/** "14:30", or null for a day without a time. */
	time: string | null;
}

export function readMoment(text: string, order: DateOrder): Moment | null {
	const trimmed = text.trim();
	if (trimmed.length < 6 || trimmed.length > 40) return null;
	const match = clock.exec(trimmed);
	const day = readDay(match ? trimmed.slice(0, match.index) : trimmed, order);
	if (!day) return null;
	if (!match) return { day, time: null };
	const half = match[3]?.toLowerCase();
	const hour = (Number(match[1]) % (half ? 12 : 24)) + (half === "pm" ? 12 : 0);
	return Number(match[2]) < 60 && Number(match[1]) < 25
		? { day, time: `${String(hour).padStart(2, "0")}:${match[2]}` }
		: null;
}

function readDay(text: string, order: DateOrder): string | null {
	const numeric = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$/.exec(text);
	if (numeric) {
		const [first, second, third] = [numeric[1] ?? "", numeric[3] ?? "", numeric[4] ?? ""];
		if (first.length === 4) return order === "ymd" ? day(Number(first), Number(second), Number(third)) : null;
		if (order === "ymd" || first.length > 2 || (third.length !== 4 && third.length !== 2)) return null;
		const year = fullYear(third);
		return order === "dmy" ? day(year, Number(second), Number(first)) : day(year, Number(first), Number(second));
	}
	const named =
		/^(?:[A-Za-z]{3,9},?\s+)?(?:([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th)?[\s-]([A-Za-z]{3,9})\.?),?[\s-]+(\d{4}|\d{2})$/.exec(
			text,
		);
	if (!named) return null;
	const month = months.indexOf((named[1] ?? named[4] ?? "").slice(0, 3).toLowerCase()) + 1;
	return month > 0 ? day(fullYear(named[5] ?? ""), month, Number(named[2] ?? named[3])) : null;
}

/** Two digits: up to 49 are this century. */
const fullYear = (digits: string): number =>
	digits.length === 2 ? Number(digits) + (Number(digits) < 50 ? 2000 : 1900) : Number(digits);

function day(year: number, month: number, date: number): string | null {
	if (year < 1000 || year > 9999 || month < 1 || month > 12 || date < 1) return null;
	const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
	return date <= days ? `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}` : null;
}

export function readTime(text: string): string | null {
	const match = /^(\d{1,2}):(\d{2})(?::\d{2})?\s*(am|pm)?$/i.exec(text.trim());
	if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return null;
	const half = match[3]?.toLowerCase();
	const hour = half ? (Number(match[1]) % 12) + (half === "pm" ? 12 : 0) : Number(match[1]);
	return `${String(hour).padStart(2, "0")}:${match[2]}`;
}

const yes = new Set(["true", "yes", "y", "t"]);
const no = new Set(["false", "no", "n", "f"]);

export function readBoolean(text: string): boolean | null {
	const word = text.trim().toLowerCase();
	return yes.has(word) ? true : no.has(word) ? false : null;
}

export const isEmail = (text: string): boolean => /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(text.trim());
export const isUrl = (text: string): boolean => /^https?:\/\/[^\s]+$/i.test(text.trim()) && URL.canParse(text.trim());
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text.trim());

export function isCoordinates(text: string): boolean {
	const match = /^\(?\s*(-?\d{1,2}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*\)?$/.exec(text.trim());
	return match !== null && Math.abs(Number(match[1])) <= 90 && Math.abs(Number(match[2])) <= 180;
}
