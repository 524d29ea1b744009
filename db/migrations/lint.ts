// Reads a database's real schema and says everything that makes it unsafe. It runs after every migration and at deployment, so
// a migration that loses a guard, STRICT or the owner, or that would cascade, does not go live.
import type { D1Database } from "@cloudflare/workers-types";
import { type DatabaseKind, exceptions, expectedObjects } from "../rls/schema.ts";
import { tenantPolicies } from "../tables/all.ts";

interface Found {
	type: string;
	name: string;
	tbl_name: string;
	sql: string | null;
}

/** What is wrong, one line each; none when all is well. Lines name schema objects, never data. */
export async function lintSchema(db: D1Database, kind: DatabaseKind): Promise<string[]> {
	const { results } = await db
		.prepare(
			"SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'",
		)
		.all<Found>();
	const tables = results.filter(({ type }) => type === "table").map(({ name }) => name);
	const findings = [...compareObjects(results, kind), ...(await lintTables(db, tables, kind))];
	if (kind === "tenants") findings.push(...(await lintOwners(db, tables)));
	return findings;
}

/** Guards, views and the region pin must be exactly what the declarations say; nothing else may be there. */
function compareObjects(found: readonly Found[], kind: DatabaseKind): string[] {
	const expected = new Map(expectedObjects(kind).map((object) => [`${object.type} ${object.name}`, object.sql]));
	const findings: string[] = [];
	const present = new Map(found.map((object) => [`${object.type} ${object.name}`, object.sql ?? ""]));
	for (const [key, sql] of expected) {
		const actual = present.get(key);
		if (actual === undefined) findings.push(`missing: ${key}`);
		// A column added later changes a table's text; its shape is looked at below.
		else if (!key.startsWith("table ") && normalize(actual) !== normalize(sql)) findings.push(`changed: ${key}`);
	}
	for (const key of present.keys()) {
		if (!expected.has(key) && key !== "table schema_migrations" && key !== "table d1_migrations") {
			findings.push(`undeclared: ${key}`);
		}
	}
	return findings;
}

async function lintTables(db: D1Database, tables: readonly string[], kind: DatabaseKind): Promise<string[]> {
	const findings: string[] = [];
	const list = await db
		.prepare("PRAGMA table_list")
		.all<{ name: string; type: string; wr: number; strict: number; schema: string }>();
	for (const table of tables) {
		const shape = list.results.find((row) => row.name === table && row.schema === "main");
		if (table === "d1_migrations") continue;
		if (!shape?.strict) findings.push(`not STRICT: ${table}`);
		if (!shape?.wr && table !== "rls_ctx") findings.push(`not WITHOUT ROWID: ${table}`);
		const keys = await db.prepare(`PRAGMA foreign_key_list(${table})`).all<{ on_delete: string; on_update: string }>();
		for (const key of keys.results) {
			if (key.on_delete !== "NO ACTION" || key.on_update !== "NO ACTION") findings.push(`cascades: ${table}`);
		}
	}
	const columns = expectedColumns(kind);
	for (const [table, expected] of columns) {
		const { results } = await db.prepare(`PRAGMA table_xinfo(${table})`).all<{ name: string }>();
		const actual = results.map((row) => row.name);
		for (const name of expected) if (!actual.includes(name)) findings.push(`column missing: ${table}.${name}`);
	}
	return findings;
}

/** Every tenant table has a policy, an owner that cannot be null, and the owner first in each of its keys. */
async function lintOwners(db: D1Database, tables: readonly string[]): Promise<string[]> {
	const findings: string[] = [];
	const bases = new Set([...tenantPolicies.values()].map(({ base }) => base));
	for (const table of tables) {
		if (exceptions.tenants.includes(table) || table === "d1_migrations") continue;
		if (!bases.has(table)) findings.push(`no policy: ${table}`);
		const columns = await db
			.prepare(`PRAGMA table_xinfo(${table})`)
			.all<{ name: string; notnull: number; pk: number }>();
		const owner = columns.results.find(({ name }) => name === "owner_id");
		if (!owner?.notnull) findings.push(`no owner: ${table}`);
		if (owner?.pk !== 1) findings.push(`owner not first in the primary key: ${table}`);
		const indexes = await db.prepare(`PRAGMA index_list(${table})`).all<{ name: string; unique: number }>();
		for (const index of indexes.results) {
			const keys = await db.prepare(`PRAGMA index_info(${index.name})`).all<{ seqno: number; name: string | null }>();
			const first = keys.results.find(({ seqno }) => seqno === 0);
			if (first?.name !== "owner_id") findings.push(`owner not first in an index of ${table}`);
		}
		const foreign = await db
			.prepare(`PRAGMA foreign_key_list(${table})`)
			.all<{ id: number; seq: number; from: string; to: string | null }>();
		for (const key of foreign.results) {
			if (key.seq === 0 && (key.from !== "owner_id" || key.to !== "owner_id")) {
				findings.push(`a foreign key of ${table} does not begin with the owner`);
			}
		}
	}
	return findings;
}

function expectedColumns(kind: DatabaseKind): [table: string, columns: string[]][] {
	return expectedObjects(kind)
		.filter(({ type }) => type === "table")
		.map(({ name, sql }) => {
			const lines = sql.split("\n").slice(1, -1);
			const words = lines.map((line) => line.trim().split(/[ (]/)[0] ?? "");
			return [name, words.filter((word) => /^[a-z]/.test(word))];
		});
}

const normalize = (sql: string) => sql.replace(/\s+/g, " ").trim();
