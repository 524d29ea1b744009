// Passkeys in a real browser with a virtual authenticator: made, used to sign in, refused elsewhere, removed.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { password, signUpAndVerify, waitForMail } from "../system/identity-client.ts";

let host: TestHost;
let browser: Browser;
beforeAll(async () => {
	host = await startTestHost();
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await host?.close();
});

const newAddress = () => `passkey.${crypto.randomUUID().slice(0, 8)}@example.org`;

interface Reply {
	status: number;
	body: { error?: { code: string }; id?: string };
}

// These run in the page, as its script would.
async function addPasskey(passkey: { name: string; password: string }): Promise<Reply> {
	const post = async (path: string, body?: unknown) => {
		const headers = { "Content-Type": "application/json" };
		const answer = await fetch(path, { method: "POST", ...(body ? { headers, body: JSON.stringify(body) } : {}) });
		return { status: answer.status, body: await answer.json() };
	};
	const options = await post("/api/account/passkeys/options", { password: passkey.password });
	if (options.status !== 200) return options;
	const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.body);
	const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
	return post("/api/account/passkeys", { name: passkey.name, response: made.toJSON() });
}

async function usePasskey(verification?: UserVerificationRequirement): Promise<Reply & { again: Reply }> {
	const post = async (path: string, body?: unknown) => {
		const headers = { "Content-Type": "application/json" };
		const answer = await fetch(path, { method: "POST", ...(body ? { headers, body: JSON.stringify(body) } : {}) });
		return { status: answer.status, body: await answer.json() };
	};
	const options = await post("/api/account/passkeys/sign-in/options");
	if (options.status !== 200) return { ...options, again: options };
	const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.body);
	if (verification) publicKey.userVerification = verification;
	const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
	const response = used.toJSON();
	const first = await post("/api/account/passkeys/sign-in", { response });
	return { ...first, again: await post("/api/account/passkeys/sign-in", { response }) };
}

/** A browser with an authenticator, on the studio's origin; signed in if an address is given. */
async function openStudio(email?: string, isSynced = false) {
	const context = await browser.newContext();
	const page = await context.newPage();
	const cdp = await context.newCDPSession(page);
	await cdp.send("WebAuthn.enable");
	const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2",
			transport: "internal",
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
			defaultBackupEligibility: isSynced,
			defaultBackupState: isSynced,
		},
	});
	await page.goto(`http://us-east.studio.localhost:${host.port}/healthz`);
	if (email) {
		const signIn = async (body: { email: string; password: string }) => {
			const headers = { "Content-Type": "application/json" };
			return (await fetch("/api/account/sign-in", { method: "POST", headers, body: JSON.stringify(body) })).status;
		};
		expect(await page.evaluate(signIn, { email, password })).toBe(200);
	}
	const setUserVerified = (isUserVerified: boolean) =>
		cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
	return { page, context, setUserVerified };
}

