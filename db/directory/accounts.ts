// Accounts, found by id or by e-mail index, never listed. E-mail and name are sealed.
import { eq, inArray } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import { comparedEmail } from "#schema/email-address.ts";
import { type AccountId, makeId, type OwnerId } from "#schema/ids.ts";
import { cleanName } from "#schema/names.ts";
import { flag } from "../rls/tenant-table.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, type LookupKey, onDirectory, type SealedEntry } from "./handle.ts";

export const accounts = directoryTable({
	name: "accounts",
	columns: {
		id: text("id").$type<AccountId>().notNull(),
		/** made with the account, before the tenant exists */
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		emailIndex: text("email_index").$type<LookupKey>().notNull(),
		/** sealed */
		email: text("email").$type<SealedEntry>().notNull(),
		/** sealed */
		name: text("name").$type<SealedEntry>().notNull(),
		emailVerified: flag("email_verified").notNull(),
		tenantReady: flag("tenant_ready").notNull(),
		createdAt: integer("created_at").notNull(),
		updatedAt: integer("updated_at").notNull(),
	},
	primaryKey: ["id"],
	unique: [["owner_id"], ["email_index"]],
	holding: {
		holds: "Who has an account: address and name",
		whose: "account",
		dataClass: "identity",
		exported: "archive",
		erasedWith: "account",
		kept: "until the account is closed",
		sealed: ["email", "name"],
		hashed: ["emailIndex"],
	},
});

export interface Account {
	id: AccountId;
	ownerId: OwnerId;
	email: string;
	name: string;
	emailVerified: boolean;
	tenantReady: boolean;
	createdAt: number;
	updatedAt: number;
}

const { table } = accounts;

/** Addresses are compared without surrounding space, in lower case, and with the ASCII form of their domain. */
export const normalizeEmail = comparedEmail;

/** Look-up key of an address; accounts and invitations use the same. */
export const emailIndex = (dir: Directory, email: string) => dir.keys.index(`email:${normalizeEmail(email)}`);

/** Throws DbError `conflict` when the address has an account. */
export async function createAccount(
	dir: Directory,
	input: { id?: AccountId; email: string; name: string; emailVerified?: boolean },
): Promise<Account> {
	const id = input.id ?? makeId("account");
	const at = dir.now();
	const account: Account = {
		id,
		ownerId: makeId("owner"),
		email: normalizeEmail(input.email),
		name: cleanName(input.name),
		emailVerified: input.emailVerified ?? false,
		tenantReady: false,
		createdAt: at,
		updatedAt: at,
	};
	const sealed = { ...(await sealEmail(dir, id, account.email)), ...(await sealName(dir, id, account.name)) };
	await onDirectory(dir, (rows) => rows.insert(table).values({ ...account, ...sealed }));
	return account;
}

export function findAccount(dir: Directory, id: AccountId): Promise<Account | null> {
	return findOne(dir, eq(table.id, id));
}

export async function findAccountByEmail(dir: Directory, email: string): Promise<Account | null> {
	return findOne(dir, eq(table.emailIndex, await emailIndex(dir, email)));
}

export function findAccountOfOwner(dir: Directory, ownerId: OwnerId): Promise<Account | null> {
	return findOne(dir, eq(table.ownerId, ownerId));
}

/** Names of accounts whose ids one has; those that are gone are left out. */
export async function findNames(dir: Directory, ids: readonly AccountId[]): Promise<Map<AccountId, string>> {
	if (ids.length === 0) return new Map();
	const found = await onDirectory(dir, (rows) =>
		rows
			.select({ id: table.id, name: table.name })
			.from(table)
			.where(inArray(table.id, [...new Set(ids)])),
	);
	const open = async ({ id, name }: (typeof found)[number]) =>
		[id, await dir.keys.open(place("name", id), name)] as const;
	return new Map(await Promise.all(found.map(open)));
}

/** Names of the accounts whose own tenants these are; those that are gone are left out. */
export async function findNamesOfOwners(dir: Directory, ownerIds: readonly OwnerId[]): Promise<Map<OwnerId, string>> {
	if (ownerIds.length === 0) return new Map();
	const found = await onDirectory(dir, (rows) =>
		rows
			.select({ id: table.id, ownerId: table.ownerId, name: table.name })
			.from(table)
			.where(inArray(table.ownerId, [...new Set(ownerIds)])),
	);
	const open = async ({ id, ownerId, name }: (typeof found)[number]) =>
		[ownerId, await dir.keys.open(place("name", id), name)] as const;
	return new Map(await Promise.all(found.map(open)));
}

/** Answers the account as it is now; null when there is none. Throws DbError `conflict` when the new address is taken. */
export async function updateAccount(
	dir: Directory,
	id: AccountId,
	change: { email?: string; name?: string; emailVerified?: boolean; tenantReady?: boolean },
): Promise<Account | null> {
	const { email, name, emailVerified, tenantReady } = change;
	const values = {
		...(emailVerified === undefined ? {} : { emailVerified }),
		...(tenantReady === undefined ? {} : { tenantReady }),
		...(email === undefined ? {} : await sealEmail(dir, id, email)),
		...(name === undefined ? {} : await sealName(dir, id, name)),
		updatedAt: dir.now(),
	};
	const [row] = await onDirectory(dir, (rows) => rows.update(table).set(values).where(eq(table.id, id)).returning());
	return row ? open(dir, row) : null;
}

async function findOne(dir: Directory, key: ReturnType<typeof eq>): Promise<Account | null> {
	const [row] = await onDirectory(dir, (rows) => rows.select().from(table).where(key).limit(1));
	return row ? open(dir, row) : null;
}

const place = (column: "email" | "name", row: AccountId) => ({ table: "accounts", column, row });

async function sealEmail(dir: Directory, row: AccountId, email: string) {
	return {
		email: await dir.keys.seal(place("email", row), normalizeEmail(email)),
		emailIndex: await emailIndex(dir, email),
	};
}

async function sealName(dir: Directory, row: AccountId, name: string) {
	return { name: await dir.keys.seal(place("name", row), cleanName(name)) };
}

async function open(dir: Directory, row: typeof table.$inferSelect): Promise<Account> {
	const { emailIndex: _index, ...rest } = row;
	const read = (column: "email" | "name") => dir.keys.open(place(column, row.id), row[column]);
	return { ...rest, email: await read("email"), name: await read("name") };
}
