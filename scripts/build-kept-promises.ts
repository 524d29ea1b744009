// Which promises are kept, for the trust page: those that have a test file of their own. Nothing lands while one of them is red,
// so the file's presence is the claim, and there is no list that could disagree with it.
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
	mkdirSync(join(root, ".build"), { recursive: true });
	const target = join(root, ".build/kept-promises.js");
	// written beside and renamed, so that a Worker being bundled at this moment never reads half a file
	writeFileSync(`${target}.${process.pid}`, `export const keptPromises = ${JSON.stringify(readKeptPromises())};\n`);
	renameSync(`${target}.${process.pid}`, target);
}
