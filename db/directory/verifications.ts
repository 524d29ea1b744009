// Short-lived proofs (an address, a reset, a passkey challenge). They precede an owner, so the identifier is hashed, the value
// sealed, and both expire.
import { and, desc, eq, gt } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import { directoryTable } from "./directory-table.ts";
import { type Directory, type LookupKey, onDirectory, type SealedEntry, type TokenHash } from "./handle.ts";

/** A mailed token's row is named by its hash, a passkey challenge's by the sign-in library. */
export type VerificationId = TokenHash | `verification_${string}`;

export const verifications = directoryTable({
	name: "verifications",
	columns: {
		id: text("id").$type<VerificationId>().notNull(),
		identifierHash: text("identifier_hash").$type<LookupKey>().notNull(),
		/** sealed */
		value: text("value").$type<SealedEntry>().notNull(),
		expiresAt: integer("expires_at").notNull(),
		createdAt: integer("created_at").notNull(),
		updatedAt: integer("updated_at").notNull(),
	},
	primaryKey: ["id"],
	indexes: [["identifier_hash", "created_at"], ["expires_at"]],
	holding: {
		holds: "Links that were mailed and have not been used, and challenges of passkeys",
		whose: "account",
		dataClass: "credential",
		exported: "no",
		erasedWith: "time",
		kept: "until it is used, or a day at most",
		sealed: ["value"],
		hashed: ["identifierHash"],
		expires: { at: "expiresAt" },
	},
});

export interface Verification {
	id: VerificationId;
	identifierHash: string;
	value: string;
	expiresAt: number;
	createdAt: number;
	updatedAt: number;
}

const { table } = verifications;

/** With `isOnly`, what was made before for the same identifier ends. */
export async function createVerification(
	dir: Directory,
	input: { id: VerificationId; identifier: string; value: string; expiresAt: number; isOnly?: boolean },
): Promise<Verification> {
	const at = dir.now();
	const identifierHash = await hashIdentifier(dir, input.identifier);
	const row = { id: input.id, identifierHash, expiresAt: input.expiresAt, createdAt: at, updatedAt: at };
	const value = await dir.keys.seal(place(input.id), input.value);
	await onDirectory(dir, async (rows) => {
		const insert = rows.insert(table).values({ ...row, value });
		if (!input.isOnly) return insert;
		return rows.batch([rows.delete(table).where(eq(table.identifierHash, identifierHash)), insert]);
	});
	return { ...row, value: input.value };
}

/** The latest that has not expired. */
export async function findVerification(dir: Directory, identifier: string): Promise<Verification | null> {
	const [row] = await onDirectory(dir, async (rows) =>
		rows
			.select()
			.from(table)
			.where(and(eq(table.identifierHash, await hashIdentifier(dir, identifier)), gt(table.expiresAt, dir.now())))
			.orderBy(desc(table.createdAt), desc(table.id))
			.limit(1),
	);
	return row ? open(dir, row) : null;
}

/** Takes a verification away; only one caller gets it, so it can be used once. */
export async function takeVerification(dir: Directory, id: VerificationId): Promise<Verification | null> {
	const [row] = await onDirectory(dir, (rows) => rows.delete(table).where(eq(table.id, id)).returning());
	return row && row.expiresAt > dir.now() ? open(dir, row) : null;
}

/** Looks at a verification without using it; null when it is unknown or has expired. */
export async function peekVerification(dir: Directory, id: VerificationId): Promise<Verification | null> {
	const isIt = and(eq(table.id, id), gt(table.expiresAt, dir.now()));
	const [row] = await onDirectory(dir, (rows) => rows.select().from(table).where(isIt).limit(1));
	return row ? open(dir, row) : null;
}

const hashIdentifier = (dir: Directory, identifier: string) => dir.keys.index(`verification:${identifier}`);
const place = (row: string) => ({ table: "verifications", column: "value", row });

async function open(dir: Directory, row: typeof table.$inferSelect): Promise<Verification> {
	return { ...row, value: await dir.keys.open(place(row.id), row.value) };
}
