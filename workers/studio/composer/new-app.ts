// A new app from a prompt: the kind of record, its fields, its views.
import { accentOf } from "./colours.ts";
import type { Domain, Planned } from "./domains/domain.ts";
import { findDomain } from "./domains/known.ts";
import { capitalise, cleanLabel, collectionFor, keyFor } from "./names.ts";
import { type Entity, readEntity } from "./read-entity.ts";
import { type Features, readFeatures } from "./read-features.ts";
import { type AskedField, readFields } from "./read-fields.ts";
import { isDay, settle } from "./settle.ts";
import { type AppSpec, type Field, mostFields, type View } from "./spec.ts";
import { listWords } from "./understanding.ts";

export interface NewApp {
	spec: AppSpec;
	examples: { keys: string[]; rows: unknown[][] };
	assumed: string[];
	/** The kind of record is known, or its fields were named; otherwise a noun was taken for the kind. */
	isCertain: boolean;
}

/** Null: the text does not say what the app should keep. */
export function planApp(prompt: string): NewApp | null {
	const asked = readFields(prompt);
	// What the list names must not decide what the app is about: "a time sheet with client and project" is no customer list.
	const about = findDomain(asked.rest) ?? (asked.fields.length > 0 ? null : findDomain(prompt));
	const entity =
		readEntity(asked.rest) ?? (asked.fields.length >= 2 ? { singular: "Record", plural: "Records" } : null);
	if (!about && !entity) return null;
	const features = readFeatures(prompt);
	return about
		? fromDomain(about.domain, about.word, entity, asked, features)
		: fromWords(entity ?? { singular: "Record", plural: "Records" }, asked, features);
}

type Asked = ReturnType<typeof readFields>;

function fromDomain(domain: Domain, word: string, entity: Entity | null, asked: Asked, features: Features): NewApp {
	const assumed: string[] = [];
	// "wines" is a collection, but a wine is not a "piece".
	const own = domain.id === "collection" && !/^collections?$/i.test(word) ? entity : null;
	const base = { singular: own?.singular ?? domain.singular, plural: own?.plural ?? domain.plural };
	const isOwnList = asked.fields.length >= 3 || (asked.isComplete && asked.fields.length >= 2);
	const planned = isOwnList ? ownFields(domain, asked.fields, assumed) : withExtras(domain, asked.fields);
	if (!isOwnList) {
		const added = planned.filter((field) => domain.fields.includes(field)).map((field) => field.label.toLowerCase());
		assumed.push(`You named ${asked.fields.length ? "few" : "no"} fields, so these were chosen: ${listWords(added)}.`);
	}
	const spec = assemble({
		title: features.title ?? own?.plural ?? domain.title,
		description: isOwnList && own ? "" : domain.description,
		icon: domain.icon,
		accent: domain.accent,
		entity: base,
		planned,
		views: domain.views,
		chart: domain.chart,
		sort: domain.sort,
		features,
	});
	// Examples are only true to an app whose fields are the known ones.
	const keys = domain.examples.keys.filter((key) => spec.fields.some((field) => field.key === key));
	const fits =
		keys.includes(spec.titleField) &&
		spec.fields.filter((field) => field.required).every((field) => keys.includes(field.key));
	const examples = fits ? pickColumns(domain.examples, keys, spec) : { keys: [], rows: [] };
	return { spec: { ...spec, examples: examples.rows.length > 0 }, examples, assumed, isCertain: true };
}

function pickColumns(examples: Domain["examples"], keys: string[], spec: AppSpec): Domain["examples"] {
	const places = keys.map((key) => examples.keys.indexOf(key));
	const rows = examples.rows.map((row) => places.map((place) => row[place] ?? null));
	// A choice that the person named otherwise is better left empty than wrong.
	return {
		keys,
		rows: rows.map((row) =>
			row.map((cell, at) => {
				const field = spec.fields.find((each) => each.key === keys[at]);
				return field?.type === "choice" && !field.choices?.includes(String(cell)) ? (field.choices?.[0] ?? null) : cell;
			}),
		),
	};
}

