// Host names, paths and file names: the pure decisions of the app origin.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeLabel } from "#schema/ids.ts";
import { mediaTypeOf } from "#schema/media-types.ts";
import { packBundle } from "../../../sandbox-host/bundle.ts";
import { isInert, isServable } from "../../../sandbox-host/content-type.ts";
import { fileOfPath, labelOfHost } from "../../../sandbox-host/hosts.ts";
import { makeRecordIds } from "../../../sandbox-host/record-ids.ts";
import { readToken, sessionCookie } from "../../../sandbox-host/session-cookie.ts";

const suffix = ".us-east.apps.localhost";

describe("labelOfHost", () => {
	test("reads the label, in any case", () => {
		const label = makeLabel();
		expect(labelOfHost(label + suffix, suffix)).toBe(label);
		expect(labelOfHost((label + suffix).toUpperCase(), suffix)).toBe(label);
	});
	test("refuses every other spelling of a host", () => {
		const label = makeLabel();
		const others = [
			`${label}${suffix}.`,
			`${label}.eu-west.apps.localhost`,
			`a.${label}${suffix}`,
			suffix.slice(1),
			`xn--${label}${suffix}`,
			`${label.slice(1)}${suffix}`,
			`${label}a${suffix}`,
			`${label}.us-east.apps.localhost.evil.example`,
			label,
			"",
		];
		for (const other of others) expect(labelOfHost(other, suffix), other).toBeNull();
	});
});

describe("fileOfPath", () => {
	test("reads plain paths", () => {
		expect(fileOfPath("/")).toBe("index.html");
		expect(fileOfPath("/a/b.js")).toBe("a/b.js");
		expect(fileOfPath("/my%20file.css")).toBe("my file.css");
	});
	test("refuses what can be read in two ways", () => {
		for (const path of [
			"/a%2fb",
			"/a%2Fb",
			"/a%5cb",
			"/a\\b",
			"/%00",
			"/%0a",
			"/%zz",
			"/%2e%2e/x",
			"/../x",
			"/a/../b",
		]) {
			expect(fileOfPath(path), path).toBeNull();
		}
	});
	test("never yields a dot segment, a backslash or a control character", () =>
		fc.assert(
			fc.property(fc.string(), (text) => {
				const file = fileOfPath(`/${text}`);
				if (file === null) return;
				expect(file.split("/")).not.toContain("..");
				expect(Array.from(file).some((character) => character === "\\" || character < " ")).toBe(false);
			}),
		));
});

describe("what is served", () => {
	test("server functions and uncompiled sources are never served", () => {
		for (const path of ["server.ts", "server.js", "SERVER.JS", "app.tsx", "lib/model.ts", "a.jsx", "b.mts"]) {
			expect(isServable(path), path).toBe(false);
		}
		for (const path of ["app.js", "index.html", "lib/server.js", "a.css"]) expect(isServable(path), path).toBe(true);
	});
	test("a type follows from the name, and what is unknown is opaque", () => {
		expect(mediaTypeOf("a.HTML")).toBe("text/html; charset=utf-8");
		expect(mediaTypeOf("a.constructor")).toBe("application/octet-stream");
		expect(mediaTypeOf("a.xhtml")).toBe("application/octet-stream");
		expect(mediaTypeOf("README")).toBe("application/octet-stream");
		expect(isInert("a.svg") && isInert("b.pdf") && isInert("c.xml")).toBe(true);
	});
});

describe("packBundle", () => {
	const bytes = (text: string) => new TextEncoder().encode(text);
	const file = (path: string, text: string, extra = {}) => ({ path, body: bytes(text), ...extra });
	const bundle = (files: unknown[], entry = "module") => ({
		title: "T",
		versionId: `ver_${"0".repeat(32)}`,
		entry,
		files,
	});
	test("lays files one after the other and keeps where they lie", async () => {
		const files = [
			file("app.js", "one", { source: "app.tsx" }),
			file("__proto__", "zwei"),
			file("server.js", "secret"),
		];
		const packed = await packBundle(bundle(files), "b1");
		expect(packed.ok).toBe(true);
		if (!packed.ok) return;
		expect(new TextDecoder().decode(packed.value.pack)).toBe("onezwei");
		expect(packed.value.index.files.map(({ path, at, size }) => [path, at, size])).toEqual([
			["app.js", 0, 3],
			["__proto__", 3, 4],
		]);
		expect(packed.value.index.sources).toEqual([{ path: "app.js", source: "app.tsx" }]);
	});
	test("refuses what is no bundle", async () => {
		const bad: [unknown, string][] = [
			[null, "invalid"],
			[bundle([]), "invalid"],
			[bundle([file("app.js", "")], "html"), "invalid"],
			[bundle([file("app.js", ""), file("../up.js", "")]), "invalid"],
			[bundle([file("app.js", ""), file("_freehold/x.js", "")]), "invalid"],
			[bundle([file("app.js", ""), file("app.js", "")]), "invalid"],
			[{ ...bundle([file("app.js", "")]), extra: 1 }, "invalid"],
			[bundle([file("app.js", ""), { ...file("big.png", ""), body: new Uint8Array(9 * 1024 * 1024) }]), "too_large"],
			[bundle(Array.from({ length: 401 }, (_, at) => file(`f${at}.js`, ""))), "too_large"],
		];
		for (const [input, reason] of bad) expect(await packBundle(input, "b1")).toEqual({ ok: false, reason });
	});
});

test("record ids sort as they are made, also when the clock stands or goes back", () => {
	let now = 1_000_000;
	const next = makeRecordIds(() => now);
	const ids = Array.from({ length: 70_000 }, (_, at) => {
		if (at % 1000 === 0) now -= 1;
		return next();
	});
	expect(ids.every((id) => /^rec_[0-9a-f]{32}$/.test(id))).toBe(true);
	expect([...ids].sort()).toEqual(ids);
	expect(new Set(ids).size).toBe(ids.length);
});

test("the session cookie is read back, and two of them are none", () => {
	const token = "a".repeat(43);
	const set = sessionCookie(token, 60);
	for (const flag of ["Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"]) expect(set).toContain(flag);
	expect(set).toMatch(/^__Host-/);
	expect(set).not.toMatch(/domain/i);
	const pair = set.split(";")[0];
	const withCookie = (cookie: string) => new Request("http://x/", { headers: { Cookie: cookie } });
	expect(readToken(withCookie(`a=b; ${pair}`))).toBe(token);
	expect(readToken(withCookie(`${pair}; ${pair}`))).toBeNull();
	expect(readToken(withCookie(`${pair}x`))).toBeNull();
	expect(readToken(new Request("http://x/"))).toBeNull();
});
