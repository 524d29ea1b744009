// Who holds a session token: session and account in one look-up, because every request asks. Unverified accounts hold none.
import { and, eq, gt, not } from "drizzle-orm";
import type { AccountId, Id, OwnerId } from "#schema/ids.ts";
import { accounts } from "./accounts.ts";
import { type Directory, onDirectory, type TokenHash } from "./handle.ts";
import { sessions } from "./sessions.ts";
import { isOfSuspended, suspensions } from "./suspensions.ts";

export interface SignedIn {
	sessionId: Id<"session">;
	tokenHash: TokenHash;
	expiresAt: number;
	/** When the session was last extended. */
	extendedAt: number;
	accountId: AccountId;
	ownerId: OwnerId;
	email: string;
	name: string;
	tenantReady: boolean;
}

/** Null when the token is unknown, expired or revoked, or its account is not verified or is suspended. */
export async function findSignedIn(dir: Directory, token: string): Promise<SignedIn | null> {
	const tokenHash = await dir.keys.hashToken(token);
	const [row] = await onDirectory(dir, (rows) =>
		rows
			.select({
				sessionId: sessions.table.id,
				expiresAt: sessions.table.expiresAt,
				extendedAt: sessions.table.updatedAt,
				accountId: accounts.table.id,
				ownerId: accounts.table.ownerId,
				email: accounts.table.email,
				name: accounts.table.name,
				tenantReady: accounts.table.tenantReady,
			})
			.from(sessions.table)
			.innerJoin(accounts.table, eq(accounts.table.id, sessions.table.accountId))
			.where(
				and(
					eq(sessions.table.tokenHash, tokenHash),
					gt(sessions.table.expiresAt, dir.now()),
					eq(accounts.table.emailVerified, true),
					not(isOfSuspended(accounts.table.ownerId)),
				),
			)
			.limit(1),
	);
	if (!row) return null;
	const open = (column: "email" | "name") =>
		dir.keys.open({ table: "accounts", column, row: row.accountId }, row[column]);
	const [email, name] = await Promise.all([open("email"), open("name")]);
	return { ...row, tokenHash, email, name };
}

/** Whether a token that was just made belongs to a suspended account: the person is told so, and the token is worth nothing. */
export async function isSuspendedToken(dir: Directory, token: string): Promise<boolean> {
	const tokenHash = await dir.keys.hashToken(token);
	const found = await onDirectory(dir, (rows) =>
		rows
			.select({ at: suspensions.table.at })
			.from(sessions.table)
			.innerJoin(suspensions.table, eq(suspensions.table.ownerId, sessions.table.ownerId))
			.where(eq(sessions.table.tokenHash, tokenHash))
			.limit(1),
	);
	return found.length > 0;
}
