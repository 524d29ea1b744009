// Changing the address: asked with the password, confirmed by a link mailed to the new address, told to the old one.
import { createRoute } from "@hono/zod-openapi";
import { findAccount, findAccountByEmail, updateAccount } from "#db/directory/accounts.ts";
import { findCredential } from "#db/directory/credentials.ts";
import { DbError } from "#db/errors.ts";
import { AppError } from "#lib/http/errors.ts";
import { ChangeEmail, Done, UseToken } from "#schema/api/account.ts";
import type { AccountId } from "#schema/ids.ts";
import { access } from "../../access.ts";
import { answer, body, type StudioApp, type StudioContext, sessionOf } from "../../http.ts";
import { byAccount, byEmail, byNetwork } from "../../limits.ts";
import { afterAnswer, done, mail } from "../call.ts";
import { credentialProvider, passwordMatches } from "../credential.ts";
import { makeOneTime, spendOneTime, stampOf } from "../one-time.ts";

const ask = createRoute({
	method: "post",
	path: "/api/account/email",
	request: { body: body(ChangeEmail) },
	responses: {
		202: answer(Done, "A mail is on its way to the new address; until its link is opened nothing changes."),
	},
	...access("account", byAccount("passwordAccount"), byEmail("mailAddress")),
});

const confirm = createRoute({
	method: "post",
	path: "/api/account/email/confirm",
	request: { body: body(UseToken) },
	responses: { 200: answer(Done, "The account has the new address.") },
	...access("anyone", byNetwork("tokenNetwork")),
});

export function registerEmail(app: StudioApp): void {
	app.openapi(ask, async (c) => {
		const { email, password } = c.req.valid("json");
		const { accountId } = sessionOf(c);
		const directory = c.get("directory");
		if (!(await passwordMatches(directory, accountId, password))) {
			throw new AppError("invalid_input", { password: "This is not your password." });
		}
		afterAnswer(c, "email", async () => {
			const taken = await findAccountByEmail(directory, email);
			if (taken) return mail(c, taken.email, "takenEmail");
			const stamp = await emailStamp(c, accountId);
			if (stamp)
				await mail(c, email, "changeEmail", await makeOneTime(directory, "email", { accountId, stamp, email }));
		});
		return c.json(done, 202);
	});

	app.openapi(confirm, async (c) => {
		const directory = c.get("directory");
		const content = await spendOneTime(directory, "email", c.req.valid("json").token);
		const account = content && (await findAccount(directory, content.accountId));
		if (!account || !content.email || content.stamp !== (await emailStamp(c, account.id)))
			throw new AppError("expired");
		try {
			await updateAccount(directory, account.id, { email: content.email });
		} catch (error) {
			// someone signed up with it in the meantime
			throw error instanceof DbError && error.reason === "conflict" ? new AppError("conflict") : error;
		}
		afterAnswer(c, "email-changed", () => mail(c, account.email, "emailChanged"));
		return c.json(done, 200);
	});
}

async function emailStamp(c: StudioContext, accountId: AccountId): Promise<string | null> {
	const directory = c.get("directory");
	const account = await findAccount(directory, accountId);
	const credential = await findCredential(directory, accountId, credentialProvider);
	return account && stampOf(directory, account, credential?.passwordHash ?? null);
}
