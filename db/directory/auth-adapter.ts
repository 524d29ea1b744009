// Better Auth's storage, over the directory's own functions. Its adapter interface could ask for anything; this one answers
// look-ups by a key and throws DbError `gate` for every other, so no call of the library can list accounts or search them.
// Session tokens are hashed here: the library makes and sees them, the database never does.
import { type CleanedWhere, createAdapterFactory } from "better-auth/adapters";
import { AccountId, type Id } from "#schema/ids.ts";
import { DbError } from "../errors.ts";
import { type Account, createAccount, findAccount, findAccountByEmail, updateAccount } from "./accounts.ts";
import {
	type Credential,
	createCredential,
	findCredential,
	findCredentialById,
	listCredentialsOfAccount,
	updatePassword,
} from "./credentials.ts";
import type { Directory } from "./handle.ts";
import { emailForLibrary, emailOfLibrary } from "./library-email.ts";
import {
	createPasskey,
	deletePasskeyOfAccount,
	findPasskey,
	findPasskeyByCredential,
	listPasskeysOfAccount,
	type Passkey,
	updatePasskey,
} from "./passkeys.ts";
import { createSession, deleteSessionByHash, deleteSessionsOfAccount, findSession, type Session } from "./sessions.ts";
import {
	createVerification,
	findVerification,
	takeVerification,
	type Verification,
	type VerificationId,
} from "./verifications.ts";

type Row = Record<string, unknown>;
type Condition = CleanedWhere;
/** The values of the conditions, by field. */
type Key = Record<string, unknown>;

interface Model {
	create?(data: Row): Promise<Row>;
	/** By the fields of the conditions, joined with `+`. */
	find?: Record<string, (key: Key) => Promise<(Row | null)[]>>;
	update?: Record<string, (key: Key, change: Row) => Promise<Row | null>>;
	remove?: Record<string, (key: Key) => Promise<number>>;
	take?: Record<string, (key: Key) => Promise<Row | null>>;
}

/** The `database` of Better Auth. Of the caller's address only the network is stored. */
export function betterAuthAdapter(dir: Directory, address: string | null) {
	const models: Record<string, Model> = {
		user: userModel(dir),
		session: sessionModel(dir, address),
		account: credentialModel(dir),
		verification: verificationModel(dir),
		passkey: passkeyModel(dir),
	};
	const modelOf = (name: string): Model => models[name] ?? refuse();
	const find = async (model: string, where: readonly Condition[] | undefined) => {
		const { name, key } = keyOf(where);
		const found = await (modelOf(model).find?.[name] ?? refuse())(key);
		return found.filter((row) => row !== null);
	};
	return createAdapterFactory({
		config: {
			adapterId: "freehold-directory",
			supportsDates: true,
			supportsBooleans: true,
			supportsJSON: false,
			transaction: false,
		},
		adapter: () => ({
			create: async ({ model, data }) => (await (modelOf(model).create ?? refuse())(data)) as typeof data,
			findOne: async <T>({ model, where }: { model: string; where: Condition[] }) =>
				((await find(model, where))[0] ?? null) as T | null,
			findMany: async <T>({ model, where }: { model: string; where?: Condition[] | undefined }) =>
				(await find(model, where)) as T[],
			update: async <T>({ model, where, update }: { model: string; where: Condition[]; update: T }) => {
				const { name, key } = keyOf(where);
				return (await (modelOf(model).update?.[name] ?? refuse())(key, update as Row)) as T | null;
			},
			updateMany: () => refuse(),
			delete: async ({ model, where }) => {
				const { name, key } = keyOf(where);
				await (modelOf(model).remove?.[name] ?? refuse())(key);
			},
			deleteMany: async ({ model, where }) => {
				const { name, key } = keyOf(where);
				return (modelOf(model).remove?.[name] ?? refuse())(key);
			},
			consumeOne: async <T>({ model, where }: { model: string; where: Condition[] }) => {
				const { name, key } = keyOf(where);
				return (await (modelOf(model).take?.[name] ?? refuse())(key)) as T | null;
			},
			incrementOne: () => refuse(),
			count: () => refuse(),
		}),
	});
}

function refuse(): never {
	throw new DbError("gate");
}

