// What row-level security costs: scoped reads and writes against the same raw statements on the same local D1, as ratios in one
// run. `node bench/db.ts [tenants] [rounds]`. Aims: read 1.1, write 1.3.
import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { applyMigrations } from "#db/migrations/apply.ts";
import { openGate } from "#db/rls/gate.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { makeId } from "#schema/ids.ts";

const tenants = Number(process.argv[2] ?? 2_000);
const rounds = Number(process.argv[3] ?? 40);
const appsEach = 10;

const runtime = new Miniflare(
	convertV4MiniflareOptions({
		modules: true,
		script: "export default { fetch: () => new Response() }",
		d1Databases: { SCOPED: "scoped", RAW: "raw" },
	}),
);
const scoped = (await runtime.getD1Database("SCOPED")) as unknown as D1Database;
const raw = (await runtime.getD1Database("RAW")) as unknown as D1Database;
await applyMigrations(scoped, "tenants");
const { results } = await scoped
	.prepare("SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND tbl_name = 't_apps' AND sql IS NOT NULL")
	.all<{ sql: string }>();
// The same table and indexes without view and guards.
for (const { sql } of results) await raw.prepare(sql).run();

const owners = Array.from({ length: tenants }, () => makeId("owner"));
const ids = new Map(owners.map((owner) => [owner, Array.from({ length: appsEach }, () => makeId("app"))]));
const columns =
	"owner_id, id, name, description, preview_label, live_label, current_version_id, published_version_id, may_fork, forked_from, state, created_at, updated_at";
const insert = `INSERT INTO t_apps (${columns}) VALUES (?, ?, 'sealed', 'sealed', 'label', NULL, NULL, NULL, 0, NULL, 'active', 1, ?)`;
const contextOf = (ownerId: string) => ({ ownerId, appId: null, mayWrite: true, isErasing: false });
for (const owner of owners) {
	const apps = ids.get(owner) ?? [];
	await openGate(scoped, tenantPolicies, contextOf(owner)).write(
		apps.map((id, at) => ({ sql: insert, params: [owner, id, at] })),
	);
	await raw.batch(apps.map((id, at) => raw.prepare(insert).bind(owner, id, at)));
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const shapes = {
	"read one row by key": {
		scoped: (owner: string, id: string) =>
			openGate(scoped, tenantPolicies, contextOf(owner)).read({ sql: "SELECT * FROM apps WHERE id = ?", params: [id] }),
		raw: (owner: string, id: string) =>
			raw.prepare("SELECT * FROM t_apps WHERE owner_id = ? AND id = ?").bind(owner, id).raw(),
	},
	"list a tenant's rows": {
		scoped: (owner: string) =>
			openGate(scoped, tenantPolicies, contextOf(owner)).read({
				sql: "SELECT * FROM apps ORDER BY updated_at DESC LIMIT 20",
				params: [],
			}),
		raw: (owner: string) =>
			raw.prepare("SELECT * FROM t_apps WHERE owner_id = ? ORDER BY updated_at DESC LIMIT 20").bind(owner).raw(),
	},
	"update one row": {
		scoped: (owner: string, id: string) =>
			openGate(scoped, tenantPolicies, contextOf(owner)).write([
				{ sql: "UPDATE t_apps SET updated_at = updated_at + 1 WHERE id = ?", params: [id] },
			]),
		// A write of a feature is a batch too: that is how it is all or nothing.
		raw: (owner: string, id: string) =>
			raw.batch([
				raw.prepare("UPDATE t_apps SET updated_at = updated_at + 1 WHERE owner_id = ? AND id = ?").bind(owner, id),
			]),
	},
	"insert ten rows": {
		scoped: (owner: string) =>
			openGate(scoped, tenantPolicies, contextOf(owner)).write(
				Array.from({ length: 10 }, () => ({ sql: insert, params: [owner, makeId("app"), 1] })),
			),
		raw: (owner: string) =>
			raw.batch(Array.from({ length: 10 }, () => raw.prepare(insert).bind(owner, makeId("app"), 1))),
	},
};

console.log(`${tenants} tenants, ${tenants * appsEach} rows; median of ${rounds} rounds of 10, scoped and raw in turn`);
for (const [name, shape] of Object.entries(shapes)) {
	const times = { scoped: [] as number[], raw: [] as number[] };
	for (let round = 0; round < rounds; round++) {
		for (const side of round % 2 ? (["scoped", "raw"] as const) : (["raw", "scoped"] as const)) {
			const start = performance.now();
			for (let time = 0; time < 10; time++) {
				const owner = pick(owners);
				await shape[side](owner, pick(ids.get(owner) ?? []));
			}
			times[side].push((performance.now() - start) / 10);
		}
	}
	const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
	const [own, bare] = [median(times.scoped), median(times.raw)];
	console.log(`${name}: ${own.toFixed(2)} ms against ${bare.toFixed(2)} ms = ${(own / bare).toFixed(2)}`);
}
await runtime.dispose();
