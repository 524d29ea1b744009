// What this app keeps. The fields, labels, choices and views are in freehold.app.json: change that file to change the app.
import type { DataRecord } from "freehold";
import { type FieldType, readBoolean } from "freehold/tables";
import { dateOf, today } from "./days.ts";
import json from "./freehold.app.json";
import { no, words, yes } from "./words.ts";
import { type Computed, workOut } from "./worked-out.ts";

export { addDays, dateOf, dayOf, today } from "./days.ts";

export interface Field {
	key: string;
	label: string;
	type: FieldType;
	required?: boolean;
	unique?: boolean;
	min?: number;
	max?: number;
	maxLength?: number;
	choices?: string[];
	unit?: string;
	/** Every number is written with so many decimals, also when they are zeros. */
	decimals?: number;
	help?: string;
	suggest?: boolean;
	plain?: boolean;
	total?: "sum" | "average";
	computed?: Computed;
	alert?: { kind: "past" | "due" | "atMost"; field?: string; words: string; unless?: string };
	quick?: string;
	startsAs?: string | number | boolean;
}

export type View =
	| { kind: "table" }
	| { kind: "cards" }
	| { kind: "board"; by: string }
	| { kind: "calendar"; by: string };

export interface AppSpec {
	title: string;
	description: string;
	icon: string;
	accent: { light: string; dark: string };
	currency: string;
	/** Missing: English. */
	language?: string;
	entity: { singular: string; plural: string };
	collection: string;
	fields: Field[];
	titleField: string;
	views: View[];
	chart: { by: string; measure: string; kind?: "bar" | "line" | "pie" } | null;
	sort: { key: string; descending: boolean };
	seed: { file: string; from: string; rows: number; files?: number; leftOut?: { rows: number; why: string } } | null;
	/** A picture among the files of this app. */
	picture?: string;
	examples: boolean;
}

export type Value = string | number | boolean | string[] | null;
export type Values = Record<string, Value>;

export const app = json as unknown as AppSpec;
export const fields = app.fields;
export const inputFields = fields.filter((field) => !field.computed);

const byKey = new Map(fields.map((field) => [field.key, field]));
export const fieldOf = (key: string): Field | undefined => byKey.get(key);

export const isNumeric = (field: Field): boolean =>
	["integer", "decimal", "money", "percent", "rating"].includes(field.type);
export const isDate = (field: Field): boolean => field.type === "date" || field.type === "dateTime";

/** The value of a field in a record, worked out if the field is computed, and null if it is empty or of another type. */
export function fieldValue(record: DataRecord, field: Field): Value {
	return valueIn(record.value, field);
}

export function valueIn(values: Record<string, unknown>, field: Field): Value {
	if (field.computed) return compute(values, field.computed);
	const raw = Object.hasOwn(values, field.key) ? values[field.key] : null;
	return coerce(field, raw);
}

/** Reads what is stored, also when the field had another type at the time. */
function coerce(field: Field, raw: unknown): Value {
	if (raw === null || raw === undefined || raw === "") return field.type === "checkins" ? [] : null;
	if (field.type === "checkins") return Array.isArray(raw) ? raw.filter((day) => typeof day === "string") : [];
	if (field.type === "boolean") return typeof raw === "boolean" ? raw : readBoolean(String(raw));
	if (isNumeric(field)) {
		const number = typeof raw === "number" ? raw : Number(raw);
		return Number.isFinite(number) ? number : null;
	}
	if (typeof raw === "boolean") return raw ? yes : no;
	const text = String(raw);
	if (field.type === "date") return /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : null;
	if (field.type === "dateTime") return /^\d{4}-\d{2}-\d{2}/.test(text) ? text : null;
	return text;
}

/** Worked-out fields may be parts of others; eight in a row are more than any app has. */
function compute(values: Record<string, unknown>, computed: Computed, depth = 0): Value {
	const parts = computed.of.map((key) => {
		const field = fieldOf(key);
		if (!field || depth > 8) return null;
		return field.computed ? compute(values, field.computed, depth + 1) : valueIn(values, field);
	});
	return workOut(computed, parts);
}

export const titleOf = (record: DataRecord): string => {
	const field = fieldOf(app.titleField);
	const value = field ? fieldValue(record, field) : null;
	if (!field || value === null || value === "") return words.untitled;
	if (!isDate(field)) return String(value);
	return dateOf(String(value)).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });
};

/** Why a record needs attention today, in the words of its field; null if it does not. */
export function alertOf(record: DataRecord, field: Field): string | null {
	if (!field.alert) return null;
	const { kind, field: other, words, unless } = field.alert;
	if (unless && fields.some((each) => each.type === "choice" && fieldValue(record, each) === unless)) return null;
	const value = fieldValue(record, field);
	if (value === null) return null;
	if (kind === "past") return String(value).slice(0, 10) < today() ? words : null;
	if (kind === "due") return String(value).slice(0, 10) <= today() ? words : null;
	const limit = other ? fieldOf(other) : undefined;
	const least = limit ? fieldValue(record, limit) : 0;
	return least !== null && Number(value) <= Number(least) ? words : null;
}
