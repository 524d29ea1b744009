import { describe, expect, test } from "vitest";
import type { AppFile, FileOp } from "#schema/files.ts";
import { applyFileOps } from "#studio/files/apply.ts";
import { checkFiles } from "#studio/files/check.ts";
import { guestbook, guestbookChange } from "../../support/model-server/guestbook.ts";
import type { Step } from "../../support/model-server/transcript.ts";
import { chooseTranscript } from "../../support/model-server/transcripts.ts";

const filesOf = (contents: Record<string, string>) =>
	new Map(
		Object.entries(contents).map(([path, content]): [string, AppFile] => [path, { path, encoding: "utf8", content }]),
	);
const check = (contents: Record<string, string>) => checkFiles(filesOf(contents));
const app = "export default function App() {\n\treturn <p>Hi</p>;\n}\n";

async function served(contents: Record<string, string>) {
	const { problems, compiled } = await check(contents);
	expect(problems).toEqual([]);
	return Object.fromEntries(compiled.map((file) => [file.path, new TextDecoder().decode(file.body)]));
}

async function problemsOf(contents: Record<string, string>) {
	const { problems } = await check(contents);
	for (const problem of problems) expect(problem.message.length).toBeGreaterThan(20);
	return problems.map(({ path, line, code }) => `${path}:${line ?? "-"} ${code}`);
}

const opsOf = (steps: readonly Step[]) =>
	steps.flatMap((step): FileOp[] => {
		if (step.do !== "tool" || !("input" in step)) return [];
		const input = step.input as Record<string, string>;
		const { path = "", content = "", find = "", replace = "" } = input;
		if (step.name === "write_file") return [{ kind: "write", path, content }];
		return step.name === "edit_file" ? [{ kind: "edit", path, find, replace }] : [];
	});

