// Attacks on tenant isolation that no other file carries out: ids and cursors of others in places besides the path, workspaces named
// by the client, other people's event streams, people removed while they watch, work in the background, shared caches.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, makeClient, signUpPerson, waitForBuild } from "../../support/client.ts";
import { startTestHost, type TestHost } from "../../support/host.ts";
import { type ModelServer, startModelServer } from "../../support/model-server/server.ts";
import { finish, type Step, write } from "../../support/model-server/transcript.ts";
import { signUpNeighbour } from "../../support/neighbours.ts";
import { addGuest, type Person, removeAccountRow } from "../../support/people.ts";

const late = "said-after-the-removal";
/** A build of about half a minute: what it says late in it must not reach who was removed early. */
const lengthy: Step[] = [
	...Array.from({ length: 40 }, (_, at): Step[] => [
		{ do: "wait", ms: 500 },
		{ do: "text", text: at < 30 ? "Still thinking. " : `${late} ` },
	]).flat(),
	write("app.tsx", "export default function App() {\n\treturn <main>Hello</main>;\n}\n"),
	finish("Done."),
];

let host: TestHost;
let server: ModelServer;
let ada: Person;
let bob: Person;
let adas: { appId: string; buildId: string };
let bobs: { appId: string; buildId: string };

const post = (person: Client, path: string, body: unknown = {}) => person.call(path, { method: "POST", body });
const withoutId = (text: string) => text.replace(/req_[0-9a-f]{32}/g, "");

async function make(person: Client, prompt: string, more: Record<string, unknown> = {}) {
	const made = await post(person, "/api/apps", { prompt, ...more });
	expect(made.status, made.text).toBe(201);
	return made.json as { appId: string; buildId: string };
}

async function inviteEditor(name: string, appId: string) {
	const editor = await signUpPerson(host, "us-east", name);
	await addGuest(host, ada, appId, editor, { role: "editor", scope: "app" });
	return editor;
}

beforeAll(async () => {
	server = await startModelServer({ lengthy: { steps: lengthy } });
	host = await startTestHost({
		providers: {
			ANTHROPIC_API_KEY: "test-anthropic",
			ANTHROPIC_BASE_URL: server.anthropicUrl,
			ANTHROPIC_MODELS: "play-lengthy",
			ANTHROPIC_REGION: "us-east",
		},
	});
	ada = await signUpPerson(host, "us-east", "Ada");
	bob = await signUpNeighbour(host, ada, "Bob");
	await host.operate({ command: "set-plan", region: "us-east", who: ada.email, plan: "studio" });
	// at the same time, so that the two builds share isolates and caches
	[adas, bobs] = await Promise.all([make(ada, "A list of zebras"), make(bob, "A list of yachts")]);
	await Promise.all([waitForBuild(ada, adas.appId, adas.buildId), waitForBuild(bob, bobs.appId, bobs.buildId)]);
});
afterAll(async () => {
	await host?.close();
	await server?.close();
});

describe("ids of another tenant", () => {
	it("in a cursor change nothing: the page is the one that any unknown id gives", async () => {
		const hers = (await ada.call("/api/history")).json.entries[0];
		const cursors = [`${hers.at + 1}.${hers.buildId}`, `${Date.now() + 1}.${hers.buildId}`];
		for (const cursor of cursors) {
			const unknown = cursor.replace(/bld_.*/, `bld_${"f".repeat(32)}`);
			const answer = await bob.call(`/api/history?after=${cursor}`);
			expect(answer.status).toBe(200);
			expect(answer.json).toEqual((await bob.call(`/api/history?after=${unknown}`)).json);
			expect(answer.text).not.toContain(hers.buildId);
			expect(answer.text).not.toContain(hers.appId);
		}
		// the control: a cursor in the future shows his own
		expect((await bob.call(`/api/history?after=${cursors[1]}`)).json.entries).toHaveLength(1);
		expect((await bob.call("/api/history?q=zebras")).json.entries).toEqual([]);
	});

	it("in the query or the body answer as if they did not exist", async () => {
		const hers = (await ada.call(`/api/apps/${adas.appId}`)).json.currentVersionId;
		const his = (await bob.call(`/api/apps/${bobs.appId}`)).json.currentVersionId;
		const none = `ver_${"0".repeat(32)}`;
		const base = `/api/apps/${bobs.appId}`;
		const ask = (version: string) =>
			Promise.all([
				bob.call(`${base}/versions/${version}`),
				bob.call(`${base}/diff?from=${version}&to=${his}`),
				bob.call(`${base}/diff?from=${his}&to=${version}`),
				post(bob, `${base}/restore`, { versionId: version }),
				post(bob, `${base}/publish`, { versionId: version, audience: "people", reviewed: true }),
				post(bob, `${base}/versions`, { baseVersionId: version, write: [{ path: "note.txt", content: "x" }] }),
			]);
		const [foreign, missing] = [await ask(hers), await ask(none)];
		expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404, 404, 409, 409]);
		expect(foreign.map(({ text }) => withoutId(text))).toEqual(missing.map(({ text }) => withoutId(text)));
		expect((await bob.call(`${base}/versions`)).json.versions).toHaveLength(1);
	});

	it("by the hundred are refused before anything is looked up", async () => {
		const many = Array.from({ length: 101 }, (_, at) => ({ path: `file-${at}.txt`, content: "x" }));
		const { currentVersionId } = (await bob.call(`/api/apps/${bobs.appId}`)).json;
		const tooMany = await post(bob, `/api/apps/${bobs.appId}/versions`, {
			baseVersionId: currentVersionId,
			write: many,
		});
		expect([tooMany.status, tooMany.json.error.code]).toEqual([422, "invalid_input"]);
		const contentBase64 = Buffer.from("x").toString("base64");
		const references = Array.from({ length: 101 }, (_, at) => ({ name: `r${at}.txt`, contentBase64 }));
		const refused = await post(bob, `/api/apps/${bobs.appId}/builds`, { prompt: "x", references });
		expect([refused.status, refused.json.error.code]).toEqual([422, "invalid_input"]);
		// and no path takes several at once
		for (const ids of [`${bobs.appId},${adas.appId}`, `${bobs.appId}%2C${adas.appId}`, `${bobs.appId}&${adas.appId}`])
			expect((await bob.call(`/api/apps/${ids}`)).status, ids).toBe(404);
	});
});

