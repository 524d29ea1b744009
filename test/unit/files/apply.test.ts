import fc from "fast-check";
import { expect, test } from "vitest";
import { type AppFile, type FileOp, FilePath, limits } from "#schema/files.ts";
import { applyFileOps } from "#studio/files/apply.ts";

const filesOf = (contents: Record<string, string>) =>
	new Map(
		Object.entries(contents).map(([path, content]): [string, AppFile] => [path, { path, encoding: "utf8", content }]),
	);
const after = (content: string, find: string, replace: string) => {
	const { files, refused } = applyFileOps(filesOf({ "a.ts": content }), [
		{ kind: "edit", path: "a.ts", find, replace },
	]);
	return refused[0]?.reason ?? files.get("a.ts")?.content;
};

test("writes, edits and deletes in order, and leaves what it was given alone", () => {
	const before = filesOf({ "app.tsx": "one", "old.ts": "x" });
	const ops: FileOp[] = [
		{ kind: "write", path: "b.ts", content: "two" },
		{ kind: "edit", path: "b.ts", find: "two", replace: "three" },
		{ kind: "delete", path: "old.ts" },
		{ kind: "finish", summary: "Done." },
	];
	const { files, applied, refused } = applyFileOps(before, ops);
	expect([...files.values()].map((file) => `${file.path}=${file.content}`)).toEqual(["app.tsx=one", "b.ts=three"]);
	expect(applied).toEqual(ops.slice(0, 3));
	expect(refused).toEqual([]);
	expect([...before.keys()]).toEqual(["app.tsx", "old.ts"]);
});

test("an edit must match exactly once", () => {
	expect(after("a b a", "b", "c")).toBe("a c a");
	expect(after("a b a", "a", "c")).toBe("many_matches");
	expect(after("aaa", "aa", "c")).toBe("many_matches");
	expect(after("a b", "z", "c")).toBe("no_match");
	const { refused } = applyFileOps(filesOf({ "a.ts": "x x" }), [
		{ kind: "edit", path: "a.ts", find: "x", replace: "y" },
	]);
	expect(refused[0]?.message).toContain("occurs 2 times in a.ts");
});

test("an exact match wins over looser ones, and twice is never guessed", () => {
	expect(after("  a();\na();\n", "  a();\n", "b();\n")).toBe("b();\na();\n");
	expect(after("\ta();\n  a();\n", "    a();", "b();")).toBe("many_matches");
});

test("trailing space, indentation and typography are forgiven, in that order", () => {
	expect(after("if (a) {  \n\tb();\t\n}\n", "if (a) {\n\tb();\n}", "c();")).toBe("c();\n");
	expect(after("\t\tif (a) {\n\t\t\tb();\n\t\t}\n", "if (a) {\n\tb();\n}", "if (a) {\n\tc();\n}")).toBe(
		"\t\tif (a) {\n\t\t\tc();\n\t\t}\n",
	);
	expect(after('say("it\u2019s \u2013 ok");\n', 'say("it\'s - ok");', "say();")).toBe("say();\n");
	expect(after("say(\u00a0\u201chi\u201d);\n", 'say( "hi");', "say();")).toBe("say();\n");
});

test("keeps the file's line breaks, and does not read $ in what it writes", () => {
	expect(after("a\r\nb\r\nc\r\n", "a\nb", "x\ny")).toBe("x\r\ny\r\nc\r\n");
	expect(after("a\nb\n", "a\n", "")).toBe("b\n");
	expect(after("price", "price", "$& $1 $$")).toBe("$& $1 $$");
	expect(after("a\n\n\nb", "  ", "x")).toBe("no_match");
});

test("refuses names that differ in case, files that are folders, and reserved names", () => {
	const before = filesOf({ "app.tsx": "a", "lib/b.ts": "b" });
	const reasons = (paths: string[]) =>
		applyFileOps(
			before,
			paths.map((path): FileOp => ({ kind: "write", path, content: "x" })),
		).refused.map(({ reason }) => reason);
	expect(reasons(["App.tsx", "lib", "app.tsx/c.ts", "LIB/b.ts"])).toEqual([
		"case_collision",
		"path_conflict",
		"path_conflict",
		"case_collision",
	]);
	expect(reasons(["con.ts", "a/NUL", "_freehold/x.js", "__proto__", "a/__proto__/b"])).toEqual(
		Array(5).fill("bad_path"),
	);
	expect(reasons(["lib/c.ts", "styles.css"])).toEqual([]);
});