describe("code", () => {
	test("TSX becomes JavaScript under its served name, line by line", async () => {
		const out = await served({
			"app.tsx":
				'import { useState } from "react";\nimport type { Row } from "./model";\nimport { List } from "./components/List";\n\ninterface P { a: number }\n\nexport default function App() {\n\tconst [rows] = useState<Row[]>([]);\n\tthrow new Error("line 9");\n}\n',
			"components/List.tsx": 'import { sort } from "../model.js";\nexport const List = () => <ul>{sort([])}</ul>;\n',
			"model.ts": "export interface Row { id: string }\nexport const sort = (rows: Row[]): Row[] => rows;\n",
		});
		expect(Object.keys(out).sort()).toEqual(["app.js", "components/List.js", "model.js"]);
		expect(out["app.js"]).not.toContain("interface");
		expect(out["app.js"]?.split("\n")[8]).toContain("line 9");
		expect(out["components/List.js"]).toContain('from "../model.js"');
		expect(out["components/List.js"]).toContain('from "react/jsx-runtime"');
	});

	test("names the source of each compiled file", async () => {
		const { compiled } = await check({ "app.tsx": app });
		expect(compiled).toMatchObject([{ path: "app.js", source: "app.tsx" }]);
	});

	test("finds extensions and index files, and every form of import", async () => {
		const out = await served({
			"app.tsx":
				'import "./side";\nimport * as all from "./lib";\nexport * from "./types";\nexport { a as b } from "./lib/deep/c.ts";\nconst later = () => import("./later");\nconsole.log(all, import.meta.url);\nexport default later;\n',
			"side.js": "globalThis.side = 1;\n",
			"lib/index.ts": 'export { a } from "./deep/c";\n',
			"lib/deep/c.ts": 'import "/side.js";\nexport const a = 1;\n',
			"types.ts": "export type A = 1;\n",
			"later.jsx": "export const x = <i />;\n",
		});
		for (const name of ['"./side.js"', '"./lib/index.js"', '"./types.js"', '"./lib/deep/c.js"', 'import("./later.js")'])
			expect(out["app.js"]).toContain(name);
		expect(out["lib/deep/c.js"]).toContain('"../../side.js"');
	});

	test("CSS, JSON and images are imported as small modules", async () => {
		const { problems, compiled } = await checkFiles(
			new Map([
				...filesOf({
					"app.tsx":
						'import "./styles.css";\nimport rows from "./rows.json" with { type: "json" };\nimport logo from "./img/logo.png";\nexport default () => <img src={logo} alt={rows[0].a} />;\n',
					"styles.css": "p { color: red; }\n",
					"rows.json": '[{"a": "</script>\u2028", "__proto__": {"x": 1}}]',
				}),
				["img/logo.png", { path: "img/logo.png", encoding: "base64", content: "iVBORw0KGgo=" }],
			]),
		);
		expect(problems).toEqual([]);
		const out = Object.fromEntries(compiled.map((file) => [file.path, new TextDecoder().decode(file.body)]));
		expect(Object.keys(out).sort()).toEqual([
			"app.js",
			"img/logo.png",
			"img/logo.png.js",
			"rows.json",
			"rows.json.js",
			"styles.css",
			"styles.css.js",
		]);
		expect(out["app.js"]).toContain('import rows from "./rows.json.js";');
		expect(out["styles.css.js"]).toContain("stylesheet");
		const module = (await import(`data:text/javascript,${encodeURIComponent(out["rows.json.js"] ?? "")}`)) as {
			default: object[];
		};
		expect(Object.hasOwn(module.default[0] ?? {}, "__proto__")).toBe(true);
		expect(compiled.find((file) => file.path === "img/logo.png")?.body).toEqual(
			new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		);
	});

	test("server.ts and what only it imports are not served", async () => {
		const out = await served({
			"app.tsx": 'import { both } from "./both";\nexport default () => <p>{both}</p>;\n',
			"server.ts":
				'import { secret } from "./private";\nimport { both } from "./both";\nimport table from "./table.json";\nexport default { fetch: () => new Response(secret + both + table) };\n',
			"private.ts": 'import "./deeper";\nexport const secret = 1;\n',
			"deeper.ts": "export {};\n",
			"both.ts": "export const both = 2;\n",
			"table.json": "[1]",
		});
		expect(Object.keys(out).sort()).toEqual(["app.js", "both.js"]);
	});

	test("says what is wrong, and where", async () => {
		expect(await problemsOf({ "app.tsx": "export default function App() {\n\treturn (\n\t\t<main>\n" })).toEqual([
			"app.tsx:4 syntax",
		]);
		expect(await problemsOf({ "app.tsx": "export const a = 1;\n" })).toEqual(["app.tsx:- no_default_export"]);
		expect(await problemsOf({ "src/App.tsx": app })).toEqual(["src/App.tsx:- no_entry"]);
		expect(await problemsOf({})).toEqual(["app.tsx:- no_entry"]);
		expect(
			await problemsOf({
				"app.tsx": `import { format } from "date-fns";\n\nimport x from "./gone";\nimport "../out";\nimport "https://cdn.example/x.js";\nimport fs from "node:fs";\nfs(format, x);\n${app}`,
			}),
		).toEqual([
			"app.tsx:1 unknown_import",
			"app.tsx:3 missing_file",
			"app.tsx:4 unknown_import",
			"app.tsx:5 unknown_import",
			"app.tsx:6 unknown_import",
		]);
		expect(
			await problemsOf({ "app.tsx": `const n = "a";\nimport("./" + n);\nimport(\`./\${n}.ts\`);\n${app}` }),
		).toEqual(["app.tsx:2 dynamic_import", "app.tsx:3 dynamic_import"]);
		expect(await problemsOf({ "app.tsx": app, "app.js": "1;\n" })).toEqual(["app.js:- same_served_path"]);
		expect(await problemsOf({ "app.tsx": app, "rows.json": "[1," })).toEqual(["rows.json:- syntax"]);
		expect(await problemsOf({ "app.tsx": app, "a.bin.ts": "a\0b" })).toEqual(["a.bin.ts:- binary"]);
		expect(await problemsOf({ "app.tsx": app, "App.TSX": app })).toContain("App.TSX:- case_collision");
		expect(await problemsOf({ "app.tsx": `import "toString";\nimport "__proto__";\n${app}` })).toEqual([
			"app.tsx:1 unknown_import",
			"app.tsx:2 unknown_import",
		]);
	});
});

