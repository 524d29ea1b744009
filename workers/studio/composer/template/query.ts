// Searching, filtering, sorting and adding up.
import type { DataRecord } from "freehold";
import { fold } from "freehold/tables";
import {
	alertOf,
	app,
	type Field,
	fieldOf,
	fields,
	fieldValue,
	isDate,
	isNumeric,
	today,
	type Value,
} from "./model.ts";
import { editText, formatValue } from "./values.ts";
import { no, yes } from "./words.ts";

// The letters of a picture are no words.
const searchable = fields.filter((field) => field.type !== "image");

/** What is asked of one field: some of its choices, or a range. */
export interface Filter {
	choices?: string[];
	from?: string;
	to?: string;
}

export interface Query {
	search: string;
	filters: Record<string, Filter>;
	attention: boolean;
	sortKey: string;
	descending: boolean;
}

export const startQuery = (): Query => ({
	search: "",
	filters: {},
	attention: false,
	sortKey: app.sort.key,
	descending: app.sort.descending,
});

const isActive = (filter: Filter): boolean => Boolean(filter.choices?.length || filter.from || filter.to);
export const activeFilters = (query: Query): [Field, Filter][] =>
	fields.flatMap((field) => {
		const filter = Object.hasOwn(query.filters, field.key) ? query.filters[field.key] : undefined;
		return filter && isActive(filter) ? [[field, filter] as [Field, Filter]] : [];
	});

export const filterFields = fields.filter(
	(field) => field.type === "choice" || field.type === "boolean" || isDate(field) || isNumeric(field),
);

export function select(records: DataRecord[], query: Query): DataRecord[] {
	const words = fold(query.search).split(/\s+/).filter(Boolean);
	const filters = activeFilters(query);
	const kept = records.filter((record) => {
		if (query.attention && !fields.some((field) => alertOf(record, field))) return false;
		if (!filters.every(([field, filter]) => matches(fieldValue(record, field), field, filter))) return false;
		if (words.length === 0) return true;
		const text = fold(
			searchable
				.map((field) => {
					const value = fieldValue(record, field);
					return value === null ? "" : `${formatValue(field, value)} ${String(value)} ${editText(field, value)}`;
				})
				.join(" "),
		);
		return words.every((word) => text.includes(word));
	});
	const field = fieldOf(query.sortKey);
	return field ? kept.sort((a, b) => compare(a, b, field, query.descending)) : kept;
}

function matches(value: Value, field: Field, filter: Filter): boolean {
	if (filter.choices?.length)
		return filter.choices.includes(field.type === "boolean" ? (value === true ? yes : no) : String(value ?? ""));
	if (value === null) return false;
	if (isNumeric(field)) {
		return (!filter.from || Number(value) >= Number(filter.from)) && (!filter.to || Number(value) <= Number(filter.to));
	}
	const day = String(value).slice(0, 10);
	return (!filter.from || day >= filter.from) && (!filter.to || day <= filter.to);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Empty values stand last in either direction; choices stand in their own order. */
function compare(a: DataRecord, b: DataRecord, field: Field, descending: boolean): number {
	const [left, right] = [sortable(fieldValue(a, field), field), sortable(fieldValue(b, field), field)];
	if (left === null || right === null) return left === right ? b.createdAt - a.createdAt : left === null ? 1 : -1;
	const order =
		typeof left === "number" && typeof right === "number"
			? left - right
			: collator.compare(String(left), String(right));
	return (descending ? -order : order) || b.createdAt - a.createdAt;
}

function sortable(value: Value, field: Field): string | number | null {
	if (value === null || value === "") return null;
	if (Array.isArray(value)) return value.length;
	if (typeof value === "boolean") return value ? 1 : 0;
	if (field.type === "choice") {
		const place = field.choices?.indexOf(String(value)) ?? -1;
		return place >= 0 ? place : (field.choices?.length ?? 0) + 1;
	}
	return value;
}

export function sum(records: DataRecord[], field: Field): number {
	return records.reduce((total, record) => total + Number(fieldValue(record, field) ?? 0), 0);
}

export function average(records: DataRecord[], field: Field): number | null {
	const values = records.map((record) => fieldValue(record, field)).filter((value) => typeof value === "number");
	return values.length ? values.reduce((total, value) => total + value, 0) / values.length : null;
}

export interface Group {
	key: string;
	records: DataRecord[];
}

/** Records by choice, text, yes/no, or month of a date. Choices keep their order; months go forward. */
export function groupBy(records: DataRecord[], field: Field): Group[] {
	const groups = new Map<string, DataRecord[]>((field.choices ?? []).map((choice) => [choice, []]));
	for (const record of records) {
		const value = fieldValue(record, field);
		const key =
			value === null
				? ""
				: isDate(field)
					? String(value).slice(0, 7)
					: typeof value === "boolean"
						? value
							? yes
							: no
						: String(value);
		const group = groups.get(key);
		if (group) group.push(record);
		else groups.set(key, [record]);
	}
	const list = Array.from(groups, ([key, group]) => ({ key, records: group }));
	return isDate(field) ? list.sort((a, b) => (a.key < b.key ? -1 : 1)) : list;
}

/** Days in a row up to today (or yesterday, while today is not over). */
export function streak(days: string[], now = today()): number {
	const done = new Set(days);
	const [year = 0, month = 1, date = 1] = now.split("-").map(Number);
	const back = (count: number) => new Date(Date.UTC(year, month - 1, date - count)).toISOString().slice(0, 10);
	let count = 0;
	for (let at = done.has(now) ? 0 : 1; done.has(back(at)); at += 1) count += 1;
	return count;
}
