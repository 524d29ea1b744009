// Builds by a model, each transcript to the end a person would want, with credits right; and builds that are stopped, answered,
// queued, refused, or interrupted by a restart. The providers are played on loopback; everything else is real.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { type ModelServer, startModelServer } from "../support/model-server/server.ts";
import { plantedCredential, transcriptNames } from "../support/model-server/transcripts.ts";

let host: TestHost;
let server: ModelServer;

beforeAll(async () => {
	server = await startModelServer();
	const models = transcriptNames.map((name) => `play-${name}`).join(",");
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
			// many times the pauses of the slowest transcript (0.4 s), so that a busy machine is no silent provider
			STALL_SECONDS: "4",
		},
	});
});
afterAll(async () => {
	await host?.close();
	await server?.close();
});

const balanceOf = async (person: Client): Promise<number> => (await person.call("/api/credits")).json.balance;

async function start(person: Client, transcript: string, provider = "anthropic", extra: Record<string, unknown> = {}) {
	const made = await person.call("/api/apps", {
		method: "POST",
		body: { prompt: "A guestbook, please.", offerId: `${provider}/play-${transcript}`, ...extra },
	});
	expect(made.status, made.text).toBe(201);
	return made.json as { appId: string; buildId: string };
}

async function build(person: Client, transcript: string, provider = "anthropic", extra: Record<string, unknown> = {}) {
	const before = await balanceOf(person);
	const { appId, buildId } = await start(person, transcript, provider, extra);
	const result = await waitForBuild(person, appId, buildId, 45);
	return { appId, buildId, result, charged: before - (await balanceOf(person)) };
}

it("lets others in while a large table is inspected", async () => {
	const [ada, bob] = await Promise.all([signUpPerson(host, "us-east"), signUpPerson(host, "us-east")]);
	const lines = Array.from({ length: 95_000 }, (_line, at) => `a line with the number ${at} and some more words in it`);
	const contentBase64 = Buffer.from(`text\n${lines.join("\n")}\n`).toString("base64");
	let isInspected = false;
	const inspection = ada
		.call("/api/references/inspect", { method: "POST", body: { name: "large.csv", contentBase64 } })
		.finally(() => {
			isInspected = true;
		});
	let answered = 0;
	while (!isInspected) {
		expect((await bob.call("/api/credits")).status).toBe(200);
		if (!isInspected) answered += 1;
	}
	expect((await inspection).json).toMatchObject({ kind: "table", rows: 95_000 });
	// read at once, it would let in one request before its work begins, and none during it
	expect(answered).toBeGreaterThan(3);
});

describe.each(["anthropic", "openai"])("%s", (provider) => {
	it("turns a good answer into a version, charges what was used, and shows what was sent", async () => {
		const ada = await signUpPerson(host, "us-east");
		const { appId, result, charged } = await build(ada, "good", provider);
		expect(result).toMatchObject({ state: "done", failure: null, creditsCharged: 1 });
		expect(charged).toBe(1);
		const app = (await ada.call(`/api/apps/${appId}`)).json;
		const { files } = (await ada.call(`/api/apps/${appId}/versions/${app.currentVersionId}`)).json;
		expect(files.map(({ path }: { path: string }) => path).sort()).toEqual([
			"app.tsx",
			"components/Entry.tsx",
			"styles.css",
		]);
		const { disclosures } = (await ada.call(`/api/apps/${appId}/disclosures`)).json;
		const sent = server.requests.filter(({ model, api }) => model === "play-good" && api === provider).at(-1);
		const kept = (await ada.call(`/api/apps/${appId}/disclosures/${disclosures[0].id}`)).json.body;
		expect(kept).toBe(sent?.body.toString("utf8"));
	});

	it.each(["bad-import", "twice", "credential", "traversal", "bad-json"])(
		"repairs %s in a second round",
		async (fault) => {
			const ada = await signUpPerson(host, "us-east");
			const { appId, result, charged } = await build(ada, `${fault}-then-good`, provider);
			expect(result).toMatchObject({ state: "done" });
			expect(charged).toBeGreaterThan(0);
			const app = (await ada.call(`/api/apps/${appId}`)).json;
			const { files } = (await ada.call(`/api/apps/${appId}/versions/${app.currentVersionId}`)).json;
			expect(JSON.stringify(files)).not.toContain(plantedCredential);
			expect(files.every(({ path }: { path: string }) => !path.includes(".."))).toBe(true);
		},
	);

	it.each([
		["bad-import", "gate_failed"],
		["credential", "gate_failed"],
		["talk", "nothing_made"],
		["empty", "nothing_made"],
		["refusal", "model_refused"],
		["401", "model_unauthorized"],
		["400", "model_unavailable"],
		["529", "model_overloaded"],
		["cut", "model_cut"],
		["stall", "model_stalled"],
	])("ends %s as %s, with no version and no charge", async (transcript, failure) => {
		const ada = await signUpPerson(host, "us-east");
		const { appId, result, charged } = await build(ada, transcript, provider);
		expect(result).toMatchObject({ state: "failed", failure, versionId: null });
		expect(charged).toBe(0);
		expect((await ada.call(`/api/apps/${appId}`)).json.currentVersionId).toBeNull();
		const { messages } = (await ada.call(`/api/apps/${appId}/messages`)).json;
		expect(messages.map(({ role }: { role: string }) => role)).toEqual(["user", "assistant"]);
	});
});

