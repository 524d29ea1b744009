// The studio's pages and the front door in Chromium, on the whole local host: they work, they can be used by everybody
// (axe-core, 360 px, light and dark, keyboard), and what an app reports or tries is text, asked about, or refused.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type Client, password, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost, tokenMailedTo } from "../support/host.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const prompt = "Track expenses with amount, category, date and a note";

let host: TestHost;
let browser: Browser;
let ada: Client & { email: string };
let appId: string;
const studio = (path: string) => `${host.url("us-east.studio.localhost")}${path}`;
const apex = (path: string) => `${host.url("studio.localhost")}${path}`;

beforeAll(async () => {
	host = await startTestHost();
	browser = await launchChromium();
	ada = await signUpPerson(host, "us-east");
	const made = await ada.call("/api/apps", { method: "POST", body: { prompt } });
	appId = made.json.appId;
	await waitForBuild(ada, appId, made.json.buildId);
});
afterAll(async () => {
	await browser?.close();
	await host?.close();
});

function sessionCookie(pair: string) {
	const [name = "", value = ""] = pair.split("=", 2);
	const domain = "us-east.studio.localhost";
	return { name, value, domain, path: "/", expires: -1, secure: true, httpOnly: true, sameSite: "Lax" as const };
}

type ContextOptions = Parameters<Browser["newContext"]>[0];

/** A browser of Ada's, or of a stranger. Errors of the studio's own pages are collected; an app's are not the studio's. */
async function openContext(
	isAda: boolean,
	options: ContextOptions = {},
): Promise<BrowserContext & { errors: string[] }> {
	const cookies = isAda && ada.cookie ? [sessionCookie(ada.cookie)] : [];
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		storageState: { cookies, origins: [] },
		...options,
	});
	const errors: string[] = [];
	context.on("weberror", (error) => errors.push(error.error().message));
	context.on("console", (message) => {
		const isOwn = !message.location().url.includes(".apps.localhost");
		if (message.type() === "error" && isOwn && !/status of 4\d\d/.test(message.text())) errors.push(message.text());
	});
	return Object.assign(context, { errors });
}

/** Violations of WCAG 2.2 A and AA. axe is put in over the debugger: the pages' policy admits no foreign script. */
const everything = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
/** What changes with the scheme. */
const colours = { type: "rule", values: ["color-contrast"] };

async function violations(page: Page, runOnly: typeof everything): Promise<string[]> {
	const session = await page.context().newCDPSession(page);
	const isThere = await session.send("Runtime.evaluate", { expression: "typeof axe", returnByValue: true });
	if (isThere.result.value === "undefined") await session.send("Runtime.evaluate", { expression: axe });
	const { result } = await session.send("Runtime.evaluate", {
		expression: `axe.run(document, { iframes: false, preload: false, resultTypes: ["violations"], runOnly: ${JSON.stringify(runOnly)} })
			.then(({ violations }) => JSON.stringify(violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ")).join(", "))))`,
		awaitPromise: true,
		returnByValue: true,
	});
	return JSON.parse(result.value) as string[];
}

/** Saves the app's one component by the API and opens the builder on it. */
async function openBuilderWith(page: Page, source: string): Promise<void> {
	const detail = await ada.call(`/api/apps/${appId}`);
	const saved = await ada.call(`/api/apps/${appId}/versions`, {
		method: "POST",
		body: { baseVersionId: detail.json.currentVersionId, write: [{ path: "app.tsx", content: source }] },
	});
	expect(saved.status, saved.text).toBe(201);
	await page.goto(studio(`/apps/${appId}`));
	await page.frameLocator("iframe").locator("main").waitFor();
}

const publicPages = [
	"/sign-in",
	"/sign-up",
	"/forgot",
	"/verify#token=aaaaaaaaaaaaaaaaaaaaaaaa",
	"/finish#token=aaaaaaaaaaaaaaaaaaaaaaaa",
	"/s",
	"/discover",
];
const ownPages = ["/apps", "/apps/new", "/history", "/models", "/credits", "/account", "/discover", "/nothing-here"];

