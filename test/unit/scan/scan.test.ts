// The scanner finds what it must: a scan that finds nothing is worth what the scanner can find.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canaryOf, formsOf } from "../../../scripts/scan/forms.ts";
import { makeSearch } from "../../../scripts/scan/search.ts";
import { searchFolder } from "../../../scripts/scan/state-folder.ts";

const text = "Grüße, <Ada> & co.";
const canary = canaryOf("greeting", text);

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "freehold-scan-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const partsOf = () => searchFolder(folder, [canary]).hits.map(({ place, part }) => `${place}: ${part}`);

describe("a search", () => {
	it("finds base64 of the text inside any other bytes, in both alphabets", () => {
		const search = makeSearch([canary]);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (before, after) => {
				const bytes = Buffer.concat([before, canary.bytes, after]);
				for (const form of ["base64", "base64url"] as const) {
					expect(search(Buffer.from(bytes.toString(form))).length).toBeGreaterThan(0);
				}
			}),
		);
	});

	it.each([
		["as it is", text],
		["hex", Buffer.from(text).toString("hex")],
		["upper-case hex", Buffer.from(text).toString("hex").toUpperCase()],
		["URL-encoded", `?q=${encodeURIComponent(text)}`],
		["as a form sends it", new URLSearchParams({ q: text }).toString()],
		["every byte URL-encoded", [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")],
		["upper case", text.toUpperCase()],
		["lower case", text.toLowerCase()],
		["UTF-16", Buffer.from(text, "utf16le")],
		["UTF-16, the other way round", Buffer.from(text, "utf16le").swap16()],
		["as HTML", "Grüße, &lt;Ada&gt; &amp; co."],
		["as D1 returns a BLOB", JSON.stringify([1, ...Buffer.from(text), 2])],
		["reversed", Buffer.from(text).reverse()],
	])("finds the text %s", (_, bytes) => {
		const found = makeSearch([canary])(
			Buffer.concat([Buffer.from("before "), Buffer.from(bytes), Buffer.from(" after")]),
		);
		expect(found.map(({ canary: name }) => name)).toContain("greeting");
	});

	it("finds nothing in other text, and says where and how often it found something", () => {
		const search = makeSearch([canary, canaryOf("other", "another text")]);
		expect(search(Buffer.from("Grüße, Bob & co. ".repeat(1000)))).toEqual([]);
		expect(search(Buffer.from(`abc${text}${text}`))).toEqual([{ canary: "greeting", form: "plain", at: 3, count: 2 }]);
	});

	it("refuses a canary so short that chance would find it", () => {
		expect(() => canaryOf("short", "1234567")).toThrow(RangeError);
		expect(formsOf(canary).length).toBeGreaterThan(15);
	});
});

describe("a folder", () => {
	it("is searched in names of files, in gzip in the middle of a file, and in a zip inside a gzip", () => {
		writeFileSync(join(folder, "clean"), "nothing here");
		expect(partsOf()).toEqual([]);
		writeFileSync(join(folder, `a ${text.replaceAll(/[<>]/g, "")}`), "");
		expect(searchFolder(folder, [canaryOf("name", "Grüße, Ada")]).hits[0]?.place).toBe("(names of files)");
		writeFileSync(join(folder, "packed"), Buffer.concat([Buffer.from("head"), gzipSync(text)]));
		expect(partsOf()).toEqual(["packed: unpacked"]);
		writeFileSync(join(folder, "packed"), gzipSync(zipSync({ "a.txt": Buffer.from(text.repeat(20)) })));
		expect(partsOf()).toEqual(["packed: unpacked"]);
	});

	it("is searched in databases: long values row by row, and rows that were only written to the log", () => {
		const db = new DatabaseSync(join(folder, "a.sqlite"));
		db.exec("PRAGMA page_size = 512; PRAGMA journal_mode = WAL; CREATE TABLE notes(body TEXT)");
		const long = canaryOf("long", "0123456789".repeat(300));
		db.prepare("INSERT INTO notes VALUES (?)").run(Buffer.from(long.bytes).toString());
		const { hits } = searchFolder(folder, [long]);
		expect(hits.map(({ part }) => part)).toEqual(["table notes, column body"]);
		db.prepare("INSERT INTO notes VALUES (?)").run(text);
		db.exec("DELETE FROM notes");
		expect(partsOf()).toContain("a.sqlite-wal: bytes");
		db.close();
	});
});
