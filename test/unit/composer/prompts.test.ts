// The twelve kinds of apps of the main job, each asked for in several ways, and what must come of it.
import { describe, expect, test } from "vitest";
import { compose } from "#studio/composer/compose.ts";
import { type AppSpec, specPath } from "#studio/composer/spec.ts";

function specOf(prompt: string): AppSpec {
	const composed = compose({ prompt, references: [], current: [] });
	if (!composed.ok) throw new Error(composed.reason);
	const file = composed.value.ops.find((op) => op.kind === "write" && op.path === specPath);
	if (file?.kind !== "write") throw new Error(`no app: ${composed.value.summary}`);
	return JSON.parse(file.content) as AppSpec;
}

const typesOf = (spec: AppSpec) =>
	Object.fromEntries(spec.fields.map((field) => [field.label.toLowerCase(), field.type]));
const viewsOf = (spec: AppSpec) => spec.views.map((view) => view.kind);

interface Expected {
	entity: string;
	fields: Record<string, string>;
	views?: string[];
	title?: string;
	icon?: string;
}

const cases: [string, Expected][] = [
	[
		"Track my expenses",
		{
			entity: "Expense",
			icon: "wallet",
			fields: { amount: "money", date: "date", category: "choice" },
			views: ["table", "calendar"],
		},
	],
	[
		"An expense tracker with date, amount, category (food, rent, travel) and whether it is reimbursed, in euros",
		{ entity: "Expense", fields: { date: "date", amount: "money", category: "choice", reimbursed: "boolean" } },
	],
	[
		"I'd like to know what I spend each month. Fields: what, how much, when, shop",
		{ entity: "Expense", fields: { what: "text", amount: "money", date: "date", shop: "text" } },
	],
	[
		"A habit tracker",
		{ entity: "Habit", fields: { habit: "text", days: "checkins", started: "date" }, views: ["cards", "table"] },
	],
	[
		"Build an app to track my daily habits and streaks, in purple",
		{ entity: "Habit", fields: { habit: "text", days: "checkins" } },
	],
	[
		"A simple CRM for my design studio",
		{
			entity: "Contact",
			fields: { company: "text", email: "email", phone: "phone", stage: "choice", "deal value": "money" },
			views: ["table", "board", "calendar"],
		},
	],
	[
		"Manage leads with name, company, e-mail, phone, stage (new, qualified, customer) and next follow-up",
		{
			entity: "Lead",
			fields: {
				name: "text",
				company: "text",
				"e-mail": "email",
				phone: "phone",
				stage: "choice",
				"next follow-up": "date",
			},
			views: ["table", "board", "calendar"],
		},
	],
	[
		"Inventory",
		{
			entity: "Item",
			fields: { quantity: "integer", "unit price": "money", "stock value": "money", "reorder level": "integer" },
			views: ["table", "cards"],
		},
	],
	[
		"Keep an inventory of our warehouse: item, SKU, quantity, unit price, location, supplier",
		{
			entity: "Item",
			fields: {
				item: "text",
				sku: "text",
				quantity: "integer",
				"unit price": "money",
				location: "text",
			},
		},
	],
	[
		"Reading list",
		{
			entity: "Book",
			fields: { title: "text", author: "text", status: "choice", rating: "rating", pages: "integer" },
			views: ["cards", "board", "table"],
		},
	],
	[
		"I want to keep track of the books I read, with title, author, rating, finished on and notes",
		{
			entity: "Book",
			fields: { title: "text", author: "text", rating: "rating", "finished on": "date", notes: "longText" },
		},
	],
	[
		"Kanban board",
		{
			entity: "Task",
			fields: { task: "text", status: "choice", priority: "choice", "due date": "date" },
			views: ["board", "table", "calendar"],
		},
	],
	[
		"A kanban board for my team's tasks with assignee, due date and status (backlog, doing, blocked, done)",
		{
			entity: "Task",
			fields: { assignee: "text", "due date": "date", status: "choice" },
			views: ["board", "table", "calendar"],
		},
	],
	[
		"Event calendar",
		{ entity: "Event", fields: { event: "text", starts: "dateTime", place: "text" }, views: ["calendar", "table"] },
	],
	[
		"A calendar of our club's events with title, date, venue, number of guests and notes",
		{
			entity: "Event",
			fields: { title: "text", date: "date", venue: "text", "number of guests": "integer", notes: "longText" },
			views: ["calendar", "table"],
		},
	],
	[
		"Time sheet",
		{
			entity: "Entry",
			fields: {
				project: "text",
				date: "date",
				hours: "decimal",
				billable: "boolean",
				"hourly rate": "money",
				amount: "money",
			},
			views: ["table", "calendar"],
		},
	],
	[
		"Track my hours per client: date, client, start time, end time, hours and notes",
		{
			entity: "Entry",
			fields: {
				date: "date",
				client: "text",
				"start time": "time",
				"end time": "time",
				hours: "decimal",
				notes: "longText",
			},
		},
	],
	[
		"My recipes",
		{
			entity: "Recipe",
			fields: {
				recipe: "text",
				preparation: "integer",
				ingredients: "longText",
				method: "longText",
				rating: "rating",
				favourite: "boolean",
			},
			views: ["cards", "table"],
		},
	],
	[
		"A recipe book where each recipe has a name, ingredients, steps, prep time in minutes, servings and a photo link",
		{
			entity: "Recipe",
			fields: {
				name: "text",
				ingredients: "longText",
				steps: "longText",
				"prep time": "integer",
				servings: "integer",
				"photo link": "url",
			},
		},
	],
	[
		"Job applications",
		{
			entity: "Job application",
			fields: {
				position: "text",
				company: "text",
				status: "choice",
				"applied on": "date",
				salary: "money",
				link: "url",
			},
			views: ["board", "table", "calendar"],
		},
	],
	[
		"Help me organise my job search! Company, role, status, salary, link, deadline.",
		{ entity: "Application", fields: {} },
	],
	[
		"My plants",
		{
			entity: "Plant",
			fields: { plant: "text", "water every": "integer", "last watered": "date", "next watering": "date" },
			views: ["cards", "table", "calendar"],
		},
	],
	[
		"Track my houseplants with species, location, last watered and notes",
		{ entity: "Houseplant", fields: { species: "text", location: "text", "last watered": "date", notes: "longText" } },
	],
	[
		"Maintenance log",
		{
			entity: "Maintenance entry",
			fields: { asset: "text", type: "choice", date: "date", cost: "money", "next due": "date" },
			views: ["table", "board", "calendar"],
		},
	],
	[
		"A maintenance log for our machines with asset, work, date, cost, done by and next due",
		{
			entity: "Maintenance entry",
			fields: { asset: "text", work: "text", date: "date", cost: "money", "done by": "text", "next due": "date" },
		},
	],
];