describe("every page", () => {
	test.each([360, 1280])("can be used by everybody at %i px, light and dark", async (width) => {
		const problems: string[] = [];
		const backgrounds = new Set<string>();
		const checkPage = async (context: BrowserContext, address: string) => {
			const page = await context.newPage();
			await page.goto(address);
			await page.waitForLoadState("networkidle");
			for (const colorScheme of ["light", "dark"] as const) {
				await page.emulateMedia({ colorScheme });
				// colours fade from one scheme to the other
				await page.waitForFunction(() => !document.getAnimations().some((one) => one instanceof CSSTransition));
				const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
				if (overflow > 0) problems.push(`${address}: ${overflow} px too wide, ${colorScheme}`);
				const found = await violations(page, colorScheme === "light" ? everything : colours);
				problems.push(...found.map((text) => `${address}: ${text}, ${colorScheme}`));
				backgrounds.add(`${colorScheme} ${await page.evaluate(() => getComputedStyle(document.body).backgroundColor)}`);
			}
			await page.close();
		};
		/** Three at a time: most of a page's time is waiting until it is still. */
		const check = async (context: BrowserContext, addresses: readonly string[]) => {
			const queue = [...addresses];
			const lane = async () => {
				for (let next = queue.shift(); next !== undefined; next = queue.shift()) await checkPage(context, next);
			};
			await Promise.all([lane(), lane(), lane()]);
		};
		const look = { viewport: { width, height: 760 }, reducedMotion: "reduce" } as const;
		const stranger = await openContext(false, look);
		await check(stranger, [apex("/"), apex("/trust"), ...publicPages.map(studio)]);
		const own = await openContext(true, look);
		await check(
			own,
			[...ownPages, `/apps/${appId}`, `/apps/${appId}/share`, `/apps/${appId}/sent`, `/view/${appId}`].map(studio),
		);
		expect(problems).toEqual([]);
		expect([...stranger.errors, ...own.errors]).toEqual([]);
		// both schemes were there to look at, and every page has the same two
		expect(new Set([...backgrounds].map((text) => text.replace(/^\w+ /, ""))).size).toBe(2);
		expect(backgrounds.size).toBe(2);
		await stranger.close();
		await own.close();
	});

	test("sends a stranger to sign in and back to where he wanted to go", async () => {
		const context = await openContext(false);
		const page = await context.newPage();
		await page.goto(studio("/credits"));
		expect(page.url()).toBe(studio("/sign-in?next=%2Fcredits"));
		await page.fill("[name=email]", ada.email);
		await page.fill("[name=password]", password);
		await page.keyboard.press("Enter");
		await page.waitForURL(studio("/credits"));
		await context.close();
	});

	test("never sends anybody to another origin after signing in", async () => {
		const context = await openContext(false);
		for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]) {
			const page = await context.newPage();
			await page.goto(studio(`/sign-in?next=${encodeURIComponent(next)}`));
			await page.fill("[name=email]", ada.email);
			await page.fill("[name=password]", password);
			await page.click("button[type=submit]");
			await page.waitForURL(studio("/apps"));
			await context.clearCookies();
			await page.close();
		}
		await context.close();
	});

	test("frames exactly one origin where it shows an app, and none elsewhere", async () => {
		const frameOf = async (path: string) => {
			const answer = await ada.call(path);
			return /frame-src ([^;]+)/.exec(String(answer.headers["content-security-policy"]))?.[1];
		};
		const detail = await ada.call(`/api/apps/${appId}`);
		expect(await frameOf(`/apps/${appId}`)).toBe(detail.json.draftOrigin);
		for (const path of ["/apps", `/apps/${appId}/share`, `/view/${appId}`, "/s", "/discover"]) {
			expect(await frameOf(path), path).toBe("'none'");
		}
	});
});

describe("the front door", () => {
	test("remembers the region that was chosen, and nothing else", async () => {
		const context = await openContext(false);
		const page = await context.newPage();
		await page.goto(apex("/"));
		await page.getByRole("link", { name: "Sign up in EU-West" }).click();
		await page.waitForURL(`${host.url("eu-west.studio.localhost")}/sign-up`);
		const cookies = await context.cookies();
		expect(cookies.map(({ name, value, domain }) => ({ name, value, domain }))).toEqual([
			{ name: "freehold_region", value: "eu-west", domain: "studio.localhost" },
		]);
		await page.goto(apex("/"));
		await page.getByRole("link", { name: "Continue in EU-West" }).click();
		await page.waitForURL(`${host.url("eu-west.studio.localhost")}/sign-in`);
		await context.close();
	});
});

