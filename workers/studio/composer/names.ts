// Names that come from people: cleaned for display, made into property names, and put into singular and plural.

// Bidirectional marks and overrides can make text read as something else than it is ("Trojan source"); zero-width characters hide.
const unwanted = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/** One line of readable text of at most `max` characters; empty if nothing readable is left. */
export function cleanText(text: string, max: number): string {
	const line = text.normalize("NFC").replace(/\s+/g, " ").replace(unwanted, "").trim();
	return Array.from(line).slice(0, max).join("").trim();
}

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

const irregular: [string, string][] = [
	["person", "people"],
	["child", "children"],
	["man", "men"],
	["woman", "women"],
	["mouse", "mice"],
	["goose", "geese"],
	["foot", "feet"],
	["tooth", "teeth"],
	["leaf", "leaves"],
	["knife", "knives"],
	["wife", "wives"],
	["life", "lives"],
	["shelf", "shelves"],
	["wolf", "wolves"],
	["loaf", "loaves"],
	["criterion", "criteria"],
	["movie", "movies"],
	["cookie", "cookies"],
	["tie", "ties"],
	["pie", "pies"],
	["zombie", "zombies"],
	["selfie", "selfies"],
	["bus", "buses"],
	["status", "statuses"],
	["virus", "viruses"],
	["quiz", "quizzes"],
];
const same = new Set([
	"sheep",
	"fish",
	"series",
	"species",
	"equipment",
	"furniture",
	"software",
	"news",
	"data",
	"staff",
	"deer",
	"aircraft",
]);

const inLastWord = (phrase: string, change: (word: string) => string): string => phrase.replace(/[\p{L}'’]+$/u, change);
const like = (word: string, model: string): string => (/^\p{Lu}/u.test(model) ? capitalise(word) : word);

export function pluralOf(phrase: string): string {
	return inLastWord(phrase, (word) => {
		const lower = word.toLowerCase();
		const known = irregular.find(([one]) => one === lower);
		if (known) return like(known[1], word);
		if (same.has(lower) || irregular.some(([, many]) => many === lower)) return word;
		if (/(s|x|z|ch|sh)$/.test(lower)) return /s$/.test(lower) && !/(ss|us|is)$/.test(lower) ? word : `${word}es`;
		if (/[^aeiou]y$/.test(lower)) return `${word.slice(0, -1)}ies`;
		return `${word}s`;
	});
}

export function singularOf(phrase: string): string {
	return inLastWord(phrase, (word) => {
		const lower = word.toLowerCase();
		const known = irregular.find(([, many]) => many === lower);
		if (known) return like(known[0], word);
		if (same.has(lower) || irregular.some(([one]) => one === lower)) return word;
		if (/[^aeiou]ies$/.test(lower)) return `${word.slice(0, -3)}y`;
		if (/(sses|shes|ches|xes|zzes)$/.test(lower)) return word.slice(0, -2);
		if (/s$/.test(lower) && !/(ss|us|is)$/.test(lower)) return word.slice(0, -1);
		return word;
	});
}
