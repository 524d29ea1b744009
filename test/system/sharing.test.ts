// Sharing over HTTP: people, links, Discover, forks, the kill switch; each given, used as meant, and taken back.
import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Client, makeClient, password, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost, tokenMailedTo } from "../support/host.ts";

let host: TestHost;
let ada: Client & { email: string };
let appId: string;

beforeAll(async () => {
	host = await startTestHost();
	ada = await signUpPerson(host, "us-east", "Ada");
	await host.operate({ command: "set-plan", region: "us-east", who: ada.email, plan: "studio" });
});
afterAll(() => host?.close());

// an app of its own for each test: none depends on what another shared, published or blocked
beforeEach(async () => {
	const body = { prompt: "A reading list with title, author and rating" };
	const made = await ada.call("/api/apps", { method: "POST", body });
	appId = made.json.appId;
	await waitForBuild(ada, appId, made.json.buildId);
});

const post = (person: Client, path: string, body: unknown = {}) => person.call(path, { method: "POST", body });
const challenge = () => createHash("sha256").update(randomBytes(32).toString("base64url")).digest("base64url");

async function invite(role: "viewer" | "editor", scope: "app" | "workspace", email: string): Promise<string> {
	const invited = await post(ada, `/api/apps/${appId}/invitations`, { email, role, scope });
	expect(invited.status, invited.text).toBe(201);
	return tokenMailedTo(host, email, "/invitation");
}

async function publish(audience: "people" | "discover") {
	const review = (await ada.call(`/api/apps/${appId}/publish`)).json;
	return post(ada, `/api/apps/${appId}/publish`, { versionId: review.versionId, audience, reviewed: true });
}

describe("people", () => {
	it("may be invited on plan studio only, which the operator sets", async () => {
		const nora = await signUpPerson(host, "us-east", "Nora");
		const made = (await post(nora, "/api/apps", { prompt: "A list of plants" })).json;
		const inviting = () =>
			post(nora, `/api/apps/${made.appId}/invitations`, { email: "x@example.org", role: "viewer", scope: "app" });
		expect((await inviting()).json.error.code).toBe("plan_required");
		const set = await host.operate({ command: "set-plan", region: "us-east", who: nora.email, plan: "studio" });
		expect(set.ok, set.text).toBe(true);
		const credits = (await nora.call("/api/credits")).json;
		expect(credits.plan).toBe("studio");
		expect(credits.entries[0]).toMatchObject({ kind: "plan", delta: 5000 });
		expect((await inviting()).status).toBe(201);
	});

	it("an editor changes the app and sees nothing else of the workspace, until removed", async () => {
		const ben = await signUpPerson(host, "us-east", "Ben");
		const other = await post(ada, "/api/apps", { prompt: "An inventory" });
		const token = await invite("editor", "app", ben.email);
		expect((await post(ben, "/api/invitations/accept", { token })).json).toEqual({ appId });
		expect((await post(ben, "/api/invitations/accept", { token })).json.error.code).toBe("expired");
		expect((await ben.call("/api/apps")).json.apps.map(({ id }: { id: string }) => id)).toEqual([appId]);
		expect((await ben.call(`/api/apps/${other.json.appId}`)).status).toBe(404);
		const build = await post(ben, `/api/apps/${appId}/builds`, { prompt: "Add a field Publisher" });
		expect(build.status, build.text).toBe(201);
		expect((await waitForBuild(ben, appId, build.json.buildId)).state).toBe("done");
		for (const [method, path] of [
			["DELETE", ""],
			["PATCH", ""],
			["GET", "/sharing"],
			["GET", "/publish"],
		] as const) {
			const answer = await ben.call(
				`/api/apps/${appId}${path}`,
				method === "PATCH" ? { method, body: {} } : { method },
			);
			expect(answer.json.error.code, `${method} ${path}`).toBe("forbidden");
		}
		// his own prompt, and none of the owner's
		const { entries } = (await ben.call("/api/history")).json;
		expect(entries).toMatchObject([{ prompt: "Add a field Publisher", by: null, workspaceOf: "Ada" }]);
		const { people } = (await ada.call(`/api/apps/${appId}/sharing`)).json;
		expect(people).toMatchObject([{ email: ben.email, role: "editor", scope: "app" }]);
		expect((await ada.call(`/api/apps/${appId}/people/${people[0].grantId}`, { method: "DELETE" })).status).toBe(204);
		expect((await ben.call(`/api/apps/${appId}`)).status).toBe(404);
		expect((await ben.call(`/api/apps/${appId}/builds`)).status).toBe(404);
	});

	it("a viewer opens the published app and changes nothing", async () => {
		const eva = await signUpPerson(host, "us-east", "Eva");
		const token = await invite("viewer", "app", eva.email);
		await post(eva, "/api/invitations/accept", { token });
		const open = (kind: string) => post(eva, `/api/apps/${appId}/open`, { kind, challenge: challenge() });
		expect((await open("draft")).status).toBe(404);
		expect((await open("live")).status).toBe(404);
		expect((await publish("people")).status).toBe(200);
		expect((await open("live")).json.code).toMatch(/^[\w-]{43}$/);
		for (const path of ["versions", "messages", "disclosures", "download"]) {
			expect((await eva.call(`/api/apps/${appId}/${path}`)).json.error.code, path).toBe("forbidden");
		}
		expect((await post(eva, `/api/apps/${appId}/builds`, { prompt: "Change it" })).json.error.code).toBe("forbidden");
	});

	it("an invitation is bound to the address it was sent to", async () => {
		const eve = await signUpPerson(host, "us-east", "Eve");
		const token = await invite("editor", "app", "somebody.else@example.org");
		expect((await post(eve, "/api/invitations/accept", { token })).json.error.code).toBe("expired");
		expect((await eve.call(`/api/apps/${appId}`)).status).toBe(404);
	});

	it("an invitation of one region means nothing in the other", async () => {
		const uwe = await signUpPerson(host, "eu-west", "Uwe");
		const token = await invite("editor", "app", uwe.email);
		expect((await post(uwe, "/api/invitations/accept", { token })).json.error.code).toBe("expired");
	});

	it("an invitation that ran out is gone, with its address, once somebody has signed in", async () => {
		await invite("viewer", "app", "late@example.org");
		const db = await host.runtime.getD1Database("DIRECTORY", "freehold-studio-us-east");
		const count = () => db.prepare("SELECT count(*) FROM invitations").raw<[number]>();
		const [[before] = [0]] = await count();
		await db
			.prepare("UPDATE invitations SET expires_at = 1 WHERE created_at = (SELECT max(created_at) FROM invitations)")
			.run();
		await post(makeClient(host, "us-east"), "/api/account/sign-in", { email: ada.email, password });
		await expect.poll(count).toEqual([[before - 1]]);
	});

	it("a member of the workspace sees all its apps", async () => {
		const max = await signUpPerson(host, "us-east", "Max");
		const token = await invite("viewer", "workspace", max.email);
		expect((await post(max, "/api/invitations/accept", { token })).json).toEqual({ appId: null });
		const { apps } = (await max.call("/api/apps")).json;
		const ids = (list: { id: string }[]) => list.map(({ id }) => id).sort();
		expect(ids(apps)).toEqual(ids((await ada.call("/api/apps")).json.apps));
		expect(apps.length).toBeGreaterThanOrEqual(1);
		expect(apps[0]).toMatchObject({ role: "viewer", sharedBy: "Ada" });
		expect((await max.call(`/api/apps/${appId}`)).json.role).toBe("viewer");
	});
});