// Equality only; other operators become part of the name and so match no declared look-up, unless one declares them.
function keyOf(where: readonly Condition[] | undefined): { name: string; key: Key } {
	if (!where?.length || where.some(({ connector }) => connector !== "AND")) return refuse();
	const name = where.map(({ field, operator }) => (operator === "eq" ? field : `${field}:${operator}`));
	return { name: name.sort().join("+"), key: Object.fromEntries(where.map(({ field, value }) => [field, value])) };
}

const text = (value: unknown): string => (typeof value === "string" ? value : refuse());
const optional = (value: unknown): string | null => (value === undefined || value === null ? null : text(value));
const time = (value: unknown): number => (value instanceof Date ? value.getTime() : refuse());
const number = (value: unknown): number => (typeof value === "number" ? value : refuse());
const accountId = (value: unknown): AccountId => {
	const parsed = AccountId.safeParse(value);
	return parsed.success ? parsed.data : refuse();
};

// rows of its own making only: a mailed token's row is out of the library's reach
const verificationId = (value: unknown): VerificationId =>
	/^verification_[0-9a-f]{32}$/.test(text(value)) ? (value as VerificationId) : refuse();

function userModel(dir: Directory): Model {
	const row = (account: Account | null): Row | null =>
		account && {
			id: account.id,
			name: account.name,
			email: account.email,
			emailVerified: account.emailVerified,
			image: null,
			createdAt: new Date(account.createdAt),
			updatedAt: new Date(account.updatedAt),
		};
	return {
		create: async (data) => {
			const input = { id: accountId(data["id"]), email: emailOfLibrary(text(data["email"])), name: text(data["name"]) };
			return row(await createAccount(dir, input)) ?? refuse();
		},
		find: {
			id: async ({ id }) => [row(await findAccount(dir, accountId(id)))],
			email: async ({ email }) => {
				const found = await findAccountByEmail(dir, emailOfLibrary(text(email)));
				if (!found) await workAsForKnown(dir);
				// the library compares it with what it asked for; by id, an account has the address that a passkey's dialog shows
				return [found && row({ ...found, email: emailForLibrary(found.email) })];
			},
		},
		update: {
			id: async ({ id }, change) => row(await updateAccount(dir, accountId(id), { name: text(change["name"]) })),
		},
	};
}

/**
 * An unknown address costs what a known one does, or the time of a refused sign-in would tell: the second look-up, which the library
 * makes for a known one, and three sealed values (address, name, hash of the password).
 */
async function workAsForKnown(dir: Directory): Promise<void> {
	const nobody = "acc_00000000000000000000000000000000";
	await findCredential(dir, nobody, "none");
	const place = { table: "accounts", column: "email", row: nobody };
	const sealed = await dir.keys.seal(place, nobody);
	for (let opened = 1; opened < 3; opened++) await dir.keys.open(place, sealed);
}

function sessionModel(dir: Directory, address: string | null): Model {
	// what stands for the token is its hash, except to who came with the token
	const row = (session: Session | null, token?: string): Row | null =>
		session && {
			id: session.id,
			userId: session.accountId,
			token: token ?? session.tokenHash,
			expiresAt: new Date(session.expiresAt),
			createdAt: new Date(session.createdAt),
			updatedAt: new Date(session.updatedAt),
			ipAddress: session.ipPrefix,
			userAgent: session.userAgent,
		};
	return {
		create: async (data) => {
			const token = text(data["token"]);
			const session = await createSession(dir, {
				id: text(data["id"]) as Id<"session">,
				token,
				accountId: accountId(data["userId"]),
				expiresAt: time(data["expiresAt"]),
				userAgent: optional(data["userAgent"]),
				ip: address,
			});
			return row(session, token) ?? refuse();
		},
		find: {
			token: async ({ token }) => [row(await findSession(dir, text(token)), text(token))],
		},
		remove: {
			token: async ({ token }) => ((await deleteSessionByHash(dir, await dir.keys.hashToken(text(token)))) ? 1 : 0),
			userId: ({ userId }) => deleteSessionsOfAccount(dir, accountId(userId)),
		},
	};
}

