// What a text asks for besides fields: views, a chart, a colour, a currency, a title.
import { type Accent, accentOf, colourNames } from "../colours.ts";
import { cleanLabel } from "../names.ts";

export interface Features {
	board: boolean;
	calendar: boolean;
	cards: boolean;
	/** The words after "by", if any: "board by stage", "chart of hours by project". */
	boardBy: string | null;
	calendarBy: string | null;
	/** A chart is asked for; its words are those after "of" and "by". */
	chart: boolean;
	chartBy: string | null;
	chartOf: string | null;
	chartKind: "bar" | "line" | "pie" | null;
	sortBy: string | null;
	isDescending: boolean;
	accent: Accent | null;
	colourWord: string | null;
	currency: string | null;
	title: string | null;
}

const name = "([\\p{L}][\\p{L} -]{1,30}?)";
const end = "(?=\\s*(?:[,.;!?()\\n]|$|\\b(?:and|with|in|as|so|und|mit|over|per|by|sorted|für)\\b))";
const the = "(?:the |its |their |my |our |each |der |die |das |den |dem )?";
const charts =
	"(?:(?:bar|line|pie|column|donut|doughnut|area|balken|linien|kreis|torten|säulen)[ -]?)?(?:charts?|graphs?|diagrams?|plots?|diagramme?|grafik)";

const by = (what: string): RegExp =>
	new RegExp(
		`\\b(?:${what})\\b[^.\\n]{0,30}?\\b(?:by|per|for each|grouped by|on|nach|pro|je)\\s+${the}${name}${end}`,
		"iu",
	);
const charted = new RegExp(
	`\\b${charts}\\s+(?:of|showing|for|with|that shows|comparing|der|des|von|mit|über)\\s+${the}${name}(?:\\s+(?:by|per|over|for each|against|across|nach|pro|je|über|in)\\s+${the}${name})?${end}`,
	"iu",
);
const plotted = new RegExp(
	`\\b${name}\\s+(?:by|per|over|nach|pro)\\s+${the}${name}\\s+(?:as|in|on)\\s+an?\\s+${charts}\\b`,
	"iu",
);
const sorted = new RegExp(
	`\\b(?:sort(?:ed|iert)?|order(?:ed)?)(?:\\s+(?:it|them|everything|the list))?\\s+(?:by|on|nach)\\s+${the}${name}(?:,?\\s+\\(?(descending|ascending|newest first|oldest first|highest first|lowest first|largest first|latest first|desc|asc|absteigend|aufsteigend)\\)?)?(?=\\s*(?:[,.;!?()\\n]|$|\\b(?:and|with|so|und|mit)\\b))`,
	"iu",
);

export function readFeatures(text: string): Features {
	const chart = charted.exec(text) ?? plotted.exec(text);
	const colour = colourIn(text);
	const order = sorted.exec(text);
	const first =
		/\b(newest|latest|most recent|highest|largest|biggest|oldest|lowest|neueste)\b[^.\n]{0,20}\b(?:first|on top|at the top|zuerst|oben)\b/i
			.exec(text)?.[1]
			?.toLowerCase();
	return {
		board:
			/\b(kanban|boards?)\b(?! games?)(?<!\b(?:score|leader|dash|key|white|skate|surf|snow|circuit|cutting|bill|notice|sound)[ -]?boards?)(?! member| meeting| minute| of directors)/i.test(
				text,
			) || /\b(?:drag (?:them|cards)|columns (?:for|by) (?:each )?(?:status|stage))\b/i.test(text),
		calendar: /\b(calendar|kalender|kalenderansicht|calendrier|calendario|month view)\b/i.test(text),
		cards: /\b(?:as cards|card view|cards view|gallery|tiles|grid view|galerie|kachelansicht|in cards)\b/i.test(text),
		boardBy: by("board|kanban").exec(text)?.[1]?.trim() ?? null,
		calendarBy: by("calendar|kalender").exec(text)?.[1]?.trim() ?? null,
		chart: new RegExp(`\\b${charts}\\b`, "i").test(text),
		chartBy: chart?.[2]?.trim() ?? by(charts).exec(text)?.[1]?.trim() ?? null,
		chartOf: chart?.[1]?.trim() ?? null,
		chartKind: chartKindIn(text),
		sortBy: order?.[1]?.trim() ?? (first && /newest|latest|recent|oldest|neueste/.test(first) ? "date" : null),
		isDescending:
			/desc|newest|latest|highest|largest|absteigend/i.test(order?.[2] ?? "") ||
			/newest|latest|recent|highest|largest|biggest|neueste/.test(first ?? ""),
		accent: colour ? accentOf(colour) : null,
		colourWord: colour,
		currency: currencyIn(text),
		title: titleIn(text),
	};
}

function chartKindIn(text: string): Features["chartKind"] {
	if (/\b(?:pie|donut|doughnut|kreis|torten)[ -]?(?:chart|graph|diagramm?)/i.test(text)) return "pie";
	if (/\b(?:line|area|linien)[ -]?(?:chart|graph|diagramm?)|\btrend line\b/i.test(text)) return "line";
	if (/\b(?:bar|column|balken|säulen)[ -]?(?:chart|graph|diagramm?)/i.test(text)) return "bar";
	return null;
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
	[/\bczech crowns?\b|\bCZK\b|Kč/i, "CZK"],
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
		/\b(?:(?:app|it|list|tracker|tool|log|database|one|inventory|application|board)\s+(?:is )?(?:called|named|titled)|with the (?:name|title)|name it|call it|title it|namens|nenn(?:e)? (?:es|sie))\s+["“'‘«]([^"”'’»\n]{1,60})["”'’»]/i.exec(
			text,
		);
	const plain =
		/\b(?:called|named|titled|name it|call it|namens)\s+((?:\p{Lu}[\p{L}\d'’&-]*)(?:\s+(?:\p{Lu}[\p{L}\d'’&-]*|of|and|the|for|my)){0,5})/u.exec(
			text,
		);
	const title = quoted?.[1] ?? plain?.[1];
	return title ? cleanLabel(title, 80) || null : null;
}
