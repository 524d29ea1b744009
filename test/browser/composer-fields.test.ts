// Fields with more to them than a text: pictures that are made small, limits that are kept, values that are worked out, and the
// chart that was asked for.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppHost, startAppHost } from "../support/app-host.ts";
import { composeApp, deployApp, openPage } from "../support/app-page.ts";
import { launchChromium } from "../support/chromium.ts";

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

// Chromium 156 does not know this directive and says so on every page; FACTS: it has no effect there.

/** A JPEG as a camera makes it: large, and of noise, which no codec makes small easily. */
async function largePicture(page: Page): Promise<Buffer> {
	const text = await page.evaluate(() => {
		const canvas = document.createElement("canvas");
		[canvas.width, canvas.height] = [2600, 1800];
		const context = canvas.getContext("2d");
		if (!context) throw new Error("no canvas");
		const noise = context.createImageData(2600, 1800);
		for (let at = 0; at < noise.data.length; at += 1)
			noise.data[at] = at % 4 === 3 ? 255 : (Math.imul(at, 2654435761) >>> 24) % 256;
		context.putImageData(noise, 0, 0);
		return canvas.toDataURL("image/jpeg", 0.9);
	});
	return Buffer.from(text.slice(text.indexOf(",") + 1), "base64");
}

test("a picture is made small, kept with its record, and shown in the list and in the details", async () => {
	const app = await composeApp("Track my bees: hive name (unique), photo, inspected on, frames (max 10)");
	const { page, context, errors } = await openPage(browser, await deployApp(host, app), { width: 1280 });
	await page.getByRole("button", { name: "Add your first bee" }).click();
	const form = page.getByRole("dialog", { name: "Add bee" });
	await form.getByLabel("Hive name").fill("North");
	const buffer = await largePicture(page);
	expect(buffer.length).toBeGreaterThan(1_000_000);
	await form.getByLabel("Photo").setInputFiles({ name: "hive.jpg", mimeType: "image/jpeg", buffer });
	await form.getByRole("img", { name: "Photo, as it will be saved" }).waitFor();
	await form.getByRole("button", { name: "Add bee" }).click();
	await form.waitFor({ state: "detached" });
	const cover = page.getByRole("img", { name: "Photo of North" }).first();
	await cover.waitFor();
	const { length, width } = await cover.evaluate((image) => ({
		length: (image as HTMLImageElement).src.length,
		width: (image as HTMLImageElement).naturalWidth,
	}));
	expect(length).toBeLessThanOrEqual(44_000);
	expect(width).toBeGreaterThanOrEqual(100);

	await page.reload();
	await cover.waitFor();
	await page.getByRole("button", { name: "Table" }).click();
	await page.getByRole("table").getByRole("img", { name: "Photo of North" }).waitFor();
	await page.getByRole("button", { name: "North", exact: true }).click();
	await page.getByRole("dialog", { name: "North" }).getByRole("img", { name: "Photo of North" }).waitFor();
	await page.keyboard.press("Escape");

	// The letters of a picture are not found by a search.
	await page.getByRole("searchbox", { name: "Search" }).fill("base64");
	await page.getByText("Nothing matches.").waitFor();
	await page.getByRole("searchbox", { name: "Search" }).fill("");

	await page.getByRole("button", { name: "Edit North" }).click();
	const edit = page.getByRole("dialog", { name: "Edit bee" });
	await edit
		.getByLabel("Photo")
		.setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
	await edit.getByText("This file cannot be read as a picture here.").waitFor();
	await edit.getByRole("button", { name: "Remove the picture" }).click();
	await edit.getByRole("button", { name: "Save" }).click();
	await edit.waitFor({ state: "detached" });
	await page.getByRole("img", { name: "Photo of North" }).waitFor({ state: "detached" });
	expect(errors).toEqual([]);
	await context.close();
});