function credentialModel(dir: Directory): Model {
	const row = (credential: Credential | null): Row | null =>
		credential && {
			id: credential.id,
			userId: credential.accountId,
			accountId: credential.accountId,
			providerId: credential.provider,
			password: credential.passwordHash,
			createdAt: new Date(credential.createdAt),
			updatedAt: new Date(credential.updatedAt),
		};
	return {
		create: async (data) => {
			const [id, provider] = [text(data["id"]), text(data["providerId"])];
			const holder = accountId(data["userId"]);
			return (
				row(
					await createCredential(dir, { id, accountId: holder, provider, passwordHash: optional(data["password"]) }),
				) ?? refuse()
			);
		},
		find: {
			userId: async ({ userId }) => (await listCredentialsOfAccount(dir, accountId(userId))).map(row),
			"accountId+providerId+userId": async ({ userId, providerId }) => [
				row(await findCredential(dir, accountId(userId), text(providerId))),
			],
		},
		update: {
			id: async ({ id }, change) => {
				const found = await findCredentialById(dir, text(id));
				if (!found) return null;
				await updatePassword(dir, found.accountId, found.provider, text(change["password"]));
				return row(await findCredentialById(dir, found.id));
			},
		},
	};
}

function verificationModel(dir: Directory): Model {
	const row = (verification: Verification | null, identifier: string): Row | null =>
		verification && {
			id: verification.id,
			identifier,
			value: verification.value,
			expiresAt: new Date(verification.expiresAt),
			createdAt: new Date(verification.createdAt),
			updatedAt: new Date(verification.updatedAt),
		};
	return {
		create: async (data) => {
			const [id, identifier, value] = [verificationId(data["id"]), text(data["identifier"]), text(data["value"])];
			const made = await createVerification(dir, { id, identifier, value, expiresAt: time(data["expiresAt"]) });
			return row(made, identifier) ?? refuse();
		},
		find: {
			identifier: async ({ identifier }) => [row(await findVerification(dir, text(identifier)), text(identifier))],
		},
		remove: {
			// "older ones of the same identifier": ours are random, so there are none
			"createdAt:lte+id:ne+identifier": async () => 0,
		},
		take: {
			id: async ({ id }) => row(await takeVerification(dir, verificationId(id)), ""),
		},
	};
}

function passkeyModel(dir: Directory): Model {
	const row = (passkey: Passkey | null): Row | null =>
		passkey && {
			id: passkey.id,
			userId: passkey.accountId,
			credentialID: passkey.credentialId,
			publicKey: passkey.publicKey,
			counter: passkey.counter,
			deviceType: passkey.deviceType,
			backedUp: passkey.backedUp,
			transports: passkey.transports,
			aaguid: passkey.aaguid,
			name: passkey.name,
			createdAt: new Date(passkey.createdAt),
		};
	return {
		create: async (data) => {
			const made = await createPasskey(dir, {
				id: text(data["id"]),
				accountId: accountId(data["userId"]),
				credentialId: text(data["credentialID"]),
				publicKey: text(data["publicKey"]),
				counter: number(data["counter"]),
				deviceType: text(data["deviceType"]),
				backedUp: data["backedUp"] === true,
				transports: optional(data["transports"]),
				aaguid: optional(data["aaguid"]),
				name: optional(data["name"]),
			});
			return row(made) ?? refuse();
		},
		find: {
			id: async ({ id }) => [row(await findPasskey(dir, text(id)))],
			// The library refuses a counter that went back, also of passkeys that are synced. identity/auth.ts looks at it instead.
			credentialID: async ({ credentialID }) => {
				const found = await findPasskeyByCredential(dir, text(credentialID));
				return [row(found && { ...found, counter: 0 })];
			},
			userId: async ({ userId }) => (await listPasskeysOfAccount(dir, accountId(userId))).map(row),
		},
		update: {
			id: async ({ id }, change) => row(await updatePasskey(dir, text(id), { counter: number(change["counter"]) })),
		},
		remove: {
			id: async ({ id }) => {
				const found = await findPasskey(dir, text(id));
				return found && (await deletePasskeyOfAccount(dir, found.accountId, found.id)) ? 1 : 0;
			},
		},
	};
}
