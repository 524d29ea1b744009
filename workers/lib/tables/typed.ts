// Numbers that a person types into a form or reads on a page, in the notation of their browser's language. What is put into a form
// for editing is read back as the same number.
import { bare } from "./cells.ts";
import { readWritten, type Written } from "./numbers.ts";

export interface Notation {
	decimal: string;
	group: string;
	/** The ten digits, where they are not 0 to 9. */
	digits: readonly string[] | null;
}

const notations = new Map<string, Notation>();

/** How a language writes numbers; undefined: the language of the browser. */
export function notationOf(locale?: string): Notation {
	const known = notations.get(locale ?? "");
	if (known) return known;
	const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, useGrouping: true });
	const parts = format.formatToParts(1234567.5);
	const part = (type: string) => parts.find((each) => each.type === type)?.value;
	const plain = new Intl.NumberFormat(locale, { useGrouping: false });
	const digits = Array.from({ length: 10 }, (_digit, at) => plain.format(at));
	const notation = {
		decimal: part("decimal") ?? ".",
		group: part("group") ?? ",",
		digits: digits[1] === "1" ? null : digits,
	};
	notations.set(locale ?? "", notation);
	return notation;
}

/** Digits of other scripts as 0 to 9, and the signs of the language as point and comma. */
function toLatin(text: string, { decimal, group, digits }: Notation): string {
	let plain = bare(text)
		.replace(/٫/g, decimal === "٫" ? "." : "٫")
		.replace(/٬/g, group === "٬" ? "," : "٬");
	if (digits)
		plain = plain.replace(/\p{Nd}/gu, (digit) => (digits.includes(digit) ? String(digits.indexOf(digit)) : digit));
	return plain;
}

/**
 * A typed number: first as the language writes it, and if that is impossible as the other notation does ("12.5" typed where
 * people write "12,5"). Null for what is no number either way.
 */
export function readTyped(text: string, locale?: string): Written | null {
	const notation = notationOf(locale);
	const plain = toLatin(text, notation);
	const isComma = notation.decimal === ",";
	return readWritten(plain, isComma) ?? readWritten(plain, !isComma);
}

/** A number as it stands in a form: all its digits, without groups, with the decimal sign of the language. */
export function writeTyped(number: number, locale?: string): string {
	const { decimal } = notationOf(locale);
	return String(number).replace(".", decimal === "," ? "," : ".");
}

const formats = new Map<string, Intl.NumberFormat>();
function formatOf(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = `${locale ?? ""}${JSON.stringify(options)}`;
	const format = formats.get(key) ?? new Intl.NumberFormat(locale, options);
	formats.set(key, format);
	return format;
}

/** Browsers round a number of 17 digits when they format it, and keep all of a text. */
const literal = (number: number): `${number}` => `${number}`;

/** Digits after the point of a number as it is written; null for one with an exponent. */
export function decimalsIn(number: number): number | null {
	const text = String(number);
	if (text.includes("e")) return null;
	const point = text.indexOf(".");
	return point < 0 ? 0 : text.length - point - 1;
}

/**
 * A stored number for reading, with every digit it has: 0.0004 stays 0.0004, and 1.5e-7 is written so. `options` may ask for a
 * currency; `decimals` for zeros at the end.
 */
export function showExact(
	number: number,
	{
		decimals = 0,
		locale,
		...options
	}: Intl.NumberFormatOptions & { decimals?: number; locale?: string | undefined } = {},
): string {
	const own = decimalsIn(number);
	// Browsers write at most 20 decimals.
	if (own === null || own > 20) {
		return writeTyped(number, locale).replace("e+", "e");
	}
	const whole = formatOf(locale, options).resolvedOptions().minimumFractionDigits ?? 0;
	const least = Math.max(own, decimals, Number.isInteger(number) && decimals === 0 ? 0 : whole);
	return formatOf(locale, {
		...options,
		minimumFractionDigits: Math.min(20, options.style === "currency" ? Math.max(least, whole) : least),
		maximumFractionDigits: Math.min(20, Math.max(least, whole)),
	}).format(literal(number));
}

/** A number that was worked out (a sum, an average): two decimals, and more only where it would become 0. */
export function showRounded(number: number, options: Intl.NumberFormatOptions & { locale?: string } = {}): string {
	const { locale, ...rest } = options;
	if (number !== 0 && Math.abs(number) < 0.01) {
		if (Math.abs(number) < 1e-6) return showExact(Number(number.toPrecision(3)), { ...rest, locale });
		return formatOf(locale, { ...rest, maximumSignificantDigits: 3 }).format(number);
	}
	if (Math.abs(number) >= 1e21) return showExact(Number(number.toPrecision(6)), { ...rest, locale });
	// Sums of decimals end in noise (0.1 + 0.2), which rounding takes away.
	return formatOf(locale, rest.style === "currency" ? rest : { ...rest, maximumFractionDigits: 2 }).format(number);
}
