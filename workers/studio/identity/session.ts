// The session cookie. Its value is a random token and nothing else; what it stands for is looked up, by its hash, at every
// request, so a revocation counts on the next one.
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createSession, deleteSessionByHash, extendSession } from "#db/directory/sessions.ts";
import { findSignedIn, isSuspendedToken } from "#db/directory/signed-in.ts";
import { makeToken } from "#lib/crypto/token.ts";
import { AppError } from "#lib/http/errors.ts";
import { log } from "#lib/log.ts";
import type { AccountId } from "#schema/ids.ts";
import type { Session, StudioContext } from "../http.ts";
import { ensureTenant } from "./tenant.ts";
import { addressOf, deviceOf } from "./visitor.ts";

export const sessionCookie = "__Host-freehold_session";
export const sessionDays = 30;
const day = 86_400_000;

/** Who calls, or null. One keyed look-up; completes a tenant whose making was interrupted; extends the session once a day. */
export async function readSession(c: StudioContext): Promise<Session | null> {
	const token = getCookie(c, sessionCookie);
	if (!token || token.length > 100) return null;
	const directory = c.get("directory");
	const found = await findSignedIn(directory, token);
	if (!found) return null;
	const { accountId, ownerId, name, email } = found;
	if (!found.tenantReady) await ensureTenant(c.env, directory, { id: accountId, ownerId, name });
	if (directory.now() - found.extendedAt > day) {
		const expiresAt = directory.now() + sessionDays * day;
		if (await extendSession(directory, found.tokenHash, expiresAt)) writeSessionCookie(c, token);
	}
	return { id: found.sessionId, accountId, ownerId, name, email };
}

/** The account of the request's session as it is now, and nothing else: for streams, whose headers have gone out. */
export async function findSessionNow(c: StudioContext): Promise<Pick<Session, "accountId" | "ownerId"> | null> {
	const token = getCookie(c, sessionCookie);
	return token && token.length <= 100 ? findSignedIn(c.get("directory"), token) : null;
}

/** A new session for this browser. The token it came with, if any, is ended: none survives a sign-in (session fixation). */
export async function startSession(c: StudioContext, accountId: AccountId): Promise<void> {
	const token = makeToken();
	const directory = c.get("directory");
	await createSession(directory, {
		token,
		accountId,
		expiresAt: directory.now() + sessionDays * day,
		userAgent: deviceOf(c.req.raw.headers),
		ip: addressOf(c.req.raw.headers),
	});
	await adoptToken(c, token);
}

/** The same for a session that Better Auth has made. */
export async function adoptToken(c: StudioContext, token: string): Promise<void> {
	await endPresentedSession(c);
	// said only to somebody who has just proved to be the account's person
	if (await isSuspendedToken(c.get("directory"), token)) {
		await deleteSession(c, token);
		throw new AppError("account_suspended");
	}
	writeSessionCookie(c, token);
	log("info", "session.started", { requestId: c.get("requestId") });
}

/** Ends the session of the cookie that came with the request. */
export async function endSession(c: StudioContext): Promise<void> {
	await endPresentedSession(c);
	deleteCookie(c, sessionCookie, { path: "/", secure: true });
}

async function endPresentedSession(c: StudioContext): Promise<void> {
	const token = getCookie(c, sessionCookie);
	if (token) await deleteSession(c, token);
}

async function deleteSession(c: StudioContext, token: string): Promise<void> {
	const directory = c.get("directory");
	await deleteSessionByHash(directory, await directory.keys.hashToken(token));
}

function writeSessionCookie(c: StudioContext, token: string): void {
	// `__Host-`: no sub-domain can set or overwrite it (RFC 6265bis §4.1.3.2)
	setCookie(c, sessionCookie, token, {
		path: "/",
		secure: true,
		httpOnly: true,
		sameSite: "Lax",
		maxAge: sessionDays * 86_400,
	});
}
