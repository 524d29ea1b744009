// A list as its fields. Choices may stand among the items without brackets: "status open, waiting or done", "diet: vegan, none".
import { isFieldWord, shapeOf } from "../lexicon/shape.ts";
import { type AskedField, isFeature, readItem } from "./item.ts";
import { splitItem } from "./runs.ts";
import { itemsOf, mask, segmentsOf } from "./text.ts";

/** Nothing but short items between commas: "Company, role, status, salary, link, deadline". */
export function isList(sentence: string): boolean {
	const items = itemsOf(sentence);
	const words = (item: string) =>
		mask(item)
			.split(/\s+/)
			.filter((word) => word && !word.includes("\ue001")).length;
	return (
		items.length >= 3 &&
		items.every((item) => words(item) <= 6) &&
		items.slice(1).filter((item) => words(item) <= 4).length >= items.length - 2
	);
}

const choosing =
	/^(.{2,40}?)\s*(?::|\s(?:of|being|is one of|one of|which is|that is|can be|could be|either|is|like|such as|as|entweder|ist))\s+(.+)$/iu;

export function readList(list: string, { isLine = false } = {}): AskedField[] {
	// A line of its own is one field, with commas only between its choices or its marks.
	const one =
		isLine && !(mask(list).split(",").length >= 3 && !/[:(]|\s[-–—]\s/.test(list) && !/\bor\b|\boder\b/i.test(list))
			? readItem(list)
			: null;
	if (one) return [one];
	// Between semicolons commas may separate choices: "name; status: open, done; date".
	const parts = segmentsOf(list);
	return unique(
		parts
			.flatMap((part) =>
				gatherChoices(
					itemsOf(part).flatMap((item) => splitItem(item) ?? [item]),
					parts.length > 1,
				),
			)
			.flatMap((item) => {
				if (isFeature(item)) return [];
				const field = readItem(item);
				return field ? [field] : [];
			}),
	);
}

/** Puts choices that stand among the items into brackets behind their name. */
function gatherChoices(items: string[], isClosed: boolean): string[] {
	const gathered: string[] = [];
	for (let at = 0; at < items.length; at += 1) {
		const item = items[at] ?? "";
		const group = groupAt(items, at, isClosed);
		if (group) {
			gathered.push(`${group.name} (${group.options.join(", ")})`);
			at = group.end;
		} else gathered.push(item);
	}
	return gathered;
}

const hasOr = (item: string): boolean => /\s(?:or|oder|ou|o)\s/i.test(mask(` ${item}`)) || /^(?:or|oder)\s/i.test(item);

function groupAt(
	items: string[],
	at: number,
	isClosed: boolean,
): { name: string; options: string[]; end: number } | null {
	const item = items[at] ?? "";
	if (/[([]/.test(item)) return null;
	const split = choosing.exec(item) ?? stateWithoutCue(item);
	if (!split) return null;
	// "time of day, with food or without": the whole is a name of its own
	if (isFieldWord(item)) return null;
	const name = split[1] ?? "";
	const first = split[2] ?? "";
	if (hasOr(first)) return { name, options: orParts(first), end: at };
	for (let end = at + 1; end < Math.min(items.length, at + 12); end += 1) {
		const next = items[end] ?? "";
		if (/[([:]/.test(next)) return null;
		if (!hasOr(next)) continue;
		return { name, options: [first, ...items.slice(at + 1, end), ...orParts(next)], end };
	}
	// "stage is one of applied, onsite, offer": to the end, or up to a word that names a field.
	const isSaid = /\b(?:one of|either|can be|could be)\b/i.test(item);
	if (!isClosed && !isSaid) return null;
	const rest = items.slice(at + 1);
	const stop = isClosed ? -1 : rest.findIndex((each) => /[([:]/.test(each) || shapeOf(each).isKnown);
	const options = [first, ...(stop < 0 ? rest : rest.slice(0, stop))];
	return options.length >= 2 ? { name, options, end: at + options.length - 1 } : null;
}

const orParts = (words: string): string[] =>
	words
		.split(/\s*(?:,|\s(?:or|oder|ou|o)\s|^(?:or|oder)\s)\s*/i)
		.map((part) => part.trim())
		.filter(Boolean);

/** "status open, waiting or done": a word that is known to have choices, and the first of them. */
function stateWithoutCue(item: string): RegExpExecArray | null {
	const match =
		/^((?:\p{L}+ )?(?:status|stage|state|phase|priority|condition|size|type|kind|category|level|mood|diet|zustand|priorität|kategorie|art|typ|größe))\s+(\p{L}[\p{L}\d' -]*)$/iu.exec(
			item,
		);
	// "zone A, B or C"
	const lettered = /^(\p{L}{3,}) (\p{Lu}|\d)$/u.exec(item);
	if (lettered) return lettered;
	return match && !shapeOf(item).isKnown ? match : match && hasOr(item) ? match : null;
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
