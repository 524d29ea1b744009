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

export interface Try {
	key: string;
	/** Refused from the `limit + 1`th on, until the window of the first try has passed. */
	limit: number;
	windowSeconds: number;
}

type Counted = { ok: true } | { ok: false; retryAfterSeconds: number };

/**
 * Counts one try of each, in one transaction. Once one refuses, those after it are not counted: who is over their own limit must not
 * use up what somebody else is counted by.
 */
export async function hitRateLimits(dir: Directory, tries: readonly Try[]): Promise<Counted> {
	const now = dir.now();
	const hashed = await Promise.all(
		tries.map(async ({ key, limit, windowSeconds }) => ({
			keyHash: await dir.keys.index(`rate:${key}`),
			limit,
			endsAt: now + windowSeconds * 1000,
		})),
	);
	const counted = await onDirectory(dir, async (rows) => {
		const [first, ...rest] = hashed.map(({ keyHash, endsAt }, at) => {
			const isOver = hashed
				.slice(0, at)
				.map(
					(one) =>
						sql`NOT EXISTS (SELECT 1 FROM ${table} WHERE key_hash = ${one.keyHash} AND count > ${one.limit} AND ends_at > ${now})`,
				);
			return (
				rows
					.insert(table)
					// in the order the columns are declared
					.select(sql`SELECT ${keyHash}, 1, ${endsAt} WHERE ${sql.join([sql`1`, ...isOver], sql` AND `)}`)
					.onConflictDoUpdate({
						target: table.keyHash,
						set: {
							count: sql`CASE WHEN ${table.endsAt} <= ${now} THEN 1 ELSE ${table.count} + 1 END`,
							endsAt: sql`CASE WHEN ${table.endsAt} <= ${now} THEN ${endsAt} ELSE ${table.endsAt} END`,
						},
					})
					.returning()
			);
		});
		if (!first) return [];
		return rows.batch([first, ...rest]) as Promise<(typeof table.$inferSelect)[][]>;
	});
	for (const [at, { limit }] of hashed.entries()) {
		const [row] = counted[at] ?? [];
		if (row && row.count > limit)
			return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((row.endsAt - now) / 1000)) };
	}
	return { ok: true };
}
