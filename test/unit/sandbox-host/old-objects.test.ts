// Objects of apps that an earlier release wrote, opened by this one: made in a real Durable Object, with the statements of then.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeId, makeLabel } from "#schema/ids.ts";
import type { Viewer } from "#schema/rpc.ts";
import { type AppHost, startAppHost } from "../../support/app-host.ts";

/** As the releases before versions made them. They stay as they are: this is what lies in objects of then. */
const configTable =
	"CREATE TABLE IF NOT EXISTS config(k INTEGER PRIMARY KEY CHECK (k = 1), json TEXT NOT NULL, published INTEGER NOT NULL) STRICT";
const otherTables = [
	"CREATE TABLE codes(hash TEXT PRIMARY KEY, challenge TEXT NOT NULL, account_id TEXT NOT NULL, link_id TEXT NOT NULL, viewer TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
	"CREATE TABLE sessions(hash TEXT PRIMARY KEY, account_id TEXT NOT NULL, link_id TEXT NOT NULL, viewer TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
	"CREATE INDEX sessions_of_account ON sessions(account_id)",
	"CREATE INDEX sessions_of_link ON sessions(link_id)",
	"CREATE TABLE records(collection TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, size INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, by_account TEXT NOT NULL, by_name TEXT NOT NULL, PRIMARY KEY (collection, id)) STRICT, WITHOUT ROWID",
	"CREATE TABLE person_storage(person TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (person, key)) STRICT, WITHOUT ROWID",
	"CREATE TABLE totals(k INTEGER PRIMARY KEY CHECK (k = 1), records INTEGER NOT NULL CHECK (records >= 0), bytes INTEGER NOT NULL CHECK (bytes >= 0)) STRICT",
	"INSERT INTO totals(k, records, bytes) VALUES (1, 0, 0)",
];
const owner: Viewer = { role: "owner", accountId: makeId("account"), linkId: null, name: "Ada" };
const configOf = (label: string, more: object) => ({
	...{ state: "live", label, owner: makeId("owner"), appId: makeId("app"), kind: "live", audience: "private" },
	...{ bundle: null, previousId: null, ...more },
});
const writeConfig = (config: object, published: number): [string, ...unknown[]] => [
	"INSERT OR REPLACE INTO config(k, json, published) VALUES (1, ?, ?)",
	JSON.stringify(config),
	published,
];

type Statement = string | [string, ...unknown[]];
/** What lies in the object of each label. */
const labels = Object.fromEntries(
	["live", "blocked", "unpublished", "retired", "halfway", "later", "laterConfig"].map((name) => [name, makeLabel()]),
) as Record<"live" | "blocked" | "unpublished" | "retired" | "halfway" | "later" | "laterConfig", string>;
const expired = ["x".repeat(43), owner.accountId, "", JSON.stringify(owner), 1000] as const;
const notBlocked = { blocked: { app: false, owner: false } };
const objects: Record<string, Statement[]> = {
	[labels.live]: [
		...otherTables,
		configTable,
		writeConfig(configOf(labels.live, notBlocked), 1),
		[
			"INSERT INTO records VALUES ('notes', ?, ?, 17, 5, 6, ?, 'Ada')",
			"rec_0000000000000001",
			'{"title":"Hello"}',
			owner.accountId,
		],
		["INSERT INTO person_storage VALUES (?, 'colour', 'red', 9)", owner.accountId],
		"UPDATE totals SET records = 1, bytes = 26",
		["INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", ...expired],
	],
	[labels.blocked]: [...otherTables, configTable, writeConfig(configOf(labels.blocked, { audience: "blocked" }), 1)],
	// its alarm was about to repeat the write to the bucket
	[labels.unpublished]: [
		...otherTables,
		configTable,
		writeConfig(configOf(labels.unpublished, notBlocked), 0),
		["INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", ...expired],
	],
	[labels.retired]: [configTable, writeConfig({ state: "retired", label: labels.retired }, 1)],
	// cut off after this release's first step
	[labels.halfway]: [
		...otherTables,
		configTable,
		writeConfig(configOf(labels.halfway, notBlocked), 1),
		"CREATE TABLE _schema(k INTEGER PRIMARY KEY CHECK (k = 1), version INTEGER NOT NULL) STRICT",
		"INSERT INTO _schema VALUES (1, 1)",
	],
	[labels.later]: [
		...otherTables,
		configTable,
		writeConfig(configOf(labels.later, notBlocked), 1),
		"CREATE TABLE _schema(k INTEGER PRIMARY KEY CHECK (k = 1), version INTEGER NOT NULL) STRICT",
		"INSERT INTO _schema VALUES (1, 99)",
	],
	[labels.laterConfig]: [
		...otherTables,
		configTable,
		writeConfig({ ...configOf(labels.laterConfig, notBlocked), version: 99 }, 1),
	],
};

