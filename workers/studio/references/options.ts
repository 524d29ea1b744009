// What a person said about an attached table, as the reader takes it.
import type { NewReference } from "#schema/api/apps.ts";
import type { ReadOptions } from "./read-reference.ts";

export function optionsOf(given: Pick<NewReference, "isHeaderConfirmed" | "headerLine" | "columns">): ReadOptions {
	return {
		...(given.isHeaderConfirmed ? { hasHeader: true } : {}),
		...(given.headerLine === undefined
			? {}
			: given.headerLine === 0
				? { hasHeader: false }
				: { headerLine: given.headerLine }),
		...(given.columns.length > 0 ? { choices: given.columns } : {}),
	};
}
