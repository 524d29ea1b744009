// Names in another direction, with control characters: on every page that shows one, it stands by itself, so that it reorders
// nothing of the sentence around it.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type Client, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { addGuest, type Person } from "../support/people.ts";

const typed = { ada: "\u202eאדה 12\u2066\u0007", bob: "بوب\u200f 34\u202d", app: "\u2067נוטות (56)\u202e\u0000" };
const shown = { ada: "אדה 12", bob: "بوب 34", app: "נוטות (56)" };

let host: TestHost;
let browser: Browser;
let ada: Person;
let bob: Person;
let appId: string;
let link: string;

const post = (person: Client, path: string, body: object, method = "POST") => person.call(path, { method, body });

beforeAll(async () => {
	host = await startTestHost({ isRecorded: false });
	browser = await launchChromium();
	ada = await signUpPerson(host, "us-east", typed.ada);
	bob = await signUpPerson(host, "us-east", typed.bob);
	await host.operate({ command: "set-plan", region: "us-east", who: ada.email, plan: "studio" });
	const made = await post(ada, "/api/apps", { prompt: "A list of plants with name and price" });
	appId = made.json.appId;
	await waitForBuild(ada, appId, made.json.buildId);
	await addGuest(host, ada, appId, bob, { role: "editor", scope: "app" });
	const second = await post(bob, `/api/apps/${appId}/builds`, { prompt: "Add a rating" });
	await waitForBuild(bob, appId, second.json.buildId);
	const named = await post(ada, `/api/apps/${appId}`, { name: typed.app }, "PATCH");
	expect(named.json.name).toBe(shown.app);
	const body = { versionId: named.json.currentVersionId, audience: "discover", reviewed: true };
	expect((await post(ada, `/api/apps/${appId}/publish`, body)).status).toBe(200);
	link = (await post(ada, `/api/apps/${appId}/links`, { days: 1 })).json.url;
}, 300_000);
afterAll(async () => {
	await browser?.close();
	await host?.close();
});

async function open(person: Client | null, path: string): Promise<Page> {
	const [name = "", value = ""] = (person?.cookie ?? "").split("=", 2);
	const place = { domain: "us-east.studio.localhost", path: "/", expires: -1, secure: true, httpOnly: true };
	const cookies = person ? [{ name, value, ...place, sameSite: "Lax" as const }] : [];
	const context = await browser.newContext({
		storageState: { cookies, origins: [] },
		viewport: { width: 360, height: 740 },
	});
	const page = await context.newPage();
	await page.goto(path.startsWith("http") ? path : `${host.url("us-east.studio.localhost")}${path}`);
	return page;
}

/** Where the names stand: how often, and the text around those that do not stand by themselves. */
const look = (page: Page, names: string[]) =>
	page.evaluate((wanted) => {
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		let count = 0;
		const loose: string[] = [];
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const parent = node.parentElement;
			const text = node.textContent ?? "";
			if (!parent || parent.closest("script, style") || !wanted.some((name) => text.includes(name))) continue;
			count++;
			if (!parent.closest("bdi, [dir=auto]")) loose.push(`${parent.tagName}: ${text}`);
		}
		const hidden = /(?![\n\t\r])[\p{Cc}\p{Cf}]/u.test(document.body.textContent ?? "");
		return { count, loose, hidden };
	}, names);

const pages: [string, "ada" | "bob" | "nobody", string, (keyof typeof shown)[]][] = [
	["apps", "ada", "/apps", ["ada", "app"]],
	["apps of others", "bob", "/apps", ["ada", "bob", "app"]],
	["the builder", "ada", "/apps/ID", ["app"]],
	["sharing", "ada", "/apps/ID/share", ["app", "bob"]],
	["what was sent", "ada", "/apps/ID/sent", ["app"]],
	["the history of the owner", "ada", "/history", ["app", "bob"]],
	["the history of the editor", "bob", "/history", ["app", "ada"]],
	["the account", "ada", "/account", ["ada"]],
	["Discover", "bob", "/discover", ["app"]],
	["Discover for strangers", "nobody", "/discover", ["app"]],
	["a shared app", "bob", "/view/ID", ["app", "ada"]],
	["a link", "nobody", "LINK", ["app", "ada"]],
];

test.each(pages)("%s, seen by %s", async (_page, who, path, names) => {
	const person = { ada, bob, nobody: null }[who];
	const page = await open(person, path === "LINK" ? link : path.replace("ID", appId));
	for (const name of names)
		await expect
			.poll(async () => (await look(page, [shown[name]])).count, { message: name, timeout: 10_000 })
			.toBeGreaterThan(0);
	expect(await look(page, Object.values(shown))).toMatchObject({ loose: [], hidden: false });
	if (path.startsWith("/view") || path === "LINK") {
		const by = page.getByText(shown.ada);
		expect(await by.isVisible()).toBe(true);
		expect(await page.locator(".by").textContent()).toBe(`Shared by ${shown.ada}`);
	}
	const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
	expect(isWide).toBe(false);
	await page.context().close();
});
