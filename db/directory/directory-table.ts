// A table of the directory, declared once; its SQL is generated like a tenant's table, without view and guards. What it holds,
// which deletion takes its rows and when they expire stands here too: erase.ts walks it.
import { type SQLiteColumnBuilderBase, type SQLiteTable, sqliteTable } from "drizzle-orm/sqlite-core";
import type { ColumnSecrets, Holding } from "#schema/register/holding.ts";

/** Rows go when the time in `at` has passed, or `afterDays` later. */
export interface Expiry<Column> {
	at: Column;
	afterDays?: number;
}

export type DirectoryHolding<Column> = Holding & ColumnSecrets<Column> & { expires?: Expiry<Column> };

/** What erasing and the register know of a table. */
export interface DirectoryDeclared {
	table: SQLiteTable;
	holding: DirectoryHolding<string>;
}

/** The columns by which a deletion finds its rows. */
const keysOf: Partial<Record<Holding["erasedWith"], readonly string[]>> = {
	app: ["ownerId", "appId"],
	workspace: ["ownerId"],
	account: ["ownerId", "accountId"],
};

export function directoryTable<Name extends string, Columns extends Record<string, SQLiteColumnBuilderBase>>(options: {
	name: Name;
	columns: Columns;
	primaryKey: readonly string[];
	unique?: readonly (readonly string[])[];
	indexes?: readonly (readonly string[])[];
	/** `append`: rows never change or go. `label`: they never go, and change only from active to retired. */
	keeps?: "append" | "label";
	holding: DirectoryHolding<keyof Columns & string>;
}) {
	const { name, columns, primaryKey, unique = [], indexes = [], keeps = null } = options;
	const policy = { base: name, primaryKey, unique, indexes, keeps, foreignKeys: [], checks: {} };
	const holding: DirectoryHolding<string> = options.holding;
	const missing = (keysOf[holding.erasedWith] ?? []).filter((key) => !(key in columns));
	// the accounts themselves are found by their own id
	if (missing.length > 0 && name !== "accounts") throw new Error(`${name} lacks ${missing.join(", ")} to be erased by`);
	return { policy, table: sqliteTable(name, columns), holding };
}
