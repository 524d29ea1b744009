// Lists in the API's answers come as an object with one named list.

/** The list under `key`, or an empty one. */
export function listOf<T>(answer: unknown, key: string): T[] {
	if (Array.isArray(answer)) return answer as T[];
	const list = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>)[key] : null;
	return Array.isArray(list) ? (list as T[]) : [];
}
