// What an app's own code can do with codes and sessions in Chromium: nothing. Its owner must not become the one who acts in a
// visitor's browser, because then what the visitor types would arrive at the owner.
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeId } from "#schema/ids.ts";
import type { Result } from "#schema/result.ts";
import type { Viewer } from "#schema/rpc.ts";
import { type AppHost, makePkce, startAppHost } from "../support/app-host.ts";
import { launchChromium } from "../support/chromium.ts";
import { type ForeignHost, startForeignHost } from "../support/foreign-host.ts";

let host: AppHost;
let foreign: ForeignHost;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const owner: Viewer = { role: "owner", accountId: makeId("account"), linkId: null, name: "Ada" };
const byLink: Viewer = { role: "visitor", accountId: null, linkId: "lnk_1", name: "" };
const files = {
	"index.html": "<!doctype html><title>app</title><p id=app>app</p><script src=/own.js></script>",
	"own.js": "globalThis.loaded = true;",
	"seed.json": "[1]",
	"data/list.json": "[2]",
};

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

const publicApp = () => host.makeApp({ files, entry: "html", audience: "public" });

async function openFrame(label: string, viewer: Viewer): Promise<Frame> {
	await page.goto(host.framePage(label, viewer));
	const isApp = (frame: Frame) => frame.url() === `${host.appOrigin(label)}/`;
	await expect.poll(() => page.frames().some(isApp), { timeout: 15_000 }).toBe(true);
	const frame = page.frames().find(isApp);
	if (!frame) throw new Error("the app's frame is gone");
	// the page that opens the app may stand in the place of the app's own
	await frame.waitForFunction(() => document.title !== "Opening");
	await frame.waitForLoadState("load");
	return frame;
}

/** A code of the owner's, with the secret it is bound to: what the owner could write into a file of the app. */
async function ownersCode(label: string) {
	const { verifier, challenge } = makePkce();
	const issued = await host.rpc<Result<{ code: string }>>("ACCESS", "issueCode", label, owner, challenge);
	if (!issued.ok) throw new Error(issued.reason);
	return { code: issued.value.code, verifier };
}

/** Asks the app's own origin as its code would. "blocked": the page's policy did not let the request out. */
const ask = (from: Page | Frame, path: string, body?: unknown): Promise<string> =>
	from.evaluate(
		({ path, body }) =>
			fetch(path, {
				method: body === undefined ? "GET" : "POST",
				...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
			}).then(
				(answer) => String(answer.status),
				() => "blocked",
			),
		{ path, body },
	);

const secret = { op: "add", collection: "notes", value: { typed: "what a visitor typed" } };

async function ownersRecords(label: string): Promise<string> {
	const cookie = await host.openSession(label, owner);
	return (await host.ask(label, "/_freehold/api/data", cookie, { op: "list", collection: "notes" })).text();
}

/** Puts a cookie where a script could put it in a browser that does not know the prefix. Chromium takes it from a response only. */
async function plant(label: string, cookie: string): Promise<void> {
	const address = `${host.appOrigin(label)}/plant`;
	await page.route(address, (route) =>
		route.fulfill({ headers: { "Set-Cookie": `${cookie}; Path=/; Secure; HttpOnly; SameSite=None` }, body: "planted" }),
	);
	await page.goto(address);
	expect((await context.cookies()).map(({ name, value }) => `${name}=${value}`)).toContain(cookie);
}