function fromWords(entity: Entity, asked: Asked, features: Features): NewApp {
	const assumed: string[] = [];
	let planned: Planned[] = asked.fields.map(plain);
	if (planned.length === 0) {
		planned = [
			{ label: "Name", as: "name", type: "text", required: true },
			{ label: "Category", as: "category", type: "text", suggest: true },
			{ label: "Date", as: "date", type: "date", startsAs: "today" },
			{ label: "Notes", as: "notes", type: "longText" },
		];
		assumed.push(
			`You named no fields, so these were chosen: name, category, date and notes. Say for example “add a price and a status (new, used)”.`,
		);
	} else if (!planned.some((field) => field.type === "text")) {
		planned = [{ label: "Name", as: "name", type: "text", required: true }, ...planned];
		assumed.push("A name was added, so that each record can be told from the others.");
	}
	const status = planned.find((field) => field.type === "choice" && /status|stage|state|phase/i.test(field.label));
	const day = planned.find((field) => field.type === "date" || field.type === "dateTime");
	const views: View[] = [{ kind: "table" }];
	if (status) views.push({ kind: "board", by: status.as });
	if (day) views.push({ kind: "calendar", by: day.as });
	const spec = assemble({
		title: features.title ?? entity.plural,
		description: "",
		icon: iconFor(planned),
		accent: accentFor(entity.plural),
		entity,
		planned,
		views,
		chart: null,
		sort: day ? { key: day.as, descending: true } : { key: planned[0]?.as ?? "name", descending: false },
		features,
	});
	return { spec, examples: { keys: [], rows: [] }, assumed, isCertain: asked.fields.length > 0 };
}

const plain = (field: AskedField): Planned => ({
	label: field.label,
	as: keyFor(field.label, new Set()),
	...field.shape,
});

/** A few fields were named: the usual ones, and those named take the place of their like. */
function withExtras(domain: Domain, asked: readonly AskedField[]): Planned[] {
	const planned = [...domain.fields];
	for (const field of asked) {
		const at = planned.findIndex((each) => isLike(each.label, field.label));
		const known = planned[at];
		if (known)
			planned[at] = field.isExplicit
				? { ...known, ...field.shape, label: field.label }
				: { ...known, label: field.label };
		else planned.splice(Math.max(1, planned.length - 1), 0, plain(field));
	}
	return planned;
}

/** The person's own list decides; what the kind knows about a field of the same name (choices, alerts) is kept. */
function ownFields(domain: Domain, asked: readonly AskedField[], assumed: string[]): Planned[] {
	const used = new Set<Planned>();
	const planned = asked.map((field) => {
		const known = domain.fields.find((each) => !used.has(each) && isLike(each.label, field.label));
		if (!known) return plain(field);
		used.add(known);
		const { computed: _computed, ...rest } = known;
		return field.isExplicit
			? { ...rest, ...field.shape, label: field.label, as: known.as }
			: { ...rest, label: field.label };
	});
	const title = domain.fields[0];
	if (title && !used.has(title) && !planned.some((field) => field.type === "text")) {
		planned.unshift(title);
		assumed.push(
			`“${title.label}” was added, so that each ${domain.singular.toLowerCase()} can be told from the others.`,
		);
	}
	// Computed fields come along when all they need is there.
	for (const known of domain.fields) {
		if (known.computed?.of.every((key) => planned.some((field) => field.as === key)) && !used.has(known))
			planned.push(known);
	}
	return planned.map((field, at) => (at === 0 && field.type === "text" ? { ...field, required: true } : field));
}

const bare = (label: string): string =>
	label
		.toLowerCase()
		.replace(/\b(date|the|of|on|name)\b/g, " ")
		.replace(/[^\p{L}\p{N}]+/gu, "")
		.replace(/s$/, "");

/** "Due date" and "due", "E-mail" and "email": the same field for this purpose. */
export function isLike(one: string, other: string): boolean {
	const [a, b] = [
		one.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""),
		other.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""),
	];
	return a === b || `${a}s` === b || `${b}s` === a || (bare(one) !== "" && bare(one) === bare(other));
}

interface Draft {
	title: string;
	description: string;
	icon: string;
	accent: string;
	entity: Entity;
	planned: Planned[];
	views: View[];
	chart: { by: string; measure: string } | null;
	sort: { key: string; descending: boolean };
	features: Features;
	collection?: string;
}

