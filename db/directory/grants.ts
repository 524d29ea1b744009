// Who besides its owner may open an app, or the whole workspace, and in which role. One grant a person and thing.
import { and, desc, eq } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AccountId, AppId, Id, OwnerId } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import { accounts } from "./accounts.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory } from "./handle.ts";

export const grants = directoryTable({
	name: "grants",
	columns: {
		accountId: text("account_id").$type<AccountId>().notNull(),
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		/** empty for the whole workspace: a NULL would be distinct from itself in the key */
		appId: text("app_id").$type<AppId | "">().notNull(),
		id: text("id").$type<Id<"grant">>().notNull(),
		role: text("role", { enum: ["viewer", "editor"] }).notNull(),
		createdAt: integer("created_at").notNull(),
	},
	primaryKey: ["account_id", "owner_id", "app_id"],
	unique: [["id"]],
	indexes: [["owner_id", "app_id"]],
	holding: {
		holds: "Who besides its owner may open an app, or the whole workspace, and in which role",
		whose: "app",
		dataClass: "state",
		exported: "annex",
		erasedWith: "app",
		kept: "until it is taken back, or the app or either account goes",
	},
});

export type GrantRole = "viewer" | "editor";

export interface Grant {
	id: Id<"grant">;
	accountId: AccountId;
	ownerId: OwnerId;
	/** Null: the whole workspace. */
	appId: AppId | null;
	role: GrantRole;
	createdAt: number;
}

/** A grant as its owner sees it. */
export interface GrantedPerson extends Grant {
	name: string;
	email: string;
}

const { table } = grants;

/** What is shared with a person, newest first. */
export async function findGrantsOfAccount(dir: Directory, accountId: AccountId): Promise<Grant[]> {
	const found = await onDirectory(dir, (rows) =>
		rows.select().from(table).where(eq(table.accountId, accountId)).orderBy(desc(table.createdAt)),
	);
	return found.map(toGrant);
}

/** Whom an app (null: the whole workspace) is shared with, newest first, for its owner to see. */
export async function pageGrantsOfApp(
	dir: Directory,
	ownerId: OwnerId,
	appId: AppId | null,
	{ after, size = pageRows }: PageQuery = {},
): Promise<Page<GrantedPerson>> {
	const found = await onDirectory(dir, (rows) =>
		rows
			.select({ grant: table, name: accounts.table.name, email: accounts.table.email })
			.from(table)
			.innerJoin(accounts.table, eq(accounts.table.id, table.accountId))
			.where(and(eq(table.ownerId, ownerId), eq(table.appId, appId ?? ""), isAfter(after, table.createdAt, table.id)))
			.orderBy(...newestFirst(table.createdAt, table.id))
			.limit(size + 1),
	);
	const page = cutPage(found, size, ({ grant }) => cursorOf(grant.createdAt, grant.id));
	return mapPage(page, async ({ grant, name, email }) => ({
		...toGrant(grant),
		name: await dir.keys.open({ table: "accounts", column: "name", row: grant.accountId }, name),
		email: await dir.keys.open({ table: "accounts", column: "email", row: grant.accountId }, email),
	}));
}

/** The cursor of somebody in the list of those whom an app is shared with. */
export const grantCursor = ({ createdAt, id }: Pick<Grant, "createdAt" | "id">): string => cursorOf(createdAt, id);

/** Answers what was revoked, so that running sessions can be ended; null when there was nothing. */
export async function revokeGrant(dir: Directory, ownerId: OwnerId, id: Id<"grant">): Promise<Grant | null> {
	const [row] = await onDirectory(dir, (rows) =>
		rows
			.delete(table)
			.where(and(eq(table.id, id), eq(table.ownerId, ownerId)))
			.returning(),
	);
	return row ? toGrant(row) : null;
}

export function toGrant(row: typeof table.$inferSelect): Grant {
	return { ...row, appId: row.appId === "" ? null : row.appId };
}