describe("signing up", () => {
	test("keeps what was typed when the form is refused, and ends in the workspace", async () => {
		const context = await openContext(false);
		const page = await context.newPage();
		await page.goto(studio("/sign-up"));
		await page.fill("[name=name]", "Grace");
		await page.fill("[name=email]", "grace@example.org");
		await page.fill("[name=password]", "short");
		await page.click("button[type=submit]");
		await page.locator("#e-password:visible").waitFor();
		await page.locator("#e-sawNotYet:visible").waitFor();
		expect(await page.inputValue("[name=email]")).toBe("grace@example.org");
		await page.fill("[name=password]", password);
		await page.check("[name=sawNotYet]");
		await page.click("button[type=submit]");
		await page.getByText("Check your email").waitFor();
		const token = await tokenMailedTo(host, "grace@example.org", "/verify");
		await page.goto(studio(`/verify#token=${token}`));
		// the token is out of the address before anything else can happen to it
		expect(page.url()).toBe(studio("/verify"));
		// whose sign-up it is stands there before anything is pressed
		await page.locator("[data-pending]:visible").getByText("grace@example.org").waitFor();
		await page.fill("[name=password]", "not the password of this sign-up");
		await page.click("button[type=submit]");
		await page.getByText("This link belongs to another sign-up").waitFor();
		await page.fill("[name=password]", password);
		await page.click("button[type=submit]");
		await page.waitForURL(studio("/apps"));
		await page.getByText("Your first plot is free").waitFor();
		expect(context.errors).toEqual([]);
		await context.close();
	});
});

