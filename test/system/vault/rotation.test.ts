// Rotation of the KEK while traffic runs, on real R2: nobody waits, no key and no sealed value is lost, the old KEK opens nothing
// afterwards, and a tenant who is shredded in between stays shredded.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { R2Bucket } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { toBase64 } from "#lib/bytes.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { regionMarkerKey } from "#lib/region-marker.ts";
import { makeId, type OwnerId } from "#schema/ids.ts";
import { makeKeyring } from "../../../workers/vault/keyring.ts";
import { rewrapAll } from "../../../workers/vault/rewrap-all.ts";
import { bundleOne } from "../../support/bundles.ts";
import { signUpPerson, waitForBuild } from "../../support/client.ts";
import { startTestHost } from "../../support/host.ts";

const [oldKek, newKek] = [1, 2].map(() => toBase64(crypto.getRandomValues(new Uint8Array(32)))) as [string, string];
const logs: string[] = [];
const runtime = new Miniflare(
	convertV4MiniflareOptions({
		handleStructuredLogs: ({ message }) => logs.push(message),
		workers: [
			{
				name: "stores",
				modules: true,
				script: "export default {}",
				compatibilityDate: "2026-11-01",
				r2Buckets: { KEYS: "keys", COPY: "copy" },
			},
			{
				name: "vault",
				modules: [{ type: "ESModule", path: "index.js", contents: await bundleOne("vault") }],
				compatibilityDate: "2026-11-01",
				compatibilityFlags: ["nodejs_compat"],
				bindings: { REGION: "us-east", KEK: newKek, KEK_PREVIOUS: oldKek },
				r2Buckets: { KEYS: "keys", KEYS_COPY: "copy" },
			},
		],
	}),
);
afterAll(() => runtime.dispose());

const place = { table: "t_apps", column: "name", row: "row" };
let keys: R2Bucket;
let copy: R2Bucket;

const region = "us-east";
const underOld = () => makeKeyring({ region, kek: oldKek, keys, copy });
/** A Worker of the first step: writes under the old KEK, and knows the new one. */
const first = () => makeKeyring({ region, kek: oldKek, previousKek: newKek, keys, copy });
/** A Worker of the second step: writes under the new KEK, and knows the old one. */
const second = () => makeKeyring({ region, kek: newKek, previousKek: oldKek, keys, copy });
const underNew = () => makeKeyring({ region, kek: newKek, keys, copy });
type Keyring = ReturnType<typeof makeKeyring>;

async function openAs(keyring: Keyring, owner: OwnerId) {
	const opened = await keyring.open(owner);
	if (!opened.ok) throw new Error(`${owner} ${opened.reason}`);
	return makeSealer(region, owner, opened.value.keyId, Secret.take(opened.value.key));
}

beforeEach(async () => {
	for (const name of ["KEYS", "COPY"] as const) {
		const bucket = (await runtime.getR2Bucket(name, "stores")) as unknown as R2Bucket;
		for (const { key } of (await bucket.list()).objects) await bucket.delete(key);
		await bucket.put(regionMarkerKey, region);
		if (name === "KEYS") keys = bucket;
		else copy = bucket;
	}
});

