// What a framed app may tell the studio: from its own window and origin only, checked, bounded, and harmless as text.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	makeMessageFilter,
	outsideAddress,
	safeFileName,
} from "../../../workers/studio/ui/islands/lib/app-messages.ts";

const origin = "http://abc.us-east.apps.localhost:8787";
const appWindow = {} as Window;
const frame = { contentWindow: appWindow } as HTMLIFrameElement;
const log = (message: string) => ({
	source: "freehold-app",
	v: 1,
	type: "report",
	kind: "console_log",
	message,
	stack: "",
	place: null,
});
const event = (data: unknown, from: unknown = appWindow, at = origin) =>
	({ data, source: from, origin: at }) as MessageEvent;

describe("messages of a framed app", () => {
	test("are heard from the frame's own window and exact origin", () => {
		expect(makeMessageFilter(origin).accept(event(log("hello")), frame)).toMatchObject({ message: "hello" });
	});

	test("are not heard from another window, another origin, or without a frame", () => {
		const filter = makeMessageFilter(origin);
		expect(filter.accept(event(log("x"), {}), frame)).toBeNull();
		expect(filter.accept(event(log("x"), appWindow, "http://xyz.us-east.apps.localhost:8787"), frame)).toBeNull();
		expect(filter.accept(event(log("x"), appWindow, "null"), frame)).toBeNull();
		expect(filter.accept(event(log("x"), null), { contentWindow: null } as HTMLIFrameElement)).toBeNull();
		expect(filter.accept(event(log("x")), null)).toBeNull();
	});

	test("that do not fit the contract are dropped, whatever they are", () => {
		fc.assert(
			fc.property(fc.anything(), (data) => {
				expect(makeMessageFilter(origin).accept(event(data), frame)).toBeNull();
			}),
		);
		expect(makeMessageFilter(origin).accept(event({ ...log("x"), extra: 1 }), frame)).toBeNull();
		expect(makeMessageFilter(origin).accept(event(log("x".repeat(2001))), frame)).toBeNull();
		expect(makeMessageFilter(origin).accept(event(JSON.parse('{"__proto__":{"type":"ready"}}')), frame)).toBeNull();
	});

	test("are bounded in rate, and the dropped ones are counted", () => {
		let now = 0;
		const filter = makeMessageFilter(origin, () => now);
		const send = (count: number) =>
			Array.from({ length: count }, () => filter.accept(event(log("x")), frame)).filter(Boolean).length;
		expect(send(1000)).toBe(120);
		expect(filter.takeDropped()).toBe(880);
		expect(filter.takeDropped()).toBe(0);
		now += 1000;
		expect(send(1000)).toBe(20);
	});
});

describe("a file that an app offers", () => {
	test("cannot choose a folder, hide its ending, or start with a dot", () => {
		expect(safeFileName("../../etc/passwd")).toBe("-..-etc-passwd");
		expect(safeFileName("invoice\u202Efdp.exe")).toBe("invoicefdp.exe");
		expect(safeFileName(".bashrc")).toBe("bashrc");
		expect(safeFileName("...")).toBe("file");
		expect(safeFileName("a".repeat(500))).toHaveLength(120);
	});

	test("never keeps a separator or a control character", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (name) => {
				const safe = safeFileName(name);
				expect(safe).not.toMatch(/[/\\:]|\p{Cc}/u);
				expect(safe.length).toBeGreaterThan(0);
			}),
		);
	});
});

describe("a link that leaves an app", () => {
	test("is offered only for http and https, without a user name before the host", () => {
		expect(outsideAddress("https://example.com/a?b#c")?.host).toBe("example.com");
		for (const bad of [
			"javascript:alert(1)",
			"data:text/html,x",
			"blob:https://example.com/1",
			"file:///etc/passwd",
			"https://bank.example@evil.example/",
			"//example.com",
			"nonsense",
			"",
		]) {
			expect(outsideAddress(bad), bad).toBeNull();
		}
	});

	test("shows a look-alike host in its plain form", () => {
		expect(outsideAddress("https://аpple.com/")?.host).toBe("xn--pple-43d.com");
	});
});