describe("the builder", () => {
	test("builds from a prompt typed by keyboard alone, and shows the app", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await page.goto(studio("/apps"));
		await page.locator(".app-grid").waitFor();
		await page.keyboard.press("n");
		await page.waitForURL(studio("/apps/new"));
		await page.locator("textarea:focus").waitFor();
		await page.keyboard.type("A reading list with author, status and rating");
		await page.keyboard.press("Control+Enter");
		await page.waitForURL(/\/apps\/app_/);
		await page.frameLocator("iframe").getByRole("heading", { level: 1 }).waitFor();
		expect(context.errors).toEqual([]);
		await context.close();
	});

	test("shows how an attached table is read, and reads it as the person chooses", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await page.goto(studio("/apps/new"));
		const csv = "Ort;Einwohner;Tag\nA;1.250;03/04/2026\nB;12.500;05/06/2026\nC;viele;07/08/2026\n";
		const file = { name: "orte.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
		await page.locator("input[type=file]").setInputFiles(file);
		const columns = page.getByRole("region", { name: /3 columns/ });
		await page.getByText("3 columns").waitFor();
		if (!(await columns.isVisible())) await page.getByText("3 columns").click();
		const type = columns.getByLabel("Type of Einwohner");
		expect(await type.inputValue()).toBe("text");
		await type.selectOption("integer");
		await columns.getByText("1 cell does not fit and would be left empty: “viele” in row 3.").waitFor();
		await columns
			.getByRole("row", { name: /Einwohner/ })
			.getByText("12500")
			.waitFor();
		await columns.getByLabel("How Tag is written").selectOption("mdy");
		await columns.getByText("2026-03-04").waitFor();
		expect(await type.inputValue()).toBe("integer");
		expect(await violations(page, everything)).toEqual([]);
		await page.setViewportSize({ width: 360, height: 760 });
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
		await page.getByRole("textbox").first().fill("Make an app of this");
		await page.setViewportSize({ width: 1280, height: 800 });
		await page.getByRole("button", { name: "Build" }).click();
		await page.frameLocator("iframe").getByRole("button", { name: "Import 3 rows from orte.csv" }).waitFor();
		expect(context.errors).toEqual([]);
		await context.close();
	});

	test("saves an edit by hand as a version, refuses code that does not parse, and restores", async () => {
		const context = await openContext(true, { permissions: ["clipboard-read", "clipboard-write"] });
		const page = await context.newPage();
		await openBuilderWith(page, "export default function App() {\n\treturn <main><h1>First</h1></main>;\n}\n");
		await page.getByRole("button", { name: "Code", exact: true }).click();
		const editor = page.locator(".cm-content");
		await editor.click();
		await page.keyboard.press("Control+a");
		await page.keyboard.type("export default function App( {");
		await page.getByRole("button", { name: "Save as a version" }).click();
		await page.locator(".problem", { hasText: "app.tsx" }).waitFor();
		await editor.click();
		await page.keyboard.press("Control+a");
		await page.evaluate(() =>
			navigator.clipboard.writeText("export default function App() {\n\treturn <main><h1>Second</h1></main>;\n}\n"),
		);
		await page.keyboard.press("Control+v");
		await page.getByRole("button", { name: "Save as a version" }).click();
		await page.frameLocator("iframe").getByText("Second").waitFor({ state: "attached" });
		await page.getByRole("button", { name: "Versions", exact: true }).click();
		await page.locator("tr.removed", { hasText: "First" }).waitFor();
		await page.locator("tr.added", { hasText: "Second" }).waitFor();
		await page.locator(".version").nth(1).click();
		await page.locator(".version-detail").getByRole("button", { name: "Restore" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
		await page.locator(".version").first().getByText("Restored", { exact: true }).waitFor();
		await page.getByRole("button", { name: "Preview", exact: true }).click();
		await page.frameLocator("iframe").getByText("First").waitFor();
		expect(context.errors).toEqual([]);
		await context.close();
	});

	test("shows what the app reports as text, with its place, and offers to fix it", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await openBuilderWith(
			page,
			'export default function App() {\n\tconsole.error("<img src=x onerror=window.hurt=1> broken");\n\treturn <main>Hello</main>;\n}\n',
		);
		await page.getByRole("button", { name: "Fix it" }).waitFor();
		await page.getByRole("button", { name: /^Console/ }).click();
		const report = page.locator(".report");
		await report.getByText("<img src=x onerror=window.hurt=1> broken").waitFor();
		expect(await report.first().textContent()).toContain("app.tsx:2");
		expect(await page.locator(".reports img").count()).toBe(0);
		await context.close();
	});

	test("keeps at most a bounded list when an app floods it", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await openBuilderWith(
			page,
			`export default function App() {
	const flood = () => { for (let n = 0; n < 200; n++) parent.postMessage({ source: "freehold-app", v: 1, type: "report", kind: "console_log", message: "flood " + Math.random(), stack: "", place: null }, "*"); };
	setTimeout(() => setInterval(flood, 20), 2000);
	return <main>Flood</main>;
}
`,
		);
		await page.waitForTimeout(4500);
		await page.getByRole("button", { name: /^Console/ }).click();
		await page.getByText(/more reports were left out/).waitFor();
		expect(await page.locator(".report").count()).toBeLessThanOrEqual(200);
		// an app that goes on like this is stopped, so that the page around it stays usable
		await page.getByRole("button", { name: "Preview", exact: true }).click();
		await page.getByText(/sends more messages than an app needs/).waitFor();
		expect(await page.locator("iframe").count()).toBe(0);
		await page.getByRole("button", { name: "Try again" }).click();
		await page.locator("iframe").waitFor();
		await context.close();
	});

	test("takes messages from nobody but the frame's own window and origin", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await openBuilderWith(page, "export default function App() {\n\treturn <main>Quiet</main>;\n}\n");
		await page.evaluate(() => {
			const message = { source: "freehold-app", v: 1, type: "link", url: "https://evil.example/" };
			window.postMessage(message, "*");
			window.dispatchEvent(new MessageEvent("message", { data: message, origin: location.origin, source: window }));
		});
		await page.waitForTimeout(500);
		expect(await page.getByRole("dialog").count()).toBe(0);
		await context.close();
	});

	test("asks before a link leaves the app, and shows the host", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await openBuilderWith(
			page,
			'export default function App() {\n\treturn <main><a href="https://example.com/away">Away</a></main>;\n}\n',
		);
		await page.frameLocator("iframe").getByText("Away").click();
		const dialog = page.getByRole("dialog");
		await dialog.locator("strong", { hasText: "example.com" }).waitFor();
		const open = dialog.getByRole("link");
		expect(await open.getAttribute("href")).toBe("https://example.com/away");
		expect(await open.getAttribute("rel")).toContain("noopener");
		await page.keyboard.press("Escape");
		await dialog.waitFor({ state: "detached" });
		await context.close();
	});

	test("pauses an app that takes the keyboard, and the prompt stays with the person", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await openBuilderWith(
			page,
			`const heard: string[] = [];
addEventListener("keydown", (event) => heard.push(event.key));
setInterval(() => { document.title = heard.join(""); if ((globalThis as any).go) window.focus(); }, 50);
setTimeout(() => { (globalThis as any).go = true; }, 1500);
export default function App() { return <main>Thief</main>; }
`,
		);
		const box = page.getByRole("textbox", { name: "Your prompt" });
		await box.click();
		for (const letter of "a prompt that nobody else shall read") {
			await page.keyboard.type(letter);
			await page.waitForTimeout(80);
		}
		await page.getByText("Preview paused").waitFor();
		expect(await page.locator("iframe").count()).toBe(0);
		// at most the letter that was on its way when the focus moved is missing
		expect((await box.inputValue()).length).toBeGreaterThanOrEqual("a prompt that nobody else shall read".length - 1);
		await page.getByRole("button", { name: "Continue the preview" }).click();
		await page.locator("iframe").waitFor();
		await context.close();
	});

	test("lets the person into the app by a press", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await openBuilderWith(
			page,
			'export default function App() {\n\treturn <main><input aria-label="Note" /></main>;\n}\n',
		);
		const field = page.frameLocator("iframe").getByLabel("Note");
		await field.click();
		await page.keyboard.type("hello");
		expect(await field.inputValue()).toBe("hello");
		expect(await page.getByText("Preview paused").count()).toBe(0);
		await context.close();
	});
});

