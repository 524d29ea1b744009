// What the gate refuses and what it makes of the rest. Each refusal is one attack on a shard.
import { text } from "drizzle-orm/sqlite-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Context, checkRead, checkWrite, type GateRefusal } from "#db/rls/gate.ts";
import { tenantTable } from "#db/rls/tenant-table.ts";
import { tenantPolicies } from "#db/tables/all.ts";

const member: Context = { ownerId: "own_a", appId: null, accountId: null, mayWrite: true, isErasing: false };
const team = { column: "team_id", members: "team_members" } as const;
const notes = tenantTable({
	...{ name: "notes", width: "team", team, primaryKey: ["id"] },
	columns: { id: text("id").notNull(), teamId: text("team_id") },
});
const guest: Context = { ...member, appId: "app_a" };
const read = (sql: string, context = member) => checkRead(sql, tenantPolicies, context);
const write = (sql: string, context = member) => checkWrite(sql, tenantPolicies, context);

describe("a read is refused when it", () => {
	const attacks: [why: string, sql: string, reason: GateRefusal][] = [
		["names a base table", "SELECT * FROM t_apps", "base_table"],
		["names it in capitals", "SELECT * FROM T_Apps", "base_table"],
		["names it in double quotes", 'SELECT * FROM "t_apps"', "base_table"],
		["names it in brackets", "SELECT * FROM [t_apps]", "base_table"],
		["names it in backticks", "SELECT * FROM `t_apps`", "base_table"],
		["names it as a string, which SQLite takes for a name", "SELECT * FROM 't_apps'", "base_table"],
		["names it after a comment", "SELECT * FROM/**/t_apps", "base_table"],
		["hides it after a line comment", "SELECT 1 -- \n FROM t_apps", "base_table"],
		["names it in a subquery", "SELECT (SELECT count(*) FROM t_apps)", "base_table"],
		["names it in EXISTS", "SELECT 1 WHERE EXISTS (SELECT 1 FROM t_apps)", "base_table"],
		["names it in a union", "SELECT id FROM apps UNION SELECT id FROM t_apps", "base_table"],
		["names it in a join", "SELECT * FROM apps JOIN t_apps USING (id)", "base_table"],
		["names it in a CTE", "WITH x AS (SELECT * FROM t_apps) SELECT * FROM x", "base_table"],
		["qualifies by main", "SELECT * FROM main.apps", "qualifier"],
		["qualifies by main in quotes", 'SELECT * FROM "main".apps', "qualifier"],
		["qualifies by main in brackets and space", "SELECT * FROM [main] . apps", "qualifier"],
		["qualifies by main in a string", "SELECT * FROM 'MAIN'.apps", "qualifier"],
		["qualifies by temp", "SELECT * FROM temp.apps", "qualifier"],
		["redefines a relation", "WITH apps AS (SELECT 1) SELECT * FROM apps", "redefined_relation"],
		["redefines it in quotes", 'WITH "Apps" AS (SELECT 1) SELECT * FROM apps', "redefined_relation"],
		["redefines it with columns", "WITH apps(id) AS (SELECT 1) SELECT * FROM apps", "redefined_relation"],
		["redefines it materialized", "WITH apps AS NOT MATERIALIZED (SELECT 1) SELECT * FROM apps", "redefined_relation"],
		["redefines it inside", "SELECT * FROM (WITH apps AS (SELECT 1) SELECT * FROM apps)", "redefined_relation"],
		["reads the context", "SELECT * FROM rls_ctx", "reserved_name"],
		["reads the schema", "SELECT * FROM sqlite_master", "reserved_name"],
		["reads the schema by its other name", 'SELECT * FROM "SQLITE_schema"', "reserved_name"],
		["reads statistics", "SELECT * FROM sqlite_stat1", "reserved_name"],
		["reads D1's own tables", "SELECT * FROM _cf_KV", "reserved_name"],
		["calls a pragma function", "SELECT * FROM pragma_table_info('x')", "reserved_name"],
		["reads the region pin", "SELECT * FROM region_pin", "reserved_name"],
		["has a second statement", "SELECT 1; SELECT 2", "second_statement"],
		["ends in a semicolon", "SELECT 1;", "second_statement"],
		["is a PRAGMA", "PRAGMA ignore_check_constraints = 1", "forbidden_word"],
		["attaches", "ATTACH 'x' AS y", "forbidden_word"],
		["explains", "EXPLAIN SELECT 1", "forbidden_word"],
		["analyzes", "ANALYZE", "forbidden_word"],
		["creates", "CREATE TABLE x (a)", "forbidden_word"],
		["drops", "DROP VIEW apps", "forbidden_word"],
		["writes", "DELETE FROM apps", "not_a_read"],
		["writes behind a CTE", "WITH x AS (SELECT 1) DELETE FROM apps", "not_a_read"],
		["is empty", "", "not_a_read"],
		["numbers its parameter as the gate's", "SELECT * FROM apps WHERE id = ?1", "unreadable"],
		["names a parameter", "SELECT :owner", "unreadable"],
		["leaves a string open", "SELECT 'x", "unreadable"],
		["leaves a comment open", "SELECT 1 /*", "unreadable"],
		["holds a NUL, where SQLite stops", "SELECT 'a\0b'", "unreadable"],
		["closes a parenthesis that it did not open", "SELECT 1) OR (1", "unreadable"],
		["has letters that fold differently", "SELECT * FROM t_appſ", "unreadable"],
	];
	test.each(attacks)("%s", (_why, sql, reason) => {
		expect(read(sql)).toEqual({ ok: false, reason });
	});
});

