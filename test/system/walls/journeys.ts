// The journeys of a person with a planted text in every field, over HTTP, on the real Workers: accounts, builds by the composer
// and by a played model, edits, an app's data, sharing, publishing, history; and refused input beside accepted input.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { AppId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
import { makeKeyring } from "../../../workers/vault/keyring.ts";
import { makePkce } from "../../support/app-host.ts";
import { type Answer, type Client, liveLabelOf, makeClient, waitForBuild } from "../../support/client.ts";
import { type TestHost, tokenMailedTo } from "../../support/host.ts";
import type { Step, Transcript } from "../../support/model-server/transcript.ts";
import { edit, finish, tool, write } from "../../support/model-server/transcript.ts";
import { callAppOrigin, openAppSession } from "./app-page.ts";
import type { Garden } from "./planted.ts";

export interface World {
	host: TestHost;
	region: Region;
	garden: Garden;
}

const post = (client: Client, path: string, body: unknown = {}): Promise<Answer> =>
	client.call(path, { method: "POST", body });

function succeed(answer: Answer, status: number): Answer["json"] {
	expect(answer.status, answer.text).toBe(status);
	return answer.json;
}

/** Waits for a newer mail than those there are, and answers its token. */
async function nextToken(host: TestHost, to: string, page: string, seen: string): Promise<string> {
	for (let tries = 0; tries < 100; tries++) {
		const token = await tokenMailedTo(host, to, page);
		if (token !== seen) return token;
		await new Promise((resume) => setTimeout(resume, 50));
	}
	throw new Error("no newer mail came");
}

/** Signs up, mistypes, forgets, resets, changes name, password and address, and comes back. */
export async function livePerson({ host, region, garden }: World): Promise<Client & { email: string }> {
	const client = makeClient(host, region);
	const email = `${garden.plant("address", "sign-up")}@example.org`;
	const first = garden.plant("secret", "password, sign-up");
	const agent = garden.plant("secret", "User-Agent header");
	const watchSession = (kind: string) =>
		garden.watch("token", `session, ${kind}`, client.cookie?.split("=")[1] ?? "no session");

	const form = { name: garden.plant("sealed", "name, sign-up"), email, password: first, sawNotYet: true };
	succeed(
		await client.call("/api/account/sign-up", { method: "POST", body: form, headers: { "User-Agent": agent } }),
		202,
	);
	const verify = await tokenMailedTo(host, email, "/verify");
	garden.watch("token", "verify", verify);
	succeed(await post(client, "/api/account/verify", { token: verify, password: first }), 200);
	watchSession("verify");

	const wrong = { email, password: garden.plant("secret", "password, mistyped") };
	succeed(await post(makeClient(host, region), "/api/account/sign-in", wrong), 401);
	const unknown = { email: `${garden.plant("sealed", "address, nobody's")}@example.org`, password: wrong.password };
	succeed(await post(makeClient(host, region), "/api/account/sign-in", unknown), 401);
	succeed(await post(client, "/api/account/forgot", { email }), 202);
	const reset = await tokenMailedTo(host, email, "/reset");
	garden.watch("token", "reset", reset);
	const second = garden.plant("secret", "password, reset");
	succeed(await post(makeClient(host, region), "/api/account/reset", { token: reset, password: second }), 200);
	succeed(await post(client, "/api/account/sign-in", { email, password: second }), 200);
	watchSession("sign-in");
	const third = garden.plant("secret", "password, changed");
	succeed(await post(client, "/api/account/password", { current: second, next: third }), 200);
	const name = garden.plant("record", "name, changed");
	succeed(await client.call("/api/account", { method: "PATCH", body: { name } }), 200);
	const changed = `${garden.plant("address", "changed")}@example.org`;
	succeed(await post(client, "/api/account/email", { email: changed, password: third }), 202);
	const confirm = await tokenMailedTo(host, changed, "/email");
	garden.watch("token", "change of address", confirm);
	succeed(await post(client, "/api/account/email/confirm", { token: confirm }), 200);
	if ((await client.call("/api/account")).status !== 200) {
		succeed(await post(client, "/api/account/sign-in", { email: changed, password: third }), 200);
	}
	watchSession("last");

	// refused input must be forgotten, not logged or echoed
	for (const [path, body] of [
		["/api/account/sign-up", { ...form, [garden.plant("secret", "unknown field")]: 1 }],
		["/api/account/sign-up", { ...form, email: garden.plant("secret", "malformed address") }],
		["/api/account/verify", { token: garden.plant("secret", "made-up token"), password: first }],
		[`/api/${garden.plant("secret", "path")}?q=${garden.plant("secret", "query")}`, {}],
	] as const) {
		const answer = await post(client, path, body);
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(answer.text).not.toMatch(/zq[a-z0-9]{18}/);
	}
	return Object.assign(client, { email: changed });
}

