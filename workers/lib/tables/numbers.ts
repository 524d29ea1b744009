// Numbers as people write them: grouping of every country, either decimal sign, signs before and after, brackets, exponents,
// currencies, percent and units. Which decimal sign a column has is decided by all its cells (evidence.ts), never cell by cell.
import { bare } from "./cells.ts";

export interface Written {
	number: number;
	/** A calculation would give back every digit that is written. */
	isExact: boolean;
	hasPlus: boolean;
	/** ISO 4217, or "$", "¥" and "kr", which stand for several currencies; null without a sign. */
	currency: string | null;
	isPercent: boolean;
	unit: string | null;
	/** Digits after the decimal sign; null with an exponent. */
	decimals: number | null;
	/** A zero that a number would not keep: 007. */
	hasLeadingZero: boolean;
}

// Apostrophes and blanks group digits in both notations: 1'234.50 in Switzerland, 1 234,50 in France.
const neutral = "'’ \\u00a0\\u2009\\u202f";
const group = (signs: string) => `[1-9]\\d{0,2}([${signs}${neutral}])\\d{3}(?:\\1\\d{3})*`;
const exponent = "(?:e[+-]?\\d{1,3})?";
// A group never begins with a lone zero. India groups by two before the last three: 12,34,567.
const pointBody = new RegExp(`^(?:\\d+|${group(",")}|[1-9]\\d?(?:,\\d{2})+,\\d{3})?(?:\\.\\d+)?${exponent}$`, "i");
const commaBody = new RegExp(`^(?:\\d+|${group(".")})?(?:,\\d+)?${exponent}$`, "i");
const simple = /^-?\d+(?:\.\d+)?$/;

const currencies: [RegExp, string][] = [
	[/R\$|\bBRL\b/, "BRL"],
	[/€|\bEUR\b|\bEuro\b/i, "EUR"],
	[/£|\bGBP\b/, "GBP"],
	[/\bCHF\b|\bSFr\.?/, "CHF"],
	[/\bJPY\b|円/, "JPY"],
	[/\bCNY\b|元|\bRMB\b/, "CNY"],
	[/₹|\bINR\b|\bRs\.?(?=\s|\d|$)/, "INR"],
	[/₽|\bRUB\b/, "RUB"],
	[/₺|\bTRY\b/, "TRY"],
	[/₩|\bKRW\b/, "KRW"],
	[/₪|\bILS\b/, "ILS"],
	[/₴|\bUAH\b/, "UAH"],
	[/₦|\bNGN\b/, "NGN"],
	[/฿|\bTHB\b/, "THB"],
	[/₫|\bVND\b/, "VND"],
	[/zł|\bPLN\b/, "PLN"],
	[/Kč|\bCZK\b/, "CZK"],
	[/\bHUF\b|\bFt\b/, "HUF"],
	[/\bSEK\b/, "SEK"],
	[/\bNOK\b/, "NOK"],
	[/\bDKK\b/, "DKK"],
	[/\bkr\.?(?=\s|\d|$)/i, "kr"],
	[/A\$|\bAUD\b/, "AUD"],
	[/(?:C|CA)\$|\bCAD\b/, "CAD"],
	[/NZ\$|\bNZD\b/, "NZD"],
	[/HK\$|\bHKD\b/, "HKD"],
	[/(?:MX)\$|\bMXN\b/, "MXN"],
	[/S\$|\bSGD\b/, "SGD"],
	[/\bZAR\b/, "ZAR"],
	[/US\$|\bUSD\b/, "USD"],
	[/¥/, "¥"],
	[/\$/, "$"],
];

const severalCurrencies: Record<string, readonly string[]> = {
	$: ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"],
	"¥": ["JPY", "CNY"],
	kr: ["SEK", "NOK", "DKK"],
};

/** The currency that a sign most likely means; null where nobody can say. */
export const currencyOf = (sign: string): string | null =>
	sign === "kr" ? null : (severalCurrencies[sign]?.[0] ?? sign);

/** Whether an amount with this sign can be one of this currency. */
export const mayMean = (sign: string, currency: string): boolean =>
	sign === currency || (severalCurrencies[sign]?.includes(currency) ?? false);
