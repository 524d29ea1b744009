// A tenant's scope on a running host, with the tenant's real key: for tests that need more rows than people would make.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findAccountByEmail } from "#db/directory/accounts.ts";
import { type Directory, openDirectory } from "#db/directory/handle.ts";
import { findPlacement } from "#db/directory/placements.ts";
import { openScope, type Scope } from "#db/open.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { makeKeyring } from "../../workers/vault/keyring.ts";
import type { TestHost } from "./host.ts";

export async function openScopeOf(
	host: TestHost,
	person: { email: string },
): Promise<{ scope: Scope; directory: Directory }> {
	const region = "us-east";
	const database = async (name: string) =>
		(await host.runtime.getD1Database(name, `freehold-studio-${region}`)) as never;
	const bucket = async (name: string) => (await host.runtime.getR2Bucket(name, `freehold-vault-${region}`)) as never;
	const kek = readFileSync(join(host.stateFolder, `kek-${region}`), "utf8");
	const keyring = makeKeyring({ region, kek, keys: await bucket("KEYS"), copy: await bucket("KEYS_COPY") });
	const keys = await keyring.openDirectory();
	if (!keys.ok) throw new Error(keys.reason);
	const { keyId, index, seal } = keys.value;
	const directory = openDirectory({
		db: await database("DIRECTORY"),
		keys: await makeDirectoryKeys(region, keyId, { index: Secret.take(index), seal: Secret.take(seal) }),
		now: Date.now,
	});
	const account = await findAccountByEmail(directory, person.email);
	const placement = account && (await findPlacement(directory, account.ownerId));
	const key = account && (await keyring.open(account.ownerId));
	if (!account || !placement || !key?.ok) throw new Error("there is no such tenant");
	const sealer = await makeSealer(region, account.ownerId, key.value.keyId, Secret.take(key.value.key));
	const db = await database(placement.shard);
	return { scope: openScope({ db, ownerId: account.ownerId, mayWrite: true, sealer, now: Date.now }), directory };
}
