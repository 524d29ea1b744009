// App origins by actor, and the entrypoints between Workers. An actor is whoever has a cookie of the app's origin, or a reason to ask
// for one; what each gets is written down here, and every request is made as the app's own page makes it, which is let in furthest.
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AccessRpc } from "#schema/rpc.ts";
import { makePkce } from "../../support/app-host.ts";
import { type Client, makeClient, signUpPerson, waitForBuild } from "../../support/client.ts";
import { startTestHost, type TestHost } from "../../support/host.ts";
import { addGuest, type Person, removeAccountRow } from "../../support/people.ts";
import { callAppOrigin, openAppSession } from "./app-page.ts";

const actors = [
	"owner",
	"editor",
	"viewer",
	"workspace editor",
	"workspace viewer",
	"removed",
	"removed from the workspace",
	"deleted account",
	"link visitor",
	"revoked link",
	"other tenant",
	"anonymous",
] as const;
type Actor = (typeof actors)[number];
const kinds = ["draft", "live"] as const;
type Kind = (typeof kinds)[number];

let host: TestHost;
let origins: Record<Kind, string>;
let siblingOrigin: string;
/** The draft of an app in the other region, and its owner's session there. */
let abroadOrigin: string;
let abroadCookie: string;
/** Cookies by actor and kind; empty for who got no code. */
const cookies = new Map<string, string>();
const cookieOf = (actor: Actor, kind: Kind) => cookies.get(`${actor} ${kind}`) ?? "";

const post = (person: Client, path: string, body: unknown = {}) => person.call(path, { method: "POST", body });

/** What each actor gets: the document, a file, a read and a write of data, the event stream. */
type Answers = Record<"document" | "file" | "read" | "write" | "events", number>;
const all: Answers = { document: 200, file: 200, read: 200, write: 200, events: 200 };
/** A frame without a session gets the page that asks for one; nothing else of a private app exists for it. */
const nothing: Answers = { document: 401, file: 404, read: 401, write: 401, events: 401 };
const expected: Record<Kind, Record<Actor, Answers>> = {
	draft: {
		owner: all,
		editor: all,
		viewer: nothing,
		"workspace editor": all,
		"workspace viewer": nothing,
		removed: nothing,
		"removed from the workspace": nothing,
		"deleted account": nothing,
		"link visitor": nothing,
		"revoked link": nothing,
		"other tenant": nothing,
		anonymous: nothing,
	},
	live: {
		owner: all,
		editor: all,
		viewer: { ...all, write: 403 },
		"workspace editor": all,
		"workspace viewer": { ...all, write: 403 },
		removed: nothing,
		"removed from the workspace": nothing,
		"deleted account": nothing,
		// a visitor sees the app and never the owner's data; there is nothing to be told of
		"link visitor": { document: 200, file: 200, read: 403, write: 403, events: 401 },
		"revoked link": nothing,
		"other tenant": nothing,
		anonymous: nothing,
	},
};

