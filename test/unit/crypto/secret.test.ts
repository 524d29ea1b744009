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
