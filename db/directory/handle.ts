// The directory of a region: who is here, and what they made public. It is needed to learn who the owner is, so no row-level
// security guards it; instead nothing but the functions of this folder can reach it, each by a key, and none lists accounts.
import type { D1Database } from "@cloudflare/workers-types";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { withDbErrors } from "../errors.ts";
import type { Place } from "../sealer.ts";

/** The region's directory keys, as functions. workers/lib/crypto implements them. */
export interface DirectoryKeys {
	/** HMAC-SHA-256 under the index key, base64url: equal texts can be found, none can be read. */
	index(text: string): Promise<string>;
	seal(place: Place, text: string): Promise<string>;
	open(place: Place, sealed: string): Promise<string>;
	/** What is stored of a token that a person holds. */
	hashToken(token: string): Promise<string>;
}

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
