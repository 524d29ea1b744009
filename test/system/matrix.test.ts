// Every route by every actor. The routes come from the API's own document: a route without a row here fails, and so does a row
// without a route. What each actor must see follows from the route's access; a foreign thing and a missing one answer alike.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Client, makeClient, signUpPerson, waitForBuild } from "../support/client.ts";
import { reportFigures } from "../support/figures.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { signUpNeighbour } from "../support/neighbours.ts";
import { addGuest, type Person, removeAccountRow } from "../support/people.ts";
import { workHeader } from "../support/recording/wire.ts";
import {
	type Access,
	type Actor,
	actors,
	boundedOtherwise,
	type Row,
	readRoutes,
	rows,
	type World,
	zero,
} from "../support/route-rows.ts";

let host: TestHost;
let world: World;
/** Answers that were compared with what they must be. */
let calls = 0;
/** Routes whose work for a foreign app and for a missing one was compared. */
const compared: string[] = [];

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

let routes: Awaited<ReturnType<typeof readRoutes>> = [];

beforeAll(async () => {
	host = await startTestHost();
	world = await makeWorld();
	routes = await readRoutes(host);
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
