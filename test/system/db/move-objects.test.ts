// Objects of the first layout find their app: they open in their new place, what no row names is deleted, and nothing else is touched.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openContent } from "#db/content.ts";
import { createApp } from "#db/stores/apps.ts";
import { appendVersion } from "#db/stores/versions.ts";
import { makeId, makeLabel } from "#schema/ids.ts";
import { moveObjects } from "../../../scripts/local-host/move-objects.ts";
import { type Databases, makeTenant, startDatabases } from "./databases.ts";

let databases: Databases;
beforeAll(async () => {
	databases = await startDatabases();
});
afterAll(() => databases.dispose());

test("sealed objects move into the folder of their app, once, and open there", async () => {
	const { scope, ownerId, sealer } = await makeTenant(databases.shard);
	const { id: appId } = await createApp(scope, { name: "Plants", description: "", previewLabel: makeLabel() });
	const id = makeId("version");
	const content = openContent({ bucket: databases.content, ownerId, appId, sealer });
	const packKey = await content.put("pack", id, new Uint8Array([1, 2, 3]));
	const manifest = { json: "{}" };
	await appendVersion(scope, {
		id,
		appId,
		parentId: null,
		packKey,
		manifest,
		message: "m",
		origin: "manual",
		sizeBytes: 3,
	});
	// as the first layout had it
	const old = `${ownerId}/pack/${id}`;
	await databases.content.put(old, (await (await databases.content.get(packKey))?.arrayBuffer()) ?? new ArrayBuffer(0));
	await databases.content.delete(packKey);
	await databases.content.put(`${ownerId}/reference/${makeId("reference")}`, "no row names it");
	await databases.content.put("_freehold/region", "us-east");

	expect(await moveObjects(databases.content, [databases.shard])).toEqual({ moved: 1, deleted: 1 });
	expect(await content.get("pack", id)).toEqual(new Uint8Array([1, 2, 3]));
	const keys = (await databases.content.list()).objects.map(({ key }) => key).sort();
	expect(keys).toEqual(["_freehold/layout", "_freehold/region", `${ownerId}/${appId}/pack/${id}`]);
	expect(await moveObjects(databases.content, [databases.shard])).toEqual({ moved: 0, deleted: 0 });
});
