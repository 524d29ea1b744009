// The files every composed app is made of: the committed copy is the source, it reads well, and its pure parts do their work.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { accentOf, colourNames, contrast } from "#studio/composer/colours.ts";
import { compose } from "#studio/composer/compose.ts";
import * as german from "#studio/composer/template/words.de.ts";
import * as english from "#studio/composer/template/words.ts";
import { templateFiles } from "#studio/composer/template-files.ts";
import { renderTemplate } from "#studio/composer/write-template.ts";

const folder = fileURLToPath(new URL("../../../workers/studio/composer/", import.meta.url).href);

describe("the template", () => {
	test("is what write-template.ts makes of its folder", () => {
		expect(readFileSync(join(folder, "template-files.ts"), "utf8")).toBe(renderTemplate(join(folder, "template")));
	});

	test("is made of files a person can read, each saying what it is for", () => {
		for (const [path, content] of Object.entries(templateFiles)) {
			expect([path, content.split("\n").length <= 400]).toEqual([path, true]);
			expect([path, /^(\/\/|\/\*) \S/.test(content)]).toEqual([path, true]);
		}
	});

	test("asks nothing of any network and evaluates nothing", () => {
		const code = Object.values(templateFiles).join("\n");
		expect(code).not.toMatch(
			/https?:\/\/(?!")[a-z]|\beval\(|new Function|innerHTML|dangerouslySetInnerHTML|document\.write/,
		);
	});
});

describe("the words of an app", () => {
	const shape = (table: object): unknown =>
		Object.entries(table).map(([key, value]) => [
			key,
			typeof value === "function"
				? value.length
				: typeof value === "object" && !(value instanceof RegExp)
					? shape(value)
					: typeof value,
		]);

	test("are the same in each language: every sentence, with the same parts", () => {
		expect(shape(german.words)).toEqual(shape(english.words));
		expect(shape(german.problems)).toEqual(shape(english.problems));
		expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
	});

	test("stand in their file and nowhere else", () => {
		const said =
			/(?:>|\s)(?!Record<|Promise<)([A-Z][a-z]+(?: [a-z]+)+[.…]?)\s*<\/|(?:aria-label|title|placeholder)="[A-Z]/;
		for (const [path, content] of Object.entries(templateFiles))
			if (/\.tsx$/.test(path)) expect([path, said.exec(content)?.[0] ?? null]).toEqual([path, null]);
	});

	test("are German in an app whose prompt is, and there is one file of them", () => {
		const wordsIn = (prompt: string) => {
			const composed = compose({ prompt, references: [], current: [] });
			const ops = composed.ok ? composed.value.ops : [];
			return ops.flatMap((op) => (op.kind === "write" && op.path.startsWith("words") ? [[op.path, op.content]] : []));
		};
		expect(wordsIn("Kundenliste mit Name, Telefon und E-Mail")).toEqual([
			["words.ts", expect.stringContaining('save: "Speichern"')],
		]);
		expect(wordsIn("Customers with name, phone and email")).toEqual([
			["words.ts", expect.stringContaining('save: "Save"')],
		]);
	});
});

describe("accent colours", () => {
	const grounds = { light: "#ffffff", dark: "#181a20" };
	test.each([...colourNames, "#ffff00", "#000000", "#ffffff", "#ff8800", "#123"])(
		"%s keeps text readable in light and dark",
		(name) => {
			const accent = accentOf(name);
			if (!accent) throw new Error("no accent");
			expect(contrast(accent.light, grounds.light)).toBeGreaterThanOrEqual(4.5);
			expect(contrast(accent.dark, grounds.dark)).toBeGreaterThanOrEqual(4.5);
			// The words on a button in that colour.
			expect(contrast("#10121a", accent.dark)).toBeGreaterThanOrEqual(4.5);
		},
	);

	test("knows what is no colour", () => {
		expect(accentOf("nonsense")).toBeNull();
		expect(accentOf("#12")).toBeNull();
		expect(accentOf("constructor")).toBeNull();
	});
});