/** What the played model says: a small app, then an edit. */
export function plantedTranscripts(garden: Garden): Record<string, Transcript> {
	const code = garden.plant("deployed", "code by the model");
	const app = `import "./styles.css";\nimport { data } from "freehold";\nconst notes = data.collection("notes");\nexport default function App() {\n\treturn <main onClick={() => notes.list()}>${code}</main>;\n}\n`;
	const steps: Step[] = [
		{ do: "text", text: `Planning ${garden.plant("sealed", "words of the model")}.` },
		{ do: "thinking", text: `Thinking ${garden.plant("sealed", "thoughts of the model")}.` },
		write("app.tsx", app),
		write("styles.css", `main { content: "${garden.plant("deployed", "style by the model")}"; }\n`),
		write("server.ts", `export const note = "${garden.plant("sealed", "server code by the model")}";\n`),
		tool("set_app", {
			name: garden.plant("deployed", "app name by the model"),
			description: garden.plant("sealed", "description by the model"),
		}),
		finish(`Made ${garden.plant("sealed", "summary of the model")}.`),
	];
	const again: Step[] = [
		edit("app.tsx", code, `${code} ${garden.plant("deployed", "edit by the model")}`),
		finish("Changed."),
	];
	return { planted: { steps }, "planted-change": { steps: again } };
}

const encode = (text: string) => Buffer.from(text).toString("base64");

/** An app by the composer, with references, edits by hand, an error report, records and storage. Stays private. */
export async function keepPrivateApp(person: Client, { host, garden }: World): Promise<string> {
	const sheet = `Title,Note\n${garden.plant("deployed", "cell of a CSV")},x\ny,${garden.plant("deployed", "cell of a CSV, second row")}\n`;
	const made = succeed(
		await post(person, "/api/apps", {
			prompt: `Keep a list of things with title and note. By the way: ${garden.plant("deployed", "prompt to the composer")}.`,
			references: [
				{ name: `${garden.plant("deployed", "name of a CSV")}.csv`, contentBase64: encode(sheet) },
				{
					name: "notes.txt",
					contentBase64: encode(`${garden.plant("sealed", "text of a reference")} `.repeat(800)),
				},
			],
		}),
		201,
	);
	const { appId } = made as { appId: string };
	expect(await waitForBuild(person, appId, made.buildId)).toMatchObject({ state: "done" });
	const detail = succeed(await person.call(`/api/apps/${appId}`), 200);
	const edited = succeed(
		await post(person, `/api/apps/${appId}/versions`, {
			baseVersionId: detail.currentVersionId,
			write: [
				{
					path: `${garden.plant("deployed", "name of a file")}.ts`,
					content: `export const a = "${garden.plant("deployed", "file by hand")}";\n`,
				},
				{ path: "server.ts", content: `export const b = "${garden.plant("sealed", "server file by hand")}";\n` },
			],
			message: garden.plant("sealed", "message of a version"),
		}),
		201,
	);
	const refused = await post(person, `/api/apps/${appId}/versions`, {
		baseVersionId: edited.id,
		write: [{ path: "broken.ts", content: `export const = ${garden.plant("sealed", "file that was refused")}` }],
	});
	expect(refused.status).toBe(422);
	const names = {
		name: garden.plant("deployed", "name of an app"),
		description: garden.plant("sealed", "description"),
	};
	succeed(await person.call(`/api/apps/${appId}`, { method: "PATCH", body: names }), 200);
	const again = succeed(
		await post(person, `/api/apps/${appId}/builds`, {
			prompt: `Add a field called Shop ${garden.plant("deployed", "second prompt to the composer")}`,
			runtimeErrors: [garden.plant("sealed", "error report")],
		}),
		201,
	);
	await waitForBuild(person, appId, again.buildId);
	const search = await person.call(`/api/history?q=${garden.plant("secret", "search of the history")}`);
	expect(search.status).toBe(200);

	const { verifier, challenge } = makePkce();
	garden.watch("token", "verifier", verifier);
	const opened = succeed(await post(person, `/api/apps/${appId}/open`, { kind: "draft", challenge }), 200);
	garden.watch("token", "code", opened.code);
	const { answer, cookie } = await openAppSession(host.port, opened.origin, opened.code, verifier);
	expect(answer.status, answer.text).toBe(200);
	garden.watch("token", "app session", cookie.split("=")[1] ?? "no session");
	for (const body of [
		{ op: "add", collection: "notes", value: { [garden.plant("record", "field")]: garden.plant("record", "value") } },
		{ op: "storageSet", key: garden.plant("record", "storage key"), value: garden.plant("record", "storage value") },
		{ op: "list", collection: "notes" },
	]) {
		const called = await callAppOrigin(host.port, opened.origin, "/_freehold/api/data", { cookie, body });
		expect(called.status, called.text).toBe(200);
	}
	return appId;
}

