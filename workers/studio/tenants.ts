// From an owner's id to a scope on that owner's rows: placement, shard, region pin and content key. The ids come from the
// verified session, from a grant in the directory, or from a build's own object; never from what a client sent.
import { type Directory, openDirectory } from "#db/directory/handle.ts";
import { shardFor } from "#db/directory/placements.ts";
import { openShard, type Scope } from "#db/open.ts";
import { type DirectoryKeys, makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { AppError } from "#lib/http/errors.ts";
import { readJurisdictions } from "#lib/jurisdictions.ts";
import { bucketIsInRegion } from "#lib/region-marker.ts";
import type { OwnerId } from "#schema/ids.ts";
import { Region } from "#schema/region.ts";
import type { StudioEnv } from "./env.ts";
import { keyTtlMs, openOnShard, openPlaced, requirePin, type TenantAccess, type TenantStores } from "./open-tenant.ts";

// cached in this isolate
const directoryKeys = new WeakMap<object, { keys: DirectoryKeys; until: number }>();

/** Throws `region_mismatch` when the configuration does not say for certain where data is kept. */
export function regionOf(env: StudioEnv): Region {
	const region = Region.safeParse(env.REGION);
	if (!region.success || readJurisdictions(env) === null) throw new AppError("region_mismatch");
	return region.data;
}

/** The region's directory, once every store of this Worker that is not a shard is known to belong to this region. Throws AppError. */
export async function openRegion(env: StudioEnv): Promise<Directory> {
	const [directory, isContentHere] = await Promise.all([
		openRegionDirectory(env),
		bucketIsInRegion(env.CONTENT, regionOf(env)),
	]);
	if (!isContentHere) throw new AppError("region_mismatch");
	return directory;
}

/** The region's directory, with its keys from the vault. Throws AppError. */
export async function openRegionDirectory(env: StudioEnv): Promise<Directory> {
	const [keys] = await Promise.all([openDirectoryKeys(env), requirePin(env.DIRECTORY, regionOf(env))]);
	return openDirectory({ db: env.DIRECTORY, keys, now: Date.now });
}

async function openDirectoryKeys(env: StudioEnv): Promise<DirectoryKeys> {
	const now = Date.now();
	let known = directoryKeys.get(env.KEYRING);
	if (!known || known.until < now) {
		const opened = await env.KEYRING.openDirectory();
		if (!opened.ok) throw new AppError(opened.reason === "region_mismatch" ? "region_mismatch" : "unavailable");
		const raw = { index: Secret.take(opened.value.index), seal: Secret.take(opened.value.seal) };
		const keys = await makeDirectoryKeys(regionOf(env), opened.value.keyId, raw);
		for (const secret of [raw.index, raw.seal]) secret.wipe();
		known = { keys, until: now + keyTtlMs };
		directoryKeys.set(env.KEYRING, known);
	}
	return known.keys;
}

const storesOf = (env: StudioEnv): TenantStores => ({
	region: regionOf(env),
	keyring: env.KEYRING,
	shard: (name) => openShard(env, { shard: name }),
	now: Date.now,
});

/** A scope for one tenant, or for one app of it. Throws AppError `not_found` when the tenant was never placed. */
export const openTenant = (env: StudioEnv, directory: Directory, access: TenantAccess): Promise<Scope> =>
	openPlaced(storesOf(env), directory, access);

/** The same on the shard where a tenant is about to be placed. */
export const openNewTenant = (env: StudioEnv, ownerId: OwnerId): Promise<Scope> =>
	openOnShard(storesOf(env), shardFor(ownerId), { ownerId, mayWrite: true });
