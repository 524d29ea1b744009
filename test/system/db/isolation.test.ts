// Two tenants in one shard. Whatever the first one's statement says, it sees and changes nothing of the second's; and each
// layer (prefix, view, filter, guard, key structure) holds alone, with the gate taken away.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DbError } from "#db/errors.ts";
import { type Context, type Gate, openGate } from "#db/rls/gate.ts";
import { createApp, getApp, pageApps, renameApp } from "#db/stores/apps.ts";
import { getBuild, pageBuilds, queueBuild } from "#db/stores/builds.ts";
import { getBalance, pageLedger } from "#db/stores/credits.ts";
import { pagePrompts } from "#db/stores/prompt-history.ts";
import { appendVersion, getVersion } from "#db/stores/versions.ts";
import { createWorkspace, getWorkspace } from "#db/stores/workspace.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { apps } from "#db/tables/apps.ts";
import { balance } from "#db/tables/balance.ts";
import { type AppId, type BuildId, makeId, makeLabel, type VersionId } from "#schema/ids.ts";
import { type Databases, makeTenant, startDatabases, type Tenant } from "./databases.ts";

let databases: Databases;
let ada: Filled;
let bob: Filled;
beforeAll(async () => {
	databases = await startDatabases();
	ada = await fillTenant();
	bob = await fillTenant();
});
afterAll(() => databases.dispose());

/** Everything of Bob's, to compare before and after. */
const bobsRows = async () => {
	const rows = [];
	for (const { base } of tenantPolicies.values()) {
		rows.push(
			(await databases.shard.prepare(`SELECT * FROM ${base} WHERE owner_id = ?`).bind(bob.ownerId).all()).results,
		);
	}
	return JSON.stringify(rows);
};
let before: string;
beforeEach(async () => {
	before = await bobsRows();
});
const expectBobUntouched = async () => {
	expect(await bobsRows()).toBe(before);
	const left = await databases.shard.prepare("SELECT * FROM rls_ctx").all();
	expect(left.results).toEqual([]);
};

interface Filled extends Tenant {
	appId: AppId;
	otherAppId: AppId;
	buildId: BuildId;
	versionId: VersionId;
	gate(context?: Partial<Context>): Gate;
}

async function fillTenant(): Promise<Filled> {
	const tenant = await makeTenant(databases.shard);
	const { scope } = tenant;
	await createWorkspace(scope, { name: "Workspace", plan: "free", credits: 100 });
	const [app, other] = [await newApp(tenant), await newApp(tenant)];
	const prompt = { actorId: makeId("account"), prompt: "plants", offerId: null, parentVersionId: null, credits: 1 };
	const build = await queueBuild(scope, { ...prompt, appId: app });
	await queueBuild(scope, { ...prompt, appId: other });
	const version = await appendVersion(scope, newVersion(app));
	await appendVersion(scope, newVersion(other));
	return {
		...tenant,
		appId: app,
		otherAppId: other,
		buildId: build.id,
		versionId: version.id,
		gate: (context) =>
			openGate(databases.shard, tenantPolicies, {
				ownerId: tenant.ownerId,
				appId: null,
				mayWrite: true,
				isErasing: false,
				accountId: null,
				...context,
			}),
	};
}

const newApp = async (tenant: Tenant) =>
	(await createApp(tenant.scope, { name: "App", description: "", previewLabel: makeLabel() })).id;
const newVersion = (appId: AppId) => ({
	appId,
	parentId: null,
	packKey: "k",
	message: "m",
	origin: "manual" as const,
	sizeBytes: 1,
	manifest: { json: "{}" },
});

