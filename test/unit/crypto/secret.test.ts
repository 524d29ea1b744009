// A secret does not become text by any of the usual accidents.
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Secret } from "#lib/crypto/secret.ts";

const bytes = Uint8Array.from({ length: 32 }, (_, at) => at + 65);
const secret = new Secret(bytes);
const text = Buffer.from(bytes).toString();

describe("a secret", () => {
	it("gives its bytes only when asked by name, and each time a copy", () => {
		expect(secret.reveal()).toEqual(bytes);
		expect(secret.sizeBytes).toBe(32);
		secret.reveal().fill(0);
		expect(secret.reveal()).toEqual(bytes);
		const own = new Uint8Array([1, 2, 3]);
		const copy = new Secret(own);
		own.fill(0);
		expect([...copy.reveal()]).toEqual([1, 2, 3]);
	});

	it("takes bytes over: what brought them is overwritten", () => {
		const brought = Uint8Array.of(1, 2, 3);
		const taken = Secret.take(brought);
		expect([...brought]).toEqual([0, 0, 0]);
		expect([...taken.reveal()]).toEqual([1, 2, 3]);
	});

	it("lends its bytes and overwrites what it lent, also when the import fails", async () => {
		const lent: Uint8Array[] = [];
		const sum = await secret.lend(async (given) => {
			lent.push(given);
			expect(given).toEqual(bytes);
			return given.reduce((one, other) => one + other, 0);
		});
		const refused = secret.lend(async (given) => {
			lent.push(given);
			throw new RangeError("no key");
		});
		await expect(refused).rejects.toThrow(RangeError);
		expect(sum).toBeGreaterThan(0);
		expect(lent.map((given) => given.some((byte) => byte !== 0))).toEqual([false, false]);
		expect(secret.reveal()).toEqual(bytes);
	});

	it("gives nothing once it is wiped: zeros would import as a key that everybody has", async () => {
		const wiped = new Secret(bytes);
		wiped.wipe();
		expect(() => wiped.reveal()).toThrow(TypeError);
		await expect(wiped.lend(async (given) => given)).rejects.toThrow(TypeError);
	});

	it.each<[string, () => unknown]>([
		["a template", () => `${secret}`],
		["String()", () => String(secret)],
		["toString()", () => secret.toString()],
		["concatenation", () => "x".concat(secret as unknown as string)],
		["join", () => [secret].join()],
		["JSON", () => JSON.stringify(secret)],
		["JSON of an object around it", () => JSON.stringify({ key: [secret] })],
		["an address", () => new URLSearchParams({ key: secret as unknown as string }).toString()],
		["an error's message", () => new Error(secret as unknown as string)],
		["encodeURIComponent", () => encodeURIComponent(secret as unknown as string)],
		["Number()", () => Number(secret)],
		["a comparison", () => (secret as unknown as number) < 1],
	])("throws in %s", (_, work) => {
		expect(work).toThrow(TypeError);
	});

	it("is not printed, not even with private and hidden fields shown", () => {
		for (const options of [{}, { showHidden: true, depth: 9, getters: true }]) {
			expect(inspect(secret, options)).toBe("[secret]");
			expect(inspect({ key: secret }, options)).toBe("{ key: [secret] }");
		}
		expect(inspect(secret, { customInspect: false, showHidden: true })).not.toMatch(/65|66, 67|ABC/);
	});

	it("is empty when spread, listed, cloned or assigned", () => {
		const copies = [
			{ ...secret },
			Object.assign({}, secret),
			structuredClone(secret),
			Object.fromEntries(Object.entries(secret)),
		];
		for (const copy of copies) expect(inspect(copy, { showHidden: true })).not.toMatch(/65|A, B|ABC/);
		expect(Object.getOwnPropertyNames(secret)).toEqual([]);
		expect(JSON.stringify(copies)).not.toContain(text);
	});
});
