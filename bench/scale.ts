// Whether row-level security costs more in a full shard: scoped reads and writes against the same raw statements on local D1, with
// one tenant and with 100,000 tenants and a million rows. `node bench/scale.ts [tenants] [rounds]`. Aims: read 1.1, write 1.3.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { applyMigrations } from "#db/migrations/apply.ts";

const tenants = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 60);
const rowsEach = 10;
const batch = 2_000;
/** Filling stops here, and what fits is measured. */
const fillMs = 180_000;

const bundle = await build({
	entryPoints: [new URL("scale-worker.ts", import.meta.url).pathname],
	bundle: true,
	format: "esm",
	write: false,
});

async function run(count: number): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "freehold-scale-"));
	const runtime = new Miniflare(
		convertV4MiniflareOptions({
			modules: true,
			script: bundle.outputFiles[0]?.text ?? "",
			compatibilityDate: "2026-11-01",
			d1Databases: { SCOPED: "scoped", RAW: "raw" },
			resourcePersistencePath: folder,
		} as Parameters<typeof convertV4MiniflareOptions>[0]),
	);
	try {
		const scoped = (await runtime.getD1Database("SCOPED")) as unknown as D1Database;
		const raw = (await runtime.getD1Database("RAW")) as unknown as D1Database;
		await applyMigrations(scoped, "tenants");
		const list = async (types: string) => {
			const { results } = await scoped
				.prepare(
					`SELECT name, sql FROM sqlite_master WHERE type IN (${types}) AND tbl_name = 't_apps' AND sql IS NOT NULL`,
				)
				.all<{ name: string; sql: string }>();
			return results;
		};
		for (const { sql } of await list("'table', 'index'")) await raw.prepare(sql).run();
		// a million rows without a context: the guards go for the filling and come back before anything is measured
		const guards = await list("'trigger'");
		for (const { name } of guards) await scoped.prepare(`DROP TRIGGER ${name}`).run();
		const ask = async (body: object) => {
			const answer = await runtime.dispatchFetch("http://bench/", { method: "POST", body: JSON.stringify(body) });
			if (!answer.ok) throw new Error(`the Worker answered ${answer.status} ${await answer.text()}`);
			return answer.json();
		};
		const start = performance.now();
		let filled = 0;
		while (filled < count && performance.now() - start < fillMs) {
			const to = Math.min(count, filled + batch);
			await ask({ from: filled, to, each: rowsEach, rounds: 0 });
			filled = to;
		}
		for (const { sql } of guards) await scoped.prepare(sql).run();
		const seconds = ((performance.now() - start) / 1000).toFixed(0);
		console.log(`\n${filled} tenants, ${filled * rowsEach} rows (filled in ${seconds} s), ${guards.length} guards`);
		const measured = (await ask({ rounds })) as { name: string; scopedMs: number; rawMs: number }[];
		for (const { name, scopedMs, rawMs } of measured) {
			console.log(
				`${name}: ${scopedMs.toFixed(2)} ms against ${rawMs.toFixed(2)} ms = ${(scopedMs / rawMs).toFixed(2)}`,
			);
		}
	} finally {
		await runtime.dispose();
		rmSync(folder, { recursive: true, force: true });
	}
}

await run(1);
await run(tenants);
