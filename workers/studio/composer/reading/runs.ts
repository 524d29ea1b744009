// Lists whose items nothing stands between: "book list title author year rating". They are cut at names that the lexicon knows, so a
// run must be long enough that no phrase is taken for one: "client project hours" is one field.
import { isFieldWord } from "../lexicon/shape.ts";

const longest = 4;

/** Known names that stand next to each other up to the end, and where they begin. */
function knownRun(words: readonly string[]): { from: number; items: string[] } {
	const items: string[] = [];
	let end = words.length;
	while (end > 0) {
		let size = Math.min(longest, end);
		while (size > 0 && !isFieldWord(words.slice(end - size, end).join(" "))) size -= 1;
		if (size === 0) break;
		items.unshift(words.slice(end - size, end).join(" "));
		end -= size;
	}
	return { from: end, items };
}

/** An item of a list that is a list itself: null for a name of several words. */
export function splitItem(item: string): string[] | null {
	if (/[^\p{L}\s-]/u.test(item)) return null;
	const run = knownRun(item.split(" "));
	return run.from === 0 && run.items.length >= 4 ? run.items : null;
}

export interface Run {
	items: string[];
	/** What stands before the list. */
	head: string;
}

const keepers =
	/(?:lists?|log|tracker|book|journal|diary|register|inventory|database|table|sheet|collection|library|archive|app|liste|buch|verwaltung|übersicht|tabelle)$/iu;

/** A sentence that ends with names and no signs between them. After a colon or a word for a list, three are enough. */
export function readRun(sentence: string): Run | null {
	const [, before = "", after = ""] = /^(?:([^:]{2,60}):\s+)?(.+)$/su.exec(sentence.trim()) ?? [];
	if (/[^\p{L}\d\s'’-]/u.test(after)) return null;
	const words = after.split(/\s+/);
	if (before) {
		const run = knownRun(words);
		if (run.from === 0 && run.items.length >= 3) return { items: run.items, head: before };
		const items = germanNouns(words);
		return items ? { items, head: before } : null;
	}
	const listed = afterKeeper(words);
	if (listed) return listed;
	const { from, items } = knownRun(words);
	if (from === 0) {
		// "expenses date amount category": the first is of many, and what the others are of.
		const [head = "", ...others] = items;
		return /[^s]s$/i.test(head) && others.length >= 3 ? { items: others, head } : null;
	}
	const head = words.slice(0, from).join(" ");
	const least = keepers.test(head) ? 3 : 4;
	const isSentence = /^(?:i|we|how|what|why|please|can|could|ich|wir)$/i.test(words[0] ?? "");
	return items.length >= least && !isSentence ? { items, head } : null;
}

const little =
	/^(?:an?|the|my|our|of|for|to|with|and|or|in|on|at|by|is|are|that|which|i|we|it|as|from|who|what|der|die|das|den|dem|für|von|mit|und|oder|im|am|zum|zur|mein\p{L}*|unser\p{L}*)$/iu;

/** "tip tracker date shift tips": behind the word for a list, also a name that is not known, if the most are. */
function afterKeeper(words: readonly string[]): Run | null {
	const at = words.findLastIndex((word) => keepers.test(word));
	const rest = words.slice(at + 1);
	if (at < 0 || rest.length < 3 || rest.some((word) => little.test(word))) return null;
	const items: string[] = [];
	let known = 0;
	for (let from = 0; from < rest.length; ) {
		let size = Math.min(longest, rest.length - from);
		while (size > 0 && !isFieldWord(rest.slice(from, from + size).join(" "))) size -= 1;
		if (size > 0) known += 1;
		items.push(rest.slice(from, from + Math.max(1, size)).join(" "));
		from += Math.max(1, size);
	}
	return items.length >= 3 && known >= (items.length * 2) / 3
		? { items, head: words.slice(0, at + 1).join(" ") }
		: null;
}

/** "Werkzeug Ausleiher Ausgeliehen am": in German every name begins with a capital, and the little words belong to it. */
function germanNouns(words: readonly string[]): string[] | null {
	const items: string[] = [];
	for (const word of words) {
		if (/^\p{Lu}/u.test(word)) items.push(word);
		else if (items.length > 0 && /^(?:am|an|von|bis|in|der|des|für|pro)$/.test(word))
			items[items.length - 1] = `${items.at(-1)} ${word}`;
		else return null;
	}
	const isGerman = items.some((item) => / (?:am|an|von|bis|der|des|für|pro)$/.test(item) || /[äöüß]/i.test(item));
	return items.length >= 3 && isGerman ? items : null;
}
