// The keyring on real R2: write-once, bound to its region and owner, lost with its KEK, gone after shredding.
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { toBase64 } from "#lib/bytes.ts";
import { regionMarkerKey } from "#lib/region-marker.ts";
import { makeId } from "#schema/ids.ts";
import { keyPurposes } from "#schema/register/keys.ts";
import { type KeyringConfig, makeKeyring } from "../../../workers/vault/keyring.ts";

const runtime = new Miniflare(
	convertV4MiniflareOptions({
		modules: true,
		script: "export default {}",
		compatibilityDate: "2026-11-01",
		r2Buckets: { KEYS: "keys", COPY: "copy" },
	}),
);
afterAll(() => runtime.dispose());

const kek = toBase64(crypto.getRandomValues(new Uint8Array(32)));
const otherKek = toBase64(crypto.getRandomValues(new Uint8Array(32)));
let config: KeyringConfig;

async function emptied(binding: "KEYS" | "COPY"): Promise<KeyringConfig["keys"]> {
	const bucket = await runtime.getR2Bucket(binding);
	for (const { key } of (await bucket.list()).objects) await bucket.delete(key);
	await bucket.put(regionMarkerKey, "us-east");
	// a fresh handle, so that a remembered region check never carries over from one test to the next
	return {
		get: (key: string) => bucket.get(key),
		put: bucket.put.bind(bucket),
		delete: bucket.delete.bind(bucket),
	} as never;
}

beforeEach(async () => {
	config = { region: "us-east", kek, keys: await emptied("KEYS"), copy: await emptied("COPY") };
});

