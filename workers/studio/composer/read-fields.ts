// Finds the fields that a text asks for: lists after "with", "fields:" or "each book has", and bulleted lines.

import { type Shape, shapeOf, shapeOfTypeWord } from "./lexicon.ts";
import { cleanLabel } from "./names.ts";

export interface AskedField {
	label: string;
	shape: Shape;
	/** The text named the type or the choices; otherwise they were concluded from the name. */
	isExplicit: boolean;
	/** The name alone says what it is ("amount", "due date"). */
	isKnown: boolean;
}

export interface FieldList {
	fields: AskedField[];
	/** The text reads as a complete list ("fields: …", "each book has …"), not as a mention of a few. */
	isComplete: boolean;
	/** The text without the list: what is left says what the app is about. */
	rest: string;
}

const cues = [
	{
		cue: /\b(?:the )?(?:following )?(?:fields?|columns?|properties|attributes|felder|spalten|champs|colonnes|campos|columnas|campi|colonne)\b\s*(?:are|should be|to keep|named|called|like|such as)?\s*[:\-–]?\s*/i,
		isComplete: true,
	},
	{
		cue: /\b(?:each|every|for each|for every|an?)\s+[\p{L} -]{2,40}?\s+(?:has|have|needs|should have|must have|consists of|i want(?: to (?:see|save|record|know|note))?|i need|i record|i note)\s+/iu,
		isComplete: true,
	},
	{
		cue: /\b(?:records?|recording|stores?|storing|saves?|saving|captures?|capturing|notes? down|noting|enter|entering|remembers?|remember|logs|logging)\s+(?=(?:the|its|their|a|an|what|when|who|how|whether|if|which)\b|[\p{L} ]+,)/iu,
		isComplete: true,
	},
	{
		cue: /\b(?:with|including|includes?|that has|which has|having|containing|contains|showing|mit|avec|con|com|met)\s+/i,
		isComplete: false,
	},
	{ cue: /\s[-–—]\s+(?=[^.\n]*,)/, isComplete: true },
	{ cue: /:\s+(?=[^:]*,)/, isComplete: true },
	{
		cue: /\b(?:track|tracking|keep)\s+(?=(?:the|its|their|what|when|who|how|whether|if|which)\b[^.]*,)/i,
		isComplete: true,
	},
];

const ends =
	/(?:[.!?](?:\s|$)|\n\s*\n|\bso that\b|\bso I\b|\bso we\b|\bin order to\b|\bto see\b|\band (?:show|see|display|let|give|make|then|I want|i need|a (?:chart|graph|board|calendar|dashboard))\b|\bplus a (?:chart|graph|board|calendar)\b)/i;

/** Parts of an app that are asked for in the same breath as fields, and are none. */
const notFields =
	/\b(charts?|graphs?|boards?|kanban|calendars?|tables?(?! (?:number|no|nr))|search|filters?|sort(ing)?|dashboards?|reports?|csv|imports?|exports?|totals? of|dark mode|light mode|login|users?|accounts?|views?|gallery|reminders?|notifications?|statistics|stats|accent|theme|buttons?|forms?|app|tracker)\b/i;

/** Everything the text asks for as fields. */
export function readFields(text: string): FieldList {
	const bullets = readBullets(text);
	if (bullets) return bullets;
	const states = readStates(text);
	if (states) return states;
	for (const [match, isComplete] of cues.flatMap(({ cue, isComplete: whole }) =>
		Array.from(text.matchAll(new RegExp(cue.source, `${cue.flags}g`)), (found) => [found, whole] as const),
	)) {
		const start = match.index + match[0].length;
		const tail = text.slice(start);
		const stop = ends.exec(maskBrackets(tail));
		const list = tail.slice(0, stop ? stop.index : undefined);
		const fields = readList(list);
		const enough = isComplete
			? fields.length >= 2
			: fields.length >= 1 && fields.some((field) => field.isKnown || field.isExplicit);
		if (!enough) continue;
		const rest = `${text.slice(0, match.index)} ${stop ? tail.slice(stop.index) : ""}`;
		return { fields, isComplete: isComplete || fields.length >= 3, rest: keepEntity(match[0], rest) };
	}
	return { fields: [], isComplete: false, rest: text };
}

