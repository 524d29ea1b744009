// What a value may be, beyond its type: the least and the most, how long, and not twice.
import { type Field, inSentence, type Value } from "./model.ts";

/** What is wrong with the value in words for the person, or null. `others`: the values of the field in all other records. */
export function limitProblem(field: Field, value: Value, others: readonly Value[] = []): string | null {
	if (value === null || value === "") return null;
	if (typeof value === "number") {
		const isLow = field.min !== undefined && value < field.min;
		const isHigh = field.max !== undefined && value > field.max;
		if ((isLow || isHigh) && field.min !== undefined && field.max !== undefined)
			return `Write a number from ${field.min} to ${field.max}.`;
		if (isLow) return field.min === 0 ? "This cannot be negative." : `This must be at least ${field.min}.`;
		if (isHigh) return `This can be at most ${field.max}.`;
	}
	if (typeof value === "string" && field.maxLength !== undefined && Array.from(value).length > field.maxLength)
		return `This can have at most ${field.maxLength} characters; it has ${Array.from(value).length}.`;
	if (field.unique && others.some((other) => same(other, value)))
		return `Another record already has this ${inSentence(field.label)}.`;
	return null;
}

const same = (one: Value, other: Value): boolean =>
	String(one ?? "")
		.trim()
		.toLowerCase() ===
	String(other ?? "")
		.trim()
		.toLowerCase();
