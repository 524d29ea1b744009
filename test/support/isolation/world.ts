// The rows of three tenants. Ids and values are the same few for all of them, so that a statement that names another
// tenant's row often names one of its own too, and keys collide wherever they can.
import type { Context } from "#db/rls/gate.ts";
import type { Choices } from "./choices.ts";
import { columnsOf, type TableName, tableNames } from "./tables.ts";

export type Value = string | number | null;
export type World = Record<TableName, Value[][]>;

export const owners = ["own_a", "own_b", "own_c"] as const;
export const boardIds = ["b1", "b2", "b3"] as const;
/** Ids of rows, by the board they are made in: an id is used once in a table of one owner. */
export const idsOf: Record<(typeof boardIds)[number], readonly string[]> = {
	b1: ["x1", "x2", "x3", "x4"],
	b2: ["x5", "x6", "x7", "x8"],
	b3: ["x9"],
};
export const freshIds = ["y1", "y2", "y3"] as const;
export const accounts = ["u1", "u2"] as const;
export const teams = ["tm1", "tm2"] as const;
/** Ids of notes by the team they are of; no other row has one of a team's. */
const notesOf: readonly (readonly [id: string, team: string | null])[] = [
	["x1", null],
	["z1", "tm1"],
	["z2", "tm2"],
	["x5", null],
	["z3", "tm1"],
];
export const teamIds = notesOf.flatMap(([id, team]) => (team === null ? [] : [id]));
/** Where all are in, u1 is in the first team and u2 in both. */
const memberships = [
	["x1", "tm1", "u1"],
	["x5", "tm2", "u2"],
	["x9", "tm1", "u2"],
] as const;
export const titles = ["a", "b", "c", "d"] as const;

export function makeWorld(choices: Choices): World {
	const world: World = {
		boards: [],
		cards: [],
		tags: [],
		settings: [],
		events: [],
		revisions: [],
		members: [],
		notes: [],
	};
	for (const owner of owners) {
		const number = () => (choices.chance(20) ? null : choices.below(6));
		for (const board of boardIds.slice(0, 3 - choices.below(2))) {
			world.boards.push([owner, board, choices.pick(titles), number()]);
			const cards: string[] = [];
			for (const [index, id] of idsOf[board].entries()) {
				// `n` is unique within a board, so it follows the index.
				const unique = choices.chance(20) ? null : index;
				if (!choices.chance(25)) {
					cards.push(id);
					world.cards.push([owner, id, board, choices.pick(titles), unique]);
				}
				const card = cards.length > 0 && choices.chance(60) ? choices.pick(cards) : null;
				if (!choices.chance(30)) world.tags.push([owner, id, board, card, choices.pick(titles), number()]);
				if (choices.chance(50)) world.revisions.push([owner, id, board, choices.pick(titles), unique]);
			}
		}
		for (const [index, id] of ["x1", "x5", "x9"].entries()) {
			if (!choices.chance(30)) world.settings.push([owner, id, choices.pick(titles), number()]);
			if (!choices.chance(30)) world.events.push([owner, id, choices.pick(titles), index]);
		}
		for (const [id, team, account] of memberships) {
			if (!choices.chance(30)) world.members.push([owner, id, team, account, choices.pick(titles), number()]);
		}
		for (const [index, [id, team]] of notesOf.entries()) {
			const unique = choices.chance(20) ? null : index;
			if (!choices.chance(25)) world.notes.push([owner, id, team, choices.pick(titles), unique]);
		}
	}
	return world;
}

/** What is left of a world when a member of one owner, or a guest of one board of it, is all there is: also of the notes. */
export function narrowWorld(world: World, context: Context): World {
	const narrowed = {} as World;
	for (const table of tableNames) narrowed[table] = world[table].filter((row) => isSeen(world, context, table, row));
	return narrowed;
}

/** Whether the context may see a row, as the tables are at that moment. */
export function isSeen(world: World, context: Context, table: TableName, row: readonly Value[]): boolean {
	const { ownerId, appId, accountId } = context;
	const at = (name: string) => row[columnsOf[table].indexOf(name)];
	if (row[0] !== ownerId) return false;
	if (appId !== null) return (table === "boards" ? row[1] : at("app_id")) === appId;
	const team = table === "notes" ? at("team_id") : null;
	return (
		team === null ||
		world.members.some(([owner, , of, account]) => owner === ownerId && of === team && account === accountId)
	);
}

/** A value as a literal that SQLite and PostgreSQL read alike. */
export const literal = (value: Value) =>
	value === null ? "NULL" : typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;

/** One INSERT for each table that has rows. */
export function insertsOf(world: World, nameOf: (table: TableName) => string): { table: TableName; sql: string }[] {
	return tableNames.flatMap((table) => {
		const rows = world[table].map((row) => `(${row.map(literal).join(", ")})`);
		return rows.length > 0 ? [{ table, sql: `INSERT INTO ${nameOf(table)} VALUES ${rows.join(", ")}` }] : [];
	});
}
