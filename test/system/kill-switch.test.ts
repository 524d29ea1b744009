// The operator's kill switch: any app however it is shared, whole accounts, and lifting either opens nothing that the owner has
// closed in the meantime.
import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AppId } from "#schema/ids.ts";
import { type Client, liveLabelOf, makeClient, password, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { callAppOrigin, openAppSession } from "./walls/app-page.ts";

let host: TestHost;
let ada: Client & { email: string };
let appId: string;
const region = "us-east" as const;

beforeAll(async () => {
	host = await startTestHost();
	ada = await signUpPerson(host, region, "Ada");
	await host.operate({ command: "set-plan", region, who: ada.email, plan: "studio" });
});
afterAll(() => host?.close());
beforeEach(async () => {
	appId = await build(ada);
});

const post = (person: Client, path: string, body: unknown = {}) => person.call(path, { method: "POST", body });
const stranger = () => makeClient(host, region);
const operate = async (command: "block" | "unblock", id = appId) => {
	const answer = await host.operate({ command, region, appId: id as AppId });
	expect(answer.ok, answer.text).toBe(true);
};

async function build(person: Client): Promise<string> {
	const made = (await post(person, "/api/apps", { prompt: "A reading list with title, author and rating" })).json;
	await waitForBuild(person, made.appId, made.buildId);
	return made.appId;
}

async function publish(audience: "people" | "discover") {
	const review = (await ada.call(`/api/apps/${appId}/publish`)).json;
	return post(ada, `/api/apps/${appId}/publish`, { versionId: review.versionId, audience, reviewed: true });
}

async function makeLink(): Promise<string> {
	const { url } = (await post(ada, `/api/apps/${appId}/links`, { days: 1 })).json;
	return new URL(url).hash.replace("#token=", "");
}

/** With a session cookie the app's object is asked. Without one, an answer may be up to 30 seconds old. */
const openAtTop = (origin: string) =>
	callAppOrigin(host.port, origin, "/", {
		cookie: `__Host-Http-freehold_app=${"x".repeat(43)}`,
		headers: { "Sec-Fetch-Dest": "document" },
	});

/** Whether a stranger gets the app: at top level, or by a link's token. */
async function opensForStrangers(token: string | null): Promise<boolean> {
	const origin = (await ada.call(`/api/apps/${appId}`)).json.liveOrigin as string;
	if (token === null) {
		return (await openAtTop(origin)).status === 200;
	}
	const verifier = randomBytes(32).toString("base64url");
	const challenge = createHash("sha256").update(verifier).digest("base64url");
	const opened = await post(stranger(), "/api/links/open", { token, challenge });
	if (opened.status !== 200) return false;
	const { answer, cookie } = await openAppSession(host.port, origin, opened.json.code, verifier);
	if (answer.status !== 200) return false;
	const headers = { "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin" };
	return (await callAppOrigin(host.port, origin, "/", { cookie, headers })).status === 200;
}

describe("an app", () => {
	it("that is shared by a link only can be reported and blocked", async () => {
		await publish("people");
		const token = await makeLink();
		expect(await opensForStrangers(token)).toBe(true);
		const report = { label: await liveLabelOf(ada, appId), reason: "phishing", text: "asks for a password" };
		expect((await post(stranger(), "/api/reports", report)).status).toBe(202);
		expect((await host.operate({ command: "reports", region })).text).toContain(appId);
		await operate("block");
		expect(await opensForStrangers(token)).toBe(false);
		expect((await publish("discover")).json.error.code).toBe("app_blocked");
		expect((await ada.call(`/api/apps/${appId}/sharing`)).json.isBlocked).toBe(true);
		await operate("unblock");
		expect(await opensForStrangers(token)).toBe(true);
		expect(await opensForStrangers(null)).toBe(false);
		// its owner reads what was done, and nobody else does
		const { actions } = (await ada.call("/api/operator-actions")).json;
		expect(actions).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ action: "block_app", subject: appId }),
				expect.objectContaining({ action: "unblock_app", subject: appId }),
			]),
		);
		const eve = await signUpPerson(host, region, "Eve");
		expect((await eve.call("/api/operator-actions")).json).toEqual({ actions: [], next: null });
	});

	it("that its author took off after a report can still be blocked, and does not come back by itself", async () => {
		await publish("discover");
		expect((await ada.call(`/api/apps/${appId}/publish`, { method: "DELETE" })).status).toBe(204);
		await operate("block");
		expect((await publish("discover")).json.error.code).toBe("app_blocked");
		expect((await publish("people")).json.error.code).toBe("app_blocked");
		expect(await opensForStrangers(null)).toBe(false);
	});

	it("that was never published can be blocked, so that its preview opens for nobody", async () => {
		await operate("block");
		const { draftOrigin } = (await ada.call(`/api/apps/${appId}`)).json;
		const page = await callAppOrigin(host.port, draftOrigin, "/", { headers: { "Sec-Fetch-Dest": "iframe" } });
		expect([page.status, page.text]).toEqual([403, expect.stringContaining("blocked")]);
	});

	it("that is taken off while it is blocked stays off when the block is lifted", async () => {
		await publish("discover");
		expect(await opensForStrangers(null)).toBe(true);
		await operate("block");
		expect(await opensForStrangers(null)).toBe(false);
		expect((await ada.call(`/api/apps/${appId}/publish`, { method: "DELETE" })).status).toBe(204);
		await operate("unblock");
		expect(await opensForStrangers(null)).toBe(false);
		const { listings } = (await stranger().call("/api/discover")).json;
		expect(listings.map((one: { appId: string }) => one.appId)).not.toContain(appId);
		expect((await publish("discover")).status).toBe(200);
		expect(await opensForStrangers(null)).toBe(true);
	});

	it("that was public is public again when the block is lifted and its owner changed nothing", async () => {
		await publish("discover");
		await operate("block");
		await operate("unblock");
		expect(await opensForStrangers(null)).toBe(true);
	});

	it("of an unknown id is no app, and a report of an unknown address is answered like any other", async () => {
		const unknown = await host.operate({ command: "block", region, appId: `app_${"0".repeat(32)}` as AppId });
		expect(unknown.ok).toBe(false);
		expect((await post(stranger(), "/api/reports", { label: "a".repeat(26), reason: "other" })).status).toBe(202);
		expect((await host.operate({ command: "reports", region })).text).not.toContain("a".repeat(26));
	});
});