describe("rotating the KEK", () => {
	it("while people sign up, read and write loses nothing, and the old KEK opens nothing afterwards", {
		timeout: 120_000,
	}, async () => {
		const sealed = new Map<OwnerId, string>();
		const join = async (keyring: Keyring) => {
			const owner = makeId("owner");
			const made = await keyring.ensure(owner);
			if (!made.ok) throw new Error(made.reason);
			sealed.set(owner, await (await openAs(keyring, owner)).seal(place, `of ${owner}`));
		};
		for (let at = 0; at < 12; at++) await join(underOld());
		const directory = await underOld().openDirectory();
		let isRotating = true;
		let operations = 0;
		// Workers of both steps run side by side while a deployment spreads
		const traffic = [first, second, first, second].map(async (worker, at) => {
			while (isRotating) {
				if (at < 2) await join(worker());
				const owners = [...sealed.keys()];
				const owner = owners[Math.floor(Math.random() * owners.length)] as OwnerId;
				const sealer = await openAs(worker(), owner);
				expect(await sealer.open(place, sealed.get(owner) ?? "")).toBe(`of ${owner}`);
				expect((await worker().openDirectory()).ok).toBe(true);
				operations++;
			}
		});
		const pass = await rewrapAll(second(), [keys, copy]);
		isRotating = false;
		await Promise.all(traffic);
		expect(pass.ok && pass.value.rewrapped).toBeGreaterThanOrEqual(14);
		expect(operations).toBeGreaterThan(8);
		expect(sealed.size).toBeGreaterThan(12);
		// the last Workers of the first step may have wrapped new keys under the old KEK: one more pass when they are gone
		expect(await rewrapAll(second(), [keys, copy])).toMatchObject({
			ok: true,
			value: { refused: 0, isComplete: true },
		});
		expect(await rewrapAll(second(), [keys, copy])).toEqual(nothingLeft);
		for (const [owner, value] of sealed) {
			expect(await (await openAs(underNew(), owner)).open(place, value)).toBe(`of ${owner}`);
			expect(await underOld().open(owner)).toEqual({ ok: false, reason: "kek_wrong" });
		}
		expect(await underNew().openDirectory()).toEqual(directory);
		expect(await underOld().openDirectory()).toEqual({ ok: false, reason: "kek_wrong" });
	});

	it("that stops between the two buckets leaves a key that opens, and is completed by the next pass", async () => {
		const owner = makeId("owner");
		await underOld().ensure(owner);
		const key = await underOld().open(owner);
		const torn = {
			get: (name: string) => keys.get(name),
			put: () => Promise.reject(new Error("the process died")),
			delete: (name: string) => keys.delete(name),
		} as unknown as R2Bucket;
		const dying = makeKeyring({ region, kek: newKek, previousKek: oldKek, keys: torn, copy });
		await expect(dying.rewrap(owner)).rejects.toThrow("the process died");
		// now one bucket is under each KEK: whoever knows either opens it
		for (const keyring of [underOld(), first(), second(), underNew()]) expect(await keyring.open(owner)).toEqual(key);
		expect(await rewrapAll(second(), [keys, copy])).toEqual({
			ok: true,
			value: { rewrapped: 1, refused: 0, isComplete: true },
		});
		await keys.delete(`keys/${owner}/content/1`);
		expect(await underNew().open(owner)).toEqual(key);
	});

	it("leaves a key that neither KEK opens as it is, says so, and goes on with the others", async () => {
		const [strange, other] = [makeId("owner"), makeId("owner")];
		const lostKek = toBase64(crypto.getRandomValues(new Uint8Array(32)));
		const lost = makeKeyring({ region, kek: lostKek, keys, copy });
		await lost.ensure(strange);
		await underOld().ensure(other);
		expect(await rewrapAll(second(), [keys, copy])).toEqual({
			ok: true,
			value: { rewrapped: 1, refused: 1, isComplete: false },
		});
		expect((await lost.open(strange)).ok).toBe(true);
		expect((await underNew().open(other)).ok).toBe(true);
	});

	it("without the right KEK re-wraps nothing", async () => {
		await underOld().ensure(makeId("owner"));
		const none = makeKeyring({ region, kek: undefined, previousKek: oldKek, keys, copy });
		expect(await rewrapAll(none, [keys, copy])).toEqual({ ok: false, reason: "kek_missing" });
	});

	it("is done by the vault itself, by the clock, a part at a time", async () => {
		const owners = Array.from({ length: 150 }, () => makeId("owner"));
		const keyring = underOld();
		await Promise.all(owners.map((owner) => keyring.ensure(owner)));
		const wrapped = async () => {
			const opened = await Promise.all(owners.map((owner) => underNew().open(owner)));
			return opened.filter(({ ok }) => ok).length;
		};
		const vault = await runtime.getWorker("vault");
		const passes: number[] = [];
		for (let pass = 0; pass < 3; pass++) {
			await vault.scheduled({ cron: "*/10 * * * *" });
			passes.push(await wrapped());
		}
		expect(passes).toEqual([100, 150, 150]);
		expect(logs.map((line) => JSON.parse(line))).toEqual([
			{ event: "rotation.pass", count: 100, state: "more", region },
			{ event: "rotation.pass", count: 50, state: "complete", region },
			{ event: "rotation.pass", count: 0, state: "complete", region },
		]);
	});
});

