// The measured side of bench/db.ts. It runs inside workerd, as the studio does, so that nothing but the statements is measured.
import { openGate } from "#db/rls/gate.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { makeId } from "#schema/ids.ts";
import { type Env, insert, insertNote, measure, measureTeams, notes, type Row } from "./db-measure.ts";

const appsEach = 10;

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
	async fetch(request: Request, env: Env): Promise<Response> {
		const { tenants, rounds } = (await request.json()) as { tenants: number; rounds: number };
		const apps = await measure(env, await fill(env, tenants), rounds);
		const account = makeId("account");
		return Response.json([
			...apps,
			...(await measureTeams(env, await fillTeams(env, tenants, account), account, rounds)),
		]);
	},
};

/** Writes the same rows into both databases, as the product would. */
async function fill({ SCOPED, RAW }: Env, tenants: number): Promise<Row[]> {
	const rows: Row[] = [];
	for (let tenant = 0; tenant < tenants; tenant++) {
		const owner = makeId("owner");
		const own = Array.from({ length: appsEach }, () => ({ owner, id: makeId("app") }));
		const gate = openGate(SCOPED, tenantPolicies, {
			ownerId: owner,
			appId: null,
			accountId: null,
			mayWrite: true,
			isErasing: false,
		});
		await gate.write(own.map(({ id }, at) => ({ sql: insert, params: [owner, id, at] })));
		await RAW.batch(own.map(({ id }, at) => RAW.prepare(insert).bind(owner, id, at)));
		rows.push(...own);
	}
	return rows;
}

/** Three teams a tenant, of which the account is in two, and rows of each and of everyone. Answers those that it may see. */
async function fillTeams({ SCOPED, RAW }: Env, tenants: number, account: string): Promise<Row[]> {
	const policies = new Map([...tenantPolicies, [notes.policy.name, notes.policy] as const]);
	const rows: Row[] = [];
	for (let tenant = 0; tenant < tenants; tenant++) {
		const owner = makeId("owner");
		const teams = Array.from({ length: 3 }, () => makeId("team"));
		const own = Array.from({ length: appsEach * 2 }, (_, at) => ({
			owner,
			id: makeId("app"),
			team: teams[at % 4] ?? null,
		}));
		const statements = [
			...teams.map((id) => ({ sql: "INSERT INTO t_teams VALUES (?, ?, 'sealed', 1)", params: [owner, id] })),
			...teams
				.slice(0, 2)
				.map((id) => ({ sql: "INSERT INTO t_team_members VALUES (?, ?, ?, 1)", params: [owner, id, account] })),
			...own.map(({ id, team }) => ({ sql: insertNote, params: [owner, id, team] })),
		];
		const context = { ownerId: owner, appId: null, accountId: account, mayWrite: true, isErasing: false };
		// rows of a team that the account is not in are somebody else's to write
		const foreign = new Set(own.filter(({ team }) => team === teams[2]).map(({ id }) => id));
		await openGate(SCOPED, policies, context).write(
			statements.filter(({ params }) => !foreign.has(params[1] as never)),
		);
		await openGate(SCOPED, policies, { ...context, isErasing: true }).write(
			statements.filter(({ params }) => foreign.has(params[1] as never)),
		);
		await RAW.batch(statements.map(({ sql, params }) => RAW.prepare(sql).bind(...params)));
		rows.push(...own.filter(({ id }) => !foreign.has(id)));
	}
	return rows;
}
