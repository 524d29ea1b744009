// Non-interference: the same statements of one tenant (or of a guest of one app) on a database that holds everybody's rows and
// on one that holds only theirs. Every answer is the same: rows in their order, counts, refusals; and what the others own is
// as it was. Here both sides are SQLite, so statements may be hostile, and any SQL that SQLite has may be asked.
import type { Context } from "#db/rls/gate.ts";
import type { Choices } from "./choices.ts";
import { setupOf, type Tally } from "./differential.ts";
import type { OracleWorker } from "./runtime.ts";
import { anyNewId, makeStatement, renderForGate } from "./statements.ts";
import type { Outcome, Step } from "./steps.ts";
import { tableNames } from "./tables.ts";
import {
	accounts,
	boardIds,
	freshIds,
	idsOf,
	isSeen,
	narrowWorld,
	owners,
	teamIds,
	type Value,
	type World,
} from "./world.ts";

type GateStep = Extract<Step, { context: Context; sql: string }>;

/** Answers the first difference in plain words, or null. */
export async function nonInterferenceRound(
	oracle: { worker: OracleWorker; tally: Tally },
	world: World,
	context: Context,
	own: readonly GateStep[],
	/** Statements of other tenants, run between on the full database only: one before each own statement. */
	others: readonly GateStep[],
): Promise<string | null> {
	const { worker, tally } = oracle;
	const mixed = own.flatMap((step, index) => [...others.slice(index, index + 1), step]);
	const [full, alone] = await Promise.all([
		worker.run({ database: "FULL", setup: setupOf(world), steps: mixed, isDumped: true }),
		worker.run({
			database: "OWN",
			setup: setupOf(narrowWorld(world, context)),
			steps: [...own],
			isDumped: true,
		}),
	]);
	const answers = full.outcomes.filter((_outcome, index) => own.includes(mixed[index] as GateStep));
	for (const [index, step] of own.entries()) {
		const [among, by] = [answers[index], alone.outcomes[index]];
		count(tally, step, by);
		if (JSON.stringify(among) !== JSON.stringify(by)) {
			return `statement ${index + 1}, ${JSON.stringify(context)}\n${step.sql}\n${JSON.stringify(step.params)}\nalone: ${JSON.stringify(by)}\namong others: ${JSON.stringify(among)}`;
		}
	}
	const after = full.dump as World;
	const left = JSON.stringify(narrowWorld(after, context));
	const right = JSON.stringify(narrowWorld(alone.dump as World, context));
	if (left !== right) return `own rows at the end\nalone: ${right}\namong others: ${left}`;
	if (others.length > 0) return null;
	const [before, now] = [world, after].map((rows) => JSON.stringify(othersOf(rows, context)));
	return before === now ? null : `rows of others\nbefore: ${before}\nafter: ${now}`;
}

/** Who joins a team sees more from then on, and rightly: in this test nobody does. The differential test has it. */
const targets = tableNames.filter((table) => table !== "members");

/** Whose statements a round runs: a member, a viewer, or a guest of one app with or without the right to write. */
export function makeActor(choices: Choices): Context {
	const appId = choices.chance(50) ? choices.pick(boardIds) : null;
	const accountId = choices.pick([...accounts, null]);
	return { ownerId: choices.pick(owners), appId, accountId, mayWrite: !choices.chance(20), isErasing: false };
}

export function makeOwnSteps(context: Context, tapes: readonly Choices[]): GateStep[] {
	return tapes.map((choices) => {
		const hostile = choices.below(5);
		if (hostile === 1) return { ...hostileStep(choices), context };
		const template = makeStatement(choices, { ...context, newIds: newIdsOf(context), targets });
		const { sql, params } = renderForGate(template);
		// A recursion that lost its end runs for ever, on either database.
		if (hostile === 2 && !/\brecursive\b/i.test(sql)) return { ...brokenStep(sql, context, choices), context };
		return { kind: template.kind, context, sql, params };
	});
}

