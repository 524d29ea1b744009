// Who holds a session token: session, account and where its tenant is, with the grants that the request asks about, in one look-up,
// because every request asks and each look-up is a trip. Unverified accounts hold none.
import { and, desc, eq, gt, inArray, not, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { AccountId, AppId, Id, OwnerId } from "#schema/ids.ts";
import type { ShardName } from "../shards.ts";
import { accounts } from "./accounts.ts";
import { type Grant, grants, toGrant } from "./grants.ts";
import { type Directory, onDirectory, type TokenHash } from "./handle.ts";
import { placements } from "./placements.ts";
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
	/** Where the account's own tenant is; null until it is made. */
	shard: ShardName | null;
	/** Those that were asked for, newest first, of tenants that are there. */
	grants: PlacedGrant[];
}

/** A grant, and where what it opens is. */
export interface PlacedGrant extends Grant {
	shard: ShardName;
}

/** Which of the person's grants a request is about: those that may cover one app, all, or none. */
export type AskedGrants = AppId | "all" | "none";

const granted = alias(placements.table, "granted");

/** Null when the token is unknown, expired or revoked, or its account is not verified or is suspended. */
export async function findSignedIn(
	dir: Directory,
	token: string,
	asked: AskedGrants = "none",
): Promise<SignedIn | null> {
	const tokenHash = await dir.keys.hashToken(token);
	// nobody's id: with a constant that is false the planner would go through all grants instead
	const holder = asked === "none" ? sql`''` : accounts.table.id;
	const isAsked = asked === "all" || asked === "none" ? undefined : inArray(grants.table.appId, [asked, ""]);
	const found = await onDirectory(dir, (rows) =>
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
				shard: placements.table.shard,
				grant: grants.table,
				grantedShard: granted.shard,
			})
			.from(sessions.table)
			.innerJoin(accounts.table, eq(accounts.table.id, sessions.table.accountId))
			.leftJoin(placements.table, eq(placements.table.ownerId, accounts.table.ownerId))
			.leftJoin(grants.table, and(eq(grants.table.accountId, holder), isAsked))
			.leftJoin(granted, eq(granted.ownerId, grants.table.ownerId))
			.where(
				and(
					eq(sessions.table.tokenHash, tokenHash),
					gt(sessions.table.expiresAt, dir.now()),
					eq(accounts.table.emailVerified, true),
					not(isOfSuspended(accounts.table.ownerId)),
				),
			)
			.orderBy(desc(grants.table.createdAt)),
	);
	const [first] = found;
	if (!first) return null;
	const { grant: _grant, grantedShard: _shard, ...row } = first;
	const open = (column: "email" | "name") =>
		dir.keys.open({ table: "accounts", column, row: row.accountId }, row[column]);
	const [email, name] = await Promise.all([open("email"), open("name")]);
	const placed = found.flatMap(({ grant, grantedShard }) =>
		grant && grantedShard ? [{ ...toGrant(grant), shard: grantedShard }] : [],
	);
	return { ...row, tokenHash, email, name, grants: placed };
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