/** "a board by stage: idea, draft, published": one choice, unless its words are names of fields themselves. */
function readStates(text: string): FieldList | null {
	const match =
		/\b(?:by|with)\s+(?:an?\s+|the\s+)?(stage|status|phase|priority|category|state|type)\s*:\s*([^.;:\n]+)/i.exec(text);
	const [all = "", label = "", list = ""] = match ?? [];
	const options = readOptions(list);
	const fieldNames = options.filter((option) => shapeOf(option).known).length;
	if (!match || options.length < 2 || fieldNames >= options.length / 2) return null;
	const field = readItem(`${label} (${options.join(", ")})`);
	return field ? { fields: [field], isComplete: false, rest: text.replace(all, " ") } : null;
}

/** "each book has": the book is worth keeping for finding out what the app is about. */
function keepEntity(cue: string, rest: string): string {
	const entity =
		/^(?:for )?(?:each|every|an?)\s+([\p{L} -]{2,40}?)\s+(?:has|have|needs|should|must|consists|i )/iu.exec(cue)?.[1];
	return entity ? `${rest} each ${entity}.` : rest;
}

const maskBrackets = (text: string): string => text.replace(/\([^()]*\)/g, (inside) => "x".repeat(inside.length));

function readBullets(text: string): FieldList | null {
	const lines = text.split("\n");
	const isBullet = (line: string) => /^\s*(?:[-*•–]|\d{1,2}[.)])\s+\S/.test(line);
	const bullets = lines.filter(isBullet);
	if (bullets.length < 2) return null;
	const fields = bullets.flatMap((line) => {
		const asked = readItem(line.replace(/^\s*(?:[-*•–]|\d{1,2}[.)])\s+/, ""));
		return asked ? [asked] : [];
	});
	return {
		fields: unique(fields),
		isComplete: fields.length >= 2,
		rest: lines.filter((line) => !isBullet(line)).join("\n"),
	};
}

