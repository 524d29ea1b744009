// The data calls between an app's page (the `freehold` module) and its own origin. All are same-origin POSTs under /_freehold/api/.
import { z } from "zod";

export const CollectionName = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);

/** One record of a collection. `value` is the app's own JSON object, at most 64 KB. */
export interface DataRecord {
	id: string;
	value: Record<string, unknown>;
	createdAt: number;
	updatedAt: number;
	/** The display name of who added it, for shared apps. */
	by: string;
}

const id = z.string().regex(/^rec_[0-9a-f]{32}$/);
/** How deep a value may be nested, and how long the name of a field may be. */
const valueLimits = { depth: 64, nameChars: 200 } as const;

/**
 * Whether what JSON.parse gave is nested no deeper than a value may be. Level by level, without recursion: a text of ten thousand
 * brackets would end every reader that calls itself.
 */
export function isShallow(value: unknown): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > valueLimits.depth) return false;
		level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
	}
	return true;
}

/**
 * A record's value exactly as the page sent it. It is not rebuilt field by field, since a field called `__proto__` would be lost
 * on the way.
 */
const value = z.custom<Record<string, unknown>>(
	(given) =>
		typeof given === "object" &&
		given !== null &&
		!Array.isArray(given) &&
		Object.keys(given).every((name) => name.length <= valueLimits.nameChars) &&
		isShallow(given),
);

export const DataCall = z.discriminatedUnion("op", [
	z.strictObject({
		op: z.literal("list"),
		collection: CollectionName,
		after: id.optional(),
		limit: z.int().min(1).max(1000).optional(),
	}),
	z.strictObject({ op: z.literal("add"), collection: CollectionName, value }),
	z.strictObject({
		op: z.literal("change"),
		collection: CollectionName,
		id,
		value,
		/** Only if the record has not been changed since: its `updatedAt` as it was read. */
		ifUpdatedAt: z.int().optional(),
	}),
	z.strictObject({ op: z.literal("remove"), collection: CollectionName, id }),
	z.strictObject({ op: z.literal("addMany"), collection: CollectionName, values: z.array(value).min(1).max(500) }),
	/** `storage`: a small key-value store per app and person. */
	z.strictObject({ op: z.literal("storageAll") }),
	z.strictObject({
		op: z.literal("storageSet"),
		key: z.string().min(1).max(200),
		value: z.string().max(100_000).nullable(),
	}),
]);
export type DataCall = z.infer<typeof DataCall>;