/** An app by the played model that is shared by invitation and link and published to Discover, and reported there. */
export async function publishApp(person: Client & { email: string }, world: World): Promise<string> {
	const { host, region, garden } = world;
	const sheet = `${garden.plant("sealed", "column of a CSV")},Amount\n${garden.plant("secret", "cell kept from the model")},1\n`;
	const made = succeed(
		await post(person, "/api/apps", {
			prompt: `A page, please. ${garden.plant("sealed", "prompt to the model")}`,
			offerId: "anthropic/play-planted",
			references: [
				{
					name: `${garden.plant("sealed", "name of a reference to the model")}.csv`,
					contentBase64: encode(sheet),
					isHeaderConfirmed: true,
				},
			],
		}),
		201,
	);
	const { appId } = made as { appId: string };
	const build = await waitForBuild(person, appId, made.buildId);
	expect(build, JSON.stringify(build)).toMatchObject({ state: "done" });
	const change = succeed(
		await post(person, `/api/apps/${appId}/builds`, {
			prompt: garden.plant("sealed", "second prompt to the model"),
			offerId: "anthropic/play-planted-change",
		}),
		201,
	);
	expect(await waitForBuild(person, appId, change.buildId)).toMatchObject({ state: "done" });
	const listing = { name: garden.plant("listing", "title"), description: garden.plant("listing", "description") };
	succeed(await person.call(`/api/apps/${appId}`, { method: "PATCH", body: listing }), 200);

	const planned = await host.operate({ command: "set-plan", region, who: person.email, plan: "studio" });
	expect(planned.ok, planned.text).toBe(true);
	const guest = `${garden.plant("address", "invited")}@example.org`;
	succeed(await post(person, `/api/apps/${appId}/invitations`, { email: guest, role: "viewer", scope: "app" }), 201);
	garden.watch("token", "invitation", await nextToken(host, guest, "/invitation", ""));
	const { versionId } = succeed(await person.call(`/api/apps/${appId}/publish`), 200);
	succeed(await post(person, `/api/apps/${appId}/publish`, { versionId, audience: "discover", reviewed: true }), 200);
	const link = succeed(await post(person, `/api/apps/${appId}/links`, { days: 1 }), 201);
	garden.watch("token", "link", new URL(link.url).hash.replace("#token=", ""));

	const report = { reason: "other", text: garden.plant("sealed", "text of a report") };
	succeed(
		await post(makeClient(host, region), "/api/reports", { ...report, label: await liveLabelOf(person, appId) }),
		202,
	);
	expect((await host.operate({ command: "reports", region })).text).toContain(report.text);
	expect((await host.operate({ command: "block", region, appId: appId as AppId })).ok).toBe(true);
	expect((await host.operate({ command: "unblock", region, appId: appId as AppId })).ok).toBe(true);
	return appId;
}

/** The keys themselves: the KEKs, and every key that the vault of this region wrapped. */
export async function watchKeys({ host, region, garden }: World): Promise<void> {
	const kek = readFileSync(join(host.stateFolder, `kek-${region}`), "utf8").trim();
	garden.watch("key", "key-encryption key", Buffer.from(kek, "base64"));
	const bucket = (binding: string) => host.runtime.getR2Bucket(binding, `freehold-vault-${region}`) as Promise<never>;
	const [keys, copy] = await Promise.all([bucket("KEYS"), bucket("KEYS_COPY")]);
	const keyring = makeKeyring({ region, kek, keys, copy });
	const directory = await keyring.openDirectory();
	if (!directory.ok) throw new Error("the directory's keys did not open");
	garden.watch("key", "directory, index", directory.value.index);
	garden.watch("key", "directory, seal", directory.value.seal);
	const { objects } = await (keys as R2Like).list({ prefix: "keys/own_" });
	for (const [at, { key }] of objects.entries()) {
		const opened = await keyring.open(key.split("/")[1] as never);
		if (opened.ok) garden.watch("key", `content, tenant ${at + 1}`, opened.value.key);
	}
}

interface R2Like {
	list(options: { prefix: string }): Promise<{ objects: { key: string }[] }>;
}

export const readMails = (host: TestHost): string[] =>
	readdirSync(host.outbox).map((name) => readFileSync(join(host.outbox, name), "utf8"));