/** "date, amount (money) and category (food, rent)": one field for each item. */
export function readList(list: string): AskedField[] {
	const bracketed = list
		// "a status of todo, doing or done", "status: todo, doing or done"
		.replace(
			/([\p{L}][\p{L} -]{1,30}?)\s*(?:\bof\b|\bbeing\b|\bis one of\b|\bone of\b|\bwhich is\b|\bthat is\b|\bcan be\b|\beither\b|:)\s*((?:[\p{L}\d' -]{1,30},\s*)*[\p{L}\d' -]{1,30},?\s+or\s+[\p{L}\d' -]{1,30}?)(?=\s*(?:,|;|\.|\n|$|\band\b))/giu,
			(_all, label: string, options: string) => `${label} (${options})`,
		)
		// "priority low/medium/high"
		.replace(
			/([\p{L}][\p{L} ]*?)[\s:]+((?:[\p{L}\d' -]{1,24}\/)+[\p{L}\d']{1,24}(?: [\p{L}\d']+)?)(?=\s*(?:,|;|\.|\n|$|\band\b))/giu,
			(all, label: string, options: string) =>
				/^(yes\/no|true\/false)$/i.test(options) || options.split("/").length < 2
					? all.replace(options, `(${options})`)
					: splitLabelAndOptions(label, options),
		);
	const items: string[] = [];
	let depth = 0;
	let item = "";
	for (const part of bracketed.split(
		/(\(|\)|\[|\]|,|;|\n|\s(?:and|&|plus|as well as|along with|und|et|y|e|en|sowie)\s)/i,
	)) {
		if (part === "(" || part === "[") depth += 1;
		if (part === ")" || part === "]") depth = Math.max(0, depth - 1);
		const isBreak = depth === 0 && /^(,|;|\n|\s(and|&|plus|as well as|along with|und|et|y|e|en|sowie)\s)$/i.test(part);
		if (isBreak) {
			items.push(item);
			item = "";
		} else item += part;
	}
	items.push(item);
	return unique(
		items.flatMap((each) => {
			const asked = readItem(each);
			return asked ? [asked] : [];
		}),
	);
}

/** "priority low/medium/high": the label is the words before the first option. */
function splitLabelAndOptions(label: string, options: string): string {
	const words = label.trim().split(" ");
	const first = options.split("/")[0] ?? "";
	return `${words.join(" ")} (${[first, ...options.split("/").slice(1)].join(", ")})`;
}

function unique(fields: AskedField[]): AskedField[] {
	const seen = new Set<string>();
	return fields.filter((field) => {
		const name = field.label.toLowerCase();
		if (seen.has(name)) return false;
		seen.add(name);
		return true;
	});
}

const questionWords: [RegExp, string, Shape | null][] = [
	[/^how much\b.*\b(cost|costs|paid|pay|spent|spend|price)\b.*/i, "Cost", { type: "money", total: "sum" }],
	[/^how much\b.*/i, "Amount", { type: "money", total: "sum" }],
	[/^how long\b.*/i, "Duration", { type: "integer", unit: "min", total: "sum" }],
	[/^how many (\p{L}+).*/iu, "$1", { type: "integer", total: "sum" }],
	[
		/^when (?:i|we|it|they|he|she)(?:'s| was| were| is| am| have| has)?\s+(?:last )?(\p{L}+).*/iu,
		"Date $1",
		{ type: "date" },
	],
	[/^when\b.*/i, "Date", { type: "date" }],
	[/^where\b.*/i, "Location", { type: "text", suggest: true }],
	[/^who\b.*/i, "Person", { type: "text", suggest: true }],
	[
		/^(?:whether|if) (?:or not )?(?:it|they|he|she|i|we|the \p{L}+)?\s*(?:is|are|was|were|has been|have been|has|have|got|'s)?\s*(?:been )?(.+)/iu,
		"$1",
		{ type: "boolean" },
	],
];

/** One item: "a due date", "status (todo, doing, done)", "price in euros", "paid: yes/no", "whether it is paid". */
export function readItem(item: string): AskedField | null {
	const bracket = /[([]([^()[\]]*)[)\]]/.exec(item);
	let name = item.replace(/[([][^()[\]]*[)\]]/g, " ").trim();
	let note = bracket?.[1]?.trim() ?? "";
	const colon = /^([^:=]{1,40})\s*(?::|=|\s[-–—]\s)\s*(.+)$/.exec(name);
	if (colon && !note) {
		name = colon[1] ?? name;
		note = colon[2] ?? "";
	}
	name = name
		.trim()
		.replace(
			/^(?:(?:and|also|plus|the|an?|its|their|his|her|my|our|your|some|any|optional(?:ly)?|maybe|for|to|of|with|including|one|und|et|y|ein(?:e[nmr]?)?|der|die|das|un|une|la|le|les|el|los|las|il)\s+)+/i,
			"",
		);
	if (/^what\b/i.test(name)) return asked(name, { type: "text" }, false);
	for (const [pattern, label, shape] of questionWords) {
		const match = pattern.exec(name);
		if (match && shape) return asked(label.replace("$1", match[1] ?? ""), shape, true);
	}
	name = name.replace(
		/^(date|day|time|year|place|name|type|kind) of (?:the )?(\p{L}+)$/iu,
		(_all, head: string, of: string) => `${of} ${head.toLowerCase()}`,
	);
	const unit =
		/\s+in (minutes|hours|days|kg|kilograms?|grams?|km|kilomet(?:er|re)s?|miles|cm|met(?:er|re)s|lit(?:er|re)s|euros?|dollars?|pounds|percent|%|€|\$)$/i.exec(
			name,
		);
	if (unit) name = name.slice(0, unit.index);
	const isList = /\s+(?:field|column)$/i;
	name = name.replace(isList, "");
	// "in euros", "in green": how, not what.
	if (/^in\s/i.test(name)) return null;
	if (name === "" || name.split(/\s+/).length > 5 || (notFields.test(name) && !note)) return null;
	if (!/[\p{L}]/u.test(name)) return null;
	if (unit) return asked(name, unitShape(unit[1] ?? ""), true);
	const isRequired = /\b(required|mandatory|must)\b/i.test(note);
	note = note.replace(/\b(required|mandatory|must|optional)\b/gi, "").replace(/^[\s,;]+|[\s,;]+$/g, "");
	const byWord = note ? shapeOfTypeWord(note) : null;
	const shape = byWord ?? optionsShape(name, note);
	const result = shape ? asked(name, shape, true) : typedByName(name);
	return result && isRequired ? { ...result, shape: { ...result.shape, required: true } } : result;
}

/** "due date", but also "number of guests" and "yes/no paid". */
function typedByName(name: string): AskedField | null {
	const { shape, known } = shapeOf(name);
	return asked(name, shape, false, known);
}

function asked(name: string, shape: Shape, isExplicit: boolean, isKnown = true): AskedField | null {
	const label = cleanLabel(name.replace(/[?]+$/, ""));
	return label ? { label, shape, isExplicit, isKnown } : null;
}

/** "todo, doing, done", "low/medium/high", "such as food, rent": choices, if there are at least two short ones. */
export function optionsShape(name: string, note: string): Shape | null {
	const options = readOptions(note);
	if (options.length < 2) return null;
	const known = shapeOf(name).shape;
	const first = options[0];
	const isState = /\b(status|stage|state|phase)\b/i.test(name);
	return {
		type: "choice",
		choices: options,
		...(isState && first ? { required: true, startsAs: first } : {}),
		...(known.required ? { required: true } : {}),
	};
}

export function readOptions(note: string): string[] {
	const list = note
		.replace(
			/^(?:such as|like|e\.?g\.?|for example|one of|either|can be|options?:?|choices?:?|values?:?|from|with|of|being|i\.?e\.?)\s*[:,]?\s*/i,
			"",
		)
		.replace(/(?:,?\s*(?:etc\.?|and so on|\.\.\.|…))$/i, "");
	const parts = list.split(/\s*(?:,|;|\/|\||→|->|\n|\s(?:or|and|&|oder|und|ou|et|o|y|e)\s)\s*/i);
	const options = parts
		.map((part) => cleanLabel(part.replace(/^(?:or|and|oder|und|et|y|an?|the)\s+/i, ""), 40))
		.filter((part) => part !== "" && part.split(" ").length <= 4);
	return Array.from(new Map(options.map((option) => [option.toLowerCase(), option])).values()).slice(0, 24);
}

function unitShape(unit: string): Shape {
	const word = unit.toLowerCase();
	if (word.startsWith("minute")) return { type: "integer", unit: "min", total: "sum" };
	if (word.startsWith("hour")) return { type: "decimal", unit: "h", total: "sum" };
	if (word === "days") return { type: "integer", unit: "days" };
	if (/^(euro|dollar|pound|€|\$)/.test(word)) return { type: "money", total: "sum" };
	if (/^(percent|%)/.test(word)) return { type: "percent", total: "average" };
	const short: [RegExp, string][] = [
		[/^(kg|kilog)/, "kg"],
		[/^gram/, "g"],
		[/^(km|kilom)/, "km"],
		[/^mile/, "mi"],
		[/^cm/, "cm"],
		[/^met/, "m"],
		[/^lit/, "l"],
	];
	const found = short.find(([start]) => start.test(word));
	return { type: "decimal", ...(found ? { unit: found[1] } : {}) };
}
