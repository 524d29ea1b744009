import fc from "fast-check";
import { strFromU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import type { AppFile } from "#schema/files.ts";
import { makeManifest, packFiles, unpackFiles } from "#studio/files/pack.ts";
import { zipApp } from "#studio/files/zip.ts";

const mapOf = (files: AppFile[]) => new Map(files.map((file) => [file.path, file]));
const path = fc
	.stringMatching(/^[a-zA-Z0-9_@]{1,6}(\/[a-z0-9-]{1,6}){0,2}\.(ts|css|png)$/)
	.filter(
		(name) =>
			!/^(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)|\/(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)|-/i.test(name) &&
			!/^_freehold/i.test(name),
	);
const file = fc.oneof(
	fc.record({ path, encoding: fc.constant("utf8" as const), content: fc.string({ unit: "grapheme" }) }),
	fc.record({
		path,
		encoding: fc.constant("base64" as const),
		content: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("base64")),
	}),
);
const files = fc.uniqueArray(file, { selector: ({ path: name }) => name.toLowerCase(), maxLength: 12 });

test("a pack opens to the same files", () => {
	fc.assert(
		fc.property(files, (list) => {
			const opened = unpackFiles(packFiles(mapOf(list)));
			expect([...opened.values()].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
				[...list].sort((a, b) => (a.path < b.path ? -1 : 1)),
			);
		}),
	);
});

test("equal files make equal packs, in whatever order", () => {
	fc.assert(
		fc.property(files, (list) => {
			expect(Buffer.from(packFiles(mapOf(list))).equals(Buffer.from(packFiles(mapOf([...list].reverse()))))).toBe(true);
		}),
	);
});

test("a pack with a foreign name, or one that swells, does not open", () => {
	const bytes = new TextEncoder().encode("x");
	for (const name of ["t/../a.ts", "t//etc/passwd", "x/a.ts", "a.ts", "t/_freehold/a.js"]) {
		expect(() => unpackFiles(zipSync({ [name]: bytes }))).toThrow(TypeError);
	}
	expect(() => unpackFiles(zipSync({ "t/a.ts": new Uint8Array(20 * 1024 * 1024) }))).toThrow(RangeError);
	expect(() => unpackFiles(bytes)).toThrow();
});

test("a manifest is keyed, sorted, and tells what changed", async () => {
	const key = async (text: string) => {
		const made = await crypto.subtle.importKey(
			"raw",
			new TextEncoder().encode(text.padEnd(32)),
			{ name: "HMAC", hash: "SHA-256" },
			false,
			["sign"],
		);
		return async (bytes: Uint8Array) =>
			Buffer.from(await crypto.subtle.sign("HMAC", made, new Uint8Array(bytes))).toString("hex");
	};
	const text = (name: string, content: string): AppFile => ({ path: name, encoding: "utf8", content });
	const before = await makeManifest(mapOf([text("b.ts", "é"), text("a.ts", "1"), text("c.ts", "3")]), await key("one"));
	const now = await makeManifest(mapOf([text("b.ts", "é"), text("a.ts", "2"), text("d.ts", "3")]), await key("one"));
	const other = await makeManifest(mapOf([text("b.ts", "é")]), await key("two"));
	expect(before.files.map((one) => [one.path, one.sizeBytes])).toEqual([
		["a.ts", 1],
		["b.ts", 2],
		["c.ts", 1],
	]);
	const hashes = ({ files }: typeof before) => Object.fromEntries(files.map(({ path, hash }) => [path, hash]));
	expect(hashes(now)["b.ts"]).toBe(hashes(before)["b.ts"]);
	expect(hashes(now)["a.ts"]).not.toBe(hashes(before)["a.ts"]);
	expect(other.files[0]?.hash).not.toBe(before.files[1]?.hash);
});

test("the download holds the sources under their own names", () => {
	const zip = zipApp(
		mapOf([
			{ path: "app.tsx", encoding: "utf8", content: "export default 1" },
			{ path: "img/a.png", encoding: "base64", content: "iVBORw0KGgo=" },
		]),
	);
	const opened = unzipSync(zip);
	expect(Object.keys(opened)).toEqual(["app.tsx", "img/a.png"]);
	expect(strFromU8(opened["app.tsx"] ?? new Uint8Array())).toBe("export default 1");
	expect([...(opened["img/a.png"] ?? [])]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
});
