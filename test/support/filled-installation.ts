// An installation with something in every place there is: two people with apps, versions, references, builds, disclosures, people
// they share with, links, a listing, a report, data that apps keep, passkeys, sessions, and what an operator did.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { openDirectory } from "#db/directory/handle.ts";
import { createPasskey } from "#db/directory/passkeys.ts";
import { createTeam, joinTeam } from "#db/stores/teams.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { Secret } from "#lib/crypto/secret.ts";
import type { AppId } from "#schema/ids.ts";
import { makeKeyring } from "../../workers/vault/keyring.ts";
import { callAppOrigin, openAppSession } from "../system/walls/app-page.ts";
import { makePkce } from "./app-host.ts";
import { type Client, liveLabelOf, makeClient, signUpPerson, waitForBuild } from "./client.ts";
import { startTestHost, type TestHost } from "./host.ts";
import { type ModelServer, startModelServer } from "./model-server/server.ts";
import { finish, tool, write } from "./model-server/transcript.ts";
import { addGuest, type Person } from "./people.ts";
import { openScopeOf } from "./tenant-scope.ts";

export const region = "us-east" as const;

export interface FilledInstallation {
	host: TestHost;
	server: ModelServer;
	owner: Person;
	ownerId: string;
	accountId: string;
	/** Has everything an app can have. */
	full: AppId;
	/** Of the same owner, and stays. */
	other: AppId;
	/** Somebody else's, and stays. */
	foreign: AppId;
	close(): Promise<void>;
}

const post = (client: Client, path: string, body: unknown = {}) => client.call(path, { method: "POST", body });
const file = (name: string, text: string) => ({ name, contentBase64: Buffer.from(text).toString("base64") });

export async function fillInstallation(): Promise<FilledInstallation> {
	const app =
		'import { data } from "freehold";\nexport default function App() {\n\treturn <main onClick={() => data.collection("notes").list()}>Hello</main>;\n}\n';
	const server = await startModelServer({
		page: { steps: [write("app.tsx", app), finish("Made.")] },
		asks: { steps: [tool("ask", { question: "Which colour?", choices: ["Red"] })] },
	});
	const host = await startTestHost({
		providers: {
			ANTHROPIC_API_KEY: "test",
			ANTHROPIC_BASE_URL: server.anthropicUrl,
			ANTHROPIC_MODELS: "play-page,play-asks",
			ANTHROPIC_REGION: region,
			OPENAI_API_KEY: "test",
			OPENAI_BASE_URL: server.openaiUrl,
			OPENAI_MODELS: "play-page",
			OPENAI_REGION: "eu-west",
		},
	});
	const owner = await signUpPerson(host, region, "Ada");
	const guests = [await signUpPerson(host, region, "Grace"), await signUpPerson(host, region, "Mary")] as const;
	const stranger = await signUpPerson(host, region, "Otto");
	for (const { email } of [owner, stranger])
		await host.operate({ command: "set-plan", region, who: email, plan: "studio" });
	const [full, foreign, other] = await Promise.all([
		fillApp(host, owner, guests[0]),
		fillApp(host, stranger, guests[1]),
		make(owner, { prompt: "A reading list" }),
	]);

	await addGuest(host, owner, other, guests[1], { role: "editor", scope: "workspace" });
	const { choices } = (await owner.call("/api/models")).json;
	const { id: offerId, destination } = choices.find((choice: { isInRegion: boolean }) => !choice.isInRegion);
	expect((await post(owner, "/api/approvals", { offerId, destination, confirmed: true })).status).toBe(201);
	await post(makeClient(host, region), "/api/account/forgot", { email: owner.email });
	const suspended = await signUpPerson(host, region, "Mallory");
	expect((await host.operate({ command: "suspend", region, who: suspended.email })).ok).toBe(true);
	const { id: accountId } = (await owner.call("/api/account")).json;
	const ownerId = await plantPasskey(host, accountId);
	// no page makes teams yet
	const { scope } = await openScopeOf(host, owner);
	await joinTeam(scope, (await createTeam(scope, "Finance")).id, accountId);
	return {
		...{ host, server, owner, ownerId, accountId, full, other, foreign },
		async close() {
			await host.close();
			await server.close();
		},
	};
}

