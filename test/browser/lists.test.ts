// Lists with more than a page, as a person sees them: each says that it goes on, and goes on.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logOperatorAction } from "#db/directory/operator-log.ts";
import { recordApproval, revokeApproval } from "#db/stores/approvals.ts";
import { createApp } from "#db/stores/apps.ts";
import { endBuild, queueBuild } from "#db/stores/builds.ts";
import { grantCredits } from "#db/stores/credits.ts";
import { addDisclosure } from "#db/stores/disclosures.ts";
import { addMessage } from "#db/stores/messages.ts";
import { appendVersion } from "#db/stores/versions.ts";
import { type AppId, type BuildId, makeId, makeLabel } from "#schema/ids.ts";
import { launchChromium } from "../support/chromium.ts";
import { type Client, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { openScopeOf } from "../support/tenant-scope.ts";

const many = 110;
const prompt = "Track expenses with amount, category, date and a note";

let host: TestHost;
let browser: Browser;
let context: BrowserContext;
let ada: Client & { email: string };
let appId: AppId;

beforeAll(async () => {
	host = await startTestHost({ isRecorded: false });
	browser = await launchChromium();
	ada = await signUpPerson(host, "us-east");
	const made = await ada.call("/api/apps", { method: "POST", body: { prompt } });
	appId = made.json.appId;
	await waitForBuild(ada, appId, made.json.buildId);
	await plant(made.json.buildId);
	const [name = "", value = ""] = (ada.cookie ?? "").split("=", 2);
	const cookie = { name, value, domain: "us-east.studio.localhost", path: "/", expires: -1 };
	context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		storageState: { cookies: [{ ...cookie, secure: true, httpOnly: true, sameSite: "Lax" }], origins: [] },
	});
}, 300_000);
afterAll(async () => {
	await browser?.close();
	await host?.close();
});

async function plant(buildId: BuildId): Promise<void> {
	const { scope, directory } = await openScopeOf(host, ada);
	const sent = { appId, buildId, provider: "p", model: "m", destination: "https://api.example", region: null } as const;
	const version = { appId, parentId: null, packKey: "k", message: "saved", origin: "manual", sizeBytes: 1 } as const;
	const actorId = makeId("account");
	const approval = { provider: "p", destination: "https://api.example", approvedBy: actorId };
	for (let at = 0; at < many; at++) {
		const asked = { appId, actorId, prompt: `prompt ${at}`, offerId: null, parentVersionId: null, credits: 0 };
		await Promise.all([
			createApp(scope, { name: `Garden ${at}`, description: "", previewLabel: makeLabel() }),
			addMessage(scope, { appId, buildId, role: "user", body: `said ${at}` }),
			addDisclosure(scope, { ...sent, sizeBytes: 1, contentKey: "k", purpose: "build", retention: "none" }),
			appendVersion(scope, { ...version, manifest: { json: '{"files":[]}' } }),
			grantCredits(scope, 1, `grant_${at}`),
			logOperatorAction(directory, { action: "set_plan", ownerId: scope.ownerId, subject: "pro" }),
			recordApproval(scope, approval).then(({ id }) => revokeApproval(scope, id)),
			queueBuild(scope, asked).then(({ id }) => endBuild(scope, id, { state: "stopped" })),
		]);
	}
}

async function open(path: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(`${host.url("us-east.studio.localhost")}${path}`);
	return page;
}

/** Goes on until the list says that it is whole, and answers how many rows there were at first and in the end. */
async function walk(page: Page, rows: string, button = "Show more", within = "main"): Promise<[number, number]> {
	const place = page.locator(within);
	const list = place.locator(rows);
	const more = place.getByRole("button", { name: button });
	await list.first().waitFor();
	await more.waitFor();
	const first = await list.count();
	for (let before = first; ; before = await list.count()) {
		await more.click();
		await expect.poll(() => list.count(), { timeout: 10_000 }).toBeGreaterThan(before);
		await page.waitForTimeout(50);
		if ((await more.count()) === 0) return [first, await list.count()];
	}
}

test("apps go on, and are searched on the server, in the list and in the palette", async () => {
	const page = await open("/apps");
	expect(await walk(page, ".app-card")).toEqual([60, many + 1]);
	await page.reload();
	await page.getByRole("searchbox").fill("garden 3");
	const oldest = page.getByRole("link", { name: "Garden 3", exact: true });
	await oldest.waitFor();
	await page.getByRole("searchbox").fill("nothing like it");
	await page.getByText("No apps match your search.").waitFor();
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox").fill("Garden 3");
	await page.getByRole("option", { name: /^Garden 3\b/ }).waitFor();
});

test("the conversation goes back to its beginning, and the versions to the first", async () => {
	const page = await open(`/apps/${appId}`);
	expect((await walk(page, ".bubble", "Show earlier messages", ".conversation"))[1]).toBeGreaterThanOrEqual(2 * many);
	expect(await page.locator(".bubble").first().textContent()).toContain(prompt);
	await page
		.getByRole("tab", { name: "Versions" })
		.or(page.getByRole("button", { name: "Versions" }))
		.first()
		.click();
	expect(await walk(page, ".version", "Show more", ".versions")).toEqual([100, many + 1]);
});

test("what was sent, the prompts, the ledger, the operator's actions and the approvals go on", async () => {
	expect(await walk(await open(`/apps/${appId}/sent`), "article.card")).toEqual([100, many]);
	expect(await walk(await open("/history"), "ul.rows > li")).toEqual([50, many + 1]);
	const credits = await open("/credits");
	// both lists of the page have a button; the first click is the ledger's
	expect(await walk(credits, "tbody tr", "Show more", "section:has(> .table-wrap)")).toEqual([100, expect.any(Number)]);
	expect(await credits.locator("tbody tr").count()).toBeGreaterThan(2 * many);
	expect(await walk(credits, "ul.rows > li", "Show more", "section:has(> ul.rows)")).toEqual([100, many]);
	expect(await walk(await open("/models"), "ul.rows > li")).toEqual([100, many]);
});
