// Work that is cut off after any of its steps, by an error or as if the process had ended: making an app, forking, saving by
// hand, restoring, publishing for fewer people, taking off, deleting. Afterwards the stores are compared with each other. Nothing
// reserved is lost, nothing sealed is left without its row, no origin without its app, and strangers see no more than before.

import type { D1Database, R2Bucket } from "@cloudflare/workers-types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePkce } from "../support/app-host.ts";
import { type Client, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { failHeader, workHeader } from "../support/recording/wire.ts";
import { isWhole } from "../support/whole.ts";
import { callAppOrigin, openAppSession } from "./walls/app-page.ts";

const region = "us-east" as const;
const studio = `freehold-studio-${region}`;
/** Marked work counts as cut off after a second, and what has no row is swept after fifteen. */
const repairAfterSeconds = 1;
const sweptAfterMs = 15_000;

let host: TestHost;
let ada: Client & { email: string };

beforeAll(async () => {
	host = await startTestHost({ repairAfterSeconds });
	ada = await signUpPerson(host, region, "Ada");
	await host.operate({ command: "set-plan", region, who: ada.email, plan: "studio" });
	await host.operate({ command: "grant-credits", region, who: ada.email, credits: 1000, note: "test" });
});
afterAll(() => host?.close());

type Answer = Awaited<ReturnType<Client["call"]>>;
interface Call {
	path: string;
	method: string;
	body?: unknown;
}
// All steps where everything is run; otherwise some, and others in each run.
const every = isWhole ? 1 : 6;
const offset = isWhole ? 0 : Math.floor(Math.random() * every);
const how = isWhole ? (["crash", "error"] as const) : (["crash"] as const);

const run = ({ path, ...call }: Call, headers: Record<string, string>): Promise<Answer> =>
	ada.call(path, { ...call, headers });

/**
 * Runs what `prepare` answers once to count its steps, and then once for each step and way to fail. `after` sees each answer.
 * Reading the session comes first and is no step of the work: a failure there changes nothing and is left out of the long run.
 */
async function failEverywhere(
	prepare: () => Promise<Call>,
	after: (answer: Answer, step: string) => Promise<void> = async () => undefined,
): Promise<number> {
	const good = await run(await prepare(), { [workHeader]: "1" });
	expect(good.status, good.text).toBeLessThan(300);
	const steps = JSON.parse(String(good.headers[workHeader] ?? "[]")) as string[];
	expect(steps.length).toBeGreaterThan(5);
	for (const [at, name] of steps.entries()) {
		if (at % every !== offset) continue;
		for (const way of how) {
			const answer = await run(await prepare(), { [failHeader]: `${at + 1} ${way}` });
			// the step may be one whose failure is not the person's business; otherwise they are told, and never by a stranger's words
			if (answer.status >= 300) expect([500, 503, 409, 404, 401], `${name}: ${answer.text}`).toContain(answer.status);
			expect(answer.text).not.toContain("D1_ERROR");
			await after(answer, `${at + 1} ${way}`);
		}
	}
	return steps.length;
}

async function build(prompt = "A reading list with title, author and rating"): Promise<string> {
	const made = (await ada.call("/api/apps", { method: "POST", body: { prompt } })).json;
	await waitForBuild(ada, made.appId, made.buildId);
	return made.appId;
}

const detail = async (appId: string) => (await ada.call(`/api/apps/${appId}`)).json;

async function save(appId: string, text: string, headers: Record<string, string> = {}): Promise<Answer> {
	const { currentVersionId } = await detail(appId);
	const body = {
		baseVersionId: currentVersionId,
		write: [{ path: "app.tsx", content: `export default () => <p>${text}</p>;` }],
	};
	return ada.call(`/api/apps/${appId}/versions`, { method: "POST", body, headers });
}

async function publishing(appId: string, audience: "people" | "discover"): Promise<Call> {
	const { versionId } = (await ada.call(`/api/apps/${appId}/publish`)).json;
	return { path: `/api/apps/${appId}/publish`, method: "POST", body: { versionId, audience, reviewed: true } };
}

/** Publishes; while a publishing that was cut off counts as under way, the person is asked to try again. */
async function publish(appId: string, audience: "people" | "discover"): Promise<void> {
	await expect
		.poll(async () => (await run(await publishing(appId, audience), {})).status, { timeout: 20_000 })
		.toBe(200);
}

/** What a stranger gets of the app's script at this moment: with a session's cookie nothing is answered from memory. */
async function strangerSees(origin: string): Promise<string> {
	const answer = await callAppOrigin(host.port, origin, "/app.js", {
		cookie: `__Host-Http-freehold_app=${"x".repeat(43)}`,
		headers: { "Sec-Fetch-Dest": "script", "Sec-Fetch-Site": "same-origin" },
	});
	return answer.status === 200 ? answer.text : "";
}

/** Whether the owner's preview shows the app, opened as its frame does. */
async function opensPreview(appId: string): Promise<boolean> {
	const { verifier, challenge } = makePkce();
	const opened = await ada.call(`/api/apps/${appId}/open`, { method: "POST", body: { kind: "draft", challenge } });
	if (opened.status !== 200) return false;
	const { cookie } = await openAppSession(host.port, opened.json.origin, opened.json.code, verifier);
	const headers = { "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin" };
	return (await callAppOrigin(host.port, opened.json.origin, "/", { cookie, headers })).status === 200;
}

/** Everything about the tenant's apps, from the stores themselves. */
async function lookAtStores() {
	const get = (name: string) => host.runtime.getD1Database(name, studio) as unknown as Promise<D1Database>;
	const shards = await Promise.all(["TENANTS_0", "TENANTS_1"].map(get));
	const rows = async (sql: string) =>
		(await Promise.all(shards.map((shard) => shard.prepare(sql).all<Record<string, unknown>>()))).flatMap(
			({ results }) => results,
		);
	const bucket = (await host.runtime.getR2Bucket("CONTENT", studio)) as unknown as R2Bucket;
	const objects: string[] = [];
	for (let cursor: string | undefined; ; ) {
		const page = await bucket.list({ prefix: "own_", ...(cursor ? { cursor } : {}) });
		objects.push(...page.objects.map(({ key }) => key.split("/").slice(1).join("/")));
		if (!page.truncated) break;
		cursor = page.cursor;
	}
	const named = [
		...(await rows("SELECT app_id || '/pack/' || id AS name FROM t_versions")),
		...(await rows("SELECT app_id || '/manifest/' || id AS name FROM t_versions WHERE manifest_key IS NOT NULL")),
		...(await rows("SELECT app_id || '/reference/' || id AS name FROM t_app_references")),
		...(await rows("SELECT app_id || '/disclosure/' || id AS name FROM t_disclosures")),
	].map(({ name }) => String(name));
	const directory = await get("DIRECTORY");
	const labels = (await directory.prepare("SELECT app_id FROM labels WHERE state = 'active'").all<{ app_id: string }>())
		.results;
	const apps = await rows("SELECT id, current_version_id AS version FROM t_apps");
	const open = await rows(
		"SELECT r.build_id FROM t_ledger r WHERE r.kind = 'reserve' AND NOT EXISTS (SELECT 1 FROM t_ledger d WHERE d.build_id = r.build_id AND d.kind IN ('settle', 'refund')) AND NOT EXISTS (SELECT 1 FROM t_builds b WHERE b.id = r.build_id AND b.state IN ('queued', 'running', 'asking'))",
	);
	const [sums] = await rows(
		"SELECT (SELECT sum(delta) FROM t_ledger WHERE owner_id = b.owner_id) AS ledger, credits FROM t_balance b",
	);
	const ids = new Set(apps.map(({ id }) => String(id)));
	return {
		"objects without a row": objects.filter((key) => !named.includes(key) && !key.includes("/checkpoint/")),
		"rows without an object": named.filter((key) => !objects.includes(key)),
		"origins without an app": labels.filter(({ app_id }) => !ids.has(app_id)).map(({ app_id }) => app_id),
		"apps without a version": apps.filter(({ version }) => version === null).map(({ id }) => id),
		"reservations that nothing closes": open,
		"credits beside the ledger": Number(sums?.ledger) - Number(sums?.credits),
	};
}

const inOrder = {
	"objects without a row": [],
	"rows without an object": [],
	"origins without an app": [],
	"apps without a version": [],
	"reservations that nothing closes": [],
	"credits beside the ledger": 0,
};

// the whole of it takes minutes: each step is a request of its own, with the app that it is tried on
describe("cut off after any step", { timeout: isWhole ? 600_000 : 60_000 }, () => {
	it("making and forking leave a whole app or none", async () => {
		const csv = Buffer.from("Title,Pages\nDune,412\n").toString("base64");
		await failEverywhere(async () => ({
			path: "/api/apps",
			method: "POST",
			body: { prompt: "My books", references: [{ name: "books.csv", contentBase64: csv, isHeaderConfirmed: true }] },
		}));
		const source = await build();
		await ada.call(`/api/apps/${source}`, { method: "PATCH", body: { mayFork: true } });
		await publish(source, "discover");
		await failEverywhere(async () => ({ path: `/api/apps/${source}/fork`, method: "POST", body: {} }));
	});

	it("saving and restoring keep the version that was there, or the new one, with its preview", async () => {
		const appId = await build();
		const first = (await detail(appId)).currentVersionId;
		let count = 0;
		await failEverywhere(
			async () => {
				const { currentVersionId } = await detail(appId);
				const content = `export default () => <p>save ${++count}</p>;`;
				return {
					path: `/api/apps/${appId}/versions`,
					method: "POST",
					body: { baseVersionId: currentVersionId, write: [{ path: "app.tsx", content }] },
				};
			},
			async (_answer, step) => {
				const { currentVersionId } = await detail(appId);
				const version = await ada.call(`/api/apps/${appId}/versions/${currentVersionId}`);
				expect(version.status, step).toBe(200);
			},
		);
		await failEverywhere(
			async () => ({ path: `/api/apps/${appId}/restore`, method: "POST", body: { versionId: first } }),
			async () => {
				const { currentVersionId } = await detail(appId);
				expect((await ada.call(`/api/apps/${appId}/versions/${currentVersionId}`)).status).toBe(200);
			},
		);
	});

	it("of two who save at the same moment one is told, and nothing of theirs is lost", async () => {
		const appId = await build();
		const { currentVersionId } = await detail(appId);
		const saving = (text: string) =>
			ada.call(`/api/apps/${appId}/versions`, {
				method: "POST",
				body: {
					baseVersionId: currentVersionId,
					write: [{ path: "app.tsx", content: `export default () => <p>${text}</p>;` }],
				},
			});
		const answers = await Promise.all([saving("one"), saving("two"), saving("three")]);
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
		const { versions } = (await ada.call(`/api/apps/${appId}/versions`)).json;
		expect(versions).toHaveLength(2);
	});

	it("publishing for fewer people shows the new version to nobody else", async () => {
		const appId = await build();
		await publish(appId, "discover");
		const origin = (await detail(appId)).liveOrigin as string;
		let count = 0;
		await failEverywhere(
			async () => {
				await save(appId, `harmless ${++count}`);
				await publish(appId, "discover");
				expect(await strangerSees(origin)).toContain(`harmless ${count}`);
				await save(appId, `CONFIDENTIAL ${count}`);
				return publishing(appId, "people");
			},
			async (_answer, step) => {
				expect(await strangerSees(origin), step).not.toContain("CONFIDENTIAL");
			},
		);
		await save(appId, "CONFIDENTIAL at last");
		await run(await publishing(appId, "people"), { [failHeader]: "12 crash" });
		await new Promise((resume) => setTimeout(resume, 3000 * repairAfterSeconds));
		expect(await strangerSees(origin)).not.toContain("CONFIDENTIAL");
	});

	it("taking off and deleting go on by themselves", async () => {
		const appId = await build();
		const origin = async () => (await detail(appId)).liveOrigin as string;
		await publish(appId, "discover");
		const live = await origin();
		await failEverywhere(async () => {
			await publish(appId, "discover");
			return { path: `/api/apps/${appId}/publish`, method: "DELETE" };
		});
		await expect
			.poll(async () => (await ada.call(`/api/apps/${appId}/publish`, { method: "DELETE" })).status, {
				timeout: 20_000,
			})
			.toBe(204);
		expect(await strangerSees(live)).toBe("");

		await ada.call(`/api/apps/${appId}`, { method: "PATCH", body: { mayFork: true } });
		await publish(appId, "people");
		await failEverywhere(async () => {
			const fork = await ada.call(`/api/apps/${appId}/fork`, { method: "POST", body: {} });
			expect(fork.status, fork.text).toBe(201);
			return { path: `/api/apps/${fork.json.appId}`, method: "DELETE" };
		});
	});

	it("and then every store agrees with every other", async () => {
		const last = { ...inOrder };
		await expect
			.poll(async () => Object.assign(last, await lookAtStores()), { timeout: sweptAfterMs * 3, interval: 500 })
			.toEqual(inOrder);
		// every app that is listed opens: its preview was brought to its version
		const shut = async () => {
			const { apps } = (await ada.call("/api/apps")).json as { apps: { id: string }[] };
			expect(apps.length).toBeGreaterThan(3);
			const left: string[] = [];
			for (const { id } of apps) if (!(await opensPreview(id))) left.push(id);
			return left;
		};
		// a deletion that was cut off last is still to be taken up
		await expect.poll(shut, { timeout: sweptAfterMs * 2, interval: 1000 }).toEqual([]);
	});
});