describe("a read of one tenant", () => {
	const statements = [
		"SELECT owner_id FROM apps",
		"SELECT owner_id FROM apps WHERE 1 OR owner_id <> ''",
		"SELECT a.owner_id FROM apps a JOIN versions v ON 1",
		"SELECT b.owner_id FROM apps a JOIN apps b ON a.id <> b.id OR 1",
		"SELECT v.owner_id FROM apps a LEFT JOIN versions v ON 1 WHERE v.owner_id IS NOT NULL",
		"SELECT owner_id FROM builds WHERE EXISTS (SELECT 1 FROM apps)",
		"SELECT owner_id FROM apps UNION SELECT owner_id FROM versions UNION ALL SELECT owner_id FROM ledger",
		"SELECT owner_id FROM (SELECT * FROM messages)",
		"WITH x AS (SELECT owner_id FROM balance), y AS (SELECT * FROM x) SELECT owner_id FROM y",
		"SELECT min(owner_id) OVER () FROM apps",
		"SELECT max(owner_id) FROM versions GROUP BY owner_id HAVING 1",
		"SELECT (SELECT max(owner_id) FROM apps)",
		"SELECT owner_id FROM apps INTERSECT SELECT owner_id FROM versions",
		"SELECT coalesce(x.owner_id, a.owner_id) FROM versions x RIGHT JOIN apps a ON x.app_id = a.id",
	];
	test.each(statements)("shows its own rows only: %s", async (statement) => {
		const rows = await ada.gate().read({ sql: statement, params: [] });
		expect(new Set(rows.flat())).toEqual(new Set([ada.ownerId]));
	});

	test("finds nothing by another tenant's id, in every store", async () => {
		expect(await getApp(ada.scope, bob.appId)).toBeNull();
		expect(await getBuild(ada.scope, bob.appId, bob.buildId)).toBeNull();
		expect(await getBuild(ada.scope, ada.appId, bob.buildId)).toBeNull();
		expect(await getVersion(ada.scope, bob.appId, bob.versionId)).toBeNull();
		expect((await pageBuilds(ada.scope, bob.appId)).items).toEqual([]);
		expect(await renameApp(ada.scope, bob.appId, { name: "mine" })).toBe(false);
		await expectBobUntouched();
	});

	test("counts its own rows only", async () => {
		const [row] = await ada.gate().read({ sql: "SELECT count(*) FROM apps, versions", params: [] });
		expect(row).toEqual([4]);
	});
});

