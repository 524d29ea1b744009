// Sealed objects of one tenant in R2. The bytes are sealed for their kind and id, so an object that was moved does not open.
import type { R2Bucket } from "@cloudflare/workers-types";
import type { Scope } from "#db/open.ts";
import type { OwnerId } from "#schema/ids.ts";
import type { StudioEnv } from "../env.ts";

export interface ContentPlace {
	kind: "versions" | "manifests" | "references" | "disclosures" | "checkpoints";
	id: string;
}

export interface Content {
	/** Seals and writes; answers the object's key. */
	put(place: ContentPlace, bytes: Uint8Array): Promise<string>;
	/** Opened bytes, or null when there is no such object. Throws when it does not open. */
	get(place: ContentPlace): Promise<Uint8Array | null>;
	/** Removes objects by key; keys of other owners are left alone. */
	remove(keys: readonly string[]): Promise<void>;
}

const keyOf = (ownerId: OwnerId, { kind, id }: ContentPlace) => `${ownerId}/${kind}/${id}`;

export function contentOf(env: StudioEnv, scope: Scope): Content {
	const bucket = env.CONTENT as unknown as R2Bucket;
	const seal = ({ kind, id }: ContentPlace) => ({ table: "content", column: kind, row: id });
	return {
		async put(place, bytes) {
			const key = keyOf(scope.ownerId, place);
			await bucket.put(key, await scope.sealer.sealBytes(seal(place), bytes));
			return key;
		},
		async get(place) {
			const object = await bucket.get(keyOf(scope.ownerId, place));
			return object ? scope.sealer.openBytes(seal(place), new Uint8Array(await object.arrayBuffer())) : null;
		},
		async remove(keys) {
			const own = keys.filter((key) => key.startsWith(`${scope.ownerId}/`));
			// R2 deletes at most 1,000 keys a call
			for (let at = 0; at < own.length; at += 1000) await bucket.delete(own.slice(at, at + 1000));
		},
	};
}
