// Rotation of a region's KEK: every key that the region holds is re-wrapped under the current one. Run it while KEK and
// KEK_PREVIOUS are both set, as often as it takes to find nothing left: each pass leaves what is done as it is.
import type { R2Bucket } from "@cloudflare/workers-types";
import { OwnerId } from "#schema/ids.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { KeyringReason } from "#schema/rpc.ts";
import type { makeKeyring } from "./keyring.ts";

/** Whose keys are in the bucket: each holder once. */
async function listHolders(keys: Pick<R2Bucket, "list">): Promise<Set<string>> {
	const holders = new Set<string>();
	let cursor: string | undefined;
	do {
		const page = await keys.list({ prefix: "keys/", ...(cursor === undefined ? {} : { cursor }) });
		for (const { key } of page.objects) holders.add(key.split("/")[1] ?? "");
		cursor = page.truncated ? page.cursor : undefined;
	} while (cursor !== undefined);
	return holders;
}

/** One pass over both buckets. Stops at the first key that does not open: the old KEK must stay until that is understood. */
export async function rewrapAll(
	keyring: Pick<ReturnType<typeof makeKeyring>, "rewrap">,
	buckets: readonly Pick<R2Bucket, "list">[],
): Promise<Result<{ holders: number; rewrapped: number }, KeyringReason>> {
	const holders = new Set<string>();
	for (const bucket of buckets) for (const holder of await listHolders(bucket)) holders.add(holder);
	let rewrapped = 0;
	for (const holder of holders) {
		const owner = OwnerId.safeParse(holder);
		if (!owner.success && holder !== "directory") return fail("invalid");
		const done = await keyring.rewrap(owner.success ? owner.data : "directory");
		// shredded in the meantime: there is nothing left to wrap
		if (!done.ok && done.reason !== "shredded") return done;
		if (done.ok) rewrapped += done.value.rewrapped;
	}
	return ok({ holders: holders.size, rewrapped });
}