describe("a write of one tenant", () => {
	const set = (statement: string, ...params: unknown[]) => ada.gate().write([{ sql: statement, params }]);

	test("changes and deletes its own rows only, with any WHERE or none", async () => {
		await set("UPDATE t_apps SET name = name");
		await set("UPDATE t_apps SET name = name WHERE 1 OR 1");
		await set("UPDATE t_apps AS a SET name = a.name FROM versions v WHERE v.app_id = a.id OR 1");
		await set("DELETE FROM t_app_references");
		await set("UPDATE t_builds SET prompt = prompt WHERE id = ?", bob.buildId);
		const [deleted] = await set("DELETE FROM t_disclosures WHERE 1 RETURNING owner_id");
		expect(deleted?.rows).toEqual([]);
		await expectBobUntouched();
	});

	test("returns its own rows only, whatever RETURNING or SET asks", async () => {
		const [result] = await set(
			"UPDATE t_apps SET name = name RETURNING owner_id, (SELECT count(*) FROM apps), (SELECT max(owner_id) FROM versions)",
		);
		expect(result?.rows).toEqual([
			[ada.ownerId, 2, ada.ownerId],
			[ada.ownerId, 2, ada.ownerId],
		]);
	});

	test("copies from its own rows only", async () => {
		const [copied] = await set(
			`INSERT INTO t_approvals SELECT owner_id, 'apr_' || id, 'p', 'd', 'acc_x', 1, NULL FROM apps RETURNING owner_id`,
		);
		expect(new Set(copied?.rows.flat())).toEqual(new Set([ada.ownerId]));
		expect(copied?.rows).toHaveLength(2);
		await expectBobUntouched();
	});

	test("cannot insert for another owner, nor take over another's key", async () => {
		const insert =
			"INSERT INTO t_approvals (owner_id, id, provider, destination, approved_by, at) VALUES (?, ?, 'p', 'd', 'a', 1)";
		await expect(set(insert, bob.ownerId, "apr_1")).rejects.toEqual(new DbError("guard"));
		await expect(set(`${insert} ON CONFLICT DO UPDATE SET provider = 'x'`, bob.ownerId, "apr_1")).rejects.toEqual(
			new DbError("guard"),
		);
		// The same id under one's own owner is a row of one's own: no conflict, so no oracle either.
		const app = `INSERT INTO t_apps SELECT ?, ?, name, '', 'l', NULL, NULL, NULL, 0, NULL, 'active', 1, 1 FROM apps LIMIT 1`;
		await set(app, ada.ownerId, bob.appId);
		await set("DELETE FROM t_apps WHERE id = ?", bob.appId);
		await expectBobUntouched();
	});

	test("cannot give a row away, nor rename it", async () => {
		await expect(set("UPDATE t_apps SET owner_id = ?", bob.ownerId)).rejects.toEqual(new DbError("guard"));
		await expect(set("UPDATE OR IGNORE t_apps SET owner_id = ?", bob.ownerId)).rejects.toEqual(new DbError("guard"));
		await expect(set("UPDATE t_apps SET id = ? WHERE id = ?", bob.appId, ada.appId)).rejects.toEqual(
			new DbError("guard"),
		);
		await expectBobUntouched();
	});

	test("cannot hang a row on another tenant's parent, and learns nothing from trying", async () => {
		const append = (appId: AppId) => appendVersion(ada.scope, newVersion(appId)).catch((error) => error);
		const [foreign, missing] = [await append(bob.appId), await append(makeId("app"))];
		expect(foreign).toEqual(new DbError("conflict"));
		expect(foreign).toEqual(missing);
		await expectBobUntouched();
	});

	test("is all or nothing, and leaves no context behind when it fails", async () => {
		const gate = ada.gate();
		const good = { sql: "UPDATE t_apps SET may_fork = 1", params: [] };
		const bad = { sql: "UPDATE t_apps SET owner_id = ?", params: [bob.ownerId] };
		await expect(gate.write([good, bad])).rejects.toEqual(new DbError("guard"));
		expect((await pageApps(ada.scope)).items.some((app) => app.mayFork)).toBe(false);
		await expectBobUntouched();
	});

	test("ignores a context that was left behind, and a doubled one cannot be", async () => {
		const context = "INSERT INTO rls_ctx (k, owner_id, app_id, may_write, is_erasing) VALUES (?, ?, NULL, 1, 1)";
		await databases.shard.prepare(context).bind(1, bob.ownerId).run();
		await expect(databases.shard.prepare(context).bind(2, bob.ownerId).run()).rejects.toThrow();
		const [changed] = await set("UPDATE t_apps SET name = name RETURNING owner_id");
		expect(changed?.rows).toEqual([[ada.ownerId], [ada.ownerId]]);
		await databases.shard.prepare(context).bind(1, bob.ownerId).run();
		await expect(set("DELETE FROM t_ledger")).rejects.toEqual(new DbError("guard"));
		await databases.shard.prepare("DELETE FROM rls_ctx").run();
		await expectBobUntouched();
	});

	test("by drizzle is filled and filtered the same", async () => {
		const [changed] = await ada.scope.write((rows) => [
			rows.update(apps.table).set({ mayFork: false }).returning({ ownerId: apps.table.ownerId }),
		]);
		expect(new Set(changed.map((row) => row.ownerId))).toEqual(new Set([ada.ownerId]));
		const foreign = ada.scope.write((rows) => [
			rows.insert(balance.table).values({ ownerId: bob.ownerId, credits: 5 }),
		]);
		await expect(foreign).rejects.toEqual(new DbError("guard"));
		const moved = ada.scope.write((rows) => [rows.update(apps.table).set({ ownerId: bob.ownerId }).where(sql`1`)]);
		await expect(moved).rejects.toEqual(new DbError("guard"));
		await expectBobUntouched();
	});

	test("cannot run outside its transaction, and a read cannot name a base table", async () => {
		let escaped: unknown;
		await ada.scope.write((rows) => {
			escaped = rows.delete(apps.table);
			return [];
		});
		await expect(escaped).rejects.toThrow();
		await expect(ada.scope.read((rows) => rows.select().from(apps.table))).rejects.toEqual(new DbError("gate"));
		expect((await pageApps(ada.scope)).items).toHaveLength(2);
	});
});

