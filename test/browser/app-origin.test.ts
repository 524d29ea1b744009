// The app origin in Chromium: a private app opens by PKCE inside the studio's page, keeps data, and is refused after a removal;
// and nothing an app tries reaches a foreign host.
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AppMessage } from "#schema/bridge.ts";
import { makeId } from "#schema/ids.ts";
import type { Viewer } from "#schema/rpc.ts";
import { type AppHost, startAppHost } from "../support/app-host.ts";
import { launchChromium } from "../support/chromium.ts";
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
	browser = await launchChromium();
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
async function openFrame(label: string, viewer: Viewer, inPage = page): Promise<Frame> {
	await inPage.goto(host.framePage(label, viewer));
	await expect
		.poll(() => inPage.frames().some((frame) => frame.url() === `${host.appOrigin(label)}/`), { timeout: 15_000 })
		.toBe(true);
	const frame = inPage.frames().find((one) => one.url() === `${host.appOrigin(label)}/`);
	if (!frame) throw new Error("the app's frame is gone");
	// the page that opens the app may stand in the place of the app's own
	await frame.waitForFunction(() => document.title !== "Opening");
	await frame.waitForLoadState("load");
	return frame;
}

const messages = () => page.evaluate(() => (window as unknown as { messages: unknown[] }).messages);

const types = async () => ((await messages()) as AppMessage[]).map((message) => message.type);
const reports = async () => ((await messages()) as AppMessage[]).filter((message) => message.type === "report");

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
		for (const message of await messages())
			expect(AppMessage.safeParse(message).success, JSON.stringify(message)).toBe(true);
		await page.screenshot({ path: ".build/app-origin-private.png" });

		await page.reload();
		const again = await openFrame(label, owner);
		await again.getByText("milk by Ada").waitFor();
	});

	test("is opened as the person who is signed in now, not as the one before", async () => {
		const label = await host.makeApp({ files: notes });
		const first = await openFrame(label, owner);
		await first.getByRole("heading", { name: "Ada owner" }).waitFor();
		const next = await openFrame(label, { role: "viewer", accountId: makeId("account"), linkId: null, name: "Vic" });
		await next.getByRole("heading", { name: "Vic viewer" }).waitFor();
		await next.getByRole("button", { name: "Add" }).click();
		await next.getByText("You can look at what this app keeps, but not change it.").waitFor();
	});

	test("is refused after a removal, at once and on the next request", async () => {
		const label = await host.makeApp({ files: notes });
		const frame = await openFrame(label, owner);
		await frame.getByRole("heading", { name: "Ada owner" }).waitFor();
		await host.rpc("ACCESS", "revoke", label, { accountId: owner.accountId });
		await frame.getByText("Your access to this app was taken back.").waitFor();
		await expect.poll(() => types()).toContain("ended");
		const status = await frame.evaluate(async () => (await fetch("/app.js")).status);
		expect(status).toBe(404);
	});

	test("keeps a visitor's records in the visitor's browser, and says so", async () => {
		const label = await host.makeApp({ files: notes });
		const owned = await openFrame(label, owner);
		await owned.getByRole("button", { name: "Add" }).click();
		await owned.getByText("milk by Ada").waitFor();
		await context.clearCookies();
		const frame = await openFrame(label, visitor);
		await frame.getByRole("heading", { name: "Guest visitor" }).waitFor();
		await frame.getByRole("button", { name: "Add" }).click();
		await frame.getByText("milk by").waitFor();
		expect(await frame.getByText("milk by Ada").count()).toBe(0);
		expect(await frame.evaluate(() => document.querySelector("freehold-bridge") !== null)).toBe(true);
		const inventory = await host.rpc<{ value: { collections: unknown[] } }>("ACCESS", "inventory", label);
		expect(inventory.value.collections).toEqual([{ name: "notes", records: 1 }]);
		await page.screenshot({ path: ".build/app-origin-visitor.png" });

		// at top level the browser has a storage for the page, and what is added lasts
		await host.rpc("ACCESS", "setAudience", label, "public");
		await page.goto(`${host.appOrigin(label)}/`);
		await page.getByRole("heading", { name: "visitor" }).waitFor();
		await page.getByRole("button", { name: "Add" }).click();
		await page.getByText("milk by").waitFor();
		await page.reload();
		await page.getByText("milk by").waitFor();
		const still = await host.rpc<{ value: { collections: unknown[] } }>("ACCESS", "inventory", label);
		expect(still.value.collections).toEqual([{ name: "notes", records: 1 }]);
	});

	test("shows changes of others at once, and a draft reloads on a new version", async () => {
		const label = await host.makeApp({ files: notes, kind: "draft" });
		const frame = await openFrame(label, owner);
		await frame.getByRole("heading", { name: "Ada owner" }).waitFor();
		const other = await host.openSession(label, {
			...owner,
			accountId: makeId("account"),
			role: "editor",
			name: "Eve",
		});
		await host.ask(label, "/_freehold/api/data", other, { op: "add", collection: "notes", value: { text: "eggs" } });
		await frame.getByText("eggs by Eve").waitFor();
		await host.deployFiles(label, { "app.js": notes["app.js"].replace('"Add"', '"Put"') });
		await frame.getByRole("button", { name: "Put" }).waitFor();
		expect(await types()).toContain("reloading");
		// the page's own reload goes on with its session; only a load by the studio asks again
		expect((await types()).filter((type) => type === "freehold:challenge")).toHaveLength(1);
	});

	test("is not opened by a stranger's frame, nor at top level", async () => {
		const label = await host.makeApp({ files: notes });
		await openFrame(label, owner);
		const top = await context.newPage();
		const answer = await top.goto(`${host.appOrigin(label)}/`);
		expect(answer?.status()).toBe(403);
		await top.screenshot({ path: ".build/app-origin-private-top.png" });
		await top.getByRole("link", { name: "Open Freehold" }).click();
		await top.waitForURL(`${host.studioOrigin}/`);
		await top.goto(`${foreign.origin}/stranger`);
		await top.evaluate((address) => {
			document.body.innerHTML = `<iframe src="${address}/_freehold/open"></iframe>`;
		}, host.appOrigin(label));
		await top.waitForTimeout(500);
		const text = await top
			.frames()[1]
			?.evaluate(() => document.body?.textContent ?? "")
			.catch(() => "");
		expect(text).not.toContain("Opening");
	});
});

