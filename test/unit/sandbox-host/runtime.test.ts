// The pure parts of the browser code in an app's page.
import { describe, expect, test } from "vitest";
import { AppMessage, StudioMessage } from "#schema/bridge.ts";
import { findPlace, renameInStack } from "../../../sandbox-host/runtime/source-names.ts";
import { readStudioMessage } from "../../../sandbox-host/runtime/studio-message.ts";

const origin = "http://label.us-east.apps.localhost:8787";
const sources = new Map([["app.js", "app.tsx"]]);

describe("places in the app's own files", () => {
	test("are named as the person knows them", () => {
		expect(findPlace(`${origin}/app.js:12:5`, origin, sources)).toEqual({ file: "app.tsx", line: 12, column: 5 });
		expect(findPlace(`${origin}/lib/a%20b.js?x=1:3:4`, origin, sources)).toEqual({
			file: "lib/a b.js",
			line: 3,
			column: 4,
		});
	});
	test("pass over our own code and other origins", () => {
		const stack = `Error: x\n at a (${origin}/_freehold/lib/bridge.A.js:1:2)\n at App (${origin}/app.js:7:9)`;
		expect(findPlace(stack, origin, sources)).toEqual({ file: "app.tsx", line: 7, column: 9 });
		expect(findPlace("at http://other.example/app.js:1:1", origin, sources)).toBeNull();
		expect(renameInStack(stack, origin, sources)).toContain("at App (app.tsx:7:9)");
	});
});

describe("messages", () => {
	const code = "c".repeat(43);
	test("of the studio page are read as the schema says", () => {
		for (const message of [
			{ type: "freehold:code", code },
			{ type: "freehold:refused" },
			{ source: "freehold-studio", v: 1, type: "freehold:code", code },
		]) {
			expect(StudioMessage.safeParse(message).success).toBe(true);
			expect(readStudioMessage(message)).not.toBeNull();
		}
	});
	test("of any other form are none", () => {
		const inherited = Object.create({ type: "freehold:code", code });
		for (const message of [
			null,
			"x",
			{},
			inherited,
			{ type: "freehold:code" },
			{ type: "freehold:code", code: "short" },
			{ type: "x", code },
		]) {
			expect(readStudioMessage(message)).toBeNull();
		}
	});
	test("of an app are bounded and strict", () => {
		const report = {
			source: "freehold-app",
			v: 1,
			type: "report",
			kind: "error",
			message: "m",
			stack: "",
			place: null,
		};
		expect(AppMessage.safeParse(report).success).toBe(true);
		for (const bad of [
			{ ...report, source: "other" },
			{ ...report, v: 2 },
			{ ...report, extra: 1 },
			{ ...report, message: "m".repeat(2001) },
			{ ...report, kind: "html" },
			{ ...report, place: { file: "a", line: -1, column: 0 } },
			JSON.parse('{"source":"freehold-app","v":1,"type":"ready","__proto__":{"x":1}}'),
		]) {
			expect(AppMessage.safeParse(bad).success).toBe(false);
		}
	});
});