describe("pages", () => {
	const page = (body: string, head = "") =>
		`<!doctype html>\n<html>\n<head>${head}</head>\n<body>\n${body}\n</body>\n</html>\n`;

	test("inline scripts move into files, with their line numbers", async () => {
		const out = await served({
			"index.html": page(
				'<p>a</p>\n<script>\nconsole.log(1 < 2);\n</script>\n<script type="module">import { a } from "./lib.ts"; a();</script>\n<script type="application/json">{"a": 1}</script>',
			),
			"lib.ts": "export const a = (x?: number) => x;\n",
		});
		expect(Object.keys(out).sort()).toEqual(["index.html", "index.inline-1.js", "index.inline-2.js", "lib.js"]);
		expect(out["index.html"]).toContain('<script src="/index.inline-1.js"></script>');
		expect(out["index.html"]).toContain('<script type="module" src="/index.inline-2.js"></script>');
		expect(out["index.html"]).toContain('{"a": 1}');
		expect(out["index.inline-1.js"]?.split("\n")[6]).toBe("console.log(1 < 2);");
		expect(out["index.inline-2.js"]).toContain('"./lib.js"');
	});

	test("a script that is a source is named as it is served", async () => {
		const out = await served({
			"index.html": page('<p>a</p><script type="module" src="main.tsx"></script>'),
			"main.tsx": "document.title = `a`;\n",
		});
		expect(out["index.html"]).toContain('src="/main.js"');
	});

	test("what reaches out, or runs outside files, is a problem", async () => {
		const lines = [
			'<script src="https://cdn.tailwindcss.com"></script>',
			'<img src="//evil.example/a.png">',
			'<img srcset="a.png 1x, https://e.example/b.png 2x">',
			'<button onclick="go()">x</button>',
			'<a href="java&#09;script:alert(1)">x</a>',
			'<form action="https://e.example/steal"></form>',
			'<iframe src="x.html"></iframe>',
			"<style>p { background: url(https://e.example/x.png) }</style>",
			'<p style="background: url(//e.example/x)">x</p>',
			"<svg><image href='\\\\e.example\\x.png' /></svg>",
			'<link rel="stylesheet" href="gone.css">',
			"<template><img src=https://e.example/t></template>",
			'<a href="https://example.org">a link is fine</a>',
			'<img src="data:image/png;base64,AA==">',
		];
		expect(await problemsOf({ "index.html": lines.join("\n"), "a.png": "x" })).toEqual([
			"index.html:1 external",
			"index.html:2 external",
			"index.html:3 external",
			"index.html:4 inline_handler",
			"index.html:5 inline_handler",
			"index.html:6 external",
			"index.html:7 markup",
			"index.html:8 external",
			"index.html:9 external",
			"index.html:10 external",
			"index.html:11 missing_file",
			"index.html:12 external",
		]);
		expect(
			await problemsOf({
				"index.html": page(
					"",
					'<base href="/x/"><meta http-equiv=" Refresh" content="0;url=https://e.example"><script type="importmap">{}</script>',
				),
			}),
		).toEqual(["index.html:3 markup", "index.html:3 markup", "index.html:3 markup"]);
	});

	test("scripts that nothing would run are a problem", async () => {
		expect(
			await problemsOf({ "index.html": '<script type="text/babel">const a = <b/>;</script>\n<script>go();' }),
		).toEqual(["index.html:1 markup", "index.html:2 markup"]);
		expect(await problemsOf({ "app.tsx": `// require("x")\nimport fs = require("fs");\nfs;\n${app}` })).toEqual([
			"app.tsx:2 unsupported_import",
		]);
		expect(await problemsOf({ "app.tsx": `const {\n\ta } = require("./a");\n${app}` })).toEqual([
			"app.tsx:2 unsupported_import",
		]);
		expect(await problemsOf({ "app.tsx": `const text = 'const a = require("b")';\n${app}` })).toEqual([]);
	});

	test("nesting beyond any sense is a problem and not a crash", async () => {
		expect(await problemsOf({ "index.html": "<div>".repeat(60_000) })).toEqual(["index.html:1 markup"]);
		expect(await problemsOf({ "app.tsx": `export default ${"(".repeat(60_000)}` })).toEqual(["app.tsx:- syntax"]);
		const css = await problemsOf({ "app.tsx": app, "a.css": `a{b:${"(".repeat(200_000)}` });
		expect(css.every((problem) => problem === "a.css:1 css")).toBe(true);
		expect(await problemsOf({ "app.tsx": app, "a.json": "[".repeat(200_000) })).toEqual(["a.json:- syntax"]);
	});

	test("a stylesheet of nothing but errors ends soon", async () => {
		expect(await problemsOf({ "app.tsx": app, "a.css": "}{".repeat(150_000) })).toEqual(["a.css:1 css"]);
	});

	test("stylesheets fetch only what the app has", async () => {
		const css =
			'@import "https://fonts.example/x.css";\n@import url(./more.css);\na { background: url("img.png") }\nb { background: url(gone.png) }\n@font-face { src: url(//e.example/f.woff2) }\nc { background: image-set("https://e.example/i.png" 1x); mask: url(data:image/png;base64,AA==) }\n@namespace svg url(http://www.w3.org/2000/svg);\nd { --x: url(http://e.example/y) }\n';
		expect(await problemsOf({ "app.tsx": app, "styles.css": css, "more.css": "", "img.png": "x" })).toEqual([
			"styles.css:1 external",
			"styles.css:4 missing_file",
			"styles.css:5 external",
			"styles.css:6 external",
			"styles.css:8 external",
		]);
	});
});