describe("keyring", () => {
	it("makes a key once, even when asked in parallel, and opens the same one again", async () => {
		const owner = makeId("owner");
		const keyring = makeKeyring(config);
		await Promise.all([keyring.ensure(owner), keyring.ensure(owner), keyring.ensure(owner)]);
		const one = await keyring.open(owner);
		const two = await makeKeyring(config).open(owner);
		expect(one.ok && two.ok && one.value.key.length === 32 && toBase64(one.value.key) === toBase64(two.value.key)).toBe(
			true,
		);
		expect(await makeKeyring(config).open(makeId("owner"))).toEqual({ ok: false, reason: "not_found" });
	});

	it("keeps keys wrapped: the bucket never holds the key itself", async () => {
		const owner = makeId("owner");
		const keyring = makeKeyring(config);
		await keyring.ensure(owner);
		const opened = await keyring.open(owner);
		const bucket = await runtime.getR2Bucket("KEYS");
		for (const { key } of (await bucket.list()).objects) {
			const stored = Buffer.from((await (await bucket.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0));
			expect(opened.ok && stored.includes(Buffer.from(opened.value.key))).toBe(false);
		}
	});

	it("refuses a missing, malformed or wrong KEK and never makes one up", async () => {
		const owner = makeId("owner");
		await makeKeyring(config).ensure(owner);
		expect(await makeKeyring({ ...config, kek: undefined }).open(owner)).toEqual({ ok: false, reason: "kek_missing" });
		expect(await makeKeyring({ ...config, kek: "c2hvcnQ=" }).open(owner)).toEqual({ ok: false, reason: "kek_wrong" });
		expect(await makeKeyring({ ...config, kek: otherKek }).open(owner)).toEqual({ ok: false, reason: "kek_wrong" });
		expect(await makeKeyring({ ...config, kek: otherKek }).ensure(owner)).toEqual({ ok: false, reason: "kek_wrong" });
	});

	it("re-wraps under a new KEK without changing the key", async () => {
		const owner = makeId("owner");
		await makeKeyring(config).ensure(owner);
		const before = await makeKeyring(config).open(owner);
		const rotating = makeKeyring({ ...config, kek: otherKek, previousKek: kek });
		expect(await rotating.open(owner)).toEqual(before);
		expect(await rotating.rewrap(owner)).toEqual({ ok: true, value: { rewrapped: 1 } });
		expect(await makeKeyring({ ...config, kek: otherKek }).open(owner)).toEqual(before);
		expect(await makeKeyring(config).open(owner)).toEqual({ ok: false, reason: "kek_wrong" });
	});

	it("restores a lost object from its copy", async () => {
		const owner = makeId("owner");
		await makeKeyring(config).ensure(owner);
		const before = await makeKeyring(config).open(owner);
		const bucket = await runtime.getR2Bucket("KEYS");
		await bucket.delete(`keys/${owner}/content/1`);
		expect(await makeKeyring(config).open(owner)).toEqual(before);
		expect(await bucket.head(`keys/${owner}/content/1`)).not.toBeNull();
	});

	it("restores nothing into a bucket that is not this region's", async () => {
		const owner = makeId("owner");
		await makeKeyring(config).ensure(owner);
		const bucket = await runtime.getR2Bucket("KEYS");
		await bucket.delete(`keys/${owner}/content/1`);
		await bucket.put(regionMarkerKey, "eu-west");
		const { keys } = config;
		const unknown = { get: keys.get, put: keys.put, delete: keys.delete };
		expect(await makeKeyring({ ...config, keys: unknown }).open(owner)).toEqual({
			ok: false,
			reason: "region_mismatch",
		});
		expect(await bucket.head(`keys/${owner}/content/1`)).toBeNull();
	});

	it("does not open a wrapped key that was moved to another owner", async () => {
		const [owner, other] = [makeId("owner"), makeId("owner")];
		await makeKeyring(config).ensure(owner);
		const bucket = await runtime.getR2Bucket("KEYS");
		const wrapped = await (await bucket.get(`keys/${owner}/content/1`))?.arrayBuffer();
		await bucket.put(`keys/${other}/content/1`, wrapped ?? "");
		expect((await makeKeyring(config).open(other)).ok).toBe(false);
	});

	it("destroys both copies when shredding, and makes no new key for that owner", async () => {
		const owner = makeId("owner");
		const keyring = makeKeyring(config);
		await keyring.ensure(owner);
		expect(await keyring.shred(owner)).toEqual({ ok: true, value: { destroyed: true } });
		const expectGone = async () => {
			for (const binding of ["KEYS", "COPY"]) {
				expect(await (await runtime.getR2Bucket(binding)).head(`keys/${owner}/content/1`), binding).toBeNull();
			}
		};
		// at once: the next question would mend a copy that was left
		await expectGone();
		expect(await keyring.open(owner)).toEqual({ ok: false, reason: "shredded" });
		expect(await keyring.ensure(owner)).toEqual({ ok: false, reason: "shredded" });
		await expectGone();
	});

	it("makes, re-wraps and shreds every key that the register names: nothing is left in either bucket", async () => {
		const [owner, other] = [makeId("owner"), makeId("owner")];
		const listed = async () => {
			const found: string[] = [];
			for (const binding of ["KEYS", "COPY"]) {
				const { objects } = await (await runtime.getR2Bucket(binding)).list({ include: ["customMetadata"] });
				for (const { key, customMetadata } of objects) {
					if (key.includes(owner))
						found.push(`${binding} ${key.replace(owner, "owner")} ${customMetadata?.["kek"] ?? ""}`);
				}
			}
			return found;
		};
		// one more than there are today: what walks the table takes it in, what names keys by hand does not
		const purposes = { tenant: [...Object.keys(keyPurposes.tenant), "later"], directory: ["index", "seal"] };
		const keyring = makeKeyring({ ...config, purposes });
		await keyring.ensure(owner);
		await keyring.ensure(other);
		const before = await listed();
		expect(before.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(
			["KEYS", "COPY"].flatMap((binding) => purposes.tenant.map((purpose) => `${binding} keys/owner/${purpose}/1`)),
		);
		const rotating = makeKeyring({ ...config, kek: otherKek, previousKek: kek, purposes });
		expect(await rotating.rewrap(owner)).toEqual({ ok: true, value: { rewrapped: purposes.tenant.length } });
		const after = await listed();
		expect(after.length).toBe(before.length);
		expect(after.filter((line) => before.includes(line))).toEqual([]);
		expect(await keyring.shred(owner)).toEqual({ ok: true, value: { destroyed: true } });
		expect(await listed()).toEqual(["KEYS shredded/owner "]);
		expect((await keyring.open(other)).ok).toBe(true);
	});

	it("stops before reading anything in a bucket of the other region", async () => {
		const keyring = makeKeyring({ ...config, region: "eu-west" });
		expect(await keyring.openDirectory()).toEqual({ ok: false, reason: "region_mismatch" });
		expect(await keyring.ensure(makeId("owner"))).toEqual({ ok: false, reason: "region_mismatch" });
	});
});
