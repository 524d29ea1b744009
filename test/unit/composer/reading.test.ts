// The parts of the reader: items, limits, units, questions, the thing, and what is worked out.
import { describe, expect, test } from "vitest";
import { compose } from "#studio/composer/compose.ts";
import { shapeOf } from "#studio/composer/lexicon/shape.ts";
import { bothForms } from "#studio/composer/number-of-nouns.ts";
import { readItem } from "#studio/composer/reading/item.ts";
import { readList } from "#studio/composer/reading/items.ts";
import { judge } from "#studio/composer/reading/other-kinds.ts";
import { itemsOf, languageOf, sentencesOf } from "#studio/composer/reading/text.ts";
import { type AppSpec, specPath } from "#studio/composer/spec.ts";

function specOf(prompt: string, currency?: string): AppSpec {
	const composed = compose({ prompt, references: [], current: [], ...(currency ? { currency } : {}) });
	if (!composed.ok) throw new Error(composed.reason);
	const file = composed.value.ops.find((op) => op.kind === "write" && op.path === specPath);
	if (file?.kind !== "write") throw new Error(`no app: ${composed.value.said}`);
	return JSON.parse(file.content) as AppSpec;
}
const saidOf = (prompt: string): string => {
	const composed = compose({ prompt, references: [], current: [] });
	return composed.ok ? composed.value.said : composed.reason;
};
const labels = (spec: AppSpec) => spec.fields.map((field) => field.label);

describe("one item", () => {
	test.each([
		["weight in kg (decimal number)", "Weight", { type: "decimal", unit: "kg" }],
		["level (1-5)", "Level", { type: "rating" }],
		["effort (1-10)", "Effort", { type: "integer", min: 1, max: 10 }],
		["status (open, waiting, done)", "Status", { type: "choice", choices: ["Open", "Waiting", "Done"] }],
		["age group (6-8, 9-11, 12+)", "Age group", { type: "choice", choices: ["6-8", "9-11", "12+"] }],
		["players max 8", "Players", { type: "integer", max: 8 }],
		["comment of at most 200 characters", "Comment", { maxLength: 200 }],
		["quantity not negative", "Quantity", { type: "integer", min: 0 }],
		["a photo of the plant", "Photo of the plant", { type: "image" }],
		["photo link", "Photo link", { type: "url" }],
		["water temperature in °C", "Water temperature", { type: "decimal", unit: "°C" }],
		["fuel litres", "Fuel", { type: "decimal", unit: "l" }],
		["price per litre", "Price per litre", { type: "money" }],
		["temp min", "Temp min", { type: "integer" }],
		["what they owe me", "Owed", { type: "money" }],
		["whether a deposit was paid", "Deposit paid", { type: "boolean" }],
		["when it is due back", "Due back", { type: "date" }],
		["how many kids", "kids", { type: "integer" }],
		["priority low/medium/high", "Priority", { type: "choice", choices: ["Low", "Medium", "High"] }],
		["status for sale/sold", "Status", { type: "choice", choices: ["For sale", "Sold"] }],
		["given or taken", "Given or taken", { type: "choice", choices: ["Given", "Taken"] }],
		["email (required, unique)", "Email", { type: "email", required: true, unique: true }],
		["ob bezahlt wurde", "Bezahlt", { type: "boolean" }],
		["Preis pro Liter", "Preis pro Liter", { type: "money" }],
	])("%s", (words, label, shape) => {
		const field = readItem(words);
		expect(field?.label.toLowerCase()).toBe(label.toLowerCase());
		expect(field?.shape).toMatchObject(shape);
	});

	test.each(["a bar chart", "search", "warn me when low", "dark mode", "in euros"])("is no field: %s", (words) => {
		expect(readList(words)).toEqual([]);
	});
});

describe("cutting", () => {
	test("keeps brackets, quotes and pairs together", () => {
		expect(itemsOf('date and time, status (open, done) and "rock and roll"')).toEqual([
			"date and time",
			"status (open, done)",
			'"rock and roll"',
		]);
		expect(itemsOf("start and end time, Start- und Enddatum")).toEqual([
			"start time",
			"end time",
			"Startdatum",
			"Enddatum",
		]);
		expect(itemsOf("日付、金額、カテゴリ")).toEqual(["日付", "金額", "カテゴリ"]);
	});

	test("does not end a sentence at an abbreviation", () => {
		expect(sentencesOf("Keep notes, e.g. on birds. Max. 8 people")).toEqual([
			"Keep notes, e.g. on birds",
			"Max. 8 people",
		]);
	});

	test("gathers choices that stand among the items", () => {
		const fields = readList("name, status open, waiting or done, stage is one of applied, onsite, offer");
		expect(fields.map((field) => [field.label, field.shape.choices])).toEqual([
			["Name", undefined],
			["Status", ["Open", "Waiting", "Done"]],
			["Stage", ["Applied", "Onsite", "Offer"]],
		]);
	});

	test("hears the language", () => {
		expect(languageOf("Eine Liste meiner Bücher mit Titel")).toBe("de");
		expect(languageOf("books: title, price per page")).toBe("en");
		expect(languageOf("Следи за моими расходами")).toBe("other");
	});
});

