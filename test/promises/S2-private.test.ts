// "Only you see an app, until you invite, share a link, or publish"
import { beforeAll, describe, expect, it } from "vitest";
import { Region } from "#schema/region.ts";
import { type Client, makeClient } from "../support/client.ts";
import { tokenMailedTo } from "../support/host.ts";
import {
	at,
	buildApp,
	callApp,
	makeCanary,
	openSession,
	operate,
	type Person,
	post,
	publish,
	signUp,
	succeed,
	writeFiles,
} from "../support/promise-client.ts";

describe.each(Region.options)("in %s", (region) => {
	const elsewhere = Region.options.find((one) => one !== region) ?? region;
	const canary = makeCanary();
	let ada: Person;
	let ben: Person;
	let eve: Person;
	let strangers: [string, Client][];
	let appId: string;
	let draftOrigin: string;

	beforeAll(async () => {
		[ada, ben, eve] = await Promise.all([signUp(region, "Ada"), signUp(region, "Ben"), signUp(region, "Eve")]);
		strangers = [
			["nobody", makeClient(at(), region)],
			["another tenant", eve],
			["a person of the other region", await signUp(elsewhere, "Zoe")],
		];
		({ appId } = await buildApp(ada, "A reading list with title and author"));
		succeed(await ada.call(`/api/apps/${appId}`, { method: "PATCH", body: { name: canary } }), 200);
		await writeFiles(ada, appId, { "notes.txt": canary });
		({ draftOrigin } = succeed(await ada.call(`/api/apps/${appId}`), 200));
		await operate({ command: "set-plan", region, who: ada.email, plan: "studio" });
	});

	const liveOrigin = async (): Promise<string | null> => (await ada.call(`/api/apps/${appId}`)).json.liveOrigin;
	const open = (client: Client, kind: "draft" | "live") => openSession(client, `/api/apps/${appId}/open`, { kind });

	/** Nothing of the app by any way: its API, a session on its origins, its origins without one, the region's Discover. */
	async function expectHidden(who: string, client: Client): Promise<void> {
		for (const path of ["", "/versions", "/messages", "/builds", "/sharing", "/publish", "/download", "/disclosures"]) {
			const answer = await client.call(`/api/apps/${appId}${path}`);
			expect([401, 404], `${who} ${path}`).toContain(answer.status);
			expect(answer.text).not.toContain(canary);
		}
		for (const kind of ["draft", "live"] as const) expect(await open(client, kind), `${who} ${kind}`).toBeNull();
		for (const path of ["/api/discover", "/api/apps", "/discover", `/view/${appId}`, `/apps/${appId}`]) {
			expect((await client.call(path, { headers: { Accept: "text/html" } })).text, `${who} ${path}`).not.toContain(
				canary,
			);
		}
		await expectClosed(draftOrigin);
	}

	/** An origin gives nothing of the app to who has no session there. */
	async function expectClosed(origin: string, cookie = ""): Promise<void> {
		for (const path of ["/", "/app.js", "/styles.css", "/notes.txt"]) {
			const answer = await callApp(origin, path, { cookie });
			expect(answer.status, path).not.toBe(200);
			expect(answer.text).not.toContain(canary);
		}
		const data = await callApp(origin, "/_freehold/api/data", { cookie, body: { op: "list", collection: "books" } });
		expect(data.status).toBeGreaterThanOrEqual(400);
	}

	const pageOf = (session: { origin: string; cookie: string }) => callApp(session.origin, "/", session);

	it("at first, only its owner sees it", async () => {
		expect((await ada.call(`/api/apps/${appId}`)).json.name).toBe(canary);
		const session = await open(ada, "draft");
		if (!session) throw new Error("the owner cannot open the app");
		expect((await pageOf(session)).text).toContain(canary);
		for (const [who, client] of strangers) await expectHidden(who, client);
		await expectHidden("a person who will be invited", ben);
	});

	it("an invitation shows it to that person and to nobody else, until it is taken back", async () => {
		await publish(ada, appId, "people");
		succeed(await post(ada, `/api/apps/${appId}/invitations`, { email: ben.email, role: "viewer", scope: "app" }), 201);
		const token = await tokenMailedTo(at(), ben.email, "/invitation");
		// the mail fell into other hands
		expect((await post(eve, "/api/invitations/accept", { token })).status).toBeGreaterThanOrEqual(400);
		succeed(await post(ben, "/api/invitations/accept", { token }), 200);
		const session = await open(ben, "live");
		if (!session) throw new Error("the guest cannot open the app");
		expect((await pageOf(session)).text).toContain(canary);
		expect(await open(ben, "draft")).toBeNull();
		for (const [who, client] of strangers) await expectHidden(who, client);
		await expectClosed(session.origin);

		const { people } = succeed(await ada.call(`/api/apps/${appId}/sharing`), 200);
		succeed(await ada.call(`/api/apps/${appId}/people/${people[0].grantId}`, { method: "DELETE" }), 204);
		await expectClosed(session.origin, session.cookie);
		await expectHidden("a person who was removed", ben);
	});

	it("a link shows it to who holds it, until it is revoked", async () => {
		const { url } = succeed(await post(ada, `/api/apps/${appId}/links`, { days: 1 }), 201);
		expect(new URL(url).search).toBe("");
		const token = new URL(url).hash.replace("#token=", "");
		const holder = makeClient(at(), region);
		const session = await openSession(holder, "/api/links/open", { token });
		if (!session) throw new Error("the link does not open the app");
		expect((await pageOf(session)).text).toContain(canary);
		for (const [who, client] of strangers) await expectHidden(who, client);
		const guessed = token.replace(/^./, (first) => (first === "A" ? "B" : "A"));
		expect(await openSession(holder, "/api/links/open", { token: guessed })).toBeNull();

		const { links } = succeed(await ada.call(`/api/apps/${appId}/sharing`), 200);
		succeed(await ada.call(`/api/apps/${appId}/links/${links[0].id}`, { method: "DELETE" }), 204);
		expect(await openSession(holder, "/api/links/open", { token })).toBeNull();
		await expectClosed(session.origin, session.cookie);
	});

	it("publishing shows it to everyone, after a review, and its draft to nobody", async () => {
		const { versionId, files } = succeed(await ada.call(`/api/apps/${appId}/publish`), 200);
		expect(files.length).toBeGreaterThan(0);
		const unseen = await post(ada, `/api/apps/${appId}/publish`, { versionId, audience: "discover" });
		expect(unseen.json.error.code).toBe("invalid_input");
		for (const [who, client] of strangers) await expectHidden(who, client);
		await publish(ada, appId, "discover");
		const origin = await liveOrigin();
		if (!origin) throw new Error("nothing is live");
		expect((await callApp(origin, "/")).text).toContain(canary);
		expect((await makeClient(at(), region).call("/api/discover")).text).toContain(canary);
		await expectClosed(draftOrigin);
		for (const [who, client] of strangers) {
			expect([401, 404], who).toContain((await client.call(`/api/apps/${appId}/versions`)).status);
		}
	});
});
