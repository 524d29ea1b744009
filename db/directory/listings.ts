// Discover: what people made public in this region. Public by decision of the owner, so it is not sealed.
import { and, eq, inArray, not, sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AppId, Label, OwnerId, VersionId } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, newestFirst, type Page, type PageQuery } from "../pages.ts";
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
const listingsOfPage = 24;

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

/** Newest first; with `search`, those whose title and description have all of its words, whatever their case. */
export async function pageListings(
	dir: Directory,
	{ after, size = listingsOfPage, search = "" }: PageQuery & { search?: string | undefined } = {},
): Promise<Page<Listing>> {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
	const found = await onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(
				and(
					eq(table.isBlocked, false),
					not(isOfSuspended(table.ownerId)),
					isAfter(after, table.publishedAt, table.appId),
					// instr, not LIKE: a person's % and _ are letters like any other.
					...words.map((word) => sql`instr(lower(${table.title} || ' ' || ${table.description}), ${word}) > 0`),
				),
			)
			.orderBy(...newestFirst(table.publishedAt, table.appId))
			.limit(size + 1),
	);
	return cutPage(found, size, (row) => cursorOf(row.publishedAt, row.appId));
}

/** Which of these apps are in Discover now. */
export async function findListed(dir: Directory, appIds: readonly AppId[]): Promise<Set<AppId>> {
	if (appIds.length === 0) return new Set();
	const found = await onDirectory(dir, (rows) =>
		rows
			.select({ appId: table.appId })
			.from(table)
			.where(and(inArray(table.appId, [...appIds]), eq(table.isBlocked, false), not(isOfSuspended(table.ownerId)))),
	);
	return new Set(found.map(({ appId }) => appId));
}

/** The kill switch; `false` lifts it. */
export async function blockListing(dir: Directory, appId: AppId, isBlocked = true): Promise<boolean> {
	const changed = await onDirectory(dir, (rows) =>
		rows.update(table).set({ isBlocked }).where(eq(table.appId, appId)).returning({ appId: table.appId }),
	);
	return changed.length > 0;
}
