// A tenant's table of this product: what row-level security needs to know of it, and what the register does. A table that does
// not say what it holds does not compile.
import type { SQLiteColumnBuilderBase } from "drizzle-orm/sqlite-core";
import type { ColumnSecrets, Holding } from "#schema/register/holding.ts";
import { tenantTable as guardedTable, type TenantTableOptions } from "../rls/tenant-table.ts";

/** Whose it is, and which deletion takes it, follow from the width. */
export type TenantHolding<Column> = Omit<Holding, "whose" | "erasedWith"> & ColumnSecrets<Column>;

export function tenantTable<Name extends string, Columns extends Record<string, SQLiteColumnBuilderBase>>({
	holding,
	...options
}: TenantTableOptions<Name, Columns> & { holding: TenantHolding<keyof Columns & string> }) {
	const whose = options.width === "app" ? "app" : "workspace";
	const declared: Holding & ColumnSecrets<string> = { ...holding, whose, erasedWith: whose };
	return { ...guardedTable<Name, Columns>(options), holding: declared };
}
