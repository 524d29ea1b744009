// A D1 database that keeps every statement it is given, with its parameters and the batch it ran in.
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";

export interface Emitted {
	sql: string;
	params: readonly unknown[];
}

/** One call of the database: one statement by itself, or a batch. */
export interface EmittedCall {
	kind: "single" | "batch";
	statements: Emitted[];
}

export function recordStatements(db: D1Database): { db: D1Database; calls: EmittedCall[] } {
	const calls: EmittedCall[] = [];
	const emitted = new WeakMap<D1PreparedStatement, { real: D1PreparedStatement; statement: Emitted }>();
	const wrap = (real: D1PreparedStatement, statement: Emitted): D1PreparedStatement => {
		const run = (name: "all" | "raw" | "run" | "first") => () => {
			calls.push({ kind: "single", statements: [statement] });
			return (real[name] as () => Promise<unknown>).call(real);
		};
		const wrapped = {
			bind: (...params: unknown[]) => wrap(real.bind(...params), { sql: statement.sql, params }),
			all: run("all"),
			raw: run("raw"),
			run: run("run"),
			first: run("first"),
		} as D1PreparedStatement;
		emitted.set(wrapped, { real, statement });
		return wrapped;
	};
	const known = (statement: D1PreparedStatement) => {
		const found = emitted.get(statement);
		if (!found) throw new TypeError("a statement of another database");
		return found;
	};
	const recording = {
		prepare: (sql: string) => wrap(db.prepare(sql), { sql, params: [] }),
		batch: (statements: D1PreparedStatement[]) => {
			calls.push({ kind: "batch", statements: statements.map((statement) => known(statement).statement) });
			return db.batch(statements.map((statement) => known(statement).real));
		},
	};
	return { db: recording as unknown as D1Database, calls };
}
