// JSON files: finds the table in them. Objects whose keys are data (a map from people to numbers, from days to readings) are
// recognised, so that their keys become a column of data and are never told to a model.
import { fail, ok, type Result } from "#schema/result.ts";
import { inferColumn } from "./column-types.ts";
import { namesOf } from "./read-csv.ts";
import { type Cell, type Reference, type ReferenceReason, referenceLimits } from "./reference.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
	typeof value === "object" && value !== null && !Array.isArray(value);
const isScalar = (value: Json | undefined): value is Cell =>
	value === undefined || value === null || typeof value !== "object";

export function readJson(
	text: string,
	common: { name: string; sizeBytes: number },
): Result<Reference, ReferenceReason> {
	let json: Json;
	try {
		json = JSON.parse(text.replace(/^\uFEFF/, "")) as Json;
	} catch {
		return fail("broken_json");
	}
	const found = findTable(json);
	if (!found) return ok({ ...common, kind: "json", mediaType: "application/json", outline: outlineOf(json, 0) });
	const { rows, nested } = flatten(found.rows);
	if (rows.names.length > referenceLimits.columns) return fail("too_wide");
	if (rows.cells.length === 0 || rows.names.length === 0) return fail("no_rows");
	return ok({
		...common,
		kind: "table",
		mediaType: "application/json",
		rows: rows.cells,
		profile: {
			rows: rows.cells.length,
			columns: namesOf(rows.names, rows.names.length).map((name, at) =>
				inferColumn(
					name,
					rows.cells.map((row) => row[at] ?? null),
				),
			),
			delimiter: null,
			header: found.isNamed ? "keys" : "none",
			keysAreData: found.keysAreData,
			unevenRows: 0,
			nestedColumns: nested,
		},
	});
}

interface FoundTable {
	rows: JsonObject[];
	keysAreData: boolean;
	/** The column names are property names of the file, not names we made up. */
	isNamed: boolean;
}

/** The table of a file: the file itself, or the largest one in a property of it. */
function findTable(json: Json, depth = 0): FoundTable | null {
	const here = asTable(json);
	if (here) return here;
	if (!isObject(json) || depth > 2) return null;
	const candidates = Object.values(json).flatMap((value) =>
		Array.isArray(value) || isObject(value) ? (findTable(value, depth + 1) ?? []) : [],
	);
	return candidates.reduce<FoundTable | null>(
		(best, each) => (!best || each.rows.length > best.rows.length ? each : best),
		null,
	);
}

function asTable(json: Json): FoundTable | null {
	if (Array.isArray(json)) {
		const objects = json.filter(isObject);
		if (objects.length > 0 && objects.length >= json.length * 0.9) {
			// [{"Ann": 3}, {"Bob": 4}]: every object has keys of its own, so the keys are data.
			return keysVary(objects)
				? pairs(objects.flatMap((object) => Object.entries(object)))
				: { rows: objects, keysAreData: false, isNamed: true };
		}
		const lists = json.filter(Array.isArray);
		if (
			lists.length >= 2 &&
			lists.length === json.length &&
			lists.every((list) => list.every(isScalar) && list.length <= referenceLimits.columns)
		) {
			return {
				rows: lists.map((list) => object(list.map((cell, at) => [`Column ${at + 1}`, cell]))),
				keysAreData: false,
				isNamed: false,
			};
		}
		return json.length >= 2 && json.every(isScalar)
			? { rows: json.map((value) => object([["Value", value]])), keysAreData: false, isNamed: false }
			: null;
	}
	return isObject(json) && isMap(json) ? pairs(Object.entries(json)) : null;
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
	return { rows, keysAreData: true, isNamed: entries.some(([, value]) => isObject(value)) };
}

/** Keys that nobody would choose as the name of a property. */
const looksLikeValue = (key: string): boolean =>
	/@|\s|^\d|^https?:|\d{4}-\d{2}|^[0-9a-f-]{16,}$|[^\p{L}\p{N}_$-]/iu.test(key) || /^\p{Lu}\p{Ll}+$/u.test(key);

/** A map: values of one kind under several keys that do not look like property names, or under very many. */
function isMap(json: JsonObject): boolean {
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
const keysVary = (objects: readonly JsonObject[]): boolean =>
	objects.length >= 2 && shareOfCommonKeys(objects) <= 0.34 + 0.2 / objects.length;

interface Flat {
	names: string[];
	cells: Cell[][];
}

/** One level of nesting becomes columns ("record high"); lists of plain values become text; the rest is counted and left out. */
function flatten(objects: readonly JsonObject[]): { rows: Flat; nested: number } {
	const columns = new Map<string, (row: JsonObject) => Json | undefined>();
	const nested = new Set<string>();
	const own = (row: JsonObject, key: string): Json | undefined => (Object.hasOwn(row, key) ? row[key] : undefined);
	const inner = new Map<string, JsonObject[]>();
	for (const row of objects) {
		for (const [key, value] of Object.entries(row)) {
			if (isObject(value)) inner.set(key, [...(inner.get(key) ?? []).slice(-500), value]);
			else if (Array.isArray(value) && !value.every(isScalar)) nested.add(key);
			else if (!columns.has(key)) columns.set(key, (each) => own(each, key));
		}
	}
	for (const [key, values] of inner) {
		columns.delete(key);
		// A map in a row has data as keys; its keys must not become names of columns.
		if (keysVary(values) || isMap(values[0] ?? {})) {
			nested.add(key);
			continue;
		}
		for (const name of new Set(values.flatMap((value) => Object.keys(value)))) {
			const get = (each: JsonObject) => {
				const value = own(each, key);
				return isObject(value) ? own(value, name) : undefined;
			};
			if (objects.every((each) => isScalar(get(each)) || Array.isArray(get(each)))) columns.set(`${key} ${name}`, get);
			else nested.add(`${key} ${name}`);
		}
	}
	for (const key of nested) columns.delete(key);
	const getters = Array.from(columns.values());
	const cells = objects.map((row) => getters.map((get) => cellOf(get(row))));
	return { rows: { names: Array.from(columns.keys()), cells }, nested: nested.size };
}

function cellOf(value: Json | undefined): Cell {
	if (value === undefined || value === null) return null;
	if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).join(", ");
	return isScalar(value) ? value : null;
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
