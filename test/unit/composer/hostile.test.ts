// Prompts, names and columns that try to become code, markup, formulas or something else than they look like.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText } from "#lib/clean-text.ts";
import { FileOp } from "#schema/files.ts";
import { compose } from "#studio/composer/compose.ts";
import { keyFor } from "#studio/composer/names.ts";
import { AppSpec, specPath } from "#studio/composer/spec.ts";
import { templateFiles } from "#studio/composer/template-files.ts";
import { safeJson } from "#studio/composer/write-app.ts";
import { applyFileOps } from "#studio/files/apply.ts";
import { checkFiles } from "#studio/files/check.ts";
import { readReference } from "#studio/references/read-reference.ts";

// An app has one file of words: that of its language.
const { "words.de.ts": _german, ...code } = templateFiles;

const hostile = [
	"</script><script>alert(1)</script>",
	"__proto__",
	"constructor",
	"${alert(1)}",
	"`); alert(1); (`",
	"*/ alert(1) /*",
	'"; alert(1); "',
	'=HYPERLINK("http://evil.example","x")',
	"\u202egpj.exe",
	"a\u2028b\u2029c",
	"{{constructor.constructor('alert(1)')()}}",
	"<img src=x onerror=alert(1)>",
	"../../etc/passwd",
	"\u0000\u0007",
];

function filesOf(prompt: string, csv?: string) {
	const reference =
		csv === undefined
			? null
			: readReference({ name: "</script>.csv", bytes: new TextEncoder().encode(csv) }, { hasHeader: true });
	const composed = compose({ prompt, references: reference?.ok ? [reference.value] : [], current: [] });
	if (!composed.ok) throw new Error(composed.reason);
	for (const op of composed.value.ops) FileOp.parse(op);
	return applyFileOps(new Map(), composed.value.ops).files;
}

describe("what a prompt says never becomes code", () => {
	test.each(hostile)("%j", async (words) => {
		const prompt = `Track my things called "${words.replaceAll('"', "'")}" with name, ${words} (text), "${words}" (${words}, b, c) and amount`;
		const files = filesOf(prompt);
		for (const [path, content] of Object.entries(code)) expect(files.get(path)?.content).toBe(content);
		const data = [...files.keys()].filter((path) => !(path in code));
		expect(data.every((path) => path.endsWith(".json"))).toBe(true);
		expect((await checkFiles(files)).problems).toEqual([]);
	});

	test("columns and cells, too", async () => {
		// A NUL would make the file no text at all.
		const header = hostile
			.filter((words) => !words.includes("\u0000"))
			.map((words) => `"${words.replaceAll('"', '""')}"`)
			.join(",");
		const files = filesOf("", `${header}\n${header}\n${header}\n`);
		for (const [path, content] of Object.entries(code)) expect(files.get(path)?.content).toBe(content);
		const text = `${files.get(specPath)?.content}${files.get("seed.json")?.content}`;
		expect(text).not.toMatch(/<|[\u2028-\u202e\u2066-\u2069]/);
		const spec = AppSpec.parse(JSON.parse(files.get(specPath)?.content ?? ""));
		const keys = spec.fields.map((field) => field.key);
		expect(new Set(keys).size).toBe(keys.length);
		for (const key of keys) expect(key in {}).toBe(false);
		for (const field of spec.fields) expect(field.label).toBe(cleanText(field.label, 80));
		expect((await checkFiles(files)).problems).toEqual([]);
	});
});

describe("properties", () => {
	test("any prompt ends as valid operations or as a reason, and the description stays valid", () => {
		fc.assert(
			fc.property(
				fc.string({ maxLength: 400, unit: "grapheme" }),
				fc.constantFrom("Track ", "A list with ", "fields: ", "each box has ", ""),
				(text, start) => {
					const composed = compose({ prompt: start + text, references: [], current: [] });
					if (!composed.ok) return composed.reason === "empty";
					for (const op of composed.value.ops) FileOp.parse(op);
					const spec = composed.value.ops.find((op) => op.kind === "write" && op.path === specPath);
					return spec?.kind !== "write" || AppSpec.safeParse(JSON.parse(spec.content)).success;
				},
			),
			{ numRuns: 400 },
		);
	});

	test("any follow-up keeps the description valid", () => {
		const files = [...filesOf("Kanban board").values()];
		const words = fc.constantFrom(
			"add",
			"remove",
			"rename",
			"make",
			"the",
			"status",
			"a",
			"to",
			"due date",
			"rating",
			"required",
			"board",
			"by",
			"chart",
			"(x, y)",
			"and",
			".",
			"blue",
			"Task",
			"first",
			"__proto__",
		);
		fc.assert(
			fc.property(fc.array(words, { maxLength: 12 }), (list) => {
				const composed = compose({ prompt: list.join(" "), references: [], current: files });
				if (!composed.ok) return composed.reason === "empty";
				const spec = composed.value.ops.find((op) => op.kind === "write" && op.path === specPath);
				return spec?.kind !== "write" || AppSpec.safeParse(JSON.parse(spec.content)).success;
			}),
			{ numRuns: 400 },
		);
	});

	test("any file is read or refused, and never thrown on", () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 600 }),
				fc.constantFrom("a.csv", "a.json", "a.png", "a.pdf", "a.txt", "a"),
				(bytes, name) => {
					readReference({ name, bytes });
				},
			),
			{ numRuns: 300 },
		);
	});

	test("JSON as it is written into files means the same", () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(JSON.parse(safeJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
			}),
		);
	});

	test("keys are safe property names", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: "grapheme" }),
				(label) => /^[a-z][a-zA-Z0-9]{0,39}$/.test(keyFor(label, new Set())) && !(keyFor(label, new Set()) in {}),
			),
		);
	});
});
