// Accounts that the operator has suspended. While a row is here nobody signs in to the account, no session of it counts, and
// what it has in Discover is not shown. A fact of its own: lifting it brings back nothing that its owner took back meanwhile.
import { eq, type SQL, sql } from "drizzle-orm";
import { integer, type SQLiteColumn, text } from "drizzle-orm/sqlite-core";
import type { AccountId, OwnerId } from "#schema/ids.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory } from "./handle.ts";

export const suspensions = directoryTable({
	name: "suspensions",
	columns: {
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		accountId: text("account_id").$type<AccountId>().notNull(),
		at: integer("at").notNull(),
	},
	primaryKey: ["owner_id"],
	holding: {
		holds: "Accounts that the operator suspended",
		whose: "operator",
		dataClass: "state",
		exported: "no",
		erasedWith: "workspace",
		kept: "until the suspension is lifted",
	},
});

const { table } = suspensions;

/** False when the account was suspended before. */
export async function suspend(dir: Directory, account: { ownerId: OwnerId; accountId: AccountId }): Promise<boolean> {
	const made = await onDirectory(dir, (rows) =>
		rows
			.insert(table)
			.values({ ...account, at: dir.now() })
			.onConflictDoNothing()
			.returning({ ownerId: table.ownerId }),
	);
	return made.length > 0;
}

/** False when the account was not suspended. */
export async function endSuspension(dir: Directory, ownerId: OwnerId): Promise<boolean> {
	const gone = await onDirectory(dir, (rows) =>
		rows.delete(table).where(eq(table.ownerId, ownerId)).returning({ ownerId: table.ownerId }),
	);
	return gone.length > 0;
}

export async function isSuspended(dir: Directory, ownerId: OwnerId): Promise<boolean> {
	const found = await onDirectory(dir, (rows) =>
		rows.select({ at: table.at }).from(table).where(eq(table.ownerId, ownerId)).limit(1),
	);
	return found.length > 0;
}

/** For a statement that reads rows of several owners: those of suspended accounts are left out, by a keyed look-up each. */
export const isOfSuspended = (ownerId: SQLiteColumn): SQL =>
	sql`EXISTS (SELECT 1 FROM ${table} WHERE ${table.ownerId} = ${ownerId})`;
