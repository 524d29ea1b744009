// The workspace: made once, named by its owner, and ruled by a policy that its administrators set.
import type { OwnerId } from "#schema/ids.ts";
import { cleanName } from "#schema/names.ts";
import type { Scope } from "../rls/scope.ts";
import type { Sealed } from "../sealer.ts";
import { balance } from "../tables/balance.ts";
import { workspace } from "../tables/workspace.ts";
import { grantStatements, type Plan } from "./credits.ts";

export interface Workspace {
	ownerId: OwnerId;
	name: string;
	plan: Plan;
	/** JSON as it was written; the reader validates it. Null: nothing was changed yet. */
	policy: string | null;
	createdAt: number;
	updatedAt: number;
}

const row = "workspace";

/** The tenant's first rows: workspace, balance and the plan's credits. Idempotent: a second call changes nothing. */
export async function createWorkspace(
	scope: Scope,
	input: { name: string; plan: Plan; credits: number },
): Promise<void> {
	const name = await scope.sealer.seal({ table: "workspace", column: "name", row }, cleanName(input.name));
	const at = scope.now();
	await scope.write((rows) => [
		rows
			.insert(workspace.table)
			.values({ name, plan: input.plan, policy: null, createdAt: at, updatedAt: at })
			.onConflictDoNothing(),
		rows.insert(balance.table).values({ credits: 0 }).onConflictDoNothing(),
		...grantStatements(scope, rows, "plan", input.credits, "welcome"),
	]);
}

/** Null for a guest of one app, and before the tenant is complete. */
export async function getWorkspace(scope: Scope): Promise<Workspace | null> {
	const [found] = await scope.read((rows) => rows.select().from(workspace.relation));
	if (!found) return null;
	const { name, policy, ...rest } = found;
	return {
		...rest,
		ownerId: scope.ownerId,
		name: await scope.sealer.open({ table: "workspace", column: "name", row }, name),
		policy: policy === null ? null : await scope.sealer.open({ table: "workspace", column: "policy", row }, policy),
	};
}

/**
 * `policy` is JSON that the caller has validated.
 * @kept for the administrator's policy
 */
export async function setPolicy(scope: Scope, policy: string): Promise<boolean> {
	return change(scope, { policy: await scope.sealer.seal({ table: "workspace", column: "policy", row }, policy) });
}

async function change(scope: Scope, values: { name?: Sealed; policy?: Sealed }): Promise<boolean> {
	const [changed] = await scope.write((rows) => [
		rows
			.update(workspace.table)
			.set({ ...values, updatedAt: scope.now() })
			.returning({ plan: workspace.table.plan }),
	]);
	return changed.length > 0;
}