describe("at top level, a public app's page", () => {
	test("reaches its own files and nothing of ours", async () => {
		const label = await publicApp();
		await page.goto(`${host.appOrigin(label)}/`);
		expect(await ask(page, "/seed.json")).toBe("200");
		expect(await ask(page, "/data/list.json")).toBe("200");
		for (const path of ["/_freehold/open", "/_freehold/api/events", "/%5ffreehold/open", "/data/../_freehold/open"]) {
			expect(await ask(page, path), path).toBe("blocked");
		}
		for (const path of ["/_freehold/session", "/_freehold/api/viewer", "/_freehold/api/data"]) {
			expect(await ask(page, path, {}), path).toBe("blocked");
		}
	});

	test("cannot become its owner with a code that the owner published, nor spend it", async () => {
		const label = await publicApp();
		const published = await ownersCode(label);
		await page.goto(`${host.appOrigin(label)}/`);
		expect(await ask(page, "/_freehold/session", { code: published.code })).toBe("blocked");
		expect(await ask(page, "/_freehold/api/data", secret)).toBe("blocked");
		expect((await context.cookies()).filter(({ name }) => name.includes("freehold"))).toEqual([]);
		// still whole: a spent code would have told the owner something
		const cookie = `__Host-Http-freehold_open=${published.verifier}`;
		expect((await host.ask(label, "/_freehold/session", cookie, { code: published.code })).status).toBe(200);
	});

	test("cannot act by a session that was planted, whatever the browser thinks of the prefix", async () => {
		const label = await publicApp();
		await plant(label, await host.openSession(label, owner));
		await page.goto(`${host.appOrigin(label)}/`);
		await page.reload();
		expect(await ask(page, "/_freehold/api/data", secret)).toBe("blocked");
		const worker = page.evaluate(
			(body) =>
				new Promise((resolve) => {
					const source = `fetch(${JSON.stringify(`${location.origin}/_freehold/api/data`)}, { method: "POST", headers: { "Content-Type": "application/json" }, body: ${JSON.stringify(JSON.stringify(body))} }).then((a) => postMessage(a.status), () => postMessage("blocked"))`;
					const made = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
					made.onmessage = ({ data }) => resolve(data);
					made.onerror = () => resolve("blocked");
				}),
			secret,
		);
		expect(await worker).toBe("blocked");
		expect(await ownersRecords(label)).not.toContain("typed");
	});

	test("has no cookies to set, read or toss at its siblings", async () => {
		const [label, sibling] = [await publicApp(), await publicApp()];
		await page.goto(`${host.appOrigin(label)}/`);
		const seen = await page.evaluate(() => {
			for (const domain of ["", "; Domain=us-east.apps.localhost", "; Domain=apps.localhost"]) {
				// biome-ignore lint/suspicious/noDocumentCookie: the attack is made as an app would make it
				document.cookie = `tossed=${"x".repeat(3800)}; Secure; Path=/${domain}`;
			}
			return { read: document.cookie, store: typeof globalThis.cookieStore };
		});
		expect(seen).toEqual({ read: "", store: "undefined" });
		expect(await context.cookies()).toEqual([]);
		// and where a browser has some from before, any app's answer deletes them
		for (const domain of ["us-east.apps.localhost", "apps.localhost"]) {
			await context.addCookies([{ name: "old", value: "x", domain: `.${domain}`, path: "/", secure: true }]);
		}
		await page.goto(`${host.appOrigin(sibling)}/`);
		expect(await context.cookies()).toEqual([]);
	});
});

describe("in a visitor's frame, the app's page", () => {
	test("cannot use or spend codes, nor read the challenge that would make one fit", async () => {
		const label = await host.makeApp({ files, entry: "html" });
		const published = await ownersCode(label);
		const frame = await openFrame(label, byLink);
		expect(await ask(frame, "/seed.json")).toBe("200");
		expect(await ask(frame, "/_freehold/session", { code: published.code })).toBe("blocked");
		expect(await ask(frame, "/_freehold/api/data", secret)).toBe("blocked");
		expect(await ask(frame, "/_freehold/open")).toBe("blocked");
		const cookie = `__Host-Http-freehold_open=${published.verifier}`;
		expect((await host.ask(label, "/_freehold/session", cookie, { code: published.code })).status).toBe(200);
		expect(await ownersRecords(label)).not.toContain("typed");
	});

	test("gets no session of its owner's from a self-made opening", async () => {
		const label = await publicApp();
		await page.goto(host.framePage(label, byLink));
		const frame = await openFrame(label, byLink);
		// the page goes back to the opening as often as it likes: the code is the visitor's, for the visitor's browser
		await frame.evaluate(() => window.location.assign("/_freehold/open"));
		await expect
			.poll(() => page.frames().filter((one) => one.url() === `${host.appOrigin(label)}/`).length, { timeout: 15_000 })
			.toBe(1);
		expect(await ask(await openFrame(label, byLink), "/_freehold/api/viewer", {})).toBe("blocked");
	});
});

test("people of the app use its data in the frame as ever", async () => {
	const label = await host.makeApp({ files, entry: "html" });
	const frame = await openFrame(label, owner);
	expect(await ask(frame, "/_freehold/api/data", secret)).toBe("200");
	expect(await ownersRecords(label)).toContain("typed");
});

