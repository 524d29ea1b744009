import fc from "fast-check";
import { expect, test } from "vitest";
import { TextOps } from "../../../workers/ai-gateway/text-ops.ts";

const read = (text: string, size = text.length || 1) => {
	const ops = new TextOps();
	const events = [];
	for (let at = 0; at < text.length; at += size) events.push(...ops.feed(text.slice(at, at + size)));
	return [...events, ...ops.end()];
};
const opsOf = (text: string) => read(text).flatMap((event) => (event.type === "op" ? [event.op] : []));

test("reads every kind of block", () => {
	const text = [
		"Here it is.",
		'### set_app {"name": "A"}',
		"### write `app.tsx`",
		"````tsx",
		"const md = `",
		"```",
		"`;",
		"````",
		"### edit a.css",
		"<<<<<<< SEARCH",
		"### write not/this",
		"=======",
		"b",
		">>>>>>> REPLACE",
		"<<<<<<< SEARCH",
		"c",
		"=======",
		">>>>>>> REPLACE",
		"### delete old.ts",
		"### finish All",
		"done.",
	].join("\n");
	expect(opsOf(text)).toEqual([
		{ kind: "set_app", name: "A" },
		{ kind: "write", path: "app.tsx", content: "const md = `\n```\n`;\n" },
		{ kind: "edit", path: "a.css", find: "### write not/this", replace: "b" },
		{ kind: "edit", path: "a.css", find: "c", replace: "" },
		{ kind: "delete", path: "old.ts" },
		{ kind: "finish", summary: "All\ndone." },
	]);
	expect(read(text)[0]).toEqual({ type: "text", text: "Here it is.\n" });
});

test("unfinished and unfit blocks are told, and change nothing", () => {
	for (const text of [
		"### write a.ts\n```\nabc",
		"### write a.ts\nno fence",
		"### edit a.ts\n<<<<<<< SEARCH\nx",
		"### write ../a.ts\n```\n```",
		"### set_app nope",
		"### ask",
	]) {
		expect(
			read(text)
				.map((event) => event.type)
				.filter((type) => type === "op"),
			text,
		).toEqual([]);
		expect(
			read(text).some((event) => event.type === "invalid_op"),
			text,
		).toBe(true);
	}
});

test("where the stream is cut into pieces makes no difference", () => {
	const text = "Hi\n### write a.ts\n```ts\nlet a = 1;\r\n```\n### finish Ok\n";
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 12 }), (size) => {
			expect(read(text, size)).toEqual(read(text));
		}),
	);
});
