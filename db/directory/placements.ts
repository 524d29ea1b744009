// Which shard a tenant is on. The row is written last when a tenant is made: with it, the tenant exists.
import { eq } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import type { OwnerId } from "#schema/ids.ts";
import { type ShardName, shardNames } from "../shards.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory } from "./handle.ts";

export const placements = directoryTable({
	name: "placements",
	columns: {
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		shard: text("shard").$type<ShardName>().notNull(),
		state: text("state", { enum: ["active", "closing"] }).notNull(),
		createdAt: integer("created_at").notNull(),
	},
	primaryKey: ["owner_id"],
	holding: {
		holds: "Which database a workspace's rows are in",
		whose: "workspace",
		dataClass: "state",
		exported: "no",
		erasedWith: "workspace",
		kept: "until the workspace is closed",
	},
});

export type Placement = typeof placements.table.$inferSelect;
const { table } = placements;

/** The shard a new tenant goes to: spread evenly by its random id, the same at every try. */
export function shardFor(ownerId: OwnerId): ShardName {
	const digits = Number.parseInt(ownerId.slice(-8), 16);
	return shardNames[digits % shardNames.length] ?? shardNames[0];
}

/** Commits a tenant to its shard. Idempotent: a placement that is there stays as it is, and is the answer. */
export async function placeOwner(dir: Directory, ownerId: OwnerId): Promise<Placement> {
	const placement: Placement = { ownerId, shard: shardFor(ownerId), state: "active", createdAt: dir.now() };
	await onDirectory(dir, (rows) => rows.insert(table).values(placement).onConflictDoNothing());
	return (await findPlacement(dir, ownerId)) ?? placement;
}

export async function findPlacement(dir: Directory, ownerId: OwnerId): Promise<Placement | null> {
	const [row] = await onDirectory(dir, (rows) => rows.select().from(table).where(eq(table.ownerId, ownerId)).limit(1));
	return row ?? null;
}
