// Signing up: the answer is the same, and comes before any look-up, whether or not the address has an account. The rest is mailed.
import { createRoute } from "@hono/zod-openapi";
import { type Account, findAccount, findAccountByEmail, updateAccount } from "#db/directory/accounts.ts";
import type { Directory } from "#db/directory/handle.ts";
import { emailForLibrary } from "#db/directory/library-email.ts";
import { deletePasskeysOfAccount } from "#db/directory/passkeys.ts";
import { deleteSessionsOfAccount } from "#db/directory/sessions.ts";
import { AppError } from "#lib/http/errors.ts";
import { AskMail, ConfirmSignUp, Done, PendingSignUp, SignUp, UseToken } from "#schema/api/account.ts";
import { access } from "../../access.ts";
import { answer, body, type StudioApp, type StudioContext } from "../../http.ts";
import { byEmail, byNetwork, countTry } from "../../limits.ts";
import { afterAnswer, authOf, done, mail } from "../call.ts";
import { setCredential } from "../credential.ts";
import { makeOneTime, peekOneTime, spendOneTime, stampOf } from "../one-time.ts";
import { passwordQueueIsFull, verifyPassword } from "../password.ts";
import { startSession } from "../session.ts";
import { mailReset } from "./password.ts";

const signUp = createRoute({
	method: "post",
	path: "/api/account/sign-up",
	request: { body: body(SignUp) },
	responses: { 202: answer(Done, "A mail is on its way to that address.") },
	...access("anyone", byNetwork("signUpNetwork"), byEmail("mailAddress")),
});

const verify = createRoute({
	method: "post",
	path: "/api/account/verify",
	request: { body: body(ConfirmSignUp) },
	responses: { 200: answer(Done, "The address is confirmed and the session begins.") },
	...access("anyone", byNetwork("tokenNetwork")),
});

const peek = createRoute({
	method: "post",
	path: "/api/account/verify/peek",
	request: { body: body(UseToken) },
	responses: { 200: answer(PendingSignUp, "The sign-up that this link would confirm; nothing is spent.") },
	...access("anyone", byNetwork("tokenNetwork")),
});

const resend = createRoute({
	method: "post",
	path: "/api/account/resend",
	request: { body: body(AskMail) },
	responses: { 202: answer(Done, "If a sign-up waits for this address, a mail is on its way.") },
	...access("anyone", byNetwork("mailNetwork"), byEmail("mailAddress")),
});

export function registerSignUp(app: StudioApp): void {
	app.openapi(signUp, async (c) => {
		const input = c.req.valid("json");
		if (passwordQueueIsFull()) throw new AppError("unavailable");
		afterAnswer(c, "sign-up", () => storeSignUp(c, input));
		return c.json(done, 202);
	});

	app.openapi(verify, async (c) => {
		const directory = c.get("directory");
		const { token, password } = c.req.valid("json");
		const pending = await findPending(directory, token);
		const { account, name, passwordHash } = pending ?? {};
		if (!account || !name || !passwordHash) throw new AppError("expired");
		await countTry(directory, "passwordAccount", account.id);
		// Anybody can sign up with this address. Only the person who made this sign-up knows its password, so no stranger's
		// password or name gets into the account of the person who reads the mail.
		if (!(await verifyPassword(passwordHash, password)))
			throw new AppError("invalid_input", { password: notThisSignUp });
		if (!(await spendOneTime(directory, "verify", token))) throw new AppError("expired");
		// a stranger who signed up first with this address keeps nothing: no password, no session, no passkey
		await deleteSessionsOfAccount(directory, account.id);
		await deletePasskeysOfAccount(directory, account.id);
		await setCredential(directory, account.id, passwordHash);
		await updateAccount(directory, account.id, { emailVerified: true, name });
		await startSession(c, account.id);
		return c.json(done, 200);
	});

	app.openapi(peek, async (c) => {
		const directory = c.get("directory");
		const pending = await findPending(directory, c.req.valid("json").token);
		if (!pending?.name) throw new AppError("expired");
		return c.json({ name: pending.name, email: pending.account.email }, 200);
	});

	app.openapi(resend, async (c) => {
		const { email } = c.req.valid("json");
		const directory = c.get("directory");
		afterAnswer(c, "resend", async () => {
			const account = await findAccountByEmail(directory, email);
			// a link to choose a password, not to confirm the one of whoever signed up with this address
			if (account && !account.emailVerified) await mailReset(c, account, "finish");
		});
		return c.json(done, 202);
	});
}

const notThisSignUp =
	"This link belongs to another sign-up for this address, or the password is mistyped. If you signed up more than once, open the other mail. If you didn't choose this name, use “Forgot your password?” on the sign-in page instead.";

/** The sign-up that a link stands for, while its address waits to be confirmed. */
async function findPending(directory: Directory, token: string) {
	const content = await peekOneTime(directory, "verify", token);
	const account = content && (await findAccount(directory, content.accountId));
	if (!account || content.stamp !== (await stampOf(directory, account, null))) return null;
	return { account, name: content.name, passwordHash: content.passwordHash };
}

async function storeSignUp(c: StudioContext, input: { email: string; password: string; name: string }): Promise<void> {
	const directory = c.get("directory");
	let passwordHash = "";
	const auth = await authOf(c, (hash) => {
		passwordHash = hash;
	});
	// for a known address it hashes the password all the same and changes nothing
	const { email, password, name } = input;
	await auth.api.signUpEmail({ body: { email: emailForLibrary(email), password, name } });
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