async function make(person: Client, body: object, state = "done"): Promise<AppId> {
	const made = await post(person, "/api/apps", body);
	expect(made.status, made.text).toBe(201);
	expect(await waitForBuild(person, made.json.appId, made.json.buildId)).toMatchObject({ state });
	return made.json.appId;
}

/** An app with everything: made by the model with a table attached, changed by hand and by a build that waits for an answer. */
async function fillApp(host: TestHost, person: Person, guest: Person): Promise<AppId> {
	const references = [file("books.csv", "Title,Year\nEmma,1815\n"), file("notes.txt", "Some notes. ".repeat(50))];
	const appId = await make(person, { prompt: "A page", offerId: "anthropic/play-page", references });
	const { currentVersionId } = (await person.call(`/api/apps/${appId}`)).json;
	const edit = { baseVersionId: currentVersionId, write: [{ path: "note.ts", content: "export const a = 1;\n" }] };
	expect((await post(person, `/api/apps/${appId}/versions`, edit)).status).toBe(201);
	await addGuest(host, person, appId, guest, { role: "viewer", scope: "app" });
	const pending = { email: `pending.${person.email}`, role: "viewer", scope: "app" };
	expect((await post(person, `/api/apps/${appId}/invitations`, pending)).status).toBe(201);
	const { versionId } = (await person.call(`/api/apps/${appId}/publish`)).json;
	const published = { versionId, audience: "discover", reviewed: true };
	expect((await post(person, `/api/apps/${appId}/publish`, published)).status).toBe(200);
	for (const days of [1, 7]) expect((await post(person, `/api/apps/${appId}/links`, { days })).status).toBe(201);
	const report = { reason: "other", text: "I do not like it", label: await liveLabelOf(person, appId) };
	expect((await post(makeClient(host, region), "/api/reports", report)).status).toBe(202);
	for (const kind of ["draft", "live"]) await keepData(host, person, appId, kind);
	const asked = await post(person, `/api/apps/${appId}/builds`, { prompt: "Paint it", offerId: "anthropic/play-asks" });
	expect(await waitForBuild(person, appId, asked.json.buildId)).toMatchObject({ state: "asking" });
	return appId;
}

/** Opens the app as its owner's browser does, and adds a record and something of the person's own; another opening stays open. */
async function keepData(host: TestHost, person: Client, appId: AppId, kind: string): Promise<void> {
	const { verifier, challenge } = makePkce();
	const open = async () => (await post(person, `/api/apps/${appId}/open`, { kind, challenge })).json;
	const { origin, code } = await open();
	const { cookie } = await openAppSession(host.port, origin, code, verifier);
	for (const body of [
		{ op: "add", collection: "notes", value: { title: "Hello" } },
		{ op: "storageSet", key: "colour", value: "red" },
	]) {
		const called = await callAppOrigin(host.port, origin, "/_freehold/api/data", { cookie, body });
		expect(called.status, called.text).toBe(200);
	}
	await open();
}

/** No page asks for a passkey without an authenticator. Answers whose workspace the account's is. */
async function plantPasskey(host: TestHost, accountId: string): Promise<string> {
	const bucket = (binding: string) => host.runtime.getR2Bucket(binding, `freehold-vault-${region}`) as Promise<never>;
	const [keys, copy] = await Promise.all([bucket("KEYS"), bucket("KEYS_COPY")]);
	const kek = readFileSync(join(host.stateFolder, `kek-${region}`), "utf8").trim();
	const opened = await makeKeyring({ region, kek, keys, copy }).openDirectory();
	if (!opened.ok) throw new Error(opened.reason);
	const { keyId, index, seal } = opened.value;
	const secrets = { index: Secret.take(index), seal: Secret.take(seal) };
	const db = await host.runtime.getD1Database("DIRECTORY", `freehold-studio-${region}`);
	const directory = openDirectory({
		db: db as never,
		keys: await makeDirectoryKeys(region, keyId, secrets),
		now: Date.now,
	});
	await createPasskey(directory, {
		...{ id: "passkey-1", credentialId: "credential-1", accountId: accountId as never, publicKey: "key", counter: 0 },
		...{ deviceType: "singleDevice", backedUp: false, transports: null, aaguid: null, name: "Telephone" },
	});
	const row = await db
		.prepare("SELECT owner_id FROM accounts WHERE id = ?")
		.bind(accountId)
		.first<{ owner_id: string }>();
	return row?.owner_id ?? "";
}
