// What a person says beside the matter is in no app: not as a field, not as its thing, not as its name.
import { expect, test } from "vitest";
import { compose } from "#studio/composer/compose.ts";

const secret = "zqsecretzq";

test.each([
	[`A reading list with title and author. Between us: ${secret}.`, ["Title", "Author"]],
	[`Track my expenses with date and amount. Note: ${secret} is private.`, ["Date", "Amount"]],
	[`A guest list with name and table. By the way, ${secret} comes too!`, ["Name", "Table"]],
	[`Eine Gästeliste mit Name und Tisch. Übrigens: ${secret}.`, ["Name", "Tisch"]],
	[`A list of plants with name and height. My neighbour is ${secret}.`, ["Name", "Height"]],
])("%s", (prompt, fields) => {
	const made = compose({ prompt, references: [], current: [] });
	if (!made.ok) throw new Error(made.reason);
	const written = JSON.stringify(made.value.ops.filter(({ kind }) => kind !== "finish"));
	expect(written).not.toContain(secret);
	for (const field of fields) expect(written).toContain(field);
});

test("a field that is called note stays one", () => {
	const made = compose({ prompt: "A log of repairs:\nnote: long text\ndate: date", references: [], current: [] });
	if (!made.ok) throw new Error(made.reason);
	expect(JSON.stringify(made.value.ops)).toContain("Note");
});