describe("sharing", () => {
	test("publishes after a review, opens by link for a stranger, and shuts the link again", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await openBuilderWith(page, "export default function App() {\n\treturn <main><h1>Shared thing</h1></main>;\n}\n");
		await page.goto(studio(`/apps/${appId}/share`));
		await page.getByRole("button", { name: "Publish…" }).click();
		const publish = page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true });
		expect(await publish.isDisabled()).toBe(true);
		await page.getByLabel("I have seen what becomes public.").check();
		await publish.click();
		await page.getByText("Published", { exact: true }).waitFor();
		await page.getByRole("button", { name: "Create a link" }).click();
		const url = await page.getByRole("textbox", { name: "Links" }).inputValue();

		const strangers = await openContext(false);
		const other = await strangers.newPage();
		const asked: string[] = [];
		other.on("request", (request) => asked.push(request.url()));
		await other.goto(url);
		await other.frameLocator("iframe").getByText("Shared thing").waitFor();
		const token = new URL(url).hash.slice("#token=".length);
		expect(asked.filter((address) => address.includes(token))).toEqual([]);
		expect(other.url()).not.toContain(token);

		await page.getByRole("button", { name: "Revoke" }).click();
		await page.getByRole("button", { name: "Revoke" }).waitFor({ state: "detached" });
		const late = await strangers.newPage();
		await late.goto(url);
		await late.getByText("This link no longer works").waitFor();
		expect([...context.errors, ...strangers.errors]).toEqual([]);
		await strangers.close();
		await context.close();
	});

	test("lists a published app in Discover, where a stranger finds and reports it", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await page.goto(studio(`/apps/${appId}/share`));
		await page.getByRole("button", { name: /^(Publish|Update)…/ }).click();
		await page.getByText("Everyone, in Discover").click();
		await page.getByLabel("I have seen what becomes public.").check();
		await page.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
		await page.getByText("Published, in Discover").waitFor();
		await context.close();

		const strangers = await openContext(false);
		const other = await strangers.newPage();
		await other.goto(studio("/discover"));
		await other.locator(".app-card").first().waitFor();
		await other.getByRole("button", { name: "Report" }).first().click();
		await other.getByLabel("Details (optional)").fill("It asks for my password.");
		await other.getByRole("dialog").getByRole("button", { name: "Report" }).click();
		await other.getByText("Thank you. The operator will look at it.").waitFor();
		expect(strangers.errors).toEqual([]);
		await strangers.close();
	});
});

describe("history", () => {
	test("finds a prompt by its words and deletes it", async () => {
		const context = await openContext(true);
		const page = await context.newPage();
		await page.goto(studio("/history"));
		await page.getByText(prompt).waitFor();
		await page.getByRole("searchbox").fill("no such words");
		await page.getByText("No prompts match your search.").waitFor();
		await page.getByRole("searchbox").fill("expenses");
		await page.getByText(prompt).waitFor();
		await page.getByRole("button", { name: "Delete" }).first().click();
		await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
		await page.getByText(prompt).waitFor({ state: "detached" });
		expect(context.errors).toEqual([]);
		await context.close();
	});
});
