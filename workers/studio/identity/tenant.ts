// Making a tenant: at the first use of a verified session, never before, so no key exists for an address nobody confirmed.
// The owner's id was made with the account. Each step changes nothing when repeated, and the placement comes last: killed at
// any step, the next request completes it.
import { updateAccount } from "#db/directory/accounts.ts";
import type { Directory } from "#db/directory/handle.ts";
import { findPlacement, placeOwner } from "#db/directory/placements.ts";
import type { ShardName } from "#db/shards.ts";
import { createWorkspace } from "#db/stores/workspace.ts";
import { AppError } from "#lib/http/errors.ts";
import { log } from "#lib/log.ts";
import type { AccountId, OwnerId } from "#schema/ids.ts";
import { entitlements } from "../credits/plans.ts";
import type { StudioEnv } from "../env.ts";
import { openNewTenant } from "../tenants.ts";

export interface TenantAccount {
	id: AccountId;
	ownerId: OwnerId;
	name: string;
}

/** Completes the account's tenant, and answers where it is. Throws AppError `unavailable` or `region_mismatch`; then nothing is placed. */
export async function ensureTenant(env: StudioEnv, directory: Directory, account: TenantAccount): Promise<ShardName> {
	const { ownerId } = account;
	let placement = await findPlacement(directory, ownerId);
	if (!placement) {
		const made = await env.KEYRING.ensure(ownerId);
		if (!made.ok) throw new AppError(made.reason === "region_mismatch" ? "region_mismatch" : "unavailable");
		const scope = await openNewTenant(env, ownerId);
		await createWorkspace(scope, {
			name: `${account.name}’s workspace`,
			plan: "free",
			credits: entitlements.free.credits,
		});
		placement = await placeOwner(directory, ownerId);
		log("info", "tenant.placed", { region: env.REGION });
	}
	await updateAccount(directory, account.id, { tenantReady: true });
	return placement.shard;
}
