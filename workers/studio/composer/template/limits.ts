// What a value may be, beyond its type: the least and the most, how long, and not twice.
import type { Field, Value } from "./model.ts";
import { problems } from "./words.ts";

/** What is wrong with the value in words for the person, or null. `others`: the values of the field in all other records. */
export function limitProblem(field: Field, value: Value, others: readonly Value[] = []): string | null {
	if (value === null || value === "") return null;
	if (typeof value === "number") {
		const isLow = field.min !== undefined && value < field.min;
		const isHigh = field.max !== undefined && value > field.max;
		if ((isLow || isHigh) && field.min !== undefined && field.max !== undefined)
			return problems.between(field.min, field.max);
		if (isLow) return field.min === 0 ? problems.negative : problems.atLeast(field.min ?? 0);
		if (isHigh) return problems.atMost(field.max ?? 0);
	}
	if (typeof value === "string" && field.maxLength !== undefined && Array.from(value).length > field.maxLength)
		return problems.longerThan(field.maxLength, Array.from(value).length);
	if (field.unique && others.some((other) => same(other, value))) return problems.twice(field.label);
	return null;
}

const same = (one: Value, other: Value): boolean =>
	String(one ?? "")
		.trim()
		.toLowerCase() ===
	String(other ?? "")
		.trim()
		.toLowerCase();
