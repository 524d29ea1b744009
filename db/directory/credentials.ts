// How an account proves itself: a password's scrypt hash, sealed so that a dump of the directory cannot be guessed at.
import { and, eq, sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AccountId, OwnerId } from "#schema/ids.ts";
import { accounts } from "./accounts.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory, type SealedEntry } from "./handle.ts";

export const credentials = directoryTable({
	name: "credentials",
	columns: {
		accountId: text("account_id").$type<AccountId>().notNull(),
		provider: text("provider").notNull(),
		id: text("id").notNull(),
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		/** sealed */
		passwordHash: text("password_hash").$type<SealedEntry>(),
		createdAt: integer("created_at").notNull(),
		updatedAt: integer("updated_at").notNull(),
	},
	primaryKey: ["account_id", "provider"],
	unique: [["id"]],
	holding: {
		holds: "The hash of a password",
		whose: "account",
		dataClass: "credential",
		exported: "annex",
		erasedWith: "account",
		kept: "until the account is closed",
		sealed: ["passwordHash"],
	},
});

export interface Credential {
	id: string;
	accountId: AccountId;
	/** "credential" for e-mail and password */
	provider: string;
	passwordHash: string | null;
	createdAt: number;
	updatedAt: number;
}

const { table } = credentials;

/** Throws DbError `conflict` when the account has one of this provider. */
export async function createCredential(
	dir: Directory,
	input: Pick<Credential, "id" | "accountId" | "provider" | "passwordHash">,
): Promise<Credential> {
	const at = dir.now();
	const passwordHash = await sealHash(dir, input.id, input.passwordHash);
	const ownerId = sql<OwnerId>`(SELECT owner_id FROM ${accounts.table} WHERE id = ${input.accountId})`;
	await onDirectory(dir, (rows) =>
		rows.insert(table).values({ ...input, passwordHash, ownerId, createdAt: at, updatedAt: at }),
	);
	return { ...input, createdAt: at, updatedAt: at };
}

/** All of them: an account has one of each provider. */
export async function listCredentialsOfAccount(dir: Directory, accountId: AccountId): Promise<Credential[]> {
	const found = await onDirectory(dir, (rows) => rows.select().from(table).where(eq(table.accountId, accountId)));
	return Promise.all(found.map((row) => open(dir, row)));
}

export async function findCredential(
	dir: Directory,
	accountId: AccountId,
	provider: string,
): Promise<Credential | null> {
	return (
		(await listCredentialsOfAccount(dir, accountId)).find((credential) => credential.provider === provider) ?? null
	);
}

export async function findCredentialById(dir: Directory, id: string): Promise<Credential | null> {
	const [row] = await onDirectory(dir, (rows) => rows.select().from(table).where(eq(table.id, id)).limit(1));
	return row ? open(dir, row) : null;
}

export async function updatePassword(
	dir: Directory,
	accountId: AccountId,
	provider: string,
	passwordHash: string,
): Promise<boolean> {
	const current = await findCredential(dir, accountId, provider);
	if (!current) return false;
	const sealed = await sealHash(dir, current.id, passwordHash);
	await onDirectory(dir, (rows) =>
		rows
			.update(table)
			.set({ passwordHash: sealed, updatedAt: dir.now() })
			.where(and(eq(table.accountId, accountId), eq(table.provider, provider))),
	);
	return true;
}

const place = (row: string) => ({ table: "credentials", column: "password_hash", row });

async function sealHash(dir: Directory, id: string, hash: string | null): Promise<SealedEntry | null> {
	return hash === null ? null : dir.keys.seal(place(id), hash);
}

async function open(dir: Directory, row: typeof table.$inferSelect): Promise<Credential> {
	const { ownerId: _owner, ...rest } = row;
	return {
		...rest,
		passwordHash: row.passwordHash === null ? null : await dir.keys.open(place(row.id), row.passwordHash),
	};
}
