// Every route by every actor. The routes come from the API's own document: a route without a row here fails, and so does a row
// without a route. What each actor must see follows from the route's access; a foreign thing and a missing one answer alike.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Client, makeClient, password, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost, tokenMailedTo } from "../support/host.ts";

type Access = "anyone" | "account" | "workspace" | "app:view" | "app:edit" | "app:own";

const actors = ["owner", "editor", "viewer", "other tenant", "other region", "revoked session", "anonymous"] as const;
type Actor = (typeof actors)[number];

let host: TestHost;
let world: World;

interface World {
	people: Record<Actor, Client>;
	appId: string;
	buildId: string;
	versionId: string;
	otherVersionId: string;
}

interface Row {
	/** Values of the path's parameters besides `appId`. */
	params?: (world: World) => Record<string, string>;
	body?: (world: World) => unknown;
	query?: (world: World) => string;
	/** What an actor who may call it gets. */
	status: number;
	/** Who may call it loses something: run on an app of its own. */
	isDestructive?: boolean;
	/** What a right actor gets depends on more than access (a token, a state): the code he gets instead. */
	code?: string;
}

const challenge = createHash("sha256").update("verifier").digest("base64url");
const zero = "0".repeat(32);
const noToken = "n".repeat(32);

// limits count per address: each call uses a new one
let emails = 0;
const unusedEmail = () => `matrix${++emails}@example.org`;

