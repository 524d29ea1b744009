// Finds where a text names fields: bulleted lines, "fields: …", "each book has …", "I want to note …", "with …", a colon, or a
// sentence that is nothing but a list. What is left of the text says what the app is about.
import { shapeOf } from "../lexicon/shape.ts";
import { type Cue, cues, each, ends, nounPhrase } from "./cues.ts";
import { type AskedField, isFeature, readItem } from "./item.ts";
import { isList, readList } from "./items.ts";
import { readOptions } from "./options.ts";
import { readRun } from "./runs.ts";
import { readStatement } from "./statements.ts";
import { bulletsOf, itemsOf, languageOf, mask, sentencesOf } from "./text.ts";

export interface FieldList {
	fields: AskedField[];
	/** The text reads as a complete list ("fields: …", "each book has …"), not as a mention of a few. */
	isComplete: boolean;
	/** The text without the lists. */
	rest: string;
	/** The thing a list was said to be of: "each book has …". Empty if no list says so. */
	owner: string;
}

interface Found {
	fields: AskedField[];
	isComplete: boolean;
	rest: string;
	owner: string;
}

export function findFields(text: string): FieldList {
	const fields: AskedField[] = [];
	const rest: string[] = [];
	let isComplete = false;
	let owner = "";
	const take = (found: readonly AskedField[]) => {
		for (const field of found) if (!fields.some((each) => same(each.label, field.label))) fields.push(field);
	};
	const bullets = bulletsOf(text);
	if (bullets) {
		const read = bullets.items.filter((item) => !isFeature(item)).flatMap((item) => readList(item, { isLine: true }));
		// Lines without a mark are a list only if most of them are names of fields.
		const known = read.filter((field) => field.isKnown || field.isExplicit).length;
		if (bullets.isMarked || known > read.length / 2) take(read);
		isComplete = fields.length >= 2;
		owner = fields.length > 0 ? ownerOf(bullets.rest) : "";
	}
	for (const sentence of sentencesOf(bullets && fields.length >= 2 ? bullets.rest : text)) {
		const found = inSentence(sentence, fields.length > 0) ?? null;
		if (found) {
			take(found.fields);
			isComplete ||= found.isComplete;
			owner ||= found.owner;
			rest.push(found.rest);
			continue;
		}
		const stated = readStatement(sentence, fields);
		if (stated) {
			const at = fields.findIndex((field) => same(field.label, stated.label));
			if (at >= 0) fields[at] = { ...stated, label: fields[at]?.label ?? stated.label };
			else fields.push(stated);
			continue;
		}
		rest.push(sentence);
	}
	return { fields, isComplete: isComplete || fields.length >= 2, rest: rest.join(". "), owner };
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function inSentence(sentence: string, hasFields: boolean): Found | null {
	const states = readStates(sentence);
	if (states) return states;
	const masked = mask(sentence);
	let best: (Found & { score: number }) | null = null;
	cues.forEach((cue, rank) => {
		for (const match of masked.matchAll(cue.pattern)) {
			const found = listAfter(sentence, masked, match, cue, hasFields);
			if (!found) continue;
			// More fields are better; of equals, the surer cue and the earlier place.
			const score =
				found.fields.length * 10 +
				found.fields.filter((field) => field.isKnown || field.isExplicit).length * 2 -
				rank * 0.5 -
				match.index / 1000 -
				// "with customers: customer, date": the list begins at the colon.
				(!cue.isComplete && /^[^,(]{1,40}:\s/.test(masked.slice(match.index + match[0].length)) ? 15 : 0);
			if (!best || score > best.score) best = { ...found, score };
		}
	});
	if (best) return withBracketed(best);
	const run = readRun(sentence);
	if (run) return { fields: run.items.flatMap((item) => readList(item)), isComplete: true, rest: run.head, owner: "" };
	const bracketed = inBrackets(sentence);
	if (bracketed) return bracketed;
	// "inventory of my garage, item, shelf, photo": what stands first says what the rest is of.
	const [head = "", ...others] = itemsOf(sentence);
	const isHead =
		others.length >= 2 &&
		(/\b(?:of|for) (?:my|our|the)\b|\b(?:log|list|tracker|inventory|register|database|collection|book|journal|diary|records|app)\b/i.test(
			head,
		) ||
			isPhraseOfMany(head));
	const after = isHead ? sentence.slice(sentence.indexOf(head) + head.length).replace(/^\s*,/, "") : "";
	if (isHead && isList(`x, ${after}`)) {
		const fields = readList(after);
		const known = fields.filter((field) => field.isKnown || field.isExplicit).length;
		if (fields.length >= 2 && known >= fields.length / 2) return { fields, isComplete: true, rest: head, owner: "" };
	}
	if (isList(sentence)) {
		const fields = readList(sentence);
		const known = fields.filter((field) => field.isKnown || field.isExplicit).length;
		if (fields.length >= 3 && known >= Math.min(2, fields.length / 2))
			return { fields, isComplete: true, rest: "", owner: "" };
	}
	return null;
}

function listAfter(
	sentence: string,
	masked: string,
	match: RegExpMatchArray,
	cue: Cue,
	hasFields: boolean,
): Found | null {
	const index = match.index ?? 0;
	const start = index + match[0].length;
	const tail = masked.slice(start);
	const stop = ends.exec(tail);
	const length = stop ? stop.index : tail.length;
	const list = sentence.slice(start, start + length);
	if (list.trim() === "") return null;
	// "I want to track my books with title and author": the list is what follows "with".
	const isVerb = !cue.isSure && cue.isComplete;
	// "Food bank: donations with donor, item": the list is what follows "with".
	if (/^[:：]/.test(match[0]) && /^\p{L}[\p{L}\s-]{1,40}\s(?:with|including|mit|inklusive)\s/iu.test(mask(list)))
		return null;
	if (isVerb && /\b(?:with|including|mit|incl|containing)\b|:\s|\s[-–—]\s/i.test(mask(list))) return null;
	// "with members, their best time and shoe size": the first is whose fields the others are.
	const [first = "", second = ""] = itemsOf(list);
	const isOwned = /^\p{L}+s$/u.test(first) && /^(?:their|its|ihre?[nrs]?)\s/i.test(second);
	const fields = readList(isOwned ? list.slice(list.indexOf(first) + first.length) : list);
	if (fields.length < Math.max(1, hasFields && cue.isComplete ? 1 : cue.least)) return null;
	const sure = fields.filter((field) => field.isKnown || field.isExplicit).length;
	if (isVerb && fields.length === 2 && !hasFields && sure < 2) return null;
	if (isVerb && fields.length > 2 && sure < fields.length / 2) return null;
	if (!cue.isComplete && (sure === 0 || (fields.length <= 2 && sure < fields.length && !/,/.test(list)))) {
		if (fields.length < 3) return null;
	}
	// A possessive after a verb begins with the thing: "track my income, rent and savings" may be all three, one of them is not.
	if (isVerb && /^(?:my|our|all)\s/i.test(list) && fields.length < 3) return null;
	// "hours per client": what is counted is the thing, not what it is counted by.
	const owner = isOwned ? first : cue.owner && !/^(?:per|pro|je)\b/i.test(match[0]) ? (match[cue.owner] ?? "") : "";
	const rest = `${sentence.slice(0, index)}. ${stop ? sentence.slice(start + length) : ""}`.replace(/\. $/, "").trim();
	return { fields, isComplete: cue.isComplete || fields.length >= 2, rest, owner: isOwner(owner) ? owner : "" };
}

/** "a board by stage: idea, draft, published": one choice, unless its words are names of fields themselves. */
function readStates(sentence: string): Found | null {
	const match =
		/\b(?:by|with|nach)\s+(?:an?\s+|the\s+)?(stage|status|phase|priority|category|state|type|columns?|spalten)\s*:\s*([^.;:\n]+)$/i.exec(
			sentence,
		);
	const list = match?.[2] ?? "";
	const options = readOptions(list);
	const isName = ({ shape, isKnown }: ReturnType<typeof shapeOf>) => isKnown && shape.type !== "boolean";
	const known = options.filter((option) => isName(shapeOf(option))).length;
	if (!match || options.length < 2 || (known >= options.length / 2 && options.length > 2)) return null;
	const label = /^(?:columns?|spalten)$/i.test(match[1] ?? "") ? "Status" : (match[1] ?? "");
	const field = readItem(`${label} (${options.join(", ")})`);
	return field ? { fields: [field], isComplete: false, rest: sentence.slice(0, match.index), owner: "" } : null;
}

const tracked =
	/\b(?:track|tracking|keep track of|log|logging|record|recording|monitor|monitoring|notieren|note)\s+(?:my|our|the|his|her|daily)?\s*([\p{L}][^.,:()]*(?:,[^.:()]*)?)\s*$/iu;

/** "track temp min and temp max per day with date and city": what is measured is a field, too. */
function withMeasures(found: Found): Found {
	const words = tracked.exec(found.rest.trim())?.[1] ?? "";
	const fields = words ? readList(words.replace(/\s+(?:per|every|each) (?:day|week|month|night)\s*$/i, "")) : [];
	const isNumeric = ({ shape, isKnown }: AskedField) =>
		isKnown && ["integer", "decimal", "percent"].includes(shape.type);
	if (
		fields.length === 0 ||
		!fields.every(isNumeric) ||
		fields.some((field) => found.fields.some((each) => same(each.label, field.label)))
	)
		return found;
	const rest = fields.length > 1 ? found.rest.trim().slice(0, -words.length) : found.rest;
	return {
		...found,
		fields: [...found.fields.filter(isFirst), ...fields, ...found.fields.filter((field) => !isFirst(field))],
		rest,
	};
}

/** The day stands before what was measured on it. */
const isFirst = (field: AskedField): boolean =>
	["date", "dateTime", "time"].includes(field.shape.type) && !field.shape.alert;

/** "blood pressure (systolic, diastolic) with date": what stands in brackets behind the thing belongs to its fields. */
function withBracketed(bare: Found): Found {
	const found = withMeasures(bare);
	const match = /\s*\(([^()]+)\)\s*$/.exec(found.rest.trim());
	const list = match?.[1] ?? "";
	if (!match || itemsOf(list).length < 2) return found;
	const rest = found.rest.trim().slice(0, match.index);
	const fields = readList(list);
	const known = fields.filter((field) => field.isKnown || field.isExplicit).length;
	// "meter readings (power, gas, water)": none is a name of a field, so they are the kinds of the thing.
	if (known === 0 && isKinds(list))
		return { ...found, fields: [...readList(`${kindIn(rest)} (${list})`), ...found.fields], rest };
	if (known < fields.length / 2) return found;
	return { ...found, fields: [...fields, ...found.fields], rest };
}

const isKinds = (list: string): boolean =>
	itemsOf(list).length >= 2 &&
	itemsOf(list).every((item) =>
		/^(?!no\b|not\b|please\b|see\b|like\b|about\b)\p{L}[\p{L}-]*(?: \p{L}+)?$/iu.test(item),
	);

const kindIn = (text: string): string => (languageOf(text) === "de" ? "Art" : "Type");

/** "gym class signups, class name, date": a phrase of many that is no name of a field. */
const isPhraseOfMany = (head: string): boolean =>
	/^\p{L}+ (?:\p{L}+ )?\p{L}+s$/u.test(head) &&
	!shapeOf(head).isKnown &&
	!/^(?:number|what|how|who|when)\b/i.test(head);

/** "For each horse:" above a list in lines. */
function ownerOf(text: string): string {
	const found = new RegExp(
		`\\b${each}\\s+${nounPhrase}(?=\\s*(?:[:,.\\n]|$|\\b(?:has|have|needs?|should|must|i|we|with|hat|mit|soll)\\b))`,
		"iu",
	).exec(text);
	const words = found?.[1] ?? "";
	return isOwner(words) ? words : "";
}

/** "a list of plants [name, pot size (cm), price]": a list in brackets behind what it is of. */
function inBrackets(sentence: string): Found | null {
	const match = /^(.+?)\s*[[({](.+)[\])}]([^\])}]*)$/u.exec(sentence);
	const list = match?.[2] ?? "";
	if (!match || itemsOf(list).length < 3 || /[,:]/.test(mask(match[1] ?? ""))) return null;
	const fields = readList(list);
	return fields.length >= 3 ? { fields, isComplete: true, rest: `${match[1]} ${match[3] ?? ""}`, owner: "" } : null;
}

const isOwner = (words: string): boolean =>
	words !== "" &&
	!/^(?:one|of them|entry|record|item|row|person|time|of these|line|day|week|month|year|eintrag|zeile|datensatz)$/i.test(
		words,
	) &&
	!(shapeOf(words).shape.type === "money" && words.split(" ").length === 1 && /^(?:price|cost)$/i.test(words));
