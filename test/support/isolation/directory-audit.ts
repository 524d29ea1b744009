// The judge of what is said to a directory: SQLite's authorizer tells which tables a statement reaches, and its query plan how
// it finds the rows. A row is found by a key; what scans a table, or walks it by an order, could list who is here.
// https://www.sqlite.org/eqp.html
import { constants, DatabaseSync } from "node:sqlite";
import { splitStatements } from "#db/migrations/split.ts";
import type { Emitted, EmittedCall } from "./record.ts";

/** Listings are public by their nature; reports are listed by the operator's script, and name no account. */
const listed = new Set(["listings", "reports"]);
/** What expires is swept by its end, and nothing of it is answered. */
const swept =
	/^delete from "?(sessions|rate_limits|verifications|invitations|links)"? where [^;]*\b(expires_at|ends_at)\b/i;

export interface DirectoryAudit {
	/** What is wrong with one call of the directory; empty when all is well. */
	findings(call: EmittedCall): string[];
	close(): void;
}

export function startDirectoryAudit(migration: string): DirectoryAudit {
	const db = new DatabaseSync(":memory:");
	for (const sql of splitStatements(migration)) db.exec(sql);
	let reached: { action: number; table: string | null }[] = [];
	db.setAuthorizer((action, table) => {
		reached.push({ action, table });
		return constants.SQLITE_OK;
	});
	const judge = ({ sql }: Emitted): string[] => {
		reached = [];
		db.prepare(sql);
		const accesses = reached;
		const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
		return [...judgeAccesses(accesses), ...plan.flatMap((step) => judgeStep(String(step["detail"]), sql))];
	};
	return { findings: ({ statements }) => statements.flatMap(judge), close: () => db.close() };
}

const allowed: readonly number[] = [
	constants.SQLITE_SELECT,
	constants.SQLITE_READ,
	constants.SQLITE_INSERT,
	constants.SQLITE_UPDATE,
	constants.SQLITE_DELETE,
	constants.SQLITE_FUNCTION,
];

function judgeAccesses(accesses: readonly { action: number; table: string | null }[]): string[] {
	return accesses.flatMap(({ action, table }) => {
		if (!allowed.includes(action)) return [`does something else: action ${action} on ${table}`];
		return table?.startsWith("sqlite_") ? [`reads ${table}`] : [];
	});
}

/** A step of the plan, for example `SEARCH sessions USING INDEX sessions_by_account_id (account_id=? AND expires_at>?)`. */
function judgeStep(step: string, sql: string): string[] {
	const [, how, table = ""] = /^(SCAN|SEARCH) (\w+)/.exec(step) ?? [];
	if (!how || table === "CONSTANT" || listed.has(table)) return [];
	if (how === "SCAN") return [`goes through all of ${table}`];
	if (step.includes("=?") || (swept.test(sql) && !/\breturning\b/i.test(sql))) return [];
	return [`finds rows of ${table} by no key: ${step}`];
}
