// Migrations on real D1: applied once, whole or not at all; and the lint finds each way in which a schema can become unsafe.
import type { D1Database } from "@cloudflare/workers-types";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applyMigrations, readMigrations } from "#db/migrations/apply.ts";
import { lintSchema } from "#db/migrations/lint.ts";
import { checkRegionPin, pinRegion } from "#db/region-pin.ts";
import { type Databases, startDatabases } from "./databases.ts";

let databases: Databases;
let db: D1Database;
beforeAll(async () => {
	databases = await startDatabases();
	db = databases.spare;
});
afterAll(() => databases.dispose());

beforeEach(async () => {
	// Views and triggers first, children before parents.
	const order = "CASE type WHEN 'trigger' THEN 0 WHEN 'view' THEN 1 ELSE 2 END, rowid DESC";
	const { results } = await db
		.prepare(
			`SELECT type, name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY ${order}`,
		)
		.all<{ type: string; name: string }>();
	for (const { type, name } of results) await db.prepare(`DROP ${type} ${name}`).run();
});

test("applies each migration once, and again nothing", async () => {
	expect(await applyMigrations(db, "tenants")).toEqual(readMigrations("tenants").map(({ name }) => name));
	expect(await applyMigrations(db, "tenants")).toEqual([]);
	expect(await lintSchema(db, "tenants")).toEqual([]);
});

test("leaves nothing of a migration that fails half way", async () => {
	const broken = { name: "0001_broken.sql", sql: "CREATE TABLE a (b TEXT) STRICT; INSERT INTO a VALUES (x'00');" };
	await expect(applyMigrations(db, "tenants", [broken])).rejects.toThrow();
	const { results } = await db.prepare("SELECT name FROM sqlite_master WHERE name = 'a'").all();
	expect(results).toEqual([]);
});

test("refuses a released migration that was changed", async () => {
	const [first, ...rest] = readMigrations("directory");
	if (!first) throw new Error("no migration");
	await applyMigrations(db, "directory");
	const changed = { ...first, sql: `${first.sql}\n-- later` };
	await expect(applyMigrations(db, "directory", [changed, ...rest])).rejects.toThrow(/changed/);
});

test("a column that is added later keeps the schema safe", async () => {
	await applyMigrations(db, "tenants");
	await db.prepare("ALTER TABLE t_apps ADD COLUMN colour TEXT").run();
	expect(await lintSchema(db, "tenants")).toEqual([]);
});

const harm: [what: string, finding: string, ...statements: string[]][] = [
	["drops a guard", "missing: trigger t_apps_delete", "DROP TRIGGER t_apps_delete"],
	[
		"weakens a guard",
		"changed: trigger t_apps_delete",
		"DROP TRIGGER t_apps_delete",
		"CREATE TRIGGER t_apps_delete BEFORE DELETE ON t_apps BEGIN SELECT 1; END",
	],
	["drops a view", "missing: view apps", "DROP VIEW apps"],
	["opens a view", "changed: view apps", "DROP VIEW apps", "CREATE VIEW apps AS SELECT * FROM t_apps"],
	[
		"adds a table without owner",
		"no owner: t_notes",
		"CREATE TABLE t_notes (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID",
	],
	[
		"adds a table without policy",
		"no policy: t_notes",
		"CREATE TABLE t_notes (owner_id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID",
	],
	[
		"adds a table that is not STRICT",
		"not STRICT: notes",
		"CREATE TABLE notes (owner_id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
	],
	[
		"adds a table with rowids",
		"not WITHOUT ROWID: notes",
		"CREATE TABLE notes (owner_id TEXT NOT NULL PRIMARY KEY) STRICT",
	],
	[
		"puts the owner second",
		"owner not first in the primary key: notes",
		"CREATE TABLE notes (id TEXT NOT NULL, owner_id TEXT NOT NULL, PRIMARY KEY (id, owner_id)) STRICT, WITHOUT ROWID",
	],
	[
		"makes something unique across tenants",
		"owner not first in an index of t_apps",
		"CREATE UNIQUE INDEX u ON t_apps (preview_label)",
	],
	[
		"cascades",
		"cascades: notes",
		"CREATE TABLE notes (owner_id TEXT NOT NULL PRIMARY KEY, FOREIGN KEY (owner_id) REFERENCES t_balance (owner_id) ON DELETE CASCADE) STRICT, WITHOUT ROWID",
	],
	[
		"points at a parent without its owner",
		"a foreign key of notes does not begin with the owner",
		"CREATE TABLE notes (owner_id TEXT NOT NULL PRIMARY KEY, app TEXT, FOREIGN KEY (app) REFERENCES t_balance (owner_id)) STRICT, WITHOUT ROWID",
	],
	["drops the region pin's guard", "missing: trigger region_pin_no_update", "DROP TRIGGER region_pin_no_update"],
	["adds a trigger of its own", "undeclared: trigger x", "CREATE TRIGGER x AFTER INSERT ON t_apps BEGIN SELECT 1; END"],
];
test.each(harm)("the lint fails a migration that %s", async (_what, finding, ...statements) => {
	await applyMigrations(db, "tenants");
	const harmful = { name: "0002_harm.sql", sql: `${statements.join(";\n")};` };
	const applying = applyMigrations(db, "tenants", [...readMigrations("tenants"), harmful]);
	await expect(applying).rejects.toThrow(finding);
	expect(await lintSchema(db, "tenants")).toContain(finding);
});

