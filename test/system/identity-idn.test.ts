// Accounts with a domain in another script: two spellings are one account, and its mails go to the ASCII form.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, makeClient, password } from "../support/client.ts";
import { lastMailTo, startTestHost, type TestHost, tokenMailedTo } from "../support/host.ts";

let host: TestHost;
beforeAll(async () => {
	host = await startTestHost();
});
afterAll(() => host?.close());

const post = (person: Client, path: string, body: object) =>
	person.call(`/api/account/${path}`, { method: "POST", body });
const client = () => makeClient(host, "us-east");
const newPassword = "another good long password";

async function signUp(email: string, ascii: string): Promise<Client> {
	const person = client();
	expect((await post(person, "sign-up", { name: "Ada", email, password, sawNotYet: true })).status).toBe(202);
	const token = await tokenMailedTo(host, ascii, "/verify");
	expect((await post(person, "verify/peek", { token })).json).toEqual({ name: "Ada", email: ascii });
	expect((await post(person, "verify", { token, password })).status).toBe(200);
	return person;
}

// zod's own check refuses the last two: a top-level domain in punycode, a sign before the @
const spellings = [
	["muller@bücher.example", "muller@xn--bcher-kva.example", "Muller@BU\u0308CHER.example"],
	["x@почта.рф", "x@xn--80a1acny.xn--p1ai", "X@ПОЧТА.РФ"],
	["o!neil@例え。テスト", "o!neil@xn--r8jz45g.xn--zckzah", "O!neil@例え.テスト"],
] as const;

describe.each(spellings)("%s", (typed, ascii, other) => {
	it("signs up, signs in by either spelling, and chooses a new password", async () => {
		const person = await signUp(typed, ascii);
		const { id, email } = (await person.call("/api/account")).json;
		expect(email).toBe(ascii);
		await post(person, "sign-out", {});
		for (const spelling of [typed, ascii, other]) {
			const back = client();
			expect((await post(back, "sign-in", { email: spelling, password })).status, spelling).toBe(200);
			expect((await back.call("/api/account")).json.id).toBe(id);
			const wrong = await post(client(), "sign-in", { email: spelling, password: "not the password" });
			expect(wrong.json.error.code).toBe("wrong_credentials");
		}
		expect((await post(client(), "forgot", { email: other })).status).toBe(202);
		const token = await tokenMailedTo(host, ascii, "/reset");
		expect((await post(client(), "reset", { token, password: newPassword })).status).toBe(200);
		expect((await post(client(), "sign-in", { email: typed, password })).status).toBe(401);
		const back = client();
		expect((await post(back, "sign-in", { email: typed, password: newPassword })).status).toBe(200);
		const changed = { current: newPassword, next: password };
		expect((await post(back, "password", changed)).status).toBe(200);
		expect((await post(client(), "sign-in", { email: other, password })).status).toBe(200);
		// a second sign-up in the other spelling is known
		const again = { name: "Eve", email: other, password: newPassword, sawNotYet: true };
		expect((await post(client(), "sign-up", again)).status).toBe(202);
		await expect.poll(() => lastMailTo(host, ascii) ?? "", { timeout: 20_000 }).toContain("already has an account");
		expect((await post(client(), "sign-in", { email: typed, password: newPassword })).status).toBe(401);
	});
});

it("an account changes to such an address, and is invited by its other spelling", async () => {
	const person = await signUp("plain@example.org", "plain@example.org");
	const change = { email: "plain@пример.рф", password };
	expect((await post(person, "email", change)).status).toBe(202);
	const ascii = "plain@xn--e1afmkfd.xn--p1ai";
	const token = await tokenMailedTo(host, ascii, "/email");
	expect((await post(person, "email/confirm", { token })).status).toBe(200);
	expect((await post(client(), "sign-in", { email: "plain@ПРИМЕР.рф", password })).status).toBe(200);
	expect((await post(client(), "sign-in", { email: "plain@example.org", password })).status).toBe(401);
});

it("an address that mail may not reach is refused with what to do, and a stand-in of the library opens nothing", async () => {
	const refused = await post(client(), "sign-up", {
		name: "Ada",
		email: "müller@bücher.example",
		password,
		sawNotYet: true,
	});
	expect(refused.status).toBe(422);
	expect(refused.json.error.fields.email).toContain("without accents");
	const hex = Buffer.from("x@xn--80a1acny.xn--p1ai").toString("hex");
	const standIn = await post(client(), "sign-in", { email: `a${hex}@account.invalid`, password });
	expect(standIn.json.error.code).toBe("wrong_credentials");
});
