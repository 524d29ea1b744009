// Paths of an app's own: links and pushState lead to them, and a reload, Back and a new version come back to them.
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeId } from "#schema/ids.ts";
import type { Viewer } from "#schema/rpc.ts";
import { checkFiles } from "#studio/files/check.ts";
import { type AppHost, startAppHost } from "../support/app-host.ts";
import { deployChecked, fileMap } from "../support/checked-app.ts";
import { launchChromium } from "../support/chromium.ts";

let host: AppHost;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	host = await startAppHost();
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await host?.stop();
});
beforeEach(async () => {
	page = await browser.newPage();
});
afterEach(() => page.close());

const owner: Viewer = { role: "owner", accountId: makeId("account"), linkId: null, name: "Ada" };

const router = {
	"app.tsx": `import { useEffect, useState } from "react";
import "./look.css";
export default function App() {
	const [path, setPath] = useState(location.pathname + location.hash);
	useEffect(() => {
		const read = () => setPath(location.pathname + location.hash);
		addEventListener("popstate", read);
		addEventListener("hashchange", read);
		return () => { removeEventListener("popstate", read); removeEventListener("hashchange", read); };
	}, []);
	const go = (to: string) => { history.pushState({}, "", to); setPath(to); };
	return <main><h1>At {path}</h1><a href="/two">Two</a> <a href="#/one">One</a> <a href="/gone.png">Gone</a> <button onClick={() => go("/list/three")}>Push</button></main>;
}
`,
	"look.css": "h1 { color: rgb(1, 2, 3); }\n",
};

async function open(contents: Record<string, string>, audience: "public" | "private") {
	const label = await deployChecked(host, await checkFiles(fileMap(contents)), audience);
	await page.goto(audience === "public" ? `${host.appOrigin(label)}/` : host.framePage(label, owner));
	return label;
}

test("a public app answers under its own paths, and a missing file stays missing", async () => {
	const label = await open(router, "public");
	await page.getByText("At /").waitFor();
	await page.getByRole("link", { name: "Two" }).click();
	await page.getByRole("heading", { name: "At /two" }).waitFor();
	await page.getByRole("button").click();
	await page.getByRole("heading", { name: "At /list/three" }).waitFor();
	await page.reload();
	await page.getByRole("heading", { name: "At /list/three" }).waitFor();
	expect(await page.locator("h1").evaluate((one) => getComputedStyle(one).color)).toBe("rgb(1, 2, 3)");
	await page.goBack();
	await page.getByRole("heading", { name: "At /two" }).waitFor();
	await page.getByRole("link", { name: "One", exact: true }).click();
	await page.getByRole("heading", { name: "At /two#/one" }).waitFor();
	const ask = async (path: string) => {
		const headers = { "Sec-Fetch-Dest": "empty", "Sec-Fetch-Site": "same-origin" };
		return (await host.request(new URL(host.appOrigin(label)).hostname, path, { headers })).status;
	};
	const statuses = await Promise.all(["/two", "/gone.png", "/data/rows.json"].map(ask));
	expect(statuses).toEqual([404, 404, 404]);
	expect((await page.goto(`${host.appOrigin(label)}/gone.png`))?.status()).toBe(404);
	expect((await page.goto(`${host.appOrigin(label)}/deep/er/`))?.status()).toBe(200);
});

test("a preview in its frame keeps its path through a reload, Back and a session that is over", async () => {
	await open(router, "private");
	const frame = page.frameLocator("iframe");
	await frame.getByRole("link", { name: "Two" }).click();
	await frame.getByRole("heading", { name: "At /two" }).waitFor();
	await frame.getByRole("button").click();
	await frame.getByRole("heading", { name: "At /list/three" }).waitFor();
	const inner = page.frames()[1];
	await inner?.evaluate(() => location.reload());
	await frame.getByRole("heading", { name: "At /list/three" }).waitFor();
	await inner?.evaluate(() => history.back());
	await frame.getByRole("heading", { name: "At /two" }).waitFor();
	await page.context().clearCookies();
	await inner?.evaluate(() => location.reload());
	await frame.getByRole("heading", { name: "At /two" }).waitFor();
	// the app's own way back to its start page opens it again, too, without an error page of the browser
	await page.context().clearCookies();
	await inner?.evaluate(() => location.assign("/"));
	await frame.getByRole("heading", { name: "At /", exact: true }).waitFor();
});

test("a page with addresses of its own kind finds its files from every path", async () => {
	await open(
		{
			"index.html":
				'<!doctype html><title>Own page</title><link rel="stylesheet" href="css/look.css"><p id="where">…</p><script type="module" src="./src/main.ts"></script><script>document.title = "ran";</script>',
			"css/look.css": "p { color: rgb(4, 5, 6); }\n",
			"src/main.ts":
				'import { say } from "./say";\ndocument.getElementById("where")!.textContent = say(location.pathname);\n',
			"src/say.ts": "export const say = (path: string) => `at ${path}`;\n",
		},
		"public",
	);
	await page.getByText("at /").waitFor();
	await page.goto(new URL("/a/b/c", page.url()).href);
	await page.getByText("at /a/b/c").waitFor();
	expect(await page.title()).toBe("ran");
	expect(await page.locator("p").evaluate((one) => getComputedStyle(one).color)).toBe("rgb(4, 5, 6)");
});
