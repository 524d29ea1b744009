// The schema that each kind of database should have, whole, from the declarations.

import { directoryObjects } from "../directory/directory-sql.ts";
import { contextObjects, regionPinObjects, type SchemaObject, tenantObjects } from "../rls/sql.ts";
import { tenantTables } from "../tables/all.ts";

export const databaseKinds = ["directory", "tenants"] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** Tables that are no tenant's and no directory row's, by kind. Each is named here or it fails the lint. */
export const exceptions: Record<DatabaseKind, readonly string[]> = {
	directory: ["region_pin", "schema_migrations"],
	tenants: ["region_pin", "schema_migrations", "rls_ctx"],
};

export function expectedObjects(kind: DatabaseKind): SchemaObject[] {
	const own = kind === "directory" ? directoryObjects() : [...contextObjects, ...tenantObjects(tenantTables)];
	return [...regionPinObjects, ...own];
}

/**
 * Everything that the declarations ask for, in an order in which it can be created.
 * @kept for tests, which compare the migrations with it
 */
export function declaredSchema(kind: DatabaseKind): string {
	return expectedObjects(kind)
		.map(({ sql }) => `${sql};\n`)
		.join("\n");
}
