// How many statements, and from which seed: ISOLATION_RUNS and ISOLATION_SEED, for more of them and to see one run again.
import fc from "fast-check";

export const statementsPerRound = 100;
export const seed = Number(process.env["ISOLATION_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
/** Statements of each of the two oracles. */
export const runs = Number(process.env["ISOLATION_RUNS"] ?? 10_000);
export const rounds = Math.max(1, Math.ceil(runs / statementsPerRound));

/** Choices for one round: its world, and its statements, fewer when it shrinks. */
export const round = fc.record({
	world: fc.noBias(fc.uint8Array({ minLength: 200, maxLength: 200 })),
	statements: fc.array(fc.noBias(fc.uint8Array({ minLength: 90, maxLength: 90 })), {
		minLength: process.env["ISOLATION_SHRINK"] ? 1 : statementsPerRound,
		maxLength: statementsPerRound,
		size: "max",
	}),
});

/** A failure names its seed. Shrinking it takes minutes and is asked for: ISOLATION_SHRINK=1. */
export const parameters = { seed, numRuns: rounds, endOnFailure: process.env["ISOLATION_SHRINK"] === undefined };
