// Changes to what a field may hold: "limit players to 8", "the score must be between 1 and 10", "names must be unique".
import { type Change, findField, replaceField } from "./change.ts";
import type { AskedField } from "./reading/item.ts";
import { readStatement } from "./reading/statements.ts";
import type { Field } from "./spec.ts";
import { inSentence } from "./understanding.ts";

export const setLimit: Change = (spec, clause) => {
	const limited = /^(?:limit|restrict|cap)\s+(?:the\s+)?(.+?)\s+to\s+(.+)$/i.exec(clause);
	const sentence = limited
		? `${limited[1]} is at most ${limited[2]}`
		: clause.replace(/^make\s+(.+?)\s+unique$/i, "$1 must be unique");
	const asked = spec.fields.map(askedOf);
	const stated = readStatement(sentence, asked);
	const field = stated ? findField(spec, stated.label) : undefined;
	if (
		!stated ||
		!field ||
		field.computed ||
		!/\b(?:is|are|must|should|can|may|cannot|can't|at most|max|muss|darf|kann)\b/i.test(sentence)
	)
		return null;
	const next: Field = { key: field.key, label: field.label, ...stated.shape };
	const words = limitWords(next);
	if (words === "" || JSON.stringify(next) === JSON.stringify(field)) return null;
	return { spec: replaceField(spec, field.key, next), did: `“${field.label}” ${words}.` };
};

function askedOf({ key: _key, label, ...shape }: Field): AskedField {
	return { label, shape, isExplicit: true, isKnown: true };
}

function limitWords(field: Field): string {
	const parts = [
		field.min !== undefined && field.max !== undefined
			? `takes numbers from ${field.min} to ${field.max}`
			: field.max !== undefined
				? `is at most ${field.max}`
				: field.min !== undefined
					? `is at least ${field.min}`
					: "",
		field.maxLength === undefined ? "" : `has at most ${field.maxLength} characters`,
		field.unique ? `must be different in each record` : "",
		field.required ? "must be filled in" : "",
		field.type === "rating" ? "is one to five stars" : "",
		field.type === "choice" && field.choices ? `is one of ${field.choices.map(inSentence).join(", ")}` : "",
	];
	return parts.filter(Boolean).join(" and ");
}
