// What one change of a composed app is, and finding the field it is about.

import { isLike } from "./assemble.ts";
import { cleanLabel } from "./names.ts";
import type { AppSpec, Field } from "./spec.ts";

/** One change: null if the clause is not of its kind. */
export type Change = (spec: AppSpec, clause: string) => { spec: AppSpec; did: string } | null;

export const findField = (spec: AppSpec, words: string): Field | undefined => {
	const name = cleanLabel(
		words.replace(/^(?:the|its|their|my|a|an)\s+/i, "").replace(/\s+(?:field|column|property|input|value)s?$/i, ""),
	);
	if (!name) return undefined;
	return (
		spec.fields.find((field) => field.label.toLowerCase() === name.toLowerCase()) ??
		spec.fields.find((field) => isLike(field.label, name)) ??
		(name.length > 3 ? spec.fields.find((field) => field.label.toLowerCase().includes(name.toLowerCase())) : undefined)
	);
};

export const replaceField = (spec: AppSpec, key: string, next: Field): AppSpec => ({
	...spec,
	fields: spec.fields.map((field) => (field.key === key ? next : field)),
});
