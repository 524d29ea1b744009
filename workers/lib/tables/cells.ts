// Cells as they stand in a file, and the marks around them that are not part of a value.

/** A value in a table: text of a CSV file, or a plain value of JSON. */
export type Cell = string | number | boolean | null;

/** What a field keeps. `null`: empty. `undefined` is returned for a cell that does not fit its type. */
export type Stored = string | number | boolean | null;

// Marks that steer the direction of text, joiners and a stray byte order mark: invisible, and copied along with numbers and dates.
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const hasInvisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** The text of a cell for reading a number, a date or a word out of it. Text columns keep what is written. */
export function bare(text: string): string {
	const clean = hasInvisible.test(text) ? text.replace(invisible, "") : text;
	return clean.trim();
}

const emptyWords = new Set([
	"na",
	"n/a",
	"n.a.",
	"#n/a",
	"#na",
	"null",
	"nil",
	"none",
	"nan",
	"undefined",
	"-",
	"--",
	"–",
	"—",
	"−",
	".",
	"?",
	"k.a.",
	"s/o",
	"n.d.",
	"nd",
]);

const startsOfWords = new Set(
	[...emptyWords].flatMap((word) => [word.charCodeAt(0), word.toUpperCase().charCodeAt(0)]),
);

/** Nothing is written at all. This is the only empty cell of a text column. */
export const isBlank = (cell: Cell | undefined): boolean =>
	cell === null ||
	cell === undefined ||
	(typeof cell === "string" &&
		(cell === "" || ((cell.charCodeAt(0) < 33 || cell.charCodeAt(0) > 126) && cell.trim() === "")));

/** A word for "no value", which a column of numbers, dates or yes and no reads as empty: NA, null, -. In text it is a value. */
export function isEmptyWord(cell: Cell | undefined): boolean {
	if (typeof cell !== "string" || cell.length > 13) return false;
	// Most cells are digits, or begin with a letter with which no such word begins.
	const first = cell.charCodeAt(0);
	if ((first >= 48 && first <= 57) || (first > 64 && first < 123 && !startsOfWords.has(first))) return false;
	return emptyWords.has(bare(cell).toLowerCase());
}

const formulaStart = /^[=+\-@\t\r]/;
const guarded = /^'+[=+\-@\t\r]/;

/**
 * A spreadsheet runs cells that begin with these signs as formulas; an apostrophe in front makes them text. Plain numbers stay
 * numbers. An apostrophe that is the person's own gets a second one, so that `unguard` gives back what was there.
 */
export function guard(text: string): string {
	if (guarded.test(text)) return `'${text}`;
	return formulaStart.test(text) && !/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? `'${text}` : text;
}

export const isGuarded = (text: string): boolean => text.charCodeAt(0) === 39 && guarded.test(text);

/** Undoes `guard`. */
export const unguard = (text: string): string => (isGuarded(text) ? text.slice(1) : text);

/** "a, b and c" */
export const listed = (words: readonly string[]): string =>
	words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** "1 row", "2,000 rows" */
export const counted = (count: number, one: string, many = `${one}s`): string =>
	`${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** A cell in a sentence: short and on one line. */
export function quoted(cell: Cell): string {
	const text = String(cell).replace(/\s+/g, " ");
	return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}
