// The trust page says nothing that no test holds up.
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { promisesWith } from "#schema/promises.ts";
import { readKeptPromises } from "../../../scripts/build-kept-promises.ts";

const promises = promisesWith(readKeptPromises());

test("a promise is shown as kept only when its test exists", () => {
	for (const { id, kept } of promises) {
		if (kept) expect(existsSync(new URL(`../../promises/${id}.test.ts`, import.meta.url)), id).toBe(true);
	}
});

test("each promise has an id of its own, a mechanism, and one sentence", () => {
	expect(new Set(promises.map(({ id }) => id)).size).toBe(promises.length);
	for (const { id, promise, mechanism } of promises) {
		expect(id).toMatch(/^[A-Z]\d-[a-z-]+$/);
		expect(promise.length).toBeGreaterThan(20);
		expect(mechanism.length).toBeGreaterThan(10);
	}
});
