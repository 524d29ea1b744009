// A test that cannot fail proves nothing: the product is built with one layer missing at a time, and the check that is named
// for that layer must fail. With nothing missing every check is silent.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportFigures } from "../../support/figures.ts";
import { checkGate, checkLayers, checkScope, checkSeal } from "../../support/isolation/checks.ts";
import { Choices } from "../../support/isolation/choices.ts";
import { differentialRound, makeStatements, newTally } from "../../support/isolation/differential.ts";
import { type CheckName, mutants } from "../../support/isolation/mutants.ts";
import { makeActor, makeOwnSteps, nonInterferenceRound } from "../../support/isolation/non-interference.ts";
import { type Postgres, startPostgres } from "../../support/isolation/postgres.ts";
import { round } from "../../support/isolation/runs.ts";
import { type OracleWorker, startOracles } from "../../support/isolation/runtime.ts";
import { makeWorld } from "../../support/isolation/world.ts";

let postgres: Postgres;
beforeAll(async () => {
	postgres = await startPostgres();
});
afterAll(() => postgres?.close());

// The same rounds for every mutant: each must be noticed within them.
const rounds = fc.sample(round, { seed: 20_261_121, numRuns: 8 });
const tapesOf = (statements: readonly Uint8Array[]) => statements.map((bytes) => new Choices(bytes));

async function firstDifference(ask: (world: Choices, statements: Choices[]) => Promise<string | null>) {
	for (const { world, statements } of rounds) {
		const difference = await ask(new Choices(world), tapesOf(statements));
		if (difference) return [difference];
	}
	return [];
}

const checks: Record<CheckName, (worker: OracleWorker) => Promise<string[]>> = {
	gate: checkGate,
	layers: checkLayers,
	scope: checkScope,
	seal: checkSeal,
	differential: (worker) =>
		firstDifference((world, tapes) =>
			differentialRound({ postgres, worker, tally: newTally() }, makeWorld(world), makeStatements(tapes)),
		),
	"non-interference": (worker) =>
		firstDifference((world, tapes) => {
			const context = makeActor(world);
			return nonInterferenceRound(
				{ worker, tally: newTally() },
				makeWorld(world),
				context,
				makeOwnSteps(context, tapes),
				[],
			);
		}),
};

test("with every layer in place, no check finds anything", { timeout: 120_000 }, async () => {
	const { workers, dispose } = await startOracles([null]);
	const [worker] = workers;
	if (!worker) throw new Error("no Worker");
	for (const [name, check] of Object.entries(checks)) expect(await check(worker), name).toEqual([]);
	await dispose();
});

describe("a product without one layer is noticed", () => {
	let started: Awaited<ReturnType<typeof startOracles>>;
	beforeAll(async () => {
		started = await startOracles(mutants);
	}, 300_000);
	afterAll(async () => {
		await started?.dispose();
		reportFigures("data layer with one layer missing", { "mutants noticed": noticed, mutants: mutants.length });
	});

	let noticed = 0;
	test.each(mutants.map((mutant, index) => ({ ...mutant, index })))(
		"$layer ($noticedBy)",
		{ timeout: 120_000 },
		async ({ index, noticedBy }) => {
			const worker = started.workers[index];
			if (!worker) throw new Error("no Worker");
			// Keys that the tenants share: then the three of them cannot even be filled in.
			const findings = await checks[noticedBy](worker).catch((error: Error) => {
				if (!error.message.includes("UNIQUE constraint failed")) throw error;
				return [error.message];
			});
			expect(findings).not.toEqual([]);
			noticed++;
		},
	);
});
