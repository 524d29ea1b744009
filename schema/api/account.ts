// The API of accounts and sessions. Every answer is the same whether an address has an account or not.
import { z } from "zod";
import { EmailAddress } from "../email-address.ts";
import { PersonName, shownName } from "../names.ts";

const email = EmailAddress;
/** A new password: 12 to 200 characters, no other rule (NIST SP 800-63B §5.1.1.2). */
const newPassword = z.string().min(12).max(200);
const token = z.string().min(20).max(500);

export const SignUp = z.strictObject({
	name: PersonName,
	email,
	password: newPassword,
	/** The page lists the promises that are not kept yet; signing up says that the person has seen them. */
	sawNotYet: z.literal(true),
});
export type SignUp = z.infer<typeof SignUp>;
export const SignIn = z.strictObject({ email, password: z.string().min(1).max(200) });
export type SignIn = z.infer<typeof SignIn>;
export const AskMail = z.strictObject({ email });
export const UseToken = z.strictObject({ token });
/** The password is the one chosen at the sign-up that the link comes from. */
export const ConfirmSignUp = z.strictObject({ token, password: z.string().min(1).max(200) });
/** The sign-up that a link would confirm. */
export const PendingSignUp = z.strictObject({ name: z.string(), email: z.string() });
export type PendingSignUp = z.infer<typeof PendingSignUp>;
export const ResetPassword = z.strictObject({
	token,
	password: newPassword,
	/** Asked for when the link finishes a sign-up: the name of that sign-up may be a stranger's. */
	name: PersonName.optional(),
});
export const ChangePassword = z.strictObject({
	current: z.string().min(1).max(200),
	next: newPassword,
	/** A passkey signs in without the password: unless the person keeps them, they go with the old one. */
	removePasskeys: z.boolean().default(true),
});
export const ChangeEmail = z.strictObject({ email, password: z.string().min(1).max(200) });
export const ChangeName = z.strictObject({ name: PersonName });

/** It was done, or it will be: where an answer must not say more. */
export const Done = z.strictObject({ ok: z.literal(true) });

export const Account = z.strictObject({
	id: z.string(),
	name: z.string(),
	email: z.string(),
	region: z.string(),
	plan: z.enum(["free", "pro", "studio"]),
	createdAt: z.number(),
});
export type Account = z.infer<typeof Account>;

export const SessionSummary = z.strictObject({
	id: z.string(),
	device: z.string(),
	createdAt: z.number(),
	lastSeenAt: z.number(),
	isCurrent: z.boolean(),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

export const PasskeySummary = z.strictObject({ id: z.string(), name: z.string(), createdAt: z.number() });
export type PasskeySummary = z.infer<typeof PasskeySummary>;

/** WebAuthn options and answers are passed through as the browser's library makes them; the server's library checks them. */
export const WebAuthnJson = z.looseObject({});
export const AddPasskey = z.strictObject({ name: shownName(80), response: WebAuthnJson });
/** Shows once more that it is the account's person who adds a passkey: the password, or the answer of a passkey they have. */
export const AskToAddPasskey = z.strictObject({
	password: z.string().min(1).max(200).optional(),
	response: WebAuthnJson.optional(),
});
export const UsePasskey = z.strictObject({ response: WebAuthnJson });
