// The scope is what a feature gets instead of a database: reads and writes that can only ever concern one owner (or one app
// of it), with that owner's sealer beside them.
import type { D1Database } from "@cloudflare/workers-types";
import { fillPlaceholders } from "drizzle-orm";
import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import { drizzle, type SqliteRemoteDatabase } from "drizzle-orm/sqlite-proxy";
import type { AccountId, AppId, OwnerId } from "#schema/ids.ts";
import { DbError, withDbErrors } from "../errors.ts";
import type { Sealer } from "../sealer.ts";
import { type Gate, openGate } from "./gate.ts";
import { ownerPlaceholder, type TablePolicy } from "./tenant-table.ts";

type Rows = SqliteRemoteDatabase<Record<string, never>>;
export type ReadRows = Pick<Rows, "select" | "selectDistinct" | "with" | "$with">;
export type WriteRows = Pick<Rows, "insert" | "update" | "delete">;
type Write = BatchItem<"sqlite">;

export interface Scope {
	readonly ownerId: OwnerId;
	/** Set for a guest of one app, who sees that app and nothing else. */
	readonly appId: AppId | null;
	readonly mayWrite: boolean;
	readonly sealer: Sealer;
	/** Milliseconds since 1970. */
	now(): number;
	/** Runs a drizzle query over relations. Throws DbError. */
	read<T>(query: (rows: ReadRows) => PromiseLike<T>): Promise<T>;
	/** Runs drizzle writes over base tables as one transaction; their results in order. `owner_id` is filled in. Throws DbError. */
	write<T extends readonly Write[]>(queries: (rows: WriteRows) => readonly [...T]): Promise<WriteResults<T>>;
}
export type WriteResults<T extends readonly Write[]> = { -readonly [K in keyof T]: BatchResponse<readonly [T[K]]>[0] };

/** What `readEach` needs of a scope, and nobody who holds one. */
const inside = new WeakMap<Scope, { db: D1Database; gate: Gate }>();

export interface ScopeOptions {
	db: D1Database;
	/** Of every table there is, by the name of its relation. */
	policies: ReadonlyMap<string, TablePolicy>;
	ownerId: OwnerId;
	appId?: AppId | null;
	/** Whose teams count; without one, only rows of everyone are there in a table of teams. */
	accountId?: AccountId | null;
	mayWrite: boolean;
	sealer: Sealer;
	now: () => number;
	/** Only where a whole owner is erased. */
	isErasing?: boolean;
}

export function openScope(options: ScopeOptions): Scope {
	const { db, policies, ownerId, appId = null, accountId = null, mayWrite, sealer, now, isErasing = false } = options;
	const gate = openGate(db, policies, { ownerId, appId, accountId, mayWrite, isErasing });
	const fill = (params: unknown[]) => fillPlaceholders(params, { [ownerPlaceholder]: ownerId });

	const reader = drizzle(async (sql, params, method) => {
		const rows = await gate.read({ sql, params });
		return { rows: method === "get" ? (rows[0] ?? []) : rows };
	});
	const writer = drizzle(
		// A write that is awaited by itself would run without its context.
		() => Promise.reject(new DbError("gate")),
		(batch) => gate.write(batch.map(({ sql, params }) => ({ sql, params: fill(params) }))),
	);

	const scope: Scope = {
		ownerId,
		appId,
		mayWrite,
		sealer,
		now,
		read: (query) => withDbErrors(async () => query(reader)),
		write: (queries) =>
			withDbErrors(async () => {
				if (!mayWrite) throw new DbError("guard");
				const [first, ...rest] = queries(writer);
				return (first ? await writer.batch([first, ...rest]) : []) as never;
			}),
	};
	inside.set(scope, { db, gate });
	return scope;
}

/**
 * The same read in several scopes, one call for each database: a page over many workspaces waits once. Each statement is checked
 * and cut down by its own scope's gate. `query` makes exactly one statement, of one relation: a batch answers rows by the names
 * of their columns. Throws DbError.
 */
export function readEach<T>(
	scopes: readonly Scope[],
	query: (rows: ReadRows, at: number) => PromiseLike<T>,
): Promise<T[]> {
	type Asked = { db: D1Database; gate: Gate; sql: string; params: unknown[]; answer(rows: unknown[][]): void };
	const asked: Asked[] = [];
	let all: () => void = () => undefined;
	const complete = new Promise<void>((done) => {
		all = done;
	});
	const readerOf = (scope: Scope) =>
		drizzle(async (sql, params) => {
			const of = inside.get(scope);
			if (!of) throw new DbError("gate");
			const answered = new Promise<unknown[][]>((answer) => asked.push({ ...of, sql, params, answer }));
			if (asked.length === scopes.length) all();
			return { rows: (await Promise.race([answered, failed])) as unknown[][] };
		});
	const run = async () => {
		if (scopes.length === 0) return;
		await complete;
		const databases = [...new Set(asked.map(({ db }) => db))];
		await Promise.all(
			databases.map(async (db) => {
				const own = asked.filter((one) => one.db === db);
				const [first] = own;
				if (first && own.length === 1) return first.answer(await first.gate.read(first));
				const results = await db.batch<Record<string, unknown>>(own.map((one) => one.gate.prepareRead(one)));
				for (const [at, one] of own.entries())
					one.answer((results[at]?.results ?? []).map((row) => Object.values(row)));
			}),
		);
	};
	const ran = run();
	const failed = ran.then(() => new Promise<never>(() => undefined));
	failed.catch(() => undefined);
	return withDbErrors(() => Promise.all(scopes.map(async (scope, at) => query(readerOf(scope), at))));
}
