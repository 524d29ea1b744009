// A D1 database that tells of every statement it is given, with its parameters and the batch it ran in.
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

/** The same database; `onCall` hears of each call before it is made, and `around` makes it. */
export function recordStatements(
	db: D1Database,
	onCall: (call: EmittedCall) => void,
	around: <T>(make: () => Promise<T>) => Promise<T> = (make) => make(),
): D1Database {
	const emitted = new WeakMap<D1PreparedStatement, { real: D1PreparedStatement; statement: Emitted }>();
	const wrap = (real: D1PreparedStatement, statement: Emitted): D1PreparedStatement => {
		const run =
			(name: "all" | "raw" | "run" | "first") =>
			(...options: unknown[]) => {
				onCall({ kind: "single", statements: [statement] });
				return around(() => (real[name] as (...options: unknown[]) => Promise<unknown>).apply(real, options));
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
			onCall({ kind: "batch", statements: statements.map((statement) => known(statement).statement) });
			const real = statements.map((statement) => known(statement).real);
			return around(() => db.batch(real));
		},
	};
	return recording as unknown as D1Database;
}
