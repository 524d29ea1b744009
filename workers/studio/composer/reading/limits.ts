// Limits that are said of a field: "max 8", "between 1 and 10", "at most 30 characters", "not negative", "1-5".

export interface Limits {
	min?: number;
	max?: number;
	/** Of a text, in characters. */
	maxLength?: number;
	/** A scale from one to five is drawn as stars. */
	isFive?: boolean;
	/** "up to 75 %" */
	isPercent?: boolean;
}

export interface Limited {
	limits: Limits;
	/** The words without the limit. */
	rest: string;
}

const number = "(-?\\d+(?:[.,]\\d+)?)";
const characters = "(?:characters?|chars?|letters|zeichen|buchstaben|signs)";
const noun =
	"(?:\\s*(?:points?|stars?|people|persons|items|punkte|personen|%|€|\\$|£|euros?|dollars?|pounds|francs|franken|eur|usd|gbp|chf|kg|km|cm|l|h))?";

interface Reader {
	pattern: RegExp;
	read(match: RegExpExecArray): Limits;
}

const value = (text: string | undefined): number => Number((text ?? "").replace(",", "."));
const five = (min: number, max: number): Limits => ({ min, max, ...(min === 1 && max === 5 ? { isFive: true } : {}) });

const readers: readonly Reader[] = [
	{
		pattern: new RegExp(
			`\\b(?:at most|max(?:imum)?\\.?(?: of)?|up to|no(?:t)? (?:more|longer) than|limited to|under|höchstens|maximal|bis zu|nicht (?:mehr|länger) als)\\s*${number}\\s*${characters}(?:\\s+long)?`,
			"i",
		),
		read: ([, most]) => ({ maxLength: value(most) }),
	},
	{
		pattern: new RegExp(`${number}\\s*${characters}\\s*(?:max(?:imum)?|at most|maximal|höchstens)\\.?`, "i"),
		read: ([, most]) => ({ maxLength: value(most) }),
	},
	{
		pattern: new RegExp(
			`(?:\\b(?:from|between|range|scale(?: of)?|on a scale (?:of|from)|von|zwischen|skala(?: von)?|ranging from)\\s+)${number}\\s*(?:-|–|to|and|bis|und|through|\\.\\.)\\s*${number}${noun}`,
			"i",
		),
		read: ([, least, most]) => five(value(least), value(most)),
	},
	{
		pattern: new RegExp(
			`(?:^|\\s)${number}\\s*(?:-|–|to|bis|through|\\.\\.)\\s*${number}(?!\\s*(?:[-/.]\\d|\\p{L}))${noun}`,
			"iu",
		),
		read: ([, least, most]) => five(value(least), value(most)),
	},
	{
		pattern: new RegExp(`\\bout of\\s+${number}${noun}|\\bvon\\s+${number}\\s+(?:punkten|sternen)`, "i"),
		read: ([, most, other]) => (value(most ?? other) === 5 ? five(1, 5) : { min: 0, max: value(most ?? other) }),
	},
	{
		// "crumb score /10"
		pattern: /(?:^|\s)\/\s?(\d+)(?=\s*$)/,
		read: ([, most]) => (value(most) === 5 ? five(1, 5) : { min: 0, max: value(most) }),
	},
	{
		pattern: new RegExp(
			`\\b(?:at most|max(?:imum)?\\.?(?: of)?|up to|no(?:t)? more than|not (?:over|above)|cannot exceed|can't exceed|not exceed(?:ing)?|limit(?:ed)?(?: to)?|höchstens|maximal|bis zu|nicht (?:mehr als|über)|≤|<=)\\s*${number}${noun}`,
			"i",
		),
		read: ([, most]) => ({ max: value(most) }),
	},
	{
		pattern: new RegExp(
			`\\b(?:at least|min(?:imum)?\\.?(?: of)?|no(?:t)? (?:less|fewer) than|mindestens|wenigstens|≥|>=)\\s*${number}${noun}|(?:≥|>=)\\s*${number}`,
			"i",
		),
		read: ([, least, other]) => ({ min: value(least ?? other) }),
	},
	{ pattern: /(?:≤|<=)\s*(-?\d+(?:[.,]\d+)?)/, read: ([, most]) => ({ max: value(most) }) },
	{
		pattern:
			/\b(?:(?:not|non|never|no)[- ]?negative|not below (?:0|zero)|(?:0|zero) or more|nicht negativ|nie negativ)\b/i,
		read: () => ({ min: 0 }),
	},
	{
		pattern:
			/^(?:positive?)$|\b(?:(?:must be|only|always|has to be) positive|positive numbers?|more than (?:0|zero)|muss positiv sein|nur positiv)\b/i,
		read: () => ({ min: 0 }),
	},
];

/** Every limit in the words. Calendar days and telephone numbers are none. */
export function readLimits(words: string): Limited {
	const limits: Limits = {};
	let rest = words;
	for (const { pattern, read } of readers) {
		const match = pattern.exec(rest);
		if (!match) continue;
		const found = read(match);
		if (found.min !== undefined && found.max !== undefined && found.min >= found.max) continue;
		Object.assign(limits, found, match[0].includes("%") ? { isPercent: true } : {});
		rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`.replace(/\s+/g, " ").trim();
	}
	return { limits, rest };
}