/** Runs statements in the object of a label, under the name and class that the real Worker has. */
async function inObjects<T>(
	folder: string,
	work: (run: (label: string, statements: Statement[]) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
	const script = `
		import { DurableObject } from "cloudflare:workers";
		export class AppRuntime extends DurableObject {
			async alarm() {}
			async fetch(request) {
				const rows = (await request.json()).flatMap((one) => {
					const [text, ...values] = typeof one === "string" ? [one] : one;
					return this.ctx.storage.sql.exec(text, ...values).toArray();
				});
				return Response.json(rows);
			}
		}
		export default { fetch: (request, env) => env.APP_RUNTIME.get(env.APP_RUNTIME.idFromName(new URL(request.url).hostname)).fetch(request) };`;
	const runtime = new Miniflare(
		convertV4MiniflareOptions({
			resourcePersistencePath: folder,
			workers: [
				{
					name: "sandbox-host",
					modules: true,
					script,
					compatibilityDate: "2026-11-01",
					durableObjects: { APP_RUNTIME: { className: "AppRuntime", useSQLite: true } },
				},
			],
		} as Parameters<typeof convertV4MiniflareOptions>[0]),
	);
	try {
		return await work(async (label, statements) => {
			const answer = await runtime.dispatchFetch(`http://${label}/`, {
				method: "POST",
				body: JSON.stringify(statements),
			});
			if (!answer.ok) throw new Error(await answer.text());
			return (await answer.json()) as Record<string, unknown>[];
		});
	} finally {
		await runtime.dispose();
	}
}

/** More than any of them says of itself, so that what is asked of the object itself shows. */
const asWasServed = { v: 2, state: "live", kind: "live", audience: "public", isBlocked: false, bundle: null };

let folder: string;
let host: AppHost | undefined;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "freehold-old-objects-"));
	await inObjects(folder, async (run) => {
		for (const [label, statements] of Object.entries(objects)) await run(label, statements);
	});
	host = await startAppHost({ stateFolder: folder });
	for (const label of Object.values(labels)) await host.writeManifest(label, asWasServed);
});
afterAll(async () => {
	await host?.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function open(label: string) {
	if (!host) throw new Error("no host");
	const [of, cookie] = [host, await host.openSession(label, owner)];
	return async (call: object) => (await of.ask(label, "/_freehold/api/data", cookie, call)).json();
}

test("all that an object of before versions holds is there, and it goes on", async () => {
	const call = await open(labels.live);
	const listed = await call({ op: "list", collection: "notes" });
	expect(listed).toMatchObject({ records: [{ value: { title: "Hello" }, createdAt: 5, updatedAt: 6, by: "Ada" }] });
	expect(await call({ op: "storageAll" })).toEqual({ entries: [["colour", "red"]] });
	expect(await call({ op: "add", collection: "notes", value: { title: "More" } })).toHaveProperty("record");
	expect(await host?.rpc("ACCESS", "inventory", labels.live)).toMatchObject({
		value: { collections: [{ name: "notes", records: 2 }] },
	});
});

test("an app that was blocked then is blocked now, and a retired name stays retired", async () => {
	expect(await host?.rpc("ACCESS", "setAudience", labels.blocked, "public")).toMatchObject({ ok: true });
	expect(await host?.readManifest(labels.blocked)).toMatchObject({ audience: "public", isBlocked: true });
	expect(await host?.rpc("ACCESS", "inventory", labels.retired)).toEqual({ ok: false, reason: "retired" });
});

test("one that was cut off between its steps is finished", async () => {
	const call = await open(labels.halfway);
	expect(await call({ op: "list", collection: "notes" })).toEqual({ records: [], next: null });
});

test("what the one alarm of then was for is done", async () => {
	expect(await host?.readManifest(labels.unpublished)).toEqual(asWasServed);
	// opening it is enough
	await host?.rpc("ACCESS", "inventory", labels.unpublished);
	await expect
		.poll(() => host?.readManifest(labels.unpublished), { timeout: 15_000 })
		.toMatchObject({ audience: "private" });
});

test("one of a later release answers an error, to people and to the studio", async () => {
	for (const label of [labels.later, labels.laterConfig]) {
		expect(await host?.rpc("ACCESS", "inventory", label)).toEqual({ ok: false, reason: "unavailable" });
		const cookie = `__Host-Http-freehold_app=${"x".repeat(43)}`;
		expect((await host?.ask(label, "/_freehold/api/data", cookie, { op: "storageAll" }))?.status).toBe(503);
	}
});

test("afterwards every object has the tables of this release, and expired sessions are forgotten though nobody came", async () => {
	const schemaOf = "SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name";
	await host?.stop();
	host = undefined;
	await inObjects(folder, async (run) => {
		const tables = await run(labels.live, [schemaOf]);
		for (const label of [labels.blocked, labels.unpublished, labels.halfway, labels.retired])
			expect(await run(label, [schemaOf]), label).toEqual(tables);
		expect(await run(labels.live, ["SELECT version FROM _schema"])).toEqual([{ version: 2 }]);
		expect(await run(labels.unpublished, ["SELECT hash FROM sessions UNION ALL SELECT hash FROM codes"])).toEqual([]);
		expect(await run(labels.unpublished, ["SELECT * FROM alarms"])).toEqual([]);
		expect(await run(labels.unpublished, ["SELECT published FROM config"])).toEqual([{ published: 1 }]);
		expect(await run(labels.later, [schemaOf])).not.toEqual(tables);
		expect(await run(labels.later, ["SELECT version FROM _schema"])).toEqual([{ version: 99 }]);
	});
});
