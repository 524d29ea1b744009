// Every statement that the stores send to a shard, replayed under SQLite's authorizer: a base table is reached through its
// view, its prefix or as a guarded target, and in no other way. Every statement that is said to the directory finds its rows by
// a key. A function that the journeys leave out fails the test; what the running product says is judged by every test host.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { declaredSchema } from "#db/migrations/schema.ts";
import { checkRead, checkWrite } from "#db/rls/gate.ts";
import { contextObjects, tenantObjects } from "#db/rls/sql.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { reportFigures } from "../../support/figures.ts";
import { type Audit, startAudit } from "../../support/isolation/audit.ts";
import { type DirectoryAudit, startDirectoryAudit } from "../../support/isolation/directory-audit.ts";
import { liveOneAccount, lookUps, pureFunctions, withoutLookUps } from "../../support/isolation/directory-journey.ts";
import { type EmittedCall, recordStatements } from "../../support/isolation/record.ts";
import { liveOneLife, statementMakers, stores } from "../../support/isolation/store-journey.ts";
import { oraclePolicies, oracleTables } from "../../support/isolation/tables.ts";
import { type Databases, startDatabases } from "../db/databases.ts";

let databases: Databases;
let audit: Audit;
let directoryAudit: DirectoryAudit;
const calls: EmittedCall[] = [];
const directoryCalls: EmittedCall[] = [];
const called = new Set<string>();
beforeAll(async () => {
	databases = await startDatabases();
	audit = startAudit(declaredSchema("tenants"), [...tenantPolicies.values()]);
	const db = recordStatements(databases.shard, (call) => calls.push(call));
	await liveOneLife(db, (name) => called.add(name));
	directoryAudit = startDirectoryAudit(declaredSchema("directory"));
	const keys = await makeDirectoryKeys("us-east", "test", { index: randomKey(), seal: randomKey() });
	const directory = recordStatements(databases.directory, (call) => directoryCalls.push(call));
	await liveOneAccount(directory, keys, (name) => called.add(name));
});
afterAll(() => {
	audit?.close();
	directoryAudit?.close();
	return databases?.dispose();
});

