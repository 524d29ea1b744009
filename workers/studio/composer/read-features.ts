// What a text asks for besides fields: views, a chart, a colour, a currency, a title.
import { type Accent, accentOf, colourNames } from "./colours.ts";
import { cleanLabel } from "./names.ts";

export interface Features {
	board: boolean;
	calendar: boolean;
	cards: boolean;
	/** The words after "by", if any: "board by stage", "chart of hours by project". */
	boardBy: string | null;
	calendarBy: string | null;
	chartBy: string | null;
	chartOf: string | null;
	accent: Accent | null;
	colourWord: string | null;
	currency: string | null;
	title: string | null;
}

const by = (what: string): RegExp =>
	new RegExp(
		`\\b(?:${what})\\b[^.\\n]{0,30}?\\b(?:by|per|for each|grouped by|on)\\s+(?:the\\s+|its\\s+)?([\\p{L}][\\p{L} -]{1,30}?)(?=\\s*(?:[,.;!?\\n]|$|\\band\\b|\\bwith\\b|\\bin\\b))`,
		"iu",
	);

export function readFeatures(text: string): Features {
	const chart =
		/\b(?:chart|graph|diagram|plot)\s+(?:of|showing|for|with)\s+(?:the\s+)?([\p{L}][\p{L} -]{1,30}?)\s+(?:by|per|over|for each)\s+(?:the\s+)?([\p{L}][\p{L} -]{1,30}?)(?=\s*(?:[,.;!?\n]|$|\band\b|\bwith\b))/iu.exec(
			text,
		);
	const colour = colourIn(text);
	return {
		board: /\b(kanban|boards?)\b(?! games?)/i.test(text),
		calendar: /\b(calendar|kalender|calendrier|calendario|month view)\b/i.test(text),
		cards: /\b(cards|gallery|tiles|grid view)\b/i.test(text),
		boardBy: by("board|kanban|columns").exec(text)?.[1]?.trim() ?? null,
		calendarBy: by("calendar").exec(text)?.[1]?.trim() ?? null,
		chartBy: chart?.[2]?.trim() ?? by("chart|graph|diagram|plot").exec(text)?.[1]?.trim() ?? null,
		chartOf: chart?.[1]?.trim() ?? null,
		accent: colour ? accentOf(colour) : null,
		colourWord: colour,
		currency: currencyIn(text),
		title: titleIn(text),
	};
}

/** A colour asked for the app: "#0a7", "in green", "make it orange", "a blue accent"; not "blue" on its own. */
export function colourIn(text: string): string | null {
	const hex = /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/i.exec(text);
	if (hex) return hex[0].toLowerCase();
	const list = colourNames.join("|");
	const asked = new RegExp(
		`\\b(?:(?:in|make (?:it|everything|the app)|use(?: an?)?|accent(?: colou?r)?(?: (?:to|is|of|in))?|colou?r(?: scheme)?(?: (?:to|is|of|in))?|turn it|paint it)\\s*:?\\s+(?:a\\s+)?(?:dark |light |warm |bright |deep |soft )?(${list})|(${list})\\s+(?:accent|colou?r|theme|tones?|look|design|and modern))\\b`,
		"i",
	).exec(text);
	return (asked?.[1] ?? asked?.[2])?.toLowerCase() ?? null;
}

const currencies: [RegExp, string][] = [
	[/€|\beuros?\b|\bEUR\b/i, "EUR"],
	[/£|\bpounds sterling\b|\bGBP\b|\bin pounds\b/i, "GBP"],
	[/\bCHF\b|\bswiss francs?\b|\bfranken\b/i, "CHF"],
	[/¥|\byen\b|\bJPY\b/i, "JPY"],
	[/₹|\brupees?\b|\bINR\b/i, "INR"],
	[/\bSEK\b|\bswedish (?:kronor|crowns)\b/i, "SEK"],
	[/\bNOK\b|\bnorwegian kron/i, "NOK"],
	[/\bDKK\b|\bdanish kron/i, "DKK"],
	[/\bPLN\b|\bzł|\bzloty/i, "PLN"],
	[/\bCAD\b|\bcanadian dollars?\b/i, "CAD"],
	[/\bAUD\b|\baustralian dollars?\b/i, "AUD"],
	[/\bBRL\b|R\$|\breais\b/i, "BRL"],
	[/\$|\bdollars?\b|\bUSD\b/i, "USD"],
];

export const currencyIn = (text: string): string | null => currencies.find(([name]) => name.test(text))?.[1] ?? null;

/** `called "Pantry"`, `named Pantry`. */
function titleIn(text: string): string | null {
	const quoted =
		/\b(?:called|named|titled|with the (?:name|title)|name it|call it|title it)\s+["“'‘«]([^"”'’»\n]{1,60})["”'’»]/i.exec(
			text,
		);
	const plain =
		/\b(?:called|named|titled|name it|call it)\s+((?:\p{Lu}[\p{L}\d'’&-]*)(?:\s+(?:\p{Lu}[\p{L}\d'’&-]*|of|and|the|for|my)){0,5})/u.exec(
			text,
		);
	const title = quoted?.[1] ?? plain?.[1];
	return title ? cleanLabel(title, 80) || null : null;
}
