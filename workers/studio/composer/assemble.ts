// Puts the description of an app together: every field gets its key, and the views, the chart and the order that were asked for.
import { type Accent, accentOf } from "./colours.ts";
import type { Planned } from "./domains/domain.ts";
import { capitalise, cleanLabel, collectionFor, type Entity, keyFor } from "./names.ts";
import type { Features } from "./reading/features.ts";
import type { Language } from "./reading/text.ts";
import { isDay, isMeasured, settle } from "./settle.ts";
import { type AppSpec, type Field, mostFields, type View } from "./spec.ts";
import { workOut } from "./worked-out.ts";

export interface Draft {
	title: string;
	description: string;
	icon: string;
	accent: string;
	entity: Entity;
	planned: readonly Planned[];
	views: View[];
	chart: { by: string; measure: string } | null;
	sort: { key: string; descending: boolean };
	features: Features;
	/** The currency where neither words nor a file name one. */
	currency: string;
	language: Language;
	/** How fields are worked out in the person's words, by `as`. */
	formulas?: ReadonlyMap<string, string>;
	/** The values of the file are kept as they are; nothing takes their place. */
	isFromFile?: boolean;
}

export interface Assembled {
	spec: AppSpec;
	/** What is worked out, a sentence each. */
	workedOut: string[];
}

export function assemble(draft: Draft): Assembled {
	const taken = new Set<string>();
	const formulas = new Map<string, string>();
	const fields = draft.planned.slice(0, mostFields).map(({ as, ...shape }): Field => {
		const key = keyFor(/^[a-z][a-zA-Z0-9]*$/.test(as) ? as.replace(/([A-Z])/g, " $1") : shape.label, taken);
		taken.add(key);
		const formula = draft.formulas?.get(as);
		if (formula) formulas.set(key, formula);
		return { key, ...shape, label: cleanLabel(shape.label) || "Field" };
	});
	const { features } = draft;
	const worked = draft.isFromFile ? { fields, said: [] } : workOut(fields, formulas);
	const accent: Accent = features.accent ?? accentOf(draft.accent) ?? { light: "#4a48d4", dark: "#a5a4f3" };
	const spec = settle({
		format: 1,
		title: cleanLabel(draft.title, 80) || "Records",
		description: draft.description,
		icon: draft.icon,
		accent,
		currency: features.currency ?? draft.currency,
		...(draft.language === "en" ? {} : { language: draft.language }),
		entity: draft.entity,
		collection: collectionFor(draft.entity.plural),
		fields: worked.fields,
		titleField: worked.fields.find((field) => field.type === "text")?.key ?? worked.fields[0]?.key ?? "name",
		views: draft.views,
		// Something that fits is found in place of an empty one (settle.ts).
		chart: draft.chart ?? { by: "", measure: "" },
		sort: draft.sort,
		seed: null,
		examples: false,
	});
	return { spec: addViews(spec, features), workedOut: worked.said };
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

const timeWords = /\b(?:months?|time|weeks?|years?|days?|dates?|monat|zeit|woche|jahr|tag|datum)\b/i;

/** Views that were asked for in words; the one asked for stands first. */
export function addViews(spec: AppSpec, features: Features): AppSpec {
	const named = (words: string | null, fits: (field: Field) => boolean) =>
		(words
			? (spec.fields.find((field) => fits(field) && isLike(field.label, words)) ??
				spec.fields.find((field) => fits(field) && field.label.toLowerCase().includes(words.toLowerCase())))
			: undefined) ?? spec.fields.find((field) => fits(field));
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
	const views = [...wanted, ...spec.views.filter((view) => !wanted.some((each) => each.kind === view.kind))];
	const sort = features.sortBy
		? (spec.fields.find((field) => isLike(field.label, features.sortBy ?? "")) ??
			(features.sortBy === "date" ? spec.fields.find(isDay) : undefined))
		: undefined;
	return settle({
		...spec,
		views,
		sort: sort ? { key: sort.key, descending: features.isDescending } : spec.sort,
		chart: spec.chart && chartFor(spec, features),
	});
}

/** The chart that was asked for: what by what, and as bars, a line or a pie. */
function chartFor(spec: AppSpec, features: Features): AppSpec["chart"] {
	if (!spec.chart) return null;
	const like = (words: string | null, fits: (field: Field) => boolean) =>
		words === null
			? undefined
			: (spec.fields.find((field) => fits(field) && isLike(field.label, words)) ??
				spec.fields.find(
					(field) =>
						fits(field) &&
						(field.label.toLowerCase().includes(words.toLowerCase()) ||
							words.toLowerCase().includes(field.label.toLowerCase())),
				));
	const mayGroup = (field: Field) =>
		isDay(field) || ["choice", "text", "boolean", "rating", "integer"].includes(field.type);
	const day = spec.fields.find((field) => isDay(field) && !field.alert) ?? spec.fields.find(isDay);
	const isOverTime = timeWords.test(features.chartBy ?? "");
	const by = isOverTime
		? (like(features.chartBy, isDay) ??
			day ??
			spec.fields.find((field) => /^(?:month|year|week|quarter|monat|jahr|woche)$/i.test(field.label)))
		: like(features.chartBy, mayGroup);
	const of = like(features.chartOf, (field) => isMeasured(field));
	// "a chart of categories" groups by them and counts.
	const counted = of || features.chartBy ? undefined : like(features.chartOf, mayGroup);
	const overTime = features.chartKind === "line" && !by && !counted ? day : undefined;
	const isCount =
		counted !== undefined ||
		(features.chartOf !== null && of === undefined && isLike(features.chartOf, spec.entity.plural));
	return {
		by: by?.key ?? counted?.key ?? overTime?.key ?? spec.chart.by,
		measure: of?.key ?? (isCount ? "count" : spec.chart.measure),
		...(features.chartKind ? { kind: features.chartKind } : spec.chart.kind ? { kind: spec.chart.kind } : {}),
	};
}

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

/** An accent colour for a word; always the same for the same word. */
export function accentFor(word: string): string {
	const sum = Array.from(capitalise(word)).reduce((total, char) => (total * 31 + (char.codePointAt(0) ?? 0)) % 9973, 7);
	return palette[sum % palette.length] ?? "indigo";
}
