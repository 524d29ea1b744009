// A table of the directory, declared once; its SQL is generated like a tenant's table, without view and guards.
import { type SQLiteColumnBuilderBase, sqliteTable } from "drizzle-orm/sqlite-core";

export function directoryTable<Name extends string, Columns extends Record<string, SQLiteColumnBuilderBase>>(options: {
	name: Name;
	columns: Columns;
	primaryKey: readonly string[];
	unique?: readonly (readonly string[])[];
	indexes?: readonly (readonly string[])[];
	/** `append`: rows never change or go. `label`: they never go, and change only from active to retired. */
	keeps?: "append" | "label";
}) {
	const { name, columns, primaryKey, unique = [], indexes = [], keeps = null } = options;
	const policy = { base: name, primaryKey, unique, indexes, keeps, foreignKeys: [], checks: {} };
	return { policy, table: sqliteTable(name, columns) };
}
