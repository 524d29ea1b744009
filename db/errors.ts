// What can go wrong in the data layer, as one error with a tagged reason and no text of its own: database messages name
// tables and sometimes values, and drizzle's carry every bound parameter, so neither may leave this folder.

import type { ErrorCode } from "#schema/errors.ts";

export type DbReason =
	/** A unique key or a foreign key does not allow it, or a row was not in the expected state. */
	| "conflict"
	/** The database's own guard refused: wrong owner, wrong app, no right to write, an immutable row, a broken CHECK. */
	| "guard"
	/** The gate refused the statement before it reached the database. */
	| "gate"
	/** The balance would fall below zero. */
	| "credits"
	/** The tenant has as many of these as it may. */
	| "limit"
	/** One app, or one account, has as many of these as it may. */
	| "many"
	/** An app has as many versions saved by hand, or as much in them, as it may. */
	| "versions"
	/** The database did not answer, or failed in a way that is not the caller's. */
	| "unavailable";

/** What a person is told where no route has a better word for it. What is refused by guard or gate is our own mistake. */
const codes = {
	conflict: "conflict",
	guard: "internal",
	gate: "internal",
	credits: "no_credits",
	limit: "app_limit",
	many: "limit_reached",
	versions: "version_limit",
	unavailable: "unavailable",
} as const satisfies Record<DbReason, ErrorCode>;

export class DbError extends Error {
	override readonly name = "DbError";
	readonly reason: DbReason;
	readonly code: ErrorCode;

	constructor(reason: DbReason) {
		super(`db: ${reason}`);
		this.reason = reason;
		this.code = codes[reason];
	}
}

/** Any failure as a DbError. The original is dropped on purpose; only its kind is kept. */
export function toDbError(error: unknown): DbError {
	for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
		if (cause instanceof DbError) return cause;
		const reason = classify(cause.message);
		if (reason) return new DbError(reason);
	}
	return new DbError("unavailable");
}

/** Runs `work` and lets nothing but a DbError out. */
export async function withDbErrors<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw toDbError(error);
	}
}

// D1 hands SQLite's message on, prefixed "D1_ERROR: ". A drizzle message starts "Failed query:" and holds the SQL, in which
// these words could occur by chance, so only D1's own messages are read.
function classify(message: string): DbReason | null {
	if (!message.startsWith("D1_ERROR")) return null;
	if (message.includes("freehold: conflict")) return "conflict";
	if (message.includes("freehold: ")) return "guard";
	if (message.includes("CHECK constraint failed: credits_not_negative")) return "credits";
	if (message.includes("UNIQUE constraint failed") || message.includes("FOREIGN KEY constraint failed"))
		return "conflict";
	if (message.includes("SQLITE_CONSTRAINT")) return "guard";
	return null;
}
