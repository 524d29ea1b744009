// An administrator's recorded approvals of model endpoints outside the region. Withdrawn ones stay on record.
import { and, eq, isNull, sql } from "drizzle-orm";
import { type AccountId, type Id, makeId } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import type { Scope } from "../rls/scope.ts";
import { approvals } from "../tables/approvals.ts";

export interface Approval {
	id: Id<"approval">;
	provider: string;
	/** scheme, host and port */
	destination: string;
	approvedBy: AccountId;
	at: number;
	revokedAt: number | null;
}

const { table, relation } = approvals;

/** One is in force for a provider and destination: approving once more answers the one that is. */
export async function recordApproval(
	scope: Scope,
	input: Pick<Approval, "provider" | "destination" | "approvedBy">,
): Promise<Approval> {
	const { provider, destination, approvedBy } = input;
	const approval = { ...input, id: makeId("approval"), at: scope.now(), revokedAt: null };
	const [made] = await scope.write((rows) => [
		rows
			.insert(table)
			.select(
				// in the order the columns are declared
				sql`SELECT ${scope.ownerId}, ${approval.id}, ${provider}, ${destination}, ${approvedBy}, ${approval.at}, NULL
				WHERE NOT EXISTS (SELECT 1 FROM ${relation} a WHERE a.provider = ${provider} AND a.destination = ${destination} AND a.revoked_at IS NULL)`,
			)
			.returning({ id: table.id }),
	]);
	if (made.length > 0) return approval;
	const standing = await approvalsInForce(scope);
	return standing.find((one) => one.provider === provider && one.destination === destination) ?? approval;
}

/** All that are in force: as many as there are destinations. */
export async function approvalsInForce(scope: Scope): Promise<Approval[]> {
	const found = await scope.read((rows) => rows.select().from(relation).where(isNull(relation.revokedAt)));
	return found.map(withoutOwner);
}

/** The record: newest first, withdrawn ones too. */
export async function pageApprovals(scope: Scope, { after, size = pageRows }: PageQuery = {}): Promise<Page<Approval>> {
	const { at, id } = relation;
	const found = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(isAfter(after, at, id))
			.orderBy(...newestFirst(at, id))
			.limit(size + 1),
	);
	return mapPage(
		cutPage(found, size, (row) => cursorOf(row.at, row.id)),
		withoutOwner,
	);
}

export async function revokeApproval(scope: Scope, id: Id<"approval">): Promise<boolean> {
	const [revoked] = await scope.write((rows) => [
		rows
			.update(table)
			.set({ revokedAt: scope.now() })
			.where(and(eq(table.id, id), isNull(table.revokedAt)))
			.returning({ id: table.id }),
	]);
	return revoked.length > 0;
}

function withoutOwner({ ownerId: _owner, ...row }: typeof relation.$inferSelect): Approval {
	return row;
}
