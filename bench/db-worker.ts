// The measured side of bench/db.ts. It runs inside workerd, as the studio does, so that nothing but the statements is measured.
import { openGate } from "#db/rls/gate.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { makeId } from "#schema/ids.ts";
import { type Env, insert, measure, type Row } from "./db-measure.ts";

const appsEach = 10;

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
	async fetch(request: Request, env: Env): Promise<Response> {
		const { tenants, rounds } = (await request.json()) as { tenants: number; rounds: number };
		return Response.json(await measure(env, await fill(env, tenants), rounds));
	},
};

/** Writes the same rows into both databases, as the product would. */
async function fill({ SCOPED, RAW }: Env, tenants: number): Promise<Row[]> {
	const rows: Row[] = [];
	for (let tenant = 0; tenant < tenants; tenant++) {
		const owner = makeId("owner");
		const own = Array.from({ length: appsEach }, () => ({ owner, id: makeId("app") }));
		const gate = openGate(SCOPED, tenantPolicies, { ownerId: owner, appId: null, mayWrite: true, isErasing: false });
		await gate.write(own.map(({ id }, at) => ({ sql: insert, params: [owner, id, at] })));
		await RAW.batch(own.map(({ id }, at) => RAW.prepare(insert).bind(owner, id, at)));
		rows.push(...own);
	}
	return rows;
}
