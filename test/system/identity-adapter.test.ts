// Better Auth over the directory: it works, it can ask for nothing but keys, and what it stores cannot be read or used.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { findAccountByEmail, updateAccount } from "#db/directory/accounts.ts";
import { DbError } from "#db/errors.ts";
import { type Auth, openAuth } from "#studio/identity/auth.ts";
import { type Parts, startParts } from "./identity-parts.ts";

let parts: Parts;
let auth: Auth;
beforeAll(async () => {
	parts = await startParts();
	auth = await openAuth({ env: parts.env, region: "us-east", directory: parts.directory, address: "203.0.113.77" });
});
afterAll(() => parts.dispose());
afterEach(() => {
	vi.restoreAllMocks();
});

const password = "correct horse battery staple";
const email = "ada.lovelace@example.org";
const name = "Ada Lovelace";

async function signUpVerified(): Promise<void> {
	if (await findAccountByEmail(parts.directory, email)) return;
	await auth.api.signUpEmail({ body: { email, password, name } });
	const account = await findAccountByEmail(parts.directory, email);
	if (account) await updateAccount(parts.directory, account.id, { emailVerified: true });
}

describe("Better Auth over the directory", () => {
	test("signs in with the password that signed up", async () => {
		await signUpVerified();
		const { token, user } = await auth.api.signInEmail({ body: { email: email.toUpperCase(), password } });
		expect(user).toMatchObject({ email, name });
		const session = await auth.api.getSession({ headers: new Headers({ Authorization: `Bearer ${token}` }) });
		expect(session?.user.email).toBe(email);
		await expect(auth.api.signInEmail({ body: { email, password: `${password}r` } })).rejects.toThrow();
	});

	test("does not take what the database holds of a token for the token", async () => {
		await signUpVerified();
		const { token } = await auth.api.signInEmail({ body: { email, password } });
		const stored = await parts.directory.keys.hashToken(token);
		expect(await auth.api.getSession({ headers: new Headers({ Authorization: `Bearer ${stored}` }) })).toBeNull();
	});

	test("leaves no address, name, password or usable token in a dump", async () => {
		await signUpVerified();
		const { token } = await auth.api.signInEmail({
			body: { email, password },
			headers: new Headers({ "User-Agent": "Firefox on Linux" }),
		});
		const { internalAdapter } = await auth.$context;
		await internalAdapter.createVerificationValue({
			identifier: "a-challenge-of-somebody",
			value: "value-of-that-challenge",
			expiresAt: new Date(Date.now() + 60_000),
		});
		const tables = ["accounts", "credentials", "sessions", "verifications", "rate_limits"];
		const rows = await Promise.all(tables.map((table) => parts.db.prepare(`SELECT * FROM ${table}`).all()));
		const dump = JSON.stringify(rows.map(({ results }) => results));
		expect(dump).toContain("203.0.113.0/24");
		expect(dump).not.toContain("203.0.113.77");
		const secrets = [email, name, "Ada", password, token, "a-challenge", "value-of", "Firefox", "scrypt"];
		for (const secret of secrets) {
			for (const form of ["utf8", "base64", "base64url", "hex"] as const) {
				const written = form === "utf8" ? secret : Buffer.from(secret).toString(form).replaceAll("=", "");
				expect(dump.toLowerCase()).not.toContain(written.toLowerCase());
			}
		}
	});

	test("sends no telemetry and logs nothing of a person", async () => {
		const calls = vi.spyOn(globalThis, "fetch");
		const lines: unknown[][] = [];
		for (const method of ["log", "info", "warn", "error", "debug"] as const) {
			vi.spyOn(console, method).mockImplementation((...line) => {
				lines.push(line);
			});
		}
		const broken = await openAuth({
			env: parts.env,
			region: "us-east",
			directory: parts.brokenDirectory(/insert into "accounts"/),
			address: null,
		});
		await expect(
			broken.api.signUpEmail({ body: { email: "canary@example.org", password, name: "Canary" } }),
		).rejects.toThrow();
		await auth.api.signUpEmail({ body: { email, password, name } });
		expect(calls).not.toHaveBeenCalled();
		const written = JSON.stringify(lines);
		expect(written).toContain("auth.library");
		for (const secret of ["canary", "Canary", email, password]) expect(written).not.toContain(secret);
	});
});

describe("the adapter refuses what is not a look-up by a key", () => {
	type Adapter = Awaited<Auth["$context"]>["adapter"];
	const calls: [string, (adapter: Adapter) => Promise<unknown>][] = [
		["a list of accounts", (a) => a.findMany({ model: "user" })],
		[
			"a page of accounts",
			(a) => a.findMany({ model: "user", limit: 1, offset: 3, sortBy: { field: "email", direction: "asc" } }),
		],
		["a count of accounts", (a) => a.count({ model: "user" })],
		["accounts by name", (a) => a.findMany({ model: "user", where: [{ field: "name", value: name }] })],
		[
			"an account by part of its address",
			(a) => a.findOne({ model: "user", where: [{ field: "email", operator: "contains", value: "@example.org" }] }),
		],
		[
			"an account by how its address starts",
			(a) => a.findOne({ model: "user", where: [{ field: "email", operator: "starts_with", value: "a" }] }),
		],
		[
			"accounts by a list of addresses",
			(a) => a.findMany({ model: "user", where: [{ field: "email", operator: "in", value: [email] }] }),
		],
		[
			"accounts by this or that",
			(a) =>
				a.findMany({
					model: "user",
					where: [
						{ field: "id", value: "x", connector: "OR" },
						{ field: "email", value: email, connector: "OR" },
					],
				}),
		],
		["a list of sessions", (a) => a.findMany({ model: "session" })],
		[
			"sessions by address",
			(a) => a.findMany({ model: "session", where: [{ field: "ipAddress", value: "203.0.113.0/24" }] }),
		],
		["a list of credentials", (a) => a.findMany({ model: "account" })],
		[
			"a list of verifications",
			(a) => a.findMany({ model: "verification", where: [{ field: "expiresAt", operator: "lt", value: new Date() }] }),
		],
		["a list of passkeys", (a) => a.findMany({ model: "passkey" })],
		[
			"a change of many",
			(a) =>
				a.updateMany({
					model: "account",
					where: [{ field: "providerId", value: "credential" }],
					update: { password: "x" },
				}),
		],
		[
			"the removal of many",
			(a) => a.deleteMany({ model: "session", where: [{ field: "expiresAt", operator: "lt", value: new Date() }] }),
		],
		[
			"the removal of an account",
			(a) => a.delete({ model: "user", where: [{ field: "id", value: "acc_00000000000000000000000000000000" }] }),
		],
	];
	test.each(calls)("%s", async (_what, call) => {
		const { adapter } = await auth.$context;
		await expect(call(adapter)).rejects.toSatisfy((error) => error instanceof DbError && error.reason === "gate");
	});
});