it("builds twenty files of 200 KB together", async () => {
	const ada = await signUpPerson(host, "us-east");
	const { appId, result } = await build(ada, "long");
	expect(result.state).toBe("done");
	expect((await ada.call(`/api/apps/${appId}/versions`)).json.versions[0].sizeBytes).toBeGreaterThan(180_000);
});

it("waits as long as the provider asks before it tries once more", async () => {
	const ada = await signUpPerson(host, "us-east");
	const { result, charged } = await build(ada, "429");
	expect(result).toMatchObject({ state: "failed", failure: "model_rate_limited" });
	expect(charged).toBe(0);
	const times = server.requests.filter(({ model }) => model === "play-429");
	expect(times.length).toBe(2);
});

it("asks a person, and goes on with the answer", async () => {
	const ada = await signUpPerson(host, "us-east");
	const { appId, buildId, result } = await build(ada, "ask");
	expect(result.state).toBe("asking");
	const answered = await ada.call(`/api/apps/${appId}/builds/${buildId}/answer`, {
		method: "POST",
		body: { text: "Only my team" },
	});
	expect(answered.status).toBe(200);
	await waitForBuild(ada, appId, buildId);
	const request = server.requests.filter(({ model }) => model === "play-ask").at(-1);
	expect(request?.body.toString("utf8")).toContain("Only my team");
	await ada.call(`/api/apps/${appId}/builds/${buildId}/stop`, { method: "POST" });
	expect(await balanceOf(ada)).toBe(100);
});

it("stops at any time, ends the provider's request, and gives the credits back", async () => {
	const ada = await signUpPerson(host, "us-east");
	const { appId, buildId } = await start(ada, "slow");
	while (!server.requests.some(({ model }) => model === "play-slow"))
		await new Promise((resume) => setTimeout(resume, 20));
	const stopped = await ada.call(`/api/apps/${appId}/builds/${buildId}/stop`, { method: "POST" });
	expect(stopped.json.state).toBe("stopped");
	expect(await balanceOf(ada)).toBe(100);
	expect(await server.requests.findLast(({ model }) => model === "play-slow")?.closed).toBe(true);
	expect((await ada.call(`/api/apps/${appId}`)).json.currentVersionId).toBeNull();
});

it("queues a second build of an app behind the first", async () => {
	const ada = await signUpPerson(host, "us-east");
	const { appId, buildId } = await start(ada, "slow");
	const second = await ada.call(`/api/apps/${appId}/builds`, {
		method: "POST",
		body: { prompt: "Change it", offerId: "anthropic/play-change" },
	});
	expect((await ada.call(`/api/apps/${appId}/builds/${second.json.buildId}`)).json.state).toBe("queued");
	expect((await waitForBuild(ada, appId, buildId)).state).toBe("done");
	expect((await waitForBuild(ada, appId, second.json.buildId)).state).toBe("done");
	const numbers = (await ada.call(`/api/apps/${appId}/versions`)).json.versions.map(
		({ number }: { number: number }) => number,
	);
	expect(numbers).toEqual([2, 1]);
});

it("never lets parallel builds spend more than there is", async () => {
	const ada = await signUpPerson(host, "us-east");
	const tries = await Promise.all(
		Array.from({ length: 8 }, () =>
			ada.call("/api/apps", { method: "POST", body: { prompt: "A guestbook", offerId: "anthropic/play-good" } }),
		),
	);
	const accepted = tries.filter(({ status }) => status === 201);
	expect(accepted.length).toBe(5);
	for (const { json } of tries.filter(({ status }) => status !== 201)) expect(json.error.code).toBe("no_credits");
	for (const { json } of accepted) await waitForBuild(ada, json.appId, json.buildId);
	expect(await balanceOf(ada)).toBe(95);
	expect((await ada.call("/api/apps")).json.apps.length).toBe(5);
	const { entries } = (await ada.call("/api/credits")).json;
	expect(entries.reduce((sum: number, { delta }: { delta: number }) => sum + delta, 0)).toBe(95);
});

