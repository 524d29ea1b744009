// Signing in by password, and out. A wrong password, an unknown address and one not yet confirmed are answered alike.
import { createRoute } from "@hono/zod-openapi";
import { isAPIError } from "better-auth/api";
import { findAccountByEmail } from "#db/directory/accounts.ts";
import { findCredential } from "#db/directory/credentials.ts";
import { deleteExpiredEntries } from "#db/directory/erase.ts";
import { emailForLibrary } from "#db/directory/library-email.ts";
import { AppError } from "#lib/http/errors.ts";
import { Done, SignIn } from "#schema/api/account.ts";
import { access } from "../../access.ts";
import { answer, body, type StudioApp, type StudioContext } from "../../http.ts";
import { byEmail, byNetwork, countTry } from "../../limits.ts";
import { afterAnswer, authHeaders, authOf, callAuth, done } from "../call.ts";
import { credentialProvider } from "../credential.ts";
import { adoptToken, endSession } from "../session.ts";
import { mailVerification } from "./sign-up.ts";

const signIn = createRoute({
	method: "post",
	path: "/api/account/sign-in",
	request: { body: body(SignIn) },
	responses: { 200: answer(Done, "The session begins.") },
	...access("anyone", byNetwork("signInNetwork"), byEmail("signInAddress")),
});

const signOut = createRoute({
	method: "post",
	path: "/api/account/sign-out",
	responses: { 200: answer(Done, "The session has ended, if there was one.") },
	...access("anyone"),
});

export function registerSignIn(app: StudioApp): void {
	app.openapi(signIn, async (c) => {
		const { email, password } = c.req.valid("json");
		const directory = c.get("directory");
		const auth = await authOf(c);
		const { token } = await callAuth(new AppError("wrong_credentials"), async () => {
			try {
				return await auth.api.signInEmail({
					body: { email: emailForLibrary(email), password },
					headers: authHeaders(c),
				});
			} catch (error) {
				// the password was right: the person finds the link once more, and nobody else learns anything
				if (isAPIError(error) && error.body?.code === "EMAIL_NOT_VERIFIED") {
					afterAnswer(c, "sign-in", () => remindToVerify(c, email));
				}
				throw error;
			}
		});
		await adoptToken(c, token);
		// there is no other clock in a Worker that is always on
		afterAnswer(c, "expire", () => deleteExpiredEntries(directory));
		return c.json(done, 200);
	});

	app.openapi(signOut, async (c) => {
		await endSession(c);
		return c.json(done, 200);
	});
}

async function remindToVerify(c: StudioContext, email: string): Promise<void> {
	const directory = c.get("directory");
	await countTry(directory, "mailAddress", email);
	const account = await findAccountByEmail(directory, email);
	const credential = account && (await findCredential(directory, account.id, credentialProvider));
	if (account && credential?.passwordHash) await mailVerification(c, account, credential.passwordHash);
}