const nothingLeft = { ok: true, value: { rewrapped: 0, refused: 0, isComplete: true } };

describe("a tenant that is shredded", () => {
	/** The bucket, with one thing happening just before the first write of a key. */
	const beforeWrite = (bucket: R2Bucket, happen: () => Promise<unknown>) => {
		let hasHappened = false;
		return {
			get: (name: string) => bucket.get(name),
			delete: (name: string) => bucket.delete(name),
			async put(name: string, ...rest: unknown[]) {
				if (name.startsWith("keys/") && !hasHappened) {
					hasHappened = true;
					await happen();
				}
				return (bucket.put as (...all: unknown[]) => unknown)(name, ...rest);
			},
		} as unknown as R2Bucket;
	};
	const left = async (owner: OwnerId) => [
		await keys.head(`keys/${owner}/content/1`),
		await copy.head(`keys/${owner}/content/1`),
	];

	it("while its key is re-wrapped does not come back", async () => {
		const owner = makeId("owner");
		await underOld().ensure(owner);
		const late = beforeWrite(copy, () => underOld().shred(owner));
		const rotating = makeKeyring({ region, kek: newKek, previousKek: oldKek, keys, copy: late });
		expect(await rotating.rewrap(owner)).toEqual({ ok: false, reason: "shredded" });
		expect(await left(owner)).toEqual([null, null]);
		expect(await underNew().open(owner)).toEqual({ ok: false, reason: "shredded" });
	});

	it("while its key is made, or restored from the copy, does not come back", async () => {
		const owner = makeId("owner");
		const making = makeKeyring({ region, kek: oldKek, keys: beforeWrite(keys, () => underOld().shred(owner)), copy });
		expect(await making.ensure(owner)).toEqual({ ok: false, reason: "shredded" });
		expect(await left(owner)).toEqual([null, null]);

		const other = makeId("owner");
		await underOld().ensure(other);
		await keys.delete(`keys/${other}/content/1`);
		const restoring = makeKeyring({
			region,
			kek: oldKek,
			keys: beforeWrite(keys, () => underOld().shred(other)),
			copy,
		});
		expect(await restoring.open(other)).toEqual({ ok: false, reason: "shredded" });
		expect(await left(other)).toEqual([null, null]);
	});
});

describe("the operator's command", () => {
	it("rotates at the next start: everybody's content opens, and the KEK of before is gone", async () => {
		const host = await startTestHost();
		try {
			const ada = await signUpPerson(host, region);
			const made = (await ada.call("/api/apps", { method: "POST", body: { prompt: "A list of plants" } })).json;
			await waitForBuild(ada, made.appId, made.buildId);
			const readKek = () => readFileSync(join(host.stateFolder, `kek-${region}`), "utf8");
			const kek = readKek();
			const app = (await ada.call(`/api/apps/${made.appId}`)).json;
			const messages = (await ada.call(`/api/apps/${made.appId}/messages`)).json;
			expect((await host.operate({ command: "rotate-kek", region })).ok).toBe(true);
			expect((await host.operate({ command: "rotate-kek", region })).ok).toBe(false);
			expect((await ada.call(`/api/apps/${made.appId}`)).json).toEqual(app);
			// twice: the second start knows nothing but the new KEK
			for (const _ of [1, 2]) {
				await host.restart();
				expect((await ada.call(`/api/apps/${made.appId}`)).json).toEqual(app);
				expect((await ada.call(`/api/apps/${made.appId}/messages`)).json).toEqual(messages);
			}
			expect(readKek()).not.toBe(kek);
			expect(
				readdirSync(host.stateFolder)
					.filter((name) => name.startsWith("kek-"))
					.sort(),
			).toEqual(["kek-eu-west", "kek-us-east"]);
			const bucket = async (name: string) =>
				(await host.runtime.getR2Bucket(name, `freehold-vault-${region}`)) as never;
			const old = { region, kek, keys: await bucket("KEYS"), copy: await bucket("KEYS_COPY") } as const;
			expect(await makeKeyring(old).openDirectory()).toEqual({ ok: false, reason: "kek_wrong" });
			expect((await makeKeyring({ ...old, kek: readKek() }).openDirectory()).ok).toBe(true);
		} finally {
			await host.close();
		}
	});
});
