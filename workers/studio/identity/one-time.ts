// Tokens that ride in mails: 256 random bits, stored hashed, spent by the first use, bound to one purpose and to the account as
// it was when the token was made. So a password reset kills the resets asked before it, and a verification all others.

import { z } from "zod";
import type { Account } from "#db/directory/accounts.ts";
import type { Directory } from "#db/directory/handle.ts";
import { createVerification, peekVerification, takeVerification } from "#db/directory/verifications.ts";
import { makeToken } from "#lib/crypto/token.ts";
import { AccountId } from "#schema/ids.ts";

const hour = 3_600_000;
/**
 * `isOnly`: a newer one ends the older, so that an address mistyped first cannot take the account over later. Only what nobody
 * but the account's holder can ask for: a stranger's sign-up or forgotten password must not void the link that a person waits for.
 */
const purposes = {
	verify: { ttlMs: 24 * hour, isOnly: false },
	reset: { ttlMs: hour, isOnly: false },
	email: { ttlMs: hour, isOnly: true },
} as const;
export type Purpose = keyof typeof purposes;

const Content = z.strictObject({
	accountId: AccountId,
	/** What the account looked like, see `stampOf`. */
	stamp: z.string(),
	/** `verify`: what this sign-up chose. Its link confirms only this, and only for somebody who knows the password. */
	name: z.string().optional(),
	passwordHash: z.string().optional(),
	/** `email`: the new address. */
	email: z.string().optional(),
});
export type OneTime = z.infer<typeof Content>;

/** Makes a token; only its hash is kept. */
export async function makeOneTime(directory: Directory, purpose: Purpose, content: OneTime): Promise<string> {
	const token = makeToken();
	const id = await idOf(directory, purpose, token);
	const { ttlMs, isOnly } = purposes[purpose];
	await createVerification(directory, {
		id,
		identifier: isOnly ? `${purpose}/${content.accountId}` : id,
		value: JSON.stringify(content),
		expiresAt: directory.now() + ttlMs,
		isOnly,
	});
	return token;
}

/** Spends a token. Null when it is unknown, expired, spent, or was made for something else. */
export async function spendOneTime(directory: Directory, purpose: Purpose, token: string): Promise<OneTime | null> {
	const found = await takeVerification(directory, await idOf(directory, purpose, token));
	return found && Content.parse(JSON.parse(found.value));
}

/** What a token stands for, without spending it. Null as for `spendOneTime`. */
export async function peekOneTime(directory: Directory, purpose: Purpose, token: string): Promise<OneTime | null> {
	const found = await peekVerification(directory, await idOf(directory, purpose, token));
	return found && Content.parse(JSON.parse(found.value));
}

// the row is found by the hash, and a token of one purpose hashes to no row of another
const idOf = (directory: Directory, purpose: Purpose, token: string) => directory.keys.hashToken(`${purpose}/${token}`);

/** Changes when the account's address, password or verification changes; a token made before then is void. */
export async function stampOf(
	directory: Directory,
	account: Pick<Account, "id" | "email" | "emailVerified">,
	passwordHash: string | null,
): Promise<string> {
	return directory.keys.index(
		JSON.stringify(["stamp", account.id, account.email, account.emailVerified, passwordHash]),
	);
}
