// How many statements, and from which seed: ISOLATION_RUNS and ISOLATION_SEED, for more of them and to see one run again.
import fc from "fast-check";
import { isWhole } from "../whole.ts";

const statementsPerRound = 100;
export const seed = Number(process.env["ISOLATION_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
/** Statements of each of the two oracles. */
export const runs = Number(process.env["ISOLATION_RUNS"] ?? (isWhole ? 10_000 : 2_000));

const bytes = (length: number) => fc.noBias(fc.uint8Array({ minLength: length, maxLength: length }));

/** Bytes to choose by for one round: for its world, and for each of its statements. */
export const round = fc.record({
	world: bytes(200),
	statements: fc.array(bytes(90), { minLength: statementsPerRound, maxLength: statementsPerRound }),
});
export type Round = typeof round extends fc.Arbitrary<infer T> ? T : never;

/** Runs all rounds; `ask` answers what is wrong with one. A failure says how to see it again, and the first statement that differs. */
export async function holdsInEveryRound(ask: (round: Round) => Promise<string | null>): Promise<void> {
	const property = fc.asyncProperty(round, async (value) => {
		const difference = await ask(value);
		if (difference) throw new Error(difference);
	});
	// One statement is small enough to read; shrinking a round of a hundred would take longer than the run.
	const details = await fc.check(property, { seed, numRuns: Math.ceil(runs / statementsPerRound), endOnFailure: true });
	if (!details.failed) return;
	const { errorInstance } = details;
	const what = errorInstance instanceof Error ? errorInstance.message : "interrupted";
	throw new Error(`ISOLATION_SEED=${seed} ISOLATION_RUNS=${runs}, round ${details.numRuns}: ${what}`);
}
