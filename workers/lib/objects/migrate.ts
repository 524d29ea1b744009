// The tables of a Durable Object, and how they change. An object has a database of its own and nobody can visit them all after a
// deployment, so each one brings itself up to date when it is opened. Durable Objects refuse `PRAGMA user_version`: the version
// is a row.
import type { DurableObjectStorage } from "@cloudflare/workers-types";

/** The statements of one step. The list only ever grows at its end: a database of version n has had the first n. */
export type Migration = readonly string[];
type Storage = Pick<DurableObjectStorage, "sql" | "transactionSync">;

/** What a database needs before anything else of it is read: its version, and that it is one we know. */
export const schemaTable =
	"CREATE TABLE IF NOT EXISTS _schema(k INTEGER PRIMARY KEY CHECK (k = 1), version INTEGER NOT NULL) STRICT";

export function hasTable({ sql }: Pick<Storage, "sql">, name: string): boolean {
	return sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name).toArray().length === 1;
}

/** 0 before the first step, and for what was written before there were versions. */
function versionOf(storage: Pick<Storage, "sql">): number {
	if (!hasTable(storage, "_schema")) return 0;
	return storage.sql.exec<{ version: number }>("SELECT version FROM _schema").toArray()[0]?.version ?? 0;
}

/**
 * Applies what is missing. Each step and its number are one transaction, so after a crash the next opening goes on where this one
 * ended. Throws for a database that a later release wrote, and writes nothing to it: that release's code may rely on what this
 * one would leave out. So after going back to the release before, objects that were opened meanwhile answer an error and keep
 * what they hold, the others work, and all do again once the later release is back.
 */
export function migrate(storage: Storage, migrations: readonly Migration[]): void {
	const version = versionOf(storage);
	if (version > migrations.length) {
		throw new Error(`This object's tables are of version ${version}, and this release knows ${migrations.length}.`);
	}
	for (const [at, statements] of migrations.entries()) {
		if (at < version) continue;
		storage.transactionSync(() => {
			for (const statement of [schemaTable, ...statements]) storage.sql.exec(statement);
			storage.sql.exec("INSERT OR REPLACE INTO _schema(k, version) VALUES (1, ?)", at + 1);
		});
	}
}
