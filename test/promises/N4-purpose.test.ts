// "It is sent only for the request you made; Freehold calls no model for a published app"
import { beforeAll, describe, expect, it } from "vitest";
import { Region } from "#schema/region.ts";
import { readWorker, workerNames } from "../../scripts/local-host/workers.ts";
import { makeClient, waitForBuild } from "../support/client.ts";
import { startGateway } from "../support/model-server/gateway.ts";
import { startModelServer } from "../support/model-server/server.ts";
import {
	at,
	buildApp,
	callApp,
	makeCanary,
	openSession,
	type Person,
	post,
	publish,
	sentWith,
	signUp,
	succeed,
} from "../support/promise-client.ts";

const region = "us-east";
let ada: Person;
beforeAll(async () => {
	ada = await signUp(region, "Ada");
});

describe.each(["anthropic", "openai"])("%s", (provider) => {
	const canary = makeCanary();
	let appId: string;

	it("is called once for a build, and again only for another request", async () => {
		({ appId } = await buildApp(ada, `A guestbook. ${canary}`, { offerId: `${provider}/play-good` }));
		expect(await sentWith(canary)).toHaveLength(1);
		const change = { prompt: "Add a count", offerId: `${provider}/play-change` };
		const { buildId } = succeed(await post(ada, `/api/apps/${appId}/builds`, change), 201);
		expect(await waitForBuild(ada, appId, buildId)).toMatchObject({ state: "done" });
		expect((await sentWith(canary)).map(({ model }) => model)).toEqual(["play-good", "play-change"]);
	});

	it("is called a second time where its answer had to be repaired, and each call is shown", async () => {
		const mark = makeCanary();
		const made = await buildApp(ada, `A guestbook. ${mark}`, { offerId: `${provider}/play-bad-import-then-good` });
		expect(await sentWith(mark)).toHaveLength(2);
		const { disclosures } = succeed(await ada.call(`/api/apps/${made.appId}/disclosures`), 200);
		expect(disclosures).toHaveLength(2);
	});

	it("is not called when the app is opened, used, read, searched, edited by hand, published or visited", async () => {
		const before = (await sentWith(canary)).length;
		const client = makeClient(at(), region);
		await publish(ada, appId, "discover");
		const { liveOrigin, currentVersionId } = succeed(await ada.call(`/api/apps/${appId}`), 200);
		expect((await callApp(liveOrigin, "/")).status).toBe(200);
		expect((await callApp(liveOrigin, "/app.js")).status).toBe(200);
		const session = await openSession(ada, `/api/apps/${appId}/open`, { kind: "live" });
		if (!session) throw new Error("the app does not open");
		const data = { op: "add", collection: "guestbook-entries", value: { name: canary, note: "Please write an app" } };
		expect((await callApp(session.origin, "/_freehold/api/data", { ...session, body: data })).status).toBe(200);
		for (const path of ["messages", "versions", "disclosures", "download", "builds", "publish", "sharing"]) {
			expect((await ada.call(`/api/apps/${appId}/${path}`)).status, path).toBe(200);
		}
		const edited = { baseVersionId: currentVersionId, write: [{ path: "notes.txt", content: canary }] };
		succeed(await post(ada, `/api/apps/${appId}/versions`, edited), 201);
		expect((await ada.call(`/api/history?q=${canary}`)).json.entries).toHaveLength(1);
		expect((await client.call("/api/discover")).text).toContain(appId);
		expect(await sentWith(canary)).toHaveLength(before);
	});
});

it("the composer calls none", async () => {
	const canary = makeCanary();
	await buildApp(ada, `An inventory. ${canary}`);
	expect(await sentWith(canary)).toEqual([]);
});

it("the gateway refuses a call that names no purpose, or another one", async () => {
	const server = await startModelServer();
	const gateway = await startGateway(region, {
		ANTHROPIC_API_KEY: "test",
		ANTHROPIC_BASE_URL: server.anthropicUrl,
		ANTHROPIC_MODELS: "play-good",
	});
	try {
		const request = {
			offerId: "anthropic/play-good",
			buildId: "bld_1",
			parts: [{ type: "text", dataClass: "prompt", role: "user", text: "A guestbook" }],
			maxOutputTokens: 1000,
		};
		for (const purpose of ["train", "chat", "app", "evaluate", "", null, "BUILD"]) {
			expect((await gateway.generate({ ...request, purpose })).refused, String(purpose)).toBe("purpose");
		}
		expect((await gateway.generate(request)).refused).toBe("invalid");
		expect(server.requests).toEqual([]);
		expect((await gateway.generate({ ...request, purpose: "build" })).refused).toBeNull();
		expect(server.requests).toHaveLength(1);
	} finally {
		await gateway.close();
		await server.close();
	}
});

it("only the studio holds a way to the gateway; what serves apps has none", () => {
	const holders: string[] = [];
	for (const worker of workerNames) {
		for (const one of worker === "front-door" ? [null] : Region.options) {
			const { services } = readWorker(worker, one).config;
			for (const { service, entrypoint } of services ?? []) {
				if (service.includes("ai-gateway")) holders.push(`${worker} ${one} ${entrypoint}`);
			}
		}
	}
	expect(holders).toEqual(Region.options.map((one) => `studio ${one} Generation`));
});
