// Passwords: forgotten, chosen anew by mail, changed by who knows the old one. Each change ends every other session.
import { createRoute } from "@hono/zod-openapi";
import { type Account, findAccount, findAccountByEmail, updateAccount } from "#db/directory/accounts.ts";
import { findCredential } from "#db/directory/credentials.ts";
import { deletePasskeysOfAccount } from "#db/directory/passkeys.ts";
import { deleteSessionsOfAccount } from "#db/directory/sessions.ts";
import { AppError } from "#lib/http/errors.ts";
import { AskMail, ChangePassword, Done, ResetPassword } from "#schema/api/account.ts";
import { access } from "../../access.ts";
import { answer, body, type StudioApp, type StudioContext, sessionOf } from "../../http.ts";
import { byAccount, byEmail, byNetwork } from "../../limits.ts";
import { afterAnswer, authHeaders, authOf, callAuth, done, mail } from "../call.ts";
import { credentialProvider, setCredential } from "../credential.ts";
import { makeOneTime, peekOneTime, spendOneTime, stampOf } from "../one-time.ts";
import { hashPassword, passwordQueueIsFull } from "../password.ts";
import { adoptToken } from "../session.ts";

const forgot = createRoute({
	method: "post",
	path: "/api/account/forgot",
	request: { body: body(AskMail) },
	responses: { 202: answer(Done, "If the address has an account, a mail is on its way.") },
	...access("anyone", byNetwork("mailNetwork"), byEmail("mailAddress")),
});

const reset = createRoute({
	method: "post",
	path: "/api/account/reset",
	request: { body: body(ResetPassword) },
	responses: { 200: answer(Done, "The password is set; every session has ended and every passkey is removed.") },
	...access("anyone", byNetwork("tokenNetwork")),
});

const change = createRoute({
	method: "post",
	path: "/api/account/password",
	request: { body: body(ChangePassword) },
	responses: { 200: answer(Done, "The password is changed, this session renewed, every other one ended.") },
	...access("account", byAccount("passwordAccount")),
});

export function registerPassword(app: StudioApp): void {
	app.openapi(forgot, async (c) => {
		const { email } = c.req.valid("json");
		const directory = c.get("directory");
		afterAnswer(c, "forgot", async () => {
			const account = await findAccountByEmail(directory, email);
			if (account) await mailReset(c, account, account.emailVerified ? "reset" : "finish");
		});
		return c.json(done, 202);
	});

	app.openapi(reset, async (c) => {
		const { token, password, name } = c.req.valid("json");
		const directory = c.get("directory");
		if (passwordQueueIsFull()) throw new AppError("unavailable");
		const content = await peekOneTime(directory, "reset", token);
		const account = content && (await findAccount(directory, content.accountId));
		if (!account || content.stamp !== (await resetStamp(c, account))) throw new AppError("expired");
		// the name that an unconfirmed account has may be a stranger's, who signed up with this address
		const isSignUp = !account.emailVerified;
		if (isSignUp && !name) throw new AppError("invalid_input", { name: "Choose the name that others will see." });
		if (!(await spendOneTime(directory, "reset", token))) throw new AppError("expired");
		const hash = await hashPassword(password);
		await deleteSessionsOfAccount(directory, account.id);
		// one that a thief added would sign in without the new password
		await deletePasskeysOfAccount(directory, account.id);
		await setCredential(directory, account.id, hash);
		// the link came by mail, so it confirms the address as well
		await updateAccount(directory, account.id, { emailVerified: true, ...(isSignUp && name ? { name } : {}) });
		if (account.emailVerified) afterAnswer(c, "reset", () => mail(c, account.email, "passwordReset"));
		return c.json(done, 200);
	});

	app.openapi(change, async (c) => {
		const { current, next, removePasskeys } = c.req.valid("json");
		const session = sessionOf(c);
		const auth = await authOf(c);
		const changed = await callAuth(
			new AppError("invalid_input", { current: "This is not your current password." }),
			() =>
				auth.api.changePassword({
					body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
					headers: authHeaders(c),
				}),
		);
		if (!changed.token) throw new AppError("internal");
		if (removePasskeys) await deletePasskeysOfAccount(c.get("directory"), session.accountId);
		await adoptToken(c, changed.token);
		const kind = removePasskeys ? "passwordChanged" : "passwordChangedKept";
		afterAnswer(c, "password", () => mail(c, session.email, kind));
		return c.json(done, 200);
	});
}

/** Mails a link to choose a password; good while the password and the address stay as they are. */
export async function mailReset(c: StudioContext, account: Account, kind: "reset" | "finish"): Promise<void> {
	const content = { accountId: account.id, stamp: await resetStamp(c, account) };
	await mail(c, account.email, kind, await makeOneTime(c.get("directory"), "reset", content));
}

async function resetStamp(c: StudioContext, account: Account): Promise<string> {
	const directory = c.get("directory");
	const credential = await findCredential(directory, account.id, credentialProvider);
	return stampOf(directory, account, credential?.passwordHash ?? null);
}
