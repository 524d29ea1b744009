// Which part of a JSON file is its table. Objects whose keys are data (a map from people to numbers, from days to readings) are
// recognised, so that their keys become a column of data and are never told to a model.
import { type Cell, counted, listed, quoted } from "./cells.ts";
import { looksLikeHeader, namesOf } from "./header.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const mostColumns = 200;

export const isObject = (value: Json | undefined): value is JsonObject =>
	typeof value === "object" && value !== null && !Array.isArray(value);
export const isScalar = (value: Json | undefined): value is Cell =>
	value === undefined || value === null || typeof value !== "object";

export interface FoundTable {
	rows: JsonObject[];
	keysAreData: boolean;
	/** The column names are property names of the file, not names we made up. */
	isNamed: boolean;
	notes: string[];
}

/** The table of a file: the file itself, or the largest one in a property of it. */
export function findTable(json: Json, depth = 0): FoundTable | null {
	const here = asTable(json);
	if (here) return here;
	if (!isObject(json) || depth > 2) return null;
	const split = asSplit(json);
	if (split) return split;
	const candidates = Object.entries(json).flatMap(([name, value]) => {
		const table = Array.isArray(value) || isObject(value) ? findTable(value, depth + 1) : null;
		return table ? [{ name, table }] : [];
	});
	const best = candidates.reduce<(typeof candidates)[number] | null>(
		(most, each) => (!most || each.table.rows.length > most.table.rows.length ? each : most),
		null,
	);
	if (!best) return null;
	const others = Object.keys(json).filter((name) => name !== best.name);
	if (others.length === 0) return best.table;
	const shown = others.slice(0, 5).map(quoted);
	if (others.length > 5) shown.push(`${others.length - 5} more`);
	return {
		...best.table,
		notes: [
			...best.table.notes,
			`Only the rows of ${quoted(best.name)} were used; ${listed(shown)} ${others.length === 1 ? "was" : "were"} left out.`,
		],
	};
}

function asTable(json: Json): FoundTable | null {
	if (Array.isArray(json)) return listAsTable(json);
	if (!isObject(json)) return null;
	return asColumns(json) ?? (isMap(json) ? pairs(Object.entries(json)) : null);
}

function listAsTable(json: readonly Json[]): FoundTable | null {
	const objects = json.filter(isObject);
	if (objects.length > 0 && objects.length > json.length / 2) {
		const strays = json.filter((value) => !isObject(value) && value !== null);
		const notes = strays.length === 0 ? [] : [strayNote(strays)];
		// [{"Ann": 3}, {"Bob": 4}]: every object has keys of its own, so the keys are data.
		return keysVary(objects)
			? { ...pairs(objects.flatMap((each) => Object.entries(each))), notes }
			: { rows: objects, keysAreData: false, isNamed: true, notes };
	}
	const lists = json.filter((value): value is Cell[] => Array.isArray(value) && value.every(isScalar));
	if (lists.length >= 2 && lists.length === json.length && lists.every((list) => list.length <= mostColumns))
		return listsAsTable(lists);
	return json.length >= 2 && json.every(isScalar)
		? { rows: json.map((value) => object([["Value", value ?? null]])), keysAreData: false, isNamed: false, notes: [] }
		: null;
}

function strayNote(strays: readonly Json[]): string {
	const examples = strays.slice(0, 2).map((value) => quoted(isScalar(value) ? value : JSON.stringify(value)));
	const one = strays.length === 1;
	return `${counted(strays.length, "entry", "entries")} of the list ${one ? "is no record and was" : "are no records and were"} left out: ${listed(examples)}${strays.length > 2 ? ", and more" : ""}.`;
}

/** [["name", "qty"], ["A", 1]]: the first list may hold the names. */
function listsAsTable(lists: readonly (readonly Cell[])[]): FoundTable {
	const [first = [], ...rest] = lists;
	const texts = (list: readonly Cell[]) => list.map((cell) => (cell === null ? "" : String(cell)));
	const isNamed =
		rest.length > 0 &&
		first.every((cell) => typeof cell === "string") &&
		looksLikeHeader(texts(first), rest.slice(0, 200).map(texts));
	const width = lists.reduce((most, list) => Math.max(most, list.length), 0);
	const names = namesOf(isNamed ? texts(first) : [], width);
	const rows = (isNamed ? rest : lists).map((list) => object(names.map((name, at) => [name, list[at] ?? null])));
	return { rows, keysAreData: false, isNamed, notes: [] };
}

