// Passkeys (WebAuthn credentials): public keys, found by credential id or by their account.
import { and, eq, sql } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AccountId, OwnerId } from "#schema/ids.ts";
import { DbError } from "../errors.ts";
import { flag } from "../rls/tenant-table.ts";
import { accounts } from "./accounts.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory, type SealedEntry } from "./handle.ts";

export const passkeys = directoryTable({
	name: "passkeys",
	columns: {
		credentialId: text("credential_id").notNull(),
		id: text("id").notNull(),
		accountId: text("account_id").$type<AccountId>().notNull(),
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		publicKey: text("public_key").notNull(),
		counter: integer("counter").notNull(),
		deviceType: text("device_type").notNull(),
		backedUp: flag("backed_up").notNull(),
		transports: text("transports"),
		aaguid: text("aaguid"),
		/** sealed */
		name: text("name").$type<SealedEntry>(),
		createdAt: integer("created_at").notNull(),
	},
	primaryKey: ["credential_id"],
	unique: [["id"]],
	indexes: [["account_id"]],
	holding: {
		holds: "Passkeys: public keys and the names they were given",
		whose: "account",
		dataClass: "credential",
		exported: "annex",
		erasedWith: "account",
		kept: "until it is removed",
		sealed: ["name"],
	},
});

export interface Passkey {
	id: string;
	credentialId: string;
	accountId: AccountId;
	publicKey: string;
	counter: number;
	deviceType: string;
	backedUp: boolean;
	transports: string | null;
	aaguid: string | null;
	name: string | null;
	createdAt: number;
}

const { table } = passkeys;

/** A person sees all of theirs in one list. */
export const mostPasskeys = 50;

/** Throws DbError `many` when the account has as many as it may, also when several are added at once. */
export async function createPasskey(dir: Directory, input: Omit<Passkey, "createdAt">): Promise<Passkey> {
	const passkey = { ...input, createdAt: dir.now() };
	const name = await sealName(dir, input.id, input.name);
	const ownerId = sql<OwnerId>`(SELECT owner_id FROM ${accounts.table} WHERE id = ${input.accountId})`;
	const [, refused] = await onDirectory(dir, (rows) =>
		rows.batch([
			rows.insert(table).values({ ...passkey, name, ownerId }),
			rows
				.delete(table)
				.where(
					sql`${table.id} = ${input.id} AND (SELECT count(*) FROM ${table} WHERE account_id = ${input.accountId}) > ${mostPasskeys}`,
				)
				.returning({ id: table.id }),
		]),
	);
	if (refused.length > 0) throw new DbError("many");
	return passkey;
}

export function findPasskeyByCredential(dir: Directory, credentialId: string): Promise<Passkey | null> {
	return findOne(dir, eq(table.credentialId, credentialId));
}

export function findPasskey(dir: Directory, id: string): Promise<Passkey | null> {
	return findOne(dir, eq(table.id, id));
}

export async function listPasskeysOfAccount(dir: Directory, accountId: AccountId): Promise<Passkey[]> {
	const found = await onDirectory(dir, (rows) => rows.select().from(table).where(eq(table.accountId, accountId)));
	return Promise.all(found.map((row) => open(dir, row)));
}

export async function updatePasskey(
	dir: Directory,
	id: string,
	change: { counter?: number; name?: string | null; backedUp?: boolean },
): Promise<Passkey | null> {
	const { counter, backedUp } = change;
	const values = {
		...(counter === undefined ? {} : { counter }),
		...(backedUp === undefined ? {} : { backedUp }),
		...(change.name === undefined ? {} : { name: await sealName(dir, id, change.name) }),
	};
	if (Object.keys(values).length === 0) return findPasskey(dir, id);
	const [row] = await onDirectory(dir, (rows) => rows.update(table).set(values).where(eq(table.id, id)).returning());
	return row ? open(dir, row) : null;
}

export async function deletePasskeyOfAccount(dir: Directory, accountId: AccountId, id: string): Promise<boolean> {
	const deleted = await onDirectory(dir, (rows) =>
		rows
			.delete(table)
			.where(and(eq(table.id, id), eq(table.accountId, accountId)))
			.returning({ id: table.id }),
	);
	return deleted.length > 0;
}

export async function deletePasskeysOfAccount(dir: Directory, accountId: AccountId): Promise<void> {
	await onDirectory(dir, (rows) => rows.delete(table).where(eq(table.accountId, accountId)));
}

async function findOne(dir: Directory, key: ReturnType<typeof eq>): Promise<Passkey | null> {
	const [row] = await onDirectory(dir, (rows) => rows.select().from(table).where(key).limit(1));
	return row ? open(dir, row) : null;
}

const place = (row: string) => ({ table: "passkeys", column: "name", row });

async function sealName(dir: Directory, id: string, name: string | null): Promise<SealedEntry | null> {
	return name === null ? null : dir.keys.seal(place(id), name);
}

async function open(dir: Directory, row: typeof table.$inferSelect): Promise<Passkey> {
	const { ownerId: _owner, ...rest } = row;
	return { ...rest, name: row.name === null ? null : await dir.keys.open(place(row.id), row.name) };
}
