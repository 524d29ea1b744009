// Counts of tries, under a hashed key, in fixed windows. One statement counts and answers, so parallel tries all count.
import { sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import { directoryTable } from "./directory-table.ts";
import { type Directory, type LookupKey, onDirectory } from "./handle.ts";

export const rateLimits = directoryTable({
	name: "rate_limits",
	columns: {
		keyHash: text("key_hash").$type<LookupKey>().notNull(),
		count: integer("count").notNull(),
		endsAt: integer("ends_at").notNull(),
	},
	primaryKey: ["key_hash"],
	indexes: [["ends_at"]],
	holding: {
		holds: "How often something was tried, under a hash of who tried it",
		whose: "operator",
		dataClass: "state",
		exported: "no",
		erasedWith: "time",
		kept: "until its window has passed",
		hashed: ["keyHash"],
		expires: { at: "endsAt" },
	},
});

const { table } = rateLimits;

/** Counts one try of `key`. Refused from the `limit + 1`th on, until the window of the first try has passed. */
export async function hitRateLimit(
	dir: Directory,
	key: string,
	limit: number,
	windowSeconds: number,
): Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }> {
	const now = dir.now();
	const endsAt = now + windowSeconds * 1000;
	const keyHash = await dir.keys.index(`rate:${key}`);
	const [row] = await onDirectory(dir, (rows) =>
		rows
			.insert(table)
			.values({ keyHash, count: 1, endsAt })
			.onConflictDoUpdate({
				target: table.keyHash,
				set: {
					count: sql`CASE WHEN ${table.endsAt} <= ${now} THEN 1 ELSE ${table.count} + 1 END`,
					endsAt: sql`CASE WHEN ${table.endsAt} <= ${now} THEN ${endsAt} ELSE ${table.endsAt} END`,
				},
			})
			.returning(),
	);
	if (!row || row.count <= limit) return { ok: true };
	return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((row.endsAt - now) / 1000)) };
}
