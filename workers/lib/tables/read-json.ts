// JSON files as tables: finds the table in the file (json-shapes.ts), makes rows of it, and says what had no place in a row.
import { type Cell, counted, listed, quoted } from "./cells.ts";
import { namesOf } from "./header.ts";
import { findTable, isMap, isObject, isScalar, type Json, type JsonObject, keysVary } from "./json-shapes.ts";
import { exactNumbers, parseLines } from "./json-text.ts";
import { type Grid, type TableResult, tableLimits } from "./read-table.ts";

/** A table, or the shape of JSON that is none, without any name or value of it. */
export type JsonTable = { kind: "table"; grid: Grid } | { kind: "json"; outline: string };

/** Reads JSON, or one JSON value on each line. Yields between slices of work. */
export function* readJson(text: string): Generator<void, TableResult<JsonTable>> {
	const clean = exactNumbers(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
	yield;
	let json: Json;
	try {
		json = JSON.parse(clean) as Json;
	} catch {
		const lines = parseLines(clean);
		if (!lines.ok) return { ok: false, reason: "broken_json", ...(lines.line === null ? {} : { count: lines.line }) };
		json = lines.values;
	}
	yield;
	const found = findTable(json);
	if (!found) return { ok: true, value: { kind: "json", outline: outlineOf(json, 0) } };
	if (found.rows.length > tableLimits.rows) return { ok: false, reason: "too_long", count: found.rows.length };
	const flat = yield* flatten(found.rows);
	if (flat.names.length > tableLimits.columns) return { ok: false, reason: "too_wide", count: flat.names.length };
	if (flat.cells.length === 0 || flat.names.length === 0) return { ok: false, reason: "no_rows" };
	const notes = [...found.notes, ...flat.notes];
	const names = namesOf(flat.names, flat.names.length);
	const grid: Grid = {
		names,
		rows: flat.cells,
		delimiter: null,
		header: found.isNamed ? "keys" : "none",
		headerLine: null,
		keysAreData: found.keysAreData,
		notes,
	};
	return { ok: true, value: { kind: "table", grid } };
}

interface Flat {
	names: string[];
	cells: Cell[][];
	notes: string[];
}

const own = (row: JsonObject, key: string): Json | undefined => (Object.hasOwn(row, key) ? row[key] : undefined);

interface Key {
	hasScalar: boolean;
	hasList: boolean;
	hasNested: boolean;
	/** Objects under this key, as many as are needed to know what they are like. */
	objects: JsonObject[];
	innerNames: Set<string>;
}

/** One level of nesting becomes columns ("record high"); lists of plain values become text; the rest is named and left out. */
function* flatten(objects: readonly JsonObject[]): Generator<void, Flat> {
	const keys = new Map<string, Key>();
	for (const [at, row] of objects.entries()) {
		if (at % 4000 === 3999) yield;
		for (const key of Object.keys(row)) noteKey(keys, key, row[key]);
	}
	const columns: { name: string; get(row: JsonObject): Json | undefined }[] = [];
	const inner: typeof columns = [];
	const nested: string[] = [];
	let lists = 0;
	for (const [name, key] of keys) {
		if (key.hasList) lists += 1;
		if (key.hasNested) nested.push(name);
		if (key.hasScalar || key.hasList || (key.objects.length === 0 && !key.hasNested))
			columns.push({ name, get: (row) => own(row, name) });
		if (key.objects.length === 0) continue;
		// A map in a row has data as keys; its keys must not become names of columns.
		if (keysVary(key.objects) || isMap(key.objects[0] ?? {})) {
			nested.push(name);
			continue;
		}
		for (const innerName of key.innerNames) {
			const get = (row: JsonObject) => {
				const value = own(row, name);
				return isObject(value) ? own(value, innerName) : undefined;
			};
			const isPlain = objects.every((row) => isPlainValue(get(row)));
			if (isPlain) inner.push({ name: `${name} ${innerName}`, get });
			else nested.push(`${name} ${innerName}`);
		}
		yield;
	}
	const all = [...columns, ...inner];
	const cells: Cell[][] = [];
	for (const [at, row] of objects.entries()) {
		if (at % 4000 === 3999) yield;
		cells.push(all.map(({ get }) => cellOf(get(row))));
	}
	return { names: all.map(({ name }) => name), cells, notes: notesOf(nested, lists) };
}

function noteKey(keys: Map<string, Key>, name: string, value: Json | undefined): void {
	let key = keys.get(name);
	if (!key) {
		key = { hasScalar: false, hasList: false, hasNested: false, objects: [], innerNames: new Set() };
		keys.set(name, key);
	}
	if (isObject(value)) {
		if (key.objects.length < 500) key.objects.push(value);
		if (key.innerNames.size < 2000) for (const innerName of Object.keys(value)) key.innerNames.add(innerName);
	} else if (Array.isArray(value)) {
		if (value.every(isScalar)) key.hasList ||= value.length > 0;
		else key.hasNested = true;
	} else if (value !== null && value !== undefined) key.hasScalar = true;
}

const isPlainValue = (value: Json | undefined): boolean =>
	isScalar(value) || (Array.isArray(value) && value.every(isScalar));

function cellOf(value: Json | undefined): Cell {
	if (value === undefined || value === null) return null;
	if (Array.isArray(value)) return value.length === 0 || !value.every(isScalar) ? null : value.map(String).join(", ");
	return isScalar(value) ? value : null;
}

function notesOf(nested: readonly string[], lists: number): string[] {
	const notes: string[] = [];
	const names = [...new Set(nested)];
	if (names.length > 0) {
		const shown = names.slice(0, 6).map(quoted);
		if (names.length > 6) shown.push(`${names.length - 6} more`);
		notes.push(
			`${listed(shown)} ${names.length === 1 ? "holds" : "hold"} lists or objects, which have no place in a table; ${names.length === 1 ? "it was" : "they were"} left out.`,
		);
	}
	if (lists > 0)
		notes.push(
			`${counted(lists, "column")} ${lists === 1 ? "holds" : "hold"} lists; their values are written with commas between them.`,
		);
	return notes;
}

/** The shape of JSON that is no table, without names and values: "an object of 4: list of 87, …". */
function outlineOf(json: Json, depth: number): string {
	if (Array.isArray(json))
		return `a list of ${json.length}${json.length && depth < 2 ? ` (${outlineOf(json[0] ?? null, depth + 1)})` : ""}`;
	if (isObject(json)) {
		const values = Object.values(json);
		const inside =
			depth < 2
				? `: ${values
						.slice(0, 6)
						.map((value) => outlineOf(value, depth + 1))
						.join(", ")}`
				: "";
		return `an object of ${values.length}${inside}`;
	}
	return json === null ? "nothing" : `a ${typeof json}`;
}
