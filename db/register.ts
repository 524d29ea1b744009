// The register: everything there is a place for, each with what its store declares. docs/storage.md is made from it
// (scripts/write-storage.ts), deletions walk the same declarations, and a test walks a filled installation and fails for what
// is not in here.
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { logHolding } from "#lib/log.ts";
import { mailHolding } from "#lib/mail.ts";
import { regionMarkerHolding, regionMarkerKey } from "#lib/region-marker.ts";
import { appRuntimeTables, appsObjects } from "#schema/register/app-origin.ts";
import { buildSessionKeys, buildSessionTables } from "#schema/register/build-object.ts";
import type { ColumnSecrets, Holding } from "#schema/register/holding.ts";
import { keyPurposes, tombstoneHolding } from "#schema/register/keys.ts";
import { localFiles } from "#schema/register/local-folder.ts";
import type { StoreName } from "#schema/register/stores.ts";
import { contentHoldings, layoutMarkerHolding, layoutMarkerKey } from "./content.ts";
import { directoryTables } from "./directory/all.ts";
import { tenantTables } from "./tables/all.ts";

export interface RegisterEntry extends Holding {
	store: StoreName;
	/** A table, the first part of a key or name, or the key itself. */
	name: string;
	/** Of a table: all its columns, and which of them no copy shows. */
	columns?: readonly string[];
	sealed?: readonly string[];
	hashed?: readonly string[];
}

const operators = { whose: "operator", dataClass: "state", exported: "no", erasedWith: "never" } as const;

/** Tables of a database that are nobody's rows. */
const ofDatabases: Record<string, Holding & { columns: readonly string[] }> = {
	region_pin: {
		...operators,
		columns: ["k", "region"],
		holds: "Which region the database belongs to",
		kept: "for good: it never changes",
	},
	schema_migrations: {
		...operators,
		columns: ["name", "hash", "applied_at"],
		holds: "Which migrations were applied, and when",
		kept: "for good",
	},
};

const context: Holding & { columns: readonly string[] } = {
	...operators,
	columns: ["k", "owner_id", "app_id", "account_id", "may_write", "is_erasing"],
	holds: "For whom a write runs, inside its transaction",
	kept: "as long as the transaction: it is empty whenever anybody looks",
};

export const register: readonly RegisterEntry[] = [
	...directoryTables.map((declared) => ofTable("DIRECTORY", declared)),
	...ofAll("DIRECTORY", ofDatabases),
	...tenantTables.map((declared) => ofTable("TENANTS", declared)),
	...ofAll("TENANTS", { ...ofDatabases, rls_ctx: context }),
	...ofAll("CONTENT", { ...contentHoldings, [layoutMarkerKey]: layoutMarkerHolding }),
	...ofAll("APPS", appsObjects),
	...ofAll("KEYS", { ...keyPurposes.tenant, ...keyPurposes.directory, shredded: tombstoneHolding }),
	...(["CONTENT", "APPS", "KEYS"] as const).map((store) => ({ store, name: regionMarkerKey, ...regionMarkerHolding })),
	...ofAll("AppRuntime", appRuntimeTables),
	...ofAll("BuildSession", { ...buildSessionKeys, ...buildSessionTables }),
	{ store: "mail", name: "mails", ...mailHolding },
	{ store: "log", name: "lines", ...logHolding },
	...ofAll("folder", localFiles),
];

function ofAll(store: StoreName, holdings: Record<string, Holding>): RegisterEntry[] {
	return Object.entries(holdings).map(([name, holding]) => ({ store, name, ...holding }));
}

function ofTable(
	store: StoreName,
	{ table, holding }: { table: SQLiteTable; holding: Holding & ColumnSecrets<string> },
): RegisterEntry {
	const { columns, name } = getTableConfig(table);
	const all = new Set<unknown>(columns);
	const named = new Map(
		Object.entries(table).flatMap(([key, column]) =>
			all.has(column) ? [[key, (column as (typeof columns)[number]).name] as const] : [],
		),
	);
	const { holds, whose, dataClass, exported, erasedWith, kept, sealed = [], hashed = [] } = holding;
	const namesOf = (keys: readonly string[]) => keys.map((key) => named.get(key) ?? key);
	return {
		...{ store, name, holds, whose, dataClass, exported, erasedWith, kept },
		columns: [...named.values()],
		sealed: namesOf(sealed),
		hashed: namesOf(hashed),
	};
}
