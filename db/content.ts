// Sealed objects in R2: what is larger than a row should be. A key is `<owner>/<kind>/<id>`; the owner comes from the store,
// never from a caller, and the AAD of each object names kind and id, so a moved object does not open.
import type { R2Bucket } from "@cloudflare/workers-types";
import type { OwnerId } from "#schema/ids.ts";
import type { Sealer } from "./sealer.ts";

export type ContentKind = "pack" | "manifest" | "reference" | "disclosure" | "checkpoint" | "snapshot";

export interface ContentStore {
	/** Seals and stores; answers the key to keep in the row. */
	put(kind: ContentKind, id: string, bytes: Uint8Array): Promise<string>;
	/** Null when there is none. Rejects when it was altered or moved. */
	get(kind: ContentKind, id: string): Promise<Uint8Array | null>;
	delete(kind: ContentKind, id: string): Promise<void>;
	/** Deletes by the keys that rows held. Keys of another owner are left alone. */
	deleteKeys(keys: readonly string[]): Promise<void>;
	/** Everything whose id begins so, for example with a build's id. */
	deletePrefix(kind: ContentKind, idPrefix: string): Promise<void>;
	/** Everything of this owner. */
	deleteOwner(): Promise<void>;
}

/** Where a sealed object lies. Throws TypeError for an id that would leave the owner's folder. */
export function contentKey(ownerId: OwnerId, kind: ContentKind, id: string): string {
	if (!/^[A-Za-z0-9_.-]{1,128}$/.test(id) || id.includes("..")) throw new TypeError("not a content id");
	return `${ownerId}/${kind}/${id}`;
}

export function openContent(options: { bucket: R2Bucket; ownerId: OwnerId; sealer: Sealer }): ContentStore {
	const { bucket, ownerId, sealer } = options;
	const keyOf = (kind: ContentKind, id: string) => contentKey(ownerId, kind, id);
	const place = (kind: ContentKind, id: string) => ({ table: "content", column: kind, row: id });
	const deleteAll = async (prefix: string) => {
		for (;;) {
			// What is deleted leaves the listing, so each round starts at the front.
			const { objects } = await bucket.list({ prefix, limit: 1000 });
			if (objects.length === 0) return;
			await bucket.delete(objects.map((object) => object.key));
		}
	};
	return {
		async put(kind, id, bytes) {
			const key = keyOf(kind, id);
			await bucket.put(key, await sealer.sealBytes(place(kind, id), bytes));
			return key;
		},
		async get(kind, id) {
			const object = await bucket.get(keyOf(kind, id));
			if (!object) return null;
			return sealer.openBytes(place(kind, id), new Uint8Array(await object.arrayBuffer()));
		},
		delete: (kind, id) => bucket.delete(keyOf(kind, id)),
		async deleteKeys(keys) {
			const own = keys.filter((key) => key.startsWith(`${ownerId}/`));
			// R2 deletes at most 1,000 a call.
			for (let at = 0; at < own.length; at += 1000) await bucket.delete(own.slice(at, at + 1000));
		},
		deletePrefix: (kind, idPrefix) => deleteAll(keyOf(kind, idPrefix)),
		deleteOwner: () => deleteAll(`${ownerId}/`),
	};
}
