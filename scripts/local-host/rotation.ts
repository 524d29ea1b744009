// Rotation of a region's KEK on the local host: planned by the operator, done at the next start, before anybody is answered. A start
// that is killed in between is followed by another, since both KEKs stay until every key is under the new one.
import type { R2Bucket } from "@cloudflare/workers-types";
import type { Miniflare } from "miniflare";
import type { Region } from "#schema/region.ts";
import { makeKeyring } from "../../workers/vault/keyring.ts";
import { rewrapAll } from "../../workers/vault/rewrap-all.ts";
import { StartError, type State } from "./state.ts";

/** The region's keyring as the operator holds it. */
export async function openKeyring(runtime: Miniflare, state: State, region: Region) {
	const bucket = async (binding: string) =>
		(await runtime.getR2Bucket(binding, `freehold-vault-${region}`)) as unknown as R2Bucket;
	const [keys, copy] = [await bucket("KEYS"), await bucket("KEYS_COPY")];
	const keyring = makeKeyring({
		region,
		kek: state.kek(region),
		previousKek: state.previousKek(region),
		keys,
		copy,
	});
	return { keyring, buckets: [keys, copy] };
}

/** Re-wraps every key of the region if a rotation was planned. Throws StartError when a key opens under neither KEK. */
export async function completeRotation(runtime: Miniflare, state: State, region: Region): Promise<void> {
	if (state.previousKek(region) === undefined) return;
	const { keyring, buckets } = await openKeyring(runtime, state, region);
	const done = await rewrapAll(keyring, buckets);
	if (!done.ok || !done.value.isComplete) {
		throw new StartError(
			`A key of ${region} opens neither under the old nor under the new KEK${done.ok ? "" : ` (${done.reason})`}. Put the right kek-${region} back.`,
		);
	}
	state.endRotation(region);
}
