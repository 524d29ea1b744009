// Discover: what people made public in this region. Public by decision of the owner, so it is not sealed.
import { and, desc, eq, lt, not, or, sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AppId, Label, OwnerId, VersionId } from "#schema/ids.ts";
import { flag } from "../rls/tenant-table.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory } from "./handle.ts";
import { isOfSuspended } from "./suspensions.ts";

export const listings = directoryTable({
	name: "listings",
	columns: {
		appId: text("app_id").$type<AppId>().notNull(),
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		title: text("title").notNull(),
		description: text("description").notNull(),
		liveLabel: text("live_label").$type<Label>().notNull(),
		/** the published version: all that a fork may copy */
		versionId: text("version_id").$type<VersionId>().notNull(),
		mayFork: flag("may_fork").notNull(),
		publishedAt: integer("published_at").notNull(),
		/** the operator's kill switch; publishing again does not lift it */
		isBlocked: flag("is_blocked").notNull(),
	},
	primaryKey: ["app_id"],
	indexes: [["published_at", "app_id"]],
	holding: {
		holds: "What stands in Discover: title and description of a public app",
		whose: "app",
		dataClass: "public",
		exported: "archive",
		erasedWith: "app",
		kept: "until the app is taken out of Discover or deleted",
	},
});

export type Listing = typeof listings.table.$inferSelect;
const { table } = listings;
const pageRows = 24;

/** Publishes or updates. False when the app is blocked, or the id belongs to another owner; then nothing changes. */
export async function publishListing(
	dir: Directory,
	input: Omit<Listing, "publishedAt" | "isBlocked">,
): Promise<boolean> {
	const { appId: _app, ownerId: _owner, ...changes } = input;
	const published = await onDirectory(dir, (rows) =>
		rows
			.insert(table)
			.values({ ...input, publishedAt: dir.now(), isBlocked: false })
			.onConflictDoUpdate({
				target: table.appId,
				set: changes,
				setWhere: sql`${table.ownerId} = ${input.ownerId} AND ${table.isBlocked} = 0`,
			})
			.returning({ appId: table.appId }),
	);
	return published.length > 0;
}

/** Takes an app out of Discover, a blocked one too: the block is kept with the app, and what its owner took back stays back. */
export async function unpublishListing(dir: Directory, ownerId: OwnerId, appId: AppId): Promise<boolean> {
	const gone = await onDirectory(dir, (rows) =>
		rows
			.delete(table)
			.where(and(eq(table.appId, appId), eq(table.ownerId, ownerId)))
			.returning({ appId: table.appId }),
	);
	return gone.length > 0;
}

/** Blocked ones too: their flag says so. It is set as well while the account of the owner is suspended. */
export async function findListing(dir: Directory, appId: AppId): Promise<Listing | null> {
	const [row] = await onDirectory(dir, (rows) =>
		rows
			.select({ listing: table, isSuspended: sql<number>`${isOfSuspended(table.ownerId)}` })
			.from(table)
			.where(eq(table.appId, appId))
			.limit(1),
	);
	return row ? { ...row.listing, isBlocked: row.listing.isBlocked || row.isSuspended === 1 } : null;
}

/** One page, newest first. `next` is the `after` of the following page, null on the last. */
export function listListings(dir: Directory, page: { after?: string } = {}) {
	return readPage(dir, "", page.after);
}

/** Like listListings, with words that all occur in title or description, whatever their case. */
export function searchListings(dir: Directory, search: string, page: { after?: string } = {}) {
	return readPage(dir, search, page.after);
}

/** The kill switch; `false` lifts it. */
export async function blockListing(dir: Directory, appId: AppId, isBlocked = true): Promise<boolean> {
	const changed = await onDirectory(dir, (rows) =>
		rows.update(table).set({ isBlocked }).where(eq(table.appId, appId)).returning({ appId: table.appId }),
	);
	return changed.length > 0;
}

async function readPage(
	dir: Directory,
	search: string,
	after?: string,
): Promise<{ listings: Listing[]; next: string | null }> {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
	const cursor = /^(\d{1,15})\.(app_[0-9a-f]{32})$/.exec(after ?? "");
	const time = Number(cursor?.[1] ?? 0);
	const appId = (cursor?.[2] ?? "") as AppId;
	const found = await onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(
				and(
					eq(table.isBlocked, false),
					not(isOfSuspended(table.ownerId)),
					after === undefined
						? undefined
						: or(lt(table.publishedAt, time), and(eq(table.publishedAt, time), lt(table.appId, appId))),
					// instr, not LIKE: a person's % and _ are letters like any other.
					...words.map((word) => sql`instr(lower(${table.title} || ' ' || ${table.description}), ${word}) > 0`),
				),
			)
			.orderBy(desc(table.publishedAt), desc(table.appId))
			.limit(pageRows + 1),
	);
	const shown = found.slice(0, pageRows);
	const last = shown.at(-1);
	return { listings: shown, next: found.length > pageRows && last ? `${last.publishedAt}.${last.appId}` : null };
}