/** With a start and an end time nobody needs to work out the hours. */
function withHours(fields: Field[]): Field[] {
	const times = fields.filter((field) => field.type === "time");
	const start = times.find((field) => /start|begin|from|arriv|clock in|\bin\b/i.test(field.label));
	const end = times.find(
		(field) => field !== start && /end|finish|until|\bto\b|leav|stop|clock out|\bout\b/i.test(field.label),
	);
	const hours = fields.find((field) => field.unit === "h" && !field.computed);
	if (!start || !end || !hours) return fields;
	const { required: _required, startsAs: _startsAs, ...rest } = hours;
	return fields.map((field) =>
		field === hours ? { ...rest, computed: { op: "hoursBetween", of: [start.key, end.key] } } : field,
	);
}

/** Gives every field its key and puts the description together. */
export function assemble(draft: Draft): AppSpec {
	const taken = new Set<string>();
	const fields = draft.planned.slice(0, mostFields).map(({ as, ...shape }): Field => {
		const key = keyFor(/^[a-z][a-zA-Z0-9]*$/.test(as) ? as.replace(/([A-Z])/g, " $1") : shape.label, taken);
		taken.add(key);
		return { key, ...shape, label: cleanLabel(shape.label) || "Field" };
	});
	const { features } = draft;
	const spec = settle({
		format: 1,
		title: cleanLabel(draft.title, 80) || "Records",
		description: draft.description,
		icon: draft.icon,
		accent: features.accent ?? accentOf(draft.accent) ?? { light: "#4a48d4", dark: "#a5a4f3" },
		currency: features.currency ?? "USD",
		entity: draft.entity,
		collection: draft.collection ?? collectionFor(draft.entity.plural),
		fields: withHours(fields),
		titleField: fields.find((field) => field.type === "text")?.key ?? fields[0]?.key ?? "name",
		views: draft.views,
		// Something that fits is found in place of an empty one (settle.ts).
		chart: draft.chart ?? { by: "", measure: "" },
		sort: draft.sort,
		seed: null,
		examples: false,
	});
	return addViews(spec, features);
}

/** Views that were asked for in words; the one asked for stands first. */
export function addViews(spec: AppSpec, features: Features): AppSpec {
	const named = (words: string | null, fits: (field: Field) => boolean) =>
		(words ? spec.fields.find((field) => fits(field) && isLike(field.label, words)) : undefined) ??
		spec.fields.find((field) => fits(field));
	const isChoice = (field: Field) => field.type === "choice";
	const wanted: View[] = [];
	const board = features.board
		? features.boardBy
			? named(features.boardBy, isChoice)
			: (spec.fields.find((field) => isChoice(field) && /status|stage|state|phase/i.test(field.label)) ??
				named(null, isChoice))
		: undefined;
	if (board) wanted.push({ kind: "board", by: board.key });
	const calendar = features.calendar ? named(features.calendarBy, isDay) : undefined;
	const known = spec.views.find((view) => view.kind === "calendar");
	if (calendar) wanted.push(known && !features.calendarBy ? known : { kind: "calendar", by: calendar.key });
	if (features.cards) wanted.push({ kind: "cards" });
	const chartBy = features.chartBy
		? spec.fields.find(
				(field) =>
					isLike(field.label, features.chartBy ?? "") ||
					(/month|time|week|year/i.test(features.chartBy ?? "") && isDay(field)),
			)
		: undefined;
	const chartOf = features.chartOf
		? spec.fields.find((field) => isLike(field.label, features.chartOf ?? ""))
		: undefined;
	const chart = chartBy ? { by: chartBy.key, measure: chartOf?.key ?? spec.chart?.measure ?? "count" } : spec.chart;
	return settle({ ...spec, chart, views: [...wanted, ...spec.views] });
}

function iconFor(planned: readonly Planned[]): string {
	if (planned.some((field) => field.type === "money")) return "wallet";
	if (planned.some((field) => field.type === "email" || field.type === "phone")) return "people";
	return "table";
}

/** The same word gives the same colour, so that an app keeps its look when it is made again. */
export function accentFor(word: string): string {
	const palette = [
		"indigo",
		"teal",
		"crimson",
		"violet",
		"blue",
		"emerald",
		"terracotta",
		"purple",
		"cyan",
		"rose",
		"amber",
		"green",
	];
	const sum = Array.from(capitalise(word)).reduce((total, char) => (total * 31 + (char.codePointAt(0) ?? 0)) % 9973, 7);
	return palette[sum % palette.length] ?? "indigo";
}
