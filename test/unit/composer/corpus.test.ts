// The prompts of the bench in short: nothing that keeps no records becomes an app, and lists are read as people write them.
import { describe, expect, test } from "vitest";
import { fourthOthers, fourthPrompts } from "../../../bench/composer/corpus-fourth.ts";
import { otherPrompts } from "../../../bench/composer/corpus-others.ts";
import { recordPrompts } from "../../../bench/composer/corpus-records.ts";
import { secondOthers, secondPrompts } from "../../../bench/composer/corpus-second.ts";
import { thirdOthers, thirdPrompts } from "../../../bench/composer/corpus-third.ts";
import { answerTo, scoreRecords } from "../../../bench/composer/score.ts";

test.each([...otherPrompts, ...secondOthers, ...thirdOthers])("makes no app of: %s", (prompt) => {
	const answer = answerTo(prompt);
	expect(answer.kind).toBe("asked");
	expect(answer.kind === "asked" && answer.question).toContain("needs a model");
});

test.each(fourthOthers)("makes no app, or asks: %s", (prompt) => {
	expect(answerTo(prompt).kind).toBe("asked");
});

describe("what people write", () => {
	// Two of three were read while the reader was written: these stay right. The bench scores the others.
	const kept = [...recordPrompts.filter((_, at) => at % 3 !== 2), ...secondPrompts, ...thirdPrompts, ...fourthPrompts];
	test.each(kept.map((row) => [row.prompt, row] as const))("%s", (_, row) => {
		expect(scoreRecords(row).faults).toEqual([]);
	});
});
