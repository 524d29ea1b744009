// An app from the columns of a CSV or JSON file, and its rows as files that the person can import with one button.

import { cleanText } from "#lib/clean-text.ts";
import { counted, listed } from "#lib/tables/cells.ts";
import { columnForField } from "#lib/tables/field-columns.ts";
import type { Column } from "#schema/columns.ts";
import { findCredentials } from "#studio/files/credentials.ts";
import type { Reference } from "#studio/references/reference.ts";
import { accentFor, assemble } from "./assemble.ts";
import type { Planned } from "./domains/domain.ts";
import { lendTo } from "./domains/lend.ts";
import { cleanLabel, type Entity, keyFor, labelOfColumn } from "./names.ts";
import { pluralOf, singularOf } from "./number-of-nouns.ts";
import { readFeatures } from "./reading/features.ts";
import { languageOf, tidyPrompt } from "./reading/text.ts";
import { readThing } from "./reading/thing.ts";
import { type MadeSeed, makeSeed, type Seed, seedFiles, seedLimits } from "./seed.ts";
import { type AppSpec, type Field, mostFields, type View } from "./spec.ts";

export type TableReference = Extract<Reference, { kind: "table" }>;

export interface TableApp {
	spec: AppSpec;
	seed: Seed;
	assumed: string[];
}

/** An app that was composed before rows could stand in several files reads only the first. */
export interface TableOptions {
	mostFiles?: number;
	/** The currency and the fields of the app that the table is added to: a column of the same name is read by its field's type. */
	currency?: string;
	/** The currency of the region, for amounts that carry no sign. */
	region?: string;
	fields?: readonly Field[];
}

/** Yields between slices of work. */
export function* planFromTable(
	prompt: string,
	reference: TableReference,
	{ mostFiles = 20, currency: ownCurrency, region = "USD", fields: known = [] }: TableOptions = {},
): Generator<void, TableApp> {
	const { profile } = reference;
	const used = profile.columns.map((column, at) => ({ column, at })).filter(({ column }) => column.type !== "empty");
	const candidates = used.length > 0 ? used : profile.columns.map((column, at) => ({ column, at }));
	const kept = candidates.slice(0, mostFields);
	const features = readFeatures(prompt);
	const signs = profile.columns.flatMap((column) =>
		column.type === "money" && column.currency ? [column.currency] : [],
	);
	const currency = ownCurrency ?? signs[0] ?? features.currency;
	const taken = new Set<string>();
	const today = new Date().toISOString().slice(0, 10);
	for (const place of kept) {
		const field = known.find(
			(each) => !each.computed && isSameLabel(each.label, labelOf(place.column, profile.columns)),
		);
		if (!field || field.type === place.column.type) continue;
		const about = { type: field.type, unit: field.unit, currency: currency ?? undefined };
		const { delimiter } = profile;
		place.column = yield* columnForField(about, place.column.name, reference.rows, place.at, { delimiter, today });
	}
	const fields = kept.map(({ column: read, at }): PlacedField => {
		const column = inCurrency(read, currency);
		const planned = plannedOf(column, profile.rows, profile.columns);
		const as = keyFor(planned.label, taken);
		taken.add(as);
		return { at, column, planned: { ...planned, as } };
	});
	const language = languageOf(prompt);
	const thing = readThing(tidyPrompt(prompt), "", language);
	const about = lendTo(thing, prompt)?.domain ?? null;
	const stem = labelOfColumn(reference.name.replace(/\.[a-z0-9]+$/i, "").replace(/[-–]+/g, " "));
	// A name the prompt only may mean ("make an app of this") gives way to that of the file.
	const entity: Entity = thing?.isNamed ? { singular: thing.singular, plural: thing.plural } : entityOf(stem);
	const title = titleOf(fields, profile.rows);
	const planned = fields.map((field) => ({
		...field.planned,
		...(field === title && field.column.filled === profile.rows ? { required: true } : {}),
	}));
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
	const { spec } = assemble({
		title: features.title ?? (thing?.isNamed ? (thing.title ?? thing.plural) : stem || entity.plural),
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
		features: { ...features, currency: currency ?? null },
		currency: region,
		language,
		isFromFile: true,
	});
	const columns = fields.map(({ at, column }, index) => ({ at, column, key: spec.fields[index]?.key ?? "" }));
	const made = yield* makeSeed(reference.rows, columns, mostFiles, today);
	const { seed, leftOut } = made;
	const files = seedFiles(seed).length;
	const withSeed: AppSpec = {
		...spec,
		titleField: spec.fields[title ? fields.indexOf(title) : 0]?.key ?? spec.titleField,
		seed: {
			file: "seed.json",
			from: cleanText(reference.name, 100),
			rows: seed.rows.length,
			...(files > 1 ? { files } : {}),
			...(leftOut ? { leftOut } : {}),
		},
	};
	return { spec: withSeed, seed, assumed: explain(reference, made, columns, candidates.slice(mostFields), currency) };
}

export const isSameLabel = (one: string, other: string): boolean =>
	one.normalize("NFC").toLowerCase() === other.normalize("NFC").toLowerCase();

/** An app shows amounts in one currency; an amount in another one stays a number with its own sign. */
function inCurrency(column: Column, currency: string | null | undefined): Column {
	if (column.type !== "money" || !column.currency || !currency || column.currency === currency) return column;
	return { ...column, type: "decimal", unit: column.currency };
}

