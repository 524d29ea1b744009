// Small apps as models write them, and templates of public packages: each either runs in a browser without an error and shows
// something, or is refused with a sentence that says what to do. None is accepted and blank. A part of them, another each day, runs
// here; FREEHOLD_ALL_APPS=1 runs all.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkFiles } from "#studio/files/check.ts";
import { type AppHost, startAppHost } from "../support/app-host.ts";
import { deployChecked } from "../support/checked-app.ts";
import { launchChromium } from "../support/chromium.ts";
import { type FixtureApp, readFixtureApps } from "../support/fixture-apps.ts";

const all = readFixtureApps();
const parts = process.env["FREEHOLD_ALL_APPS"] ? 1 : 4;
const today = Math.floor(Date.now() / 86_400_000);
const isToday = (_: FixtureApp, at: number) => at % parts === today % parts;

describe("the fixture", () => {
	it("has apps of both kinds, and real ones", () => {
		expect(all.length).toBeGreaterThanOrEqual(120);
		expect(all.filter(({ name }) => name.startsWith("real/")).length).toBeGreaterThanOrEqual(40);
		expect(all.filter(({ refusedWith }) => refusedWith === null).length).toBeGreaterThan(50);
	});
});

describe("refused", () => {
	it.each(all.filter(({ refusedWith }) => refusedWith !== null))(
		"$name, with $refusedWith",
		async ({ files, refusedWith }) => {
			const { problems } = await checkFiles(files);
			expect(problems.map(({ code }) => code)).toContain(refusedWith);
			for (const { message } of problems) expect(message).toMatch(/^[^\n]{25,700}$/);
		},
	);
});

describe("runs", () => {
	let host: AppHost;
	let browser: Browser;
	let context: BrowserContext;
	beforeAll(async () => {
		host = await startAppHost();
		browser = await launchChromium();
		context = await browser.newContext();
	});
	afterAll(async () => {
		await browser?.close();
		await host?.stop();
	});

	it.concurrent.each(all.filter(({ refusedWith }) => refusedWith === null).filter(isToday))(
		"$name",
		async ({ files }) => {
			const checked = await checkFiles(files);
			expect(checked.problems).toEqual([]);
			const label = await deployChecked(host, checked, "public");
			const page = await context.newPage();
			const errors = watchErrors(page);
			try {
				await page.goto(`${host.appOrigin(label)}/`);
				await page.waitForFunction(showsSomething, null, { timeout: 15_000 });
				// effects of the first drawing run after it
				await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 60))));
				expect(errors).toEqual([]);
				expect(await page.evaluate(showsSomething)).toBe(true);
			} finally {
				await page.close();
			}
		},
	);
});

function watchErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "error") errors.push(message.text());
	});
	page.on("pageerror", (error) => errors.push(String(error)));
	return errors;
}

/** Runs in the page: something to read or to see. */
function showsSomething(): boolean {
	// biome-ignore lint/performance/useDomNodeTextContent: what is rendered counts
	if (document.body?.innerText.trim()) return true;
	const pictures = document.body?.querySelectorAll("img, svg, canvas, video, input, textarea, select, button") ?? [];
	const roots = [...(document.body?.querySelectorAll("*") ?? [])].flatMap(({ shadowRoot }) => shadowRoot ?? []);
	const hasBox = [...pictures].some((one) => one.getBoundingClientRect().width > 0);
	return hasBox || roots.some((root) => (root.textContent ?? "").trim() !== "");
}
