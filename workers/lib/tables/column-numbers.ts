// Columns of numbers, and columns of digits that are no numbers: codes, telephones, cards, versions, amounts of several currencies.
// A column is of numbers only if every digit of every cell survives.
import { listed } from "./cells.ts";
import type { Evidence, NumberEvidence, Surroundings } from "./evidence.ts";
import type { Guess } from "./guess.ts";
import { isPhone, saysCode, saysMoment, saysPhone, saysVersion, saysYear } from "./kinds.ts";
import { currencyOf, readWritten } from "./numbers.ts";

/** Null: the column is not one of digits. */
export function guessNumbers(label: string, evidence: Evidence, around: Surroundings, enough: number): Guess | null {
	const { numbers } = evidence;
	if (!numbers) return null;
	const values = evidence.rows - evidence.blank - evidence.emptyWords;
	const isOpen = numbers.commaOnly === 0 && numbers.pointOnly === 0;
	const decimalComma = isOpen ? numbers.either > 0 && around.decimalComma : numbers.commaOnly > numbers.pointOnly;
	const readable = numbers.plain + numbers.either + (decimalComma ? numbers.commaOnly : numbers.pointOnly);
	const isNumeric = values > 0 && values - numbers.other >= values * enough;
	if (isNumeric && readable < values * enough) {
		return asText(
			"Some of its numbers are written with a decimal comma and some with a decimal point, so it is kept as text.",
		);
	}
	if (!isNumeric) return null;
	const digits = digitsOnly(label, evidence, numbers);
	if (digits) return digits;
	const clock = clockOf(label, numbers, values);
	if (clock) return { ...clock, fitsAll: true };
	const number = typeOfNumbers(label, evidence, numbers, decimalComma);
	if (number.type === "text") return number;
	const notes = number.notes ?? [];
	const isAmbiguous = isOpen && numbers.either > 0;
	if (isAmbiguous) notes.push(doubtOf(evidence, decimalComma));
	return {
		...number,
		...(decimalComma ? { decimalComma } : {}),
		...(isAmbiguous ? { isAmbiguous } : {}),
		notes,
		fitsAll: readable === values && number.type !== "boolean",
	};
}

const asText = (...notes: string[]): Guess => ({ type: "text", notes });

function doubtOf({ sample }: Evidence, decimalComma: boolean): string {
	const cell = sample.map(String).find((text) => /^\D*[1-9]\d{0,2}[.,]\d{3}\D*$/.test(text)) ?? "1.234";
	const number = readWritten(cell, decimalComma)?.number ?? 0;
	return `“${cell.trim()}” is read as ${number.toLocaleString("en", { maximumFractionDigits: 3 })}; the sign in it could also be ${
		Number.isInteger(number) ? "a decimal sign" : "one between thousands"
	}.`;
}

/** Digits that name something. They are text, because a number would lose zeros, signs or digits, or be added up. */
function digitsOnly(label: string, evidence: Evidence, numbers: NumberEvidence): Guess | null {
	if (numbers.inexact > 0)
		return asText("It holds numbers with more digits than can be calculated with, so it is kept as text.");
	if (numbers.leadingZeros > 0) return asText("It holds numbers that begin with a zero, so it is kept as text.");
	if (saysPhone.test(label) && numbers.mostDecimals !== 2) {
		const isAll = evidence.sample.every((cell) => typeof cell === "number" || isPhone(String(cell)));
		if (isAll) return { type: "phone" };
	}
	const isWhole =
		numbers.mostDecimals === 0 && numbers.powers === 0 && numbers.either === 0 && numbers.currencies.size === 0;
	if (isWhole && saysPhone.test(label)) return asText();
	if (isWhole && saysCode.test(label)) return asText();
	// "+44" is a dialling code; a change of +3 stands in a column where something goes down, too.
	if (isWhole && numbers.plus > 0 && numbers.minus === 0 && numbers.percents === 0)
		return asText("It holds signs of plus, which a number would lose, so it is kept as text.");
	const isLongCode = isWhole && numbers.shortest >= 11 && numbers.shortest === numbers.longest && numbers.grouped === 0;
	if (isLongCode && !saysMoment.test(label))
		return asText("Its long numbers are all of one length, so they are kept as text.");
	if (numbers.mostDecimals > 0 && numbers.currencies.size === 0) {
		if (saysVersion.test(label)) return asText();
		if (numbers.trailingZeros > 0 && areVersions(evidence))
			return asText("It holds both numbers like 1.1 and 1.10, so it is kept as text.");
	}
	return null;
}

/** 1.1 and 1.10 are different cells and the same number. */
function areVersions({ distinct }: Evidence): boolean {
	const seen = new Map<number, string>();
	for (const cell of distinct) {
		if (typeof cell !== "string") return false;
		const decimals = /^\s*-?\d+\.(\d+)\s*$/.exec(cell)?.[1];
		if (decimals === undefined || /^0+$/.test(decimals)) continue;
		const number = Number(cell);
		const other = seen.get(number);
		if (other !== undefined && other !== cell.trim()) return true;
		seen.set(number, cell.trim());
	}
	return false;
}

