// The named checks of the data layer that need no chance: what the gate refuses, what each layer holds alone when the gate is
// taken away, what the scope and the seal add. Each answers what is wrong, one line each; nothing when all is well. The
// mutation test runs them against products with one layer missing.
import type { Context } from "#db/rls/gate.ts";
import { Choices } from "./choices.ts";
import { setupOf, strangerId } from "./differential.ts";
import { soundScope } from "./probe-scope.ts";
import type { OracleWorker } from "./runtime.ts";
import type { Outcome, Step } from "./steps.ts";
import { oraclePolicies } from "./tables.ts";
import { makeWorld } from "./world.ts";

/** Every table has rows of every owner. */
export const fullWorld = () => makeWorld(new Choices(new Uint8Array(400).fill(255)));

const member: Context = { ownerId: "own_a", appId: null, accountId: "u1", mayWrite: true, isErasing: false };
const guest: Context = { ...member, appId: "b1" };
const teamless: Context = { ...member, accountId: null };
const eraser: Context = { ...teamless, isErasing: true };
const viewer: Context = { ...member, mayWrite: false };

async function findSurprises(
	worker: OracleWorker,
	expected: readonly { step: Step; outcome: string }[],
): Promise<string[]> {
	const steps = expected.map(({ step }) => step);
	const { outcomes } = await worker.run({ database: "FULL", setup: setupOf(fullWorld()), steps, isDumped: false });
	return expected.flatMap(({ step, outcome }, index) => {
		const actual = describe(outcomes[index]);
		return actual === outcome ? [] : [`${outcome} expected, ${actual}: ${JSON.stringify(step)}`];
	});
}

const describe = (outcome: Outcome | undefined) =>
	!outcome ? "nothing" : "refused" in outcome ? outcome.refused : `rows ${JSON.stringify(outcome.rows)}`;

/** Statements that the gate itself must refuse, before the database sees them. */
export function checkGate(worker: OracleWorker): Promise<string[]> {
	const reads = [
		"SELECT * FROM t_cards",
		'SELECT 1 FROM boards, "t_cards"',
		"SELECT * FROM boards; DELETE FROM boards",
		"SELECT * FROM rls_ctx",
		"SELECT * FROM 'sqlite_master'",
		"SELECT * FROM pragma_table_list",
		"SELECT total_changes()",
		"SELECT * FROM main.boards",
		"SELECT * FROM boards NOT INDEXED",
		"SELECT * FROM (WITH boards AS (SELECT 1 AS a) SELECT * FROM boards)",
		"DELETE FROM cards",
		"SELECT * FROM cards WHERE owner_id = ?1",
		"SELECT * FROM cards WHERE owner_id = :owner",
		"SELECT * FROM cards WHERE title = 'a\0'",
	];
	const writes = [
		"SELECT * FROM cards",
		"INSERT OR REPLACE INTO t_boards VALUES ('own_a', 'b1', 'h', 1)",
		"REPLACE INTO t_boards VALUES ('own_a', 'b1', 'h', 1)",
		"INSERT INTO t_boards SELECT * FROM t_boards",
		"UPDATE t_boards SET title = (SELECT max(title) FROM t_cards)",
		"DELETE FROM t_cards RETURNING (SELECT count(*) FROM t_cards)",
		"DELETE FROM rls_ctx",
		"DELETE FROM t_cards WHERE 1) OR (1",
		"DELETE FROM main.t_cards",
		"UPDATE boards SET title = 'h'",
		"UPDATE t_boards b SET title = 'h'",
	];
	const refused = (kind: "read" | "write") => (sql: string) => ({
		step: { kind, context: member, sql, params: [] },
		outcome: "gate",
	});
	return findSurprises(worker, [...reads.map(refused("read")), ...writes.map(refused("write"))]);
}