describe("a workspace that the client names", () => {
	const ownerOf = async (person: Client): Promise<string> => (await person.call("/api/account")).json.ownerId ?? "";

	it("in a header, a query or a cookie is not read", async () => {
		const adaOwner = (await findOwner(ada.email)) ?? (await ownerOf(ada));
		expect(adaOwner).toMatch(/^own_/);
		const plain = (await bob.call("/api/apps")).json;
		expect(plain.apps.map(({ id }: { id: string }) => id)).toEqual([bobs.appId]);
		const names = [
			"X-Owner-Id",
			"X-Workspace-Id",
			"X-Tenant",
			"Owner-Id",
			"X-Freehold-Owner",
			"X-Account-Id",
			"X-User",
		];
		for (const name of names) {
			expect((await bob.call("/api/apps", { headers: { [name]: adaOwner } })).json, name).toEqual(plain);
			expect((await bob.call(`/api/apps/${adas.appId}`, { headers: { [name]: adaOwner } })).status, name).toBe(404);
		}
		for (const name of ["ownerId", "owner_id", "workspace", "workspaceId", "owner"]) {
			expect((await bob.call(`/api/apps?${name}=${adaOwner}`)).text, name).not.toContain(adas.appId);
			expect((await bob.call(`/api/apps/${adas.appId}?${name}=${adaOwner}`)).status, name).toBe(404);
			const Cookie = `${bob.cookie}; ${name}=${adaOwner}`;
			expect((await bob.call("/api/apps", { headers: { Cookie } })).json, name).toEqual(plain);
		}
	});

	it("in a body is an unknown field, and nothing is made or changed (mass assignment)", async () => {
		const adaOwner = (await findOwner(ada.email)) ?? "";
		const before = (await bob.call(`/api/apps/${bobs.appId}`)).json;
		const fields: Record<string, unknown> = {
			owner_id: adaOwner,
			ownerId: adaOwner,
			role: "owner",
			state: "active",
			id: adas.appId,
			liveLabel: "x",
			publishedVersionId: null,
			createdAt: 0,
		};
		for (const [name, value] of Object.entries(fields)) {
			const bodies: [string, string, object][] = [
				["POST", "/api/apps", { prompt: "An inventory", [name]: value }],
				["PATCH", `/api/apps/${bobs.appId}`, { description: "Changed", [name]: value }],
				["POST", `/api/apps/${bobs.appId}/builds`, { prompt: "Add a field", [name]: value }],
				["PATCH", "/api/account", { name: "Bobby", [name]: value }],
			];
			for (const [method, path, body] of bodies) {
				const answer = await bob.call(path, { method, body });
				expect([path, name, answer.status, answer.json.error?.code]).toEqual([path, name, 422, "invalid_input"]);
			}
		}
		expect((await bob.call(`/api/apps/${bobs.appId}`)).json).toEqual(before);
		expect((await bob.call("/api/apps")).json.apps).toHaveLength(1);
		expect((await bob.call("/api/account")).json.name).toBe("Bob");
	});

	/** The owner's id as the directory has it: a client is never told it. */
	async function findOwner(email: string): Promise<string | null> {
		const answer = await host.operate({ command: "set-plan", region: "us-east", who: email, plan: "studio" });
		return /own_[0-9a-f]{32}/.exec(answer.text)?.[0] ?? null;
	}
});

async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
	let text = "";
	for await (const chunk of stream) text += String(chunk);
	return text;
}

