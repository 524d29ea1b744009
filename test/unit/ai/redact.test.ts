// A deleted prompt leaves the records of later requests, and nothing else does.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactBody } from "../../../workers/studio/ai/redact.ts";

const body = (...texts: string[]) => JSON.stringify({ model: "m", n: 1, messages: texts.map((text) => ({ text })) });
const mark = "[deleted from this record after it was sent]";

describe("a record of what was sent", () => {
	test("loses the deleted text, alone and inside another, in any spelling that JSON gives it", () => {
		const prompt = 'A list of "plants" —\n\tfür mich \u2028';
		expect(redactBody(body("before", prompt, `${prompt}\n\nand more`), [prompt])).toBe(
			body("before", mark, `${mark}\n\nand more`),
		);
	});

	test("loses several, the longer one first", () => {
		expect(
			redactBody(body("a reading list", "a reading list with titles"), [
				"a reading list",
				"a reading list with titles",
			]),
		).toBe(body(mark, mark));
	});

	test("loses a short text only where it stands alone or on a line of its own", () => {
		expect(redactBody(body("go", "go on", "first\ngo\nlast"), ["go"])).toBe(
			body(mark, "go on", `first\n${mark}\nlast`),
		);
		expect(redactBody(body("going"), ["go"])).toBeNull();
	});

	test("is left as it is when nothing of it was deleted", () => {
		expect(redactBody(body("x"), [])).toBeNull();
		expect(redactBody(body("x"), ["", " ", "another text entirely"])).toBeNull();
	});

	test("keeps every other text to the letter, whatever the texts are", () => {
		const text = fc.string({ minLength: 12, unit: "grapheme" }).filter((one) => one.trim() !== "");
		fc.assert(
			fc.property(text, fc.array(fc.string({ unit: "grapheme" })), (deleted, others) => {
				const kept = others.filter((other) => !other.includes(deleted) && !deleted.includes(other));
				expect(redactBody(body(...kept, deleted), [deleted])).toBe(body(...kept, mark));
			}),
		);
	});
});