describe("a write is refused when it", () => {
	const attacks: [why: string, sql: string, reason: GateRefusal][] = [
		["targets a view", "UPDATE apps SET name = 'x'", "base_table"],
		["targets a table that is nobody's", "DELETE FROM t_unknown", "base_table"],
		["targets the context", "UPDATE rls_ctx SET owner_id = 'x'", "reserved_name"],
		["reads another base table", "INSERT INTO t_apps SELECT * FROM t_versions", "base_table"],
		["reads its own base table", "INSERT INTO t_apps SELECT * FROM t_apps", "base_table"],
		["reads it from a comma", "UPDATE t_apps SET name = 'x' FROM t_versions WHERE 1", "base_table"],
		["sets from it", "UPDATE t_apps SET name = (SELECT name FROM t_workspace)", "base_table"],
		["returns from it", "DELETE FROM t_apps RETURNING (SELECT count(*) FROM t_apps)", "base_table"],
		[
			"upserts from it",
			"INSERT INTO t_apps (id) VALUES (?) ON CONFLICT DO UPDATE SET name = (SELECT name FROM t_apps)",
			"base_table",
		],
		["qualifies its target", "UPDATE main.t_apps SET name = 'x'", "qualifier"],
		["replaces", "INSERT OR REPLACE INTO t_apps (id) VALUES (?)", "conflict_clause"],
		["replaces on update", "UPDATE OR REPLACE t_apps SET name = 'x'", "conflict_clause"],
		["rolls the batch back", "INSERT OR ROLLBACK INTO t_apps (id) VALUES (?)", "forbidden_word"],
		["leaves half done", "UPDATE OR FAIL t_apps SET name = 'x'", "conflict_clause"],
		["is REPLACE INTO", "REPLACE INTO t_apps (id) VALUES (?)", "not_a_write"],
		["is a read", "SELECT * FROM apps", "not_a_write"],
		["has a second statement", "DELETE FROM t_apps; DELETE FROM t_versions", "second_statement"],
		["breaks out of the filter", "DELETE FROM t_apps WHERE 1) OR (1", "unreadable"],
		["hides its target's name behind another word", "UPDATE t_apps x SET name = 'x'", "not_a_write"],
		["redefines a relation", "WITH apps AS (SELECT 1) DELETE FROM t_apps", "redefined_relation"],
	];
	test.each(attacks)("%s", (_why, sql, reason) => {
		expect(write(sql)).toEqual({ ok: false, reason });
	});
});

