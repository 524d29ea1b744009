// Reads a database's real schema and says everything that makes it unsafe. It runs after every migration and at deployment, so
// a migration that loses a guard, STRICT or the owner, or that would cascade, does not go live.
import type { D1Database } from "@cloudflare/workers-types";
import { tenantPolicies } from "../tables/all.ts";
import { type DatabaseKind, exceptions, expectedObjects } from "./schema.ts";

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
		else if (key.startsWith("table ") ? losesDefinition(actual, sql) : normalize(actual) !== normalize(sql)) {
			findings.push(`changed: ${key}`);
		}
	}
	for (const key of present.keys()) {
		if (!expected.has(key) && key !== "table schema_migrations" && key !== "table d1_migrations") {
			findings.push(`undeclared: ${key}`);
		}
	}
	return findings;
}

/**
 * Whether a table lacks a column as declared, a key or a CHECK: what a rebuild loses without a word, and what holds a balance
 * above zero. More columns are allowed; one that is missing whole is told by its name below.
 */
function losesDefinition(actual: string, expected: string): boolean {
	const present = definitionsOf(actual);
	const names = new Set(present.map((definition) => definition.split(" ")[0]));
	return definitionsOf(expected).some(
		(definition) =>
			(/^[A-Z]/.test(definition) || names.has(definition.split(" ")[0])) &&
			!present.some((other) => other === definition || other.startsWith(`${definition} DEFAULT`)),
	);
}

/** Columns and constraints of a CREATE TABLE, one each. */
function definitionsOf(sql: string): string[] {
	const body = normalize(sql.slice(sql.indexOf("(") + 1, sql.lastIndexOf(")")));
	const definitions = [""];
	let depth = 0;
	for (const char of body) {
		if (char === "(") depth++;
		if (char === ")") depth--;
		if (char === "," && depth === 0) definitions.push("");
		else definitions[definitions.length - 1] += char;
	}
	return definitions.map((definition) => definition.trim());
}

async function lintTables(db: D1Database, tables: readonly string[], kind: DatabaseKind): Promise<string[]> {
	const findings: string[] = [];
	const [list, columns, keys] = await readAll(db, [
		"SELECT name AS tbl, wr, strict FROM pragma_table_list WHERE schema = 'main'",
		`SELECT m.name AS tbl, c.name ${ofTables("table_xinfo", "c")}`,
		`SELECT m.name AS tbl, k.on_delete, k.on_update ${ofTables("foreign_key_list", "k")}`,
	]);
	for (const table of tables) {
		if (table === "d1_migrations") continue;
		const shape = list?.find((row) => row.tbl === table);
		if (!shape?.strict) findings.push(`not STRICT: ${table}`);
		if (!shape?.wr && table !== "rls_ctx") findings.push(`not WITHOUT ROWID: ${table}`);
	}
	for (const key of keys ?? []) {
		if (key.on_delete !== "NO ACTION" || key.on_update !== "NO ACTION") findings.push(`cascades: ${key.tbl}`);
	}
	for (const [table, expected] of expectedColumns(kind)) {
		const actual = new Set(columns?.filter((row) => row.tbl === table).map((row) => row.name));
		for (const name of expected) if (!actual.has(name)) findings.push(`column missing: ${table}.${name}`);
	}
	return findings;
}

/** Every tenant table has a policy, an owner that cannot be null, and the owner first in each of its keys. */
async function lintOwners(db: D1Database, tables: readonly string[]): Promise<string[]> {
	const findings: string[] = [];
	const bases = new Set([...tenantPolicies.values()].map(({ base }) => base));
	const own = tables.filter((table) => !exceptions.tenants.includes(table) && table !== "d1_migrations");
	const [owners, indexes, keys] = await readAll(db, [
		`SELECT m.name AS tbl, c."notnull", c.pk ${ofTables("table_xinfo", "c")} AND c.name = 'owner_id'`,
		`SELECT DISTINCT m.name AS tbl, c.name AS first ${ofTables("index_list", "i", ", pragma_index_info(i.name) c")} AND c.seqno = 0`,
		`SELECT m.name AS tbl, k."from", k."to" ${ofTables("foreign_key_list", "k")} AND k.seq = 0`,
	]);
	for (const table of own) {
		if (!bases.has(table)) findings.push(`no policy: ${table}`);
		const owner = owners?.find((row) => row.tbl === table);
		if (!owner?.notnull) findings.push(`no owner: ${table}`);
		if (owner?.pk !== 1) findings.push(`owner not first in the primary key: ${table}`);
		const firsts = indexes?.filter((row) => row.tbl === table) ?? [];
		if (firsts.some(({ first }) => first !== "owner_id")) findings.push(`owner not first in an index of ${table}`);
		const parents = keys?.filter((row) => row.tbl === table) ?? [];
		if (parents.some((key) => key.from !== "owner_id" || key.to !== "owner_id")) {
			findings.push(`a foreign key of ${table} does not begin with the owner`);
		}
	}
	return findings;
}

/** The rows of a schema pragma for every table. */
const ofTables = (pragma: string, alias: string, more = "") =>
	`FROM sqlite_master m, pragma_${pragma}(m.name) ${alias}${more} WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'`;

async function readAll(db: D1Database, statements: readonly string[]): Promise<Record<string, unknown>[][]> {
	const results = await db.batch<Record<string, unknown>>(statements.map((statement) => db.prepare(statement)));
	return results.map((result) => result.results);
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
