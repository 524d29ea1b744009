// "We train nothing on your data and improve no default with it"
import { beforeAll, describe, expect, it } from "vitest";
import { Region } from "#schema/region.ts";
import { readWorker, workerNames } from "../../scripts/local-host/workers.ts";
import {
	buildApp,
	logLines,
	makeCanary,
	ownerOf,
	type Person,
	post,
	refusedCalls,
	sentWith,
	signUp,
	succeed,
} from "../support/promise-client.ts";

const region = "us-east";
const canary = makeCanary();
const prompt = "Track plants with name, bed, watering day and height";
let ada: Person;

const filesOf = async (person: Person, appId: string): Promise<unknown> => {
	const { currentVersionId } = succeed(await person.call(`/api/apps/${appId}`), 200);
	return succeed(await person.call(`/api/apps/${appId}/versions/${currentVersionId}`), 200).files;
};

beforeAll(async () => {
	ada = await signUp(region, `Ada ${canary}`);
});

describe("no default learns", () => {
	it("the composer answers a newcomer the same before and after others corrected what it made", async () => {
		const before = await signUp(region, "Ben");
		const first = await filesOf(before, (await buildApp(before, prompt)).appId);
		for (const change of [`Add a field ${canary}`, "Rename bed to Greenhouse", "Add a field Price", "Remove height"]) {
			const { appId } = await buildApp(ada, prompt);
			const { buildId } = succeed(await post(ada, `/api/apps/${appId}/builds`, { prompt: change }), 201);
			expect(buildId).toMatch(/^bld_/);
		}
		const after = await signUp(region, "Cleo");
		expect(await filesOf(after, (await buildApp(after, prompt)).appId)).toEqual(first);
	});

	it("a model is told the same words of ours for a newcomer, before and after", async () => {
		const ask = async () => {
			const mark = makeCanary();
			const person = await signUp(region, "Dora");
			await buildApp(person, `A guestbook. ${mark}`, { offerId: "anthropic/play-good" });
			const [sent] = await sentWith(mark);
			return sent?.body.replaceAll(mark, "");
		};
		const first = await ask();
		await buildApp(ada, `A guestbook about ${canary}`, { offerId: "anthropic/play-good" });
		const second = await ask();
		expect(first).toContain("guestbook");
		expect(second).toBe(first);
	});
});

describe("nothing is given away to learn from", () => {
	it("a provider is told not to store, and gets no name, address or id of anybody", async () => {
		const { appId } = await buildApp(ada, `A guestbook. ${canary} once`, { offerId: "openai/play-good" });
		await buildApp(ada, `A guestbook. ${canary} twice`, { offerId: "anthropic/play-good" });
		const { ownerId } = await ownerOf(region, appId);
		const [account] = await Promise.all([ada.call("/api/account")]);
		const sent = [...(await sentWith(`${canary} once`)), ...(await sentWith(`${canary} twice`))];
		expect(sent.map(({ api }) => api)).toEqual(["openai", "anthropic"]);
		for (const { api, body } of sent) {
			const json = JSON.parse(body) as Record<string, unknown>;
			if (api === "openai") expect(json["store"]).toBe(false);
			for (const field of ["metadata", "user", "safety_identifier", "container", "previous_response_id"]) {
				expect(json, api).not.toHaveProperty(field);
			}
			for (const secret of [
				ownerId,
				appId,
				ada.email,
				`Ada ${canary}`,
				...(account.text.match(/acc_[0-9a-f]{32}/g) ?? []),
			]) {
				expect(body.includes(secret), api).toBe(false);
			}
		}
	});

	it("no Worker reports anything to anybody, and no log line holds a word of a person", async () => {
		expect(await refusedCalls()).toEqual([]);
		const logs = await logLines();
		expect(logs.some((line) => line.includes('"event"'))).toBe(true);
		expect(logs.filter((line) => line.includes(canary) || line.includes(ada.email))).toEqual([]);
		for (const worker of workerNames) {
			for (const one of worker === "front-door" ? [null] : Region.options) {
				const { config } = readWorker(worker, one);
				// where content could be collected beside the tenant's own stores
				expect(config.observability?.enabled ?? false, worker).toBe(false);
				expect(config.logpush ?? false, worker).toBe(false);
				expect(
					[config.analytics_engine_datasets, config.queues.producers, config.tail_consumers].flat(),
					worker,
				).toSatisfy((list: unknown[]) => list.filter(Boolean).length === 0);
				expect([config.ai, config.vectorize].flat().filter(Boolean), worker).toEqual([]);
				expect([config.kv_namespaces, config.pipelines].flat().filter(Boolean), worker).toEqual([]);
			}
		}
	});
});