/** Each layer of the database by itself: the views, the guards and the context, with statements that no gate has seen. */
export function checkLayers(worker: OracleWorker): Promise<string[]> {
	const raw = (context: Context | null, sql: string): Step => ({
		kind: "raw",
		statements: [sql],
		...(context ? { context } : {}),
	});
	const expected: { step: Step; outcome: string }[] = [];
	const add = (outcome: string, context: Context | null, ...statements: string[]) => {
		for (const sql of statements) expected.push({ step: raw(context, sql), outcome });
	};
	for (const { name, base, width, appColumn, keeps } of oraclePolicies.values()) {
		const foreign = `SELECT count(*) FROM ${name} WHERE owner_id <> 'own_a'`;
		add("rows [[0]]", null, `SELECT count(*) FROM ${name}`);
		add("rows [[0]]", member, foreign);
		add(
			"rows [[0]]",
			guest,
			foreign,
			`SELECT count(*) FROM ${name} WHERE ${width === "app" ? `${appColumn} <> 'b1'` : "1"}`,
		);
		// Without a context, with one that may not write, and without the gate's filter.
		for (const context of [null, viewer, member]) {
			add("guard", context, `UPDATE ${base} SET title = 'h'`, `DELETE FROM ${base}`);
		}
		const own = `WHERE owner_id = 'own_a'`;
		add("guard", guest, `UPDATE ${base} SET title = 'h' ${own}`, `DELETE FROM ${base} ${own}`);
		add("guard", viewer, `UPDATE ${base} SET title = 'h' ${own}`, `DELETE FROM ${base} ${own}`);
		add("guard", member, `UPDATE ${base} SET owner_id = 'own_b' ${own}`, `UPDATE ${base} SET id = id || 'h' ${own}`);
		if (keeps) add("guard", member, `UPDATE ${base} SET title = title ${own}`);
		if (keeps === "ledger") add("guard", member, `DELETE FROM ${base} ${own}`);
		const between: Record<string, string> = {
			tags: ", 'b2', NULL",
			members: ", 'tm1', 'u1'",
			notes: ", NULL",
			boards: "",
		};
		const app = width === "app" ? ", 'b2'" : "";
		const row = (owner: string) => `('${owner}', 'new'${between[name] ?? app}, 'h', 99)`;
		add(
			"guard",
			member,
			`INSERT INTO ${base} VALUES ${row("own_b")}`,
			`INSERT OR REPLACE INTO ${base} VALUES ${row("own_b")}`,
		);
		add("guard", null, `INSERT INTO ${base} VALUES ${row("own_a")}`);
		add("guard", viewer, `INSERT INTO ${base} VALUES ${row("own_a")}`);
		add("guard", guest, `INSERT INTO ${base} VALUES ${row("own_a")}`);
	}
	add("guard", member, "UPDATE t_cards SET app_id = 'b2' WHERE owner_id = 'own_a' AND app_id = 'b1'");
	// REPLACE fires no delete guard.
	add("guard", guest, "INSERT OR REPLACE INTO t_tags VALUES ('own_a', 'x5', 'b1', NULL, 'h', 1)");
	add("conflict", member, "INSERT OR REPLACE INTO t_events VALUES ('own_a', 'x1', 'h', 99)");
	add("conflict", member, "INSERT OR REPLACE INTO t_events SELECT owner_id, 'new', title, n FROM events LIMIT 1");
	add(
		"conflict",
		member,
		"INSERT OR REPLACE INTO t_revisions SELECT owner_id, 'new', app_id, 'h', n FROM revisions LIMIT 1",
	);
	// Teams: u1 is in the first, and the second is u2's. Each layer says so by itself, and a guest or nobody is in none.
	const own = "WHERE owner_id = 'own_a' AND team_id";
	const ofSecond = "SELECT count(*) FROM notes WHERE team_id = 'tm2'";
	add("rows [[0]]", member, ofSecond);
	add("rows [[2]]", member, "SELECT count(*) FROM notes WHERE team_id = 'tm1'");
	add("rows [[2]]", teamless, "SELECT count(*) FROM notes");
	add("rows [[5]]", eraser, "SELECT count(*) FROM notes");
	add(
		"guard",
		member,
		`UPDATE t_notes SET title = 'h' ${own} = 'tm2'`,
		`DELETE FROM t_notes ${own} = 'tm2'`,
		"INSERT INTO t_notes VALUES ('own_a', 'new', 'tm2', 'h', 99)",
		`UPDATE t_notes SET team_id = 'tm2' ${own} = 'tm1'`,
		`UPDATE t_notes SET team_id = 'tm2' ${own} IS NULL`,
		`UPDATE t_notes SET team_id = NULL ${own} = 'tm2'`,
		// as above
		"INSERT OR REPLACE INTO t_notes VALUES ('own_a', 'z2', 'tm1', 'h', 99)",
		"INSERT OR REPLACE INTO t_notes VALUES ('own_a', 'z2', NULL, 'h', 99)",
	);
	add("guard", teamless, "INSERT INTO t_notes VALUES ('own_a', 'new', 'tm1', 'h', 99)");
	// somebody else's team of that name is not theirs
	add(
		"rows []",
		{ ...member, ownerId: strangerId },
		`INSERT INTO t_notes VALUES ('${strangerId}', 'new', NULL, 'h', 1)`,
	);
	add("guard", { ...member, ownerId: strangerId }, `INSERT INTO t_notes VALUES ('${strangerId}', 'n2', 'tm1', 'h', 1)`);
	add("rows []", member, "INSERT INTO t_notes VALUES ('own_a', 'new', 'tm1', 'h', 98)");
	// and always by what the membership says now
	add("rows []", member, "DELETE FROM t_members WHERE owner_id = 'own_a' AND team_id = 'tm1'");
	add("rows [[0]]", member, "SELECT count(*) FROM notes WHERE team_id IS NOT NULL");
	add("guard", member, `UPDATE t_notes SET title = 'h' ${own} = 'tm1'`);
	// The structure: another tenant's keys are no conflict and no parent.
	const stranger = { ...member, ownerId: strangerId };
	add("conflict", stranger, `INSERT INTO t_cards VALUES ('${strangerId}', 'x1', 'b1', 'h', 1)`);
	add("rows []", stranger, `INSERT INTO t_boards VALUES ('${strangerId}', 'b1', 'h', 1)`);
	// The context lives for one batch, and one that was left behind is not inherited.
	const write: Step = { kind: "write", context: member, sql: "UPDATE t_settings SET title = 'g'", params: [] };
	expected.push({ step: write, outcome: "rows []" });
	add("rows [[0]]", null, "SELECT count(*) FROM rls_ctx");
	add("rows []", null, "INSERT INTO rls_ctx VALUES (1, 'own_b', NULL, NULL, 1, 1)");
	const who: Step = { ...write, sql: "UPDATE t_boards SET title = 'g' WHERE id = 'b1' RETURNING owner_id" };
	expected.push({ step: who, outcome: 'rows [["own_a"]]' });
	return findSurprises(worker, expected);
}

export async function checkScope(worker: OracleWorker): Promise<string[]> {
	const found = await worker.ask<Record<string, unknown>>("/scope");
	return Object.entries(soundScope).flatMap(([claim, sound]) =>
		found[claim] === sound ? [] : [`${claim}: ${JSON.stringify(found[claim])}`],
	);
}

export async function checkSeal(worker: OracleWorker): Promise<string[]> {
	const { opensInPlace, opened } = await worker.ask<{ opensInPlace: boolean; opened: string[] }>("/sealer");
	return [
		...(opensInPlace ? [] : ["does not open where it was sealed"]),
		...opened.map((what) => `opens moved ${what}`),
	];
}