test("localStorage lasts for a person where the browser denies one", async () => {
	const code = `
import { jsx } from "react/jsx-runtime";
export default function App() {
	const before = localStorage.getItem("draft");
	localStorage.setItem("draft", "kept");
	localStorage.other = "x";
	return jsx("p", { children: "found " + before + " " + Object.keys(localStorage).join() + " " + String(localStorage) });
}`;
	const label = await host.makeApp({ files: { "app.js": code } });
	const first = await openFrame(label, owner);
	await first.getByText("found null").waitFor();
	await page.waitForTimeout(600);
	const second = await openFrame(label, owner);
	await second.getByText("found kept draft,other").waitFor();
	const third = await openFrame(label, { ...owner, accountId: makeId("account"), name: "Eve" });
	await third.getByText("found null").waitFor();
});

describe("the bridge", () => {
	const faulty = (body: string) => ({
		"app.js": `import { dialog, download } from "freehold";\nimport { jsx } from "react/jsx-runtime";\nexport default function App() {\n\treturn jsx("main", { children: [${body}] });\n}\n`,
	});
	const button = (name: string, code: string) =>
		`jsx("button", { children: ${JSON.stringify(name)}, onClick: async () => { ${code} } }, ${JSON.stringify(name)})`;

	test("reports errors with the line of the person's own file, as bounded text", async () => {
		const label = await host.makeApp({
			files: faulty(
				[
					button("Throw", `throw new Error("<b>boom</b>")`),
					button("Log", `console.error("bad", { a: [1] }, new Error("inner"))`),
					button("Flood", `for (let at = 0; at < 5000; at++) console.log("x".repeat(5000))`),
					button("Fetch", `await fetch(${JSON.stringify(foreign.origin)})`),
				].join(","),
			),
		});
		const frame = await openFrame(label, owner);
		await frame.getByRole("button", { name: "Throw" }).click();
		await expect.poll(reports).toContainEqual(
			expect.objectContaining({
				kind: "rejection",
				message: "Error: <b>boom</b>",
				place: expect.objectContaining({ file: "app.tsx", line: 4 }),
			}),
		);
		await frame.getByRole("button", { name: "Log" }).click();
		await expect
			.poll(reports)
			.toContainEqual(expect.objectContaining({ kind: "console_error", message: 'bad {"a":[1]} Error: inner' }));
		await frame.getByRole("button", { name: "Fetch" }).click();
		await expect
			.poll(reports)
			.toContainEqual(expect.objectContaining({ kind: "csp", message: expect.stringContaining("connect-src") }));
		await frame.getByRole("button", { name: "Flood" }).click();
		await expect.poll(types).toContain("dropped");
		expect((await reports()).length).toBeLessThan(40);
		for (const message of await messages())
			expect(AppMessage.safeParse(message).success, JSON.stringify(message).slice(0, 300)).toBe(true);
	});

	test("says what is wrong with an app that does not start", async () => {
		const none = await host.makeApp({ files: { "app.js": "export const App = 1;" } });
		await openFrame(none, owner);
		await expect
			.poll(reports)
			.toContainEqual(expect.objectContaining({ message: expect.stringContaining("must export a component") }));
		await expect.poll(types, { timeout: 10_000 }).toContain("blank");
		const broken = await host.makeApp({ files: { "app.js": 'import "./missing.js";\nexport default () => null;' } });
		await openFrame(broken, owner);
		await expect.poll(reports).toContainEqual(expect.objectContaining({ kind: "error" }));
		const thrown = await host.makeApp({
			files: { "app.js": "export default function App() {\n\n\tundefinedThing();\n}" },
		});
		await openFrame(thrown, owner);
		await expect
			.poll(reports)
			.toContainEqual(expect.objectContaining({ place: expect.objectContaining({ file: "app.tsx", line: 3 }) }));
	});

	test("replaces dialogs that a sandboxed frame lacks", async () => {
		const label = await host.makeApp({
			files: faulty(
				[
					button("Alert", `alert("hello there")`),
					button("Old", `document.title = String(confirm("sure?"))`),
					button("Ask", `document.title = String(await dialog.confirm("Delete it?"))`),
					button("Name", `document.title = String(await dialog.prompt("Your name?", "x"))`),
				].join(","),
			),
		});
		const frame = await openFrame(label, owner);
		await frame.getByRole("button", { name: "Alert" }).click();
		await page.keyboard.press("Enter");
		await frame.getByRole("button", { name: "Old" }).click();
		await expect.poll(() => frame.title()).toBe("false");
		await expect
			.poll(reports)
			.toContainEqual(expect.objectContaining({ message: expect.stringContaining("dialog.confirm") }));
		await frame.getByRole("button", { name: "Ask" }).click();
		await page.waitForTimeout(200);
		await page.screenshot({ path: ".build/app-origin-dialog.png" });
		await page.keyboard.press("Enter");
		await expect.poll(() => frame.title()).toBe("true");
		await frame.getByRole("button", { name: "Ask" }).click();
		await page.waitForTimeout(200);
		await page.keyboard.press("Escape");
		await expect.poll(() => frame.title()).toBe("false");
		await frame.getByRole("button", { name: "Name" }).click();
		await page.waitForTimeout(200);
		await page.keyboard.type("Zoë");
		await page.keyboard.press("Enter");
		await expect.poll(() => frame.title()).toMatch(/Zoë$/);
	});

	test("hands links and files to the studio page", async () => {
		const label = await host.makeApp({
			files: {
				"guide.txt": "read me",
				...faulty(
					[
						`jsx("a", { href: "/guide.txt", download: "guide.txt", children: "Guide" }, "guide")`,
						`jsx("a", { href: "https://example.com/x?y=1", children: "Out" }, "out")`,
						`jsx("a", { href: "https://example.com/blank", target: "_blank", children: "Blank" }, "blank")`,
						button("Csv", `await download("a/b.csv", "x,y\\n1,2", "text/csv")`),
						button(
							"Blob",
							`const link = document.createElement("a"); link.href = URL.createObjectURL(new Blob(["hi"], { type: "text/plain" })); link.download = "hi.txt"; link.click()`,
						),
						button(
							"Pixels",
							`const link = document.createElement("a"); link.href = "data:image/png;base64,AAEC"; link.download = "p.png"; document.body.append(link); link.click()`,
						),
						button("Open", `window.open("https://example.com/open")`),
					].join(","),
				),
			},
		});
		const frame = await openFrame(label, owner);
		await frame.getByRole("link", { name: "Guide" }).click();
		await frame.getByRole("link", { name: "Out" }).click();
		await frame.getByRole("link", { name: "Blank" }).click();
		for (const name of ["Csv", "Blob", "Pixels", "Open"]) await frame.getByRole("button", { name }).click();
		const sent = async () =>
			((await messages()) as AppMessage[]).filter((one) => one.type === "link" || one.type === "download");
		await expect.poll(async () => (await sent()).length).toBe(7);
		const envelope = { source: "freehold-app", v: 1 };
		expect(await sent()).toEqual(
			expect.arrayContaining([
				{ ...envelope, type: "link", url: "https://example.com/x?y=1" },
				{
					...envelope,
					type: "download",
					name: "guide.txt",
					mediaType: "text/plain; charset=utf-8",
					encoding: "utf8",
					content: "read me",
				},
				{ ...envelope, type: "link", url: "https://example.com/blank" },
				{ ...envelope, type: "link", url: "https://example.com/open" },
				{
					...envelope,
					type: "download",
					name: "a-b.csv",
					mediaType: "text/csv",
					encoding: "utf8",
					content: "x,y\n1,2",
				},
				{ ...envelope, type: "download", name: "hi.txt", mediaType: "text/plain", encoding: "utf8", content: "hi" },
				{ ...envelope, type: "download", name: "p.png", mediaType: "image/png", encoding: "base64", content: "AAEC" },
			]),
		);
		expect(frame.url()).toBe(`${host.appOrigin(label)}/`);
	});

	test("gives libraries that share one preact", async () => {
		const label = await host.makeApp({
			audience: "public",
			files: {
				"app.js": `
import React, { useState, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { createPortal } from "react-dom";
import { signal } from "@preact/signals";
import { h } from "preact";
import { useMemo } from "preact/hooks";
import Chart from "chart.js/auto";
import { Chart as Bare } from "chart.js";
import { jsx } from "preact/jsx-runtime";
const count = signal(1);
export default function App() {
	const [ready, setReady] = useState(false);
	const canvas = React.useRef(null);
	const double = useMemo(() => count.value * 2, [count.value]);
	useEffect(() => {
		const chart = new Chart(canvas.current, { type: "bar", data: { labels: ["a"], datasets: [{ data: [1] }] }, options: { animation: false } });
		setReady(true);
		return () => chart.destroy();
	}, []);
	return React.createElement("main", null,
		h("p", null, "double " + double + (ready ? " ready" : "")),
		React.createElement("button", { className: "more", onClick: () => { count.value++; } }, "More"),
		createPortal(h("i", null, typeof createRoot + typeof Bare), document.body),
		jsx("div", { style: { width: 300 }, children: React.createElement("canvas", { ref: canvas }) }));
}`,
			},
		});
		const errors: string[] = [];
		page.on("pageerror", (error) => errors.push(error.message));
		page.on("console", (message) => {
			if (message.type() === "error") errors.push(message.text());
		});
		await page.goto(`${host.appOrigin(label)}/`);
		await page.getByText("double 2 ready").waitFor();
		await page.getByRole("button", { name: "More" }).click();
		await page.getByText("double 4 ready").waitFor();
		await page.getByText("functionfunction").waitFor();
		await page.screenshot({ path: ".build/app-origin-public.png" });
		expect(errors).toEqual([]);
	});
});

