// One round of the differential test: three tenants' rows in PostgreSQL and in D1, a list of statements in both, and every
// answer and every row compared.
import type { Context } from "#db/rls/gate.ts";
import type { Choices } from "./choices.ts";
import type { Postgres } from "./postgres.ts";
import type { OracleWorker } from "./runtime.ts";
import { anyNewId, makeStatement, renderForGate, renderForPostgres, type Template } from "./statements.ts";
import type { Outcome, Step } from "./steps.ts";
import { tableNames } from "./tables.ts";
import { accounts, boardIds, insertsOf, owners, type World } from "./world.ts";

export interface Tally {
	reads: number;
	writes: number;
	rows: number;
	refused: number;
}

export const newTally = (): Tally => ({ reads: 0, writes: 0, rows: 0, refused: 0 });
export const statementsIn = (tally: Tally) => tally.reads + tally.writes;

/** Answers the first difference in plain words, or null. */
export async function differentialRound(
	oracle: { postgres: Postgres; worker: OracleWorker; tally: Tally },
	world: World,
	statements: readonly { context: Context; template: Template }[],
): Promise<string | null> {
	const { postgres, worker, tally } = oracle;
	const steps: Step[] = statements.map(({ context, template }) => ({
		kind: template.kind,
		context,
		...renderForGate(template),
	}));
	const running = worker.run({ database: "FULL", setup: setupOf(world), steps, isDumped: true });
	const asked = (async () => {
		await postgres.fill(world);
		const outcomes: Outcome[] = [];
		for (const { context, template } of statements)
			outcomes.push(await postgres.run(context, renderForPostgres(template)));
		return { outcomes, dump: await postgres.dump() };
	})();
	// Both end before a failure of either is told: the next round must not meet this one.
	await Promise.allSettled([running, asked]);
	const [actual, { outcomes: expected, dump }] = await Promise.all([running, asked]);
	for (const [index, { context, template }] of statements.entries()) {
		const [theirs, ours] = [expected[index], actual.outcomes[index]];
		tally[template.kind === "read" ? "reads" : "writes"]++;
		if (theirs && "refused" in theirs) tally.refused++;
		else tally.rows += theirs?.rows.length ?? 0;
		const [left, right] = [comparable(theirs, template.isOrdered), comparable(ours, template.isOrdered)];
		if (left !== right) {
			const { sql, params } = renderForGate(template);
			return `statement ${index + 1}, ${JSON.stringify(context)}\n${sql}\n${JSON.stringify(params)}\nPostgreSQL: ${left}\nFreehold:   ${right}`;
		}
	}
	for (const table of tableNames) {
		const [left, right] = [JSON.stringify(dump[table]), JSON.stringify(actual.dump[table])];
		if (left !== right) return `rows of ${table} at the end\nPostgreSQL: ${left}\nFreehold:   ${right}`;
	}
	return null;
}

/** An owner who has nothing in any world. */
export const strangerId = "own_none";

/** Empties the tables of all owners and fills those of the three tenants; children go before their parents. */
export function setupOf(world: World): string[] {
	const context = (owner: string) => `INSERT OR REPLACE INTO rls_ctx VALUES (1, '${owner}', NULL, NULL, 1, 1)`;
	return [
		...[...owners, strangerId].flatMap((owner) => [
			context(owner),
			...[...tableNames].reverse().map((table) => `DELETE FROM t_${table} WHERE owner_id = '${owner}'`),
		]),
		...owners.flatMap((owner) => {
			const own = Object.fromEntries(
				tableNames.map((table) => [table, world[table].filter((row) => row[0] === owner)]),
			);
			return [context(owner), ...insertsOf(own as World, (table) => `t_${table}`).map(({ sql }) => sql)];
		}),
		"DELETE FROM rls_ctx",
	];
}

/** A list of statements, each in a context of its own: members in teams and in none, viewers, guests of one app, and now and then an erasure. */
export function makeStatements(tapes: readonly Choices[]): { context: Context; template: Template }[] {
	return tapes.map((choices) => {
		const context = makeContext(choices);
		return { context, template: makeStatement(choices, { ...context, newIds: anyNewId, targets: tableNames }) };
	});
}

export function makeContext(choices: Choices): Context {
	const ownerId = choices.pick(owners);
	const appId = choices.chance(40) ? choices.pick(boardIds) : null;
	const mayWrite = !choices.chance(25);
	const accountId = choices.pick([...accounts, null]);
	return { ownerId, appId, accountId, mayWrite, isErasing: mayWrite && appId === null && choices.chance(10) };
}

function comparable(outcome: Outcome | undefined, isOrdered: boolean): string {
	if (!outcome) return "nothing";
	if ("refused" in outcome) return `refused: ${outcome.refused}`;
	const rows = outcome.rows.map((row) => JSON.stringify(row));
	return `${outcome.changes} changed, rows ${(isOrdered ? rows : rows.sort()).join(" ")}`;
}