/** Everything that was assumed or left out, as sentences. */
function explain(
	{ profile }: TableReference,
	{ seed, leftOut, notes }: MadeSeed,
	columns: readonly { column: Column }[],
	unused: readonly { column: Column }[],
	currency: string | null | undefined,
): string[] {
	const said: string[] = [];
	if (profile.header === "guessed")
		said.push(
			profile.headerLine === null || profile.headerLine === 1
				? "The first line of the file was taken as the names of its columns."
				: `Line ${profile.headerLine} of the file was taken as the names of its columns.`,
		);
	if (profile.header === "none")
		said.push("The file has no names of columns, so they are numbered. Rename them as you like.");
	if (profile.keysAreData) said.push("The keys of this file look like data, so they became a column.");
	said.push(...profile.notes);
	if (unused.length > 0) {
		const names = unused.slice(0, 10).map(({ column }) => `“${labelOfColumn(column.name)}”`);
		if (unused.length > names.length) names.push(`${unused.length - names.length} more`);
		said.push(
			`The file has more than ${mostFields} columns; ${listed(names)} ${unused.length === 1 ? "was" : "were"} left out.`,
		);
	}
	for (const { column } of columns)
		for (const note of column.notes) said.push(`${labelOfColumn(column.name) || "Column"}: ${note}`);
	const foreign = columns.filter(({ column }) => column.currency && column.type === "decimal");
	for (const { column } of foreign)
		said.push(
			`${labelOfColumn(column.name)}: Its amounts are in ${column.currency}, and the app shows ${currency}; they are kept as numbers with ${column.currency} beside them.`,
		);
	said.push(...notes);
	if (leftOut)
		said.push(
			`The file has ${counted(profile.rows, "row")}; the first ${seed.rows.length.toLocaleString("en")} come with the app, and the other ${leftOut.rows.toLocaleString("en")} were left out, because ${leftOut.why}.${
				seed.rows.length < seedLimits.rows ? " Import the rest with “Import a CSV file” in the app." : ""
			}`,
		);
	return said;
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

/** "Beak Length (mm)", "Weight in lbs", "Running time min"; but "temp_min" beside "temp_max" is the lowest of something. */
function unitIn(name: string, isNumber: boolean, all: readonly Column[]): string | undefined {
	const inBrackets = /\(([^()]{1,10})\)\s*$/.exec(name)?.[1];
	if (inBrackets) return inBrackets;
	const unit = isNumber ? unitAtEnd.exec(name)?.[1] : undefined;
	if (unit?.toLowerCase() !== "min" || /[\s_]in[\s_]min$/i.test(name)) return unit;
	const stem = name.slice(0, -4).toLowerCase();
	const isLowest =
		/(?:^|[\s_])(?:temp\w*|prices?|scores?|value|range|age|salary|rate|rating|bid|height|weight|level)$/.test(stem) ||
		all.some((column) => {
			const other = column.name.toLowerCase();
			return (
				other.startsWith(stem) &&
				/^[\s_.-]*(?:max|maximum|avg|average|mean|median|high|low)$/.test(other.slice(stem.length))
			);
		});
	return isLowest ? undefined : unit;
}

/** The name of a column without its unit. */
function labelOf(column: Column, all: readonly Column[]): string {
	const isNumber = ["integer", "decimal", "money", "percent"].includes(column.type);
	const name = unitIn(column.name, isNumber, all)
		? column.name.replace(/\([^()]*\)\s*$/, "").replace(unitAtEnd, "")
		: column.name;
	return labelOfColumn(name) || "Column";
}

function plannedOf(column: Column, rows: number, all: readonly Column[]): Omit<Planned, "as"> & { decimals?: number } {
	const isNumber = ["integer", "decimal", "money", "percent"].includes(column.type);
	const unit = column.unit ?? unitIn(column.name, isNumber, all);
	const label = labelOf(column, all);
	const total: Planned["total"] =
		addable.test(label) && column.type !== "percent"
			? "sum"
			: column.type === "money" && !notAddable.test(label)
				? "sum"
				: "average";
	const type: Planned["type"] = column.type === "empty" ? "text" : column.type;
	const hasUnit = unit && isNumber && type !== "money" && type !== "percent";
	const zone = type === "dateTime" && column.zone ? (column.zone === "Z" ? "UTC" : `UTC${column.zone}`) : undefined;
	return {
		label,
		type,
		...(type === "choice" ? { choices: choicesOf(column) } : {}),
		...(column.isPlain || onMap.test(label) ? { plain: true } : isNumber ? { total } : {}),
		...(hasUnit ? { unit: cleanText(unit, 12) } : zone ? { unit: zone } : {}),
		...(column.decimals && !(type === "money" && column.decimals === 2) ? { decimals: column.decimals } : {}),
		// Texts that come again and again can be grouped by, and are offered while typing.
		...(type === "text" && column.distinct <= rows / 3 && column.distinct > 1 ? { suggest: true } : {}),
	};
}

const choicesOf = (column: Column): string[] =>
	Array.from(new Set((column.choices ?? []).map((choice) => cleanText(choice, 80)).filter(Boolean))).filter(
		(choice) => findCredentials(choice).length === 0,
	);

interface PlacedField {
	at: number;
	column: Column;
	planned: Planned & { decimals?: number };
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
