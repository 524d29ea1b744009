// What the routes of identity share: work that goes on after the answer, mails, and calls into Better Auth.
import { isAPIError } from "better-auth/api";
import { getCookie } from "hono/cookie";
import { AppError } from "#lib/http/errors.ts";
import { log } from "#lib/log.ts";
import { type MailKind, sendMail } from "#lib/mail.ts";
import { studioOrigin } from "#lib/origins.ts";
import type { StudioContext } from "../http.ts";
import { type Auth, counterWentBack, openAuth } from "./auth.ts";
import { sessionCookie } from "./session.ts";
import { addressOf, deviceOf } from "./visitor.ts";

/**
 * Goes on after the answer is sent. What depends on whether an address has an account is done here, so that neither the
 * answer nor its time can tell. A failure is logged and the person asks again.
 */
export function afterAnswer(c: StudioContext, kind: string, work: () => Promise<void>): void {
	const requestId = c.get("requestId");
	// begun at once, it would compete with the answer for the same thread, and the answer's time would tell
	const pause = new Promise<void>((next) => setTimeout(next, 50 + Math.random() * 100));
	const guarded = pause.then(work).catch((error: unknown) => {
		log("error", "identity.failed", { requestId, kind, reason: error instanceof Error ? error.name : "unknown" });
	});
	c.executionCtx.waitUntil(guarded);
}

const pages = {
	verify: "/verify",
	finish: "/finish",
	reset: "/reset",
	changeEmail: "/email",
	knownSignUp: "/sign-in",
	takenEmail: "/sign-in",
	emailChanged: "/",
	passwordChanged: "/forgot",
	passwordChangedKept: "/forgot",
	passwordReset: "/forgot",
	passkeyAdded: "/account",
	passkeyRemoved: "/account",
	invitation: "/invitation",
} as const satisfies Partial<Record<MailKind, string>>;

/** Mails a link to the kind's page; a token rides in the fragment, so that no server and no Referer ever sees it. */
export async function mail(c: StudioContext, to: string, kind: keyof typeof pages, token?: string): Promise<void> {
	const region = c.get("region");
	const link = `${studioOrigin(c.env, region)}${pages[kind]}${token ? `#token=${token}` : ""}`;
	await sendMail(c.env, region, to, kind, link);
}

/** Better Auth for this request. */
export function authOf(c: StudioContext, onHash?: (hash: string) => void): Promise<Auth> {
	return openAuth({
		env: c.env,
		region: c.get("region"),
		directory: c.get("directory"),
		address: addressOf(c.req.raw.headers),
		...(onHash ? { onHash } : {}),
	});
}

/** The headers Better Auth may see: our session's token, the challenge's cookie and the kind of device. */
export function authHeaders(c: StudioContext, challenge?: string): Headers {
	const headers = new Headers({ "User-Agent": deviceOf(c.req.raw.headers) });
	const token = getCookie(c, sessionCookie);
	if (token && /^[\w-]{20,100}$/.test(token)) headers.set("Authorization", `Bearer ${token}`);
	if (challenge) headers.set("Cookie", challenge);
	return headers;
}

/** Runs a call into Better Auth; what it refuses is answered with `refusal`, except a passkey that may be copied. */
export async function callAuth<T>(refusal: AppError, call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		if (!isAPIError(error)) throw error;
		if (error.body?.code === counterWentBack) throw new AppError("passkey_counter");
		throw error.statusCode >= 500 ? new AppError("internal") : refusal;
	}
}

/** Marks an answer that says nothing but that the request was taken. */
export const done = { ok: true } as const;
