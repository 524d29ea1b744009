// Better Auth, as a library: it checks passwords, makes sessions and speaks WebAuthn. Its own handler is never mounted; routes
// call `auth.api` on the server. One instance serves one request, so that nothing of a request is shared with another.
import { passkey } from "@better-auth/passkey";
import { APIError } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { bearer } from "better-auth/plugins/bearer";
import { betterAuthAdapter } from "#db/directory/auth-adapter.ts";
import type { Directory } from "#db/directory/handle.ts";
import { findPasskeyByCredential } from "#db/directory/passkeys.ts";
import { log } from "#lib/log.ts";
import { studioOrigin } from "#lib/origins.ts";
import { makeId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
import type { StudioEnv } from "../env.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { sessionDays } from "./session.ts";

export interface AuthDeps {
	env: Pick<StudioEnv, "STUDIO_DOMAIN" | "APPS_DOMAIN" | "PUBLIC_URL">;
	region: Region;
	directory: Directory;
	/** Of the caller; only its network is stored. */
	address: string | null;
	/** Told of each hash that was made, so that it can ride in the verification mail's token. */
	onHash?: (hash: string) => void;
}

/** The cookie that ties a WebAuthn challenge to the browser that asked for it. */
export const challengeCookie = "__Host-freehold_passkey";

export async function openAuth(deps: AuthDeps) {
	const origin = studioOrigin(deps.env, deps.region);
	return betterAuth({
		appName: "Freehold",
		baseURL: origin,
		basePath: "/never-mounted",
		// signs its cookies; from the vault's index key, so it needs no secret of its own and differs by region
		secret: await deps.directory.keys.index("better-auth/secret/1"),
		database: betterAuthAdapter(deps.directory, deps.address),
		telemetry: { enabled: false },
		// messages may hold addresses and parameters of queries: only the level goes on
		logger: { level: "error", disableColors: true, log: (level) => log("error", "auth.library", { kind: level }) },
		// counted by limits.ts, in the database, for each address and network
		rateLimit: { enabled: false },
		emailAndPassword: {
			enabled: true,
			requireEmailVerification: true,
			minPasswordLength: 12,
			maxPasswordLength: 200,
			password: {
				hash: async (password) => {
					const hash = await hashPassword(password);
					deps.onHash?.(hash);
					return hash;
				},
				verify: ({ hash, password }) => verifyPassword(hash, password),
			},
		},
		// its tokens are signed, not stored, so they could be used twice: one-time.ts makes ours
		emailVerification: { sendOnSignUp: false, sendOnSignIn: false, autoSignInAfterVerification: false },
		session: {
			expiresIn: sessionDays * 86_400,
			disableSessionRefresh: true,
			cookieCache: { enabled: false },
			// adding a passkey asks for the password or a passkey, however fresh the session is: routes/passkeys.ts
			freshAge: 0,
		},
		verification: { disableCleanup: true },
		advanced: {
			useSecureCookies: false,
			cookies: {
				[passkeyCookieKey]: { name: challengeCookie, attributes: { secure: true, sameSite: "lax", path: "/" } },
			},
			// the adapter stores the network; the library gets no address
			ipAddress: { disableIpTracking: true },
			database: { generateId: ({ model }) => makeRowId(model) },
		},
		plugins: [
			bearer(),
			passkey({
				rpID: new URL(origin).hostname,
				rpName: "Freehold",
				origin,
				// a passkey stands for the password too: the authenticator must have checked who holds it
				authenticatorSelection: { residentKey: "required", userVerification: "required" },
				registration: {
					afterVerification: async ({ verification }) =>
						requireUserVerified(verification.registrationInfo?.userVerified),
				},
				authentication: {
					afterVerification: async ({ verification, clientData }) => {
						const { userVerified, newCounter, credentialDeviceType } = verification.authenticationInfo;
						requireUserVerified(userVerified);
						const known = await findPasskeyByCredential(deps.directory, clientData.id);
						requireCounter(known?.counter ?? 0, newCounter, credentialDeviceType === "multiDevice");
					},
				},
				advanced: { webAuthnChallengeCookie: passkeyCookieKey },
			}),
		],
	});
}

const passkeyCookieKey = "passkey";

// The library asks for user verification and does not insist on it (WebAuthn level 3, §7.2 step 17).
function requireUserVerified(isVerified: boolean | undefined): void {
	if (isVerified !== true) throw new APIError("UNAUTHORIZED");
}

/** What `requireCounter` refuses with. */
export const counterWentBack = "PASSKEY_COUNTER_WENT_BACK";

// A counter that does not grow may mean a copied key (WebAuthn level 3, §6.1.1). Passkeys that are synced between devices are
// copies by design, and their counters need not grow. The adapter keeps the library from refusing those as well.
function requireCounter(stored: number, sent: number, isSynced: boolean): void {
	const counts = stored > 0 || sent > 0;
	if (counts && sent <= stored && !isSynced) throw new APIError("UNAUTHORIZED", { code: counterWentBack });
}

function makeRowId(model: string): string {
	if (model === "user") return makeId("account");
	if (model === "session") return makeId("session");
	return `${model}_${crypto.randomUUID().replaceAll("-", "")}`;
}

export type Auth = Awaited<ReturnType<typeof openAuth>>;