/** Numbers that count from an epoch: only where the name says a date and every number is one of our days. */
function clockOf(label: string, numbers: NumberEvidence, values: number): Guess | null {
	if (!saysMoment.test(label) || numbers.minus > 0 || numbers.other > 0 || numbers.grouped > 0) return null;
	if (numbers.currencies.size > 0 || numbers.units.size > 0 || numbers.percents > 0 || values === 0) return null;
	const { least, most } = numbers;
	const hasFraction = numbers.mostDecimals > 0;
	const isWithin = (low: number, high: number) => least >= low && most <= high;
	if (isWithin(5e8, 4.2e9))
		return {
			type: "dateTime",
			clock: "seconds",
			zone: "Z",
			notes: ["Its numbers are read as seconds since 1970, in UTC."],
		};
	if (isWithin(5e11, 4.2e12) && !hasFraction)
		return {
			type: "dateTime",
			clock: "milliseconds",
			zone: "Z",
			notes: ["Its numbers are read as milliseconds since 1970, in UTC."],
		};
	const isDateName =
		/\b(?:dates?|datum|fecha|day|created|updated|due|deadline|expir\w+|born|birth\w*|start|end)\b/.test(label);
	if (isDateName && isWithin(20_000, 62_000))
		return {
			type: hasFraction ? "dateTime" : "date",
			clock: "excelDays",
			notes: ["Its numbers are read as days as spreadsheets count them: 45,992 is 1 December 2025."],
		};
	return null;
}

const saysMoney =
	/(\b(price|costs?|salary|gross|budget|revenue|sales|income|wages?|amount|fee|turnover|profit|dollars?|euros?|usd|eur|preis|betrag|kosten|umsatz|prix|montant|precio|importe|prezzo|importo)\b|[$€£])/;

function typeOfNumbers(label: string, evidence: Evidence, numbers: NumberEvidence, decimalComma: boolean): Guess {
	const count = evidence.rows - evidence.blank - evidence.emptyWords - numbers.other;
	const isWhole =
		numbers.mostDecimals === 0 &&
		numbers.powers === 0 &&
		(numbers.either === 0 || !isDecimalEither(evidence, decimalComma));
	const notes: string[] = [];
	const exact = isWhole ? {} : decimalsOf(evidence, numbers, decimalComma, saysMoney.test(label), notes);
	if (numbers.percents > 0) {
		if (numbers.percents < count)
			return asText("Only some of its numbers carry a sign of percent, so it is kept as text.");
		return { type: "percent", ...exact, notes };
	}
	if (numbers.currencies.size > 0) return moneyOf(numbers, exact, notes);
	if (numbers.units.size > 0) {
		const names = [...numbers.units.keys()];
		const total = [...numbers.units.values()].reduce((sum, each) => sum + each, 0);
		if (names.length > 1 || total < count)
			return asText(`Its numbers are not all of one unit (${listed(names)}), so it is kept as text.`);
		notes.push(`The unit “${names[0]}” stands beside its numbers.`);
		return { type: isWhole ? "integer" : "decimal", unit: names[0] ?? "", ...exact, notes };
	}
	const { least, most } = numbers;
	if (isWhole && /^(is|has|was) /.test(label) && least >= 0 && most <= 1)
		return { type: "boolean", notes: ["1 and 0 are read as yes and no."] };
	if (isWhole && saysYear.test(label) && least >= 1000 && most <= 2999) return { type: "integer", isPlain: true };
	if (isWhole && /\b(id|key|code|index|number|no|nr|year)$/.test(label)) return { type: "integer", isPlain: true };
	if (saysMoney.test(label) && !/\b(count|rate|number|units)\b/.test(label)) {
		const sign = /€|euros?|\beur\b/.test(label)
			? "EUR"
			: /£|gbp/.test(label)
				? "GBP"
				: /\$|dollars?|usd|\bus\b/.test(label)
					? "USD"
					: null;
		return { type: "money", ...(sign ? { currency: sign } : {}), ...exact, notes };
	}
	if (/\b(percent|percentage|pct|perc)\b|%/.test(label) && most > 1 && least >= 0 && most <= 100)
		return { type: "percent", ...exact, notes };
	return { type: isWhole ? "integer" : "decimal", ...exact, notes };
}

/** "1.234" without other evidence: a number with decimals, if the sign in it is the decimal sign. */
const isDecimalEither = ({ sample }: Evidence, decimalComma: boolean): boolean =>
	sample.some(
		(cell) => /^\D*[1-9]\d{0,2}[.,]\d{3}\D*$/.test(String(cell)) && String(cell).includes(decimalComma ? "," : "."),
	);

function moneyOf(numbers: NumberEvidence, exact: Pick<Guess, "decimals">, notes: string[]): Guess {
	const meant = new Set([...numbers.currencies.keys()].map((sign) => currencyOf(sign) ?? sign));
	if (meant.size > 1)
		return asText(`It holds amounts of several currencies (${listed([...meant])}), so it is kept as text.`);
	const [sign = ""] = meant;
	// "kr" is the krone of three countries: the number is kept with the sign beside it.
	if (currencyOf(sign) === null) return { type: "decimal", unit: sign, ...exact, notes };
	return { type: "money", currency: sign, ...exact, notes };
}

/** Zeros at the end: kept where every number has the same decimals, and said to be lost where they differ. */
function decimalsOf(
	evidence: Evidence,
	numbers: NumberEvidence,
	decimalComma: boolean,
	isMoney: boolean,
	notes: string[],
): Pick<Guess, "decimals"> {
	if (numbers.powers > 0) return {};
	const isEither = numbers.either > 0 && isDecimalEither(evidence, decimalComma);
	const fewest = isEither ? Math.min(3, numbers.fewestDecimals) : numbers.fewestDecimals;
	const most = isEither ? Math.max(3, numbers.mostDecimals) : numbers.mostDecimals;
	const hasZeros =
		numbers.trailingZeros > 0 || (isEither && evidence.sample.some((cell) => /0\D*$/.test(String(cell))));
	if (!hasZeros) return {};
	if (fewest === most && most <= 15) return { decimals: most };
	if (!((isMoney || numbers.currencies.size > 0) && most <= 2))
		notes.push("Zeros at the end of its decimals are not kept: 1.50 becomes 1.5.");
	return {};
}
