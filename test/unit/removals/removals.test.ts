// The list of removals, the product's source, the tests and the threat model say the same: none can move on without the others.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { removals } from "../../removals/all.ts";
import type { Removal } from "../../removals/removal.ts";
import { isExempt, readAttacks, rowsNamed } from "../../removals/threat-model.ts";
import { mutate } from "../../support/mutation.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url).href);
const read = (file: string) => readFileSync(`${root}${file}`, "utf8");
const rows = readAttacks();
const titled = ({ defence, test: { name } }: Removal) => `${defence} (${name})`;

describe.each(removals.map((removal) => [titled(removal), removal] as const))("%s", (_title, removal) => {
	test("fits the source, and changes it", () => {
		const files = new Map<string, string>();
		for (const edit of removal.edits) files.set(edit.file, mutate(files.get(edit.file) ?? read(edit.file), edit));
		expect(removal.edits.length).toBeGreaterThan(0);
		for (const [file, text] of files) expect(text).not.toBe(read(file));
	});

	test("names a test that is there", () => {
		// what a test goes through may stand in a table beside it
		const text = read(removal.test.file);
		const tables = [...text.matchAll(/from "(\.\.\/support\/[\w-]*-rows\.ts)"/g)].map(([, path]) =>
			read(join(dirname(removal.test.file), path ?? "")),
		);
		const literals = [text, ...tables].flatMap(literalsOf);
		for (const part of removal.test.name.split(" > ")) {
			expect(
				literals.some((literal) => says(literal, part)),
				part,
			).toBe(true);
		}
	});

	test("names rows of the threat model, one for each of its words", () => {
		expect(removal.attacks.length).toBeGreaterThan(0);
		for (const words of removal.attacks) {
			expect(
				rowsNamed(rows, words).map(({ attack }) => attack),
				words,
			).toHaveLength(1);
		}
	});
});

test("every attack of the threat model has a removal, but for what is not there yet", () => {
	expect(rows.length).toBeGreaterThan(70);
	const shown = new Set(removals.flatMap(({ attacks }) => attacks.flatMap((words) => rowsNamed(rows, words))));
	const without = rows.filter((row) => !shown.has(row) && !isExempt(row));
	expect(without.map(({ table, attack }) => `${table}: ${attack}`)).toEqual([]);
	// a feature that came to be is no longer exempt: its row names a test, and needs a removal
	for (const row of rows.filter(isExempt)) expect(shown.has(row), row.attack).toBe(false);
});

test("no removal is there twice", () => {
	const keys = removals.map(({ edits, test: { file, name } }) => JSON.stringify([edits, file, name]));
	expect(new Set(keys).size).toBe(keys.length);
});

test("every file that the threat model names is there", () => {
	const named = [
		...read("docs/threat-model.md").matchAll(
			/`((?:test|scripts|docs|db|workers)\/[\w./-]*(?:\.(?:ts|tsx|md|sql)|\/))`/g,
		),
	].map(([, path]) => path ?? "");
	expect(named.length).toBeGreaterThan(30);
	for (const path of named) expect(existsSync(`${root}${path}`), path).toBe(true);
});

test("every test that the threat model quotes has a removal", () => {
	const quoted = rows
		.flatMap(({ rest }) => [...rest.matchAll(/“([^”]+)”/g)].map(([, title]) => title ?? ""))
		.filter((title) => title !== chapterAtTheEnd);
	expect(quoted.length).toBeGreaterThan(50);
	for (const title of quoted) {
		// a quotation may leave words out
		const parts = title.split("…").map((part) => part.trim());
		const isShown = removals.some(({ test: { name } }) => parts.every((part) => name.includes(part)));
		expect(isShown, title).toBe(true);
	}
});
const chapterAtTheEnd = "Not covered";

/** Texts in quotes of any kind, on one line. */
function literalsOf(source: string): string[] {
	const found = source.matchAll(/"((?:\\.|[^"\\\n])*)"|'((?:\\.|[^'\\\n])*)'|`((?:\\.|[^`\\\n])*)`/g);
	return [...found].map(([, double, single, template]) =>
		(double ?? single ?? template ?? "").replace(/\\(["'`\\])/g, "$1"),
	);
}

/** Whether a literal is the text, or a title of an `it.each` that can be filled in to be it. */
function says(literal: string, part: string): boolean {
	if (literal === part) return true;
	const pieces = literal.split(/%[sijdfop]|\$\{[^}]*\}|\$[\w.]+/);
	// a title of nothing but what is filled in says nothing
	if (pieces.length === 1 || pieces.join("").trim().length < 2) return false;
	const pattern = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+");
	return new RegExp(`^${pattern}$`).test(part);
}
