// The one way from an owner's id to a scope on that owner's rows: placement, shard, region pin and content key. The studio comes
// with its bindings (tenants.ts), the operator with the local host's own stores.
import type { D1Database } from "@cloudflare/workers-types";
import type { Directory } from "#db/directory/handle.ts";
import { findPlacement } from "#db/directory/placements.ts";
import { openScope, type Scope } from "#db/open.ts";
import { checkRegionPin } from "#db/region-pin.ts";
import type { ShardName } from "#db/shards.ts";
import { makeSealer, type Sealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { AppError } from "#lib/http/errors.ts";
import type { AppId, OwnerId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
import type { KeyringRpc } from "#schema/rpc.ts";

/** How long a key is kept after it was fetched: minutes, so that a shredded tenant's key does not linger. */
export const keyTtlMs = 3 * 60_000;

// caches of this isolate
const sealers = new WeakMap<object, Map<OwnerId, { sealer: Sealer; until: number }>>();
/** A pin cannot be changed, so a database that was looked at once is known for the isolate's life. */
const pinned = new WeakSet<object>();

export interface TenantStores {
	region: Region;
	keyring: Pick<KeyringRpc, "open">;
	shard(name: ShardName): D1Database | Promise<D1Database>;
	now: () => number;
}

export interface TenantAccess {
	ownerId: OwnerId;
	/** Set for a guest of one app. */
	appId?: AppId | null;
	mayWrite: boolean;
	/** Where the tenant is, for a caller that has just read it. */
	shard?: ShardName;
}

/** Throws `region_mismatch` unless the database's pin names this region, before anything else is read from it. */
export async function requirePin(db: D1Database, region: Region): Promise<void> {
	if (pinned.has(db)) return;
	if (!(await checkRegionPin(db, region))) throw new AppError("region_mismatch");
	pinned.add(db);
}

/** The sealer of one tenant. Throws AppError `not_found` for a tenant whose keys are gone. */
export async function openSealer(stores: Pick<TenantStores, "region" | "keyring">, ownerId: OwnerId): Promise<Sealer> {
	const now = Date.now();
	const known = sealers.get(stores.keyring) ?? new Map<OwnerId, { sealer: Sealer; until: number }>();
	sealers.set(stores.keyring, known);
	const cached = known.get(ownerId);
	if (cached && cached.until > now) return cached.sealer;
	const opened = await stores.keyring.open(ownerId);
	if (!opened.ok) {
		if (opened.reason === "region_mismatch") throw new AppError("region_mismatch");
		throw new AppError(opened.reason === "shredded" || opened.reason === "not_found" ? "not_found" : "unavailable");
	}
	const raw = Secret.take(opened.value.key);
	const sealer = await makeSealer(stores.region, ownerId, opened.value.keyId, raw);
	raw.wipe();
	if (known.size > 1000) known.clear();
	known.set(ownerId, { sealer, until: now + keyTtlMs });
	return sealer;
}

/** The one way to a scope: the shard's pin, the tenant's key, then row-level security. Throws AppError as `openSealer` does. */
export async function openOnShard(stores: TenantStores, shard: ShardName, access: TenantAccess): Promise<Scope> {
	const db = await stores.shard(shard);
	// the vault looks for itself in which region it is
	const [sealer] = await Promise.all([openSealer(stores, access.ownerId), requirePin(db, stores.region)]);
	return openScope({
		db,
		ownerId: access.ownerId,
		appId: access.appId ?? null,
		mayWrite: access.mayWrite,
		sealer,
		now: stores.now,
	});
}

/** A scope for one tenant, or for one app of it. Throws AppError `not_found` when the tenant was never placed. */
export async function openPlaced(stores: TenantStores, directory: Directory, access: TenantAccess): Promise<Scope> {
	const shard = access.shard ?? (await findPlacement(directory, access.ownerId))?.shard;
	if (!shard) throw new AppError("not_found");
	return openOnShard(stores, shard, access);
}
