// "Each generated app runs on its own origin, without access to your session, other apps, prompts or credits"
// In Chromium, as its owner: what runs in an app's page tries to get out. What the browser refuses and what the studio refuses
// are looked at apart, because each must hold without the other.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Region } from "#schema/region.ts";
import { launchChromium } from "../support/chromium.ts";
import { password } from "../support/client.ts";
import { type ForeignHost, startForeignHost } from "../support/foreign-host.ts";
import { studioHost } from "../support/host.ts";
import {
	buildApp,
	callApp,
	makeCanary,
	openSession,
	type Person,
	publish,
	signUp,
	succeed,
	urlOf,
} from "../support/promise-client.ts";

const script = (name: string) => readFileSync(join(import.meta.dirname, "../support", name), "utf8");
const [waysIn, waysOut] = [script("ways-in.js"), script("ways-out.js")];

let browser: Browser;
let foreign: ForeignHost;
beforeAll(async () => {
	[browser, foreign] = await Promise.all([launchChromium(), startForeignHost()]);
});
afterAll(async () => {
	await browser?.close();
	await foreign?.stop();
});

/** Tried by the app's own code; each answer is what it got hold of, or `refused`. */
interface Attempt {
	name: string;
	got: string;
}

/** Runs test/support/ways-in.js in the page of an app. */
async function tryEverything(page: Page | Frame, others: { studio: string; other: string }): Promise<Attempt[]> {
	await page.evaluate(waysIn);
	return page.evaluate<Attempt[]>(`tryEverything(${JSON.stringify(others)})`);
}

