// Runs lists of statements through the real gate, inside workerd: one HTTP call for a hundred of them. It is bundled by
// runtime.ts, which can also leave a line of the product out, to show that a check then fails.
import type { D1Database } from "@cloudflare/workers-types";
import { toDbError } from "#db/errors.ts";
import { type Context, openGate } from "#db/rls/gate.ts";
import { contextObjects, tenantObjects } from "#db/rls/sql.ts";
import { probeScope } from "./probe-scope.ts";
import { probeSealer } from "./probe-sealer.ts";
import type { Job, JobAnswer, Outcome, Step } from "./steps.ts";
import { oraclePolicies, oracleTables } from "./tables.ts";

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
	async fetch(request: Request, env: Record<string, D1Database>): Promise<Response> {
		switch (new URL(request.url).pathname) {
			case "/schema":
				return Response.json([...contextObjects, ...tenantObjects(oracleTables)].map(({ sql }) => sql));
			case "/job":
				return Response.json(await runJob((await request.json()) as Job, env));
			case "/scope":
				return Response.json(await probeScope(env["PRODUCT"] as D1Database));
			case "/sealer":
				return Response.json(await probeSealer());
			default:
				return new Response(null, { status: 404 });
		}
	},
};

async function runJob(job: Job, env: Record<string, D1Database>): Promise<JobAnswer> {
	const db = env[job.database];
	if (!db) throw new TypeError("no such database");
	if (job.setup.length > 0) await db.batch(job.setup.map((sql) => db.prepare(sql)));
	const outcomes: Outcome[] = [];
	for (const step of job.steps) outcomes.push(await runStep(db, step));
	const dump: Record<string, unknown[][]> = {};
	if (job.isDumped) {
		for (const { name, base } of oraclePolicies.values()) {
			dump[name] = (await db.prepare(`SELECT * FROM ${base} ORDER BY owner_id, id`).raw()) as unknown[][];
		}
	}
	return { outcomes, dump };
}

async function runStep(db: D1Database, step: Step): Promise<Outcome> {
	try {
		if (step.kind === "raw") return await runRaw(db, step.statements, step.context);
		const gate = openGate(db, oraclePolicies, step.context);
		if (step.kind === "read") return { rows: await gate.read({ sql: step.sql, params: step.params }), changes: 0 };
		const [result] = await gate.write([{ sql: step.sql, params: step.params }]);
		return { rows: result?.rows ?? [], changes: result?.changes ?? 0 };
	} catch (error) {
		return { refused: toDbError(error).reason };
	}
}

async function runRaw(db: D1Database, statements: readonly string[], context?: Context): Promise<Outcome> {
	const around = context
		? [
				db
					.prepare(
						"INSERT INTO rls_ctx (k, owner_id, app_id, account_id, may_write, is_erasing) VALUES (1, ?, ?, ?, ?, ?)",
					)
					.bind(context.ownerId, context.appId, context.accountId, context.mayWrite ? 1 : 0, context.isErasing ? 1 : 0),
			]
		: [];
	const results = await db.batch<Record<string, unknown>>([
		...around,
		...statements.map((sql) => db.prepare(sql)),
		...(context ? [db.prepare("DELETE FROM rls_ctx")] : []),
	]);
	const last = results[around.length + statements.length - 1];
	return { rows: last?.results.map((row) => Object.values(row)) ?? [], changes: last?.meta.changes ?? 0 };
}
