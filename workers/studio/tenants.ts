// From an owner's id to a scope on that owner's rows: placement, shard, region pin and content key. The ids come from the
// verified session, from a grant in the directory, or from a build's own object; never from what a client sent.
import type { D1Database } from "@cloudflare/workers-types";
import { type Directory, openDirectory } from "#db/directory/handle.ts";
import { findPlacement } from "#db/directory/placements.ts";
import { openScope, openShard, type Scope } from "#db/open.ts";
import { checkRegionPin } from "#db/region-pin.ts";
import { type DirectoryKeys, makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { makeSealer, type Sealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { AppError } from "#lib/http/errors.ts";
import { readJurisdictions } from "#lib/jurisdictions.ts";
import { bucketIsInRegion } from "#lib/region-marker.ts";
import type { AppId, OwnerId } from "#schema/ids.ts";
import { Region } from "#schema/region.ts";
import type { StudioEnv } from "./env.ts";

const keyTtlMs = 3 * 60_000;

// Caches of this isolate. Keys are kept for minutes, so that a shredded tenant's key does not linger.
const sealers = new Map<OwnerId, { sealer: Sealer; until: number }>();
const pinned = new WeakSet<object>();
let directoryKeys: { keys: DirectoryKeys; until: number } | null = null;

/** Throws `region_mismatch` unless the database's pin names this region, before anything else is read from it. */
async function requirePin(db: D1Database, region: Region): Promise<void> {
	if (pinned.has(db)) return;
	if (!(await checkRegionPin(db, region))) throw new AppError("region_mismatch");
	pinned.add(db);
}

/** Throws `region_mismatch` when the configuration does not say for certain where data is kept. */
export function regionOf(env: StudioEnv): Region {
	const region = Region.safeParse(env.REGION);
	if (!region.success || readJurisdictions(env) === null) throw new AppError("region_mismatch");
	return region.data;
}

/** Every store of this Worker that is not a shard belongs to this region. Throws `region_mismatch`. */
export async function requireRegion(env: StudioEnv): Promise<void> {
	const region = regionOf(env);
	await requirePin(env.DIRECTORY, region);
	if (!(await bucketIsInRegion(env.CONTENT, region))) throw new AppError("region_mismatch");
}

/** The region's directory, with its keys from the vault. Throws AppError. */
export async function openRegionDirectory(env: StudioEnv): Promise<Directory> {
	await requirePin(env.DIRECTORY, regionOf(env));
	const now = Date.now();
	if (!directoryKeys || directoryKeys.until < now) {
		const opened = await env.KEYRING.openDirectory();
		if (!opened.ok) throw new AppError(opened.reason === "region_mismatch" ? "region_mismatch" : "unavailable");
		const raw = { index: Secret.take(opened.value.index), seal: Secret.take(opened.value.seal) };
		const keys = await makeDirectoryKeys(regionOf(env), opened.value.keyId, raw);
		for (const secret of [raw.index, raw.seal]) secret.wipe();
		directoryKeys = { keys, until: now + keyTtlMs };
	}
	return openDirectory({ db: env.DIRECTORY, keys: directoryKeys.keys, now: Date.now });
}

/** The sealer of one tenant. Throws AppError `not_found` for a tenant whose keys are gone. */
export async function openSealer(env: StudioEnv, ownerId: OwnerId): Promise<Sealer> {
	const now = Date.now();
	const cached = sealers.get(ownerId);
	if (cached && cached.until > now) return cached.sealer;
	const opened = await env.KEYRING.open(ownerId);
	if (!opened.ok) {
		if (opened.reason === "region_mismatch") throw new AppError("region_mismatch");
		throw new AppError(opened.reason === "shredded" || opened.reason === "not_found" ? "not_found" : "unavailable");
	}
	const raw = Secret.take(opened.value.key);
	const sealer = await makeSealer(regionOf(env), ownerId, opened.value.keyId, raw);
	raw.wipe();
	if (sealers.size > 1000) sealers.clear();
	sealers.set(ownerId, { sealer, until: now + keyTtlMs });
	return sealer;
}

export interface TenantAccess {
	ownerId: OwnerId;
	/** Set for a guest of one app. */
	appId?: AppId | null;
	mayWrite: boolean;
}

/** A scope for one tenant, or for one app of it. Throws AppError `not_found` when the tenant was never placed. */
export async function openTenant(env: StudioEnv, directory: Directory, access: TenantAccess): Promise<Scope> {
	const placement = await findPlacement(directory, access.ownerId);
	if (!placement) throw new AppError("not_found");
	const db = openShard({ TENANTS_0: env.TENANTS_0, TENANTS_1: env.TENANTS_1 }, placement);
	await requirePin(db, regionOf(env));
	return openScope({
		db,
		ownerId: access.ownerId,
		appId: access.appId ?? null,
		mayWrite: access.mayWrite,
		sealer: await openSealer(env, access.ownerId),
		now: Date.now,
	});
}
