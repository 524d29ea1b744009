// A second prompt changes a composed app: its description, and nothing a person wrote by hand.
import { describe, expect, test } from "vitest";
import type { AppFile } from "#schema/files.ts";
import { type Composed, compose } from "#studio/composer/compose.ts";
import { type AppSpec, specPath } from "#studio/composer/spec.ts";

function filesAfter(before: AppFile[], composed: Composed): AppFile[] {
	const files = new Map(before.map((file) => [file.path, file]));
	for (const op of composed.ops)
		if (op.kind === "write") files.set(op.path, { path: op.path, encoding: "utf8", content: op.content });
	return [...files.values()];
}

function turn(current: AppFile[], prompt: string): { files: AppFile[]; spec: AppSpec; composed: Composed } {
	const composed = compose({ prompt, references: [], current });
	if (!composed.ok) throw new Error(composed.reason);
	const files = filesAfter(current, composed.value);
	const spec = JSON.parse(files.find((file) => file.path === specPath)?.content ?? "null") as AppSpec;
	return { files, spec, composed: composed.value };
}

const start = turn([], "Kanban board with task, status (todo, doing, done), due date, price and notes");
const then = (prompt: string) => turn(start.files, prompt);
const field = (spec: AppSpec, label: string) => spec.fields.find((each) => each.label === label);

describe("fields", () => {
	test.each([
		["Add a rating", "Rating", "rating"],
		["please add a field for the reviewer", "Reviewer", "text"],
		["Add a yes/no field called urgent", "Urgent", "boolean"],
		["Also add an e-mail for each task", "E-mail", "email"],
		["add size as a whole number", "Size", "integer"],
		["I also want to track hours spent", "Hours spent", "decimal"],
		["Add a size with options small, medium and large", "Size", "choice"],
		["add a colour column", "Colour", "colour"],
	])("adds: %s", (prompt, label, type) => {
		const { spec, composed } = then(prompt);
		expect(field(spec, label)?.type).toBe(type);
		expect(composed.understood.unclear).toEqual([]);
	});

	test("adds several, and keeps long texts last", () => {
		const { spec } = then("Add a budget, a location and a rating");
		expect(spec.fields.map((each) => each.label).slice(-4)).toEqual(["Budget", "Location", "Rating", "Notes"]);
	});

	test.each(["Remove the price", "delete price", "Get rid of the price field", "I don't need price"])(
		"removes: %s",
		(prompt) => {
			const { spec, composed } = then(prompt);
			expect(field(spec, "Price")).toBeUndefined();
			expect(composed.summary).toContain("stays stored");
		},
	);

	test("renames without losing what was entered", () => {
		const { spec } = then("Rename price to budget");
		expect(field(spec, "Budget")?.key).toBe(field(start.spec, "Price")?.key);
		expect(then("call the due date Deadline").spec.fields.map((each) => each.label)).toContain("Deadline");
	});

	test("changes a type, and what must be filled in", () => {
		expect(field(then("Make price a whole number").spec, "Price")?.type).toBe("integer");
		expect(field(then("change notes into a dropdown with red, green and blue").spec, "Notes")?.choices).toEqual([
			"Red",
			"Green",
			"Blue",
		]);
		expect(field(then("make the due date required").spec, "Due date")?.required).toBe(true);
	});

	test("adds and removes choices", () => {
		expect(field(then("Add blocked to the status").spec, "Status")?.choices).toEqual([
			"Todo",
			"Doing",
			"Done",
			"Blocked",
		]);
		expect(field(then("add the statuses review and waiting to status").spec, "Status")?.choices).toContain("Waiting");
		expect(field(then("remove doing from status").spec, "Status")?.choices).toEqual(["Todo", "Done"]);
	});
});

describe("the rest of the app", () => {
	test("title, colour, currency, order", () => {
		expect(then('Call it "Sprint 12"').spec.title).toBe("Sprint 12");
		expect(then("Change the title to Our board").spec.title).toBe("Our board");
		expect(then("Make it green").spec.accent).not.toEqual(start.spec.accent);
		expect(then("use #ff8800 as accent colour").spec.accent.light).toMatch(/^#[0-9a-f]{6}$/);
		expect(then("use euros").spec.currency).toBe("EUR");
		expect(then("Sort by due date descending").spec.sort).toEqual({ key: "dueDate", descending: true });
	});

	test("views come and go", () => {
		const without = then("Remove the board");
		expect(without.spec.views.map((view) => view.kind)).toEqual(["table", "calendar"]);
		expect(turn(without.files, "add a board by status").spec.views.map((view) => view.kind)).toEqual([
			"table",
			"calendar",
			"board",
		]);
		expect(then("remove the calendar").spec.views.map((view) => view.kind)).toEqual(["board", "table"]);
		expect(then("start with the table").spec.views[0]?.kind).toBe("table");
		expect(then("remove the chart").spec.chart).toBeNull();
		expect(then("show a chart of price by status").spec.chart).toEqual({ by: "status", measure: "price" });
	});

	test("several changes in one prompt, and what was not understood is said", () => {
		const { spec, composed } = then("Add a rating and remove the notes. Make it teal. Sing me a song!");
		expect(spec.fields.map((each) => each.label)).toEqual(["Task", "Status", "Due date", "Price", "Rating"]);
		expect(composed.understood.changes).toHaveLength(3);
		expect(composed.understood.unclear).toEqual(["Sing me a song"]);
		expect(composed.said).toContain("Not understood:\n- “Sing me a song”");
	});

	test("removing what a view stands on removes the view", () => {
		const { spec } = then("Remove status");
		expect(spec.views.map((view) => view.kind)).not.toContain("board");
	});

	test("asks when nothing was understood, and writes nothing", () => {
		const composed = compose({ prompt: "make it more fun", references: [], current: start.files });
		expect(composed.ok && composed.value.ops.map((op) => op.kind)).toEqual(["ask"]);
	});

	test("leaves files edited by hand alone", () => {
		const edited = start.files
			.map((file) => (file.path === "components/stats.tsx" ? { ...file, content: "// mine\n" } : file))
			.filter((file) => file.path !== "csv.ts");
		const { files, composed } = turn(edited, "add a rating");
		expect(files.find((file) => file.path === "components/stats.tsx")?.content).toBe("// mine\n");
		expect(composed.ops.flatMap((op) => (op.kind === "write" ? op.path : []))).toEqual(["csv.ts", specPath]);
	});

	test("knows what it cannot change", () => {
		const foreign: AppFile[] = [{ path: "app.tsx", encoding: "utf8", content: "export default () => null" }];
		expect(compose({ prompt: "add a rating", references: [], current: foreign })).toEqual({
			ok: false,
			reason: "not_composed",
		});
		const damaged = [...foreign, { path: specPath, encoding: "utf8" as const, content: '{"format":1' }];
		expect(compose({ prompt: "add a rating", references: [], current: damaged })).toEqual({
			ok: false,
			reason: "spec_damaged",
		});
	});
});

test.each(["Fix the errors that the app reported.", "please fix the bug", "Behebe den Fehler"])(
	"says that it mends no errors: %s",
	(prompt) => {
		const { composed } = then(prompt);
		expect(composed.ops.map((op) => op.kind)).toEqual(["ask"]);
		expect(composed.said).toContain("mends no errors");
	},
);
