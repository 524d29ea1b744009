// The app origin in Chromium: a private app opens by PKCE inside the studio's page, keeps data, and is refused after a removal;
// and nothing an app tries reaches a foreign host.
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppMessage } from "#schema/bridge.ts";
import { makeId } from "#schema/ids.ts";
import type { Viewer } from "#schema/rpc.ts";
import { type AppHost, startAppHost } from "../support/app-host.ts";
import { type ForeignHost, startForeignHost } from "../support/foreign-host.ts";

let host: AppHost;
let foreign: ForeignHost;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const owner: Viewer = { role: "owner", accountId: makeId("account"), linkId: null, name: "Ada" };
const visitor: Viewer = { role: "visitor", accountId: null, linkId: "lnk_1", name: "Guest" };

beforeAll(async () => {
	[host, foreign] = await Promise.all([startAppHost(), startForeignHost()]);
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
	});
});
afterAll(async () => {
	await browser?.close();
	await host?.stop();
	await foreign?.stop();
});
beforeEach(async () => {
	context = await browser.newContext();
	page = await context.newPage();
});
afterEach(() => context.close());

/** The app's frame once it shows its own document, not the page that opens it. */
async function openFrame(label: string, viewer: Viewer): Promise<Frame> {
	await page.goto(host.framePage(label, viewer));
	await expect.poll(() => page.frames().some((frame) => frame.url() === `${host.appOrigin(label)}/`), { timeout: 15_000 }).toBe(true);
	const frame = page.frames().find((one) => one.url() === `${host.appOrigin(label)}/`);
	if (!frame) throw new Error("the app's frame is gone");
	await frame.waitForLoadState("load");
	return frame;
}

const messages = () => page.evaluate(() => (window as unknown as { messages: unknown[] }).messages);

const notes = {
	"app.js": `
import { useEffect, useState } from "react";
import { data, viewer } from "freehold";
import { jsx, jsxs } from "react/jsx-runtime";
const notes = data.collection("notes");
export default function App() {
	const [list, setList] = useState([]);
	const [said, setSaid] = useState("");
	useEffect(() => {
		const load = () => notes.list().then(setList, (error) => setSaid(error.message));
		load();
		return notes.subscribe(load);
	}, []);
	return jsxs("main", { children: [
		jsx("h1", { children: viewer.name + " " + viewer.role }),
		jsx("button", { onClick: () => notes.add({ text: "milk" }).catch((error) => setSaid(error.message)), children: "Add" }),
		jsx("p", { id: "said", children: said }),
		jsx("ul", { children: list.map((one) => jsx("li", { children: one.value.text + " by " + one.by }, one.id)) }),
	] });
}`,
};

describe("a private app", () => {
	test("opens in the studio's page by a code, keeps data, and leaves nothing in its address", async () => {
		const label = await host.makeApp({ files: notes });
		const frame = await openFrame(label, owner);
		await frame.getByRole("heading", { name: "Ada owner" }).waitFor();
		await frame.getByRole("button", { name: "Add" }).click();
		await frame.getByText("milk by Ada").waitFor();
		const seen = await frame.evaluate(() => ({
			address: location.href,
			referrer: document.referrer,
			history: history.length,
			entries: performance.getEntries().map((entry) => entry.name),
			cookie: document.cookie,
		}));
		expect(seen.address).toBe(`${host.appOrigin(label)}/`);
		expect(seen.cookie).toBe("");
		expect(seen.referrer).toBe("");
		const code = await page.evaluate(() => (window as unknown as { lastCode: string }).lastCode);
		expect(code).toMatch(/^[\w-]{43}$/);
		expect(JSON.stringify(seen)).not.toContain(code);
		for (const message of await messages()) expect(AppMessage.safeParse(message).success, JSON.stringify(message)).toBe(true);
		await page.screenshot({ path: ".build/app-origin-private.png" });

		await page.reload();
		const again = await openFrame(label, owner);
		await again.getByText("milk by Ada").waitFor();
	});
});
