// What deletions take out of the directory. They walk the declarations of its tables (directory-table.ts), so a table that is
// added is erased as it says, without another line here.
import { and, eq, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { getTableConfig, type SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { AccountId, AppId, OwnerId } from "#schema/ids.ts";
import { accounts } from "./accounts.ts";
import { directoryTables } from "./all.ts";
import type { DirectoryDeclared } from "./directory-table.ts";
import { type Directory, onDirectory } from "./handle.ts";
import { labels } from "./labels.ts";

type Rows = DrizzleD1Database<Record<string, never>>;

/** Everything about an app that goes with it. Labels stay, retired: deleting an app retires them first. */
export async function eraseAppEntries(dir: Directory, ownerId: OwnerId, appId: AppId): Promise<void> {
	await deleteFrom(dir, (declared) => {
		const { ownerId: owner, appId: app } = columnsOf(declared);
		return declared.holding.erasedWith === "app" && owner && app ? and(eq(owner, ownerId), eq(app, appId)) : undefined;
	});
}

/**
 * Everything of a tenant and of its account, what others granted them too. Keyed as every look-up here: an app's rows are found
 * by the tenant's labels, of which each app has one for good.
 * @kept for closing an account
 */
export async function eraseTenantEntries(
	dir: Directory,
	{ ownerId, accountId }: { ownerId: OwnerId; accountId: AccountId },
): Promise<void> {
	const apps = sql`(SELECT ${labels.table.appId} FROM ${labels.table} WHERE ${labels.table.ownerId} = ${ownerId} UNION ALL SELECT '')`;
	await deleteFrom(dir, (declared) => {
		const { id, ownerId: owner, appId: app, accountId: account } = columnsOf(declared);
		switch (declared.holding.erasedWith) {
			case "app":
				return or(owner && app && and(eq(owner, ownerId), inArray(app, apps)), account && eq(account, accountId));
			case "workspace":
				return owner && eq(owner, ownerId);
			case "account":
				return account
					? eq(account, accountId)
					: declared.table === accounts.table && id
						? eq(id, accountId)
						: undefined;
			default:
				return undefined;
		}
	});
}

/** Whatever has expired, in one transaction; each is one indexed delete. */
export async function deleteExpiredEntries(dir: Directory): Promise<void> {
	const dayMs = 86_400_000;
	await deleteFrom(dir, (declared) => {
		const { expires } = declared.holding;
		const column = expires && columnsOf(declared)[expires.at];
		return column && lte(column, dir.now() - (expires.afterDays ?? 0) * dayMs);
	});
}

async function deleteFrom(dir: Directory, whereOf: (declared: DirectoryDeclared) => SQL | undefined): Promise<void> {
	const chosen = directoryTables.flatMap((declared: DirectoryDeclared) => {
		const where = whereOf(declared);
		return where ? [{ table: declared.table, where }] : [];
	});
	await onDirectory(dir, async (rows: Rows) => {
		const [first, ...rest] = chosen.map(({ table, where }): BatchItem<"sqlite"> => rows.delete(table).where(where));
		if (first) await rows.batch([first, ...rest]);
	});
}

/** Columns by the name that the code has for them. */
function columnsOf({ table }: DirectoryDeclared): Partial<Record<string, SQLiteColumn>> {
	const all = new Set<unknown>(getTableConfig(table).columns);
	return Object.fromEntries(Object.entries(table).filter(([, value]) => all.has(value)));
}