it("sends nothing out of the region without an administrator's recorded approval", async () => {
	const ada = await signUpPerson(host, "eu-west");
	const before = server.requests.length;
	const body = { prompt: "A guestbook", offerId: "anthropic/play-good" };
	const refused = await ada.call("/api/apps", { method: "POST", body });
	expect(refused.json.error.code).toBe("approval_required");
	expect((await ada.call("/api/apps")).json.apps).toEqual([]);
	expect(server.requests.length).toBe(before);
	const models = (await ada.call("/api/models")).json;
	expect(models.defaultOfferId).toBe("composer");
	const { destination } = models.choices.find(({ id }: { id: string }) => id === body.offerId);
	const wrong = await ada.call("/api/approvals", {
		method: "POST",
		body: { offerId: body.offerId, destination: "https://example.org", confirmed: true },
	});
	expect(wrong.json.error.code).toBe("conflict");
	const approved = await ada.call("/api/approvals", {
		method: "POST",
		body: { offerId: body.offerId, destination, confirmed: true },
	});
	expect(approved.status).toBe(201);
	const made = await ada.call("/api/apps", { method: "POST", body });
	expect(made.status, made.text).toBe(201);
	expect((await waitForBuild(ada, made.json.appId, made.json.buildId)).state).toBe("done");
	await ada.call(`/api/approvals/${approved.json.id}`, { method: "DELETE" });
	const again = await ada.call(`/api/apps/${made.json.appId}/builds`, { method: "POST", body });
	expect(again.json.error.code).toBe("approval_required");
});

it("sends the header of a table only after it was confirmed, and never a row", async () => {
	const ada = await signUpPerson(host, "us-east");
	const csv = Buffer.from("Person,Salary\nQuentin Canary,73291\nRosa Canary,88123\n").toString("base64");
	const bodies: string[] = [];
	for (const isHeaderConfirmed of [false, true]) {
		await build(ada, "good", "anthropic", { references: [{ name: "pay.csv", contentBase64: csv, isHeaderConfirmed }] });
		bodies.push(server.requests.at(-1)?.body.toString("utf8") ?? "");
	}
	expect(bodies[0]).not.toContain("Salary");
	expect(bodies[1]).toContain("Salary");
	for (const body of bodies) {
		expect(body).not.toContain("Canary");
		expect(body).not.toContain("73291");
	}
});

it("streams events that can be resumed, and gives a newcomer the whole picture", async () => {
	const ada = await signUpPerson(host, "us-east");
	const { appId, buildId } = await start(ada, "slow");
	const read = async (headers: Record<string, string> = {}) => {
		const stream = await ada.open(`/api/apps/${appId}/builds/${buildId}/events`, headers);
		let text = "";
		for await (const chunk of stream) text += String(chunk);
		return text
			.split("\n\n")
			.filter((block) => block.startsWith("id: "))
			.map((block) => ({
				id: /^id: (.*)$/m.exec(block)?.[1] ?? "",
				data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? "null"),
			}));
	};
	const all = await read();
	expect(all[0]?.data.type).toBe("snapshot");
	expect(all.at(-1)?.data).toEqual({ type: "end", state: "done" });
	expect(all.some(({ data }) => data.type === "file" && data.state === "writing")).toBe(true);
	const middle = all[Math.floor(all.length / 2)];
	const rest = await read({ "Last-Event-ID": middle?.id ?? "" });
	expect(rest.map(({ id }) => id)).toEqual(all.slice(all.indexOf(middle ?? (all[0] as never)) + 1).map(({ id }) => id));
	const late = await read({ "Last-Event-ID": "gone.7" });
	expect(late[0]?.data).toMatchObject({ type: "snapshot", state: "done" });
});

it("shows every watcher the end, however early they came", async () => {
	const ada = await signUpPerson(host, "us-east");
	for (let round = 0; round < 8; round++) {
		const { json } = await ada.call("/api/apps", { method: "POST", body: { prompt: "A list of plants" } });
		const ends = Array.from({ length: 4 }, async () => {
			const stream = await ada.open(`/api/apps/${json.appId}/builds/${json.buildId}/events`);
			let text = "";
			for await (const chunk of stream) text += String(chunk);
			return /"type":"end","state":"done"/.test(text);
		});
		expect(await Promise.all(ends)).toEqual([true, true, true, true]);
	}
});