describe("ways out", () => {
	// what Chromium sends from a page without any protection: the list that makes the tests below mean something
	const open = [
		"fetch",
		"fetchNoCors",
		"fetchKeepalive",
		"xhr",
		"beacon",
		"webSocket",
		"eventSource",
		"image",
		"imageSrcset",
		"picture",
		"inputImage",
		"script.js",
		"moduleScript.js",
		"dynamicImport.js",
		"stylesheet.css",
		"cssImport.css",
		"cssImage",
		"cssFont",
		"fontFace",
		"cssCursor",
		"cssList",
		"iframe",
		"iframeInside",
		"iframeInsideFetch",
		"srcdoc",
		"object",
		"embed",
		"video",
		"poster",
		"audio",
		"trackVideo",
		"prefetch",
		"preload",
		"modulepreload.js",
		"svgImage",
		"blobWorker",
		"blobWorkerImport.js",
		"pingLink",
	];
	let bare: Server;
	let bareOrigin = "";
	let files: Record<string, string>;
	beforeAll(async () => {
		const script = await readFile(new URL("../support/ways-out.js", import.meta.url), "utf8");
		const index = `<!doctype html><meta charset="utf-8"><title>ways</title><body><h1>ways</h1><script src="/ways-out.js"></script></body>`;
		// one that a browser takes: a script that throws would be refused whatever protects
		const worker = 'addEventListener("fetch", () => undefined);';
		files = { "index.html": index, "ways-out.js": script, "worker.js": worker };
		bare = createServer((request, response) => {
			const isScript = request.url === "/ways-out.js";
			response.writeHead(200, { "Content-Type": isScript ? "text/javascript" : "text/html" });
			response.end(isScript ? script : index);
		});
		await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve));
		const address = bare.address();
		bareOrigin = `http://bare.localhost:${address && typeof address === "object" ? address.port : 0}`;
	});
	afterAll(() => {
		bare?.closeAllConnections();
		bare?.close();
	});
	beforeEach(() => foreign.forget());

	const start = (target: Page | Frame) =>
		target.evaluate(
			([origin, udp]) => (window as unknown as Ways).startWays(String(origin), Number(udp)),
			[foreign.origin, foreign.udpPort],
		);
	const leave = (target: Page | Frame, name: string) =>
		target
			.evaluate(
				([which, origin]) => (window as unknown as Ways).leave(String(which), String(origin)),
				[name, foreign.origin],
			)
			.catch(() => []);

	/**
	 * Tries each way to leave in a page of its own, since a refused navigation may still be under way in the page before; four side by
	 * side, since most of the time is waiting.
	 */
	const leaveEach = async (
		names: readonly string[],
		open: (page: Page) => Promise<Page | Frame>,
		check: (name: string, page: Page) => Promise<void>,
	) => {
		for (let from = 0; from < names.length; from += 4) {
			await Promise.all(
				names.slice(from, from + 4).map(async (name) => {
					const fresh = await browser.newContext();
					try {
						const own = await fresh.newPage();
						await leave(await open(own), name);
						await check(name, own);
					} finally {
						await fresh.close();
					}
				}),
			);
		}
	};
	/** Time enough for what leaves to arrive: where nothing protects, it does within it. */
	const refused = async (name: string, own: Page) => {
		await own.waitForTimeout(400);
		expect(foreign.seen(), name).toEqual([]);
	};

	test("are open where nothing protects, WebRTC too", async () => {
		await page.goto(bareOrigin);
		await start(page);
		await expect
			.poll(() => foreign.seen(), { timeout: 15_000 })
			.toEqual(expect.arrayContaining([...open.map((name) => `/${name}`), "udp"]));
	});

	test("and ways to leave are open where nothing protects", async () => {
		await page.goto(bareOrigin);
		const openBare = async (own: Page) => {
			await own.goto(bareOrigin);
			return own;
		};
		await leaveEach(await leave(page, ""), openBare, async (name) => {
			await expect
				.poll(() => foreign.seen().map((path) => path.replace(/\?.*/, "")), { message: name, timeout: 15_000 })
				.toContain(`/leave-${name}`);
		});
	});

	test("are closed to an app at top level", async () => {
		const label = await host.makeApp({ files, entry: "html", audience: "public" });
		await page.goto(`${host.appOrigin(label)}/`);
		const tried = await start(page);
		expect(tried.length).toBeGreaterThan(open.length);
		await page.waitForTimeout(4000);
		expect(foreign.seen()).toEqual([]);
		const openTop = async (own: Page) => {
			await own.goto(`${host.appOrigin(label)}/`);
			return own;
		};
		await leaveEach(await leave(page, ""), openTop, refused);
	});

	test("are closed to an app in the studio's page", async () => {
		const label = await host.makeApp({ files, entry: "html" });
		const frame = await openFrame(label, owner);
		await start(frame);
		await page.waitForTimeout(4000);
		expect(foreign.seen()).toEqual([]);
		const names = await leave(frame, "");
		expect(names.length).toBeGreaterThan(10);
		await leaveEach(
			names,
			(own) => openFrame(label, owner, own),
			async (name, own) => {
				await refused(name, own);
				expect(own.url()).toContain("/frame?");
			},
		);
	});

	test("to the studio, a sibling app and a service worker are closed too", async () => {
		const label = await host.makeApp({ files, entry: "html" });
		const sibling = await host.makeApp({ files, entry: "html", audience: "public" });
		const frame = await openFrame(label, owner);
		const outcome = await frame.evaluate(
			async ([studio, other]) => {
				const attempt = async (work: () => unknown) => {
					try {
						return String(await work());
					} catch {
						return "refused";
					}
				};
				return {
					parentDocument: await attempt(() => parent.document.title),
					topStorage: await attempt(() => top?.localStorage.length),
					studioCall: await attempt(
						async () => (await fetch(`${studio}/rpc`, { method: "POST", credentials: "include", body: "{}" })).status,
					),
					siblingRead: await attempt(async () => (await fetch(`${other}/ways-out.js`)).status),
					siblingScript: await attempt(() => import(`${other}/ways-out.js`)),
					serviceWorker: await attempt(() => navigator.serviceWorker.register("/worker.js")),
					domain: await attempt(() => {
						document.domain = "apps.localhost";
						return document.domain;
					}),
					rtc: String(typeof RTCPeerConnection),
				};
			},
			[host.studioOrigin, host.appOrigin(sibling)],
		);
		expect(outcome).toMatchObject({
			parentDocument: "refused",
			topStorage: "refused",
			studioCall: "refused",
			siblingRead: "refused",
			siblingScript: "refused",
			serviceWorker: "refused",
			rtc: "undefined",
		});
		expect(outcome.domain === "refused" || outcome.domain === "").toBe(true);
		await frame.evaluate(
			(other) => {
				location.href = other;
			},
			`${host.appOrigin(sibling)}/`,
		);
		await page.waitForTimeout(800);
		expect(page.frames().some((one) => one.url().startsWith(host.appOrigin(sibling)))).toBe(false);
	});

	test("through frames are closed: an app has none, however it makes them", async () => {
		const label = await host.makeApp({ files, entry: "html", audience: "public" });
		await page.goto(`${host.appOrigin(label)}/`);
		const outcome = await page.evaluate(async () => {
			const found: string[] = [];
			const look = (how: string) => {
				for (let at = 0; at < window.length; at++) found.push(how);
			};
			const make = (attributes: Record<string, string> = {}) => {
				const frame = document.createElement("iframe");
				for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
				return frame;
			};
			const blob = URL.createObjectURL(new Blob(["<script>parent.heard = true</script>"], { type: "text/html" }));
			const script = URL.createObjectURL(new Blob(["parent.heard = true"], { type: "text/javascript" }));
			const kept = make();
			document.body.appendChild(kept);
			look("appendChild");
			document.body.append(make({ srcdoc: `<script src="${script}"></script>` }));
			look("append");
			document.body.innerHTML = `<iframe srcdoc="<script src='${script}'></script>"></iframe>`;
			look("innerHTML");
			document.body.insertAdjacentHTML("beforeend", "<iframe name=n></iframe>");
			look("insertAdjacentHTML");
			const range = document.createRange();
			range.selectNodeContents(document.body);
			range.insertNode(make());
			look("range");
			document.body.firstChild?.before(make({ src: blob }), make({ src: "data:text/html,x" }));
			look("before");
			const outer = document.createElement("div");
			outer.attachShadow({ mode: "closed" }).append(make({ srcdoc: `<script src="${script}"></script>` }));
			document.body.append(outer);
			document.body.setAttribute("contenteditable", "true");
			document.execCommand("insertHTML", false, "<iframe></iframe>");
			look("execCommand");
			await new Promise((resolve) => setTimeout(resolve, 800));
			look("later");
			return {
				found,
				inner: [kept.contentWindow, kept.contentDocument],
				elements: document.querySelectorAll("iframe").length,
				heard: "heard" in window,
			};
		});
		expect(outcome).toEqual({ found: [], inner: [null, null], elements: 0, heard: false });
	});

	test("a sibling's cookies and a person's permissions are out of reach", async () => {
		const label = await host.makeApp({ files: notes });
		const hostile = await host.makeApp({ files, entry: "html", audience: "public" });
		await page.goto(`${host.appOrigin(hostile)}/`);
		const outcome = await page.evaluate(async () => {
			for (const domain of ["us-east.apps.localhost", "apps.localhost", "localhost"]) {
				// biome-ignore lint/suspicious/noDocumentCookie: the attack is made as an app would make it
				document.cookie = `__Host-freehold_app=${"A".repeat(43)}; Secure; Path=/; Domain=${domain}`;
			}
			for (let at = 0; at < 400; at++) {
				// biome-ignore lint/suspicious/noDocumentCookie: as above
				document.cookie = `c${at}=x; Secure; Path=/; Domain=us-east.apps.localhost`;
			}
			const ask = (work: () => Promise<unknown>) =>
				work().then(
					() => "granted",
					() => "refused",
				);
			return {
				cookie: document.cookie.includes("__Host-freehold_app"),
				position: await new Promise((resolve) =>
					navigator.geolocation.getCurrentPosition(
						() => resolve("granted"),
						() => resolve("refused"),
					),
				),
				camera: await ask(() => navigator.mediaDevices.getUserMedia({ video: true })),
				clipboard: await ask(() => navigator.clipboard.readText()),
				fullscreen: await ask(() => document.documentElement.requestFullscreen()),
				midi: await ask(() => navigator.requestMIDIAccess()),
			};
		});
		expect(outcome).toEqual({
			cookie: false,
			position: "refused",
			camera: "refused",
			clipboard: "refused",
			fullscreen: "refused",
			midi: "refused",
		});
		const frame = await openFrame(label, owner);
		await frame.getByRole("heading", { name: "Ada owner" }).waitFor();
		await frame.getByRole("button", { name: "Add" }).click();
		await frame.getByText("milk by Ada").waitFor();
	});

	test("to a service worker are closed at top level", async () => {
		const label = await host.makeApp({ files, entry: "html", audience: "public" });
		await page.goto(`${host.appOrigin(label)}/`);
		const outcome = await page.evaluate(() =>
			navigator.serviceWorker.register("/worker.js").then(
				() => "registered",
				() => "refused",
			),
		);
		expect(outcome).toBe("refused");
	});

	test("by a forged answer to the app's challenge are closed", async () => {
		const label = await host.makeApp({ files, entry: "html" });
		// the right code in a message that the app sends to itself, or that comes from another origin, opens nothing
		await page.goto(`${foreign.origin}/stranger`);
		const outcome = await page.evaluate(async (address) => {
			const frame = document.createElement("iframe");
			frame.src = `${address}/_freehold/open`;
			document.body.append(frame);
			const heard: unknown[] = [];
			addEventListener("message", (event) => heard.push(event.data));
			await new Promise((resolve) => setTimeout(resolve, 800));
			frame.contentWindow?.postMessage({ type: "freehold:code", code: "a".repeat(43) }, "*");
			await new Promise((resolve) => setTimeout(resolve, 400));
			return heard.length;
		}, host.appOrigin(label));
		expect(outcome).toBe(0);
	});
});

interface Ways {
	startWays(foreign: string, udpPort: number): string[];
	leave(name: string, foreign: string): string[];
}
