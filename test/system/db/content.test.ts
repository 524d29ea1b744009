// Sealed objects in R2: one owner's store reaches only that owner's keys, and a moved object does not open.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openContent } from "#db/content.ts";
import { type AppId, makeId } from "#schema/ids.ts";
import { type Databases, startDatabases, testSealer } from "./databases.ts";

let databases: Databases;
beforeAll(async () => {
	databases = await startDatabases();
});
afterAll(() => databases.dispose());

async function open() {
	const [ownerId, appId] = [makeId("owner"), makeId("app")];
	const sealer = await testSealer(ownerId);
	const storeOf = (app: AppId) => openContent({ bucket: databases.content, ownerId, appId: app, sealer });
	return { ownerId, appId, storeOf, store: storeOf(appId) };
}

test("keeps bytes sealed and gives them back", async () => {
	const { store, ownerId, appId } = await open();
	const bytes = new TextEncoder().encode("canary canary canary");
	const key = await store.put("pack", "ver_1", bytes);
	expect(key).toBe(`${ownerId}/${appId}/pack/ver_1`);
	expect(await store.get("pack", "ver_1")).toEqual(bytes);
	expect(await store.get("pack", "ver_2")).toBeNull();
	const raw = Buffer.from((await (await databases.content.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0));
	expect(raw.length).toBeGreaterThan(bytes.length);
	expect(raw.toString("latin1")).not.toContain("canary");
});

test("does not open an object that was moved, and refuses ids that leave the app's folder", async () => {
	const { store, ownerId, appId } = await open();
	const key = await store.put("pack", "a", new Uint8Array([1, 2, 3]));
	const stolen = await (await databases.content.get(key))?.arrayBuffer();
	await databases.content.put(`${ownerId}/${appId}/pack/b`, stolen ?? new ArrayBuffer(0));
	await expect(store.get("pack", "b")).rejects.toThrow();
	for (const id of ["../x", "a/b", "", "..", "a..b"])
		await expect((async () => store.get("pack", id))()).rejects.toThrow(TypeError);
});

test("lists and deletes what belongs to one app, never another app's or owner's", async () => {
	const [ada, bob] = [await open(), await open()];
	const sibling = ada.storeOf(makeId("app"));
	const foreign = await bob.store.put("pack", "x", new Uint8Array([1]));
	const beside = await sibling.put("pack", "x", new Uint8Array([1]));
	const own = await ada.store.put("pack", "x", new Uint8Array([1]));
	await ada.store.deleteKeys([own, foreign, beside]);
	expect(await ada.store.get("pack", "x")).toBeNull();
	expect(await bob.store.get("pack", "x")).toEqual(new Uint8Array([1]));
	expect(await sibling.get("pack", "x")).toEqual(new Uint8Array([1]));
	for (const id of ["bld_1", "bld_2"]) await ada.store.put("checkpoint", id, new Uint8Array([1]));
	await databases.content.put(`${ada.ownerId}/${ada.appId}/later/z`, "of a later version");
	const listed = [];
	for await (const { kind, id } of ada.store.list()) listed.push(`${kind} ${id}`);
	expect(listed).toEqual(["checkpoint bld_1", "checkpoint bld_2", "null z"]);
	await ada.store.deleteAll();
	expect(await ada.store.get("checkpoint", "bld_2")).toBeNull();
	expect(await sibling.get("pack", "x")).not.toBeNull();
	expect(await bob.store.get("pack", "x")).not.toBeNull();
});
