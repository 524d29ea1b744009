// Makes a description whole: views, chart, order and computed fields only name fields that are there and of a fitting type.
import type { AppSpec, Field, View } from "./spec.ts";

/** A number that can be added up or averaged; years and table numbers are written as they are. */
export const isMeasured = (field: Field): boolean => isNumeric(field) && !field.plain;
const isNumeric = (field: Field): boolean => ["integer", "decimal", "money", "percent", "rating"].includes(field.type);
export const isDay = (field: Field): boolean => field.type === "date" || field.type === "dateTime";

export function settle(spec: AppSpec): AppSpec {
	const fields = spec.fields.map((field) => settleField(field, spec.fields));
	const find = (key: string) => fields.find((field) => field.key === key);
	const titleField = pickTitle(fields, spec.titleField);
	const views = spec.views.filter((view) => {
		if (view.kind === "board") return find(view.by)?.type === "choice";
		if (view.kind === "calendar") return isDay(find(view.by) ?? ({} as Field));
		return true;
	});
	return {
		...spec,
		fields,
		titleField,
		views: unique(views.length > 0 ? views : [{ kind: "table" }]),
		// Without a chart on purpose: the person removed it.
		chart: spec.chart && pickChart(fields, spec.chart, titleField),
		sort: find(spec.sort.key) ? spec.sort : { key: titleField, descending: false },
	};
}

const unique = (views: View[]): View[] =>
	views.filter((view, at) => views.findIndex((each) => each.kind === view.kind) === at);

function settleField(field: Field, all: readonly Field[]): Field {
	const has = (key: string | undefined) => key !== undefined && all.some((each) => each.key === key);
	const { computed, alert, choices, quick, min, max, maxLength, ...rest } = field;
	const settled: Field = { ...rest };
	if (computed?.of.every(has)) settled.computed = computed;
	if (isNumeric(field) && field.type !== "rating" && !settled.computed) {
		if (min !== undefined) settled.min = min;
		if (max !== undefined) settled.max = max;
	}
	if (maxLength !== undefined && (field.type === "text" || field.type === "longText")) settled.maxLength = maxLength;
	if (alert && (alert.kind === "atMost" ? isNumeric(field) && (!alert.field || has(alert.field)) : isDay(field)))
		settled.alert = alert;
	if (field.type === "choice") settled.choices = choices ?? [];
	if (quick && field.type === "date" && !settled.computed) settled.quick = quick;
	if (settled.total && !isNumeric(field)) delete settled.total;
	if (settled.computed) {
		delete settled.required;
		delete settled.unique;
	}
	return settled;
}

/** The field that names a record: the one asked for, else a name or title, else the first text, else the first field. */
export function pickTitle(fields: readonly Field[], wanted: string): string {
	const isText = (field: Field) => ["text", "email", "url"].includes(field.type);
	const titleWords = /\b(name|title|titel|nom|nombre|nome|titre|título|titolo|subject|headline)\b/i;
	const candidates = [
		fields.find((field) => field.key === wanted),
		fields.find((field) => isText(field) && titleWords.test(field.label)),
		fields.find((field) => isText(field) && field.required),
		fields.find(isText),
		fields.find((field) => field.type === "choice"),
		fields.find(isDay),
		fields[0],
	];
	return candidates.find((field) => field !== undefined)?.key ?? "name";
}

/** What the chart groups by and adds up; the wanted one if it is possible, else what suggests itself. Null: nothing to draw. */
function pickChart(
	fields: readonly Field[],
	wanted: NonNullable<AppSpec["chart"]>,
	titleField: string,
): AppSpec["chart"] {
	const measures = fields.filter((field) => isNumeric(field) && !field.plain);
	const groups = fields.filter(
		(field) =>
			field.type === "choice" ||
			isDay(field) ||
			(field.type === "text" && field.suggest) ||
			field.type === "boolean" ||
			// Asked for: a chart by any short value is possible.
			(field.key === wanted.by && ["text", "rating", "integer"].includes(field.type)) ||
			// Nothing repeats, but there is something to compare: one bar for each record.
			(field.key === titleField && measures.length > 0),
	);
	const best =
		measures.find((field) => field.type === "money" && field.total === "sum") ??
		measures.find((field) => field.total === "sum") ??
		measures.find((field) => field.total);
	const first =
		groups.find((field) => field.type === "choice") ??
		groups.find(isDay) ??
		groups.find((field) => field.key !== titleField) ??
		groups[0];
	const by = groups.find((field) => field.key === wanted.by) ?? first;
	if (!by) return null;
	const isPossible = wanted.measure === "count" || measures.some((field) => field.key === wanted.measure);
	const measure = isPossible ? wanted.measure : (best?.key ?? "count");
	return { by: by.key, measure, ...(wanted.kind ? { kind: wanted.kind } : {}) };
}
