// The scenarios of PostgreSQL's own regression test of row security (src/test/regress/sql/rowsecurity.sql), as far as our policies
// have them, told in our tables and our words. Each is run in PostgreSQL and through the gate, and both must say what is written
// here: so this file also checks the oracle of the differential test.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "#db/rls/gate.ts";
import { fullWorld } from "../../support/isolation/checks.ts";
import { setupOf } from "../../support/isolation/differential.ts";
import { type Postgres, startPostgres } from "../../support/isolation/postgres.ts";
import { type OracleWorker, startOracles } from "../../support/isolation/runtime.ts";
import { renderForGate, renderForPostgres, type Template } from "../../support/isolation/statements.ts";
import type { Outcome } from "../../support/isolation/steps.ts";

let oracles: Awaited<ReturnType<typeof startOracles>>;
let worker: OracleWorker;
let postgres: Postgres;
beforeAll(async () => {
	[oracles, postgres] = await Promise.all([startOracles([null]), startPostgres()]);
	const [first] = oracles.workers;
	if (!first) throw new Error("no Worker");
	worker = first;
});
afterAll(() => Promise.all([oracles?.dispose(), postgres?.close()]));

const member: Context = { ownerId: "own_a", appId: null, accountId: null, mayWrite: true, isErasing: false };
const viewer: Context = { ...member, mayWrite: false };
const guest: Context = { ...member, appId: "b1" };
const inBoth: Context = { ...member, accountId: "u2" };
const inNone: Context = { ...member, accountId: null };
const inFirst: Context = { ...member, accountId: "u1" };
const stranger: Context = { ...member, ownerId: "own_none" };

