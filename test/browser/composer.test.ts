// Composed apps on the real app origin in Chromium: records are added, found, changed, deleted and kept; nothing is reported as
// an error; and the pages can be used by everybody (axe-core), wide and narrow, light and dark.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeId } from "#schema/ids.ts";
import { type AppHost, startAppHost } from "../support/app-host.ts";
import { composeApp, deployApp, openPage, referenceOf, servedFiles } from "../support/app-page.ts";
import { launchChromium } from "../support/chromium.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const dataset = (name: string) =>
	new Uint8Array(
		readFileSync(fileURLToPath(new URL(`../../node_modules/vega-datasets/data/${name}`, import.meta.url).href)),
	);

const owner = { role: "owner", accountId: makeId("account"), linkId: null, name: "Ada" } as const;

let host: AppHost;
let browser: Browser;
beforeAll(async () => {
	host = await startAppHost();
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await host?.stop();
});

async function violations(page: Page): Promise<string[]> {
	// Sheets slide in; colours are judged when they have arrived. What goes on for ever (a spinner) is not waited for.
	await page.evaluate(async () => {
		const frame = () => new Promise(requestAnimationFrame);
		const endless = ({ effect }: Animation) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
		for (let quiet = 0; quiet < 3; quiet += 1) {
			await frame();
			const moving = document.getAnimations().filter((each) => each.playState === "running" && !endless(each));
			if (moving.length > 0) quiet = 0;
			await Promise.allSettled(moving.map((each) => each.finished));
		}
	});
	await page.evaluate(axe);
	const found = await page.evaluate(async () => {
		const run = (
			window as unknown as {
				axe: {
					run(options: unknown): Promise<{
						violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[];
					}>;
				};
			}
		).axe;
		return (await run.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })).violations;
	});
	return found.map(
		(each) =>
			`${each.id} (${each.impact}): ${each.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`).join("; ")}`,
	);
}

/** How much too wide a page is. */
const widths = (page: Page) =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function addExpense(page: Page, name: string, amount: string, category: string) {
	await page
		.getByRole("button", { name: /^Add (your first )?expense$/ })
		.first()
		.click();
	const form = page.getByRole("dialog", { name: "Add expense" });
	await form.getByLabel("Description").fill(name);
	await form.getByLabel("Amount").fill(amount);
	await form.getByLabel("Category").selectOption(category);
	await form.getByRole("button", { name: "Add expense" }).click();
	await form.waitFor({ state: "detached" });
}

describe.each([
	{ width: 1280, dark: false },
	{ width: 360, dark: true },
])("an expense tracker at $width px", ({ width, dark }) => {
	test("adds, finds, filters, changes, deletes and keeps records", async () => {
		const address = await deployApp(host, await composeApp("Track my expenses in euros"));
		const { page, context, errors } = await openPage(browser, address, { width, dark });
		const place = width < 680 ? page.locator(".cards").first() : page.getByRole("table");

		await page.getByRole("heading", { name: "No expenses yet" }).waitFor();
		expect(await violations(page)).toEqual([]);

		// What is wrong is said at the field, and what was typed stays.
		await page.getByRole("button", { name: "Add your first expense" }).click();
		const form = page.getByRole("dialog", { name: "Add expense" });
		await form.getByLabel("Amount").fill("a lot");
		await form.getByRole("button", { name: "Add expense" }).click();
		await form.getByText("Please fill in description.").waitFor();
		await form.getByText("Please write a number.").waitFor();
		expect(await form.getByLabel("Amount").inputValue()).toBe("a lot");
		expect(await form.getByLabel("Description").evaluate((input) => input === document.activeElement)).toBe(true);
		expect(await violations(page)).toEqual([]);
		await page.keyboard.press("Escape");
		await form.waitFor({ state: "detached" });

		await addExpense(page, "Bread", "4,50", "Food");
		await addExpense(page, "Rent", "1000", "Housing");
		await addExpense(page, "Cheese", "5.50", "Food");
		await place.getByText("Bread").waitFor();
		await page.locator(".stat").filter({ hasText: "Total amount" }).getByText("€1,010").waitFor();
		const legend = page.locator(".legend");
		await legend.getByText("€10.00").waitFor();
		expect(await page.locator("canvas").count()).toBe(1);
		expect(await widths(page)).toBeLessThanOrEqual(0);
		expect(await violations(page)).toEqual([]);

		await page.getByRole("searchbox", { name: "Search" }).fill("che");
		await place.getByText("Rent").waitFor({ state: "detached" });
		await page.locator(".stat").filter({ hasText: "Total amount" }).getByText("€5.50").waitFor();
		await page.getByRole("searchbox", { name: "Search" }).fill("");
		await page.getByRole("button", { name: "Filter" }).click();
		await page.getByRole("group", { name: "Category" }).getByLabel("Housing").check();
		await place.getByText("Bread").waitFor({ state: "detached" });
		expect(await violations(page)).toEqual([]);
		await page.getByRole("button", { name: /Remove filter Category/ }).click();
		await place.getByText("Bread").waitFor();

		await page.getByRole("button", { name: "Edit Rent" }).click();
		const edit = page.getByRole("dialog", { name: "Edit expense" });
		await edit.getByLabel("Amount").fill("900");
		await edit.getByRole("button", { name: "Save" }).click();
		await place.getByText("€900.00").first().waitFor();

		await page.getByRole("button", { name: "Delete Bread" }).click();
		const question = page.getByRole("dialog", { name: "Delete “Bread”?" });
		expect(await violations(page)).toEqual([]);
		await question.getByRole("button", { name: "Cancel" }).click();
		await place.getByText("Bread").waitFor();
		await page.getByRole("button", { name: "Delete Bread" }).click();
		await question.getByRole("button", { name: "Delete" }).click();
		await place.getByText("Bread").waitFor({ state: "detached" });

		await page.reload();
		await place.getByText("€900.00").first().waitFor();
		expect(await place.getByText("Bread").count()).toBe(0);
		await place.getByRole("button", { name: "Rent", exact: true }).click();
		await page.getByRole("dialog", { name: "Rent" }).getByText("Housing").waitFor();
		expect(await violations(page)).toEqual([]);
		expect(errors).toEqual([]);
		await context.close();
	});
});

const kinds = {
	expenses: "Track my expenses",
	habits: "A habit tracker",
	contacts: "A simple CRM",
	inventory: "Inventory of my workshop",
	reading: "A reading list",
	kanban: "A kanban board",
	events: "An event calendar",
	timesheet: "A time sheet",
	recipes: "My recipes",
	applications: "Job applications",
	plants: "My plants",
	maintenance: "A maintenance log",
};

/** Views that were judged already: all apps are one template (decision 030), so a table is the same component in each of them. */
const judged = new Set<string>();

// Each has an app and a browser context of its own, and waits more than it works. Its first view is judged, and each kind of view in the
// first app that has it; then, narrow and dark, the colours of its own accent.
describe.concurrent("each of the twelve kinds", () => {
	test.each(Object.entries(kinds))(
		"%s works with its examples, in every view, and is usable by everybody",
		async (_name, prompt) => {
			const address = await deployApp(host, await composeApp(prompt));
			const { page, context, errors } = await openPage(browser, address, { width: 1280 });
			await page.getByRole("button", { name: /few examples/ }).click();
			await page.locator(".panel").waitFor();
			const views = page.getByRole("group", { name: "View" }).getByRole("button");
			for (const [at, view] of (await views.all()).entries()) {
				await view.click();
				const kind = (await view.textContent()) ?? "";
				if (at > 0 && judged.has(kind)) continue;
				judged.add(kind);
				expect(await violations(page)).toEqual([]);
			}
			await page.setViewportSize({ width: 360, height: 760 });
			await page.emulateMedia({ colorScheme: "dark" });
			for (const view of await views.all()) {
				await view.click();
				expect(await widths(page)).toBeLessThanOrEqual(0);
			}
			expect(await violations(page)).toEqual([]);
			expect(errors).toEqual([]);
			await context.close();
		},
	);
});

test("a chart follows its place, also when it narrows in the last moment of the drawing's movement", async () => {
	const address = await deployApp(host, await composeApp("Track my expenses"));
	const { page, context, errors } = await openPage(browser, address, { width: 1280 });
	await addExpense(page, "Bread", "4.20", "Food");
	await page.locator("canvas").waitFor();
	// The page is kept busy from the frame that sees the new width until the movement's time is over: its last step and the
	// new width then share a frame.
	const [drawn, place] = await page.evaluate(async () => {
		const measure = document.querySelector<HTMLSelectElement>(".chart-card select");
		if (!measure) throw new Error("no chart");
		measure.selectedIndex = (measure.selectedIndex + 1) % measure.options.length;
		measure.dispatchEvent(new Event("change", { bubbles: true }));
		const frame = () => new Promise(requestAnimationFrame);
		await frame();
		await frame();
		const holder = document.querySelector(".canvas") as HTMLElement;
		let frames = 0;
		new ResizeObserver(() => {
			if (frames++ !== 1) return;
			const until = performance.now() + 700;
			while (performance.now() < until);
		}).observe(holder);
		await frame();
		holder.style.inlineSize = "200px";
		for (let at = 0; at < 10; at++) await frame();
		return [holder.querySelector("canvas")?.style.width, `${holder.clientWidth}px`];
	});
	expect(drawn).toBe(place);
	expect(errors).toEqual([]);
	await context.close();
});

describe("a board and a habit", () => {
	test("cards move with buttons and with the keyboard", async () => {
		const address = await deployApp(host, await composeApp("Kanban board with task and status (todo, doing, done)"));
		const { page, context, errors } = await openPage(browser, address, { width: 1280 });
		await page.getByRole("button", { name: "Add your first task" }).click();
		await page.getByRole("dialog").getByLabel("Task").fill("Paint");
		await page.getByRole("dialog").getByRole("button", { name: "Add task" }).click();
		const column = (name: string) => page.getByRole("region", { name });
		await column("Todo").getByText("Paint").waitFor();
		await page.getByRole("button", { name: "Move Paint to Doing" }).click();
		await column("Doing").getByText("Paint").waitFor();
		await column("Doing").getByRole("button", { name: "Paint", exact: true }).press("ArrowRight");
		await column("Done").getByText("Paint").waitFor();
		expect(errors).toEqual([]);
		await context.close();
	});

	test("days are ticked in the list", async () => {
		const address = await deployApp(host, await composeApp("Habit tracker"));
		const { page, context, errors } = await openPage(browser, address, { width: 360 });
		await page.getByRole("button", { name: "Add your first habit" }).click();
		await page.getByRole("dialog").getByLabel("Habit").fill("Read");
		await page.getByRole("dialog").getByRole("button", { name: "Add habit" }).click();
		await page.getByRole("group", { name: "Days" }).getByRole("button").last().click();
		await page.locator(".stat").filter({ hasText: "Done today" }).getByText("1 of 1").waitFor();
		expect(errors).toEqual([]);
		await context.close();
	});
});

describe.concurrent("files as references", () => {
	test.each([
		["cars.json", 406],
		["seattle-weather.csv", 1461],
		["movies.json", null],
		["la-riots.csv", 63],
		["penguins.json", 344],
	])("%s: its rows are imported with one button, and shown", async (name, rows) => {
		const app = await composeApp("Make an app of this", [referenceOf(name, dataset(name))]);
		const { page, context, errors } = await openPage(browser, await deployApp(host, app), { width: 1280 });
		await page.getByRole("button", { name: new RegExp(`Import ${rows ?? "\\d+"} rows from ${name}`) }).click();
		await page.getByRole("table").waitFor({ timeout: 30_000 });
		const of = await page.locator(".pager span").textContent();
		if (rows) expect(of?.replaceAll(",", "")).toContain(`of ${rows}`);
		expect(await page.locator("canvas").count()).toBe(1);
		await page.getByRole("button", { name: "Filter" }).click();
		expect(await violations(page)).toEqual([]);
		await page.setViewportSize({ width: 360, height: 760 });
		await page.locator(".cards .card").first().waitFor();
		expect(await widths(page)).toBeLessThanOrEqual(0);
		expect(errors).toEqual([]);
		await context.close();
	});
});

describe("CSV in and out", () => {
	test("a file is mapped, previewed and imported, and formulas leave as text", async () => {
		const app = await composeApp("Track my expenses");
		const label = await host.makeApp({ files: await servedFiles(app) });
		const { page, context, errors } = await openPage(browser, host.framePage(label, owner), { width: 1280 });
		const frame = page.frameLocator("#app");
		await frame.getByRole("button", { name: "Import a CSV file" }).first().click();
		const sheet = frame.getByRole("dialog", { name: "Import a CSV file" });
		const csv =
			'Description;Amount;Date;Category\n"=HYPERLINK(""http://evil.example"")";12,50;24.12.2026;Food\nBread;3,20;2026-01-02;Food\nWrong;a lot;2026-01-02;Food\n';
		await sheet
			.locator("input[type=file]")
			.setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
		await sheet.getByText("1 row cannot be read").waitFor();
		await sheet.getByText("“a lot” in row 3").waitFor();
		await sheet.getByRole("button", { name: "Import 2 rows" }).click();
		await frame.locator(".row-title", { hasText: "HYPERLINK" }).waitFor();
		await frame.getByRole("button", { name: "Import and export" }).click();
		await frame.getByRole("button", { name: "Export 2 expenses as CSV" }).click();
		const download = () =>
			page.evaluate(() =>
				(window as unknown as { messages: { type: string; text?: string; content?: string }[] }).messages.find(
					(message) => message.type === "download",
				),
			);
		await expect.poll(download).toBeTruthy();
		const text = JSON.stringify(await download());
		expect(text).toContain("'=HYPERLINK");
		expect(text).not.toMatch(/(^|,|n)\\?"?=HYPERLINK/);
		expect(errors).toEqual([]);
		await context.close();
	});
});

describe("a second file, numbers and dates as people write them", () => {
	const weights = "Name;Weight\nthree;0,125\nalso three;1,759\ntwo;1,25\nbrackets;(45,00)\nwords;12 apples\n";

	test("a column is read in one way, which can be changed; what does not fit is named; the same rows are asked about", async () => {
		const app = await composeApp("Make an app of this", [
			referenceOf("things.csv", "Name,Weight\nfirst,1.5\nsecond,0.0004\n"),
		]);
		const label = await host.makeApp({ files: await servedFiles(app) });
		const { page, context, errors } = await openPage(browser, host.framePage(label, owner), { width: 1280 });
		const frame = page.frameLocator("#app");
		await frame.getByRole("button", { name: "Import 2 rows from things.csv" }).click();
		await frame.getByRole("cell", { name: "0.0004" }).waitFor();

		const openSheet = async () => {
			await frame.getByRole("button", { name: "Import and export" }).click();
			await frame.getByRole("button", { name: "Import a CSV file" }).click();
			const sheet = frame.getByRole("dialog", { name: "Import a CSV file" });
			const file = { name: "weights.csv", mimeType: "text/csv", buffer: Buffer.from(weights) };
			await sheet.locator("input[type=file]").setInputFiles(file);
			return sheet;
		};
		const sheet = await openSheet();
		const preview = sheet.getByRole("region", { name: /of the file/ });
		await preview.getByRole("cell", { name: "1.759", exact: true }).waitFor();
		await preview.getByRole("cell", { name: "-45", exact: true }).waitFor();
		await sheet.getByText("“12 apples” in row 5").waitFor();
		const notation = sheet.getByLabel("Numbers of Weight are written");
		expect(await notation.inputValue()).toBe("comma");
		await notation.selectOption("point");
		await preview.getByRole("cell", { name: "1,759", exact: true }).waitFor();
		await notation.selectOption("comma");
		await preview.getByRole("cell", { name: "1.759", exact: true }).waitFor();
		await sheet.getByRole("button", { name: "Import 4 rows" }).click();
		await sheet.waitFor({ state: "detached" });
		await frame.getByRole("cell", { name: "0.125", exact: true }).waitFor();

		const again = await openSheet();
		await again.getByText("4 of these rows are already there.").waitFor();
		expect(await again.getByRole("button", { name: "Import 0 rows" }).isDisabled()).toBe(true);
		await again.getByRole("button", { name: "Cancel" }).click();
		await frame.getByRole("button", { name: "Import and export" }).click();
		await frame.getByRole("button", { name: "Import 2 rows from things.csv" }).click();
		const question = frame.getByRole("dialog", { name: "Import these rows again?" });
		await question.getByText("All 2 rows are already there.").waitFor();
		await question.getByRole("button", { name: "Cancel" }).click();
		expect(await frame.getByRole("row").count()).toBeGreaterThan(6);
		expect(await frame.getByRole("cell", { name: "0.0004" }).count()).toBe(1);
		expect(errors).toEqual([]);
		await context.close();
	});

	test("in German, forms take numbers as the page shows them, and give small ones back unchanged", async () => {
		const app = await composeApp("Make an app of this", [
			referenceOf("levels.csv", "Name,Level,Count\ntiny,1.5e-7,3\nlarge,6.02e23,4\n"),
		]);
		const address = await deployApp(host, app);
		const { page, context, errors } = await openPage(browser, address, { width: 1280, locale: "de-DE" });
		await page.getByRole("button", { name: "Import 2 rows from levels.csv" }).click();
		await page.getByRole("cell", { name: "1,5e-7" }).waitFor();
		await page.getByRole("button", { name: "Edit tiny" }).click();
		const edit = page.getByRole("dialog");
		await edit.getByLabel("Count").fill("1.234");
		await edit.getByRole("button", { name: "Save" }).click();
		await page.getByRole("cell", { name: "1.234", exact: true }).waitFor();
		await page.getByRole("cell", { name: "1,5e-7" }).waitFor();

		await page.getByRole("button", { name: "Edit large" }).click();
		await edit.getByLabel("Level").fill("12.345");
		await edit.getByRole("button", { name: "Save" }).click();
		await page.getByRole("cell", { name: "12.345", exact: true }).waitFor();
		await page.getByRole("button", { name: "Edit large" }).click();
		expect(await edit.getByLabel("Level").inputValue()).toBe("12345");
		await edit.getByLabel("Level").fill("0,125");
		await edit.getByRole("button", { name: "Save" }).click();
		await page.getByRole("cell", { name: "0,125", exact: true }).waitFor();
		expect(errors).toEqual([]);
		await context.close();
	});

	test("a Windows-1252 file is read as such and said; a picture given for the app stands in it; search folds letters", async () => {
		const picture = {
			path: "images/plant.png",
			encoding: "base64" as const,
			content: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
		};
		const start = { files: new Map([[picture.path, picture]]), composed: (await composeApp("My plants")).composed };
		const app = await composeApp("Make an app of this", [referenceOf("people.csv", "Name,City\nAnn,Graz\n")], start);
		const address = await deployApp(host, app);
		const { page, context, errors } = await openPage(browser, address, { width: 1280 });
		expect(await page.locator("img.picture").getAttribute("src")).toBe("/images/plant.png");
		expect(app.files.get(picture.path)).toEqual(picture);
		await page.getByRole("button", { name: "Import a CSV file" }).first().click();
		const sheet = page.getByRole("dialog", { name: "Import a CSV file" });
		const bytes = Buffer.from("Name,City\nJos\xe9,M\xe1laga\nCan,Istanbul\n", "latin1");
		await sheet.locator("input[type=file]").setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: bytes });
		await sheet.getByText("read as Windows-1252").waitFor();
		await sheet.getByRole("button", { name: "Import 2 rows" }).waitFor();
		expect(await violations(page)).toEqual([]);
		await sheet.getByRole("button", { name: "Import 2 rows" }).click();
		await page.getByRole("cell", { name: "Málaga" }).waitFor();
		await page.getByRole("searchbox", { name: "Search" }).fill("MALAGA");
		await page.getByRole("cell", { name: "Málaga" }).waitFor();
		await page.getByRole("cell", { name: "Istanbul" }).waitFor({ state: "detached" });
		await page.getByRole("searchbox", { name: "Search" }).fill("İSTANBUL");
		await page.getByRole("cell", { name: "Istanbul" }).waitFor();
		expect(errors).toEqual([]);
		await context.close();
	});
});

describe("a follow-up prompt", () => {
	test("changes the app, and the records stay", async () => {
		const before = await composeApp("Track my expenses");
		// A draft, as the builder shows it: its page reloads when a new version is there.
		const label = await host.makeApp({ files: await servedFiles(before), kind: "draft" });
		const { page, context, errors } = await openPage(browser, host.framePage(label, owner), { width: 1280 });
		const frame = page.frameLocator("#app");
		await frame.getByRole("button", { name: /few examples/ }).click();
		await frame.getByRole("table").getByText("Rent").waitFor();
		const after = await composeApp(
			"Rename amount to price, add a rating and make it orange. Call it “Purse”.",
			[],
			before,
		);
		expect(after.composed.understood.unclear).toEqual([]);
		await host.deployFiles(label, await servedFiles(after));
		await frame.getByRole("heading", { name: "Purse" }).waitFor();
		const table = frame.getByRole("table");
		await table.getByRole("columnheader", { name: "Rating" }).waitFor();
		await table.getByRole("columnheader", { name: "Price" }).waitFor();
		await table.getByRole("row", { name: /Rent/ }).getByText("$1,150").waitFor();
		expect(errors).toEqual([]);
		await context.close();
	});
});