describe("links", () => {
	it("open the published snapshot for strangers, until revoked", async () => {
		expect((await publish("people")).status).toBe(200);
		const created = await post(ada, `/api/apps/${appId}/links`, { days: 7 });
		expect(created.status, created.text).toBe(201);
		const token = new URL(created.json.url).hash.replace("#token=", "");
		const stranger = makeClient(host, "us-east");
		const peek = await post(stranger, "/api/links/peek", { token });
		expect(peek.json.name).toBe((await ada.call(`/api/apps/${appId}`)).json.name);
		expect((await post(stranger, "/api/links/open", { token, challenge: challenge() })).json.code).toMatch(
			/^[\w-]{43}$/,
		);
		expect((await stranger.call(`/api/apps/${appId}`)).status).toBe(401);
		expect((await post(makeClient(host, "eu-west"), "/api/links/peek", { token })).json.error.code).toBe("expired");
		const { links } = (await ada.call(`/api/apps/${appId}/sharing`)).json;
		expect((await ada.call(`/api/apps/${appId}/links/${links[0].id}`, { method: "DELETE" })).status).toBe(204);
		expect((await post(stranger, "/api/links/open", { token, challenge: challenge() })).json.error.code).toBe(
			"expired",
		);
	});
});

describe("Discover", () => {
	it("lists what was reviewed and published, and forks only what its owner allowed", async () => {
		const eve = await signUpPerson(host, "us-east", "Eve");
		const stranger = makeClient(host, "us-east");
		expect((await stranger.call("/api/discover?q=reading")).json.listings).toEqual([]);
		const stale = await post(ada, `/api/apps/${appId}/publish`, {
			versionId: `ver_${"0".repeat(32)}`,
			audience: "discover",
			reviewed: true,
		});
		expect(stale.json.error.code).toBe("conflict");
		expect((await publish("discover")).status).toBe(200);
		const { listings } = (await stranger.call("/api/discover?q=reading")).json;
		expect(listings).toMatchObject([{ appId, mayFork: false }]);
		expect((await makeClient(host, "eu-west").call("/api/discover")).json.listings).toEqual([]);
		expect((await post(eve, `/api/discover/${appId}/fork`)).json.error.code).toBe("no_copies");
		await ada.call(`/api/apps/${appId}`, { method: "PATCH", body: { mayFork: true } });
		const fork = await post(eve, `/api/discover/${appId}/fork`);
		expect(fork.status, fork.text).toBe(201);
		const { versions } = (await eve.call(`/api/apps/${fork.json.appId}/versions`)).json;
		expect(versions).toMatchObject([{ number: 1, origin: "fork" }]);
		expect((await eve.call(`/api/apps/${fork.json.appId}/messages`)).json.messages).toEqual([]);
	});
});