/** The same of other owners; members and guests who may write. */
export function makeOthersSteps(context: Context, tapes: readonly Choices[]): GateStep[] {
	const strangers = owners.filter((owner) => owner !== context.ownerId);
	return tapes.map((choices) => {
		const other = { ownerId: choices.pick(strangers), appId: null, accountId: null, mayWrite: true, isErasing: false };
		const template = makeStatement(choices, { ...other, newIds: anyNewId, targets: tableNames });
		return { kind: template.kind, context: other, ...renderForGate(template) };
	});
}

/**
 * New rows and references have ids that no other app of the tenant has used, and no team that one is not in. Ids are random, 128 bits; who guessed one
 * would learn that it is taken, from the key that tables of one owner share. That is the one thing this test cannot ask.
 */
function newIdsOf({ appId }: Context): readonly string[] {
	if (appId === null) return anyNewId.filter((id) => !teamIds.includes(id));
	const own = boardIds.find((board) => board === appId);
	return [...(own ? idsOf[own] : []), ...freshIds];
}

/** SQL that only SQLite reads, and statements that should not reach it at all. `T` stands for a table's name. */
const hostile: readonly { kind: "read" | "write"; sql: string }[] = [
	...[
		"SELECT changes(), total_changes(), last_insert_rowid()",
		"SELECT total_changes() FROM T",
		"SELECT total(n), avg(n), group_concat(title) FROM T",
		"SELECT json_group_array(id), json_group_object(id, title) FROM T",
		"SELECT * FROM T LIMIT 3 OFFSET 1",
		"SELECT * FROM T ORDER BY n",
		"SELECT * FROM T NATURAL JOIN boards",
		"SELECT rowid, * FROM T",
		"SELECT _rowid_ FROM boards",
		"SELECT count(*) FROM boards, cards, tags",
		"SELECT * FROM t_T",
		"SELECT * FROM main.t_T",
		'SELECT * FROM "t_T"',
		"SELECT * FROM [T], [t_T]",
		"SELECT * FROM T UNION ALL SELECT * FROM `t_T`",
		"SELECT * FROM main.T",
		"SELECT owner_id FROM rls_ctx",
		"SELECT name FROM sqlite_master",
		"SELECT * FROM sqlite_sequence",
		"SELECT * FROM pragma_table_info('t_T')",
		"SELECT * FROM T WHERE 1 = 1) OR (1 = 1",
		"WITH T AS (SELECT 1) SELECT * FROM T",
		"WITH x AS (SELECT * FROM T) SELECT * FROM x, T",
		"SELECT * FROM T; SELECT * FROM boards",
		"SELECT * FROM T WHERE owner_id = ?1",
		"SELECT owner_id FROM T WHERE owner_id <> '' OR 1",
		"SELECT (SELECT count(*) FROM T), (SELECT max(owner_id) FROM boards)",
		"SELECT EXISTS (SELECT 1 FROM T WHERE owner_id = 'own_b')",
		"SELECT quote(max(id)), hex(min(owner_id)) FROM T",
		"SELECT * FROM T AS a LEFT JOIN T AS b ON a.id > b.id GROUP BY a.id HAVING b.n",
		"SELECT percent_rank() OVER (ORDER BY n), ntile(3) OVER (ORDER BY id) FROM T",
		"EXPLAIN QUERY PLAN SELECT * FROM T",
		"PRAGMA table_list",
		"VALUES (1), ((SELECT count(*) FROM T))",
		"SELECT unlikely(n), typeof(n), iif(n, 1, 2) FROM T WHERE title GLOB '*'",
	].map((sql) => ({ kind: "read" as const, sql })),
	...[
		"UPDATE OR IGNORE t_T SET n = 1",
		"UPDATE OR IGNORE t_T SET id = 'x1'",
		"UPDATE OR REPLACE t_T SET n = 1",
		"UPDATE t_T SET title = 'h' WHERE 1 = 1) OR (1 = 1",
		"UPDATE t_T SET owner_id = 'own_c'",
		"UPDATE t_T SET owner_id = lower(owner_id), title = 'h'",
		"UPDATE t_T SET title = (SELECT max(owner_id || title) FROM T)",
		"UPDATE t_T SET title = (SELECT max(title) FROM t_T)",
		"UPDATE t_T SET title = 'h' FROM boards AS b",
		"UPDATE t_T SET title = 'h' FROM t_boards",
		"UPDATE t_T SET title = total_changes()",
		"UPDATE T SET title = 'h'",
		"DELETE FROM t_T WHERE owner_id = 'own_b'",
		"DELETE FROM t_T WHERE owner_id <> 'own_b'",
		"DELETE FROM t_T RETURNING *, (SELECT count(*) FROM boards)",
		"DELETE FROM t_tags LIMIT 1",
		"DELETE FROM main.t_T",
		"DELETE FROM rls_ctx",
		"UPDATE rls_ctx SET owner_id = 'own_b'",
		"INSERT OR REPLACE INTO t_boards VALUES ('own_a', 'b1', 'h', 1)",
		"REPLACE INTO t_boards VALUES ('own_b', 'b1', 'h', 1)",
		"INSERT OR IGNORE INTO t_boards VALUES ('own_b', 'b1', 'h', 1)",
		"INSERT OR IGNORE INTO t_boards SELECT 'own_b', id, title, n FROM boards",
		"INSERT INTO t_boards SELECT * FROM t_boards",
		"INSERT INTO t_settings SELECT owner_id, id || 'h', title || owner_id, n FROM boards",
		"INSERT INTO t_boards VALUES ('own_a', 'b1', 'h', 1) ON CONFLICT DO UPDATE SET owner_id = 'own_b'",
		"INSERT INTO t_settings (owner_id, id, title, n) VALUES ('own_b', 'x1', 'h', 1) ON CONFLICT DO NOTHING",
		"INSERT INTO t_tags SELECT owner_id, 'h' || id, app_id, id, title, 1 FROM cards WHERE 1 RETURNING *",
		"WITH x AS (SELECT * FROM cards) DELETE FROM t_tags WHERE card_id IN (SELECT id FROM x)",
		"WITH x AS (SELECT max(n) AS n FROM settings) UPDATE t_boards SET n = (SELECT n FROM x)",
		"DELETE FROM t_boards; DELETE FROM t_cards",
	].map((sql) => ({ kind: "write" as const, sql })),
];

