// Words that a person reads are plain English. The list holds words that readers stumbled over, each with what to write instead.
import { describe, expect, it } from "vitest";
import { mailWords } from "#lib/mail.ts";
import { errors } from "#schema/errors.ts";
import { failureSentences } from "#schema/failure-words.ts";
import * as studio from "#studio/ui/copy.ts";
import * as builder from "#studio/ui/words/builder.ts";
import * as frontDoor from "../../../workers/front-door/copy.ts";

const banned: [RegExp, string][] = [
	[/\be-mails?\b/i, "email"],
	[/\bmails?\b/i, "email"],
	[/\blook into\b/i, "check"],
	[/\bpress(ed)?\b/i, "click"],
	[/\bcounts at once\b/i, "takes effect immediately"],
	[/\bcall(ed)? back\b/i, "taken back, undone"],
	[/\bmend(ed|s)?\b/i, "fix"],
	[/\bha(s|ve) these words\b/i, "matches"],
	[/\bmay look\b/i, "can view"],
	[/\bone's own\b/i, "your own"],
	[/\bshut\b/i, "closed"],
	[/\bof the house\b|\bthe house\b/i, "Freehold"],
	[/\bcopied whole\b|\bcopy it whole\b|\bagain whole\b/i, "completely"],
	[/\bneed not\b/i, "don't have to"],
	[/\bdiffers?\b/i, "changed"],
	[/\bshall\b/i, "should, will"],
	[/\bopen source\b/i, "nothing, until there is a license"],
];

/** Every sentence in a table of words; those with numbers and names in them are made with examples. */
function sentencesOf(value: unknown, path: string): [string, string][] {
	if (typeof value === "string") return [[path, value]];
	if (typeof value === "function") {
		const made = [1, 2, "us-east"].flatMap((example) => {
			try {
				return sentencesOf(value(example, example), `${path}(${example})`);
			} catch {
				// it takes the other kind of thing: a number, or a name
				return [];
			}
		});
		if (made.length === 0) throw new Error(`${path} takes neither a number nor a name: give this test an example`);
		return made;
	}
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([name, part]) => sentencesOf(part, `${path}.${name}`));
}

const tables = { mailWords, errors, failureSentences, builder, studio, frontDoor };

describe.each(Object.entries(tables))("%s", (name, table) => {
	const sentences = sentencesOf(table, name);

	it("has sentences", () => expect(sentences.length).toBeGreaterThan(3));

	it.each(banned)("never says %s", (pattern) => {
		expect(sentences.filter(([, text]) => pattern.test(text))).toEqual([]);
	});
});
