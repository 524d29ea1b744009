// "A query for one tenant can never return another's rows, even with the WHERE forgotten; a guest of one app sees only that app"
// Two people who share a shard of the running host, with what the product wrote for them. Then each layer is taken away in turn.
import { beforeAll, describe, expect, it } from "vitest";
import { type Context, checkRead, checkWrite, type Gate, openGate } from "#db/rls/gate.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { tokenMailedTo } from "../support/host.ts";
import {
	at,
	buildApp,
	databaseOf,
	makeCanary,
	operate,
	ownerOf,
	ownerRows,
	type Person,
	post,
	rowsOf,
	signUp,
	succeed,
} from "../support/promise-client.ts";

const region = "us-east";
const secret = makeCanary();

interface Tenant {
	person: Person;
	appId: string;
	otherAppId: string;
	ownerId: string;
	shard: string;
}
let ada: Tenant;
let bob: Tenant;
let gate: Gate;
let context: Context;

beforeAll(async () => {
	// of three people, two share one of the two shards
	const people = await Promise.all(
		["Ada", "Bob", "Cleo"].map(async (name): Promise<Tenant> => {
			const person = await signUp(region, name);
			const { appId } = await buildApp(person, `An inventory, and ${secret}`);
			const { appId: otherAppId } = await buildApp(person, "A reading list");
			succeed(
				await person.call(`/api/apps/${appId}`, { method: "PATCH", body: { name: `${secret} of ${name}` } }),
				200,
			);
			return { person, appId, otherAppId, ...(await ownerOf(region, appId)) };
		}),
	);
	const shared = people.filter(({ shard }) => people.filter((other) => other.shard === shard).length > 1);
	[ada, bob] = shared as [Tenant, Tenant];
	context = { ownerId: ada.ownerId, appId: null, accountId: null, mayWrite: true, isErasing: false };
	gate = openGate(databaseOf(region, ada.shard), tenantPolicies, context);
});

const owners = (rows: unknown[][]) => [...new Set(rows.flat())];
const setContext = () =>
	databaseOf(region, ada.shard).prepare("INSERT INTO rls_ctx VALUES (1, ?, NULL, NULL, 1, 0)").bind(ada.ownerId);
const clearContext = () => databaseOf(region, ada.shard).prepare("DELETE FROM rls_ctx");
const batch = (...statements: unknown[]) =>
	databaseOf(region, ada.shard).batch<Record<string, unknown>>(statements as never);
const sqlOf = async (name: string) =>
	String((await rowsOf(region, ada.shard, "SELECT sql FROM sqlite_master WHERE name = ?", name))[0]?.[0]);

describe("with the WHERE forgotten", () => {
	it.each([...tenantPolicies.keys()])("a read of %s returns one tenant's rows", async (name) => {
		const rows = await gate.read({ sql: `SELECT owner_id FROM ${name}`, params: [] });
		expect(rows.every(([owner]) => owner === ada.ownerId)).toBe(true);
		const [all] = await rowsOf(region, ada.shard, `SELECT count(*) FROM t_${name} WHERE owner_id = ?`, ada.ownerId);
		expect(rows).toHaveLength(Number(all?.[0]));
	});

	it.each([
		"SELECT owner_id FROM apps WHERE 1 OR owner_id <> ''",
		"SELECT b.owner_id FROM apps a, builds b",
		"SELECT v.owner_id FROM builds b RIGHT JOIN versions v ON 1",
		"SELECT owner_id FROM apps UNION ALL SELECT owner_id FROM messages",
		"WITH x AS (SELECT * FROM versions) SELECT owner_id FROM x",
		"SELECT (SELECT max(owner_id) FROM apps) FROM builds",
	])("so does %s", async (sql) => {
		expect(owners(await gate.read({ sql, params: [] }))).toEqual([ada.ownerId]);
	});

	it("a write changes one tenant's rows", async () => {
		const before = await ownerRows(region, bob.ownerId);
		const results = await gate.write([
			{ sql: "UPDATE t_apps SET may_fork = 1 RETURNING owner_id", params: [] },
			{ sql: "UPDATE t_apps SET may_fork = 0 WHERE 1 OR id <> '' RETURNING owner_id", params: [] },
			{ sql: "DELETE FROM t_messages RETURNING owner_id", params: [] },
		]);
		for (const { rows } of results) expect(owners(rows)).toEqual([ada.ownerId]);
		expect(await ownerRows(region, bob.ownerId)).toEqual(before);
	});

	it("an id of another tenant finds nothing, and the product answers as for one that does not exist", async () => {
		expect(await gate.read({ sql: "SELECT * FROM apps WHERE id = ?", params: [bob.appId] })).toEqual([]);
		for (const path of ["", "/versions", "/messages", "/builds", "/disclosures", "/sharing", "/download"]) {
			const foreign = await ada.person.call(`/api/apps/${bob.appId}${path}`);
			const missing = await ada.person.call(`/api/apps/app_${"0".repeat(32)}${path}`);
			const plain = (text: string) => text.replace(/req_[0-9a-f]{32}/g, "");
			expect([foreign.status, plain(foreign.text)], path).toEqual([404, plain(missing.text)]);
		}
		const everything = await ada.person.call("/api/apps");
		expect(everything.text).toContain(`${secret} of`);
		expect(everything.text).not.toContain(bob.appId);
	});
});

