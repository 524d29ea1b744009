// Codes and viewer sessions of one app. Both are random 256-bit values of which only the SHA-256 is stored: what is read out
// of this store opens nothing.
import { createHash, timingSafeEqual } from "node:crypto";
import type { Clock } from "#lib/clock.ts";
import { makeToken } from "#lib/crypto/token.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { Viewer } from "#schema/rpc.ts";
import { ViewerShape } from "./rpc-input.ts";

export const accessTables = [
	"CREATE TABLE IF NOT EXISTS codes(hash TEXT PRIMARY KEY, challenge TEXT NOT NULL, account_id TEXT NOT NULL, link_id TEXT NOT NULL, viewer TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
	"CREATE TABLE IF NOT EXISTS sessions(hash TEXT PRIMARY KEY, account_id TEXT NOT NULL, link_id TEXT NOT NULL, viewer TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
	"CREATE INDEX IF NOT EXISTS sessions_of_account ON sessions(account_id)",
	"CREATE INDEX IF NOT EXISTS sessions_of_link ON sessions(link_id)",
];

export const sessionSeconds = 12 * 60 * 60;

const accessLimits = {
	codeSeconds: 60,
	sessionSeconds,
	callsPerMinute: 1200,
	/** Of one person. Their oldest goes when there is one more, so nobody can use up what others need. */
	codesOfAccount: 5,
	sessionsOfAccount: 20,
	/** Everybody who has a link is one person to us; the studio bounds how often one network opens it. */
	codesOfLink: 500,
	sessionsOfLink: 20_000,
} as const;

export type RevokedWho = { accountId: string } | { linkId: string } | { everyone: true };

export interface Session {
	/** The hash of the token: names the session inside this object only. */
	id: string;
	viewer: Viewer;
	expiresAt: number;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** A secret for one opening, and what the studio is shown of it (RFC 7636 S256). */
export const makeOpeningSecret = makeToken;
export const challengeOf = (secret: string): string => sha256(secret);
const accountOf = (viewer: Viewer): string => viewer.accountId ?? "";
const linkOf = (viewer: Viewer): string => viewer.linkId ?? "";

export function makeAccessStore(storage: DurableObjectStorage, clock: Clock) {
	const { sql } = storage;
	// calls of the running minute, per person; lost with the object, which only forgives
	const calls = new Map<string, number>();
	let minute = 0;

	function forgetExpired(): void {
		const now = clock();
		sql.exec("DELETE FROM codes WHERE expires_at <= ?", now);
		sql.exec("DELETE FROM sessions WHERE expires_at <= ?", now);
	}

	/** Leaves room for one more of this person. */
	function makeRoom(table: "codes" | "sessions", accountId: string, linkId: string): void {
		const isAccount = accountId !== "";
		const most =
			table === "codes"
				? accessLimits[isAccount ? "codesOfAccount" : "codesOfLink"]
				: accessLimits[isAccount ? "sessionsOfAccount" : "sessionsOfLink"];
		const [column, person] = isAccount ? ["account_id", accountId] : ["link_id", linkId];
		sql.exec(
			`DELETE FROM ${table} WHERE hash IN (SELECT hash FROM ${table} WHERE ${column} = ? ORDER BY expires_at DESC LIMIT -1 OFFSET ?)`,
			person,
			most - 1,
		);
	}

	return {
		forgetExpired,

		/** When the first of what is kept expires, or null when nothing is. */
		nextExpiry: (): number | null =>
			sql
				.exec<{ at: number | null }>(
					"SELECT min(expires_at) AS at FROM (SELECT expires_at FROM codes UNION ALL SELECT expires_at FROM sessions)",
				)
				.one().at,

		issueCode(viewer: Viewer, challenge: string): { code: string } {
			forgetExpired();
			makeRoom("codes", accountOf(viewer), linkOf(viewer));
			const code = makeToken();
			sql.exec(
				"INSERT INTO codes(hash, challenge, account_id, link_id, viewer, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
				sha256(code),
				challenge,
				accountOf(viewer),
				linkOf(viewer),
				JSON.stringify(viewer),
				clock() + accessLimits.codeSeconds * 1000,
			);
			return { code };
		},

		/**
		 * `secret` is what the browser's own opening cookie holds. A code is for the browser that asked for it, and only that
		 * browser can spend it: were it spent by a wrong try, a page could tell its owner something by spending codes.
		 * Guessing is hopeless: code and secret have 256 bits each, and a code lives for a minute.
		 */
		exchangeCode(code: string, secret: string): Result<{ token: string; ttlSeconds: number }, "not_found" | "expired"> {
			const row = sql
				.exec<{ challenge: string; account_id: string; link_id: string; viewer: string; expires_at: number }>(
					"SELECT challenge, account_id, link_id, viewer, expires_at FROM codes WHERE hash = ?",
					sha256(code),
				)
				.toArray()[0];
			if (!row || !isEqual(challengeOf(secret), row.challenge)) return fail("not_found");
			sql.exec("DELETE FROM codes WHERE hash = ?", sha256(code));
			if (row.expires_at <= clock()) return fail("expired");
			forgetExpired();
			makeRoom("sessions", row.account_id, row.link_id);
			const token = makeToken();
			sql.exec(
				"INSERT INTO sessions(hash, account_id, link_id, viewer, expires_at) VALUES (?, ?, ?, ?, ?)",
				sha256(token),
				row.account_id,
				row.link_id,
				row.viewer,
				clock() + accessLimits.sessionSeconds * 1000,
			);
			return ok({ token, ttlSeconds: accessLimits.sessionSeconds });
		},

		findSession(token: string): Session | null {
			const id = sha256(token);
			const row = sql
				.exec<{ viewer: string; expires_at: number }>("SELECT viewer, expires_at FROM sessions WHERE hash = ?", id)
				.toArray()[0];
			if (!row || row.expires_at <= clock()) return null;
			return { id, viewer: ViewerShape.parse(JSON.parse(row.viewer)), expiresAt: row.expires_at };
		},

		/** Codes too: one that is on its way must not open the app after the removal. */
		revoke(who: RevokedWho): void {
			for (const table of ["codes", "sessions"]) {
				if ("everyone" in who) sql.exec(`DELETE FROM ${table}`);
				else if ("accountId" in who) sql.exec(`DELETE FROM ${table} WHERE account_id = ?`, who.accountId);
				else sql.exec(`DELETE FROM ${table} WHERE link_id = ?`, who.linkId);
			}
		},

		isMeant: (viewer: Viewer, who: RevokedWho): boolean =>
			"everyone" in who || ("accountId" in who ? viewer.accountId === who.accountId : viewer.linkId === who.linkId),

		/** False when a person's pages ask more often than a person could mean: an endless loop in an app. */
		countCall({ id, viewer }: Session): boolean {
			const now = Math.floor(clock() / 60_000);
			if (now !== minute) {
				minute = now;
				calls.clear();
			}
			// by person, not by session: opening the app again must not give another thousand calls
			const person = viewer.accountId ?? id;
			const made = (calls.get(person) ?? 0) + 1;
			calls.set(person, made);
			return made <= accessLimits.callsPerMinute;
		},
	};
}

function isEqual(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
