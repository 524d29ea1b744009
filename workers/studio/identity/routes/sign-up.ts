// Signing up: the answer is the same, and comes before any look-up, whether or not the address has an account. The rest is mailed.
import { createRoute } from "@hono/zod-openapi";
import { type Account, findAccount, findAccountByEmail, updateAccount } from "#db/directory/accounts.ts";
import { deletePasskeysOfAccount } from "#db/directory/passkeys.ts";
import { deleteSessionsOfAccount } from "#db/directory/sessions.ts";
import { AppError } from "#lib/http/errors.ts";
import { AskMail, Done, SignUp, UseToken } from "#schema/api/account.ts";
import { access, answer, body, type StudioApp, type StudioContext } from "../../http.ts";
import { countTry } from "../../limits.ts";
import { afterAnswer, authOf, done, mail } from "../call.ts";
import { setCredential } from "../credential.ts";
import { makeOneTime, spendOneTime, stampOf } from "../one-time.ts";
import { passwordQueueIsFull } from "../password.ts";
import { startSession } from "../session.ts";
import { networkOf } from "../visitor.ts";
import { mailReset } from "./password.ts";

const signUp = createRoute({
	method: "post",
	path: "/api/account/sign-up",
	request: { body: body(SignUp) },
	responses: { 202: answer(Done, "A mail is on its way to that address.") },
	...access("anyone"),
});

const verify = createRoute({
	method: "post",
	path: "/api/account/verify",
	request: { body: body(UseToken) },
	responses: { 200: answer(Done, "The address is confirmed and the session begins.") },
	...access("anyone"),
});

const resend = createRoute({
	method: "post",
	path: "/api/account/resend",
	request: { body: body(AskMail) },
	responses: { 202: answer(Done, "If a sign-up waits for this address, a mail is on its way.") },
	...access("anyone"),
});

export function registerSignUp(app: StudioApp): void {
	app.openapi(signUp, async (c) => {
		const input = c.req.valid("json");
		const directory = c.get("directory");
		await countTry(directory, "signUpNetwork", networkOf(c.req.raw.headers));
		await countTry(directory, "mailAddress", input.email);
		if (passwordQueueIsFull()) throw new AppError("unavailable");
		afterAnswer(c, "sign-up", () => storeSignUp(c, input));
		return c.json(done, 202);
	});

	app.openapi(verify, async (c) => {
		const directory = c.get("directory");
		await countTry(directory, "tokenNetwork", networkOf(c.req.raw.headers));
		const content = await spendOneTime(directory, "verify", c.req.valid("json").token);
		const account = content && (await findAccount(directory, content.accountId));
		if (!account || !content.passwordHash || content.stamp !== (await stampOf(directory, account, null))) {
			throw new AppError("expired");
		}
		// whoever signed up first with somebody else's address keeps nothing: not the password, no session, no passkey
		await deleteSessionsOfAccount(directory, account.id);
		await deletePasskeysOfAccount(directory, account.id);
		await setCredential(directory, account.id, content.passwordHash);
		await updateAccount(directory, account.id, { emailVerified: true, name: content.name ?? account.name });
		await startSession(c, account.id);
		return c.json(done, 200);
	});

	app.openapi(resend, async (c) => {
		const { email } = c.req.valid("json");
		const directory = c.get("directory");
		await countTry(directory, "mailNetwork", networkOf(c.req.raw.headers));
		await countTry(directory, "mailAddress", email);
		afterAnswer(c, "resend", async () => {
			const account = await findAccountByEmail(directory, email);
			// a link to choose a password, not to confirm the one of whoever signed up with this address
			if (account && !account.emailVerified) await mailReset(c, account, "finish");
		});
		return c.json(done, 202);
	});
}

async function storeSignUp(c: StudioContext, input: { email: string; password: string; name: string }): Promise<void> {
	const directory = c.get("directory");
	let passwordHash = "";
	const auth = await authOf(c, (hash) => {
		passwordHash = hash;
	});
	// for a known address it hashes the password all the same and changes nothing
	const { email, password, name } = input;
	await auth.api.signUpEmail({ body: { email, password, name } });
	const account = await findAccountByEmail(directory, email);
	if (!account) return;
	if (account.emailVerified) return mail(c, account.email, "knownSignUp");
	await mailVerification(c, { ...account, name }, passwordHash);
}

/** The link confirms the address together with this name and password. */
export async function mailVerification(c: StudioContext, account: Account, passwordHash: string): Promise<void> {
	const directory = c.get("directory");
	const stamp = await stampOf(directory, account, null);
	const content = { accountId: account.id, stamp, name: account.name, passwordHash };
	await mail(c, account.email, "verify", await makeOneTime(directory, "verify", content));
}
