// The session cookie. Its value is a random token and nothing else; what it stands for is looked up, by its hash, at every
// request, so a revocation counts on the next one.
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createSession, deleteSessionByHash, extendSession } from "#db/directory/sessions.ts";
import { type AskedGrants, findSignedIn, isSuspendedToken } from "#db/directory/signed-in.ts";
import { makeToken } from "#lib/crypto/token.ts";
import { AppError } from "#lib/http/errors.ts";
import { log } from "#lib/log.ts";
import { type AccountId, AppId } from "#schema/ids.ts";
import type { Session, StudioContext } from "../http.ts";
import { ensureTenant } from "./tenant.ts";
import { addressOf, deviceOf } from "./visitor.ts";

export const sessionCookie = "__Host-freehold_session";
export const sessionDays = 30;
const day = 86_400_000;

/** Lists over all workspaces that a person may see something of. */
const overWorkspaces = new Set(["GET /api/apps", "GET /api/history"]);

/** The grants that decide about this request: read with the session, since each look-up is a trip. */
function askedGrants(c: StudioContext): AskedGrants {
	if (overWorkspaces.has(`${c.req.method} ${c.req.path}`)) return "all";
	const named = AppId.safeParse(c.req.path.split("/").find((part) => part.startsWith("app_")));
	return named.success ? named.data : "none";
}

/** Who calls, or null. One keyed look-up; completes a tenant whose making was interrupted; extends the session once a day. */
export async function readSession(c: StudioContext): Promise<Session | null> {
	const token = getCookie(c, sessionCookie);
	if (!token || token.length > 100) return null;
	const directory = c.get("directory");
	const found = await findSignedIn(directory, token, askedGrants(c));
	if (!found) return null;
	const { accountId, ownerId, name, email, grants } = found;
	const made = found.tenantReady ? null : await ensureTenant(c.env, directory, { id: accountId, ownerId, name });
	const shard = made ?? found.shard;
	// an account that is ready has a tenant, unless it is being taken away
	if (!shard) return null;
	if (directory.now() - found.extendedAt > day) {
		const expiresAt = directory.now() + sessionDays * day;
		if (await extendSession(directory, found.tokenHash, expiresAt)) writeSessionCookie(c, token);
	}
	return { id: found.sessionId, accountId, ownerId, name, email, shard, grants };
}

/** The account of the request's session as it is now, and nothing else: for streams, whose headers have gone out. */
export async function findSessionNow(c: StudioContext): Promise<Pick<Session, "ownerId" | "shard" | "grants"> | null> {
	const token = getCookie(c, sessionCookie);
	const found = token && token.length <= 100 ? await findSignedIn(c.get("directory"), token, askedGrants(c)) : null;
	return found?.shard ? { ownerId: found.ownerId, shard: found.shard, grants: found.grants } : null;
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
