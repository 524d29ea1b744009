// What was not understood of a prompt is said under the answer, in the person's words; how people ask is not.
import { expect, test } from "vitest";
import { compose } from "#studio/composer/compose.ts";
import { fourthPrompts } from "../../../bench/composer/corpus-fourth.ts";
import { recordPrompts } from "../../../bench/composer/corpus-records.ts";
import { answerTo } from "../../../bench/composer/score.ts";

function saidOf(prompt: string): string {
	const answer = answerTo(prompt);
	if (answer.kind !== "app") throw new Error(`no app: ${answer.question}`);
	return answer.said;
}

test.each([
	["Plants - species, room, last watered - and colour overdue ones red", "“colour overdue ones red”"],
	[
		"Naps: start time, end time, mood (happy, grumpy); work out how long each nap was",
		"work out how long each nap was",
	],
	["A list of books with title and author. Lock the list after midnight.", "Lock the list after midnight"],
	["Invoices: number, customer, amount, and rotate the approvers weekly", "rotate the approvers weekly"],
])("says that it did not understand a wish: %s", (prompt, words) => {
	const said = saidOf(prompt);
	expect(said).toContain("Not understood:");
	expect(said.slice(said.indexOf("Not understood:"))).toContain(words);
});

test.each([
	"I run a small bakery in Graz and my dad keeps asking what we bake. Each bread: name, flour, weight in g, price",
	"Something to manage the volunteers at our animal shelter. For each volunteer: name, phone and emergency contact",
	"A log of hikes, how far, how long, where, who came along and a photo",
])("passes over how and why somebody asks: %s", (prompt) => {
	expect(saidOf(prompt)).not.toContain("Not understood:");
});

test("says nothing of the kind about prompts that are read wholly", () => {
	const wrong = [...recordPrompts, ...fourthPrompts].filter(({ prompt }) => {
		const answer = answerTo(prompt);
		return answer.kind === "app" && answer.said.includes("Not understood:");
	});
	// wishes that no composed app can do may stand in them
	expect(
		wrong.map(({ prompt }) => prompt).filter((prompt) => !/colou?r overdue|work out how long/.test(prompt)),
	).toEqual([]);
});

test("says what the names of fields leave open", () => {
	expect(saidOf("Hives: number, queen seen, brood frames")).toContain(
		"“Brood frames” is text; for a number write “make brood frames a number”.",
	);
	expect(saidOf("name, age, town, height in cm")).toContain("You did not say what one record is called");
});

test("what it proposes to write is understood", () => {
	const proposals = [...recordPrompts, ...fourthPrompts].flatMap(({ prompt }) => {
		const made = compose({ prompt, references: [], current: [] });
		if (!made.ok) return [];
		const words = /for a number write “(make [^”]+)”/.exec(made.value.said)?.[1];
		return words ? [{ words, ops: made.value.ops }] : [];
	});
	expect(proposals.length).toBeGreaterThan(5);
	const misread = proposals.filter(({ words, ops }) => {
		const current = ops.flatMap((op) =>
			op.kind === "write" ? [{ path: op.path, encoding: "utf8" as const, content: op.content }] : [],
		);
		const changed = compose({ prompt: words, references: [], current });
		return !changed.ok || !/is now a number/.test(changed.value.said);
	});
	expect(misread.map(({ words }) => words)).toEqual([]);
});
