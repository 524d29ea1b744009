// Sealed objects of the first layout, `<owner>/<kind>/<id>`, are moved to `<owner>/<app>/<kind>/<id>`, once per bucket. What an
// object is sealed for names its kind and id and not its key, so it is copied as it is and still opens in its new place only.
import type { D1Database, R2Bucket } from "@cloudflare/workers-types";
import { layoutMarkerKey } from "#db/content.ts";

const layout = "2";

/** Where the row of an object says which app it belongs to. */
const tables: Readonly<Record<string, string>> = {
	pack: "t_versions",
	manifest: "t_versions",
	reference: "t_app_references",
	disclosure: "t_disclosures",
	checkpoint: "t_builds",
};

/**
 * Safe to repeat after a crash: an object is deleted from its old place once it lies in the new one. Objects that no row names
 * were left behind by the first layout, and are deleted. Answers how many were moved and deleted.
 */
export async function moveObjects(
	bucket: R2Bucket,
	shards: readonly D1Database[],
): Promise<{ moved: number; deleted: number }> {
	const done = { moved: 0, deleted: 0 };
	if ((await (await bucket.get(layoutMarkerKey))?.text()) === layout) return done;
	let cursor: string | undefined;
	do {
		const page = await bucket.list({ prefix: "own_", ...(cursor === undefined ? {} : { cursor }) });
		for (const { key } of page.objects) {
			const [owner = "", kind = "", id = "", more] = key.split("/");
			const table = tables[kind];
			if (table === undefined || id === "" || more !== undefined) continue;
			const appId = await findApp(shards, table, owner, id);
			if (appId === null) done.deleted++;
			else {
				const object = await bucket.get(key);
				if (object) await bucket.put(`${owner}/${appId}/${kind}/${id}`, await object.arrayBuffer());
				done.moved++;
			}
			await bucket.delete(key);
		}
		cursor = page.truncated ? page.cursor : undefined;
	} while (cursor !== undefined);
	await bucket.put(layoutMarkerKey, layout);
	return done;
}

async function findApp(
	shards: readonly D1Database[],
	table: string,
	owner: string,
	id: string,
): Promise<string | null> {
	for (const shard of shards) {
		const row = await shard
			.prepare(`SELECT app_id FROM ${table} WHERE owner_id = ? AND id = ?`)
			.bind(owner, id)
			.first<{ app_id: string }>();
		if (row) return row.app_id;
	}
	return null;
}
