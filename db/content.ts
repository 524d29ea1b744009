// Sealed objects in R2: what is larger than a row should be. A key is `<owner>/<app>/<kind>/<id>`, so what belongs to an app can be
// found and deleted without its rows. Owner and app come from the store, never from a caller's id, and the AAD of each object
// names kind and id, so an object put in another's place does not open.
import type { R2Bucket } from "@cloudflare/workers-types";
import type { AppId, OwnerId } from "#schema/ids.ts";
import type { Holding } from "#schema/register/holding.ts";
import type { Sealer } from "./sealer.ts";

const withApp = { whose: "app", dataClass: "content", erasedWith: "app" } as const;

/** Every kind of object, and what it holds: the third part of its key. */
export const contentHoldings = {
	pack: {
		...withApp,
		holds: "The files of a version",
		exported: "archive",
		kept: "until the app is deleted",
	},
	manifest: {
		...withApp,
		holds: "The list of files of a version, where it is too large for its row",
		exported: "archive",
		kept: "until the app is deleted",
	},
	reference: {
		...withApp,
		holds: "A file that was attached to a prompt",
		exported: "archive",
		kept: "until the app is deleted",
	},
	disclosure: {
		...withApp,
		holds: "The exact bytes that were sent to a model",
		exported: "archive",
		kept: "until the app is deleted, or the prompt it was sent for",
	},
	checkpoint: {
		...withApp,
		holds: "What a build has made so far, so that a crash does not lose it",
		exported: "no",
		kept: "until the build ends",
	},
} as const satisfies Record<string, Holding>;

/** Beside them in the bucket: which layout of keys it has. */
export const layoutMarkerKey = "_freehold/layout";
export const layoutMarkerHolding: Holding = {
	holds: "Which layout the keys of the bucket have",
	whose: "operator",
	dataClass: "state",
	exported: "no",
	erasedWith: "never",
	kept: "for good",
};

export type ContentKind = keyof typeof contentHoldings;
const contentKinds = Object.keys(contentHoldings) as ContentKind[];

/** An object as it is listed, without opening it. */
export interface StoredObject {
	key: string;
	/** Null for what this version does not write. */
	kind: ContentKind | null;
	id: string;
	storedAt: number;
}

export interface ContentStore {
	/** Seals and stores; answers the key to keep in the row. */
	put(kind: ContentKind, id: string, bytes: Uint8Array): Promise<string>;
	/** Null when there is none. Rejects when it was altered or moved. */
	get(kind: ContentKind, id: string): Promise<Uint8Array | null>;
	delete(kind: ContentKind, id: string): Promise<void>;
	/** Deletes by the keys that rows held. Keys of another app are left alone. */
	deleteKeys(keys: readonly string[]): Promise<void>;
	/** Every object of this app. */
	list(): AsyncIterable<StoredObject>;
	/** Deletes every object of this app. */
	deleteAll(): Promise<void>;
}

/** Where a sealed object lies. Throws TypeError for an id that would leave the app's folder. */
export function contentKey(ownerId: OwnerId, appId: AppId, kind: ContentKind, id: string): string {
	if (!/^[A-Za-z0-9_.-]{1,128}$/.test(id) || id.includes("..")) throw new TypeError("not a content id");
	return `${ownerId}/${appId}/${kind}/${id}`;
}

export function openContent(options: {
	bucket: R2Bucket;
	ownerId: OwnerId;
	appId: AppId;
	sealer: Sealer;
}): ContentStore {
	const { bucket, ownerId, appId, sealer } = options;
	const folder = `${ownerId}/${appId}/`;
	const keyOf = (kind: ContentKind, id: string) => contentKey(ownerId, appId, kind, id);
	const place = (kind: ContentKind, id: string) => ({ table: "content", column: kind, row: id });
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
			const own = keys.filter((key) => key.startsWith(folder));
			// R2 deletes at most 1,000 a call.
			for (let at = 0; at < own.length; at += 1000) await bucket.delete(own.slice(at, at + 1000));
		},
		async *list() {
			let cursor: string | undefined;
			do {
				const page = await bucket.list({ prefix: folder, ...(cursor === undefined ? {} : { cursor }) });
				for (const { key, uploaded } of page.objects) {
					const [name = "", id = ""] = key.slice(folder.length).split("/");
					const kind = contentKinds.find((known) => known === name) ?? null;
					yield { key, kind, id, storedAt: uploaded.getTime() };
				}
				cursor = page.truncated ? page.cursor : undefined;
			} while (cursor !== undefined);
		},
		async deleteAll() {
			for (;;) {
				// What is deleted leaves the listing, so each round starts at the front.
				const { objects } = await bucket.list({ prefix: folder, limit: 1000 });
				if (objects.length === 0) return;
				await bucket.delete(objects.map((object) => object.key));
			}
		},
	};
}
