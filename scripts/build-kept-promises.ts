// Which promises are kept, for the trust page: those that have a test file of their own. Nothing lands while one of them is red,
// so the file's presence is the claim, and there is no list that could disagree with it.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "./write-whole.ts";

const root = join(import.meta.dirname, "..");
const suffix = ".test.ts";

/** Ids of the promises with a file `test/promises/<id>.test.ts`, in the order of their names. */
export function readKeptPromises(folder = join(root, "test/promises")): string[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith(suffix))
		.map((name) => name.slice(0, -suffix.length))
		.sort();
}

/** Writes `.build/kept-promises.js`. */
export function buildKeptPromises(): void {
	const text = `export const keptPromises = ${JSON.stringify(readKeptPromises())};\n`;
	writeWhole(join(root, ".build/kept-promises.js"), text);
}