describe.each(Region.options)("in %s", (region) => {
	const canary = makeCanary();
	let ada: Person;
	let context: BrowserContext;
	let page: Page;
	let app: { id: string; origin: string };
	let other: { id: string; origin: string };
	const studio = () => urlOf(studioHost(region));

	beforeAll(async () => {
		ada = await signUp(region, "Ada");
		const make = async (prompt: string) => {
			const { appId } = await buildApp(ada, prompt);
			const { draftOrigin } = succeed(await ada.call(`/api/apps/${appId}`), 200);
			return { id: appId, origin: draftOrigin as string };
		};
		app = await make(`A reading list with title and author. Between us: ${canary}.`);
		other = await make("An inventory");
		context = await browser.newContext();
		page = await context.newPage();
		await page.goto(`${studio()}/sign-in`);
		const status = await page.evaluate(
			async (body) =>
				(
					await fetch("/api/account/sign-in", {
						method: "POST",
						headers: { "Content-Type": "application/json" },
						body: JSON.stringify(body),
					})
				).status,
			{ email: ada.email, password },
		);
		expect(status).toBe(200);
	});
	afterAll(() => context?.close());

	async function openBuilder(one: { id: string; origin: string }): Promise<Frame> {
		await page.goto(`${studio()}/apps/${one.id}`);
		const find = () => page.frames().find((frame) => frame.url() === `${one.origin}/`);
		await expect.poll(() => find() !== undefined, { timeout: 20_000 }).toBe(true);
		const frame = find();
		if (!frame) throw new Error("the preview is gone");
		await frame.locator("button").first().waitFor();
		return frame;
	}

	it("each app has an origin of its own, of another site than the studio", async () => {
		const origins = [app.origin, other.origin, studio()].map((one) => new URL(one));
		expect(new Set(origins.map(({ origin }) => origin)).size).toBe(3);
		const siteOf = ({ hostname }: URL) => hostname.split(".").slice(-2).join(".");
		const [one, two, own] = origins.map(siteOf);
		expect(own).not.toBe(one);
		expect(own).not.toBe(two);
		expect(new URL(app.origin).hostname.split(".")[0]).toMatch(/^[a-z0-9]{20,}$/);
	});

	it("the preview in the studio gets nothing of the session, other apps, prompts or credits", async () => {
		const frame = await openBuilder(app);
		const reached: string[] = [];
		page.on("response", (response) => {
			const from = response.request().frame();
			if (from === frame && !response.url().startsWith(app.origin)) reached.push(response.url());
		});
		// the studio's page itself may: so the attempts are real
		expect(await page.evaluate(async () => (await fetch("/api/apps")).status)).toBe(200);
		const attempts = await tryEverything(frame, { studio: studio(), other: other.origin });
		expect(attempts.filter(({ got }) => got !== "refused")).toEqual([]);
		expect(attempts.length).toBeGreaterThan(12);
		expect(reached).toEqual([]);
		expect(succeed(await ada.call("/api/apps"), 200).apps).toHaveLength(2);
	});

	it("the page of a published app, opened beside the studio, gets nothing either", async () => {
		await publish(ada, app.id, "discover");
		const { liveOrigin } = succeed(await ada.call(`/api/apps/${app.id}`), 200);
		const top = await context.newPage();
		await top.goto(`${liveOrigin}/`);
		await top.locator("button").first().waitFor();
		const attempts = await tryEverything(top, { studio: studio(), other: other.origin });
		const own = new Set(["document of the studio", "storage of the studio", "address of the studio"]);
		// at top level `parent` is the app itself
		expect(attempts.filter(({ name, got }) => got !== "refused" && !own.has(name))).toEqual([]);
		await top.close();
	});

	it("nothing leaves the page for another host", async () => {
		const frame = await openBuilder(app);
		foreign.forget();
		await frame.evaluate(waysOut);
		const tried = await frame.evaluate<string[]>(`startWays(${JSON.stringify(foreign.origin)}, ${foreign.udpPort})`);
		expect(tried.length).toBeGreaterThan(40);
		await page.waitForTimeout(2500);
		expect(foreign.seen()).toEqual([]);
		// the host is there to be reached
		await (await context.newPage()).goto(`${foreign.origin}/here`);
		expect(foreign.seen()).toContain("/here");
	});

	it("the prompt is in nothing that the app is served", async () => {
		const frame = await openBuilder(app);
		const texts = await frame.evaluate<string[]>(`(async () => {
			const urls = performance.getEntriesByType("resource").map(({ name }) => name);
			const own = ["/", ...urls.filter((url) => url.startsWith(location.origin) && !url.includes("/events"))];
			return Promise.all(own.map(async (url) => (await fetch(url)).text()));
		})()`);
		expect(texts.length).toBeGreaterThan(10);
		expect(texts.filter((text) => text.includes(canary))).toEqual([]);
	});

	it("without the browser's help, the studio refuses what comes from an app's origin", async () => {
		const headers = { Origin: app.origin, "Sec-Fetch-Site": "cross-site" };
		for (const path of ["/api/apps", "/api/credits", "/api/history", "/api/account"]) {
			const answer = await ada.call(path, { headers });
			expect(answer.headers["access-control-allow-origin"], path).toBeUndefined();
			expect(answer.headers["cross-origin-resource-policy"], path).toBe("same-origin");
		}
		const post = await ada.call("/api/apps", { method: "POST", body: { prompt: "An inventory" }, headers });
		expect(post.json.error.code).toBe("cross_origin");
		const cookies = await context.cookies();
		const session = cookies.find(({ name }) => name.startsWith("__Host-freehold"));
		expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: "Lax", domain: studioHost(region) });
	});

	it("a session of one app opens no other, nor the studio", async () => {
		const session = await openSession(ada, `/api/apps/${app.id}/open`, { kind: "draft" });
		if (!session) throw new Error("the app does not open");
		expect((await callApp(session.origin, "/", session)).status).toBe(200);
		expect((await callApp(other.origin, "/", session)).status).not.toBe(200);
		const data = { cookie: session.cookie, body: { op: "list", collection: "items" } };
		expect((await callApp(session.origin, "/_freehold/api/data", data)).status).toBe(200);
		expect((await callApp(other.origin, "/_freehold/api/data", data)).status).toBeGreaterThanOrEqual(400);
		const api = await ada.call("/api/apps", { headers: { Cookie: session.cookie } });
		expect(api.status).toBe(401);
	});
});
