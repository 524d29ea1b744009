// Passkeys (WebAuthn level 3). The challenge is stored once and tied to the browser by a cookie; the library checks the rest.
import { createRoute, z } from "@hono/zod-openapi";
import { deleteCookie, getCookie } from "hono/cookie";
import type { JSONValue } from "hono/utils/types";
import { deletePasskeyOfAccount, listPasskeysOfAccount } from "#db/directory/passkeys.ts";
import { deleteSessionByHash } from "#db/directory/sessions.ts";
import { AppError } from "#lib/http/errors.ts";
import { AddPasskey, AskToAddPasskey, Done, PasskeySummary, UsePasskey, WebAuthnJson } from "#schema/api/account.ts";
import { access } from "../../access.ts";
import { answer, body, type StudioApp, type StudioContext, sessionOf } from "../../http.ts";
import { byAccount, byNetwork } from "../../limits.ts";
import { type Auth, challengeCookie } from "../auth.ts";
import { afterAnswer, authHeaders, authOf, callAuth, done, mail } from "../call.ts";
import { passwordMatches } from "../credential.ts";
import { adoptToken } from "../session.ts";

const list = createRoute({
	method: "get",
	path: "/api/account/passkeys",
	responses: { 200: answer(z.array(PasskeySummary), "The passkeys of this account.") },
	...access("account"),
});

const addOptions = createRoute({
	method: "post",
	path: "/api/account/passkeys/options",
	request: { body: body(AskToAddPasskey) },
	responses: { 200: answer(WebAuthnJson, "PublicKeyCredentialCreationOptions, as JSON.") },
	...access("account", byAccount("passwordAccount")),
});

const add = createRoute({
	method: "post",
	path: "/api/account/passkeys",
	request: { body: body(AddPasskey) },
	responses: { 200: answer(PasskeySummary, "The new passkey.") },
	...access("account"),
});

const remove = createRoute({
	method: "delete",
	path: "/api/account/passkeys/{id}",
	request: { params: z.strictObject({ id: z.string().min(1).max(100) }) },
	responses: { 200: answer(Done, "The passkey signs in no more.") },
	...access("account"),
});

const signInOptions = createRoute({
	method: "post",
	path: "/api/account/passkeys/sign-in/options",
	responses: { 200: answer(WebAuthnJson, "PublicKeyCredentialRequestOptions, as JSON; they name no account.") },
	...access("anyone", byNetwork("signInNetwork")),
});

const signIn = createRoute({
	method: "post",
	path: "/api/account/passkeys/sign-in",
	request: { body: body(UsePasskey) },
	responses: { 200: answer(Done, "The session begins.") },
	...access("anyone", byNetwork("signInNetwork")),
});

export function registerPasskeys(app: StudioApp): void {
	app.openapi(list, async (c) => {
		const found = await listPasskeysOfAccount(c.get("directory"), sessionOf(c).accountId);
		return c.json(found.map(summarize), 200);
	});

	app.openapi(addOptions, async (c) => {
		await requirePerson(c, c.req.valid("json"));
		const auth = await authOf(c);
		const made = await callAuth(new AppError("unauthenticated"), () =>
			auth.api.generatePasskeyRegistrationOptions({ query: {}, headers: authHeaders(c), returnHeaders: true }),
		);
		passChallengeOn(c, made.headers);
		return c.json(asJson(made.response), 200);
	});

	app.openapi(add, async (c) => {
		const { name, response } = c.req.valid("json");
		const auth = await authOf(c);
		const made = await callAuth(new AppError("expired"), () =>
			auth.api.verifyPasskeyRegistration({ body: { name, response }, headers: authHeaders(c, challengeOf(c)) }),
		);
		deleteCookie(c, challengeCookie, { path: "/", secure: true });
		afterAnswer(c, "passkey", () => mail(c, sessionOf(c).email, "passkeyAdded"));
		return c.json(summarize(made), 200);
	});

	app.openapi(remove, async (c) => {
		const { id } = c.req.valid("param");
		// another person's passkey and none are the same
		const isGone = await deletePasskeyOfAccount(c.get("directory"), sessionOf(c).accountId, id);
		if (!isGone) throw new AppError("not_found");
		afterAnswer(c, "passkey", () => mail(c, sessionOf(c).email, "passkeyRemoved"));
		return c.json(done, 200);
	});

	app.openapi(signInOptions, async (c) => {
		const auth = await authOf(c);
		const made = await auth.api.generatePasskeyAuthenticationOptions({ headers: new Headers(), returnHeaders: true });
		passChallengeOn(c, made.headers);
		return c.json(asJson({ ...made.response, userVerification: "required" }), 200);
	});

	app.openapi(signIn, async (c) => {
		const { token } = await usePasskey(c, c.req.valid("json").response, new AppError("wrong_credentials"));
		deleteCookie(c, challengeCookie, { path: "/", secure: true });
		await adoptToken(c, token);
		return c.json(done, 200);
	});
}

/** The session that an answer of a passkey begins. */
async function usePasskey(c: StudioContext, response: z.infer<typeof WebAuthnJson>, refusal: AppError) {
	const auth = await authOf(c);
	const { session } = await callAuth(refusal, () =>
		auth.api.verifyPasskeyAuthentication({
			body: { response: response as unknown as Assertion },
			headers: authHeaders(c, challengeOf(c)),
		}),
	);
	return session;
}

// A passkey outlives the session that adds it. Somebody with a stolen session, or at an open screen, must not be able to add one.
async function requirePerson(c: StudioContext, proof: z.infer<typeof AskToAddPasskey>): Promise<void> {
	const { accountId } = sessionOf(c);
	const directory = c.get("directory");
	if (proof.password !== undefined) {
		if (await passwordMatches(directory, accountId, proof.password)) return;
		throw new AppError("invalid_input", { password: "This is not your password." });
	}
	if (!proof.response) throw new AppError("confirm_person");
	const session = await usePasskey(c, proof.response, new AppError("confirm_person"));
	// the passkey answers a question here; it begins no session
	await deleteSessionByHash(directory, await directory.keys.hashToken(session.token));
	if (session.userId !== accountId) throw new AppError("confirm_person");
}

function passChallengeOn(c: StudioContext, made: Headers): void {
	for (const cookie of made.getSetCookie()) {
		if (cookie.startsWith(`${challengeCookie}=`)) c.header("Set-Cookie", cookie, { append: true });
	}
}

function challengeOf(c: StudioContext): string | undefined {
	const value = getCookie(c, challengeCookie);
	return value && `${challengeCookie}=${encodeURIComponent(value)}`;
}

// only an object for us; the library checks each field of it
type Assertion = NonNullable<Parameters<Auth["api"]["verifyPasskeyAuthentication"]>[0]>["body"]["response"];

// the library's own type allows `undefined`, which JSON leaves out
const asJson = (options: object): Record<string, JSONValue> => JSON.parse(JSON.stringify(options));

function summarize(passkey: {
	id: string;
	name?: string | null | undefined;
	createdAt: Date | number;
}): PasskeySummary {
	return { id: passkey.id, name: passkey.name ?? "Passkey", createdAt: Number(passkey.createdAt) };
}
