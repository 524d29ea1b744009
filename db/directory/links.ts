// Share links: whoever holds the token may see the published app, until the link expires or is revoked.
import { and, desc, eq, gt, isNull, not, or, sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import { type AppId, type Id, makeId, type OwnerId } from "#schema/ids.ts";
import { DbError } from "../errors.ts";
import type { ShardName } from "../shards.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory, type TokenHash } from "./handle.ts";
import { placements } from "./placements.ts";
import { isOfSuspended } from "./suspensions.ts";

export const links = directoryTable({
	name: "links",
	columns: {
		tokenHash: text("token_hash").$type<TokenHash>().notNull(),
		id: text("id").$type<Id<"link">>().notNull(),
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		appId: text("app_id").$type<AppId>().notNull(),
		createdAt: integer("created_at").notNull(),
		expiresAt: integer("expires_at"),
		revokedAt: integer("revoked_at"),
	},
	primaryKey: ["token_hash"],
	unique: [["id"]],
	indexes: [["owner_id", "app_id", "created_at"]],
	holding: {
		holds: "Links that open an app",
		whose: "app",
		dataClass: "credential",
		exported: "annex",
		erasedWith: "app",
		kept: "until the app is deleted, also once it was revoked or has expired",
		hashed: ["tokenHash"],
	},
});

export interface Link {
	id: Id<"link">;
	ownerId: OwnerId;
	appId: AppId;
	createdAt: number;
	/** Null: until it is revoked. */
	expiresAt: number | null;
	revokedAt: number | null;
}

const { table } = links;

/** Open links of one app: its owner sees all of them in one list. */
const mostLinks = 100;

/**
 * `token` is shown once; only its hash is kept. Throws DbError `many` when the app has `most` open links, also when several are
 * made at once.
 */
export async function createLink(
	dir: Directory,
	input: Pick<Link, "ownerId" | "appId" | "expiresAt"> & { token: string },
	most = mostLinks,
): Promise<Link> {
	const { token, ...rest } = input;
	const link = { ...rest, id: makeId("link"), createdAt: dir.now(), revokedAt: null };
	const tokenHash = await dir.keys.hashToken(token);
	const isTooMany = sql`(SELECT count(*) FROM ${table} WHERE ${ofApp(input.ownerId, input.appId)} AND ${isOpen(dir)}) > ${most}`;
	const [, refused] = await onDirectory(dir, (rows) =>
		rows.batch([
			rows.insert(table).values({ ...link, tokenHash }),
			rows
				.delete(table)
				.where(and(eq(table.tokenHash, tokenHash), isTooMany))
				.returning({ id: table.id }),
		]),
	);
	if (refused.length > 0) throw new DbError("many");
	return link;
}

/** With where its tenant is. Null when it is unknown, expired or revoked, or its owner is suspended or gone. */
export async function findLinkByToken(dir: Directory, token: string): Promise<(Link & { shard: ShardName }) | null> {
	const [row] = await onDirectory(dir, async (rows) =>
		rows
			.select({ link: table, shard: placements.table.shard })
			.from(table)
			.innerJoin(placements.table, eq(placements.table.ownerId, table.ownerId))
			.where(and(eq(table.tokenHash, await dir.keys.hashToken(token)), isOpen(dir), not(isOfSuspended(table.ownerId))))
			.limit(1),
	);
	return row ? { ...withoutHash(row.link), shard: row.shard } : null;
}

const ofApp = (ownerId: OwnerId, appId: AppId) => and(eq(table.ownerId, ownerId), eq(table.appId, appId));
const isOpen = (dir: Directory) =>
	and(isNull(table.revokedAt), or(isNull(table.expiresAt), gt(table.expiresAt, dir.now())));

/** Every link of an app that opens something now, newest first. The studio bounds how many there can be. */
export async function listOpenLinks(dir: Directory, ownerId: OwnerId, appId: AppId): Promise<Link[]> {
	const found = await onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(and(eq(table.ownerId, ownerId), eq(table.appId, appId), isOpen(dir)))
			.orderBy(desc(table.createdAt)),
	);
	return found.map(withoutHash);
}

/** Null when the app has no such link: of another app of the same owner it is not revoked either. */
export async function revokeLink(dir: Directory, ownerId: OwnerId, appId: AppId, id: Id<"link">): Promise<Link | null> {
	const [row] = await onDirectory(dir, (rows) =>
		rows
			.update(table)
			.set({ revokedAt: dir.now() })
			.where(and(eq(table.id, id), eq(table.ownerId, ownerId), eq(table.appId, appId), isNull(table.revokedAt)))
			.returning(),
	);
	return row ? withoutHash(row) : null;
}

function withoutHash({ tokenHash: _hash, ...link }: typeof table.$inferSelect): Link {
	return link;
}