test("prefixes a read with the relations it names, and only those", () => {
	expect(read("SELECT * FROM apps WHERE id = ?")).toEqual({
		ok: true,
		sql: "WITH apps AS NOT MATERIALIZED (SELECT * FROM t_apps WHERE owner_id = ?1) SELECT * FROM apps WHERE id = ?",
		params: ["own_a"],
	});
	expect(read("SELECT 1")).toEqual({ ok: true, sql: "SELECT 1", params: [] });
});

test("gives a guest the rows of his app, and nothing of the tenant's width", () => {
	expect(read("SELECT * FROM versions, workspace", guest)).toEqual({
		ok: true,
		sql:
			"WITH workspace AS NOT MATERIALIZED (SELECT * FROM t_workspace WHERE owner_id = ?1 AND ?2 IS NULL), " +
			"versions AS NOT MATERIALIZED (SELECT * FROM t_versions WHERE owner_id = ?1 AND app_id = ?2) SELECT * FROM versions, workspace",
		params: ["own_a", "app_a"],
	});
});

test("keeps a statement's own CTEs behind the prefix, recursive ones too", () => {
	expect(read("WITH x AS (SELECT id FROM apps) SELECT * FROM x")).toMatchObject({
		sql: "WITH apps AS NOT MATERIALIZED (SELECT * FROM t_apps WHERE owner_id = ?1),  x AS (SELECT id FROM apps) SELECT * FROM x",
	});
	expect(read("WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n, apps) SELECT * FROM n")).toMatchObject({
		sql: expect.stringMatching(/^WITH RECURSIVE apps AS NOT MATERIALIZED/),
	});
});

test("puts the owner in front of every WHERE, and adds one where there is none", () => {
	const owner = "t_apps.owner_id = (SELECT owner_id FROM rls_ctx WHERE k = 1)";
	const sql = (statement: string, context = member) => {
		const checked = write(statement, context);
		return checked.ok ? checked.sql.replace(/\s+/g, " ").trim() : checked.reason;
	};
	expect(sql("DELETE FROM t_apps")).toBe(`DELETE FROM t_apps WHERE ${owner}`);
	expect(sql("DELETE FROM t_apps -- all")).toBe(`DELETE FROM t_apps -- all WHERE ${owner}`);
	expect(write("DELETE FROM t_apps -- all")).toMatchObject({ sql: expect.stringContaining("-- all\nWHERE") });
	expect(sql("UPDATE t_apps SET name = 'x' WHERE id = ? OR 1 RETURNING id")).toBe(
		`UPDATE t_apps SET name = 'x' WHERE ${owner} AND ( id = ? OR 1 ) RETURNING id`,
	);
	expect(sql("UPDATE t_apps AS a SET name = 'x' LIMIT 1")).toBe(
		`UPDATE t_apps AS a SET name = 'x' WHERE ${owner.replace("t_apps", "a")} LIMIT 1`,
	);
	expect(sql("DELETE FROM t_versions", guest)).toContain(
		"t_versions.app_id = (SELECT app_id FROM rls_ctx WHERE k = 1)",
	);
	expect(sql("DELETE FROM t_ledger", guest)).toContain("(SELECT app_id FROM rls_ctx WHERE k = 1) IS NULL");
});

