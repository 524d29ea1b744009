// An app from the columns of a CSV or JSON file, and its rows as a file that the person can import with one button.
import {
	readBoolean,
	readMoment,
	readMoney,
	readNumber,
	readPercent,
	readTime,
} from "#studio/build/references/cell-values.ts";
import { isEmpty } from "#studio/build/references/column-types.ts";
import type { Column } from "#studio/build/references/profile.ts";
import type { Cell, Reference } from "#studio/build/references/reference.ts";
import type { Planned } from "./domains/domain.ts";
import { findDomain } from "./domains/known.ts";
import { cleanLabel, cleanText, keyFor, labelOfColumn, pluralOf, singularOf } from "./names.ts";
import { accentFor, assemble, mostFields } from "./new-app.ts";
import { type Entity, readEntity } from "./read-entity.ts";
import { readFeatures } from "./read-features.ts";
import type { AppSpec, View } from "./spec.ts";
import { listWords } from "./understanding.ts";

export type TableReference = Extract<Reference, { kind: "table" }>;

export const seedLimits = { rows: 2000, chars: 390_000 } as const;

export interface TableApp {
	spec: AppSpec;
	seed: Seed;
	assumed: string[];
}

export interface Seed {
	keys: string[];
	rows: unknown[][];
}

export function planFromTable(prompt: string, reference: TableReference): TableApp {
	const { profile } = reference;
	const assumed: string[] = [];
	const used = profile.columns.map((column, at) => ({ column, at })).filter(({ column }) => column.type !== "empty");
	const kept = (used.length > 0 ? used : profile.columns.map((column, at) => ({ column, at }))).slice(0, mostFields);
	const taken = new Set<string>();
	const fields = kept.map(({ column, at }) => {
		const planned = plannedOf(column, profile.rows);
		const as = keyFor(planned.label, taken);
		taken.add(as);
		return { at, column, planned: { ...planned, as } };
	});
	const features = readFeatures(prompt);
	const about = findDomain(prompt)?.domain ?? null;
	const stem = labelOfColumn(reference.name.replace(/\.[a-z0-9]+$/i, "").replace(/[-–]+/g, " "));
	const entity = about ? { singular: about.singular, plural: about.plural } : (readEntity(prompt) ?? entityOf(stem));
	const title = titleOf(fields, profile.rows);
	const planned = fields.map((field) => ({
		...field.planned,
		...(field === title && field.column.filled === profile.rows ? { required: true } : {}),
	}));
	const currency = profile.columns.find((column) => column.currency)?.currency;
	const day = fields.find(({ column }) => column.type === "date" || column.type === "dateTime");
	const status = fields.find(
		({ planned: field }) =>
			field.type === "choice" &&
			/\b(status|stage|state|phase|priority)\b/i.test(field.label) &&
			(field.choices?.length ?? 9) <= 7,
	);
	const views: View[] = [{ kind: "table" }];
	if (status) views.push({ kind: "board", by: status.planned.as });
	if (day) views.push({ kind: "calendar", by: day.planned.as });
	const spec = assemble({
		title: features.title ?? (about ? about.title : stem || entity.plural),
		description: `Made from the columns of ${cleanText(reference.name, 100)}.`,
		icon: about?.icon ?? "table",
		accent: about?.accent ?? accentFor(stem),
		entity,
		planned,
		views,
		chart: null,
		sort: day
			? { key: day.planned.as, descending: false }
			: { key: title?.planned.as ?? planned[0]?.as ?? "name", descending: false },
		features: { ...features, currency: features.currency ?? currency ?? null },
	});
	const { seed, lost } = seedOf(
		reference,
		fields.map(({ at, column }, index) => ({ at, column, key: spec.fields[index]?.key ?? "" })),
	);
	const withSeed: AppSpec = {
		...spec,
		titleField: spec.fields[title ? fields.indexOf(title) : 0]?.key ?? spec.titleField,
		seed: { file: "seed.json", from: cleanText(reference.name, 100), rows: seed.rows.length },
	};
	explain(reference, seed, lost, used.length, assumed);
	return { spec: withSeed, seed, assumed };
}

function explain(reference: TableReference, seed: Seed, lost: number, columns: number, assumed: string[]): void {
	const { profile } = reference;
	if (profile.header === "guessed") assumed.push("The first line of the file was taken as the names of its columns.");
	if (profile.header === "none")
		assumed.push("The file has no names of columns, so they are numbered. Rename them as you like.");
	if (profile.keysAreData) assumed.push("The keys of this file look like data, so they became a column.");
	if (profile.nestedColumns) assumed.push(`${profile.nestedColumns} columns hold lists or objects and were left out.`);
	if (columns > mostFields) assumed.push(`The file has ${columns} columns; the first ${mostFields} were used.`);
	if (profile.unevenRows)
		assumed.push(`${profile.unevenRows} lines have more or fewer cells than the first line; missing cells are empty.`);
	const ambiguous = profile.columns.filter((column) => column.isAmbiguous).map((column) => labelOfColumn(column.name));
	if (ambiguous.length)
		assumed.push(`Day and month of ${listWords(ambiguous)} cannot be told apart for sure; please check a few rows.`);
	if (seed.rows.length < profile.rows)
		assumed.push(
			`The file has ${profile.rows} rows; the first ${seed.rows.length} come with the app. Import the rest with “Import a CSV file”.`,
		);
	if (lost > 0) assumed.push(`${lost} values do not fit the type of their column and are left empty.`);
}

