// A filled installation for the tests that move sealed values: people in two tenants of one shard and in both regions, each with
// apps, versions, references, disclosures, invitations and a report; and builds that wait for an answer.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type Directory, openDirectory } from "#db/directory/handle.ts";
import { createPasskey } from "#db/directory/passkeys.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { Secret } from "#lib/crypto/secret.ts";
import type { Region } from "#schema/region.ts";
import { makeKeyring } from "../../../workers/vault/keyring.ts";
import { type Client, liveLabelOf, makeClient, password, signUpPerson, waitForBuild } from "../../support/client.ts";
import { startTestHost, type TestHost, tokenMailedTo } from "../../support/host.ts";
import { type ModelServer, startModelServer } from "../../support/model-server/server.ts";
import { finish, tool, write } from "../../support/model-server/transcript.ts";
import { signUpNeighbour } from "../../support/neighbours.ts";
import { Garden } from "./planted.ts";
import { dropGuards, listPlaces, type Place } from "./sealed-places.ts";

export type Person = Client & { email: string; owner: string };

export interface MovedWorld {
	host: TestHost;
	server: ModelServer;
	garden: Garden;
	/** By tenant. */
	people: Map<string, Person>;
	places: Place[];
	waiting: Waiting[];
	putGuardsBack(): Promise<void>;
	close(): Promise<void>;
}

/** A build that asked a question: answering it makes the product read the build's reference again. */
export interface Waiting {
	person: Client;
	appId: string;
	buildId: string;
	place: (what: string) => Place | undefined;
}

let host: TestHost;
const garden = new Garden();
const people = new Map<string, Person>();
const regions = ["us-east", "eu-west"] as const;
const offers = { "us-east": "anthropic", "eu-west": "openai" } as const;
const post = (client: Client, path: string, body: unknown = {}) => client.call(path, { method: "POST", body });
const directoryOf = (region: Region) => host.runtime.getD1Database("DIRECTORY", `freehold-studio-${region}`);

export async function startMovedWorld(): Promise<MovedWorld> {
	const app = "export default function App() {\n\treturn <main>Hello</main>;\n}\n";
	const server = await startModelServer({
		moved: { steps: [write("app.tsx", app), finish(`Made ${garden.plant("sealed", "summary of the model")}.`)] },
		asks: { steps: [tool("ask", { question: "Which colour?", choices: [] })] },
	});
	host = await startTestHost({
		providers: {
			ANTHROPIC_API_KEY: "test",
			ANTHROPIC_BASE_URL: server.anthropicUrl,
			ANTHROPIC_MODELS: "play-moved,play-asks",
			ANTHROPIC_REGION: "us-east",
			OPENAI_API_KEY: "test",
			OPENAI_BASE_URL: server.openaiUrl,
			OPENAI_MODELS: "play-moved",
			OPENAI_REGION: "eu-west",
		},
	});
	const name = () => garden.plant("sealed", "name of a person");
	const ada = await withOwner(await signUpPerson(host, "us-east", name()));
	const bob = await withOwner(await signUpNeighbour(host, ada, name()));
	const uwe = await withOwner(await signUpPerson(host, "eu-west", name()));
	await Promise.all([ada, bob, uwe].map(fill));
	const restores = await Promise.all(regions.map((region) => dropGuards(host, region)));
	const places = (await Promise.all(regions.map((region) => listPlaces(host, region)))).flat();
	return {
		host,
		server,
		garden,
		people,
		places,
		waiting: await startWaitingBuilds(),
		putGuardsBack: async () => void (await Promise.all(restores.map((restore) => restore()))),
		async close() {
			await host.close();
			await server.close();
		},
	};
}

async function withOwner(person: Client & { email: string }): Promise<Person> {
	const hash = createHash("sha256")
		.update(person.cookie?.split("=")[1] ?? "")
		.digest("base64url");
	const row = await (await directoryOf(person.region))
		.prepare("SELECT owner_id FROM sessions WHERE token_hash = ?")
		.bind(hash)
		.first<{ owner_id: string }>();
	const known = Object.assign(person, { owner: row?.owner_id ?? "" });
	people.set(known.owner, known);
	return known;
}

const file = (name: string, text: string) => ({ name, contentBase64: Buffer.from(text).toString("base64") });

async function make(person: Client, body: object): Promise<string> {
	const made = await post(person, "/api/apps", body);
	expect(made.status, made.text).toBe(201);
	await waitForBuild(person, made.json.appId, made.json.buildId);
	return made.json.appId;
}