describe("the twelve kinds", () => {
	test.each(cases)("%s", (prompt, expected) => {
		const spec = specOf(prompt);
		expect(spec.entity.singular).toBe(expected.entity);
		expect(typesOf(spec)).toMatchObject(expected.fields);
		if (expected.views) expect(viewsOf(spec)).toEqual(expected.views);
		if (expected.icon) expect(spec.icon).toBe(expected.icon);
		expect(spec.chart).not.toBeNull();
	});

	test("keeps the choices, the currency and the colour that were asked for", () => {
		const spec = specOf("An expense tracker in green with amount in CHF, date and category (food, rent, travel)");
		expect(spec.currency).toBe("CHF");
		expect(spec.accent).toEqual(specOf("Make an expense tracker in green").accent);
		expect(spec.accent).not.toEqual(specOf("Expenses in orange").accent);
		expect(spec.fields.find((field) => field.label === "Category")?.choices).toEqual(["Food", "Rent", "Travel"]);
	});

	test("works out hours from a start and an end", () => {
		const spec = specOf("Time sheet with date, project, start time, end time and hours");
		const hours = spec.fields.find((field) => field.label === "Hours");
		expect(hours?.computed).toEqual({ op: "hoursBetween", of: ["startTime", "endTime"] });
	});
});

