// What the gate sees only when it looks at all files: names between files, names nobody declares, and what the app host would refuse.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type AppFile, limits, servedLimits } from "#schema/files.ts";
import { checkFiles } from "#studio/files/check.ts";
import { compileCode } from "#studio/files/compile.ts";
import { findUndefinedNames, ownGlobals } from "#studio/files/names.ts";
import { packBundle } from "../../../sandbox-host/bundle.ts";
import { fileMap } from "../../support/checked-app.ts";

const root = join(import.meta.dirname, "../../..");
const app = "export default function App() {\n\treturn <p>Hi</p>;\n}\n";

async function problemsOf(contents: Record<string, string>) {
	const { problems } = await checkFiles(fileMap(contents));
	return problems.map(({ path, line, code }) => `${path}:${line ?? "-"} ${code}`);
}

async function served(contents: Record<string, string>) {
	const { problems, compiled } = await checkFiles(fileMap(contents));
	expect(problems).toEqual([]);
	return Object.fromEntries(compiled.map((file) => [file.path, new TextDecoder().decode(file.body)]));
}

describe("names between files", () => {
	test("a type is dropped from an import and an export, and the lines stay where they are", async () => {
		const out = await served({
			"app.tsx":
				'import {\n\tempty,\n\tTask,\n} from "./lib";\nexport default function App() {\n\tconst t: Task = empty;\n\treturn <p>{t.a}</p>;\n}\n',
			"lib.ts": 'export { Task, empty } from "./types";\nexport { Task as Other } from "./types";\n',
			"types.ts": "export interface Task { a: number }\nexport const empty: Task = { a: 1 };\n",
		});
		expect(out["lib.js"]).not.toContain("Task");
		expect(out["app.js"]?.split("\n")[6]).toContain("jsx");
	});

	test("says which file or library has the name, and how it is written", async () => {
		const { problems } = await checkFiles(
			fileMap({
				"app.tsx": `import { useFormStatus } from "preact";\nimport { card } from "./ui";\nimport Box from "./ui";\nuseFormStatus(); card(); Box();\n${app}`,
				"ui.tsx": "export const Card = () => <p />;\n",
			}),
		);
		expect(problems.map(({ message }) => message)).toEqual([
			'"preact" does not export useFormStatus. Import useFormStatus from "react".',
			"ui.tsx does not export card, but Card. Correct the name.",
			"ui.tsx has no default export; it exports Card. Import { Card }, or add a default export.",
		]);
	});

	test("a name that is only asked for is not missed", async () => {
		expect(
			await problemsOf({
				"app.tsx": `import * as React from "react";\nimport * as all from "./a";\nconst old = React.useMutableSource ? React.useMutableSource() : null;\nconsole.log(old, all.maybe?.(), "b" in all, React["useState"]);\n${app}`,
				"a.ts": "export const a = 1;\n",
			}),
		).toEqual([]);
	});
});

describe("names that nobody declares", () => {
	test("are found with their line, in pages too", async () => {
		expect(
			await problemsOf({
				"index.html":
					'<!doctype html>\n<p id="known">x</p>\n<script>\nknown.textContent = shared;\nmade = 1;\n</script>\n<script type="module">\nmade + shared;\nunknownName();\n</script>\n',
				"other.html": "<script>var shared = 1;</script><p>x</p>",
			}),
		).toEqual(["index.html:9 undefined_name"]);
	});

	test("no false alarm in our own pages, in the composed app, and in libraries that run in browsers", () => {
		const patterns = [
			"workers/studio/ui/**/*.{ts,tsx}",
			"workers/studio/composer/template/**/*.{ts,tsx}",
			"sandbox-host/runtime/**/*.ts",
			"node_modules/preact/dist/*.module.js",
			"node_modules/chart.js/dist/chart.js",
			"node_modules/@codemirror/view/dist/index.js",
			"node_modules/fflate/esm/browser.js",
			"node_modules/hono/dist/client/*.js",
		];
		const files = patterns
			.flatMap((pattern) => globSync(pattern, { cwd: root }))
			.filter((path) => !path.endsWith(".d.ts"));
		expect(files.length).toBeGreaterThan(120);
		for (const path of files) {
			const source = readFileSync(join(root, path), "utf8");
			const module = compileCode(new Map(), path.replace(/[^\w./-]/g, "-"), source);
			expect(module.program, path).not.toBeNull();
			expect(findUndefinedNames(module, ownGlobals([source]).names), path).toEqual([]);
		}
	});
});