const rows: Record<string, Row> = {
	"POST /api/account/sign-up": {
		body: () => ({ name: "X", email: unusedEmail(), password, sawNotYet: true }),
		status: 202,
	},
	"POST /api/account/verify": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"POST /api/account/resend": { body: () => ({ email: unusedEmail() }), status: 202 },
	"POST /api/account/sign-in": {
		body: () => ({ email: unusedEmail(), password: "wrong" }),
		status: 401,
		code: "wrong_credentials",
	},
	"POST /api/account/forgot": { body: () => ({ email: unusedEmail() }), status: 202 },
	"POST /api/account/reset": { body: () => ({ token: noToken, password }), status: 410, code: "expired" },
	"POST /api/account/password": {
		body: () => ({ current: "wrong", next: password }),
		status: 422,
		code: "invalid_input",
	},
	"POST /api/account/email": {
		body: () => ({ email: "x@example.org", password: "wrong" }),
		status: 422,
		code: "invalid_input",
	},
	"POST /api/account/email/confirm": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"GET /api/account": { status: 200 },
	"PATCH /api/account": { body: () => ({ name: "Someone" }), status: 200 },
	"GET /api/account/sessions": { status: 200 },
	"DELETE /api/account/sessions/{id}": { params: () => ({ id: `ses_${zero}` }), status: 404, code: "not_found" },
	"GET /api/account/passkeys": { status: 200 },
	"POST /api/account/passkeys": { body: () => ({ name: "Key", response: {} }), status: 410, code: "expired" },
	"POST /api/account/passkeys/options": { status: 200 },
	"DELETE /api/account/passkeys/{id}": { params: () => ({ id: "nothing" }), status: 404, code: "not_found" },
	"POST /api/account/passkeys/sign-in/options": { status: 200 },
	"POST /api/account/passkeys/sign-in": { body: () => ({ response: {} }), status: 401, code: "wrong_credentials" },
	"GET /api/apps": { status: 200 },
	"POST /api/apps": { body: () => ({ prompt: "A list of plants" }), status: 201 },
	"GET /api/apps/{appId}": { status: 200 },
	"PATCH /api/apps/{appId}": { body: () => ({ description: "Mine" }), status: 200 },
	"GET /api/apps/{appId}/download": { status: 200 },
	"POST /api/apps/{appId}/open": { body: () => ({ kind: "live", challenge }), status: 200 },
	"GET /api/apps/{appId}/versions": { status: 200 },
	"POST /api/apps/{appId}/versions": {
		body: (w) => ({ baseVersionId: w.versionId, write: [] }),
		status: 422,
		code: "invalid_input",
	},
	"GET /api/apps/{appId}/versions/{versionId}": { params: (w) => ({ versionId: w.versionId }), status: 200 },
	"GET /api/apps/{appId}/diff": { query: (w) => `?from=${w.versionId}&to=${w.versionId}`, status: 200 },
	"POST /api/apps/{appId}/restore": { body: (w) => ({ versionId: w.otherVersionId }), status: 404, code: "not_found" },
	"POST /api/references/inspect": {
		body: () => ({ name: "a.txt", contentBase64: Buffer.from("hello").toString("base64") }),
		status: 200,
	},
	"POST /api/apps/{appId}/builds": {
		body: () => ({ prompt: "x", offerId: "nobody/offers-this" }),
		status: 503,
		code: "model_unavailable",
	},
	"GET /api/apps/{appId}/builds": { status: 200 },
	"GET /api/apps/{appId}/builds/{buildId}": { params: (w) => ({ buildId: w.buildId }), status: 200 },
	"GET /api/apps/{appId}/builds/{buildId}/events": { params: (w) => ({ buildId: w.buildId }), status: 200 },
	"POST /api/apps/{appId}/builds/{buildId}/stop": { params: (w) => ({ buildId: w.buildId }), status: 200 },
	"POST /api/apps/{appId}/builds/{buildId}/answer": {
		params: (w) => ({ buildId: w.buildId }),
		body: () => ({ text: "Yes" }),
		status: 409,
		code: "conflict",
	},
	"GET /api/apps/{appId}/messages": { status: 200 },
	"GET /api/apps/{appId}/disclosures": { status: 200 },
	"GET /api/apps/{appId}/disclosures/{disclosureId}": {
		params: () => ({ disclosureId: `dis_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"GET /api/apps/{appId}/sharing": { status: 200 },
	"POST /api/apps/{appId}/invitations": {
		body: () => ({ email: "guest@example.org", role: "viewer", scope: "app" }),
		status: 201,
	},
	"DELETE /api/apps/{appId}/invitations/{invitationId}": {
		params: () => ({ invitationId: `inv_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"DELETE /api/apps/{appId}/people/{grantId}": {
		params: () => ({ grantId: `grt_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"POST /api/apps/{appId}/links": { body: () => ({ days: 1 }), status: 201 },
	"DELETE /api/apps/{appId}/links/{linkId}": {
		params: () => ({ linkId: `lnk_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"GET /api/apps/{appId}/publish": { status: 200 },
	"POST /api/apps/{appId}/publish": {
		body: () => ({ versionId: `ver_${zero}`, audience: "people", reviewed: true }),
		status: 409,
		code: "conflict",
	},
	"DELETE /api/apps/{appId}/publish": { status: 204, isDestructive: true },
	"POST /api/apps/{appId}/fork": { status: 403, code: "forbidden" },
	"POST /api/invitations/accept": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"POST /api/links/peek": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"POST /api/links/open": { body: () => ({ token: noToken, challenge }), status: 410, code: "expired" },
	"GET /api/discover": { status: 200 },
	"POST /api/discover/{appId}/report": { body: () => ({ reason: "spam" }), status: 404, code: "not_found" },
	"POST /api/discover/{appId}/fork": { status: 404, code: "not_found" },
	"GET /api/credits": { status: 200 },
	"GET /api/models": { status: 200 },
	"POST /api/approvals": {
		body: () => ({ offerId: "none", destination: "https://example.org", confirmed: true }),
		status: 409,
		code: "conflict",
	},
	"DELETE /api/approvals/{approvalId}": {
		params: () => ({ approvalId: `apr_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"GET /api/history": { status: 200 },
	"DELETE /api/history/{buildId}": { params: () => ({ buildId: `bld_${zero}` }), status: 404, code: "not_found" },
	// the app is gone after this
	"DELETE /api/apps/{appId}": { status: 204, isDestructive: true },
	// these end the session of the one who calls: they run last
	"DELETE /api/account/sessions": { status: 200, isDestructive: true },
	"POST /api/account/sign-out": { status: 200, isDestructive: true },
};

/** What an actor must get from a route of this access. Null: he may call it. */
function refusal(access: Access, actor: Actor): { status: number; code: string } | null {
	const unauthenticated = { status: 401, code: "unauthenticated" };
	if (access === "anyone") return null;
	// a session of the other region is no session here
	if (actor === "anonymous" || actor === "revoked session" || actor === "other region") return unauthenticated;
	if (!access.startsWith("app:")) return null;
	if (actor === "other tenant") return { status: 404, code: "not_found" };
	const forbidden = { status: 403, code: "forbidden" };
	if (actor === "viewer") return access === "app:view" ? null : forbidden;
	if (actor === "editor") return access === "app:own" ? forbidden : null;
	return null;
}

async function makeWorld(): Promise<World> {
	const [owner, editor, viewer, other, revoked] = await Promise.all(
		["Olga", "Edda", "Vera", "Otto", "Rhea"].map((name) => signUpPerson(host, "us-east", name)),
	);
	if (!owner || !editor || !viewer || !other || !revoked) throw new Error("no people");
	const abroad = await signUpPerson(host, "eu-west", "Elke");
	const planned = await host.operate({ command: "set-plan", region: "us-east", who: owner.email, plan: "studio" });
	expect(planned.ok, planned.text).toBe(true);
	const made = (await owner.call("/api/apps", { method: "POST", body: { prompt: "A list of books" } })).json;
	await waitForBuild(owner, made.appId, made.buildId);
	const foreign = (await other.call("/api/apps", { method: "POST", body: { prompt: "A list of films" } })).json;
	await waitForBuild(other, foreign.appId, foreign.buildId);
	for (const [guest, role] of [
		[editor, "editor"],
		[viewer, "viewer"],
	] as const) {
		const invited = await owner.call(`/api/apps/${made.appId}/invitations`, {
			method: "POST",
			body: { email: guest.email, role, scope: "app" },
		});
		expect(invited.status, invited.text).toBe(201);
		const token = await tokenMailedTo(host, guest.email, "/invitation");
		await guest.call("/api/invitations/accept", { method: "POST", body: { token } });
	}
	const { versionId } = (await owner.call(`/api/apps/${made.appId}/publish`)).json;
	await owner.call(`/api/apps/${made.appId}/publish`, {
		method: "POST",
		body: { versionId, audience: "people", reviewed: true },
	});
	const stolen = revoked.cookie;
	await revoked.call("/api/account/sign-out", { method: "POST" });
	return {
		people: {
			owner,
			editor,
			viewer,
			"other tenant": other,
			"other region": makeClient(host, "us-east", abroad.cookie),
			"revoked session": makeClient(host, "us-east", stolen),
			anonymous: makeClient(host, "us-east"),
		},
		...made,
		versionId,
		otherVersionId: (await other.call(`/api/apps/${foreign.appId}`)).json.currentVersionId,
	};
}

let routes: { key: string; access: Access }[] = [];

beforeAll(async () => {
	host = await startTestHost();
	world = await makeWorld();
	const { paths } = (await makeClient(host, "us-east").call("/api/openapi.json")).json as {
		paths: Record<string, Record<string, { "x-access": Access }>>;
	};
	routes = Object.entries(paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]) => ({
			key: `${method.toUpperCase()} ${path}`,
			access: operation["x-access"],
		})),
	);
});
afterAll(() => host?.close());

async function callAs(actor: Actor, key: string, row: Row, appId = world.appId): Promise<Answer> {
	const [method = "", path = ""] = key.split(" ");
	const params = { appId, ...row.params?.(world) };
	const filled = Object.entries(params).reduce((text, [name, value]) => text.replace(`{${name}}`, value), path);
	const person = world.people[actor];
	const client = makeClient(host, person.region, person.cookie);
	return client.call(filled + (row.query?.(world) ?? ""), { method, ...(row.body ? { body: row.body(world) } : {}) });
}

const withoutId = (text: string) => text.replace(/req_[0-9a-f]{32}/g, "");

describe("the route table", () => {
	it("has a row for every route, and a route for every row", () => {
		expect(routes.map(({ key }) => key).sort()).toEqual(Object.keys(rows).sort());
		for (const { key, access } of routes) expect(access, key).toBeTypeOf("string");
	});
});

describe.each(Object.entries(rows).filter(([, row]) => !row.isDestructive))("%s", (key, row) => {
	it.each(actors)("%s", async (actor) => {
		const access = routes.find((route) => route.key === key)?.access ?? "anyone";
		const refused = refusal(access, actor);
		const answer = await callAs(actor, key, row);
		const expected = refused ?? { status: row.status, code: row.code };
		expect([answer.status, answer.json?.error?.code], answer.text).toEqual([expected.status, expected.code]);
		if (answer.status >= 400) expect(Object.keys(answer.json)).toContain("error");
	});

	it("answers a foreign app and a missing one alike", async () => {
		if (!key.includes("/apps/{appId}")) return;
		const foreign = await callAs("other tenant", key, row);
		const missing = await callAs("other tenant", key, row, `app_${zero}`);
		expect(foreign.status).toBe(missing.status);
		expect(withoutId(foreign.text)).toBe(withoutId(missing.text));
		const names = (answer: Answer) =>
			Object.keys(answer.headers)
				.filter((name) => name !== "date")
				.sort();
		expect(names(foreign)).toEqual(names(missing));
	});
});

describe.each(Object.entries(rows).filter(([, row]) => row.isDestructive))("%s", (key, row) => {
	it("by everyone who may not, then by who may", async () => {
		const access = routes.find((route) => route.key === key)?.access ?? "anyone";
		for (const actor of [...actors].reverse()) {
			const refused = refusal(access, actor);
			if (!refused && actor !== "owner") continue;
			const answer = await callAs(actor, key, row);
			expect([actor, answer.status, answer.json?.error?.code]).toEqual([
				actor,
				refused?.status ?? row.status,
				refused?.code,
			]);
		}
	});
});

describe("every route that takes a body", () => {
	it("refuses unknown fields, other content types, a foreign origin, and what is too large", async () => {
		for (const { key, access } of routes) {
			const row = rows[key];
			if (!row?.body || access.startsWith("app:")) continue;
			const [method = "", path = ""] = key.split(" ");
			const call = (extra: Parameters<Client["call"]>[1]) =>
				world.people["other tenant"].call(path.replace("{appId}", world.appId), { method, ...extra });
			const body = row.body(world) as object;
			expect((await call({ body: { ...body, unknownField: 1 } })).json.error.code, key).toBe("invalid_input");
			expect(
				(await call({ raw: "a=b", headers: { "Content-Type": "application/x-www-form-urlencoded" } })).json.error.code,
				key,
			).toBe("unsupported_type");
			expect((await call({ raw: "{", headers: {} })).status, key).toBeLessThan(500);
			expect(
				(await call({ body, headers: { Origin: "http://evil.us-east.apps.localhost" } })).json.error.code,
				key,
			).toBe("cross_origin");
			expect((await call({ body, headers: { "Sec-Fetch-Site": "cross-site" } })).json.error.code, key).toBe(
				"cross_origin",
			);
		}
		const huge = await world.people["other tenant"].call("/api/apps", {
			method: "POST",
			raw: `{"prompt":"${"x".repeat(19 * 1024 * 1024)}"}`,
		});
		expect(huge.json.error.code).toBe("too_large");
	});
});

it("says how large the matrix is", () => {
	process.stdout.write(`matrix: ${routes.length} routes × ${actors.length} actors\n`);
	expect(routes.length * actors.length).toBeGreaterThan(400);
});