describe("other things", () => {
	test.each([
		[
			"Track zebras: name, stripes (number), last seen date, tame yes/no",
			"Zebra",
			{ name: "text", stripes: "decimal", "last seen date": "date", tame: "boolean" },
		],
		[
			"each guest has a name, an email, how many people they bring, diet (vegan, vegetarian, none) and whether they have confirmed",
			"Guest",
			{ email: "email", people: "integer", diet: "choice", confirmed: "boolean" },
		],
		[
			'App called "Bees & Co" for my bee hives - status low/medium/high, queen colour, honey in kg',
			"Bee hive",
			{ status: "choice", "queen colour": "colour", honey: "decimal" },
		],
		[
			"Keep a log of meteor sightings\n- place\n- date and time\n- brightness (1-5)\n- photo link\n- remarks",
			"Meteor sighting",
			{ place: "text", "date and time": "dateTime", brightness: "rating", "photo link": "url", remarks: "longText" },
		],
		[
			"An app for tracking the books my kids have read. For each book I want title, author, child (Emma, Noah), pages and date finished.",
			"Book",
			{ title: "text", author: "text", child: "choice", pages: "integer", "date finished": "date" },
		],
		[
			"Guest list for our wedding with name, diet, RSVP status (invited, accepted, declined) and gift",
			"Guest",
			{ name: "text", "rsvp status": "choice", gift: "text" },
		],
		[
			"Manage my wine collection: name, winery, vintage year, price, rating and tasting notes",
			"Wine",
			{ winery: "text", "vintage year": "integer", price: "money", rating: "rating", "tasting notes": "longText" },
		],
		["A board to plan content for our blog by stage: idea, draft, review, published", "Content", { stage: "choice" }],
	])("%s", (prompt, entity, fields) => {
		const spec = specOf(prompt);
		expect(spec.entity.singular).toBe(entity);
		expect(typesOf(spec)).toMatchObject(fields);
	});

	test("takes a quoted name for the title", () => {
		expect(specOf('An inventory called "Pantry"').title).toBe("Pantry");
	});

	test.each([
		[
			"Ausgaben mit Datum, Betrag, Kategorie und Notizen",
			"Ausgabe",
			{ datum: "date", betrag: "money", notizen: "longText" },
		],
		["Lista de gastos con fecha, importe y notas", "Gastos", { fecha: "date", importe: "money", notas: "longText" }],
		["Mes recettes", "Recettes", { ingredients: "longText" }],
	])("falls back sensibly in another language: %s", (prompt, entity, fields) => {
		const spec = specOf(prompt);
		expect(spec.entity.singular).toBe(entity);
		expect(typesOf(spec)).toMatchObject(fields);
	});

	test.each(["hello", "make me a snake game", "asdf", "A landing page for my bakery", "?!"])(
		"asks when it cannot know: %s",
		(prompt) => {
			const composed = compose({ prompt, references: [], current: [] });
			expect(composed.ok && composed.value.ops.map((op) => op.kind)).toEqual(["ask"]);
		},
	);

	test("refuses nothing and too much with a reason", () => {
		expect(compose({ prompt: "  \n", references: [], current: [] })).toEqual({ ok: false, reason: "empty" });
		expect(compose({ prompt: "a".repeat(20_001), references: [], current: [] })).toEqual({
			ok: false,
			reason: "too_long",
		});
	});

	test("says what it assumed, and gives the same answer twice", () => {
		const input = { prompt: "Kanban board with a budget", references: [], current: [] };
		const first = compose(input);
		expect(first).toEqual(compose(input));
		expect(first.ok && first.value.understood.assumed.join(" ")).toContain("few fields");
		expect(first.ok && first.value.understood.fields.map((field) => field.label)).toContain("Budget");
	});
});
