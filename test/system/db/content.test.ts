// Sealed objects in R2: one owner's store reaches only that owner's keys, and a moved object does not open.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openContent } from "#db/content.ts";
import { makeId } from "#schema/ids.ts";
import { type Databases, startDatabases, testSealer } from "./databases.ts";

let databases: Databases;
beforeAll(async () => {
	databases = await startDatabases();
});
afterAll(() => databases.dispose());

async function open() {
	const ownerId = makeId("owner");
	return { ownerId, store: openContent({ bucket: databases.content, ownerId, sealer: await testSealer(ownerId) }) };
}

test("keeps bytes sealed and gives them back", async () => {
	const { store, ownerId } = await open();
	const bytes = new TextEncoder().encode("canary canary canary");
	const key = await store.put("pack", "ver_1", bytes);
	expect(key).toBe(`${ownerId}/pack/ver_1`);
	expect(await store.get("pack", "ver_1")).toEqual(bytes);
	expect(await store.get("pack", "ver_2")).toBeNull();
	const raw = Buffer.from((await (await databases.content.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0));
	expect(raw.length).toBeGreaterThan(bytes.length);
	expect(raw.toString("latin1")).not.toContain("canary");
});

test("does not open an object that was moved, and refuses ids that leave the owner's folder", async () => {
	const { store, ownerId } = await open();
	const key = await store.put("pack", "a", new Uint8Array([1, 2, 3]));
	const stolen = await (await databases.content.get(key))?.arrayBuffer();
	await databases.content.put(`${ownerId}/pack/b`, stolen ?? new ArrayBuffer(0));
	await expect(store.get("pack", "b")).rejects.toThrow();
	for (const id of ["../x", "a/b", "", "..", "a..b"])
		await expect((async () => store.get("pack", id))()).rejects.toThrow(TypeError);
});

test("deletes by key, by prefix and whole, and never another owner's", async () => {
	const [ada, bob] = [await open(), await open()];
	const foreign = await bob.store.put("pack", "x", new Uint8Array([1]));
	const own = await ada.store.put("pack", "x", new Uint8Array([1]));
	await ada.store.deleteKeys([own, foreign]);
	expect(await ada.store.get("pack", "x")).toBeNull();
	expect(await bob.store.get("pack", "x")).toEqual(new Uint8Array([1]));
	for (const id of ["bld_1.a", "bld_1.b", "bld_2.a"]) await ada.store.put("checkpoint", id, new Uint8Array([1]));
	await ada.store.deletePrefix("checkpoint", "bld_1.");
	expect(await ada.store.get("checkpoint", "bld_1.a")).toBeNull();
	expect(await ada.store.get("checkpoint", "bld_2.a")).not.toBeNull();
	await ada.store.deleteOwner();
	expect(await ada.store.get("checkpoint", "bld_2.a")).toBeNull();
	expect(await bob.store.get("pack", "x")).not.toBeNull();
});