describe("a table of teams", () => {
	const policies = new Map([...tenantPolicies, ["notes", notes.policy]]);
	const inTeams =
		"(team_id IS NULL OR team_id IN (SELECT m.team_id FROM t_team_members m WHERE m.owner_id = ?1 AND m.account_id = ?2))";
	const sees = (context: Partial<Context>, sql = "SELECT id FROM notes") =>
		checkRead(sql, policies, { ...member, ...context });

	test("is read through the membership, for the account of the context", () => {
		expect(sees({ accountId: "acc_a" })).toEqual({
			ok: true,
			sql: `WITH notes AS NOT MATERIALIZED (SELECT * FROM t_notes WHERE owner_id = ?1 AND ${inTeams}) SELECT id FROM notes`,
			params: ["own_a", "acc_a"],
		});
		// nobody's account is in no team, and a statement that names no such table is as it was
		expect(sees({})).toMatchObject({ params: ["own_a", null] });
		expect(sees({ accountId: "acc_a" }, "SELECT id FROM apps")).toMatchObject({ params: ["own_a"] });
	});

	test("is empty to a guest, and whole where the owner is erased", () => {
		expect(sees({ appId: "app_a", accountId: "acc_a" })).toMatchObject({
			sql: expect.stringContaining("(SELECT * FROM t_notes WHERE owner_id = ?1 AND ?2 IS NULL)"),
			params: ["own_a", "app_a"],
		});
		expect(sees({ isErasing: true, accountId: "acc_a" })).toMatchObject({
			sql: expect.stringContaining("(SELECT * FROM t_notes WHERE owner_id = ?1)"),
			params: ["own_a"],
		});
	});

	test("is written through it too", () => {
		const checked = checkWrite("DELETE FROM t_notes", policies, { ...member, accountId: "acc_a" });
		const account = "m.account_id = (SELECT account_id FROM rls_ctx WHERE k = 1)";
		expect(checked).toMatchObject({ sql: expect.stringContaining(account) });
		expect(checked).toMatchObject({ sql: expect.stringContaining("(t_notes.team_id IS NULL OR t_notes.team_id IN (") });
	});

	test("says which membership counts, and has no key that a hidden row could answer by", () => {
		const columns = { id: text("id").notNull(), teamId: text("team_id"), name: text("name") };
		const own = { name: "notes", primaryKey: ["id"], columns } as const;
		expect(() => tenantTable({ ...own, width: "team" })).toThrow("width and team disagree");
		expect(() => tenantTable({ ...own, width: "tenant", team })).toThrow("width and team disagree");
		expect(() => tenantTable({ ...own, width: "team", team, unique: [["name"]] })).toThrow("a unique key across teams");
		expect(tenantTable({ ...own, width: "team", team, unique: [["team_id", "name"]] }).policy.team).toEqual({
			...{ column: "team_id", members: "t_team_members" },
		});
	});
});

test("lets a target's columns be qualified, and its reads name relations", () => {
	expect(
		write('UPDATE "t_apps" SET "name" = (SELECT max(v.message) FROM versions v WHERE v.app_id = "t_apps"."id")').ok,
	).toBe(true);
	expect(write("INSERT INTO t_apps (id) SELECT id FROM apps").ok).toBe(true);
});

test("never lets a base table through, however it is spelled and wherever it stands", () => {
	const quote = fc.constantFrom(["", ""], ['"', '"'], ["[", "]"], ["`", "`"], ["'", "'"]);
	const gap = fc.constantFrom(" ", "\n", "\t", "/* x */", "-- x\n", " /**/ ");
	const table = fc.constantFrom(...[...tenantPolicies.values()].map(({ base }) => base), "rls_ctx", "sqlite_master");
	const cases = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
	const frame = fc.constantFrom(
		(name: string, space: string) => `SELECT${space}*${space}FROM${space}${name}`,
		(name: string, space: string) => `SELECT 1 WHERE 1 IN${space}(SELECT 1 FROM${space}${name})`,
		(name: string, space: string) => `SELECT id FROM apps,${space}${name}`,
		(name: string, space: string) => `WITH x AS (SELECT * FROM${space}${name})${space}SELECT * FROM x`,
		(name: string, space: string) => `SELECT id FROM apps UNION ALL${space}SELECT id FROM${space}${name}`,
	);
	fc.assert(
		fc.property(quote, gap, table, cases, frame, ([open, close], space, name, upper, build) => {
			const spelled = [...name].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join("");
			const sql = build(`${space}${open}${spelled}${close}`, space);
			expect(read(sql).ok).toBe(false);
			expect(write(sql).ok).toBe(false);
		}),
		{ numRuns: 2000 },
	);
});
