// What the composer knows about one kind of record: which fields, views and examples fit it.

import type { Shape } from "../lexicon/words.ts";
import type { FieldType, View } from "../spec.ts";

/** A field before it has a key that is checked. `as` is its key in examples and computed fields. */
export interface Planned extends Shape {
	label: string;
	as: string;
}

export interface Domain {
	id: string;
	title: string;
	singular: string;
	plural: string;
	description: string;
	icon: string;
	accent: string;
	fields: Planned[];
	views: View[];
	chart: { by: string; measure: string };
	sort: { key: string; descending: boolean };
	/** Days are written "+3" and "-2" from today. */
	examples: { keys: string[]; rows: unknown[][] };
}

/** One field in one line: label, type, and what differs from the plain type. The key is the label in camel case. */
export function field(label: string, type: FieldType, more: Omit<Shape, "type"> & { as?: string } = {}): Planned {
	const { as, ...shape } = more;
	const words = label.replace(/[^A-Za-z ]/g, "").split(" ");
	const camel = words
		.map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
		.join("");
	return { label, type, as: as ?? camel, ...shape };
}

export const name = (label: string): Planned => field(label, "text", { required: true });
export const choice = (
	label: string,
	choices: string[],
	more: Omit<Shape, "type" | "choices"> & { as?: string } = {},
): Planned => field(label, "choice", { choices, ...more });
export const notes = (label = "Notes"): Planned => field(label, "longText");
export const today = { startsAs: "today" } as const;
export const table: View = { kind: "table" };
export const cards: View = { kind: "cards" };