const mayHaveCurrency = /[^\d.,'’\s+\-−–()%eE]/;

const onlyDigits = /^\d[\d.,]*$/;

// What stands beside the digits is the same in nearly all cells of a column, so it is looked up once. Cleared when it grows.
const beside = new Map<string, (typeof currencies)[number] | null>();

function currencyIn(text: string): (typeof currencies)[number] | null {
	const rest = text.replace(/\d[\d.,]*/g, "0");
	const known = beside.get(rest);
	if (known !== undefined) return known;
	if (beside.size > 500) beside.clear();
	const found = currencies.find(([sign]) => sign.test(text)) ?? null;
	beside.set(rest, found);
	return found;
}

const units = new Set(
	"mg g kg lb lbs oz nm mm cm m km in ft yd mi nmi ml cl dl l hl gal pt °c °f s sec min h hr hrs ms km/h kmh mph kn knots m/s hz khz mhz ghz w kw mw wh kwh mwh v mah kj kcal cal pa hpa kpa bar psi kb mb gb tb kib mib gib m² m2 km² km2 ha m³ m3 px pcs pc stk bpm rpm ppm db".split(
		" ",
	),
);

/** A fast answer for the cells that most tables hold; bit 1: readable with a decimal point, bit 2: with a decimal comma. */
export function notationsOf(body: string): number {
	return (pointBody.test(body) ? 1 : 0) | (commaBody.test(body) ? 2 : 0);
}

/** A single letter is a unit only behind a blank: "12F" may be a seat, or a number of a computer. */
const isUnit = (word: string, text: string): boolean =>
	units.has(word.toLowerCase()) && (word.length > 1 || /\s/.test(text.charAt(text.length - 2)));

interface Parts {
	body: string;
	isNegative: boolean;
	hasPlus: boolean;
	currency: string | null;
	isPercent: boolean;
	unit: string | null;
}

/** A cell taken apart: sign, digits, and what stands around them. Null when there is anything else. */
export function partsOf(cell: string): Parts | null {
	let text = bare(cell);
	if (simple.test(text)) {
		const isNegative = text.charCodeAt(0) === 45;
		const body = isNegative ? text.slice(1) : text;
		return { body, isNegative, hasPlus: false, currency: null, isPercent: false, unit: null };
	}
	if (onlyDigits.test(text)) {
		return { body: text, isNegative: false, hasPlus: false, currency: null, isPercent: false, unit: null };
	}
	if (text.length > 60 || !/\d/.test(text)) return null;
	let currency: string | null = null;
	let unit: string | null = null;
	if (mayHaveCurrency.test(text)) {
		const found = currencyIn(text);
		if (found) {
			currency = found[1];
			text = text.replace(found[0], "").trim();
		}
	}
	const inBrackets = /^\((.+)\)$/.exec(text)?.[1];
	if (inBrackets !== undefined) text = inBrackets.trim();
	let isNegative = inBrackets !== undefined;
	let hasPlus = false;
	const first = /^([+\-−–])\s*/.exec(text);
	if (first) {
		if (isNegative) return null;
		isNegative = first[1] !== "+";
		hasPlus = first[1] === "+";
		text = text.slice(first[0].length);
	}
	// A sign between the currency and the number, as in "$ -5".
	const isPercent = /\s*%$/.test(text);
	if (isPercent) text = text.replace(/\s*%$/, "");
	const last = /\s*([-−])$/.exec(text);
	if (last) {
		// Some bookkeeping programs write the minus behind the number.
		if (isNegative || hasPlus) return null;
		isNegative = true;
		text = text.slice(0, last.index);
	}
	const behind = /^(.*\d)\s*([a-zµ°²³/]{1,5}\d?)$/i.exec(text);
	if (behind && currency === null && !isPercent && isUnit(behind[2] ?? "", text)) {
		unit = behind[2] ?? null;
		text = behind[1] ?? "";
	}
	return { body: text, isNegative, hasPlus, currency, isPercent, unit };
}

/** The number in a cell, read with the given decimal sign; null for everything that is not wholly a number. */
export function readWritten(cell: string, decimalComma: boolean): Written | null {
	const parts = partsOf(cell);
	if (!parts) return null;
	const { body } = parts;
	if (!/\d/.test(body) || !(decimalComma ? commaBody : pointBody).test(body)) return null;
	const plain = plainDigits(body, decimalComma);
	const number = Number(plain);
	if (!Number.isFinite(number)) return null;
	const mark = plain.indexOf(".");
	const isPower = /e/i.test(plain);
	return {
		// There is no minus nought for people.
		number: parts.isNegative && number !== 0 ? -number : number,
		isExact: keepsDigits(plain, number),
		hasPlus: parts.hasPlus,
		currency: parts.currency,
		isPercent: parts.isPercent,
		unit: parts.unit,
		decimals: isPower ? null : mark < 0 ? 0 : plain.length - mark - 1,
		hasLeadingZero: /^0\d/.test(plain),
	};
}

/** The digits as JavaScript reads them. */
function plainDigits(body: string, decimalComma: boolean): string {
	if (decimalComma) return body.replace(/[.'’ \u00a0\u2009\u202f]/g, "").replace(",", ".");
	return body.replace(/[,'’ \u00a0\u2009\u202f]/g, "");
}

/** Fifteen significant digits always survive in a double; more of them only by luck, which is looked at digit by digit. */
export function keepsDigits(plain: string, number: number): boolean {
	if (plain.length <= 15) return true;
	const [written, kept] = [significant(plain), significant(String(number))];
	return written.digits === kept.digits && (written.digits === "" || written.exponent === kept.exponent);
}

/** 0.0120e3 is the digits "12" with the exponent 1, that of the first digit. */
function significant(plain: string): { digits: string; exponent: number } {
	const [mantissa = "", power = "0"] = plain.toLowerCase().replace(/^[+-]/, "").split("e");
	const [whole = "", fraction = ""] = mantissa.split(".");
	const all = whole + fraction;
	const start = all.search(/[1-9]/);
	if (start < 0) return { digits: "", exponent: 0 };
	return { digits: all.slice(start).replace(/0+$/, ""), exponent: Number(power) + whole.length - 1 - start };
}
