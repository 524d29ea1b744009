// Every statement that the stores send to a shard, replayed under SQLite's authorizer: a base table is reached through its
// view, its prefix or as a guarded target, and in no other way. A store's function that the journey leaves out fails the test.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { initialMigration } from "#db/rls/schema.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { type Audit, startAudit } from "../../support/isolation/audit.ts";
import { type EmittedCall, recordStatements } from "../../support/isolation/record.ts";
import { liveOneLife, statementMakers, stores } from "../../support/isolation/store-journey.ts";
import { type Databases, startDatabases } from "../db/databases.ts";

let databases: Databases;
let audit: Audit;
let calls: EmittedCall[];
const called = new Set<string>();
beforeAll(async () => {
	databases = await startDatabases();
	audit = startAudit(initialMigration("tenants"), [...tenantPolicies.values()]);
	const recording = recordStatements(databases.shard);
	await liveOneLife(recording.db, (name) => called.add(name));
	calls = recording.calls;
});
afterAll(() => {
	audit?.close();
	return databases?.dispose();
});

test("every function of every store is part of the journey", () => {
	const files = readdirSync(fileURLToPath(new URL("../../../db/stores/", import.meta.url).href)).map((name) =>
		name.replace(/\.ts$/, ""),
	);
	expect(Object.keys(stores).sort()).toEqual(files.sort());
	const exported = Object.values(stores).flatMap((store) =>
		Object.entries(store).flatMap(([name, value]) => (typeof value === "function" ? [name] : [])),
	);
	const missing = exported.filter((name) => !called.has(name) && !statementMakers.includes(name));
	expect(missing).toEqual([]);
});

test("each access to a base table comes through its view, its prefix or a guarded write", () => {
	const findings = calls.flatMap((call) =>
		audit.findings(call).map((finding) => `${finding}: ${call.statements.map(({ sql }) => sql).join("; ")}`),
	);
	expect(findings).toEqual([]);
	const statements = calls.flatMap((call) => call.statements);
	const distinct = new Set(statements.map(({ sql }) => sql)).size;
	expect(distinct).toBeGreaterThan(60);
	process.stdout.write(
		`authorizer: ${statements.length} statements of the stores (${distinct} distinct), ${audit.accesses} accesses judged\n`,
	);
});

const harmful: [why: string, finding: RegExp, call: EmittedCall][] = [
	["reads a base table", /reads t_apps\.\w+ through null/, single("SELECT id FROM t_apps")],
	[
		"has a prefix without owner",
		/without its prefix/,
		single("WITH apps AS NOT MATERIALIZED (SELECT * FROM t_apps) SELECT id FROM apps"),
	],
	[
		"names the base table beside its prefix",
		/through null|outside its prefix/,
		single("WITH apps AS NOT MATERIALIZED (SELECT * FROM t_apps WHERE owner_id = ?1) SELECT a.id FROM apps, t_apps a"),
	],
	[
		"is prefixed for nobody",
		/not bound to an owner/,
		single("WITH apps AS NOT MATERIALIZED (SELECT * FROM t_apps WHERE owner_id = ?1) SELECT id FROM apps", [null]),
	],
	["reads the context", /reads rls_ctx/, single("SELECT owner_id FROM rls_ctx")],
	["reads the schema", /reads sqlite_master/, single("SELECT name FROM sqlite_master")],
	["writes outside a batch", /something else/, single("DELETE FROM t_apps")],
	["updates without the filter", /no filter/, batch("UPDATE t_apps SET name = 'x'")],
	[
		"reads a base table in a write",
		/reads t_versions/,
		batch(filtered("name = (SELECT max(message) FROM t_versions)")),
	],
	["writes a relation that is nobody's", /target is rls_ctx/, batch("DELETE FROM rls_ctx")],
	[
		"has no context",
		/does not begin/,
		{
			kind: "batch",
			statements: [
				{ sql: filtered("name = 'x'"), params: [] },
				{ sql: "DELETE FROM rls_ctx", params: [] },
			],
		},
	],
];
test.each(harmful)("the audit finds a statement that %s", (_why, finding, call) => {
	expect(audit.findings(call).join("\n")).toMatch(finding);
});

function single(sql: string, params: unknown[] = ["own_a"]): EmittedCall {
	return { kind: "single", statements: [{ sql, params }] };
}

function batch(sql: string): EmittedCall {
	const context = "INSERT OR REPLACE INTO rls_ctx (k, owner_id, app_id, may_write, is_erasing) VALUES (1, ?, ?, ?, ?)";
	return {
		kind: "batch",
		statements: [context, sql, "DELETE FROM rls_ctx"].map((text) => ({ sql: text, params: [] })),
	};
}

function filtered(assignment: string): string {
	return `UPDATE t_apps SET ${assignment} WHERE t_apps.owner_id = (SELECT owner_id FROM rls_ctx WHERE k = 1)`;
}
