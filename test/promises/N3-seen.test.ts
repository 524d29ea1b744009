// "You can read exactly what was sent, where, and how long it is kept"
import { beforeAll, describe, expect, it } from "vitest";
import { waitForBuild } from "../support/client.ts";
import { buildApp, makeCanary, type Person, post, sentWith, signUp, succeed } from "../support/promise-client.ts";

const region = "us-east";
let ada: Person;
beforeAll(async () => {
	ada = await signUp(region, "Ada");
});

const terms = {
	anthropic: /operator of this installation agreed|deleted within 30 days/,
	openai: /operator of this installation agreed|up to 30 days/,
};

describe.each(["anthropic", "openai"] as const)("%s", (provider) => {
	it("shows each request to the byte, in its order, with destination, model, and the dated terms of keeping it", async () => {
		const canary = makeCanary();
		// a build of two calls: the second carries what the first one made
		const offerId = `${provider}/play-bad-import-then-good`;
		const { appId } = await buildApp(ada, `A guestbook. ${canary}`, { offerId });
		const received = (await sentWith(canary)).filter(({ api }) => api === provider);
		expect(received).toHaveLength(2);
		const { disclosures } = succeed(await ada.call(`/api/apps/${appId}/disclosures`), 200);
		expect(disclosures).toHaveLength(2);
		const shown: string[] = [];
		// newest first
		for (const one of [...disclosures].reverse()) {
			shown.push(succeed(await ada.call(`/api/apps/${appId}/disclosures/${one.id}`), 200).body);
			expect(one).toMatchObject({ provider, model: "play-bad-import-then-good" });
			expect(one.destination).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
			expect(one.sizeBytes).toBe(Buffer.byteLength(shown.at(-1) ?? ""));
			expect(one.retention).toMatch(terms[provider]);
			expect(one.retention).toMatch(/\d{4}-\d{2}-\d{2}, http/);
		}
		expect(shown).toEqual(received.map(({ body }) => body));
	});

	it("shows it also when the provider refused, and to nobody else", async () => {
		const canary = makeCanary();
		const body = { prompt: `A guestbook. ${canary}`, offerId: `${provider}/play-429` };
		const { appId, buildId } = succeed(await post(ada, "/api/apps", body), 201);
		expect(await waitForBuild(ada, appId, buildId, 60)).toMatchObject({ state: "failed" });
		const received = await sentWith(canary);
		expect(received.length).toBeGreaterThan(0);
		const { disclosures } = succeed(await ada.call(`/api/apps/${appId}/disclosures`), 200);
		expect(disclosures).toHaveLength(received.length);
		const eve = await signUp(region, "Eve");
		const path = `/api/apps/${appId}/disclosures/${disclosures[0].id}`;
		expect((await eve.call(path)).status).toBe(404);
		expect(succeed(await ada.call(path), 200).body).toContain(canary);
	});
});

it("shows nothing for the composer, because nothing was sent", async () => {
	const canary = makeCanary();
	const { appId } = await buildApp(ada, `A list of plants. ${canary}`);
	expect(await sentWith(canary)).toEqual([]);
	expect(succeed(await ada.call(`/api/apps/${appId}/disclosures`), 200).disclosures).toEqual([]);
});