test("limits are kept by the form, and no two records have what must be unique", async () => {
	const app = await composeApp(
		"Boat trips with name (unique, at most 12 characters), passengers (max 8), deposit (not negative)",
	);
	const { page, context, errors } = await openPage(browser, await deployApp(host, app), { width: 360, dark: true });
	const add = async (values: Record<string, string>) => {
		await page
			.getByRole("button", { name: /^Add (your first )?boat trip$/ })
			.first()
			.click();
		const form = page.getByRole("dialog", { name: "Add boat trip" });
		for (const [label, value] of Object.entries(values)) await form.getByLabel(label).fill(value);
		await form.getByRole("button", { name: "Add boat trip" }).click();
		return form;
	};
	const refused = await add({ Name: "A name that is long", Passengers: "9", Deposit: "-1" });
	await refused.getByText("This can have at most 12 characters; it has 19.").waitFor();
	await refused.getByText("This can be at most 8.").waitFor();
	await refused.getByText("This cannot be negative.").waitFor();
	await refused.getByLabel("Name").fill("Ferry");
	await refused.getByLabel("Passengers").fill("8");
	await refused.getByLabel("Deposit").fill("0");
	await refused.getByRole("button", { name: "Add boat trip" }).click();
	await refused.waitFor({ state: "detached" });
	const twice = await add({ Name: "ferry" });
	await twice.getByText("Another record already has this name.").waitFor();
	expect(errors).toEqual([]);
	await context.close();
});

test("what is worked out follows its parts, and the chart is the one that was asked for", async () => {
	const app = await composeApp(
		"Employee shifts with employee, date, start time, end time, hours, hourly rate and total pay, in euros. A line chart of total pay over time.",
	);
	expect(app.composed.said).toContain("“Total pay” is worked out: hours × hourly rate.");
	const { page, context, errors } = await openPage(browser, await deployApp(host, app), { width: 1280 });
	await page.getByRole("button", { name: "Add your first employee shift" }).click();
	const form = page.getByRole("dialog", { name: "Add employee shift" });
	await form.getByLabel("Employee").fill("Ada");
	await form.getByLabel("Date").fill("2026-11-02");
	await form.getByLabel("Start time").fill("22:00");
	await form.getByLabel("End time").fill("02:30");
	await form.getByLabel("Hourly rate").fill("20");
	await form.getByRole("button", { name: "Add employee shift" }).click();
	await page.getByRole("table").getByRole("cell", { name: "€90.00" }).first().waitFor();
	const kind = await page.evaluate(() => document.querySelector(".canvas")?.className);
	expect(kind).toBe("canvas line");
	expect(errors).toEqual([]);
	await context.close();
});

test.each([1280, 360])("an app whose prompt is German speaks German, at %i px", async (width) => {
	const app = await composeApp(
		"Rechnungen mit Kunde, Betrag, Fällig am, Status (offen, bezahlt) und bezahlt (ja/nein), in Euro",
	);
	const { page, context, errors } = await openPage(browser, await deployApp(host, app), { width });
	await page.getByRole("heading", { name: "Noch keine Rechnungen" }).waitFor();
	await page.getByRole("button", { name: "Rechnung hinzufügen" }).first().click();
	const form = page.getByRole("dialog", { name: "Rechnung hinzufügen" });
	await form.getByLabel("Betrag").fill("viel");
	await form.getByRole("button", { name: "Rechnung hinzufügen" }).click();
	await form.getByText("Bitte eine Zahl schreiben.").waitFor();
	await form.getByLabel("Kunde").fill("Bäckerei Groß");
	await form.getByLabel("Betrag").fill("12,50");
	await form.getByRole("switch").check();
	await form.getByRole("button", { name: "Rechnung hinzufügen" }).click();
	await form.waitFor({ state: "detached" });
	const place = width < 680 ? page.locator(".cards").first() : page.getByRole("table");
	await place.getByText("Bäckerei Groß").waitFor();
	// "Ja" is what a filter of the switch asks for, and it finds what was switched on.
	await page.getByRole("button", { name: "Filter" }).click();
	await page.getByRole("group", { name: "Bezahlt" }).getByLabel("Nein").check();
	await page.getByText("Dazu passt nichts.").waitFor();
	await page.getByRole("group", { name: "Bezahlt" }).getByLabel("Nein").uncheck();
	await page.getByRole("group", { name: "Bezahlt" }).getByLabel("Ja").check();
	await place.getByText("Bäckerei Groß").waitFor();
	expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
	const english =
		/\b(?:Add|Edit|Delete|Save|Search|Show|Import a|Export \d|Nothing|Filter by|Average|Total|by|of|from|to|and|the)\b/;
	const shown = await page.evaluate(() =>
		[
			document.body.textContent,
			...Array.from(document.querySelectorAll("[aria-label], [placeholder]"), (each) =>
				[each.getAttribute("aria-label"), each.getAttribute("placeholder")].join(" "),
			),
		].join("\n"),
	);
	expect(shown.match(english)?.[0] ?? null).toBeNull();
	expect(errors).toEqual([]);
	await context.close();
});
