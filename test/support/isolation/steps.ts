// What the Worker of the oracles is asked to do, and what it answers: plain JSON between the tests and workerd.
import type { Context } from "#db/rls/gate.ts";
import type { Value } from "./world.ts";

export type Step =
	/** Through the gate. */
	| { kind: "read" | "write"; context: Context; sql: string; params: Value[] }
	/** Past the gate, each statement by itself, or inside one batch with a context around it. */
	| { kind: "raw"; statements: string[]; context?: Context };

export type Outcome = { rows: unknown[][]; changes: number } | { refused: string };

export interface Job {
	/** Which of the Worker's databases. */
	database: string;
	/** Run first as one batch: empties the tables and fills them anew. */
	setup: string[];
	steps: Step[];
	/** Every row of every oracle table is answered at the end. */
	isDumped: boolean;
}

export interface JobAnswer {
	outcomes: Outcome[];
	dump: Record<string, unknown[][]>;
}
