// Sign-in sessions, found by the hash of their token. A person may see and end their own.
import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import { type AccountId, type Id, makeId, type OwnerId } from "#schema/ids.ts";
import { accounts } from "./accounts.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory, type SealedEntry, type TokenHash } from "./handle.ts";

export const sessions = directoryTable({
	name: "sessions",
	columns: {
		tokenHash: text("token_hash").$type<TokenHash>().notNull(),
		id: text("id").$type<Id<"session">>().notNull(),
		accountId: text("account_id").$type<AccountId>().notNull(),
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		expiresAt: integer("expires_at").notNull(),
		createdAt: integer("created_at").notNull(),
		updatedAt: integer("updated_at").notNull(),
		/** sealed */
		userAgent: text("user_agent").$type<SealedEntry>(),
		/** an IPv4 /24 or IPv6 /48, as text */
		ipPrefix: text("ip_prefix"),
	},
	primaryKey: ["token_hash"],
	unique: [["id"]],
	indexes: [["account_id", "expires_at"], ["expires_at"]],
	holding: {
		holds: "Where somebody is signed in: browser and network, never the whole address",
		whose: "account",
		dataClass: "credential",
		exported: "no",
		erasedWith: "account",
		kept: "until signing out, or until it expires",
		sealed: ["userAgent"],
		hashed: ["tokenHash"],
		expires: { at: "expiresAt" },
	},
});

export interface Session {
	id: Id<"session">;
	/** Stands for the token where one's own sessions are listed; useless as one. */
	tokenHash: TokenHash;
	accountId: AccountId;
	ownerId: OwnerId;
	expiresAt: number;
	createdAt: number;
	updatedAt: number;
	userAgent: string | null;
	ipPrefix: string | null;
}

const { table } = sessions;

/** A person sees all of their sessions in one list. With one more, the oldest ends. */
export const mostSessions = 100;

/** Throws DbError `guard` when there is no such account. */
export async function createSession(
	dir: Directory,
	input: {
		id?: Id<"session">;
		token: string;
		accountId: AccountId;
		expiresAt: number;
		userAgent?: string | null;
		ip?: string | null;
	},
): Promise<Session> {
	const id = input.id ?? makeId("session");
	const userAgent = input.userAgent ? input.userAgent.slice(0, 300) : null;
	const at = dir.now();
	const values = {
		id,
		tokenHash: await dir.keys.hashToken(input.token),
		accountId: input.accountId,
		ownerId: sql<OwnerId>`(SELECT owner_id FROM ${accounts.table} WHERE id = ${input.accountId})`,
		expiresAt: input.expiresAt,
		createdAt: at,
		updatedAt: at,
		userAgent: userAgent === null ? null : await dir.keys.seal(place(id), userAgent),
		ipPrefix: input.ip ? truncateIp(input.ip) : null,
	};
	const isTooMany = sql`${table.tokenHash} IN (SELECT token_hash FROM ${table} WHERE account_id = ${input.accountId}
		ORDER BY created_at DESC, token_hash LIMIT -1 OFFSET ${mostSessions})`;
	const [[row]] = await onDirectory(dir, (rows) =>
		rows.batch([rows.insert(table).values(values).returning(), rows.delete(table).where(isTooMany)]),
	);
	return open(dir, row as typeof table.$inferSelect);
}

/** Null when there is none or it has expired. */
export async function findSession(dir: Directory, token: string): Promise<Session | null> {
	return findSessionByHash(dir, await dir.keys.hashToken(token));
}

export async function findSessionByHash(dir: Directory, tokenHash: TokenHash): Promise<Session | null> {
	const [row] = await onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(and(eq(table.tokenHash, tokenHash), gt(table.expiresAt, dir.now())))
			.limit(1),
	);
	return row ? open(dir, row) : null;
}

/** All of a person's own sessions, newest first: `createSession` bounds how many there are. */
export async function listSessionsOfAccount(dir: Directory, accountId: AccountId): Promise<Session[]> {
	const found = await onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(and(eq(table.accountId, accountId), gt(table.expiresAt, dir.now())))
			.orderBy(desc(table.createdAt)),
	);
	return Promise.all(found.map((row) => open(dir, row)));
}

export async function extendSession(dir: Directory, tokenHash: TokenHash, expiresAt: number): Promise<Session | null> {
	const [row] = await onDirectory(dir, (rows) =>
		rows.update(table).set({ expiresAt, updatedAt: dir.now() }).where(eq(table.tokenHash, tokenHash)).returning(),
	);
	return row ? open(dir, row) : null;
}

export async function deleteSessionByHash(dir: Directory, tokenHash: TokenHash): Promise<boolean> {
	const deleted = await onDirectory(dir, (rows) =>
		rows.delete(table).where(eq(table.tokenHash, tokenHash)).returning({ id: table.id }),
	);
	return deleted.length > 0;
}

/** Ends one of a person's own sessions. */
export async function deleteSessionOfAccount(
	dir: Directory,
	accountId: AccountId,
	id: Id<"session">,
): Promise<boolean> {
	const deleted = await onDirectory(dir, (rows) =>
		rows
			.delete(table)
			.where(and(eq(table.id, id), eq(table.accountId, accountId)))
			.returning({ id: table.id }),
	);
	return deleted.length > 0;
}

/** Ends a person's sessions, all or all but one; answers how many. */
export async function deleteSessionsOfAccount(
	dir: Directory,
	accountId: AccountId,
	exceptTokenHash: TokenHash | null = null,
): Promise<number> {
	const deleted = await onDirectory(dir, (rows) =>
		rows
			.delete(table)
			.where(
				and(
					eq(table.accountId, accountId),
					exceptTokenHash === null ? undefined : ne(table.tokenHash, exceptTokenHash),
				),
			)
			.returning({ id: table.id }),
	);
	return deleted.length;
}

/** An address cut to its network: enough to recognise a place, not a person. */
export function truncateIp(ip: string): string | null {
	const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(ip);
	if (v4) return `${v4[1]}.0/24`;
	if (!/^[0-9a-f:]+$/i.test(ip) || !ip.includes(":")) return null;
	const [head = "", tail] = ip.toLowerCase().split("::");
	const groups = head.split(":").filter(Boolean);
	const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter(Boolean).length;
	const all = [
		...groups,
		...Array.from({ length: Math.max(0, missing) }, () => "0"),
		...(tail ?? "").split(":").filter(Boolean),
	];
	return `${all.slice(0, 3).join(":")}::/48`;
}

const place = (row: string) => ({ table: "sessions", column: "user_agent", row });

async function open(dir: Directory, row: typeof table.$inferSelect): Promise<Session> {
	return { ...row, userAgent: row.userAgent === null ? null : await dir.keys.open(place(row.id), row.userAgent) };
}
