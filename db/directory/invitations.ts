// Invitations: bound to one address, used once, expiring. Using one and granting is a single transaction.
import { and, desc, eq, gt, isNull, not, sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import { type AccountId, type AppId, type Id, makeId, type OwnerId } from "#schema/ids.ts";
import { DbError } from "../errors.ts";
import { emailIndex, normalizeEmail } from "./accounts.ts";
import { directoryTable } from "./directory-table.ts";
import { type Grant, type GrantRole, grants } from "./grants.ts";
import { type Directory, type LookupKey, onDirectory, type SealedEntry, type TokenHash } from "./handle.ts";

export const invitations = directoryTable({
	name: "invitations",
	columns: {
		tokenHash: text("token_hash").$type<TokenHash>().notNull(),
		id: text("id").$type<Id<"invitation">>().notNull(),
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		/** empty for the whole workspace */
		appId: text("app_id").$type<AppId | "">().notNull(),
		role: text("role", { enum: ["viewer", "editor"] }).notNull(),
		emailIndex: text("email_index").$type<LookupKey>().notNull(),
		/** sealed */
		email: text("email").$type<SealedEntry>().notNull(),
		invitedBy: text("invited_by").$type<AccountId>().notNull(),
		createdAt: integer("created_at").notNull(),
		expiresAt: integer("expires_at").notNull(),
		usedAt: integer("used_at"),
		/** the grant it became: unknown to anyone else, so it tells this use from any other */
		grantId: text("grant_id").$type<Id<"grant">>(),
	},
	primaryKey: ["token_hash"],
	unique: [["id"]],
	indexes: [["owner_id", "app_id", "created_at"], ["expires_at"]],
	holding: {
		holds: "Invitations: the address they were sent to, and the role",
		whose: "app",
		dataClass: "identity",
		exported: "annex",
		erasedWith: "app",
		kept: "seven days, used or not",
		sealed: ["email"],
		hashed: ["tokenHash", "emailIndex"],
		expires: { at: "expiresAt" },
	},
});

export interface Invitation {
	id: Id<"invitation">;
	ownerId: OwnerId;
	/** Null: the whole workspace. */
	appId: AppId | null;
	role: GrantRole;
	email: string;
	invitedBy: AccountId;
	createdAt: number;
	expiresAt: number;
	usedAt: number | null;
}

const { table } = invitations;

/** Open invitations to one thing: its owner sees all of them in one list. */
const mostInvitations = 200;

/**
 * `token` is what the mail carries; only its hash is kept. An open invitation of the same address to the same thing ends: its
 * role may be the very mistake that the new one corrects. Throws DbError `many` when the thing has `most` others open, also when
 * several are made at once; then the older one stays.
 */
export async function createInvitation(
	dir: Directory,
	input: Pick<Invitation, "ownerId" | "appId" | "role" | "email" | "invitedBy" | "expiresAt"> & { token: string },
	most = mostInvitations,
): Promise<Invitation> {
	const { token, appId, ...rest } = input;
	const id = makeId("invitation");
	const invitation = { ...rest, id, email: normalizeEmail(input.email), createdAt: dir.now(), usedAt: null };
	const row = {
		...invitation,
		appId: appId ?? ("" as const),
		tokenHash: await dir.keys.hashToken(token),
		emailIndex: await emailIndex(dir, input.email),
		email: await dir.keys.seal(place(id), invitation.email),
	};
	const isReplaced = and(
		eq(table.ownerId, row.ownerId),
		eq(table.appId, row.appId),
		eq(table.emailIndex, row.emailIndex),
		isNull(table.usedAt),
	);
	const isOther = and(eq(table.ownerId, row.ownerId), eq(table.appId, row.appId), isOpen(dir));
	const isTooMany = sql`(SELECT count(*) FROM ${table} WHERE ${isOther} AND ${table.emailIndex} <> ${row.emailIndex}) >= ${most}`;
	const isNew = eq(table.tokenHash, row.tokenHash);
	const [, refused] = await onDirectory(dir, (rows) =>
		rows.batch([
			rows.insert(table).values(row),
			rows.delete(table).where(and(isNew, isTooMany)).returning({ id: table.id }),
			// the older one goes only for one that came
			rows
				.delete(table)
				.where(and(isReplaced, not(isNew), sql`EXISTS (SELECT 1 FROM ${table} WHERE token_hash = ${row.tokenHash})`)),
		]),
	);
	if (refused.length > 0) throw new DbError("many");
	return { ...invitation, appId };
}

/**
 * Turns an invitation into a grant for the account whose verified address it was sent to. Null when it is unknown, used,
 * expired, or bound to another address: which of these, nobody is told.
 */
export async function useInvitation(
	dir: Directory,
	token: string,
	by: { accountId: AccountId; verifiedEmail: string },
): Promise<Grant | null> {
	const tokenHash = await dir.keys.hashToken(token);
	const index = await emailIndex(dir, by.verifiedEmail);
	const grantId = makeId("grant");
	const at = dir.now();
	const [, made] = await onDirectory(dir, (rows) =>
		rows.batch([
			rows
				.update(table)
				.set({ usedAt: at, grantId })
				.where(and(eq(table.tokenHash, tokenHash), eq(table.emailIndex, index), isOpen(dir))),
			rows
				.insert(grants.table)
				.select(
					// In the order the columns are declared. By its key, as everything here: the grant says only whether it was used just now.
					sql`SELECT ${by.accountId}, owner_id, app_id, ${grantId}, role, ${at} FROM ${table} WHERE token_hash = ${tokenHash} AND grant_id = ${grantId}`,
				)
				.onConflictDoUpdate({
					target: [grants.table.accountId, grants.table.ownerId, grants.table.appId],
					set: { role: sql`excluded.role` },
				})
				.returning(),
		]),
	);
	const grant = made[0];
	return grant ? { ...grant, appId: grant.appId === "" ? null : grant.appId } : null;
}

/** Every open invitation of an app (null: the workspace), newest first. The studio bounds how many there can be. */
export async function listInvitations(dir: Directory, ownerId: OwnerId, appId: AppId | null): Promise<Invitation[]> {
	const found = await onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(and(eq(table.ownerId, ownerId), eq(table.appId, appId ?? ""), isOpen(dir)))
			.orderBy(desc(table.createdAt)),
	);
	return Promise.all(found.map((row) => open(dir, row)));
}

export async function revokeInvitation(dir: Directory, ownerId: OwnerId, id: Id<"invitation">): Promise<boolean> {
	const deleted = await onDirectory(dir, (rows) =>
		rows
			.delete(table)
			.where(and(eq(table.id, id), eq(table.ownerId, ownerId)))
			.returning({ id: table.id }),
	);
	return deleted.length > 0;
}

const isOpen = (dir: Directory) => and(isNull(table.usedAt), gt(table.expiresAt, dir.now()));
const place = (row: string) => ({ table: "invitations", column: "email", row });

async function open(dir: Directory, row: typeof table.$inferSelect): Promise<Invitation> {
	const { tokenHash: _hash, emailIndex: _index, grantId: _grant, appId, email, ...rest } = row;
	return { ...rest, appId: appId === "" ? null : appId, email: await dir.keys.open(place(row.id), email) };
}