describe("event streams", () => {
	it("of another's build are not there, under any app's path", async () => {
		const paths = [
			`/api/apps/${adas.appId}/builds/${adas.buildId}/events`,
			`/api/apps/${bobs.appId}/builds/${adas.buildId}/events`,
			`/api/apps/${adas.appId}/builds/${bobs.buildId}/events`,
		];
		const missing = await bob.call(`/api/apps/${bobs.appId}/builds/bld_${"0".repeat(32)}/events`);
		expect(missing.status).toBe(404);
		for (const path of paths) {
			const answer = await bob.call(path);
			expect([answer.status, withoutId(answer.text)], path).toEqual([404, withoutId(missing.text)]);
		}
	});

	it("give nothing of another's build for an event id of it", async () => {
		const hers = await readAll(await ada.open(`/api/apps/${adas.appId}/builds/${adas.buildId}/events`));
		const id = /^id: (.*)$/m.exec(hers)?.[1] ?? "";
		expect(id).not.toBe("");
		const path = `/api/apps/${bobs.appId}/builds/${bobs.buildId}/events`;
		const his = await readAll(await bob.open(path, { "Last-Event-ID": id }));
		expect(his).toContain(bobs.buildId);
		expect(his).not.toContain(adas.buildId);
		expect(his.toLowerCase()).not.toContain("zebra");
	});

	it("end for who is removed, for a session that is ended and for an account that is gone, while the build runs on", {
		timeout: 90_000,
	}, async () => {
		const { appId, buildId } = await make(ada, "A long one", { offerId: "anthropic/play-lengthy" });
		const [removed, signedOut, gone, staying] = [
			await inviteEditor("Rob", appId),
			await inviteEditor("Sue", appId),
			await inviteEditor("Gus", appId),
			await inviteEditor("Tom", appId),
		];
		const path = `/api/apps/${appId}/builds/${buildId}/events`;
		const streams = await Promise.all([removed, signedOut, gone, staying, ada].map((person) => person.open(path)));
		expect(streams.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
		const texts = Promise.all(streams.map(readAll));
		const { people } = (await ada.call(`/api/apps/${appId}/sharing`)).json;
		const { grantId } = people.find(({ email }: { email: string }) => email === removed.email);
		const deleted = await ada.call(`/api/apps/${appId}/people/${grantId}`, { method: "DELETE" });
		expect(deleted.status).toBe(204);
		await post(signedOut, "/api/account/sign-out");
		// what is left of an account, its sessions and grants, must not keep a stream open
		await removeAccountRow(host, gone);
		const [ofRemoved, ofSignedOut, ofGone, ofStaying, ofOwner] = await texts;
		expect(ofOwner).toContain(late);
		expect(ofStaying).toContain(late);
		expect(ofRemoved).not.toContain(late);
		expect(ofSignedOut).not.toContain(late);
		expect(ofGone).not.toContain(late);
		expect((await removed.call(path)).status).toBe(404);
		expect((await gone.call(path)).status).toBe(401);
	});
});

describe("work in the background", () => {
	it("reads and writes the workspace whose build it is, when two build the same thing at the same time", async () => {
		const said = async (person: Client, { appId }: { appId: string }) => [
			(await person.call(`/api/apps/${appId}/messages`)).text,
			(await person.call(`/api/apps/${appId}/versions`)).text,
			(await person.call(`/api/apps/${appId}`)).text,
		];
		const [hers, his] = [(await said(ada, adas)).join(), (await said(bob, bobs)).join()];
		expect([hers.includes("zebras"), his.includes("yachts")]).toEqual([true, true]);
		expect(hers.toLowerCase()).not.toContain("yacht");
		expect(his.toLowerCase()).not.toContain("zebra");
		const ids = (text: string) => new Set(text.match(/\b(app|ver|bld|msg)_[0-9a-f]{32}\b/g));
		const of = ids(his);
		expect([...ids(hers)].filter((id) => of.has(id))).toEqual([]);
	});
});

describe("a shared cache", () => {
	it("may keep nothing that a session was answered, nor what a stranger was refused", async () => {
		const { paths } = (await ada.call("/api/openapi.json")).json as { paths: Record<string, Record<string, unknown>> };
		const gets = Object.keys(paths).filter((path) => "get" in (paths[path] ?? {}));
		expect(gets.length).toBeGreaterThan(10);
		const { currentVersionId } = (await ada.call(`/api/apps/${adas.appId}`)).json;
		const pages = ["/apps", "/history", "/account", `/apps/${adas.appId}`];
		const filled = gets.map((path) =>
			path
				.replace("{appId}", adas.appId)
				.replace("{buildId}", adas.buildId)
				.replace("{versionId}", currentVersionId)
				.replace(/\/diff$/, `/diff?from=${currentVersionId}&to=${currentVersionId}`),
		);
		for (const path of [...filled, ...pages]) {
			for (const client of [ada, makeClient(host, "us-east")]) {
				const { status, headers } = await client.call(path);
				expect([path, status, headers["cache-control"]]).toEqual([path, status, "no-store"]);
			}
		}
	});
});