test("a database that misses a column fails the lint", async () => {
	await applyMigrations(db, "directory");
	await db.prepare("ALTER TABLE sessions DROP COLUMN user_agent").run();
	expect(await lintSchema(db, "directory")).toEqual(["column missing: sessions.user_agent"]);
});

test("pins a database to one region for good", async () => {
	await applyMigrations(db, "directory");
	expect(await checkRegionPin(db, "eu-west")).toBe(false);
	expect(await pinRegion(db, "eu-west")).toBe(true);
	expect(await pinRegion(db, "eu-west")).toBe(true);
	expect(await pinRegion(db, "us-east")).toBe(false);
	expect(await checkRegionPin(db, "us-east")).toBe(false);
	for (const statement of [
		"UPDATE region_pin SET region = 'us-east'",
		"DELETE FROM region_pin",
		"INSERT OR REPLACE INTO region_pin VALUES (1, 'us-east')",
		"INSERT INTO region_pin VALUES (2, 'us-east')",
	]) {
		await expect(db.prepare(statement).run(), statement).rejects.toThrow();
	}
	expect(await checkRegionPin(db, "eu-west")).toBe(true);
});

test("reads and filtered writes search by the primary key, however many tenants there are", async () => {
	const plan = async (sql: string) => {
		const { results } = await databases.shard.prepare(`EXPLAIN QUERY PLAN ${sql}`).all<{ detail: string }>();
		return results.map(({ detail }) => detail).filter((detail) => /\bt_/.test(detail));
	};
	const prefix = (name: string) => `${name} AS NOT MATERIALIZED (SELECT * FROM t_${name} WHERE owner_id = 'o')`;
	const reads = [
		`WITH ${prefix("versions")} SELECT * FROM versions WHERE id = 'v'`,
		`WITH ${prefix("versions")}, ${prefix("apps")} SELECT * FROM apps a JOIN versions v ON v.app_id = a.id`,
		`WITH ${prefix("apps")} SELECT * FROM apps a JOIN apps b ON a.id = b.forked_from`,
		`WITH ${prefix("apps")}, ${prefix("builds")} SELECT id FROM apps UNION ALL SELECT id FROM builds`,
		`WITH ${prefix("builds")} SELECT 1 WHERE EXISTS (SELECT 1 FROM builds WHERE state = 'queued')`,
	];
	const filter = (base: string) => `${base}.owner_id = (SELECT owner_id FROM rls_ctx WHERE k = 1)`;
	const writes = [
		`UPDATE t_apps SET may_fork = 1 WHERE ${filter("t_apps")} AND (id = 'a')`,
		`DELETE FROM t_messages WHERE ${filter("t_messages")}`,
	];
	for (const sql of [...reads, ...writes]) {
		const details = await plan(sql);
		expect(details.length).toBeGreaterThan(0);
		for (const detail of details) expect(detail).toMatch(/^SEARCH .*\(owner_id=\?/);
	}
});