describe("names of types", () => {
	test.each([
		["table number", "integer"],
		["invoice number", "text"],
		["number of guests", "integer"],
		["date of birth", "date"],
		["feeding time", "time"],
		["playing time", "integer"],
		["deposit paid", "boolean"],
		["hourly rate", "money"],
		["Impfdatum", "date"],
		["Anschaffungspreis", "money"],
		["contract file", "url"],
	])("%s", (label, type) => {
		expect(shapeOf(label).shape.type).toBe(type);
	});
});

test("one and several, in English and German, and nowhere else", () => {
	expect(bothForms("board games", "en")).toEqual(["Board game", "Board games"]);
	expect(bothForms("bottles of wine", "en")).toEqual(["Bottle of wine", "Bottles of wine"]);
	expect(bothForms("weight", "en")).toEqual(["Weight entry", "Weight entries"]);
	expect(bothForms("Gäste", "de")).toEqual(["Gast", "Gäste"]);
	expect(bothForms("Bienenvölker", "de")).toEqual(["Bienenvolk", "Bienenvölker"]);
	expect(bothForms("расходы", "other")).toEqual(["Расходы", "Расходы"]);
});

describe("what is asked for decides, not the words in the text", () => {
	test.each([
		["a game collection", "records"],
		["Chess game log", "records"],
		["a website to keep track of my books", "records"],
		["calorie counter", "records"],
		["portfolio of my stocks", "records"],
		["a quiz app", "other"],
		["an app that converts miles", "other"],
		["Trinkgeldrechner", "other"],
		["website for my bakery with a contact form", "other"],
		["space shuttle", "unknown"],
	])("%s", (prompt, verdict) => {
		expect(judge(prompt, false).is).toBe(verdict);
	});
});

describe("an app", () => {
	test("is named after the thing, and a known kind lends neither name nor stages nor money", () => {
		const clients = specOf("Keep track of my dog walking clients");
		expect(clients.entity.singular).toBe("Dog walking client");
		expect(clients.fields.filter((field) => field.type === "money" || /stage|status/i.test(field.label))).toEqual([]);
		expect(specOf("Board games with players and playing time").entity.singular).toBe("Board game");
		expect(specOf("A grade book with student, points and date").title).toBe("Grade book");
	});

	test("has the fields that were listed and no others", () => {
		expect(labels(specOf("Track my books with title, author and price"))).toEqual(["Title", "Author", "Price"]);
		expect(labels(specOf("Guest list for my wedding with table number, dietary needs, RSVP"))).toEqual([
			"Name",
			"Table number",
			"Dietary needs",
			"RSVP",
		]);
	});

	test("works out what can be worked out, and says so", () => {
		const spec = specOf("Shifts with employee, start time, end time, hours, hourly rate and total pay");
		expect(spec.fields.find((field) => field.label === "Total pay")?.computed).toEqual({
			op: "product",
			of: ["hours", "hourlyRate"],
		});
		expect(saidOf("Sales: item, cost, selling price, profit")).toContain(
			"“Profit” is worked out: selling price − cost.",
		);
		expect(specOf("People: name, age").fields.find((field) => field.label === "Age")?.computed).toBeUndefined();
	});

	test("shows the chart, the order and the views that were asked for", () => {
		const spec = specOf(
			"Donations: donor, amount, date, purpose. Sort newest first. Pie chart of amount by purpose. Calendar.",
		);
		expect(spec.chart).toEqual({ by: "purpose", measure: "amount", kind: "pie" });
		expect(spec.sort).toEqual({ key: "date", descending: true });
		expect(spec.views[0]?.kind).toBe("calendar");
	});

	test("takes the currency of the words before that of the region", () => {
		expect(specOf("Rentals: car, price in CHF", "EUR").currency).toBe("CHF");
		expect(specOf("Rentals: car, price", "EUR").currency).toBe("EUR");
	});

	test("says what it leaves out, and what needs a model", () => {
		expect(saidOf("Water my plants: plant, location, last watered. Send me a reminder")).toContain(
			"Left out:\n- It sends no reminders",
		);
		expect(saidOf("make me a quiz about birds")).toMatch(/needs a model.*quiz questions/);
		expect(saidOf("テトリス")).toContain("needs a model");
	});

	test("never has a sentence for a title, nor an English plural in another script", () => {
		const spec = specOf("Следи за моими расходами: дата, сумма, категория");
		expect(spec.title).toBe("Records");
		expect(labels(spec)).toEqual(["Дата", "Сумма", "Категория"]);
		expect(specOf("支出: 日付、金額").entity).toEqual({ singular: "支出", plural: "支出" });
	});
});