// In the full world every owner has boards b1 and b2, cards x1-x4 in b1 and x5-x8 in b2, three settings, and notes: x1 and x5
// of everyone, z1 and z3 of the team tm1, z2 of tm2. u1 is in tm1, and u2 in both.
const scenarios: [covers: string, who: Context, sql: string, says: unknown[][] | number | "guard" | "conflict"][] = [
	["a policy filters a plain SELECT", member, "SELECT DISTINCT owner_id FROM cards", [["own_a"]]],
	["nobody without rows sees any", stranger, "SELECT count(*) FROM cards", [[0]]],
	["a second condition of the policy narrows further", guest, "SELECT DISTINCT app_id FROM cards", [["b1"]]],
	["a table that the role has no policy for is empty (default deny)", guest, "SELECT count(*) FROM settings", [[0]]],
	[
		"the user's WHERE cannot widen the policy",
		member,
		"SELECT count(*) FROM boards WHERE owner_id = 'own_b' OR 1 = 1",
		[[2]],
	],
	[
		"a condition with an error in others' rows is asked of one's own only",
		member,
		"SELECT count(*) FROM cards WHERE substr(owner_id, 5) <> 'a'",
		[[0]],
	],
	["a join filters both sides", member, "SELECT count(*) FROM boards b JOIN cards c ON 1 = 1", [[16]]],
	["a self join filters each use of the table", member, "SELECT count(*) FROM boards a, boards b", [[4]]],
	[
		"an outer join makes NULLs, not others' rows",
		guest,
		"SELECT count(*), count(s.id) FROM boards b LEFT JOIN settings s ON 1 = 1",
		[[1, 0]],
	],
	["a subquery in FROM is filtered", member, "SELECT count(*) FROM (SELECT * FROM cards) AS x", [[8]]],
	["a scalar subquery is filtered", member, "SELECT (SELECT count(*) FROM tags)", [[8]]],
	[
		"EXISTS sees only visible rows",
		guest,
		"SELECT count(*) FROM boards WHERE EXISTS (SELECT 1 FROM cards WHERE app_id = 'b2')",
		[[0]],
	],
	["NOT IN over a filtered set", guest, "SELECT count(*) FROM boards WHERE 'x5' NOT IN (SELECT id FROM cards)", [[1]]],
	["UNION joins filtered parts", guest, "SELECT id FROM boards UNION SELECT app_id FROM cards", [["b1"]]],
	["aggregates count visible rows", member, "SELECT count(*), count(DISTINCT owner_id) FROM revisions", [[8, 1]]],
	["a window's frame holds visible rows", guest, "SELECT DISTINCT count(*) OVER () FROM cards", [[4]]],
	["a CTE is filtered", member, "WITH w AS (SELECT * FROM boards) SELECT count(*) FROM w", [[2]]],
	[
		"a view over a filtered table is filtered (a derived table, twice)",
		guest,
		"SELECT count(*) FROM (SELECT * FROM (SELECT * FROM tags) AS a) AS b",
		[[4]],
	],
	["UPDATE without WHERE changes visible rows", member, "UPDATE @@boards SET title = 'u'", 2],
	[
		"UPDATE of an invisible row changes nothing, and is no error",
		member,
		"UPDATE @@boards SET title = 'u' WHERE owner_id = 'own_b'",
		0,
	],
	[
		"UPDATE cannot move a row out of the policy (WITH CHECK)",
		member,
		"UPDATE @@boards SET owner_id = 'own_b' WHERE id = 'b1'",
		"guard",
	],
	["UPDATE of no rows does not check", member, "UPDATE @@boards SET owner_id = 'own_b' WHERE id = 'none'", 0],
	[
		"UPDATE … FROM filters its other table",
		guest,
		"UPDATE @@cards SET title = s.title FROM settings AS s WHERE s.id = 'x1'",
		0,
	],
	[
		"UPDATE with a self join by FROM",
		guest,
		"UPDATE @@cards SET title = b.title FROM boards AS b WHERE b.id = @@cards.app_id",
		4,
	],
	[
		"UPDATE with a subquery in SET reads visible rows",
		guest,
		"UPDATE @@boards SET n = (SELECT count(*) FROM cards) RETURNING n",
		[[4]],
	],
	[
		"UPDATE … RETURNING shows visible rows",
		guest,
		"UPDATE @@boards SET title = 'u' RETURNING id, owner_id",
		[["b1", "own_a"]],
	],
	["DELETE without WHERE deletes visible rows", member, "DELETE FROM @@settings", 3],
	["DELETE of an invisible row deletes nothing", member, "DELETE FROM @@settings WHERE owner_id <> 'own_a'", 0],
	["DELETE in a table of no policy for the role deletes nothing", guest, "DELETE FROM @@settings", 0],
	[
		"DELETE … RETURNING shows visible rows",
		guest,
		"DELETE FROM @@tags WHERE n >= 0 RETURNING app_id",
		[["b1"], ["b1"], ["b1"], ["b1"]],
	],
	["INSERT for oneself", member, "INSERT INTO @@settings VALUES ('own_a', 'new', 't', 1)", 1],
	[
		"INSERT for another is refused (WITH CHECK)",
		member,
		"INSERT INTO @@settings VALUES ('own_b', 'new', 't', 1)",
		"guard",
	],
	[
		"INSERT for another is refused before its key collides",
		member,
		"INSERT INTO @@settings VALUES ('own_b', 'x1', 't', 1)",
		"guard",
	],
	[
		"one bad row refuses the whole INSERT",
		member,
		"INSERT INTO @@settings VALUES ('own_a', 'new', 't', 1), ('own_b', 'new', 't', 1)",
		"guard",
	],
	["INSERT where the role has no policy", guest, "INSERT INTO @@settings VALUES ('own_a', 'new', 't', 1)", "guard"],
	[
		"INSERT … SELECT copies visible rows",
		guest,
		"INSERT INTO @@tags SELECT owner_id, 'k' || id, app_id, id, title, n FROM cards WHERE 1 = 1",
		4,
	],
	[
		"INSERT … RETURNING",
		member,
		"INSERT INTO @@settings VALUES ('own_a', 'new', 't', 1) RETURNING owner_id, id",
		[["own_a", "new"]],
	],
	[
		"a unique key collides with one's own row",
		member,
		"INSERT INTO @@settings VALUES ('own_a', 'x1', 't', 1)",
		"conflict",
	],
	[
		"another owner's key does not collide",
		stranger,
		"INSERT INTO @@boards VALUES ('own_none', 'b1', 't', 1) RETURNING id",
		[["b1"]],
	],
	[
		"ON CONFLICT DO NOTHING on one's own row",
		member,
		"INSERT INTO @@settings VALUES ('own_a', 'x1', 't', 1) ON CONFLICT DO NOTHING",
		0,
	],
	[
		"ON CONFLICT DO NOTHING does not excuse another's row",
		member,
		"INSERT INTO @@settings VALUES ('own_b', 'x1', 't', 1) ON CONFLICT DO NOTHING",
		"guard",
	],
	[
		"ON CONFLICT DO UPDATE updates one's own row",
		member,
		"INSERT INTO @@settings VALUES ('own_a', 'x1', 't', 1) ON CONFLICT (owner_id, id) DO UPDATE SET title = excluded.title RETURNING title",
		[["t"]],
	],
	[
		"ON CONFLICT DO UPDATE is checked like an INSERT, even when it updates",
		member,
		"INSERT INTO @@settings VALUES ('own_b', 'x1', 't', 1) ON CONFLICT (owner_id, id) DO UPDATE SET title = 'u'",
		"guard",
	],
	[
		"ON CONFLICT DO UPDATE cannot update a row that is not visible",
		guest,
		"INSERT INTO @@cards VALUES ('own_a', 'x5', 'b1', 't', 9) ON CONFLICT (owner_id, id) DO UPDATE SET title = 'u'",
		"guard",
	],
	[
		"ON CONFLICT DO UPDATE cannot move its row out",
		member,
		"INSERT INTO @@settings VALUES ('own_a', 'x1', 't', 1) ON CONFLICT (owner_id, id) DO UPDATE SET owner_id = 'own_b'",
		"guard",
	],
	["a foreign key finds a parent of one's own", member, "INSERT INTO @@cards VALUES ('own_a', 'new', 'b1', 't', 9)", 1],
	[
		"a foreign key does not find another owner's parent",
		stranger,
		"INSERT INTO @@cards VALUES ('own_none', 'new', 'b1', 't', 9)",
		"conflict",
	],
	["a parent with children stays, whoever sees them", guest, "DELETE FROM @@boards", "conflict"],
	["a role that may only read: SELECT", viewer, "SELECT count(*) FROM boards", [[2]]],
	["a role that may only read: INSERT", viewer, "INSERT INTO @@settings VALUES ('own_a', 'new', 't', 1)", "guard"],
	["a role that may only read: UPDATE", viewer, "UPDATE @@settings SET title = 'u'", "guard"],
	["a role that may only read: DELETE (rule FH001)", viewer, "DELETE FROM @@settings", "guard"],
	["a policy with a subquery: rows of everyone and of one's teams", inFirst, "SELECT count(*) FROM notes", [[4]]],
	["a policy with a subquery: one who is in both", inBoth, "SELECT count(*) FROM notes", [[5]]],
	["a policy with a subquery that finds nothing", inNone, "SELECT count(*), count(team_id) FROM notes", [[2, 0]]],
	["a policy with a subquery, for a guest", guest, "SELECT count(*) FROM notes", [[0]]],
	[
		"a policy with a subquery cannot be widened by the user's own",
		inFirst,
		"SELECT count(*) FROM notes WHERE team_id IN (SELECT team_id FROM members) OR 1 = 1",
		[[4]],
	],
	["a join filters the rows of teams", inFirst, "SELECT count(*) FROM notes a JOIN notes b ON 1 = 1", [[16]]],
	["UPDATE without WHERE changes rows of one's teams", inFirst, "UPDATE @@notes SET title = 'u'", 4],
	["UPDATE of another team's row changes nothing", inFirst, "UPDATE @@notes SET title = 'u' WHERE id = 'z2'", 0],
	[
		"UPDATE cannot move a row into another team",
		inFirst,
		"UPDATE @@notes SET team_id = 'tm2' WHERE id = 'z1'",
		"guard",
	],
	["UPDATE moves a row between one's own teams", inBoth, "UPDATE @@notes SET team_id = 'tm2' WHERE id = 'z1'", 1],
	["UPDATE gives a team's row to everyone", inFirst, "UPDATE @@notes SET team_id = NULL WHERE id = 'z1'", 1],
	["UPDATE takes a row of everyone for one's team", inFirst, "UPDATE @@notes SET team_id = 'tm1' WHERE id = 'x1'", 1],
	["DELETE without WHERE deletes rows of one's teams", inFirst, "DELETE FROM @@notes", 4],
	["DELETE by one who is in no team", inNone, "DELETE FROM @@notes", 2],
	["INSERT for one's team", inFirst, "INSERT INTO @@notes VALUES ('own_a', 'new', 'tm1', 't', 9)", 1],
	["INSERT for another team", inFirst, "INSERT INTO @@notes VALUES ('own_a', 'new', 'tm2', 't', 9)", "guard"],
	[
		"INSERT for everyone, by one who is in no team",
		inNone,
		"INSERT INTO @@notes VALUES ('own_a', 'n', NULL, 't', 9)",
		1,
	],
	[
		"INSERT with an id of another team's row (rule FH006)",
		inFirst,
		"INSERT INTO @@notes VALUES ('own_a', 'z2', 'tm1', 't', 9)",
		"guard",
	],
	[
		"ON CONFLICT DO NOTHING does not excuse another team's row",
		inFirst,
		"INSERT INTO @@notes VALUES ('own_a', 'z2', NULL, 't', 9) ON CONFLICT DO NOTHING",
		"guard",
	],
	[
		"ON CONFLICT DO UPDATE cannot update another team's row",
		inFirst,
		"INSERT INTO @@notes VALUES ('own_a', 'z2', NULL, 't', 9) ON CONFLICT (owner_id, id) DO UPDATE SET title = 'u'",
		"guard",
	],
	["a role that may only read: rows of its teams", { ...inFirst, mayWrite: false }, "DELETE FROM @@notes", "guard"],
	["a role that may only read: nothing to delete", viewer, "DELETE FROM @@settings WHERE id = 'none'", 0],
];

describe("row security", () => {
	test.each(scenarios)("%s", async (_covers, context, text, says) => {
		const template: Template = { kind: /^(SELECT|WITH)/.test(text) ? "read" : "write", text, isOrdered: false };
		const world = fullWorld();
		await postgres.fill(world);
		expect(answerOf(await postgres.run(context, renderForPostgres(template)), says)).toEqual(says);
		const step = { kind: template.kind, context, ...renderForGate(template) };
		const { outcomes } = await worker.run({ database: "FULL", setup: setupOf(world), steps: [step], isDumped: false });
		expect(answerOf(outcomes[0], says)).toEqual(says);
	});
});

/** In the terms in which the scenario says it: rows, a count of changes, or a refusal. */
function answerOf(outcome: Outcome | undefined, says: unknown): unknown {
	if (!outcome) return undefined;
	if ("refused" in outcome) return outcome.refused;
	return typeof says === "number" ? outcome.changes : outcome.rows;
}