beforeAll(async () => {
	host = await startTestHost();
	const [owner, editor, viewer, colleague, onlooker, removed, leaver, gone, other] = (await Promise.all(
		["Olga", "Edda", "Vera", "Cora", "Oona", "Rob", "Lea", "Gus", "Otto"].map((name) =>
			signUpPerson(host, "us-east", name),
		),
	)) as [Person, Person, Person, Person, Person, Person, Person, Person, Person];
	await host.operate({ command: "set-plan", region: "us-east", who: owner.email, plan: "studio" });
	const make = async (person: Client) => {
		const { json } = await post(person, "/api/apps", { prompt: "A list of books" });
		await waitForBuild(person, json.appId, json.buildId);
		return json.appId as string;
	};
	const [appId, otherId] = await Promise.all([make(owner), make(other)]);
	const abroad = await signUpPerson(host, "eu-west", "Elke");
	const { challenge, verifier } = makePkce();
	const opened = await post(abroad, `/api/apps/${await make(abroad)}/open`, { kind: "draft", challenge });
	abroadOrigin = opened.json.origin;
	abroadCookie = (await openAppSession(host.port, abroadOrigin, opened.json.code, verifier)).cookie;
	siblingOrigin = (await other.call(`/api/apps/${otherId}`)).json.draftOrigin;
	for (const [guest, role, scope] of [
		[editor, "editor", "app"],
		[viewer, "viewer", "app"],
		[colleague, "editor", "workspace"],
		[onlooker, "viewer", "workspace"],
		[removed, "editor", "app"],
		[leaver, "editor", "workspace"],
		[gone, "editor", "app"],
	] as const) {
		await addGuest(host, owner, appId, guest, { role, scope });
	}
	const { versionId } = (await owner.call(`/api/apps/${appId}/publish`)).json;
	await post(owner, `/api/apps/${appId}/publish`, { versionId, audience: "people", reviewed: true });
	const detail = (await owner.call(`/api/apps/${appId}`)).json;
	origins = { draft: detail.draftOrigin, live: detail.liveOrigin };

	const exchange = async (
		actor: Actor,
		kind: Kind,
		path: string,
		ask: (challenge: string) => Promise<string | null>,
	) => {
		const { verifier, challenge } = makePkce();
		const code = await ask(challenge);
		if (code === null) return;
		const { cookie } = await openAppSession(host.port, origins[kind], code, verifier);
		expect(cookie, `${actor} ${path}`).not.toBe("");
		cookies.set(`${actor} ${kind}`, cookie);
	};
	const people: Partial<Record<Actor, Client>> = {
		owner,
		editor,
		viewer,
		"workspace editor": colleague,
		"workspace viewer": onlooker,
		removed,
		"removed from the workspace": leaver,
		"deleted account": gone,
		"other tenant": other,
		anonymous: makeClient(host, "us-east"),
	};
	for (const [actor, person] of Object.entries(people) as [Actor, Client][]) {
		for (const kind of kinds) {
			await exchange(actor, kind, "open", async (challenge) => {
				const { json } = await post(person, `/api/apps/${appId}/open`, { kind, challenge });
				return json.code ?? null;
			});
		}
	}
	const linkIds = async (): Promise<string[]> =>
		(await owner.call(`/api/apps/${appId}/sharing`)).json.links.map(({ id }: { id: string }) => id);
	const links = [await post(owner, `/api/apps/${appId}/links`, { days: 1 })];
	const kept = await linkIds();
	links.push(await post(owner, `/api/apps/${appId}/links`, { days: 1 }));
	for (const [at, actor] of (["link visitor", "revoked link"] as const).entries()) {
		const token = new URL(links[at]?.json.url).hash.replace("#token=", "");
		await exchange(actor, "live", "link", async (challenge) => {
			const { json } = await post(makeClient(host, "us-east"), "/api/links/open", { token, challenge });
			return json.code ?? null;
		});
	}
	// who is taken out held sessions that worked
	for (const actor of ["removed", "removed from the workspace", "deleted account", "revoked link"] as const) {
		expect((await ask("document", origins.live, cookieOf(actor, "live"))).status, actor).toBe(200);
	}
	const sharing = (await owner.call(`/api/apps/${appId}/sharing`)).json;
	for (const person of [removed, leaver]) {
		const { grantId } = sharing.people.find(({ email }: { email: string }) => email === person.email);
		expect((await owner.call(`/api/apps/${appId}/people/${grantId}`, { method: "DELETE" })).status).toBe(204);
	}
	await deleteAccount(gone, appId);
	const revoked = (await linkIds()).find((id) => !kept.includes(id));
	expect((await owner.call(`/api/apps/${appId}/links/${revoked}`, { method: "DELETE" })).status).toBe(204);
});
afterAll(() => host?.close());

/**
 * What a feature that deletes accounts would have to do. An app's object knows its own sessions and asks for no account,
 * so the row alone ends nothing that is open there: each origin is told, as it is when a person is removed.
 */
async function deleteAccount(person: Person, appId: string): Promise<void> {
	const id = await removeAccountRow(host, person);
	for (const kind of kinds) {
		expect((await ask("document", origins[kind], cookieOf("deleted account", kind))).status).toBe(200);
		const { challenge } = makePkce();
		expect((await post(person, `/api/apps/${appId}/open`, { kind, challenge })).status).toBe(401);
		const { ACCESS } = await host.runtime.getBindings<{ ACCESS: AccessRpc }>("freehold-studio-us-east");
		const told = await ACCESS.revoke(new URL(origins[kind]).hostname.split(".")[0] ?? "", { accountId: id });
		expect(told).toEqual({ ok: true, value: null });
	}
}

