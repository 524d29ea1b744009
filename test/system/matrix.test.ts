// Every route by every actor. The routes come from the API's own document: a route without a row here fails, and so does a row
// without a route. What each actor must see follows from the route's access; a foreign thing and a missing one answer alike.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeLabel } from "#schema/ids.ts";
import { type Answer, type Client, makeClient, password, signUpPerson, waitForBuild } from "../support/client.ts";
import { reportFigures } from "../support/figures.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { signUpNeighbour } from "../support/neighbours.ts";
import { addGuest, type Person, removeAccountRow } from "../support/people.ts";
import { workHeader } from "../support/recording/wire.ts";

type Access = "anyone" | "account" | "workspace" | "app:view" | "app:edit" | "app:own";

const actors = [
	"owner",
	// guests of one app
	"editor",
	"viewer",
	// members of the owner's workspace
	"workspace editor",
	"workspace viewer",
	"other tenant",
	"eu-west at us-east",
	"us-east at eu-west",
	"revoked session",
	"deleted account",
	"anonymous",
] as const;
type Actor = (typeof actors)[number];

let host: TestHost;
let world: World;
/** Answers that were compared with what they must be. */
let calls = 0;
/** Routes whose work for a foreign app and for a missing one was compared. */
const compared: string[] = [];

interface World {
	people: Record<Actor, Client>;
	appId: string;
	/** Another app of the owner, of which the guests know nothing. */
	otherAppId: string;
	buildId: string;
	versionId: string;
	otherVersionId: string;
}

/** Routes that change something and count no tries: what bounds them. */
const boundedOtherwise: Record<string, string> = {
	"POST /api/account/sign-out": "ends the session that came with it, and nothing else",
	"DELETE /api/account/sessions": "ends what a sign-in began, and those are counted",
	"DELETE /api/account/sessions/{id}": "ends what a sign-in began",
	"POST /api/account/passkeys": "answers a challenge that was counted when it was made",
	"DELETE /api/account/passkeys/{id}": "removes what was counted when it was added",
	"DELETE /api/approvals/{approvalId}": "withdraws what was counted when it was given",
	"DELETE /api/apps/{appId}": "deletes what was counted when it was made",
	"DELETE /api/apps/{appId}/data/{which}": "deletes records, which have their own bounds",
	"DELETE /api/apps/{appId}/invitations/{invitationId}": "withdraws what was counted when it was sent",
	"DELETE /api/apps/{appId}/links/{linkId}": "revokes one of an app's few links",
	"DELETE /api/apps/{appId}/people/{grantId}": "removes one of an app's few people",
	"DELETE /api/apps/{appId}/publish": "takes off what was counted when it was published",
	"DELETE /api/history/{buildId}": "deletes a prompt that cost a credit",
	"POST /api/apps/{appId}/builds": "costs a credit, and one runs at a time",
	"POST /api/apps/{appId}/builds/{buildId}/answer": "goes on with a build that cost a credit",
	"POST /api/apps/{appId}/builds/{buildId}/stop": "ends the one build that runs",
	"POST /api/apps/{appId}/open": "a person's open codes and sessions have a bound on the app's origin",
};

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
	"POST /api/account/verify": { body: () => ({ token: noToken, password }), status: 410, code: "expired" },
	"POST /api/account/verify/peek": { body: () => ({ token: noToken }), status: 410, code: "expired" },
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
		body: () => ({ email: unusedEmail(), password: "wrong" }),
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
	"POST /api/account/passkeys/options": { body: () => ({ password }), status: 200 },
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
	"GET /api/apps/{appId}/people": { status: 200 },
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
	"GET /api/apps/{appId}/data": { status: 200 },
	"DELETE /api/apps/{appId}/data/{which}": { params: () => ({ which: "draft" }), status: 204, isDestructive: true },
	"GET /api/apps/{appId}/publish": { status: 200 },
	"POST /api/apps/{appId}/publish": {
		body: () => ({ versionId: `ver_${zero}`, audience: "people", reviewed: true }),
		status: 409,
		code: "conflict",
	},
	"DELETE /api/apps/{appId}/publish": { status: 204, isDestructive: true },
	"POST /api/apps/{appId}/fork": { status: 403, code: "no_copies" },
	"POST /api/invitations/accept": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"POST /api/links/peek": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"POST /api/links/open": { body: () => ({ token: noToken, challenge }), status: 410, code: "expired" },
	"GET /api/discover": { status: 200 },
	"POST /api/reports": { body: () => ({ label: makeLabel(), reason: "spam" }), status: 202 },
	"POST /api/discover/{appId}/fork": { status: 404, code: "not_found" },
	"GET /api/credits": { status: 200 },
	"GET /api/operator-actions": { status: 200 },
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

/** Who holds a cookie that is no session here, or none: a session of the other region is nobody's. */
const withoutSession: readonly Actor[] = [
	"eu-west at us-east",
	"us-east at eu-west",
	"revoked session",
	"deleted account",
	"anonymous",
];

