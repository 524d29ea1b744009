// The README's table says of each promise what the trust page says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { promisesWith } from "#schema/promises.ts";
import { readKeptPromises } from "../../../scripts/build-kept-promises.ts";

it("the README lists every promise, and calls kept exactly those with a test", () => {
	const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
	const rows = [...readme.matchAll(/^\|\s*([A-Z]\d-[a-z-]+)\s*\|([^|]*)\|([^|]*)\|/gm)].map(
		([, id = "", promise = "", today = ""]) => ({
			id,
			promise: promise.trim(),
			isKept: today.includes("kept"),
		}),
	);
	const kept = readKeptPromises();
	const promises = promisesWith(kept);
	expect(rows).toEqual(promises.map(({ id, promise }) => ({ id, promise, isKept: kept.includes(id) })));
});