async function ask(what: keyof Answers, origin: string, cookie: string): Promise<{ status: number; text: string }> {
	const own = { "Sec-Fetch-Site": "same-origin" };
	const call = (path: string, headers: Record<string, string>, body?: unknown) =>
		callAppOrigin(host.port, origin, path, { cookie, headers: { ...own, ...headers }, ...(body ? { body } : {}) });
	switch (what) {
		case "document":
			return call("/", { "Sec-Fetch-Dest": "iframe" });
		case "file":
			return call("/app.js", { "Sec-Fetch-Dest": "script" });
		case "read":
			return call("/_freehold/api/data", { "Sec-Fetch-Dest": "empty" }, { op: "list", collection: "books" });
		case "write":
			return call(
				"/_freehold/api/data",
				{ "Sec-Fetch-Dest": "empty" },
				{ op: "add", collection: "books", value: { title: "Planted" } },
			);
		case "events":
			return openEvents(origin, cookie);
	}
}

/** The status of the event stream, which is left at once: it would not end. */
function openEvents(origin: string, cookie: string): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const headers = {
			Host: new URL(origin).host,
			"Sec-Fetch-Site": "same-origin",
			"Sec-Fetch-Dest": "empty",
			...(cookie ? { Cookie: cookie } : {}),
		};
		const sent = request({ host: "127.0.0.1", port: host.port, path: "/_freehold/api/events", headers }, (answer) => {
			resolve({ status: answer.statusCode ?? 0, text: "" });
			answer.on("error", () => undefined);
			sent.destroy();
		});
		sent.on("error", reject);
		sent.end();
	});
}

