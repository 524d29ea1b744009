// What the composer understood, in words for the person: shown beside the app, so that a misreading is seen at once.
import type { AppSpec, Field, FieldType, View } from "./spec.ts";

export interface Understanding {
	title: string;
	/** What one record is, and several. */
	entity: { singular: string; plural: string };
	fields: { label: string; type: string; details: string }[];
	views: string[];
	/** What was done in a follow-up turn, one sentence each. Empty for a new app. */
	changes: string[];
	/** What was assumed because the prompt or file did not say. */
	assumed: string[];
	/** What was asked for that a composed app cannot do, a sentence each. */
	leftOut: string[];
	/** Parts of the prompt that were not understood, in the person's own words. */
	unclear: string[];
}

export const typeNames: Record<FieldType, string> = {
	text: "text",
	longText: "long text",
	integer: "whole number",
	decimal: "number",
	money: "money",
	percent: "percentage",
	date: "date",
	dateTime: "date and time",
	time: "time",
	boolean: "yes or no",
	choice: "choice",
	email: "email",
	phone: "phone number",
	url: "web address",
	colour: "colour",
	rating: "one to five stars",
	coordinates: "coordinates",
	image: "picture",
	checkins: "days ticked",
};

export function describeSpec(spec: AppSpec): Pick<Understanding, "title" | "entity" | "fields" | "views"> {
	return {
		title: spec.title,
		entity: spec.entity,
		fields: spec.fields.map((field) => ({
			label: field.label,
			type: typeNames[field.type],
			details: detailsOf(field, spec),
		})),
		views: [...spec.views.map((view) => viewWords(view, spec)), ...(spec.chart ? [chartWords(spec)] : [])],
	};
}

/** A label inside a sentence: "due date", but "US gross". */
export const inSentence = (label: string): string =>
	/^\p{Lu}{2}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

const labelOf = (spec: AppSpec, key: string): string =>
	inSentence(spec.fields.find((field) => field.key === key)?.label ?? key);

function detailsOf(field: Field, spec: AppSpec): string {
	const parts = [
		field.required ? "required" : "",
		field.choices?.length ? field.choices.join(", ") : "",
		field.type === "money" ? spec.currency : (field.unit ?? ""),
		field.computed ? `worked out from ${field.computed.of.map((key) => labelOf(spec, key)).join(" and ")}` : "",
	];
	return parts.filter(Boolean).join("; ");
}

export function viewWords(view: View, spec: AppSpec): string {
	switch (view.kind) {
		case "table":
			return "Table";
		case "cards":
			return "Cards";
		case "board":
			return `Board by ${labelOf(spec, view.by)}`;
		case "calendar":
			return `Calendar by ${labelOf(spec, view.by)}`;
	}
}

function chartWords(spec: AppSpec): string {
	if (!spec.chart) return "";
	const measure =
		spec.chart.measure === "count"
			? `number of ${spec.entity.plural.toLowerCase()}`
			: labelOf(spec, spec.chart.measure);
	return `Chart of ${measure} by ${labelOf(spec, spec.chart.by)}`;
}

/** "a, b and c" */
export function listWords(words: readonly string[]): string {
	return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The answer with what was assumed, left out and not understood under it, so that a misreading is seen at once. */
export function withNotes(summary: string, understood: Understanding): string {
	const parts: [string, readonly string[]][] = [
		["Assumed:", understood.assumed],
		["Left out:", understood.leftOut],
		["Not understood:", understood.unclear.map((words) => `“${words}”`)],
	];
	return [
		summary,
		...parts.flatMap(([head, lines]) =>
			lines.length > 0 ? [`${head}\n${lines.map((line) => `- ${line}`).join("\n")}`] : [],
		),
	]
		.join("\n\n")
		.slice(0, 8000);
}
