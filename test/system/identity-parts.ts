// The stores that identity stands on, real and in one process: directory, shards, content bucket and a keyring.
import type { D1Database, R2Bucket } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { type Directory, openDirectory } from "#db/directory/handle.ts";
import { applyMigrations } from "#db/migrations/apply.ts";
import { pinRegion } from "#db/region-pin.ts";
import { toBase64 } from "#lib/bytes.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { regionMarkerKey } from "#lib/region-marker.ts";
import type { StudioEnv } from "#studio/env.ts";
import { makeKeyring } from "../../workers/vault/keyring.ts";

export interface Parts {
	db: D1Database;
	env: StudioEnv;
	keys: R2Bucket;
	directory: Directory;
	/** The directory over a database that fails at statements that match. */
	brokenDirectory(pattern: RegExp): Directory;
	dispose(): Promise<void>;
}

const vars = {
	REGION: "us-east",
	STUDIO_DOMAIN: "studio.localhost",
	APPS_DOMAIN: "apps.localhost",
	PUBLIC_URL: "http://{host}:8787",
	JURISDICTIONS: "off",
	MAIL_FROM: "Freehold <no-reply@studio.localhost>",
};

export async function startParts(): Promise<Parts> {
	const runtime = new Miniflare(
		convertV4MiniflareOptions({
			modules: true,
			script: "export default { fetch: () => new Response() }",
			d1Databases: { DIRECTORY: "directory", TENANTS_0: "tenants-0", TENANTS_1: "tenants-1" },
			r2Buckets: { CONTENT: "content", KEYS: "keys", COPY: "copy" },
		}),
	);
	const database = async (name: string) => {
		const db = (await runtime.getD1Database(name)) as unknown as D1Database;
		await applyMigrations(db, name === "DIRECTORY" ? "directory" : "tenants");
		await pinRegion(db, "us-east");
		return db;
	};
	const bucket = async (name: string) => {
		const made = (await runtime.getR2Bucket(name)) as unknown as R2Bucket;
		await made.put(regionMarkerKey, "us-east");
		return made;
	};
	const [db, first, second] = [await database("DIRECTORY"), await database("TENANTS_0"), await database("TENANTS_1")];
	const keys = await bucket("KEYS");
	const kek = toBase64(crypto.getRandomValues(new Uint8Array(32)));
	const keyring = makeKeyring({ region: "us-east", kek, keys, copy: await bucket("COPY") });
	const opened = await keyring.openDirectory();
	if (!opened.ok) throw new Error(opened.reason);
	const { keyId, index, seal } = opened.value;
	const raw = { index: new Secret(index), seal: new Secret(seal) };
	const directoryKeys = await makeDirectoryKeys("us-east", keyId, raw);
	const open = (over: D1Database) => openDirectory({ db: over, keys: directoryKeys, now: Date.now });
	const env = {
		...vars,
		DIRECTORY: db,
		TENANTS_0: first,
		TENANTS_1: second,
		CONTENT: await bucket("CONTENT"),
		KEYRING: keyring,
	};
	return {
		db,
		env: env as unknown as StudioEnv,
		keys,
		directory: open(db),
		brokenDirectory: (pattern) => open(breaking(db, pattern)),
		dispose: () => runtime.dispose(),
	};
}

/** The same database, as if it were lost at the first statement that matches. */
export function breaking(db: D1Database, pattern: RegExp): D1Database {
	return new Proxy(db, {
		get(target, name) {
			if (name === "prepare") {
				return (sql: string) => {
					if (pattern.test(sql)) throw new Error("the connection was lost");
					return target.prepare(sql);
				};
			}
			const value = Reflect.get(target, name);
			return typeof value === "function" ? value.bind(target) : value;
		},
	});
}
