// Raw keys stay in their wrapper: nothing outside lib/crypto and the vault imports, uses or reveals one, what makes a key of bytes
// takes a Secret, and the bytes that crossed from the vault are overwritten as soon as they arrive.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { importEnvelopeKey } from "#lib/crypto/envelope.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { makeId, type OwnerId } from "#schema/ids.ts";
import { fail, ok } from "#schema/result.ts";
import type { KeyringRpc } from "#schema/rpc.ts";
import { openSealer } from "#studio/open-tenant.ts";
import { root } from "../../../scripts/local-host/workers.ts";

describe("what makes a key of raw bytes", () => {
	it("takes a Secret and nothing else: bytes by themselves do not compile", async () => {
		const bytes = new Uint8Array(32);
		const owner = makeId("owner");
		const refusals: (() => Promise<unknown>)[] = [
			// @ts-expect-error: plain bytes
			() => importEnvelopeKey("key", bytes),
			// @ts-expect-error: plain bytes
			() => makeSealer("us-east", owner, "key", bytes),
			// @ts-expect-error: plain bytes
			() => makeDirectoryKeys("us-east", "key", { index: bytes, seal: new Secret(bytes) }),
			// @ts-expect-error: plain bytes
			() => makeDirectoryKeys("us-east", "key", { index: new Secret(bytes), seal: bytes }),
		];
		for (const refused of refusals) await expect(refused()).rejects.toThrow();
	});

	it("makes keys that cannot be exported", async () => {
		const { key } = await importEnvelopeKey("key", new Secret(new Uint8Array(32)));
		expect(key.extractable).toBe(false);
		await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
	});
});

describe("the studio", () => {
	it("overwrites the bytes that came from the vault, and still opens what they sealed", async () => {
		const owner = makeId("owner");
		const bytes = crypto.getRandomValues(new Uint8Array(32));
		const before = await makeSealer("us-east", owner, "key", new Secret(bytes));
		const keyring = keyringOf(async () => ok({ keyId: "key", key: bytes }));
		const sealer = await openSealer({ region: "us-east", keyring }, owner);
		expect(bytes.some((byte) => byte !== 0)).toBe(false);
		const place = { table: "apps", column: "name", row: "app_1" };
		expect(await sealer.open(place, await before.seal(place, "Plants"))).toBe("Plants");
	});

	it("answers a key that is gone with what everything that is gone is answered", async () => {
		const keyring = keyringOf(async () => fail("shredded"));
		await expect(openSealer({ region: "us-east", keyring }, makeId("owner"))).rejects.toMatchObject({
			code: "not_found",
		});
	});
});

describe("the source", () => {
	const mayTouchKeys = /^workers\/(lib\/crypto|vault)\//;
	const files = ["workers", "db", "schema", "sandbox-host", "scripts"].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
			.filter((name) => /\.tsx?$/.test(name) && !name.includes("node_modules"))
			.map((name) => `${folder}/${name}`),
	);

	it("reveals, imports, derives and uses keys in lib/crypto and the vault only", () => {
		const found = files.filter((file) => handlesKeys(readFileSync(join(root, file), "utf8")));
		expect(found.filter((file) => !mayTouchKeys.test(file))).toEqual([]);
		// the search sees what it looks for
		expect(found.filter((file) => mayTouchKeys.test(file)).length).toBeGreaterThanOrEqual(4);
		expect(files.length).toBeGreaterThan(200);
	});

	it("takes what the keyring answers into a Secret in the same statement", () => {
		for (const file of files.filter((name) => !mayTouchKeys.test(name) && name !== "schema/rpc.ts")) {
			const uses = readFileSync(join(root, file), "utf8").match(/.*\bvalue\.(key|index|seal)\b.*/g) ?? [];
			for (const line of uses) expect(line, file).toMatch(/Secret\.take\(/);
		}
	});
});

function handlesKeys(source: string): boolean {
	const withoutComments = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
	return /subtle\s*\.\s*(?!digest\b)\w+|\.reveal\(|\.lend\(|createCipheriv|createDecipheriv|createHmac|hkdf/.test(
		withoutComments,
	);
}

const keyringOf = (open: (owner: OwnerId) => Promise<unknown>) => ({ open }) as Pick<KeyringRpc, "open">;