function hostileStep(choices: Choices): { kind: "read" | "write"; sql: string; params: Value[] } {
	const { kind, sql } = choices.pick(hostile);
	const table = choices.pick(kind === "read" ? tableNames : targets);
	return { kind, sql: sql.replace(/\bT\b/g, table).replace(/\bt_T\b/g, `t_${table}`), params: [] };
}

/** A statement of the grammar with its words lost, doubled or exchanged. Most do not parse; the error is the same for all. */
function brokenStep(
	sql: string,
	context: Context,
	choices: Choices,
): { kind: "read" | "write"; sql: string; params: Value[] } {
	// Not an id of another app: see newIdsOf.
	const [id] = newIdsOf(context);
	const words = sql.replaceAll("?", `'${id}'`).split(/(?<=[\s(),])/);
	for (let time = 0; time < 1 + choices.below(2); time++) {
		const [at, other] = [choices.below(words.length), choices.below(words.length)];
		const way = choices.below(3);
		if (way === 0) words.splice(at, 1);
		if (way === 1) words.splice(at, 0, words[other] ?? "");
		if (way === 2) [words[at], words[other]] = [words[other] ?? "", words[at] ?? ""];
	}
	return { kind: /^(SELECT|WITH)/.test(sql) ? "read" : "write", sql: words.join(""), params: [] };
}

function othersOf(world: World, context: Context): World {
	const rest = {} as World;
	for (const table of tableNames) {
		rest[table] = world[table].filter((row) => !isSeen(world, context, table, row));
		rest[table].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
	}
	return rest;
}

function count(tally: Tally, step: GateStep, outcome: Outcome | undefined): void {
	tally[step.kind === "read" ? "reads" : "writes"]++;
	if (outcome && "refused" in outcome) tally.refused++;
	else tally.rows += outcome?.rows.length ?? 0;
}