describe("a passkey", () => {
	test("is added, signs in without an address, and no more once removed", async () => {
		const email = newAddress();
		const person = await signUpAndVerify(host, "us-east", email);
		const { page, context } = await openStudio(email);
		const added = await page.evaluate(addPasskey, { name: "My laptop", password });
		expect(added.status).toBe(200);
		expect((await person.get("/api/account/passkeys")).body).toEqual([
			{ id: added.body.id, name: "My laptop", createdAt: expect.any(Number) },
		]);
		expect((await waitForMail(host, email, 2)).subject).toBe("Freehold: A passkey was added to your account");

		await page.evaluate(() => fetch("/api/account/sign-out", { method: "POST" }));
		expect(await page.evaluate(async () => (await fetch("/api/account")).status)).toBe(401);
		const used = await page.evaluate(usePasskey, undefined);
		expect(used.status).toBe(200);
		// the challenge is spent: the same answer does not sign in twice
		expect(used.again.status).toBe(401);
		const account = await page.evaluate(async () => (await fetch("/api/account")).json());
		expect(account).toMatchObject({ email });
		const cookies = await context.cookies();
		expect(cookies.find(({ name }) => name === "__Host-freehold_session")).toMatchObject({
			httpOnly: true,
			secure: true,
			sameSite: "Lax",
		});
		// what the page's script sees of it
		expect(await page.evaluate(() => document.cookie)).toBe("");

		const removal = await page.evaluate(
			async (id) => (await fetch(`/api/account/passkeys/${id}`, { method: "DELETE" })).status,
			added.body.id,
		);
		expect(removal).toBe(200);
		const refused = await page.evaluate(usePasskey, undefined);
		expect([refused.status, refused.body.error?.code]).toEqual([401, "wrong_credentials"]);
		await context.close();
	});

	test("does not sign in when the authenticator did not check who holds it", async () => {
		const email = newAddress();
		await signUpAndVerify(host, "us-east", email);
		const { page, context, setUserVerified } = await openStudio(email);
		expect((await page.evaluate(addPasskey, { name: "Found key", password })).status).toBe(200);
		await setUserVerified(false);
		expect((await page.evaluate(usePasskey, "discouraged" as const)).status).toBe(401);
		await setUserVerified(true);
		expect((await page.evaluate(usePasskey, undefined)).status).toBe(200);
		await context.close();
	});

	test.each([false, true])(
		"whose counter went back (synced: %s) is refused in its own words, or accepted",
		async (isSynced) => {
			const email = newAddress();
			await signUpAndVerify(host, "us-east", email);
			const { page, context } = await openStudio(email, isSynced);
			const added = await page.evaluate(addPasskey, { name: "Key", password });
			expect((await page.evaluate(usePasskey, undefined)).status).toBe(200);
			const directory = await host.runtime.getD1Database("DIRECTORY", "freehold-studio-us-east");
			await directory.prepare("UPDATE passkeys SET counter = 1000 WHERE id = ?").bind(added.body.id).run();
			const used = await page.evaluate(usePasskey, undefined);
			if (isSynced) expect(used.status).toBe(200);
			else expect([used.status, used.body.error?.code]).toEqual([401, "passkey_counter"]);
			await context.close();
		},
	);

	test("answers for the password when another is added, and begins no session by that", async () => {
		const email = newAddress();
		const person = await signUpAndVerify(host, "us-east", email);
		const { page, context } = await openStudio(email);
		expect((await page.evaluate(addPasskey, { name: "First", password })).status).toBe(200);
		const sessions = async () => (await person.get("/api/account/sessions")).body as unknown[];
		const before = await sessions();
		// the one authenticator holds the first passkey and makes no second: the options are what is asked for
		const options = await page.evaluate(async () => {
			const send = async (path: string, body: unknown) =>
				fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
			const asked = await (await send("/api/account/passkeys/sign-in/options", {})).json();
			const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked);
			const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
			return (await send("/api/account/passkeys/options", { response: used.toJSON() })).status;
		});
		expect(options).toBe(200);
		expect(await sessions()).toHaveLength(before.length);
		await context.close();
	});

	test("of another person is not there to remove", async () => {
		const email = newAddress();
		const owner = await signUpAndVerify(host, "us-east", email);
		const stranger = await signUpAndVerify(host, "us-east", newAddress());
		const { page, context } = await openStudio(email);
		const added = await page.evaluate(addPasskey, { name: "Key", password });
		const foreign = await stranger.send("DELETE", `/api/account/passkeys/${added.body.id}`);
		const missing = await stranger.send("DELETE", "/api/account/passkeys/passkey_00000000000000000000000000000000");
		expect([foreign.status, missing.status]).toEqual([404, 404]);
		expect((await owner.get("/api/account/passkeys")).body).toHaveLength(1);
		await context.close();
	});

	test("cannot be added without a session, or to another browser's challenge", async () => {
		const { page, context } = await openStudio();
		expect((await page.evaluate(addPasskey, { name: "Key", password })).status).toBe(401);
		await context.close();
		const person = await signUpAndVerify(host, "us-east", newAddress());
		const response = { id: "x", rawId: "x", type: "public-key", response: {}, clientExtensionResults: {} };
		const answer = await person.post("/api/account/passkeys", { name: "Key", response });
		expect(answer.status).toBe(410);
		const signIn = await person.post("/api/account/passkeys/sign-in", { response });
		expect(signIn.status).toBe(401);
	});
});