describe.each(kinds)("the %s origin", (kind) => {
	it.each(actors)("as %s", async (actor) => {
		const got: Partial<Answers> = {};
		for (const what of Object.keys(all) as (keyof Answers)[]) {
			got[what] = (await ask(what, origins[kind], cookieOf(actor, kind))).status;
		}
		expect(got).toEqual(expected[kind][actor]);
	});

	it("answers who was removed, another tenant and a stranger alike", async () => {
		for (const what of ["document", "file"] as const) {
			const texts = new Set<string>();
			for (const actor of ["removed", "other tenant", "anonymous"] as const) {
				const { text } = await ask(what, origins[kind], cookieOf(actor, kind));
				// each opening is bound to a secret of its own, and says its hash
				texts.add(text.replace(/("freehold-challenge" content=")[\w-]{43}"/, '$1…"'));
			}
			expect(texts.size, what).toBe(1);
		}
	});
});

it("a session of one origin opens no other: not the sibling kind, not another's app, not the other region, not the studio", async () => {
	const mine = cookieOf("owner", "live");
	expect(mine).not.toBe("");
	for (const origin of [origins.draft, siblingOrigin, abroadOrigin]) {
		expect((await ask("document", origin, mine)).status, origin).toBe(401);
		expect((await ask("read", origin, mine)).status, origin).toBe(401);
		expect((await ask("events", origin, mine)).status, origin).toBe(401);
	}
	const token = mine.split("=")[1];
	const asStudio = makeClient(host, "us-east", `__Host-freehold_session=${token}`);
	expect((await asStudio.call("/api/apps")).status).toBe(401);
});

it("a session of the other region opens nothing here, and the label of one region is nothing in the other", async () => {
	expect((await ask("document", abroadOrigin, abroadCookie)).status).toBe(200);
	for (const kind of kinds) {
		const got: Partial<Answers> = {};
		for (const what of Object.keys(all) as (keyof Answers)[]) {
			got[what] = (await ask(what, origins[kind], abroadCookie)).status;
		}
		expect(got, kind).toEqual(nothing);
	}
	for (const [origin, cookie] of [
		[origins.live.replace("us-east", "eu-west"), cookieOf("owner", "live")],
		[abroadOrigin.replace("eu-west", "us-east"), abroadCookie],
	] as const) {
		for (const what of Object.keys(all) as (keyof Answers)[]) {
			expect((await ask(what, origin, cookie)).status, `${what} at ${origin}`).toBe(404);
		}
	}
});

describe("entrypoints between Workers", () => {
	const strange: unknown[] = [
		undefined,
		null,
		0,
		-1,
		Number.POSITIVE_INFINITY,
		"",
		"x",
		"../../etc",
		"a".repeat(100_000),
		[],
		{},
		[["own_"]],
		{ toString: "x" },
		{ constructor: { prototype: { role: "owner" } }, hasOwnProperty: 1 },
		new Uint8Array(3),
		new Date(0),
		`own_${"0".repeat(31)}`,
		`own_${"0".repeat(32)}\n`,
		`OWN_${"0".repeat(32)}`,
		"' OR 1=1 --",
	];
	const methods: Record<string, { worker: string; entrypoint: string; names: Record<string, number> }> = {
		Keyring: { worker: "vault", entrypoint: "Keyring", names: { ensure: 1, open: 1, shred: 1 } },
		Deploy: { worker: "sandbox-host", entrypoint: "Deploy", names: { provision: 2, deploy: 2, retire: 1 } },
		Access: {
			worker: "sandbox-host",
			entrypoint: "Access",
			names: { issueCode: 3, revoke: 2, setAudience: 2, inventory: 1 },
		},
		Generation: { worker: "ai-gateway", entrypoint: "Generation", names: { generate: 1 } },
	};
	type Stub = Record<string, (...args: unknown[]) => Promise<{ ok: boolean; reason?: string }>>;
	const stubOf = async (worker: string, entrypoint: string): Promise<Stub> => {
		const bindings = await host.runtime.getBindings<Record<string, Stub>>("freehold-studio-us-east");
		const name = { Keyring: "KEYRING", Deploy: "DEPLOY", Access: "ACCESS", Generation: "GENERATION" }[entrypoint] ?? "";
		const stub = bindings[name];
		if (!stub) throw new Error(`the studio is not bound to ${entrypoint} of ${worker}`);
		return stub;
	};

	it.each(Object.entries(methods))("%s refuses what is malformed with a reason, and never throws", async (_, each) => {
		const stub = await stubOf(each.worker, each.entrypoint);
		let calls = 0;
		for (const [name, arity] of Object.entries(each.names)) {
			for (const value of strange) {
				const args = Array.from({ length: arity }, () => value);
				const answer = await stub[name]?.(...args);
				calls++;
				expect(answer?.ok, `${name} ${String(JSON.stringify(value)).slice(0, 60)}`).toBe(false);
				expect(answer?.reason).toMatch(/^[a-z_]+$/);
				expect(Object.keys(answer ?? {}).sort()).toEqual(["ok", "reason"]);
			}
		}
		expect(calls).toBe(Object.keys(each.names).length * strange.length);
	});

	it("Deploy and Access refuse malformed input for a label that exists, too", async () => {
		const label = new URL(origins.live).hostname.split(".")[0] ?? "";
		const [deploy, access] = [await stubOf("sandbox-host", "Deploy"), await stubOf("sandbox-host", "Access")];
		for (const value of strange) {
			const said = String(JSON.stringify(value)).slice(0, 60);
			expect(await deploy["deploy"]?.(label, value), said).toEqual({ ok: false, reason: "invalid" });
			expect(await deploy["provision"]?.(label, value), said).toEqual({ ok: false, reason: "invalid" });
			expect(await access["issueCode"]?.(label, value, value), said).toEqual({ ok: false, reason: "invalid" });
			expect(await access["revoke"]?.(label, value), said).toEqual({ ok: false, reason: "invalid" });
			expect(await access["setAudience"]?.(label, value), said).toEqual({ ok: false, reason: "invalid" });
		}
		expect((await ask("document", origins.live, cookieOf("owner", "live"))).status).toBe(200);
	});

	it("the studio's way to the vault has its four methods and no other: none gives a secret, a KEK or another wrapping", async () => {
		const keyring = await stubOf("vault", "Keyring");
		const outcome = (name: string, ...args: unknown[]) =>
			Promise.resolve()
				.then(() => keyring[name]?.(...args))
				.then(
					() => "answered",
					() => "refused",
				);
		expect(await outcome("open", "x")).toBe("answered");
		const names = [
			"rewrap",
			"unwrap",
			"unseal",
			"openSecret",
			"reveal",
			"decrypt",
			"exportKek",
			"env",
			"ctx",
			"list",
			"get",
		];
		for (const name of names) expect([name, await outcome(name, "x")]).toEqual([name, "refused"]);
	});
});