/** Two apps with versions, references, conversation and, from the model, a disclosure; invitations, a second session, a passkey. */
async function fill(person: Person): Promise<void> {
	const { region, owner } = person;
	const planned = await host.operate({ command: "set-plan", region, who: person.email, plan: "studio" });
	expect(planned.ok, planned.text).toBe(true);
	const plant = (field: string) => garden.plant("sealed", `${region} ${owner} ${field}`);
	const references = [
		file(`${plant("name of a reference")}.txt`, `${plant("reference")} `.repeat(20)),
		file(`${plant("name of a second reference")}.txt`, plant("second reference")),
	];
	const first = await make(person, { prompt: `A list of books ${plant("prompt")}`, references });
	const { currentVersionId } = (await person.call(`/api/apps/${first}`)).json;
	const edit = { path: "note.ts", content: `export const note = "${plant("file")}";\n` };
	const edited = await post(person, `/api/apps/${first}/versions`, {
		baseVersionId: currentVersionId,
		write: [edit],
		message: plant("message of a version"),
	});
	expect(edited.status, edited.text).toBe(201);
	const names = { name: plant("name of an app"), description: plant("description") };
	await person.call(`/api/apps/${first}`, { method: "PATCH", body: names });
	const offerId = `${offers[region]}/play-moved`;
	await make(person, { prompt: `A page ${plant("prompt to the model")}`, offerId, references: references.slice(0, 1) });
	for (const guest of [plant("guest"), plant("second guest")]) {
		const body = { email: `${guest}@example.org`, role: "viewer", scope: "app" };
		expect((await post(person, `/api/apps/${first}/invitations`, body)).status).toBe(201);
	}
	await post(makeClient(host, region), "/api/account/sign-in", { email: person.email, password });
	// no page asks for a passkey's name without an authenticator
	const { id: accountId } = (await person.call("/api/account")).json;
	const passkey = { counter: 0, deviceType: "singleDevice", backedUp: false, transports: null, aaguid: null };
	const ids = { id: `passkey-${owner}`, credentialId: `credential-${owner}`, publicKey: "key", accountId };
	await createPasskey(await openDirectoryOf(region), { ...passkey, ...ids, name: plant("name of a passkey") });
	await post(makeClient(host, region), "/api/account/forgot", { email: person.email });
	await tokenMailedTo(host, person.email, "/reset");
	const { versionId } = (await person.call(`/api/apps/${first}/publish`)).json;
	await post(person, `/api/apps/${first}/publish`, { versionId, audience: "discover", reviewed: true });
	const report = { reason: "other", text: plant("report") };
	expect(
		(await post(makeClient(host, region), "/api/reports", { ...report, label: await liveLabelOf(person, first) }))
			.status,
	).toBe(202);
}

async function openDirectoryOf(region: Region): Promise<Directory> {
	const { keys: bucket, copy } = await keyBuckets(host, region);
	const kek = readFileSync(join(host.stateFolder, `kek-${region}`), "utf8").trim();
	const opened = await makeKeyring({ region, kek, keys: bucket as never, copy: copy as never }).openDirectory();
	if (!opened.ok) throw new Error(opened.reason);
	const { keyId, index, seal } = opened.value;
	const keys = await makeDirectoryKeys(region, keyId, { index: new Secret(index), seal: new Secret(seal) });
	return openDirectory({ db: (await directoryOf(region)) as never, keys, now: Date.now });
}

export async function keyBuckets({ runtime }: TestHost, region: Region) {
	const bucket = (binding: string) => runtime.getR2Bucket(binding, `freehold-vault-${region}`);
	return { keys: await bucket("KEYS"), copy: await bucket("KEYS_COPY") };
}

/** By somebody whose answers nothing else compares. */
async function startWaitingBuilds(): Promise<Waiting[]> {
	const person = await signUpPerson(host, "us-east", garden.plant("sealed", "name of a person who waits"));
	await host.operate({ command: "set-plan", region: "us-east", who: person.email, plan: "studio" });
	const started = await Promise.all(
		Array.from({ length: 6 }, async () => {
			const references = [file("waiting.txt", `${garden.plant("record", "reference that is sent")} `)];
			const body = { prompt: "Something", offerId: "anthropic/play-asks", references };
			const { appId, buildId } = (await post(person, "/api/apps", body)).json;
			expect(await waitForBuild(person, appId, buildId)).toMatchObject({ state: "asking" });
			return { person, appId, buildId };
		}),
	);
	const now = await listPlaces(host, "us-east");
	return started.map((build) => {
		const row = now.find(
			(place) => place.what === "t_app_references.name" && place.row?.["app_id"] === build.appId,
		)?.row;
		const place = (what: string) =>
			now.find((one) => one.what === what && (one.row?.["id"] ?? one.key.split("/").at(-1)) === row?.["id"]);
		return { ...build, place };
	});
}