describe("each layer alone", () => {
	it("the gate refuses what would step around it", async () => {
		for (const sql of [
			"SELECT * FROM t_apps",
			"SELECT * FROM apps; SELECT * FROM t_apps",
			"SELECT * FROM main.apps",
			"SELECT * FROM apps, rls_ctx",
			"WITH apps AS (SELECT 1) SELECT * FROM apps",
		]) {
			expect(checkRead(sql, tenantPolicies, context).ok, sql).toBe(false);
		}
	});

	it("without the gate, a relation is empty outside a write and the tenant's own inside one", async () => {
		for (const name of tenantPolicies.keys()) {
			expect(await rowsOf(region, ada.shard, `SELECT * FROM ${name}`), name).toEqual([]);
		}
		const read = databaseOf(region, ada.shard).prepare("SELECT owner_id FROM apps");
		const [, inside] = await batch(setContext(), read, clearContext());
		expect(inside?.results.map((row) => row["owner_id"])).toEqual([ada.ownerId, ada.ownerId]);
	});

	it("without the gate's filter, the guards stop a write of everybody's rows", async () => {
		for (const sql of ["UPDATE t_apps SET may_fork = 1", "DELETE FROM t_messages WHERE owner_id <> ''"]) {
			const write = databaseOf(region, ada.shard).prepare(sql);
			await expect(batch(setContext(), write, clearContext()), sql).rejects.toThrow(/freehold: guard/);
		}
	});

	it("without the guards, the gate's filter keeps a write to the tenant's own rows", async () => {
		const guard = await sqlOf("t_apps_update");
		const checked = checkWrite("UPDATE t_apps SET may_fork = 0 RETURNING owner_id", tenantPolicies, context);
		if (!checked.ok) throw new Error(checked.reason);
		const prepare = (sql: string) => databaseOf(region, ada.shard).prepare(sql);
		// one transaction, which ends with the guard in place again
		const results = await batch(
			prepare("DROP TRIGGER t_apps_update"),
			setContext(),
			prepare(checked.sql),
			clearContext(),
			prepare(guard),
		);
		expect(results[2]?.results.map((row) => row["owner_id"])).toEqual([ada.ownerId, ada.ownerId]);
		expect(await sqlOf("t_apps_update")).toBe(guard);
	});

	it("without the view, the gate's own relation still shows one tenant's rows", async () => {
		const view = await sqlOf("apps");
		const checked = checkRead("SELECT owner_id FROM apps", tenantPolicies, context);
		if (!checked.ok) throw new Error(checked.reason);
		const prepare = (sql: string) => databaseOf(region, ada.shard).prepare(sql);
		const read = prepare(checked.sql).bind(...checked.params);
		const results = await batch(prepare("DROP VIEW apps"), read, prepare(view));
		expect(results[1]?.results.map((row) => row["owner_id"])).toEqual([ada.ownerId, ada.ownerId]);
	});

	it("without any of them, a row of another tenant does not open", async () => {
		const nameOf = async (appId: string) =>
			String((await rowsOf(region, ada.shard, "SELECT name FROM t_apps WHERE id = ?", appId))[0]?.[0]);
		const [own, foreign] = [await nameOf(ada.appId), await nameOf(bob.appId)];
		expect(foreign).not.toContain(secret);
		const put = (name: string) =>
			gate.write([{ sql: "UPDATE t_apps SET name = ? WHERE id = ?", params: [name, ada.appId] }]);
		await put(foreign);
		const answer = await ada.person.call(`/api/apps/${ada.appId}`);
		expect(answer.status).toBe(500);
		expect(answer.text).not.toContain(secret);
		await put(own);
		expect((await ada.person.call(`/api/apps/${ada.appId}`)).json.name).toContain(secret);
	});
});

describe("a guest of one app", () => {
	it("is shown that app and no other row of the tenant, with the WHERE forgotten too", async () => {
		const guest = openGate(databaseOf(region, bob.shard), tenantPolicies, {
			...context,
			ownerId: bob.ownerId,
			appId: bob.appId,
		});
		expect(await guest.read({ sql: "SELECT id FROM apps", params: [] })).toEqual([[bob.appId]]);
		for (const [name, policy] of tenantPolicies) {
			const column = policy.width === "app" ? policy.appColumn : "owner_id";
			const rows = await guest.read({ sql: `SELECT ${column} FROM ${name}`, params: [] });
			expect(owners(rows), name).toEqual(policy.width === "app" && rows.length > 0 ? [bob.appId] : []);
		}
		const [changed] = await guest.write([{ sql: "UPDATE t_apps SET may_fork = 0 RETURNING id", params: [] }]);
		expect(changed?.rows).toEqual([[bob.appId]]);
	});

	it("sees nothing else through the product", async () => {
		await operate({ command: "set-plan", region, who: bob.person.email, plan: "studio" });
		const body = { email: ada.person.email, role: "editor", scope: "app" };
		succeed(await post(bob.person, `/api/apps/${bob.appId}/invitations`, body), 201);
		const token = await tokenMailedTo(at(), ada.person.email, "/invitation");
		succeed(await post(ada.person, "/api/invitations/accept", { token }), 200);
		succeed(await ada.person.call(`/api/apps/${bob.appId}/versions`), 200);
		const { apps } = succeed(await ada.person.call("/api/apps"), 200);
		const ids = apps.map(({ id }: { id: string }) => id).sort();
		expect(ids).toEqual([ada.appId, ada.otherAppId, bob.appId].sort());
		expect((await ada.person.call(`/api/apps/${bob.otherAppId}`)).status).toBe(404);
		const history = (await ada.person.call("/api/history")).text;
		expect(history).toContain(ada.appId);
		expect(history).not.toContain(bob.appId);
	});
});
