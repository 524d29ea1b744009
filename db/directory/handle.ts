// The directory of a region: who is here, and what they made public. It is needed to learn who the owner is, so no row-level
// security guards it; instead nothing but the functions of this folder can reach it, each by a key, and none lists accounts.
import type { D1Database } from "@cloudflare/workers-types";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { DirectoryKeys, LookupKey, SealedEntry, TokenHash } from "#lib/crypto/directory-keys.ts";
import { withDbErrors } from "../errors.ts";

export type { DirectoryKeys, LookupKey, SealedEntry, TokenHash };

const inside = Symbol("directory");

export interface Directory {
	readonly keys: DirectoryKeys;
	/** Milliseconds since 1970. */
	now(): number;
	/** Only for the functions of this folder. */
	readonly [inside]: DrizzleD1Database<Record<string, never>>;
}

export function openDirectory(options: { db: D1Database; keys: DirectoryKeys; now: () => number }): Directory {
	return { keys: options.keys, now: options.now, [inside]: drizzle(options.db) };
}

/** Runs drizzle statements on the directory; lets nothing but a DbError out. For this folder only. */
export function onDirectory<T>(
	directory: Directory,
	work: (rows: DrizzleD1Database<Record<string, never>>) => PromiseLike<T>,
): Promise<T> {
	return withDbErrors(async () => work(directory[inside]));
}