test("refuses what is not text, not there, too large or too many", () => {
	const image: AppFile = { path: "a.png", encoding: "base64", content: "iVBORw0KGgo=" };
	const { refused } = applyFileOps(new Map([["a.png", image]]), [
		{ kind: "edit", path: "a.png", find: "i", replace: "j" },
		{ kind: "edit", path: "b.ts", find: "i", replace: "j" },
		{ kind: "delete", path: "c.ts" },
		{ kind: "write", path: "d.ts", content: "a\0b" },
		{ kind: "write", path: "e.ts", content: "\ud800" },
		{ kind: "write", path: "f.ts", content: "x".repeat(limits.fileChars + 1) },
	]);
	expect(refused.map(({ reason }) => reason)).toEqual([
		"not_text",
		"not_found",
		"not_found",
		"not_text",
		"not_text",
		"too_large",
	]);
	const many = Array.from(
		{ length: limits.filesPerApp + 1 },
		(_, at): FileOp => ({ kind: "write", path: `f${at}.ts`, content: "" }),
	);
	expect(applyFileOps(new Map(), many).refused.map(({ reason }) => reason)).toEqual(["too_many_files"]);
	const big = Array.from(
		{ length: 12 },
		(_, at): FileOp => ({ kind: "write", path: `f${at}.ts`, content: "x".repeat(limits.fileChars) }),
	);
	expect(applyFileOps(new Map(), big).refused.map(({ reason }) => reason)).toEqual(["too_large", "too_large"]);
});

const path = fc.stringMatching(/^[a-z]{1,3}(\/[a-z]{1,3})?\.ts$/);
const anyOp = fc.oneof(
	fc.record({ kind: fc.constant("write" as const), path, content: fc.string() }),
	fc.record({ kind: fc.constant("edit" as const), path, find: fc.string({ minLength: 1 }), replace: fc.string() }),
	fc.record({ kind: fc.constant("delete" as const), path }),
);

test("never touches a file that no operation names", () => {
	fc.assert(
		fc.property(fc.dictionary(path, fc.string()), fc.array(anyOp), (contents, ops) => {
			const before = filesOf(contents);
			const { files } = applyFileOps(before, ops);
			const named = new Set(ops.map((op) => op.path));
			for (const [name, file] of before) if (!named.has(name)) expect(files.get(name)).toBe(file);
			for (const name of files.keys()) expect(before.has(name) || named.has(name)).toBe(true);
		}),
	);
});

test("each file operation is applied or refused, never both, never lost", () => {
	fc.assert(
		fc.property(fc.array(anyOp), (ops) => {
			const { applied, refused } = applyFileOps(new Map(), ops);
			expect(new Set([...applied, ...refused.map(({ op }) => op)]).size).toBe(new Set(ops).size);
		}),
	);
});

test("no traversal, absolute, dotted or reserved path ever becomes a file", () => {
	const odd = fc.array(
		fc.constantFrom("..", ".", "", "a", "b.ts", "_freehold", "_Freehold", ".git", "a\\b", "c:", "a\0", "é", "a ", "x."),
		{
			minLength: 1,
			maxLength: 5,
		},
	);
	fc.assert(
		fc.property(odd, (parts) => {
			const name = parts.join("/");
			const { files } = applyFileOps(new Map(), [{ kind: "write", path: name, content: "x" }]);
			for (const made of files.keys()) {
				expect(FilePath.safeParse(made).success).toBe(true);
				expect(made.split("/").some((part) => part.startsWith(".") || part === "")).toBe(false);
				expect(made.toLowerCase().startsWith("_freehold")).toBe(false);
			}
		}),
	);
});