/** {"name": ["A", "B"], "qty": [1, 2]}: a list for each column, all of one length. */
function asColumns(json: JsonObject): FoundTable | null {
	const entries = Object.entries(json);
	if (entries.length < 2 || entries.length > mostColumns) return null;
	const lists = entries.flatMap(([name, value]) =>
		Array.isArray(value) && value.every(isScalar) ? [{ name, value }] : [],
	);
	const [first] = lists;
	if (first && lists.length === entries.length && lists.every(({ value }) => value.length === first.value.length)) {
		if (first.value.length === 0) return null;
		const rows = first.value.map((_cell, at) => object(lists.map(({ name, value }) => [name, value[at] ?? null])));
		return { rows, keysAreData: false, isNamed: true, notes: [] };
	}
	return asIndexed(entries);
}

/** {"name": {"0": "A", "1": "B"}, "qty": {"0": 1, "1": 2}}: as columns, with the numbers of the rows as keys. */
function asIndexed(entries: readonly [string, Json][]): FoundTable | null {
	const objects = entries.flatMap(([name, value]) => (isObject(value) ? [{ name, value }] : []));
	const [first] = objects;
	if (!first || objects.length !== entries.length) return null;
	const keys = Object.keys(first.value);
	if (keys.length === 0 || !keys.every((key, at) => key === String(at))) return null;
	if (
		!objects.every(
			({ value }) =>
				Object.keys(value).length === keys.length &&
				keys.every((key) => isScalar(value[key]) && Object.hasOwn(value, key)),
		)
	)
		return null;
	const rows = keys.map((key) => object(objects.map(({ name, value }) => [name, value[key] ?? null])));
	return { rows, keysAreData: false, isNamed: true, notes: [] };
}

/** {"columns": ["name", "qty"], "data": [["A", 1], ["B", 2]]} */
function asSplit(json: JsonObject): FoundTable | null {
	const names = ["columns", "header", "headers", "fields"]
		.map((key) => json[key])
		.find((value) => Array.isArray(value));
	const data = ["data", "rows", "values"].map((key) => json[key]).find((value) => Array.isArray(value));
	if (!Array.isArray(names) || !Array.isArray(data) || data.length === 0 || names.length === 0) return null;
	if (!names.every((name) => typeof name === "string")) return null;
	const lists = data.filter((list): list is Cell[] => Array.isArray(list) && list.every(isScalar));
	if (lists.length !== data.length || lists.some((list) => list.length > names.length)) return null;
	const columns = namesOf(names.map(String), names.length);
	return {
		rows: lists.map((list) => object(columns.map((name, at) => [name, list[at] ?? null]))),
		keysAreData: false,
		isNamed: true,
		notes: [],
	};
}

/** An object made without ever naming a property in code: `__proto__` stays an ordinary name. */
const object = (entries: [string, Json][]): JsonObject => Object.fromEntries(entries);

/** A row for each key: the key, and its value or the value's properties. */
function pairs(entries: [string, Json][]): FoundTable {
	const rows = entries.map(([key, value]) =>
		isObject(value)
			? object([["Key", key], ...Object.entries(value)])
			: object([
					["Key", key],
					["Value", value],
				]),
	);
	return { rows, keysAreData: true, isNamed: entries.some(([, value]) => isObject(value)), notes: [] };
}

/** Keys that nobody would choose as the name of a property. */
const looksLikeValue = (key: string): boolean =>
	/@|\s|^\d|^https?:|\d{4}-\d{2}|^[0-9a-f-]{16,}$|[^\p{L}\p{N}_$-]/iu.test(key) || /^\p{Lu}\p{Ll}+$/u.test(key);

/** A map: values of one kind under several keys that do not look like property names, or under very many. */
export function isMap(json: JsonObject): boolean {
	const entries = Object.entries(json);
	if (entries.length < 2) return false;
	const values = entries.map(([, value]) => value);
	const kinds = new Set(
		values.filter((value) => value !== null).map((value) => (Array.isArray(value) ? "list" : typeof value)),
	);
	if (kinds.size !== 1 || kinds.has("list")) return false;
	const valueKeys = entries.filter(([key]) => looksLikeValue(key)).length;
	if (kinds.has("object")) {
		const objects = values.filter(isObject);
		return (
			!keysVary(objects) &&
			shareOfCommonKeys(objects) >= 0.6 &&
			objects.some((each) => Object.values(each).some(isScalar))
		);
	}
	return valueKeys >= entries.length / 2 || entries.length > 30;
}

function shareOfCommonKeys(objects: readonly JsonObject[]): number {
	const counts = new Map<string, number>();
	for (const each of objects) for (const key of Object.keys(each)) counts.set(key, (counts.get(key) ?? 0) + 1);
	const all = Array.from(counts.values());
	return all.length === 0 ? 0 : all.reduce((sum, count) => sum + count, 0) / (all.length * objects.length);
}

/** Most keys occur in few of the objects. */
export const keysVary = (objects: readonly JsonObject[]): boolean =>
	objects.length >= 2 && shareOfCommonKeys(objects) <= 0.34 + 0.2 / objects.length;
