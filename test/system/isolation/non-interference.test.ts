// What a tenant is answered does not depend on what others own: the same statements on everybody's database and on one that
// holds only the tenant's rows, or only the one app that a guest may see.
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportFigures } from "../../support/figures.ts";
import { Choices } from "../../support/isolation/choices.ts";
import { newTally, statementsIn } from "../../support/isolation/differential.ts";
import {
	makeActor,
	makeOthersSteps,
	makeOwnSteps,
	nonInterferenceRound,
} from "../../support/isolation/non-interference.ts";
import { holdsInEveryRound, runs, seed } from "../../support/isolation/runs.ts";
import { type OracleWorker, startOracles } from "../../support/isolation/runtime.ts";
import { makeWorld } from "../../support/isolation/world.ts";

let oracles: Awaited<ReturnType<typeof startOracles>>;
let worker: OracleWorker;
beforeAll(async () => {
	oracles = await startOracles([null]);
	const [first] = oracles.workers;
	if (!first) throw new Error("no Worker");
	worker = first;
});
afterAll(() => oracles?.dispose());

test("answers a tenant, and a guest of one app, as if nobody else were there", { timeout: 900_000 }, async () => {
	const tally = newTally();
	const began = performance.now();
	await holdsInEveryRound(({ world, statements }) => {
		const choices = new Choices(world);
		const context = makeActor(choices);
		const isCrowded = choices.chance(50);
		const tapes = () => statements.map((bytes) => new Choices(bytes));
		const others = isCrowded ? makeOthersSteps(context, tapes()) : [];
		const own = makeOwnSteps(context, tapes());
		return nonInterferenceRound({ worker, tally }, makeWorld(choices), context, own, others);
	});
	reportFigures("non-interference", {
		"statements on two databases each": statementsIn(tally),
		...tally,
		seconds: (performance.now() - began) / 1000,
		seed: String(seed),
	});
	expect(statementsIn(tally)).toBeGreaterThanOrEqual(runs);
});
