// What a model may learn of a reference that is a table: names of columns once a person confirmed them, types, and counts.
// Never a row, never a choice, never a key that is data.

import { cleanText } from "#lib/clean-text.ts";
import type { Column } from "#schema/columns.ts";
import type { Reference } from "./reference.ts";

const typeWords: Record<Column["type"], string> = {
	text: "text",
	longText: "long text",
	integer: "whole number",
	decimal: "number",
	money: "amount of money",
	percent: "percentage",
	date: "date",
	dateTime: "date and time",
	time: "time of day",
	boolean: "yes or no",
	choice: "one of a few values",
	email: "email address",
	phone: "phone number",
	url: "web address",
	colour: "colour",
	coordinates: "coordinates",
	empty: "no values",
};

/**
 * Text for a model, or null for references that go to a model as they are (images, PDF, text).
 * `headerConfirmed`: a person said that the first line (or the keys) are names of columns.
 */
export function describeForModel(
	reference: Reference,
	{ headerConfirmed }: { headerConfirmed: boolean },
): string | null {
	if (reference.kind === "json")
		return `A JSON file that is no table: ${reference.outline}. Its names and values are not shown.`;
	if (reference.kind !== "table") return null;
	const { profile } = reference;
	const mayName = headerConfirmed && profile.header !== "none";
	const lines = profile.columns.map((column, at) => {
		const isKey = profile.keysAreData && at === 0;
		const name = mayName && !isKey ? cleanText(column.name, 80) : `column ${at + 1}`;
		const empties = column.empty > 0 ? `, ${column.empty} empty` : "";
		return `- ${JSON.stringify(name)}: ${typeWords[column.type]}, ${column.filled} filled${empties}, ${column.distinct} different`;
	});
	const kind = reference.mediaType === "text/csv" ? "CSV" : "JSON";
	return [
		`A ${kind} table of ${profile.rows} rows and ${profile.columns.length} columns. Its rows are not shown.`,
		...lines,
	].join("\n");
}
