// What ends by itself: sessions after thirty days without use, links after a day or an hour, counts after their window.
import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Account, createAccount } from "#db/directory/accounts.ts";
import type { Directory } from "#db/directory/handle.ts";
import { createSession } from "#db/directory/sessions.ts";
import { makeId } from "#schema/ids.ts";
import type { Session, StudioContext, StudioTypes } from "#studio/http.ts";
import { makeOneTime, spendOneTime } from "#studio/identity/one-time.ts";
import { readSession } from "#studio/identity/session.ts";
import { countTry } from "#studio/limits.ts";
import { type Parts, startParts } from "./identity-parts.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 10, 21);

let parts: Parts;
let at = start;
let directory: Directory;
let account: Account;
beforeAll(async () => {
	parts = await startParts();
});
afterAll(() => parts.dispose());
beforeEach(async () => {
	at = start;
	directory = { ...parts.directory, now: () => at };
	const email = `${crypto.randomUUID()}@example.org`;
	account = await createAccount(directory, { email, name: "Ada", emailVerified: true });
});

async function visit(token: string): Promise<{ session: Session | null; setCookie: string | null }> {
	const app = new Hono<StudioTypes>();
	let session: Session | null = null;
	app.get("/", async (c) => {
		c.set("directory", directory);
		session = await readSession(c as StudioContext);
		return c.body(null, 204);
	});
	const answer = await app.request("/", { headers: { Cookie: `__Host-freehold_session=${token}` } }, parts.env);
	return { session, setCookie: answer.headers.get("Set-Cookie") };
}

describe("a session", () => {
	const begin = async () => {
		const token = crypto.randomUUID();
		await createSession(directory, { token, accountId: account.id, expiresAt: at + 30 * day });
		return token;
	};

	test("ends after thirty days without use", async () => {
		const token = await begin();
		at = start + 30 * day - 1;
		expect((await visit(token)).session?.accountId).toBe(account.id);
		const unused = await begin();
		at += 30 * day;
		expect((await visit(unused)).session).toBeNull();
	});

	test("is extended by use, at most once a day, and its cookie with it", async () => {
		const token = await begin();
		at = start + day;
		expect((await visit(token)).setCookie).toBeNull();
		at = start + day + 1;
		expect((await visit(token)).setCookie).toContain("Max-Age=2592000");
		expect((await visit(token)).setCookie).toBeNull();
		at = start + 31 * day;
		expect((await visit(token)).session?.accountId).toBe(account.id);
	});

	test("is nobody's while the address is not confirmed", async () => {
		const email = `${crypto.randomUUID()}@example.org`;
		const pending = await createAccount(directory, { email, name: "Eve" });
		const token = crypto.randomUUID();
		await createSession(directory, { token, accountId: pending.id, expiresAt: at + day });
		expect((await visit(token)).session).toBeNull();
		expect(await parts.keys.head(`keys/${pending.ownerId}/content/1`)).toBeNull();
	});
});

describe("a link in a mail", () => {
	test.each([
		["verify", 24 * 60],
		["reset", 60],
		["email", 60],
	] as const)("to %s works for %i minutes and not longer", async (purpose, minutes) => {
		const content = { accountId: account.id, stamp: "s" };
		const one = await makeOneTime(directory, purpose, content);
		const two = await makeOneTime(directory, purpose, { ...content, accountId: makeId("account") });
		at = start + minutes * minute - 1;
		expect(await spendOneTime(directory, purpose, one)).toEqual(content);
		at = start + minutes * minute;
		expect(await spendOneTime(directory, purpose, two)).toBeNull();
	});
});

test("a count starts anew when its window is over", async () => {
	const tries = async () => {
		let allowed = 0;
		while (
			allowed < 100 &&
			(await countTry(directory, "signInAddress", account.email).then(
				() => true,
				() => false,
			))
		)
			allowed++;
		return allowed;
	};
	expect(await tries()).toBe(10);
	expect(await tries()).toBe(0);
	at = start + 15 * minute;
	expect(await tries()).toBe(10);
});
