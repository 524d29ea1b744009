// What this app keeps. The fields, labels, choices and views are in freehold.app.json: change that file to change the app.
import type { DataRecord } from "freehold";
import { type FieldType, readBoolean } from "freehold/tables";
import json from "./freehold.app.json";

export interface Field {
	key: string;
	label: string;
	type: FieldType;
	required?: boolean;
	choices?: string[];
	unit?: string;
	/** Every number is written with so many decimals, also when they are zeros. */
	decimals?: number;
	help?: string;
	suggest?: boolean;
	plain?: boolean;
	total?: "sum" | "average";
	computed?: { op: "product" | "sum" | "difference" | "addDays" | "hoursBetween"; of: string[] };
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
	entity: { singular: string; plural: string };
	collection: string;
	fields: Field[];
	titleField: string;
	views: View[];
	chart: { by: string; measure: string } | null;
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
	if (typeof raw === "boolean") return raw ? "Yes" : "No";
	const text = String(raw);
	if (field.type === "date") return /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : null;
	if (field.type === "dateTime") return /^\d{4}-\d{2}-\d{2}/.test(text) ? text : null;
	return text;
}

function compute(values: Record<string, unknown>, computed: NonNullable<Field["computed"]>): Value {
	const parts = computed.of.map((key) => {
		const field = fieldOf(key);
		return field && !field.computed ? valueIn(values, field) : null;
	});
	if (parts.some((part) => part === null)) return null;
	const [first, second] = parts;
	switch (computed.op) {
		case "product":
			return parts.reduce<number>((product, part) => product * Number(part), 1);
		case "sum":
			return parts.reduce<number>((sum, part) => sum + Number(part), 0);
		case "difference":
			return Number(first) - Number(second);
		case "addDays":
			return addDays(String(first), Number(second));
		case "hoursBetween":
			return hoursBetween(String(first), String(second));
	}
}

function hoursBetween(from: string, to: string): number | null {
	const minutes = (time: string) => {
		const [hours = Number.NaN, rest = Number.NaN] = time.split(":").map(Number);
		return hours * 60 + rest;
	};
	const span = minutes(to) - minutes(from);
	// A shift that ends after midnight.
	return Number.isFinite(span) ? Math.round(((span + 1440) % 1440) / 0.6) / 100 : null;
}

/** "Import 12 rows from plants.csv" */
export const seedWords = ({ rows, from }: NonNullable<AppSpec["seed"]>): string =>
	`Import ${rows} ${rows === 1 ? "row" : "rows"} from ${from}`;

export const titleOf = (record: DataRecord): string => {
	const field = fieldOf(app.titleField);
	const value = field ? fieldValue(record, field) : null;
	if (!field || value === null || value === "") return `Untitled ${app.entity.singular.toLowerCase()}`;
	if (!isDate(field)) return String(value);
	return dateOf(String(value)).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });
};

/** A label inside a sentence: "due date", but "US gross". */
export const inSentence = (label: string): string =>
	/^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

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

/** Days are written 2026-11-21, in the time zone of the person. */
export function today(): string {
	return dayOf(new Date());
}

export function dayOf(date: Date): string {
	const two = (number: number) => String(number).padStart(2, "0");
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dateOf(day: string): Date {
	const [year = 0, month = 1, date = 1] = day.slice(0, 10).split("-").map(Number);
	const result = new Date(year, month - 1, date);
	// The constructor reads years below 100 as 19xx.
	result.setFullYear(year);
	return result;
}

export function addDays(day: string, days: number): string {
	const date = dateOf(day);
	date.setDate(date.getDate() + days);
	return dayOf(date);
}
