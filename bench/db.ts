// What row-level security costs: scoped reads and writes against the same raw statements on local D1, as ratios in one run.
// `node bench/db.ts [tenants] [rounds]`. Aims: read 1.1, write 1.3.
import type { D1Database } from "@cloudflare/workers-types";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { applyMigrations } from "#db/migrations/apply.ts";
import { tenantObjects } from "#db/rls/sql.ts";
import { notes, perRound } from "./db-measure.ts";

const tenants = Number(process.argv[2] ?? 1_000);
const rounds = Number(process.argv[3] ?? 40);

const bundle = await build({
	entryPoints: [new URL("db-worker.ts", import.meta.url).pathname],
	bundle: true,
	format: "esm",
	write: false,
});
const runtime = new Miniflare(
	convertV4MiniflareOptions({
		modules: true,
		script: bundle.outputFiles[0]?.text ?? "",
		compatibilityDate: "2026-11-01",
		d1Databases: { SCOPED: "scoped", RAW: "raw" },
	}),
);
const scoped = (await runtime.getD1Database("SCOPED")) as unknown as D1Database;
const raw = (await runtime.getD1Database("RAW")) as unknown as D1Database;
await applyMigrations(scoped, "tenants");
const { results } = await scoped
	.prepare(
		"SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND tbl_name IN ('t_apps', 't_teams', 't_team_members') AND sql IS NOT NULL ORDER BY type DESC",
	)
	.all<{ sql: string }>();
// The same tables and indexes without view and guards.
for (const { sql } of results) await raw.prepare(sql).run();
const [table, ...rest] = tenantObjects([notes]);
for (const db of [scoped, raw]) await db.prepare(table?.sql ?? "").run();
for (const { sql } of rest) await scoped.prepare(sql).run();

const answer = await runtime.dispatchFetch("http://bench/", {
	method: "POST",
	body: JSON.stringify({ tenants, rounds }),
});
const measured = (await answer.json()) as { name: string; scopedMs: number; rawMs: number }[];
console.log(
	`${tenants} tenants, ${tenants * 10} rows; median of ${rounds} rounds of ${perRound}, scoped and raw in turn`,
);
for (const { name, scopedMs, rawMs } of measured) {
	console.log(`${name}: ${scopedMs.toFixed(2)} ms against ${rawMs.toFixed(2)} ms = ${(scopedMs / rawMs).toFixed(2)}`);
}
await runtime.dispose();
