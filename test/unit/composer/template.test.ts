// The files every composed app is made of: the committed copy is the source, it reads well, and its pure parts do their work.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { accentOf, colourNames, contrast } from "#studio/composer/colours.ts";
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