describe("a link that leaves", () => {
	test.each([["Alt"], ["Control"], ["Shift"], ["Meta"], ["middle"]])(
		"pressed with %s reaches nobody, whatever the app does to the press",
		async (how) => {
			const silenced = {
				...files,
				"index.html": `<!doctype html><p><a id=out href="${foreign.origin}/left">out</a><svg width=80 height=30><a id=drawn href="${foreign.origin}/drawn"><text y=20>drawn</text></a></svg><script>
					for (const name of ["click", "auxclick"]) addEventListener(name, (event) => event.stopImmediatePropagation(), true);
				</script>`,
			};
			const label = await host.makeApp({ files: silenced, entry: "html", audience: "public" });
			foreign.forget();
			const press = how === "middle" ? { button: "middle" as const } : { modifiers: [how as "Alt"] };
			for (const id of ["#out", "#drawn"]) {
				await page.goto(`${host.appOrigin(label)}/`);
				await page.locator(id).click({ ...press, noWaitAfter: true });
				// the person is shown the address instead
				await page.locator("freehold-bridge").waitFor({ state: "attached", timeout: 5000 });
				const frame = await openFrame(label, byLink);
				await frame.locator(id).click({ ...press, noWaitAfter: true });
				await expect
					.poll(() =>
						page.evaluate(() => (window as unknown as { messages: { type: string }[] }).messages.at(-1)?.type),
					)
					.toBe("link");
				expect(frame.url()).toBe(`${host.appOrigin(label)}/`);
			}
			expect(foreign.seen()).toEqual([]);
			expect(context.pages()).toHaveLength(1);
		},
	);
});

describe("a frame", () => {
	/** Each way puts a frame beside code that runs at once, and answers what that code could reach. */
	const ways: Record<string, string> = {
		"a custom element in one fragment with it": `
			customElements.define("look-now", class extends HTMLElement { connectedCallback() { found.push(String(window.length), typeof window[0]?.RTCPeerConnection); } });
			document.body.insertAdjacentHTML("beforeend", "<p><iframe></iframe><look-now></look-now></p>");
			document.body.append(document.createRange().createContextualFragment("<iframe></iframe><look-now></look-now>"));
			document.body.innerHTML += "<iframe></iframe><look-now></look-now>";`,
		"a declarative shadow root": `
			const host = document.createElement("div"); document.body.append(host);
			const inner = "<template shadowrootmode=closed><iframe srcdoc='<script src=/told.js></scr" + "ipt>'></iframe></template>";
			for (const name of ["setHTMLUnsafe"]) if (host[name]) host[name]("<div>" + inner + "</div>");
			if (Document.parseHTMLUnsafe) document.body.append(Document.parseHTMLUnsafe("<div>" + inner + "</div>").body.firstChild);
			found.push(String(window.length));`,
		"a select, a caption or a body": `
			const option = new DOMParser().parseFromString("<option xmlns='http://www.w3.org/1999/xhtml'><iframe/></option>", "application/xml").documentElement;
			const select = document.createElement("select"); document.body.append(select); try { select[0] = option; } catch {} try { select.add(option); } catch {}
			const caption = document.createElement("caption"); caption.innerHTML = "<iframe></iframe>";
			const table = document.createElement("table"); document.body.append(table); table.caption = caption;
			found.push(String(window.length));`,
		"pieces of text that are written": `
			document.write("<if"); document.write("rame srcdoc=x></if"); document.write("rame>"); document.write("<template shadowroo"); document.write("tmode=open><iframe></iframe></template>");
			found.push(String(window.length));`,
		"a document that was loaded": `
			const asked = new XMLHttpRequest(); asked.open("GET", "/framed.xml"); asked.responseType = "document";
			asked.onload = () => { let tree = null; try { tree = asked.responseXML; } catch {} if (tree) { const s = document.createElement("select"); document.body.append(s); s[0] = tree.documentElement; } found.push(String(window.length)); };
			asked.send();`,
	};
	test.each(Object.keys(ways))("does not come by %s", async (way) => {
		const label = await host.makeApp({
			files: {
				"index.html": "<!doctype html><title>app</title><body><p>app</p><script src=/try.js></script>",
				"try.js": `const found = globalThis.found = []; addEventListener("load", () => { ${ways[way]} });`,
				"told.js": "parent.heard = true;",
				"framed.xml":
					"<option xmlns='http://www.w3.org/1999/xhtml'><iframe xmlns='http://www.w3.org/1999/xhtml'/></option>",
			},
			entry: "html",
			audience: "public",
		});
		await page.goto(`${host.appOrigin(label)}/`);
		await page.waitForFunction(() => (globalThis as unknown as { found: string[] }).found.length > 0);
		const seen = await page.evaluate(() => ({
			found: [...new Set((globalThis as unknown as { found: string[] }).found)].filter((one) => one !== "undefined"),
			heard: "heard" in globalThis,
			length: window.length,
		}));
		expect(seen).toEqual({ found: ["0"], heard: false, length: 0 });
	});
});
