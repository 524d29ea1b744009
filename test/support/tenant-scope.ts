// The stores of a running host, opened as the studio opens them, with the region's and the tenants' real keys: for tests that need more
// rows than people would make.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { findAccountByEmail } from "#db/directory/accounts.ts";
import { type Directory, openDirectory } from "#db/directory/handle.ts";
import { findPlacement, shardFor } from "#db/directory/placements.ts";
import { openScope, type Scope } from "#db/open.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import type { OwnerId } from "#schema/ids.ts";
import { makeKeyring } from "../../workers/vault/keyring.ts";
import type { TestHost } from "./host.ts";

const region = "us-east";

/** `through`: what stands in front of each database. */
export async function openStores(host: TestHost, through = (db: D1Database): D1Database => db) {
	const databases = new Map(
		await Promise.all(
			["DIRECTORY", "TENANTS_0", "TENANTS_1"].map(async (name) => {
				const db = await host.runtime.getD1Database(name, `freehold-studio-${region}`);
				return [name, through(db as never)] as const;
			}),
		),
	);
	const database = (name: string) => databases.get(name) as D1Database;
	const bucket = async (name: string) => (await host.runtime.getR2Bucket(name, `freehold-vault-${region}`)) as never;
	const kek = readFileSync(join(host.stateFolder, `kek-${region}`), "utf8");
	const keyring = makeKeyring({ region, kek, keys: await bucket("KEYS"), copy: await bucket("KEYS_COPY") });
	const keys = await keyring.openDirectory();
	if (!keys.ok) throw new Error(keys.reason);
	const { keyId, index, seal } = keys.value;
	const directory = openDirectory({
		db: database("DIRECTORY"),
		keys: await makeDirectoryKeys(region, keyId, { index: Secret.take(index), seal: Secret.take(seal) }),
		now: Date.now,
	});
	const open = async (ownerId: OwnerId): Promise<Scope> => {
		const shard = (await findPlacement(directory, ownerId))?.shard ?? shardFor(ownerId);
		const key = await keyring.open(ownerId);
		if (!key.ok) throw new Error(key.reason);
		const sealer = await makeSealer(region, ownerId, key.value.keyId, Secret.take(key.value.key));
		return openScope({ db: database(shard), ownerId, mayWrite: true, sealer, now: Date.now });
	};
	return { directory, keyring, open };
}

export async function openScopeOf(
	host: TestHost,
	person: { email: string },
): Promise<{ scope: Scope; directory: Directory }> {
	const { directory, open } = await openStores(host);
	const account = await findAccountByEmail(directory, person.email);
	if (!account) throw new Error("there is no such tenant");
	return { scope: await open(account.ownerId), directory };
}