function entityOf(stem: string): Entity {
	const singular = singularOf(stem);
	const isPlural = singular !== stem && stem.split(" ").length <= 3 && !/\d/.test(stem);
	return isPlural
		? { singular: cleanLabel(singular, 40), plural: cleanLabel(pluralOf(singular), 40) }
		: { singular: "Record", plural: "Records" };
}

const addable =
	/\b(count|quantity|qty|number of|total|people|population|deaths|units|sales|visitors|passengers|hours|minutes|amount|votes|goals|wins|volume)\b/i;
const unitAtEnd = /[\s_](?:in[\s_])?(min|hours|lbs|kg|km|cm|mm|mph|knots)$/i;
const onMap = /^(lat|latitude|lon|lng|long|longitude)$/i;
const notAddable = /\b(price|rate|salary|income|open|close|high|low|average|mean|per|index|score)\b/i;

function plannedOf(column: Column, rows: number): Omit<Planned, "as"> {
	const isNumber = ["integer", "decimal", "money", "percent"].includes(column.type);
	// "Beak Length (mm)", "Weight in lbs", "Running time min"
	const unit =
		/\(([^()]{1,10})\)\s*$/.exec(column.name)?.[1] ?? (isNumber ? unitAtEnd.exec(column.name)?.[1] : undefined);
	const label =
		labelOfColumn(unit ? column.name.replace(/\([^()]*\)\s*$/, "").replace(unitAtEnd, "") : column.name) || "Column";
	const total: Planned["total"] =
		addable.test(label) && column.type !== "percent"
			? "sum"
			: column.type === "money" && !notAddable.test(label)
				? "sum"
				: "average";
	const type: Planned["type"] = column.type === "empty" ? "text" : column.type;
	return {
		label,
		type,
		...(type === "choice" ? { choices: choicesOf(column) } : {}),
		...(column.isPlain || onMap.test(label) ? { plain: true } : isNumber ? { total } : {}),
		...(unit && isNumber && type !== "money" && type !== "percent" ? { unit: cleanText(unit, 12) } : {}),
		// Texts that come again and again can be grouped by, and are offered while typing.
		...(type === "text" && column.distinct <= rows / 3 && column.distinct > 1 ? { suggest: true } : {}),
	};
}

const choicesOf = (column: Column): string[] =>
	Array.from(new Set((column.choices ?? []).map((choice) => cleanText(choice, 80)).filter(Boolean)));

interface PlacedField {
	at: number;
	column: Column;
	planned: Planned;
}

/** The column that names a row: one called name or title, else the text with the most different values. */
function titleOf(fields: readonly PlacedField[], rows: number): PlacedField | undefined {
	const texts = fields.filter(({ column }) => column.type === "text" && column.filled > rows * 0.8);
	const named = texts.find(({ planned }) =>
		/\b(name|title|titel|nom|nombre|nome|label|subject|product|item|model)\b/i.test(planned.label),
	);
	const best = texts.reduce<PlacedField | undefined>(
		(most, each) => (!most || each.column.distinct > most.column.distinct * 1.5 ? each : most),
		undefined,
	);
	// One row for each day: the day names it.
	const day = fields.find(({ column }) => column.type === "date" && column.distinct === rows);
	return named ?? best ?? day ?? fields.find(({ column }) => column.type === "choice") ?? fields[0];
}

function seedOf(
	reference: TableReference,
	fields: readonly { at: number; column: Column; key: string }[],
): { seed: Seed; lost: number } {
	const rows: unknown[][] = [];
	let lost = 0;
	let chars = 0;
	for (const row of reference.rows) {
		if (rows.length >= seedLimits.rows) break;
		let misses = 0;
		const values = fields.map(({ at, column }) => {
			const cell = row[at] ?? null;
			const value = isEmpty(cell) ? null : convert(cell, column);
			if (value === null && !isEmpty(cell)) misses += 1;
			return value;
		});
		chars += JSON.stringify(values).length + 2;
		if (chars > seedLimits.chars - 4000) break;
		rows.push(values);
		lost += misses;
	}
	return { seed: { keys: fields.map(({ key }) => key), rows }, lost };
}

/** A cell as the app keeps it; null if it is not of the column's type. */
function convert(cell: Cell, column: Column): string | number | boolean | null {
	const text = String(cell).trim();
	const comma = column.decimalComma ?? false;
	switch (column.type) {
		case "integer":
		case "decimal":
			return typeof cell === "number" ? cell : readNumber(text, comma);
		case "money":
			return typeof cell === "number" ? cell : (readMoney(text, comma)?.amount ?? readNumber(text, comma));
		case "percent":
			return typeof cell === "number" ? cell : (readPercent(text, comma) ?? readNumber(text, comma));
		case "boolean":
			return typeof cell === "boolean" ? cell : typeof cell === "number" ? cell === 1 : readBoolean(text);
		case "date":
			return readMoment(text, column.dateOrder ?? "ymd")?.day ?? null;
		case "dateTime": {
			const moment = readMoment(text, column.dateOrder ?? "ymd");
			return moment ? `${moment.day}T${moment.time ?? "00:00"}` : null;
		}
		case "time":
			return readTime(text);
		default:
			return text.slice(0, 10_000);
	}
}
