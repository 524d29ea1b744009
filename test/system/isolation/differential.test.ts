// PostgreSQL's row-level security says what is right: random rows of three tenants, random statements by members, viewers and
// guests of one app, in PGlite under FORCE ROW LEVEL SECURITY and in D1 behind the real gate. Rows, counts and refusals agree.
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportFigures } from "../../support/figures.ts";
import { Choices } from "../../support/isolation/choices.ts";
import { differentialRound, makeStatements, newTally, statementsIn } from "../../support/isolation/differential.ts";
import { namedRules, type Postgres, startPostgres } from "../../support/isolation/postgres.ts";
import { holdsInEveryRound, runs, seed } from "../../support/isolation/runs.ts";
import { type OracleWorker, startOracles } from "../../support/isolation/runtime.ts";
import { makeWorld } from "../../support/isolation/world.ts";

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

test("agrees with PostgreSQL on every row, count and refusal", { timeout: 900_000 }, async () => {
	const tally = newTally();
	const began = performance.now();
	await holdsInEveryRound(({ world, statements }) =>
		differentialRound(
			{ postgres, worker, tally },
			makeWorld(new Choices(world)),
			makeStatements(statements.map((bytes) => new Choices(bytes))),
		),
	);
	const rules = Object.keys(namedRules).map((code) => `${code} ${postgres.applied.get(code) ?? 0}`);
	reportFigures("differential against PostgreSQL", {
		statements: statementsIn(tally),
		...tally,
		seconds: (performance.now() - began) / 1000,
		seed: String(seed),
		"named rules": rules.join(", "),
	});
	expect(statementsIn(tally)).toBeGreaterThanOrEqual(runs);
	// A rule that nothing needs is not a difference.
	if (runs >= 5_000) expect([...postgres.applied.keys()].sort()).toEqual(Object.keys(namedRules));
});