describe("credentials", () => {
	// put together here, so that no scanner takes this file for a leak
	const join = (...parts: string[]) => parts.join("");
	const planted: Record<string, string> = {
		stripe: `const k = "${join("sk_", "live_", "51Hq0ZkT9xWcVb7NmL3p")}";`,
		anthropic: join("// sk-", "ant-api03-", "AbCdEf0123456789AbCdEf"),
		aws: `key: ${join("AKIA", "IOSFODNN7EXAMPLE")}`,
		openai: `class="sk-folding-cube-animation-wrapper-with-a-name" ${join("sk-", "proj-", "aB3dEfGh1JkLmN0pQrStUvWxYz12345")}`,
		github: join("ghp", "_0123456789abcdefghijABCDEFGHIJ0123456789"),
		pem: "-----BEGIN RSA PRIVATE KEY-----",
		address: "postgres://admin:hunter2x@db.example.org/x",
		jwt: join("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0", ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9"),
		assigned: 'const apiKey = "9f8Qz7Lk2mXv4Bn6Ty1Wc3Re5Ui0Op";',
		header: '{"x-auth-token": "9f8Qz7Lk2mXv4Bn6Ty1Wc3Re5Ui0Op"}',
	};

	test.each(Object.keys(planted))("finds %s, and does not repeat it", async (name) => {
		const line = planted[name] ?? "";
		const { problems } = await check({ "app.tsx": app, "notes.txt": `first\n${"x".repeat(4000)} ${line}\n` });
		expect(problems.map(({ path, line: at, code }) => `${path}:${at} ${code}`)).toEqual(["notes.txt:2 credential"]);
		expect(problems[0]?.message).not.toContain(line.slice(-12));
	});

	test("ordinary code is not taken for a secret", async () => {
		const lines = [
			'const tokenPlaceholder = "Paste your access token here";',
			'const passwordLabel = "correct-horse-battery-staple";',
			'<input type="password" name="password" autocomplete="current-password" />',
			'const secretKeyName = "MY_APP_SECRET_NAME_FOR_MAIL";',
			"const headers = { authorization: `Bearer ${token}`, key: '{{secret:MAIL_KEY}}' };",
			'const id = "rec_0123456789abcdef0123456789abcdef";',
			'const image = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk";',
			'<div class="sk-folding-cube-animation-wrapper-with-a-long-name"></div>',
			'import { task } from "./task-sketch-of-something-quite-long-and-hyphenated";',
		];
		expect(await problemsOf({ "app.tsx": app, "notes.md": lines.join("\n") })).toEqual([]);
	});
});

describe("what the played model writes", () => {
	test("the guestbook passes, and so does its change", async () => {
		const first = applyFileOps(new Map(), opsOf(guestbook));
		expect(first.refused).toEqual([]);
		expect((await checkFiles(first.files)).problems).toEqual([]);
		const second = applyFileOps(first.files, opsOf(guestbookChange));
		expect(second.refused).toEqual([]);
		const checked = await checkFiles(second.files);
		expect(checked.problems).toEqual([]);
		expect(checked.entry).toBe("module");
	});

	test.each([
		["long", []],
		["bad-import", ["unknown_import"]],
		["credential", ["credential"]],
		["traversal", ["no_entry"]],
	])("%s", async (name, codes) => {
		const transcript = chooseTranscript(`play-${name}`, 0, "");
		if (!("steps" in transcript)) throw new Error("not played");
		const { files } = applyFileOps(new Map(), opsOf(transcript.steps));
		expect((await checkFiles(files)).problems.map(({ code }) => code)).toEqual(codes);
	});
});