describe("a guest of one app", () => {
	test("sees that app and nothing else of the tenant", async () => {
		const guest = ada.guest(ada.appId, false);
		expect((await pageApps(guest)).items.map((app) => app.id)).toEqual([ada.appId]);
		expect(await getApp(guest, ada.otherAppId)).toBeNull();
		expect((await pageBuilds(guest, ada.otherAppId)).items).toEqual([]);
		expect((await pagePrompts(guest)).items.map((entry) => entry.appId)).toEqual([ada.appId]);
		expect(await getWorkspace(guest)).toBeNull();
		expect(await getBalance(guest)).toBe(0);
		expect((await pageLedger(guest)).items).toEqual([]);
	});

	test("who is a viewer changes nothing, by any layer", async () => {
		// Refused even where no row would be touched.
		const missing = renameApp(ada.guest(ada.appId, false), makeId("app"), { name: "x" });
		await expect(missing).rejects.toEqual(new DbError("guard"));
		await expect(renameApp(ada.guest(ada.appId, false), ada.appId, { name: "x" })).rejects.toEqual(
			new DbError("guard"),
		);
		const gate = ada.gate({ appId: ada.appId, mayWrite: false });
		await expect(gate.write([{ sql: "UPDATE t_apps SET may_fork = 1", params: [] }])).rejects.toEqual(
			new DbError("guard"),
		);
		const readOnly = ada.gate({ mayWrite: false });
		await expect(readOnly.write([{ sql: "DELETE FROM t_messages", params: [] }])).rejects.toEqual(new DbError("guard"));
	});

	test("who is an editor reads only that app inside a write too", async () => {
		const counts = ["apps", "versions", "builds", "messages", "ledger", "balance", "workspace"]
			.map((name) => `(SELECT count(*) FROM ${name})`)
			.join(", ");
		const [result] = await ada
			.gate({ appId: ada.appId })
			.write([{ sql: `UPDATE t_apps SET name = name RETURNING id, ${counts}`, params: [] }]);
		expect(result?.rows).toEqual([[ada.appId, 1, 1, 1, 1, 0, 0, 0]]);
	});

	test("who is an editor changes that app, and neither the other nor the workspace", async () => {
		const editor = ada.guest(ada.appId, true);
		expect(await renameApp(editor, ada.appId, { name: "Edited" })).toBe(true);
		expect(await renameApp(editor, ada.otherAppId, { name: "Edited" })).toBe(false);
		expect((await appendVersion(editor, newVersion(ada.appId))).number).toBe(2);
		await expect(appendVersion(editor, newVersion(ada.otherAppId))).rejects.toEqual(new DbError("guard"));
		const gate = ada.gate({ appId: ada.appId });
		const write = (statement: string, ...params: unknown[]) => gate.write([{ sql: statement, params }]);
		await write("UPDATE t_balance SET credits = 1000000");
		await write("UPDATE t_workspace SET plan = 'studio'");
		expect(await getBalance(ada.scope)).toBe(98);
		expect((await getWorkspace(ada.scope))?.plan).toBe("free");
		const approve =
			"INSERT INTO t_approvals (owner_id, id, provider, destination, approved_by, at) VALUES (?, 'apr_x', 'p', 'd', 'a', 1)";
		await expect(write(approve, ada.ownerId)).rejects.toEqual(new DbError("guard"));
		await expect(write("UPDATE t_builds SET app_id = ?", ada.otherAppId)).rejects.toEqual(new DbError("guard"));
		await expect(createApp(editor, { name: "new", description: "", previewLabel: makeLabel() })).rejects.toEqual(
			new DbError("guard"),
		);
	});
});

