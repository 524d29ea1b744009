// Every table of an app's object, and how each came about. A change is a new step at the end, and a line in the register
// (schema/register/app-origin.ts).
import { alarmsTable } from "#lib/objects/alarms.ts";
import type { Migration } from "#lib/objects/migrate.ts";
import { accessTables } from "./access-store.ts";
import { configTables } from "./config-store.ts";
import { dataTables } from "./data-store.ts";

export const runtimeMigrations: readonly Migration[] = [
	// objects from before there were versions have these already, except that one of a deleted app has only the first
	[...configTables, ...accessTables, ...dataTables],
	// what those objects had their one alarm for, and what nobody forgot for them
	[
		alarmsTable,
		"INSERT INTO alarms(name, due, tries) SELECT 'publish', 0, 0 FROM config WHERE published = 0",
		"INSERT INTO alarms(name, due, tries) SELECT 'expire', min(expires_at), 0 FROM (SELECT expires_at FROM codes UNION ALL SELECT expires_at FROM sessions) HAVING count(*) > 0",
	],
];
