// Real D1 databases, migrated and pinned, for the tests of the data layer; and a sealer with a key of its own for each owner.
import type { D1Database, R2Bucket } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { type DirectoryKeys, openDirectory } from "#db/directory/handle.ts";
import { applyMigrations } from "#db/migrations/apply.ts";
import { pinRegion } from "#db/region-pin.ts";
import { openScope, type Scope } from "#db/rls/scope.ts";
import type { Place, Sealer } from "#db/sealer.ts";
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

/** AES-256-GCM with the place and the owner as AAD, as the keyring's sealer does it. */
export async function testSealer(ownerId: string): Promise<Sealer> {
	const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
	const algorithm = (place: Place, iv: Uint8Array<ArrayBuffer>) => ({
		name: "AES-GCM",
		iv,
		additionalData: new TextEncoder().encode(JSON.stringify([ownerId, place.table, place.column, place.row])),
	});
	const sealBytes = async (place: Place, bytes: Uint8Array) => {
		const iv = crypto.getRandomValues(new Uint8Array(12));
		const sealed = await crypto.subtle.encrypt(algorithm(place, iv), key, Uint8Array.from(bytes));
		return Uint8Array.from([...iv, ...new Uint8Array(sealed)]);
	};
	const openBytes = async (place: Place, sealed: Uint8Array) => {
		const iv = Uint8Array.from(sealed.slice(0, 12));
		return new Uint8Array(await crypto.subtle.decrypt(algorithm(place, iv), key, Uint8Array.from(sealed.slice(12))));
	};
	return {
		sealBytes,
		openBytes,
		seal: async (place, text) => Buffer.from(await sealBytes(place, Buffer.from(text))).toString("base64url"),
		open: async (place, sealed) => Buffer.from(await openBytes(place, Buffer.from(sealed, "base64url"))).toString(),
	};
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
	const sealer = await testSealer("directory");
	const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
	const index = async (text: string) =>
		Buffer.from(await crypto.subtle.sign("HMAC", key, Buffer.from(text))).toString("base64url");
	const keys: DirectoryKeys = {
		index,
		seal: sealer.seal,
		open: sealer.open,
		hashToken: (token) => index(`token:${token}`),
	};
	return openDirectory({ db, keys, now });
}