/** What an actor must get from a route of this access. Null: he may call it. */
function refusal(access: Access, actor: Actor): { status: number; code: string } | null {
	const unauthenticated = { status: 401, code: "unauthenticated" };
	if (access === "anyone") return null;
	if (withoutSession.includes(actor)) return unauthenticated;
	if (!access.startsWith("app:")) return null;
	if (actor === "other tenant") return { status: 404, code: "not_found" };
	const forbidden = { status: 403, code: "forbidden" };
	if (actor === "viewer" || actor === "workspace viewer") return access === "app:view" ? null : forbidden;
	if (actor === "editor" || actor === "workspace editor") return access === "app:own" ? forbidden : null;
	return null;
}

async function makeWorld(): Promise<World> {
	const [owner, editor, viewer, colleague, onlooker, revoked, gone] = (await Promise.all(
		["Olga", "Edda", "Vera", "Cora", "Oona", "Rhea", "Gus"].map((name) => signUpPerson(host, "us-east", name)),
	)) as [Person, Person, Person, Person, Person, Person, Person];
	const other = await signUpNeighbour(host, owner, "Otto");
	const abroad = await signUpPerson(host, "eu-west", "Elke");
	const planned = await host.operate({ command: "set-plan", region: "us-east", who: owner.email, plan: "studio" });
	expect(planned.ok, planned.text).toBe(true);
	const made = (await owner.call("/api/apps", { method: "POST", body: { prompt: "A list of books" } })).json;
	await waitForBuild(owner, made.appId, made.buildId);
	const second = (await owner.call("/api/apps", { method: "POST", body: { prompt: "A list of secrets" } })).json;
	await waitForBuild(owner, second.appId, second.buildId);
	const foreign = (await other.call("/api/apps", { method: "POST", body: { prompt: "A list of films" } })).json;
	await waitForBuild(other, foreign.appId, foreign.buildId);
	for (const [guest, role, scope] of [
		[editor, "editor", "app"],
		[viewer, "viewer", "app"],
		[colleague, "editor", "workspace"],
		[onlooker, "viewer", "workspace"],
		[gone, "editor", "app"],
	] as const) {
		await addGuest(host, owner, made.appId, guest, { role, scope });
	}
	const { versionId } = (await owner.call(`/api/apps/${made.appId}/publish`)).json;
	await owner.call(`/api/apps/${made.appId}/publish`, {
		method: "POST",
		body: { versionId, audience: "people", reviewed: true },
	});
	const stolen = revoked.cookie;
	await revoked.call("/api/account/sign-out", { method: "POST" });
	// nothing in the directory refers to the row that goes, so nothing else has to go
	expect((await gone.call(`/api/apps/${made.appId}`)).status).toBe(200);
	await removeAccountRow(host, gone);
	return {
		people: {
			owner,
			editor,
			viewer,
			"workspace editor": colleague,
			"workspace viewer": onlooker,
			"other tenant": other,
			"eu-west at us-east": makeClient(host, "us-east", abroad.cookie),
			"us-east at eu-west": makeClient(host, "eu-west", owner.cookie),
			"revoked session": makeClient(host, "us-east", stolen),
			"deleted account": makeClient(host, "us-east", gone.cookie),
			anonymous: makeClient(host, "us-east"),
		},
		...made,
		otherAppId: second.appId,
		versionId,
		otherVersionId: (await other.call(`/api/apps/${foreign.appId}`)).json.currentVersionId,
	};
}

let routes: { key: string; access: Access; limits: string[] }[] = [];

beforeAll(async () => {
	host = await startTestHost();
	world = await makeWorld();
	const { paths } = (await makeClient(host, "us-east").call("/api/openapi.json")).json as {
		paths: Record<string, Record<string, { "x-access": Access; "x-limits": string[] }>>;
	};
	routes = Object.entries(paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]) => ({
			key: `${method.toUpperCase()} ${path}`,
			access: operation["x-access"],
			limits: operation["x-limits"],
		})),
	);
});
afterAll(() => host?.close());

async function callAs(
	actor: Actor,
	key: string,
	row: Row,
	appId = world.appId,
	headers: Record<string, string> = {},
): Promise<Answer> {
	const [method = "", path = ""] = key.split(" ");
	const params = { appId, ...row.params?.(world) };
	const filled = Object.entries(params).reduce((text, [name, value]) => text.replace(`{${name}}`, value), path);
	const person = world.people[actor];
	const client = makeClient(host, person.region, person.cookie);
	const body = row.body ? { body: row.body(world) } : {};
	calls++;
	return client.call(filled + (row.query?.(world) ?? ""), { method, headers, ...body });
}

const withoutId = (text: string) => text.replace(/req_[0-9a-f]{32}/g, "");

