import fc from "fast-check";
import { expect, test } from "vitest";
import { PartialObject } from "../../../workers/ai-gateway/partial-json.ts";

const read = (pieces: string[]) => {
	const partial = new PartialObject();
	for (const piece of pieces) partial.feed(piece);
	return partial;
};

test("knows the path as soon as its quote closes, and the length so far", () => {
	expect(read(['{"path": "app']).text("path")).toBeUndefined();
	const partial = read(['{"path": "app.tsx", "content": "one\\ntw']);
	expect(partial.text("path")).toBe("app.tsx");
	expect(partial.chars("content")).toBe(6);
});

test("nested objects and later keys do not confuse it", () => {
	const partial = read([
		'{"a": {"path": "no"}, "b": ["path", "x"], "path": "yes", "content": "{\\"path\\": \\"no\\"}"}',
	]);
	expect(partial.text("path")).toBe("yes");
	expect(partial.chars("content")).toBe('{"path": "no"}'.length);
});

test("agrees with JSON.parse, wherever the pieces are cut", () => {
	fc.assert(
		fc.property(
			fc.string({ unit: "grapheme", maxLength: 60 }),
			fc.string({ unit: "grapheme" }),
			fc.boolean(),
			fc.integer({ min: 1, max: 7 }),
			(path, content, isAscii, size) => {
				const json = JSON.stringify({ path, content });
				const text = isAscii
					? json.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
					: json;
				const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
					text.slice(at * size, (at + 1) * size),
				);
				const partial = read(pieces);
				expect(partial.text("path")).toBe(path);
				expect(partial.chars("content")).toBe(content.length);
			},
		),
	);
});

test("anything at all may be fed", () => {
	fc.assert(fc.property(fc.array(fc.string()), (pieces) => void read(pieces)));
});