it("leaves nothing to go on from once a build has ended, and nothing at all of a deleted app", async () => {
	const ada = await signUpPerson(host, "us-east");
	const content = await host.runtime.getR2Bucket("CONTENT", "freehold-studio-us-east");
	const keys = async () => (await content.list({ limit: 1000 })).objects.map(({ key }) => key);
	const built = [await build(ada, "bad-import"), await build(ada, "good")];
	expect(built.map(({ result }) => result.state)).toEqual(["failed", "done"]);
	const checkpoints = async () =>
		(await keys()).filter((key) => built.some(({ buildId }) => key.endsWith(`/checkpoint/${buildId}`)));
	// the end is told before the last object is deleted
	for (let tries = 0; tries < 100 && (await checkpoints()).length > 0; tries++)
		await new Promise((resume) => setTimeout(resume, 50));
	expect(await checkpoints()).toEqual([]);
	const { currentVersionId } = (await ada.call(`/api/apps/${built[1]?.appId}`)).json;
	const [owner] = (await keys()).find((key) => key.endsWith(`/pack/${currentVersionId}`))?.split("/") ?? [];
	expect(owner).toMatch(/^own_/);
	// a build that was killed as it ended: the object is there, and its row does not say so any more
	for (const { appId, buildId } of built) await content.put(`${owner}/${appId}/checkpoint/${buildId}`, "left behind");
	for (const { appId } of built) await ada.call(`/api/apps/${appId}`, { method: "DELETE" });
	expect((await keys()).filter((key) => key.startsWith(`${owner}/`))).toEqual([]);
});

it("loses nothing when the host is killed during a build and started again", async () => {
	const ada = await signUpPerson(host, "us-east");
	const before = server.requests.length;
	const { appId, buildId } = await start(ada, "slow");
	while (server.requests.length === before) await new Promise((resume) => setTimeout(resume, 20));
	await host.restart();
	const result = await waitForBuild(ada, appId, buildId, 50);
	expect(result, JSON.stringify(result)).toMatchObject({ state: "done", creditsCharged: 1 });
	expect(await balanceOf(ada)).toBe(99);
	const { versions } = (await ada.call(`/api/apps/${appId}/versions`)).json;
	expect(versions.length).toBe(1);
	const { entries } = (await ada.call("/api/credits")).json;
	expect(
		entries
			.filter(({ buildId: id }: { buildId: string }) => id === buildId)
			.map(({ kind }: { kind: string }) => kind)
			.sort(),
	).toEqual(["reserve", "settle"]);
});

describe("a prompt that is deleted", () => {
	it.each(["anthropic", "openai"])(
		"leaves the record of what was sent to %s for later builds, too",
		async (provider) => {
			const ada = await signUpPerson(host, "us-east");
			const secret = 'Remember "the garden of Eve" — and nothing else.';
			const later = "Make it green.";
			const { appId, buildId } = await build(ada, "good", provider, { prompt: secret });
			const follow = async (prompt: string) => {
				const made = await ada.call(`/api/apps/${appId}/builds`, {
					method: "POST",
					body: { prompt, offerId: `${provider}/play-change` },
				});
				expect((await waitForBuild(ada, appId, made.json.buildId, 45)).state).toBe("done");
				return made.json.buildId as string;
			};
			const second = await follow(later);
			const shown = async () => {
				const { disclosures } = (await ada.call(`/api/apps/${appId}/disclosures`)).json;
				return Promise.all(
					disclosures.map(async ({ id, buildId }: { id: string; buildId: string }) => ({
						buildId,
						body: (await ada.call(`/api/apps/${appId}/disclosures/${id}`)).json.body as string,
					})),
				) as Promise<{ buildId: string; body: string }[]>;
			};
			const asJson = JSON.stringify(secret).slice(1, -1);
			const answer = (await ada.call(`/api/apps/${appId}/messages`)).json.messages.find(
				(message: { buildId: string; role: string }) => message.buildId === buildId && message.role === "assistant",
			).text as string;
			const before = await shown();
			expect(before.filter(({ body }) => body.includes(asJson)).map(({ buildId }) => buildId)).toEqual([
				second,
				buildId,
			]);
			expect(before.find(({ buildId }) => buildId === second)?.body).toContain(JSON.stringify(answer).slice(1, -1));

			expect((await ada.call(`/api/history/${buildId}`, { method: "DELETE" })).status).toBe(204);
			const [left, ...more] = await shown();
			expect(more).toEqual([]);
			expect(left?.buildId).toBe(second);
			expect(left?.body).toContain(later);
			expect(left?.body).toContain("[deleted from this record after it was sent]");
			for (const text of [asJson, JSON.stringify(answer).slice(1, -1)]) expect(left?.body).not.toContain(text);

			// nor is it sent again
			const third = await follow("Make it blue.");
			const last = (await shown()).find(({ buildId }) => buildId === third);
			expect(last?.body).toContain(later);
			expect(last?.body).not.toContain(asJson);
			expect((await ada.call("/api/history")).text).not.toContain(asJson);
		},
	);
});
