// The envelope opens at its own place with its own key, and nowhere else.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { toBase64Url, utf8 } from "#lib/bytes.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import {
	type EnvelopeKey,
	envelopeOverheadBytes,
	importEnvelopeKey,
	openEnvelope,
	sealEnvelope,
} from "#lib/crypto/envelope.ts";
import { SealError } from "#lib/crypto/seal-error.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { makeId } from "#schema/ids.ts";

const bytes = Uint8Array.from({ length: 32 }, (_, at) => at);
const raw = new Secret(bytes);
const fixed = (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(7);
let key: EnvelopeKey;
beforeAll(async () => {
	key = await importEnvelopeKey("us-east/own_x/content/1", raw);
});

describe("envelope", () => {
	it("is written byte for byte as docs/envelope.md says", async () => {
		const envelope = await sealEnvelope(key, ["freehold/content", "us-east", "t"], utf8("hello"), fixed);
		expect(toBase64Url(envelope)).toBe(pinned);
	});

	it("round-trips any bytes at any place", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uint8Array({ maxLength: 2000 }),
				fc.array(fc.string(), { maxLength: 6 }),
				async (bytes, place) => {
					const envelope = await sealEnvelope(key, place, bytes);
					expect(envelope.length).toBe(bytes.length + envelopeOverheadBytes);
					const opened = await openEnvelope(key, place, envelope);
					expect(opened).toEqual({ ok: true, value: new Uint8Array(bytes) });
				},
			),
			{ numRuns: 100 },
		);
	});

	it("does not open after any single bit is flipped", async () => {
		const envelope = await sealEnvelope(key, ["place"], utf8("attack at dawn"));
		for (let bit = 0; bit < envelope.length * 8; bit++) {
			const flipped = envelope.slice();
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect((await openEnvelope(key, ["place"], flipped)).ok).toBe(false);
		}
	});

	it("does not open when truncated anywhere", async () => {
		const envelope = await sealEnvelope(key, ["place"], utf8("attack at dawn"));
		for (let length = 0; length < envelope.length; length++) {
			expect((await openEnvelope(key, ["place"], envelope.slice(0, length))).ok).toBe(false);
		}
	});

	it("tells two different places apart, whatever their fields contain", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.string(), { maxLength: 5 }),
				fc.array(fc.string(), { maxLength: 5 }),
				async (one, other) => {
					fc.pre(JSON.stringify(one) !== JSON.stringify(other));
					const envelope = await sealEnvelope(key, one, utf8("x"));
					expect((await openEnvelope(key, other, envelope)).ok).toBe(false);
				},
			),
			{ numRuns: 200 },
		);
	});

	it("names the reason when the key is another one", async () => {
		const other = await importEnvelopeKey("us-east/own_y/content/1", raw);
		const envelope = await sealEnvelope(key, ["place"], utf8("x"));
		expect(await openEnvelope(other, ["place"], envelope)).toEqual({ ok: false, reason: "other_key" });
	});
});

describe("sealer", () => {
	const place = { table: "apps", column: "name", row: "app_1" };

	it("opens only at the same region, owner, table, column and row", async () => {
		const owner = makeId("owner");
		const other = makeId("owner");
		const sealer = await makeSealer("us-east", owner, "k", raw);
		const sealed = await sealer.seal(place, "Budget");
		expect(await sealer.open(place, sealed)).toBe("Budget");
		for (const moved of [
			{ ...place, table: "builds" },
			{ ...place, column: "description" },
			{ ...place, row: "app_2" },
		]) {
			await expect(sealer.open(moved, sealed)).rejects.toBeInstanceOf(SealError);
		}
		await expect((await makeSealer("us-east", other, "k", raw)).open(place, sealed)).rejects.toBeInstanceOf(SealError);
		await expect((await makeSealer("eu-west", owner, "k", raw)).open(place, sealed)).rejects.toBeInstanceOf(SealError);
	});

	it("fingerprints differ between keys, so equal files of two tenants cannot be linked", async () => {
		const one = await makeSealer("us-east", makeId("owner"), "k", raw);
		const two = await makeSealer("us-east", makeId("owner"), "k", new Secret(bytes.map((byte) => byte ^ 1)));
		expect(await one.fingerprint(utf8("same"))).not.toBe(await two.fingerprint(utf8("same")));
	});
});

describe("directory keys", () => {
	it("find an address by HMAC under the region's key and by nothing else", async () => {
		const us = await makeDirectoryKeys("us-east", "d", { index: raw, seal: raw });
		const eu = await makeDirectoryKeys("eu-west", "d", { index: new Secret(bytes.map((byte) => byte ^ 9)), seal: raw });
		expect(await us.index("a@example.org")).toBe(await us.index("a@example.org"));
		expect(await us.index("a@example.org")).not.toBe(await eu.index("a@example.org"));
		const sealed = await us.seal({ table: "accounts", column: "email", row: "acc_1" }, "a@example.org");
		await expect(eu.open({ table: "accounts", column: "email", row: "acc_1" }, sealed)).rejects.toBeInstanceOf(
			SealError,
		);
	});
});

// computed independently with node:crypto from the written format
const pinned = "AQHCat3N6iaxHgcHBwcHBwcHBwcHB2cPyjAAb__mcnAokNWwbm-wiOSAsw";
