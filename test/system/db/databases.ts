// Real D1 databases, migrated and pinned, for the tests of the data layer; and a sealer with a key of its own for each owner.
import type { D1Database, R2Bucket } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { openDirectory } from "#db/directory/handle.ts";
import { applyMigrations } from "#db/migrations/apply.ts";
import { openScope, type Scope } from "#db/open.ts";
import { pinRegion } from "#db/region-pin.ts";
import type { Sealer } from "#db/sealer.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import type { AppId, OwnerId } from "#schema/ids.ts";
import { makeId } from "#schema/ids.ts";

export interface Databases {
	shard: D1Database;
	directory: D1Database;
	/** Empty, for migrations that a test runs itself. */
	spare: D1Database;
	content: R2Bucket;
	dispose(): Promise<void>;
}

export async function startDatabases(): Promise<Databases> {
	const runtime = new Miniflare(
		convertV4MiniflareOptions({
			modules: true,
			script: "export default { fetch: () => new Response() }",
			d1Databases: { SHARD: "shard", DIRECTORY: "directory", SPARE: "spare" },
			r2Buckets: { CONTENT: "content" },
		}),
	);
	const [shard, directory, spare] = await Promise.all(
		["SHARD", "DIRECTORY", "SPARE"].map(async (name) => (await runtime.getD1Database(name)) as unknown as D1Database),
	);
	if (!shard || !directory || !spare) throw new Error("no database");
	await applyMigrations(shard, "tenants");
	await applyMigrations(directory, "directory");
	await pinRegion(shard, "us-east");
	await pinRegion(directory, "us-east");
	const content = (await runtime.getR2Bucket("CONTENT")) as unknown as R2Bucket;
	return { shard, directory, spare, content, dispose: () => runtime.dispose() };
}

/** A clock that moves on by one millisecond each time it is read. */
export function steppingClock(start = Date.UTC(2026, 10, 21)): () => number {
	let at = start;
	return () => ++at;
}

/** The real sealer, with a key of its own for each call. */
export function testSealer(ownerId: OwnerId): Promise<Sealer> {
	return makeSealer("us-east", ownerId, "test", randomKey());
}

export interface Tenant {
	ownerId: OwnerId;
	sealer: Sealer;
	scope: Scope;
	/** A guest of one app: an editor who may write, or a viewer who may not. */
	guest(appId: AppId, mayWrite: boolean): Scope;
}

export async function makeTenant(db: D1Database, now: () => number = steppingClock()): Promise<Tenant> {
	const ownerId = makeId("owner");
	const sealer = await testSealer(ownerId);
	return {
		ownerId,
		sealer,
		scope: openScope({ db, ownerId, mayWrite: true, sealer, now }),
		guest: (appId, mayWrite) => openScope({ db, ownerId, appId, mayWrite, sealer, now }),
	};
}

export async function makeDirectory(db: D1Database, now: () => number = steppingClock()) {
	const keys = await makeDirectoryKeys("us-east", "test", { index: randomKey(), seal: randomKey() });
	return openDirectory({ db, keys, now });
}

const randomKey = () => new Secret(crypto.getRandomValues(new Uint8Array(32)));
