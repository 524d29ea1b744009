// Models that go in circles: a build of theirs ends soon, says so, and costs the operator a few requests and nobody a credit.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { honest, wasteful } from "../support/model-server/loops.ts";
import { type ModelServer, startModelServer } from "../support/model-server/server.ts";

let host: TestHost;
let server: ModelServer;
let person: Client & { email: string };

beforeAll(async () => {
	server = await startModelServer();
	const models = [...Object.keys(wasteful), ...Object.keys(honest)].map((name) => `play-loop-${name}`).join(",");
	host = await startTestHost({
		providers: {
			ANTHROPIC_API_KEY: "test-anthropic",
			ANTHROPIC_BASE_URL: server.anthropicUrl,
			ANTHROPIC_MODELS: models,
			ANTHROPIC_REGION: "us-east",
			OPENAI_API_KEY: "test-openai",
			OPENAI_BASE_URL: server.openaiUrl,
			OPENAI_MODELS: models,
			OPENAI_REGION: "us-east",
		},
	});
	person = await signUpPerson(host, "us-east");
	await host.operate({ command: "set-plan", region: "us-east", who: person.email, plan: "studio" });
	const who = { region: "us-east", who: person.email } as const;
	await host.operate({ command: "grant-credits", ...who, credits: 10_000, note: "loops" });
});
afterAll(async () => {
	await host?.close();
	await server?.close();
});

async function build(name: string, provider: string) {
	const made = await person.call("/api/apps", {
		method: "POST",
		body: { prompt: "A small app.", offerId: `${provider}/play-loop-${name}` },
	});
	expect(made.status, made.text).toBe(201);
	const { appId, buildId } = made.json;
	const result = await waitForBuild(person, appId, buildId, 45);
	const { messages } = (await person.call(`/api/apps/${appId}/messages`)).json;
	const requests = server.requests.filter(({ model, api }) => model === `play-loop-${name}` && api === provider).length;
	return { result, requests, said: messages.at(-1)?.text as string };
}

describe.each(["anthropic", "openai"])("%s", (provider) => {
	it.concurrent.each(Object.keys(wasteful))("a model that answers %s is stopped after a few requests", async (name) => {
		const { result, requests, said } = await build(name, provider);
		expect(requests).toBeLessThanOrEqual(12);
		// what was whole before the circle began is kept; everything else costs nothing
		if (result.state === "done") expect(name).toBe("equal-write");
		else expect(result).toMatchObject({ state: "failed", creditsCharged: 0, versionId: null });
		expect(said.length).toBeGreaterThan(40);
		expect(said).not.toMatch(/write_file|set_app|tool/);
	});

	it.concurrent.each(Object.keys(honest))("a model that is %s gets its app", async (name) => {
		const { result, requests } = await build(name, provider);
		expect(result).toMatchObject({ state: "done" });
		expect(requests).toBeLessThanOrEqual(name === "one-file-an-answer" ? 32 : 4);
	});
});
