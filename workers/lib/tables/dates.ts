// Days, times of day and moments as people and programs write them.
import type { DateOrder } from "#schema/columns.ts";
import { bare } from "./cells.ts";

export interface Moment {
	/** "2026-11-21" */
	day: string;
	/** "14:30", "14:30:05" or "14:30:05.250": as exact as it is written; null for a day without a time. */
	time: string | null;
	/** "Z", "+02:00"; null where none is written. */
	zone: string | null;
	hasShortYear: boolean;
}

// English, German, French, Spanish, Italian, Portuguese and Dutch: enough letters of each name to tell it from the others.
const monthNames: readonly (readonly string[])[] = [
	["jan", "jän", "ene", "gen"],
	["feb", "fév", "fev"],
	["mar", "mär", "mrz", "maa", "mrt"],
	["apr", "avr", "abr"],
	["may", "mai", "mag", "mei"],
	["jun", "juin", "giu"],
	["jul", "juil", "lug"],
	["aug", "aoû", "aou", "ago"],
	["sep", "set"],
	["oct", "okt", "ott", "out"],
	["nov"],
	["dec", "dez", "déc", "dic"],
];

const clock =
	/[T ,]+(?:um |at )?(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?\s*([ap])?\.?(?:m\.?)?\s*(Z|UTC|GMT|[+-−]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*Uhr)?$/i;
const numericDay = /^(\d{1,4})([-/.])\s?(\d{1,2})\2\s?(\d{1,4})\.?$/;
const compactDay = /^(\d{4})(\d{2})(\d{2})$/;
const namedDay =
	/^(?:\p{L}{2,10}\.?,?\s+)?(?:(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th|º|er)?\.?[\s-](?:de |of )?(\p{L}{3,10})\.?),?[\s-]+(?:de |del )?(\d{4}|\d{2})$/u;

/** Whether a text can be a date at all: a cheap answer before the real one. */
const mayBeDay = (text: string): boolean =>
	text.length >= 6 && text.length <= 45 && /\d/.test(text) && /[-/.\s]|^\d{8}$/.test(text);

/**
 * `today` ("2026-11-21") is given for dates of birth, whose years of two digits are never in the future.
 * Null for everything that is not a day or a moment of the calendar.
 */
export function readMoment(cell: string, order: DateOrder, birthBefore: string | null = null): Moment | null {
	// The year in front leaves no doubt, also among days that are written otherwise.
	const iso = readIso(cell);
	if (iso) return iso;
	const text = bare(cell);
	if (!mayBeDay(text)) return null;
	const match = text.includes(":") ? clock.exec(text) : null;
	const found = readDay(match ? text.slice(0, match.index) : text, order, birthBefore);
	if (!found) return null;
	if (!match) return text.includes(":") ? null : { ...found, time: null, zone: null };
	const time = timeOf(match[1], match[2], match[3], match[4], match[5]);
	if (time === null) return null;
	const zone = match[6]?.replace("−", "-").toUpperCase() ?? null;
	return { ...found, time, zone: zone === "UTC" || zone === "GMT" ? "Z" : zone };
}

const isoMoment = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** The notation of programs (ISO 8601), which most files have; null for any other. */
function readIso(text: string): Moment | null {
	if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
	const parts = isoMoment.exec(text);
	if (!parts) return null;
	const [, years = "", months = "", days = "", hours, minutes, seconds, fraction, zone] = parts;
	const day = checked(Number(years), months, days);
	if (day === null) return null;
	const time = hours === undefined ? null : timeOf(hours, minutes, seconds, fraction);
	return hours !== undefined && time === null ? null : { day, time, zone: zone ?? null, hasShortYear: false };
}

function timeOf(hours = "", minutes = "", seconds = "", fraction = "", half = ""): string | null {
	const hour = Number(hours);
	if (half ? hour < 1 || hour > 12 : hour > 23) return null;
	if (Number(minutes) > 59 || Number(seconds) > 59) return null;
	const full = half ? (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0) : hour;
	const parts = Number(fraction.replace(",", ".") || 0) === 0 ? "" : fraction.replace(",", ".");
	const exact = seconds !== "" && (Number(seconds) > 0 || parts) ? `:${seconds}${parts}` : "";
	return `${String(full).padStart(2, "0")}:${minutes}${exact}`;
}

type Day = Pick<Moment, "day" | "hasShortYear">;

function readDay(text: string, order: DateOrder, birthBefore: string | null): Day | null {
	const numeric = numericDay.exec(text);
	if (numeric) {
		const [first, second, third] = [numeric[1] ?? "", numeric[3] ?? "", numeric[4] ?? ""];
		if (first.length === 4) return third.length <= 2 ? dayOf(first, second, third, null) : null;
		if (order === "ymd" || first.length > 2 || (third.length !== 4 && third.length !== 2)) return null;
		return order === "dmy" ? dayOf(third, second, first, birthBefore) : dayOf(third, first, second, birthBefore);
	}
	const compact = order === "ymd" ? compactDay.exec(text) : null;
	if (compact) return dayOf(compact[1] ?? "", compact[2] ?? "", compact[3] ?? "", null);
	const named = namedDay.exec(text);
	if (!named) return null;
	const name = (named[1] ?? named[4] ?? "").toLowerCase();
	const month = monthNames.findIndex((names) => names.some((start) => name.startsWith(start))) + 1;
	return month > 0 ? dayOf(named[5] ?? "", String(month), named[2] ?? named[3] ?? "", birthBefore) : null;
}

/** Two digits of a year: up to 49 are this century, but nobody is born after today. */
function dayOf(years: string, months: string, days: string, birthBefore: string | null): Day | null {
	const hasShortYear = years.length === 2;
	let year = hasShortYear ? Number(years) + (Number(years) < 50 ? 2000 : 1900) : Number(years);
	if (hasShortYear && birthBefore !== null && (checked(year, months, days) ?? "") > birthBefore) year -= 100;
	const day = checked(year, months, days);
	return day === null ? null : { day, hasShortYear };
}

function checked(year: number, months: string, days: string): string | null {
	const [month, date] = [Number(months), Number(days)];
	if (year < 1000 || year > 9999 || month < 1 || month > 12 || date < 1) return null;
	if (date > 28 && date > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
	return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** "14:30", or with the seconds that are written. Null for what is no time of day, such as a duration of 26 hours. */
export function readTime(cell: string): string | null {
	const match = /^(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?\s*([ap])?\.?(?:m\.?)?(?:\s*Uhr)?$/i.exec(bare(cell));
	return match ? timeOf(match[1], match[2], match[3], match[4], match[5]) : null;
}

/** A moment out of a number that counts from an epoch, in UTC; null out of range. */
export function readClock(number: number, clockKind: "seconds" | "milliseconds" | "excelDays"): string | null {
	const ms =
		clockKind === "seconds"
			? number * 1000
			: clockKind === "milliseconds"
				? number
				: // Day 25,569 of spreadsheets is 1 January 1970.
					Math.round((number - 25_569) * 86_400_000);
	const date = new Date(ms);
	if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1000 || date.getUTCFullYear() > 9999) return null;
	const text = date.toISOString();
	const rest =
		text.slice(19, 23) === ".000" ? (text.slice(17, 19) === "00" ? "" : text.slice(16, 19)) : text.slice(16, 23);
	return `${text.slice(0, 16)}${rest}`;
}