describe("what the app host would refuse", () => {
	/** As the host takes it: the gate let it through, so the host must too. */
	async function isTaken(files: Map<string, AppFile>): Promise<boolean> {
		const { problems, compiled, entry } = await checkFiles(files);
		if (problems.length > 0) return false;
		const packed = await packBundle(
			{ title: "x".repeat(servedLimits.titleChars), versionId: `ver_${"0".repeat(32)}`, entry, files: compiled },
			"bundle",
		);
		expect(packed).toMatchObject({ ok: true });
		return true;
	}
	const page = (scripts: number) => `<p>x</p>${"<script>1;</script>".repeat(scripts)}`;

	test("a page with more inline scripts than files are served", async () => {
		expect(await isTaken(fileMap({ "index.html": page(servedLimits.files - 1) }))).toBe(true);
		expect(await isTaken(fileMap({ "index.html": page(servedLimits.files) }))).toBe(false);
		expect(await problemsOf({ "index.html": page(450) })).toEqual([":- too_large"]);
	});

	test("more imported files than are served", async () => {
		const parts = Array.from({ length: 198 }, (_, at) => `d/n${at}.json`);
		const contents = (count: number) => ({
			"app.tsx": `${parts
				.slice(0, count)
				.map((path, at) => `import n${at} from "./${path}";\nn${at};`)
				.join("\n")}\n${app}`,
			...Object.fromEntries(parts.map((path) => [path, "{}"])),
		});
		expect(await isTaken(fileMap(contents(198)))).toBe(true);
	});

	test("texts that are larger in bytes than in characters, and large images", async () => {
		const wide = "語".repeat(limits.fileChars);
		const texts = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}.txt`, wide]));
		expect(await isTaken(fileMap({ "app.tsx": app, ...texts(9) }))).toBe(true);
		const images = { "big.png": Buffer.alloc(6 * 1024 * 1024).toString("base64") };
		expect(await isTaken(fileMap({ "app.tsx": app }, images))).toBe(false);
	});

	test("paths at the limit, with what compiling adds to them", async () => {
		const path = (ending: string, chars: number) =>
			`${"a/".repeat(20)}${"b".repeat(chars - 40 - ending.length)}${ending}`;
		const withStyle = (style: string) => ({ "app.tsx": `import "./${style}";\n${app}`, [style]: "p { margin: 0; }\n" });
		expect(await isTaken(fileMap(withStyle(path(".css", limits.pathChars - 3))))).toBe(true);
		expect(await isTaken(fileMap(withStyle(path(".css", limits.pathChars))))).toBe(false);
	});

	test.each(["a/b", "data", "Con.txt", "x/nul.json", "App.TSX", "_freehold/x.js", "a /b.txt", "a./b.txt"])(
		"a name some system refuses: %s",
		async (path) => {
			expect(await isTaken(fileMap({ "app.tsx": app, "a/b/c.txt": "x", "data/rows.json": "[]", [path]: "x" }))).toBe(
				false,
			);
		},
	);
});

test("a version from before the gate knew a problem can still be served", async () => {
	const late = await checkFiles(
		fileMap({ "app.tsx": 'export default function App() {\n\treturn <img src="https://e.example/a.png" />;\n}\n' }),
	);
	expect(late.problems.length).toBe(1);
	expect(late.canBeServed).toBe(true);
	expect((await checkFiles(fileMap({ "app.tsx": "export default (" }))).canBeServed).toBe(false);
});
