// An administrator's recorded approvals of model endpoints outside the region. Withdrawn ones stay on record.
import { and, desc, eq, isNull } from "drizzle-orm";
import { type AccountId, type Id, makeId } from "#schema/ids.ts";
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

export async function recordApproval(
	scope: Scope,
	input: Pick<Approval, "provider" | "destination" | "approvedBy">,
): Promise<Approval> {
	const approval = { ...input, id: makeId("approval"), at: scope.now(), revokedAt: null };
	await scope.write((rows) => [rows.insert(table).values(approval)]);
	return approval;
}

/** The approval in force for exactly this provider and destination. */
export async function findApproval(scope: Scope, provider: string, destination: string): Promise<Approval | null> {
	const [row] = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(and(eq(relation.provider, provider), eq(relation.destination, destination), isNull(relation.revokedAt)))
			.orderBy(desc(relation.at))
			.limit(1),
	);
	return row ? withoutOwner(row) : null;
}

/** Newest first, withdrawn ones too. */
export async function listApprovals(scope: Scope, limit = 200): Promise<Approval[]> {
	const found = await scope.read((rows) =>
		rows.select().from(relation).orderBy(desc(relation.at), desc(relation.id)).limit(limit),
	);
	return found.map(withoutOwner);
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
