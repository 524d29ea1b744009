// Names that come from people: cleaned for display, and made into property names.
import { cleanText } from "#lib/clean-text.ts";

/** A label: without quotes and trailing punctuation around it, with a capital first. */
export function cleanLabel(text: string, max = 60): string {
	const label = cleanText(text, 400).replace(/^["'“”‘’«»`*_:–—\-\s]+|["'“”‘’«»`*_:;,.–—\-\s]+$/g, "");
	return capitalise(Array.from(label).slice(0, max).join("").trim());
}

export const capitalise = (text: string): string => {
	const [first = "", ...rest] = Array.from(text);
	return first.toLocaleUpperCase("en") + rest.join("");
};

/** Words of a column name: `Miles_per_Gallon`, `maxTemp` and `US Gross` become "Miles per gallon", "Max temp" and "US gross". */
export function labelOfColumn(name: string): string {
	const words = cleanText(name, 200)
		.replace(/[_.]+/g, " ")
		.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
		.replace(/\s+/g, " ")
		.trim()
		.split(" ")
		// An abbreviation keeps its capitals, an ordinary word loses them.
		.map((word, at) => (at > 0 && /^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word));
	return cleanLabel(words.join(" "));
}

const reserved = new Set([
	...Object.getOwnPropertyNames(Object.prototype).map((name) => name.toLowerCase()),
	"prototype",
	"id",
	"then",
]);

/** A property name made of a label: `nextFollowUp`. Never one that objects already have, and never one that is taken. */
export function keyFor(label: string, taken: ReadonlySet<string>): string {
	const words = label
		.normalize("NFKD")
		.replace(/[\u0300-\u036f]/g, "")
		.replace(/ß/g, "ss")
		.split(/[^A-Za-z0-9]+/)
		.filter(Boolean);
	const camel = words
		.map((word, at) => (at === 0 ? word.toLowerCase() : (word[0] ?? "").toUpperCase() + word.slice(1).toLowerCase()))
		.join("");
	const begun = /^[a-z]/.test(camel) ? camel : camel ? `f${camel}` : "field";
	const base = reserved.has(begun.toLowerCase()) ? `${begun}Value` : begun;
	let key = base.slice(0, 36);
	for (let count = 2; taken.has(key); count += 1) key = `${base.slice(0, 33)}${count}`;
	return key;
}

/** A collection name of the app's data (schema/data.ts CollectionName). */
export function collectionFor(plural: string): string {
	const slug = plural
		.normalize("NFKD")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^[^a-z]+|-+$/g, "")
		.slice(0, 40);
	return slug || "records";
}

/** What one record is called, and several. */
export interface Entity {
	singular: string;
	plural: string;
}
