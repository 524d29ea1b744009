// The whole main job in Chromium, in both regions, as a newcomer does it: sign up, verify, prompt, watch, use, enter data, change,
// edit by hand, diff, restore, invite, share by link, open as a stranger, revoke, publish, find in Discover, fork, delete.
import type { Browser, BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Region } from "#schema/region.ts";
import * as copy from "../../workers/studio/ui/copy.ts";
import * as builderCopy from "../../workers/studio/ui/words/builder.ts";
import { collectErrors, launchChromium } from "../support/chromium.ts";
import { password } from "../support/client.ts";
import { startTestHost, studioHost, type TestHost, tokenMailedTo } from "../support/host.ts";
import { isWhole } from "../support/whole.ts";

const words = { ...copy, ...builderCopy };

let host: TestHost;
let browser: Browser;
beforeAll(async () => {
	host = await startTestHost();
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await host?.close();
});

interface Person {
	context: BrowserContext;
	page: Page;
	email: string;
	errors: string[];
}

const button = (page: Page, name: string | RegExp) =>
	page.getByRole("button", { name, exact: typeof name === "string" });

async function signUp(region: Region, name: string): Promise<Person> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
	const page = await context.newPage();
	const errors = collectErrors(page);
	const email = `${name.toLowerCase()}.${region}@example.org`;
	await page.goto(`${host.url(studioHost(region))}/sign-up`);
	await page.getByLabel(words.signUp.name).fill(name);
	await page.getByLabel(words.signUp.email).fill(email);
	await page.getByLabel(words.signUp.password).fill(password);
	await page.getByLabel(words.signUp.sawNotYet).check();
	await button(page, words.signUp.submit).click();
	await page.getByText(words.signUp.sent).waitFor();
	const token = await tokenMailedTo(host, email, "/verify");
	await page.goto(`${host.url(studioHost(region))}/verify#token=${token}`);
	await page.getByLabel(words.tokens.verifyPassword).fill(password);
	await button(page, words.tokens.verifySubmit).click();
	await page.waitForURL(/\/apps/);
	return { context, page, email, errors };
}

const preview = (page: Page): FrameLocator => page.frameLocator("iframe");

async function addBook(app: FrameLocator, title: string): Promise<void> {
	await app.getByRole("button", { name: /^add/i }).first().click();
	await app.getByLabel(/title/i).first().fill(title);
	await app.locator("form button[type=submit], dialog button[type=submit]").first().click();
	await app.getByText(title).first().waitFor();
}