describe("without the gate", () => {
	test("a read that lost its prefix finds no rows: outside a write the views are empty", async () => {
		for (const { name } of tenantPolicies.values()) {
			const { results } = await databases.shard.prepare(`SELECT * FROM ${name}`).all();
			expect(results, name).toEqual([]);
		}
	});

	test("every table refuses insert, update and delete without a context", async () => {
		for (const { base, name } of tenantPolicies.values()) {
			const row = await databases.shard.prepare(`SELECT * FROM ${base} LIMIT 1`).first<Record<string, unknown>>();
			if (!row) continue;
			const columns = Object.keys(row);
			const insert = `INSERT INTO ${base} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
			const run = (statement: string, ...params: unknown[]) =>
				databases.shard
					.prepare(statement)
					.bind(...params)
					.run();
			await expect(run(insert, ...Object.values(row)), `${name} insert`).rejects.toThrow(/freehold: (guard|conflict)/);
			await expect(run(`UPDATE ${base} SET owner_id = owner_id`), `${name} update`).rejects.toThrow(/freehold: guard/);
			await expect(run(`DELETE FROM ${base}`), `${name} delete`).rejects.toThrow(/freehold: guard/);
		}
	});

	const inContext = (ownerId: string, appId: string | null, statement: string, ...params: unknown[]) =>
		databases.shard.batch([
			databases.shard
				.prepare("INSERT INTO rls_ctx (k, owner_id, app_id, may_write, is_erasing) VALUES (1, ?, ?, 1, 0)")
				.bind(ownerId, appId),
			databases.shard.prepare(statement).bind(...params),
			databases.shard.prepare("DELETE FROM rls_ctx"),
		]);

	test("an update or delete that lost its filter is stopped by the first foreign row", async () => {
		await expect(inContext(ada.ownerId, null, "UPDATE t_apps SET name = 'x'")).rejects.toThrow(/freehold: guard/);
		await expect(inContext(ada.ownerId, null, "DELETE FROM t_messages")).rejects.toThrow(/freehold: guard/);
		await expect(
			inContext(ada.ownerId, ada.appId, "DELETE FROM t_messages WHERE owner_id = ?", ada.ownerId),
		).rejects.toThrow(/freehold: guard/);
		await expectBobUntouched();
	});

	test("REPLACE reaches no other tenant, no other app, and no row that is kept", async () => {
		const replace = (table: string, values: string, ...params: unknown[]) =>
			inContext(ada.ownerId, null, `INSERT OR REPLACE INTO ${table} VALUES ${values}`, ...params);
		const message = "(?, ?, ?, ?, 'user', 'x', 1)";
		const { results } = await databases.shard
			.prepare("SELECT id, app_id, build_id FROM t_messages WHERE owner_id = ?")
			.bind(ada.ownerId)
			.all();
		const own = results.find((row) => row.app_id === ada.appId);
		await expect(replace("t_messages", message, ada.ownerId, own?.id, ada.otherAppId, ada.buildId)).rejects.toThrow(
			/freehold: guard/,
		);
		const entry = await databases.shard
			.prepare("SELECT * FROM t_ledger WHERE owner_id = ? AND build_id = ?")
			.bind(ada.ownerId, ada.buildId)
			.first();
		const kept = "(?, ?, 'reserve', 0, ?, 'x', 1)";
		await expect(replace("t_ledger", kept, ada.ownerId, entry?.id, ada.buildId)).rejects.toThrow(/freehold: conflict/);
		await expect(replace("t_ledger", kept, ada.ownerId, "led_new", ada.buildId)).rejects.toThrow(/freehold: conflict/);
		const again = (id: string, number: string) =>
			inContext(
				ada.ownerId,
				null,
				`INSERT OR REPLACE INTO t_versions SELECT owner_id, ${id}, app_id, ${number}, parent_id, 'x', NULL, pack_key, message, origin,
				build_id, size_bytes, created_at FROM versions`,
			);
		await expect(again("id", "number + 1000")).rejects.toThrow(/freehold: conflict/);
		await expect(again("'ver_' || hex(randomblob(16))", "number")).rejects.toThrow(/freehold: conflict/);
		await expectBobUntouched();
	});

	test("a version never changes, and a ledger row neither changes nor goes", async () => {
		const [own] = [ada.ownerId];
		await expect(inContext(own, null, "UPDATE t_versions SET message = 'x' WHERE owner_id = ?", own)).rejects.toThrow(
			/guard/,
		);
		await expect(inContext(own, null, "UPDATE t_ledger SET delta = 9 WHERE owner_id = ?", own)).rejects.toThrow(
			/guard/,
		);
		await expect(inContext(own, null, "DELETE FROM t_ledger WHERE owner_id = ?", own)).rejects.toThrow(/guard/);
	});

	test("a row that leaked would not open: another owner's sealer, another row, another column", async () => {
		const row = await databases.shard
			.prepare("SELECT name, description FROM t_apps WHERE id = ?")
			.bind(bob.appId)
			.first<{ name: string }>();
		const place = { table: "apps", column: "name", row: bob.appId };
		const sealed = row?.name ?? "";
		await expect(bob.sealer.open(place, sealed)).resolves.toBe("App");
		await expect(ada.sealer.open(place, sealed)).rejects.toThrow();
		await expect(bob.sealer.open({ ...place, row: bob.otherAppId }, sealed)).rejects.toThrow();
		await expect(bob.sealer.open({ ...place, column: "description" }, sealed)).rejects.toThrow();
	});
});

describe("an error", () => {
	test("says a reason and nothing else", async () => {
		const failing: (() => Promise<unknown>)[] = [
			() => ada.scope.write((rows) => [rows.insert(apps.table).values({ id: ada.appId, name: "SECRET" } as never)]),
			() => ada.scope.read((rows) => rows.select({ secret: sql`SECRET` }).from(apps.relation)),
			() => ada.scope.read((rows) => rows.select().from(apps.relation).where(eq(sql`no_such_column`, "SECRET"))),
		];
		for (const work of failing) {
			const error: unknown = await work().catch((reason: unknown) => reason);
			expect(error).toBeInstanceOf(DbError);
			expect(`${error}${JSON.stringify(error)}${(error as Error).stack}${(error as Error).cause}`).not.toMatch(
				/SECRET|t_apps/,
			);
		}
	});
});
