// Rotation of a region's KEK: every key that the region holds is re-wrapped under the current one. It runs while KEK and
// KEK_PREVIOUS are both set, in passes: each finds by listing what is not under the current KEK yet.
import type { R2Bucket } from "@cloudflare/workers-types";
import { OwnerId } from "#schema/ids.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { KeyringReason } from "#schema/rpc.ts";
import type { makeKeyring } from "./keyring.ts";

export interface Pass {
	rewrapped: number;
	/** Keys that neither KEK opens, left as they are: the old KEK must stay until that is understood. */
	refused: number;
	/** Nothing is left under another KEK. */
	isComplete: boolean;
}

type Holder = OwnerId | "directory";

/** One pass over both buckets, at most `limit` holders of keys. Fails when no key can be re-wrapped at all. */
export async function rewrapAll(
	keyring: Pick<ReturnType<typeof makeKeyring>, "rewrap" | "currentKek">,
	buckets: readonly Pick<R2Bucket, "list">[],
	limit = Number.POSITIVE_INFINITY,
): Promise<Result<Pass, KeyringReason>> {
	const kek = await keyring.currentKek();
	if (!kek.ok) return kek;
	const seen = new Set<Holder>();
	const pass = { rewrapped: 0, refused: 0 };
	for (const bucket of buckets) {
		for await (const holder of listOthers(bucket, kek.value)) {
			if (holder === null) return fail("invalid");
			if (seen.has(holder)) continue;
			if (seen.size >= limit) return ok({ ...pass, isComplete: false });
			seen.add(holder);
			const done = await keyring.rewrap(holder);
			if (done.ok) pass.rewrapped += done.value.rewrapped;
			else if (done.reason === "kek_wrong") pass.refused++;
			// shredded in the meantime: there is nothing left to wrap
			else if (done.reason !== "shredded" && done.reason !== "not_found") return done;
		}
	}
	return ok({ ...pass, isComplete: pass.refused === 0 });
}

/** Whose keys in this bucket are not under this KEK, as far as their metadata says; null for a name that is nobody's. */
async function* listOthers(bucket: Pick<R2Bucket, "list">, kek: string): AsyncGenerator<Holder | null> {
	let cursor: string | undefined;
	do {
		const page = await bucket.list({
			prefix: "keys/",
			include: ["customMetadata"],
			...(cursor === undefined ? {} : { cursor }),
		});
		for (const { key, customMetadata } of page.objects) {
			if (customMetadata?.["kek"] === kek) continue;
			const holder = key.split("/")[1] ?? "";
			const owner = OwnerId.safeParse(holder);
			yield owner.success ? owner.data : holder === "directory" ? holder : null;
		}
		cursor = page.truncated ? page.cursor : undefined;
	} while (cursor !== undefined);
}
