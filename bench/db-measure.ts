// The measurement that bench/db.ts and bench/scale.ts share: the same statements through the gate and raw, in turn.
import type { D1Database } from "@cloudflare/workers-types";
import { integer, text } from "drizzle-orm/sqlite-core";
import { openGate } from "#db/rls/gate.ts";
import { type TablePolicy, tenantTable } from "#db/rls/tenant-table.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { makeId } from "#schema/ids.ts";

export interface Env {
	SCOPED: D1Database;
	RAW: D1Database;
}

export interface Row {
	owner: string;
	id: string;
}

export const columns =
	"owner_id, id, name, description, preview_label, live_label, current_version_id, published_version_id, may_fork, forked_from, state, created_at, updated_at";
export const insert = `INSERT INTO t_apps (${columns}) VALUES (?, ?, 'sealed', 'sealed', 'label', NULL, NULL, NULL, 0, NULL, 'active', 1, ?)`;

/** A table of width `team`; the product has none yet. */
export const notes = tenantTable({
	name: "notes",
	width: "team",
	team: { column: "team_id", members: "team_members" },
	columns: {
		id: text("id").notNull(),
		teamId: text("team_id"),
		body: text("body").notNull(),
		updatedAt: integer("updated_at").notNull(),
	},
	primaryKey: ["id"],
});
const policies: ReadonlyMap<string, TablePolicy> = new Map([...tenantPolicies, [notes.policy.name, notes.policy]]);
export const insertNote = "INSERT INTO t_notes (owner_id, id, team_id, body, updated_at) VALUES (?, ?, ?, 'sealed', 1)";

/** workerd's clock steps by a millisecond: of a hundred, one is 0.01 ms each. */
export const perRound = 100;

/** Rounds before anything is measured: the gate is our JavaScript, which runs slowly until it is compiled. */
const warmUp = 10;

/** Scoped against raw, in turn, on rows that are in both databases. */
export async function measure(env: Env, rows: readonly Row[], rounds: number) {
	return measureShapes(shapesOfApps(env), rows, rounds);
}

/** Of rows whose team `account` is in, and others; raw says the same by hand. */
export async function measureTeams(env: Env, rows: readonly Row[], account: string, rounds: number) {
	return measureShapes(shapesOfTeams(env, account), rows, rounds);
}

type Shapes = Record<string, Record<"scoped" | "raw", (owner: string, id: string) => Promise<unknown>>>;

const opener =
	({ SCOPED }: Env, accountId: string | null) =>
	(ownerId: string) =>
		openGate(SCOPED, policies, { ownerId, appId: null, accountId, mayWrite: true, isErasing: false });

function shapesOfTeams(env: Env, account: string): Shapes {
	const { RAW } = env;
	const gate = opener(env, account);
	const mine =
		"(team_id IS NULL OR team_id IN (SELECT team_id FROM t_team_members WHERE owner_id = ?1 AND account_id = ?2))";
	const update = "UPDATE t_notes SET updated_at = updated_at + 1 WHERE";
	return {
		"read one row of a team": {
			scoped: (owner, id) => gate(owner).read({ sql: "SELECT * FROM notes WHERE id = ?", params: [id] }),
			raw: (owner, id) =>
				RAW.prepare(`SELECT * FROM t_notes WHERE owner_id = ?1 AND id = ?3 AND ${mine}`).bind(owner, account, id).raw(),
		},
		"list the rows of one's teams": {
			scoped: (owner) => gate(owner).read({ sql: "SELECT * FROM notes ORDER BY updated_at DESC LIMIT 20", params: [] }),
			raw: (owner) =>
				RAW.prepare(`SELECT * FROM t_notes WHERE owner_id = ?1 AND ${mine} ORDER BY updated_at DESC LIMIT 20`)
					.bind(owner, account)
					.raw(),
		},
		"update one row of a team": {
			scoped: (owner, id) => gate(owner).write([{ sql: `${update} id = ?`, params: [id] }]),
			raw: (owner, id) =>
				RAW.batch([RAW.prepare(`${update} owner_id = ?1 AND id = ?3 AND ${mine}`).bind(owner, account, id)]),
		},
	};
}

function shapesOfApps(env: Env): Shapes {
	const { RAW } = env;
	const gate = opener(env, null);
	const update = "UPDATE t_apps SET updated_at = updated_at + 1 WHERE";
	return {
		"read one row by its key": {
			scoped: (owner, id) => gate(owner).read({ sql: "SELECT * FROM apps WHERE id = ?", params: [id] }),
			raw: (owner, id) => RAW.prepare("SELECT * FROM t_apps WHERE owner_id = ? AND id = ?").bind(owner, id).raw(),
		},
		"list a tenant's rows": {
			scoped: (owner) => gate(owner).read({ sql: "SELECT * FROM apps ORDER BY updated_at DESC LIMIT 20", params: [] }),
			raw: (owner) =>
				RAW.prepare("SELECT * FROM t_apps WHERE owner_id = ? ORDER BY updated_at DESC LIMIT 20").bind(owner).raw(),
		},
		// A feature's write is a batch in either case: that is how it is all or nothing.
		"update one row": {
			scoped: (owner, id) => gate(owner).write([{ sql: `${update} id = ?`, params: [id] }]),
			raw: (owner, id) => RAW.batch([RAW.prepare(`${update} owner_id = ? AND id = ?`).bind(owner, id)]),
		},
		"insert ten rows": {
			scoped: (owner) =>
				gate(owner).write(Array.from({ length: 10 }, () => ({ sql: insert, params: [owner, makeId("app"), 1] }))),
			raw: (owner) => RAW.batch(Array.from({ length: 10 }, () => RAW.prepare(insert).bind(owner, makeId("app"), 1))),
		},
	};
}

async function measureShapes(shapes: Shapes, rows: readonly Row[], rounds: number) {
	const measured: { name: string; scopedMs: number; rawMs: number }[] = [];
	for (const [name, shape] of Object.entries(shapes)) {
		const times = { scoped: [] as number[], raw: [] as number[] };
		for (let round = -warmUp; round < rounds; round++) {
			for (const side of round % 2 ? (["scoped", "raw"] as const) : (["raw", "scoped"] as const)) {
				const start = performance.now();
				for (let time = 0; time < perRound; time++) {
					const row = rows[Math.floor(Math.random() * rows.length)];
					if (row) await shape[side](row.owner, row.id);
				}
				if (round >= 0) times[side].push((performance.now() - start) / perRound);
			}
		}
		measured.push({ name, scopedMs: median(times.scoped), rawMs: median(times.raw) });
	}
	return measured;
}

const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