describe("an account", () => {
	it("that is suspended signs in nowhere, and none of its apps opens, until that is lifted", async () => {
		const eve = await signUpPerson(host, region, "Eve");
		await host.operate({ command: "set-plan", region, who: eve.email, plan: "studio" });
		const [own, blocked] = [await build(eve), await build(eve)];
		for (const id of [own, blocked]) {
			const { versionId } = (await eve.call(`/api/apps/${id}/publish`)).json;
			await post(eve, `/api/apps/${id}/publish`, { versionId, audience: "discover", reviewed: true });
		}
		await operate("block", blocked);
		const origins = new Map<string, string>();
		for (const id of [own, blocked]) origins.set(id, (await eve.call(`/api/apps/${id}`)).json.liveOrigin);
		const opens = async (id: string) => (await openAtTop(origins.get(id) ?? "")).status;
		expect([await opens(own), await opens(blocked)]).toEqual([200, 403]);

		const suspended = await host.operate({ command: "suspend", region, who: eve.email });
		expect(suspended.ok, suspended.text).toBe(true);
		expect((await eve.call("/api/account")).json.error.code).toBe("unauthenticated");
		expect([await opens(own), await opens(blocked)]).toEqual([403, 403]);
		const { listings } = (await stranger().call("/api/discover")).json;
		expect(listings.map((one: { appId: string }) => one.appId)).not.toContain(own);
		const again = stranger();
		const refused = await post(again, "/api/account/sign-in", { email: eve.email, password });
		expect(refused.json.error.code).toBe("account_suspended");
		expect((await again.call("/api/account")).json.error.code).toBe("unauthenticated");
		// a wrong password is told nothing of it
		const wrong = await post(stranger(), "/api/account/sign-in", { email: eve.email, password: `${password}!` });
		expect(wrong.json.error.code).toBe("wrong_credentials");

		const lifted = await host.operate({ command: "unsuspend", region, who: eve.email });
		expect(lifted.ok, lifted.text).toBe(true);
		expect((await post(again, "/api/account/sign-in", { email: eve.email, password })).status).toBe(200);
		expect([await opens(own), await opens(blocked)]).toEqual([200, 403]);
	});
});