describe("the route table", () => {
	it("has a row for every route, and a route for every row", () => {
		expect(routes.map(({ key }) => key).sort()).toEqual(Object.keys(rows).sort());
		for (const { key, access } of routes) expect(access, key).toBeTypeOf("string");
	});

	it("has a limit on everything that a stranger may send, and on work that costs no credit", () => {
		const unlimited = routes.filter(({ key, limits }) => !key.startsWith("GET ") && limits.length === 0);
		expect(unlimited.map(({ key }) => key).sort()).toEqual(Object.keys(boundedOtherwise).sort());
		for (const { key, access } of unlimited) if (access === "anyone") expect(key).toBe("POST /api/account/sign-out");
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
});

describe("the owner's other app", () => {
	it.each(Object.entries(rows).filter(([key]) => key.includes("/apps/{appId}")))(
		"is not there for guests of one app: %s",
		async (key, row) => {
			const missing = await callAs("editor", key, row, `app_${zero}`);
			for (const actor of ["editor", "viewer", "other tenant"] as const) {
				const answer = await callAs(actor, key, row, world.otherAppId);
				expect([actor, answer.status, withoutId(answer.text)]).toEqual([actor, 404, withoutId(missing.text)]);
			}
		},
	);

	it("is there for members of the workspace in their role, and listed; guests see the one that they were given", async () => {
		const seenBy = async (actor: Actor) => {
			const { apps } = (await callAs(actor, "GET /api/apps", { status: 200 })).json;
			return apps
				.filter(({ role }: { role: string }) => role !== "owner")
				.map(({ id, role }: { id: string; role: string }) => [id, role])
				.sort();
		};
		const owned = (await callAs("owner", "GET /api/apps", { status: 200 })).json.apps as { id: string }[];
		const ids = owned.map(({ id }) => id).sort();
		expect(ids).toEqual(expect.arrayContaining([world.appId, world.otherAppId]));
		const every = (role: string) => ids.map((id) => [id, role]);
		expect(await seenBy("workspace editor")).toEqual(every("editor"));
		expect(await seenBy("workspace viewer")).toEqual(every("viewer"));
		expect(await seenBy("editor")).toEqual([[world.appId, "editor"]]);
		expect(await seenBy("viewer")).toEqual([[world.appId, "viewer"]]);
		expect(await seenBy("other tenant")).toEqual([]);
		for (const actor of ["workspace editor", "workspace viewer"] as const) {
			const detail = await callAs(actor, "GET /api/apps/{appId}", { status: 200 }, world.otherAppId);
			expect([detail.status, detail.json.role]).toEqual([200, actor.replace("workspace ", "")]);
		}
	});
});

// Being a member lets one at the workspace's apps; the workspace itself, its history, credits and approvals, stays the owner's.
describe("what belongs to a workspace", () => {
	it.each(["workspace editor", "workspace viewer", "editor", "viewer", "other tenant"] as const)(
		"is one's own for %s",
		async (actor) => {
			const own = (await callAs("owner", "GET /api/history", { status: 200 })).json.entries;
			expect(own.length).toBeGreaterThanOrEqual(2);
			const history = await callAs(actor, "GET /api/history", { status: 200 });
			for (const { buildId } of own) expect(history.text).not.toContain(buildId);
			const credits = await callAs(actor, "GET /api/credits", { status: 200 });
			expect(credits.json.plan).toBe("free");
			const account = await callAs(actor, "GET /api/account", { status: 200 });
			expect(account.json.plan).toBe("free");
			for (const { buildId } of own) expect(credits.text).not.toContain(buildId);
			const removal = await callAs(actor, "DELETE /api/history/{buildId}", {
				status: 404,
				params: () => ({ buildId: own[0].buildId }),
			});
			expect(removal.status).toBe(404);
		},
	);
});

describe.each(Object.entries(rows).filter(([key]) => key.includes("/apps/{appId}")))(
	"to another tenant, %s",
	(key, row) => {
		it("answers a foreign app and a missing one alike", async () => {
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

		// The clock is no oracle of a test; what is done until the answer is: the same statements and calls, in the same order.
		it("does the same work for a foreign app and a missing one", async () => {
			const workFor = async (appId: string) => {
				const answer = await callAs("other tenant", key, row, appId, { [workHeader]: "1" });
				const work = JSON.parse(String(answer.headers[workHeader])) as string[];
				return work.map((step) => host.statements.textOf(step.split(" ")[1] ?? "") ?? step);
			};
			const [foreign, missing] = [await workFor(world.appId), await workFor(`app_${zero}`)];
			expect(foreign).toEqual(missing);
			// it is seen: at least the session and the right to the app were looked up
			expect(foreign.length).toBeGreaterThanOrEqual(2);
			compared.push(key);
		});
	},
);

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
	reportFigures("matrix", {
		routes: routes.length,
		actors: actors.length,
		"calls compared": calls,
		"routes with the same work for foreign and missing": compared.length,
	});
	expect(calls).toBeGreaterThan(routes.length * actors.length - 50);
});
