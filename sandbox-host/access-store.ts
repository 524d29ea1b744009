// Codes and viewer sessions of one app. Both are random 256-bit values of which only the SHA-256 is stored: what is read out
// of this store opens nothing.
import { createHash, timingSafeEqual } from "node:crypto";
import { toBase64Url } from "#lib/bytes.ts";
import type { Clock } from "#lib/clock.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { Viewer } from "#schema/rpc.ts";
import { ViewerShape } from "./rpc-input.ts";

const accessLimits = {
	codeSeconds: 60,
	sessionSeconds: 12 * 60 * 60,
	openCodes: 1000,
	sessions: 20_000,
	callsPerMinute: 1200,
} as const;

export type RevokedWho = { accountId: string } | { linkId: string } | { everyone: true };

export interface Session {
	/** The hash of the token: names the session inside this object only. */
	id: string;
	viewer: Viewer;
	expiresAt: number;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");
const makeToken = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
const accountOf = (viewer: Viewer): string => viewer.accountId ?? "";
const linkOf = (viewer: Viewer): string => viewer.linkId ?? "";

export function makeAccessStore(storage: DurableObjectStorage, clock: Clock) {
	const { sql } = storage;
	// calls of the running minute, per session; lost with the object, which only forgives
	const calls = new Map<string, number>();
	let minute = 0;

	function forgetExpired(): void {
		const now = clock();
		sql.exec("DELETE FROM codes WHERE expires_at <= ?", now);
		sql.exec("DELETE FROM sessions WHERE expires_at <= ?", now);
	}

	const count = (table: "codes" | "sessions"): number =>
		sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n;

	return {
		createTables(): void {
			sql.exec(
				"CREATE TABLE codes(hash TEXT PRIMARY KEY, challenge TEXT NOT NULL, account_id TEXT NOT NULL, link_id TEXT NOT NULL, viewer TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
			);
			sql.exec(
				"CREATE TABLE sessions(hash TEXT PRIMARY KEY, account_id TEXT NOT NULL, link_id TEXT NOT NULL, viewer TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
			);
			sql.exec("CREATE INDEX sessions_of_account ON sessions(account_id)");
			sql.exec("CREATE INDEX sessions_of_link ON sessions(link_id)");
		},

		issueCode(viewer: Viewer, challenge: string): Result<{ code: string }, "invalid"> {
			forgetExpired();
			if (count("codes") >= accessLimits.openCodes) return fail("invalid");
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
			return ok({ code });
		},

		/** A code is spent by the first try, right or wrong, so a stolen code cannot be tried twice (RFC 6749 §10.5, RFC 7636). */
		exchangeCode(
			code: string,
			verifier: string,
		): Result<{ token: string; ttlSeconds: number }, "not_found" | "expired"> {
			const row = sql
				.exec<{ challenge: string; account_id: string; link_id: string; viewer: string; expires_at: number }>(
					"DELETE FROM codes WHERE hash = ? RETURNING challenge, account_id, link_id, viewer, expires_at",
					sha256(code),
				)
				.toArray()[0];
			if (!row) return fail("not_found");
			if (row.expires_at <= clock()) return fail("expired");
			if (!isEqual(sha256(verifier), row.challenge)) return fail("not_found");
			forgetExpired();
			if (count("sessions") >= accessLimits.sessions) {
				sql.exec("DELETE FROM sessions WHERE hash IN (SELECT hash FROM sessions ORDER BY expires_at LIMIT 100)");
			}
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

		/** False when a page asks more often than a person could mean: an endless loop in an app. */
		countCall(sessionId: string): boolean {
			const now = Math.floor(clock() / 60_000);
			if (now !== minute) {
				minute = now;
				calls.clear();
			}
			const made = (calls.get(sessionId) ?? 0) + 1;
			calls.set(sessionId, made);
			return made <= accessLimits.callsPerMinute;
		},
	};
}

function isEqual(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
