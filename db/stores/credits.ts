// Credits: a balance that cannot fall below zero and a ledger of every change. A build is reserved once and closed once, by
// settling or by refunding; each is one transaction, decided in the database, so that parallel builds and retries add up.
import { sql } from "drizzle-orm";
import { type AppId, type BuildId, type Id, makeId } from "#schema/ids.ts";
import { DbError } from "../errors.ts";
import { cursorOf, cutPage, isAfter, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import type { Scope, WriteRows } from "../rls/scope.ts";
import { balance } from "../tables/balance.ts";
import { builds } from "../tables/builds.ts";
import { ledger } from "../tables/ledger.ts";
import { workspace } from "../tables/workspace.ts";

export type Plan = "free" | "pro" | "studio";
export type LedgerEntry = Omit<typeof ledger.relation.$inferSelect, "ownerId">;

/** 0 before the tenant is complete. */
export async function getBalance(scope: Scope): Promise<number> {
	const [row] = await scope.read((rows) => rows.select().from(balance.relation));
	return row?.credits ?? 0;
}

/** Newest first. */
export async function pageLedger(scope: Scope, { after, size = pageRows }: PageQuery = {}): Promise<Page<LedgerEntry>> {
	const { ownerId: _owner, ...columns } = ledgerColumns;
	const { at, id } = ledger.relation;
	const found = await scope.read((rows) =>
		rows
			.select(columns)
			.from(ledger.relation)
			.where(isAfter(after, at, id))
			.orderBy(...newestFirst(at, id))
			.limit(size + 1),
	);
	return cutPage(found, size, (row) => cursorOf(row.at, row.id));
}
const ledgerColumns = {
	ownerId: ledger.relation.ownerId,
	id: ledger.relation.id,
	kind: ledger.relation.kind,
	delta: ledger.relation.delta,
	buildId: ledger.relation.buildId,
	note: ledger.relation.note,
	at: ledger.relation.at,
};

/** The two statements of a reservation, for a transaction that also writes the build. */
export function reserveStatements(scope: Scope, rows: WriteRows, buildId: BuildId, credits: number) {
	// Without a balance row there is no delta, and a ledger entry without a delta is refused.
	const delta = sql<number>`(SELECT -${whole(credits)} FROM ${balance.relation})`;
	return [
		rows.update(balance.table).set({ credits: sql`${balance.table.credits} - ${whole(credits)}` }),
		rows
			.insert(ledger.table)
			.values({ id: makeId("ledger"), kind: "reserve", delta, buildId, note: "build", at: scope.now() }),
	] as const;
}

/** Gives back all that builds of this app have reserved and not closed, for a transaction that then deletes the builds. */
export function refundAppStatements(scope: Scope, rows: WriteRows, appId: AppId) {
	const open = sql`FROM ${ledger.relation} r JOIN ${builds.relation} b ON b.id = r.build_id
		WHERE b.app_id = ${appId} AND r.kind = 'reserve'
		AND NOT EXISTS (SELECT 1 FROM ${ledger.relation} d WHERE d.build_id = r.build_id AND d.kind IN ('settle', 'refund'))`;
	return [
		// the sum first: once the refunds are in the ledger, none of these reservations is open
		rows
			.update(balance.table)
			.set({ credits: sql`${balance.table.credits} + (SELECT coalesce(sum(-r.delta), 0) ${open})` }),
		rows.insert(ledger.table).select(
			// in the order the columns are declared; a build is refunded once, so its id makes the entry's
			sql`SELECT ${scope.ownerId}, 'led_' || substr(r.build_id, 5), 'refund', -r.delta, r.build_id, ${"build"}, ${scope.now()} ${open}`,
		),
	] as const;
}

/** The two statements that close a reservation, for a transaction that also ends the build. The first returns a row if it closed. */
export function closeStatements(
	scope: Scope,
	rows: WriteRows,
	kind: "settle" | "refund",
	buildId: BuildId,
	charged: number,
) {
	const id = makeId("ledger");
	return [
		rows
			.insert(ledger.table)
			.select(
				sql`SELECT ${scope.ownerId}, ${id}, ${kind}, max(0, -r.delta - ${whole(charged)}), r.build_id, ${"build"}, ${scope.now()}
				FROM ${ledger.relation} r WHERE r.build_id = ${buildId} AND r.kind = 'reserve'
				AND NOT EXISTS (SELECT 1 FROM ${ledger.relation} d WHERE d.build_id = ${buildId} AND d.kind IN ('settle', 'refund'))`,
			)
			.returning({ delta: ledger.table.delta }),
		addFromLedger(rows, id),
	] as const;
}

/** Adds credits once for each `note`, for example `plan_pro_2026_11`; false when that note was granted before. */
export async function grantCredits(scope: Scope, credits: number, note: string): Promise<boolean> {
	const [granted] = await scope.write((rows) => grantStatements(scope, rows, "grant", credits, note));
	return granted.length > 0;
}

export function grantStatements(scope: Scope, rows: WriteRows, kind: "grant" | "plan", credits: number, note: string) {
	const id = makeId("ledger");
	return [
		rows
			.insert(ledger.table)
			.select(
				sql`SELECT ${scope.ownerId}, ${id}, ${kind}, ${whole(credits)}, NULL, ${note}, ${scope.now()} FROM ${balance.relation}
				WHERE NOT EXISTS (SELECT 1 FROM ${ledger.relation} g WHERE g.kind = ${kind} AND g.note = ${note} AND g.build_id IS NULL)`,
			)
			.returning({ id: ledger.table.id }),
		addFromLedger(rows, id),
	] as const;
}

/** Changes the plan and records it in the tenant's ledger with the credits that come with it (0 for none). */
export async function setPlan(scope: Scope, plan: Plan, credits: number): Promise<boolean> {
	const note = `${plan}_${scope.now()}`;
	const [changed] = await scope.write((rows) => [
		rows.update(workspace.table).set({ plan, updatedAt: scope.now() }).returning({ plan: workspace.table.plan }),
		...grantStatements(scope, rows, "plan", credits, note),
	]);
	return changed.length > 0;
}

// Adds what a fresh ledger row says, and nothing when that row was not written.
function addFromLedger(rows: WriteRows, id: Id<"ledger">) {
	const row = sql`FROM ${ledger.relation} l WHERE l.id = ${id}`;
	return rows
		.update(balance.table)
		.set({ credits: sql`${balance.table.credits} + (SELECT l.delta ${row})` })
		.where(sql`EXISTS (SELECT 1 ${row})`)
		.returning({ credits: balance.table.credits });
}

function whole(credits: number): number {
	if (!Number.isSafeInteger(credits) || credits < 0) throw new DbError("guard");
	return credits;
}