test("every function of every store is part of the journey", () => {
	expect(Object.keys(stores).sort()).toEqual(filesIn("stores"));
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
	reportFigures("authorizer", { "statements of the stores": distinct, "accesses judged": audit.accesses });
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

test("a table of teams is reached through the membership, and the membership through nothing else", () => {
	const schema = [...contextObjects, ...tenantObjects(oracleTables)].map(({ sql }) => `${sql};\n`).join("\n");
	const judge = startAudit(schema, [...oraclePolicies.values()]);
	const context = { ownerId: "own_a", appId: null, accountId: "u1", mayWrite: true, isErasing: false };
	const asked = (sql: string, more = {}) => checkRead(sql, oraclePolicies, { ...context, ...more });
	for (const checked of [
		asked("SELECT id FROM notes"),
		asked("SELECT id FROM notes", { accountId: null }),
		asked("SELECT notes.id FROM notes, members, notes AS other"),
		asked("SELECT id FROM members WHERE EXISTS (SELECT 1 FROM notes)"),
		asked("SELECT id FROM notes", { appId: "b1" }),
	]) {
		if (!checked.ok) throw new Error(checked.reason);
		expect(judge.findings(single(checked.sql, [...checked.params]))).toEqual([]);
	}
	for (const sql of [
		"INSERT INTO t_notes SELECT owner_id, id || 'k', team_id, title, n FROM notes",
		"UPDATE t_notes SET title = (SELECT max(title) FROM members)",
		"DELETE FROM t_notes",
		"DELETE FROM t_members",
	]) {
		const checked = checkWrite(sql, oraclePolicies, context);
		if (!checked.ok) throw new Error(checked.reason);
		expect(judge.findings(batch(checked.sql))).toEqual([]);
	}
	const prefixed = (condition: string) =>
		single(
			`WITH notes AS NOT MATERIALIZED (SELECT * FROM t_notes WHERE owner_id = ?1${condition}) SELECT id FROM notes`,
			["own_a", "u1"],
		);
	const membership = "SELECT m.team_id FROM t_members m WHERE m.owner_id = ?1";
	for (const call of [
		prefixed(""),
		prefixed(" AND team_id IS NULL"),
		prefixed(` AND (team_id IS NULL OR team_id IN (${membership}))`),
		single("SELECT team_id FROM t_members"),
	]) {
		expect(judge.findings(call)).not.toEqual([]);
	}
	judge.close();
});

test("every function of the directory is part of the journey", () => {
	expect([...Object.keys(lookUps), ...withoutLookUps].sort()).toEqual(filesIn("directory"));
	const exported = Object.values(lookUps).flatMap((file) =>
		Object.entries(file).flatMap(([name, value]) => (typeof value === "function" ? [name] : [])),
	);
	expect(exported.filter((name) => !called.has(name) && !pureFunctions.includes(name))).toEqual([]);
});

test("no statement lists accounts, or finds anything in the directory but by its key", () => {
	const findings = directoryCalls.flatMap((call) =>
		directoryAudit.findings(call).map((finding) => `${finding}: ${call.statements.map(({ sql }) => sql).join("; ")}`),
	);
	expect(findings).toEqual([]);
	const distinct = new Set(directoryCalls.flatMap((call) => call.statements.map(({ sql }) => sql))).size;
	expect(distinct).toBeGreaterThan(50);
	reportFigures("authorizer", { "statements of the directory": distinct });
});

const lists: [why: string, finding: RegExp, sql: string][] = [
	["lists accounts", /all of accounts/, "SELECT id FROM accounts"],
	["lists them in order", /all of accounts/, "SELECT email FROM accounts ORDER BY id LIMIT 10"],
	["lists them from a cursor on", /by no key/, "SELECT email FROM accounts WHERE id > ?"],
	["finds them by a time", /all of accounts/, "SELECT id FROM accounts WHERE created_at > ?"],
	["finds them by a name", /all of accounts/, "SELECT id FROM accounts WHERE name = ?"],
	["lists them behind a key", /all of accounts/, "SELECT accounts.id FROM sessions, accounts WHERE token_hash = ?"],
	["counts them", /all of accounts/, "SELECT count(*) FROM accounts"],
	["finds a session by its end", /by no key/, "SELECT id FROM sessions WHERE expires_at > ?"],
	["answers what it sweeps", /by no key/, "DELETE FROM sessions WHERE expires_at < ? RETURNING account_id"],
	["changes all", /all of accounts/, "UPDATE accounts SET email_verified = 1"],
	["reads the schema", /reads sqlite_master/, "SELECT name FROM sqlite_master WHERE name = ?"],
];
test.each(lists)("the audit finds a statement to the directory that %s", (_why, finding, sql) => {
	expect(directoryAudit.findings(single(sql, [1])).join("\n")).toMatch(finding);
});

function filesIn(folder: string): string[] {
	return readdirSync(fileURLToPath(new URL(`../../../db/${folder}/`, import.meta.url).href))
		.map((name) => name.replace(/\.ts$/, ""))
		.sort();
}

const randomKey = () => new Secret(crypto.getRandomValues(new Uint8Array(32)));

function single(sql: string, params: unknown[] = ["own_a"]): EmittedCall {
	return { kind: "single", statements: [{ sql, params }] };
}

function batch(sql: string): EmittedCall {
	const context =
		"INSERT OR REPLACE INTO rls_ctx (k, owner_id, app_id, account_id, may_write, is_erasing) VALUES (1, ?, ?, ?, ?, ?)";
	return {
		kind: "batch",
		statements: [context, sql, "DELETE FROM rls_ctx"].map((text) => ({ sql: text, params: [] })),
	};
}

function filtered(assignment: string): string {
	return `UPDATE t_apps SET ${assignment} WHERE t_apps.owner_id = (SELECT owner_id FROM rls_ctx WHERE k = 1)`;
}