// One bundle runs in both regions; that they differ only in where they run is shown by R1 and the bindings (test/system/walls).
describe.each(isWhole ? Region.options : (["us-east"] as const))("in %s", (region) => {
	it("from signing up to deleting", async () => {
		const ada = await signUp(region, "Ada");
		const { page } = ada;
		const base = host.url(studioHost(region));

		// describe and watch
		await page.goto(`${base}/apps/new`);
		await page
			.getByLabel(words.promptBox.label)
			.fill("A reading list with title, author, status (to read, reading, read) and rating");
		await button(page, words.promptBox.build).click();
		await page.waitForURL(/\/apps\/app_[0-9a-f]{32}$/);
		const appUrl = page.url();
		const appId = appUrl.slice(appUrl.lastIndexOf("/") + 1);
		await preview(page).getByRole("button", { name: /^add/i }).first().waitFor();

		// use, and find the data again after a reload
		await addBook(preview(page), "Middlemarch");
		await page.reload();
		await preview(page).getByText("Middlemarch").first().waitFor();

		// change by a second prompt; the data stays
		await page.getByLabel(words.promptBox.label).fill("Add a field Shelf");
		await button(page, words.promptBox.send).click();
		await preview(page).getByText(/shelf/i).first().waitFor({ state: "attached" });
		await preview(page).getByText("Middlemarch").first().waitFor();

		// edit by hand
		await button(page, words.builder.code).click();
		await page.getByRole("navigation", { name: words.builder.files }).getByText("styles.css", { exact: true }).click();
		const editor = page.getByLabel(words.builder.editing("styles.css"));
		await editor.click();
		await page.keyboard.press("Control+Home");
		await page.keyboard.type("/* edited by hand */");
		await button(page, words.builder.save).click();

		// diff and restore
		await button(page, words.builder.history).click();
		await page.getByText(words.builder.version(3)).first().waitFor();
		await page.getByText("edited by hand").first().waitFor();
		await page.getByRole("list", { name: words.builder.history }).getByRole("button").last().click();
		await button(page, words.builder.restore).first().click();
		await page.getByRole("dialog").getByRole("button", { name: words.builder.restore }).click();
		await page.getByText(words.builder.version(4)).first().waitFor();

		// publish for people and links, after the review
		await page.goto(`${appUrl}/share`);
		await button(page, words.share.publish).click();
		await page.getByText(words.share.reviewLead).waitFor();
		await page.getByLabel(words.share.reviewed).check();
		await page.getByRole("dialog").getByRole("button", { name: words.share.confirm, exact: true }).click();
		await page.getByText(words.share.publishedNow, { exact: true }).first().waitFor();

		// a link, opened by a stranger, who sees the app and none of the data, until it is revoked
		await button(page, words.share.newLink).click();
		const link = await page.getByLabel(words.share.linksTitle).inputValue();
		const stranger = await browser.newContext();
		const visit = await stranger.newPage();
		await visit.goto(link);
		await preview(visit).getByRole("button", { name: /^add/i }).first().waitFor();
		expect(await preview(visit).getByText("Middlemarch").count()).toBe(0);
		await page.keyboard.press("Escape");
		await page.reload();
		await button(page, words.share.revoke).first().click();
		const sure = page.getByRole("dialog").getByRole("button", { name: words.share.revoke });
		if (await sure.count()) await sure.click();
		await visit.goto("about:blank");
		await visit.goto(link);
		await visit.getByText(words.view.linkEnded).waitFor();
		await stranger.close();

		// an editor and a viewer
		await host.operate({ command: "set-plan", region, who: ada.email, plan: "studio" });
		await page.reload();
		const ben = await signUp(region, "Ben");
		const eva = await signUp(region, "Eva");
		for (const [guest, role] of [
			[ben, "editor"],
			[eva, "viewer"],
		] as const) {
			await page.getByLabel(words.share.email).fill(guest.email);
			await page.getByLabel(words.share.role, { exact: true }).selectOption(role);
			if (role === "editor") await page.getByText(words.share.editorWarning).waitFor();
			await button(page, words.share.invite).click();
			const token = await tokenMailedTo(host, guest.email, "/invitation");
			await guest.page.goto(`${base}/invitation#token=${token}`);
			await button(guest.page, words.tokens.invitationSubmit).click();
			await guest.page.waitForURL(/\/(apps|view)/);
		}
		await ben.page.goto(appUrl);
		await preview(ben.page).getByText("Middlemarch").first().waitFor();
		await eva.page.goto(`${base}/view/${appId}`);
		await preview(eva.page)
			.getByText(/no .* yet|add/i)
			.first()
			.waitFor();

		// everyone, in Discover; a fork takes the files and none of the data
		await page.reload();
		await page.getByLabel(words.share.forkLabel).check();
		await button(page, /publish…|update…/i)
			.first()
			.click();
		await page.getByText(words.share.audienceDiscover, { exact: true }).click();
		await page.getByLabel(words.share.reviewed).check();
		await page.getByRole("dialog").getByRole("button", { name: words.share.confirm, exact: true }).click();
		await page.getByText(words.share.listedNow).first().waitFor();
		await eva.page.goto(`${base}/discover`);
		await eva.page.getByRole("button", { name: /copy/i }).first().click();
		await eva.page.waitForURL(/\/apps\/app_[0-9a-f]{32}$/);
		expect(eva.page.url()).not.toContain(appId);
		await preview(eva.page).getByRole("button", { name: /^add/i }).first().waitFor();
		expect(await preview(eva.page).getByText("Middlemarch").count()).toBe(0);

		// delete
		await page.goto(appUrl);
		// the app is running: what is deleted while it still loads would log the file that it no longer gets
		await preview(page).getByRole("button", { name: /^add/i }).first().waitFor();
		await button(page, words.builder.more).click();
		await page.getByText(words.builder.remove, { exact: true }).click();
		await page.getByRole("dialog").getByRole("button", { name: words.builder.removeConfirm, exact: true }).click();
		await page.waitForURL(/\/apps$/);
		await page.goto(appUrl);
		await page
			.getByText(/nothing here|not found/i)
			.first()
			.waitFor();
		await ben.page.goto(appUrl);
		await ben.page
			.getByText(/nothing here|not found/i)
			.first()
			.waitFor();

		expect(ada.errors.filter((error) => !error.includes("404"))).toEqual([]);
	}, 240_000);
});
