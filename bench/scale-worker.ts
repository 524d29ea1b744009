// The filled side of bench/scale.ts: tenants and rows are made by SQLite itself, then measured like those of bench/db.ts.
import type { D1Database } from "@cloudflare/workers-types";
import { columns, type Env, measure, type Row } from "./db-measure.ts";

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
	async fetch(request: Request, env: Env): Promise<Response> {
		const input = (await request.json()) as { from: number; to: number; each: number; rounds: number };
		if (input.rounds > 0) return Response.json(await measure(env, await sample(env.RAW), input.rounds));
		for (const db of [env.RAW, env.SCOPED]) await fill(db, input.from, input.to, input.each);
		return Response.json({ filled: input.to - input.from });
	},
};

/** Ids are spread by a multiplication, so that tenants are not written in the order of their keys only. */
async function fill(db: D1Database, from: number, to: number, each: number): Promise<void> {
	await db
		.prepare(
			`WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
			INSERT INTO t_apps (${columns})
			SELECT printf('own_%032x', i / ?3 * 2654435761 % 4294967296), printf('app_%032x', i * 2654435761 % 4294967296),
				'sealed', 'sealed', 'label', NULL, NULL, NULL, 0, NULL, 'active', 1, i FROM n`,
		)
		.bind(from * each, to * each, each)
		.run();
}

/** Rows all over the table. */
async function sample(db: D1Database): Promise<Row[]> {
	const { results } = await db.prepare("SELECT owner_id AS owner, id FROM t_apps ORDER BY id LIMIT 5000").all<Row>();
	return results;
}
