// Every mail we send, as one table. A mail names no app and carries no content: it may be read by whoever carries it.
import type { Region } from "#schema/region.ts";
import { regions } from "#schema/region.ts";
import type { Holding } from "#schema/register/holding.ts";

interface MailEnv {
	MAIL: { send(mail: { from: string; to: string; subject: string; text: string }): Promise<unknown> };
	MAIL_FROM: string;
}

interface Words {
	subject: string;
	/** Lines before the link, and after it. */
	before: string;
	after: string;
}

export const mailWords = {
	verify: {
		subject: "Confirm your email address",
		before:
			"Somebody, perhaps you, signed up with this address. The page behind this link shows the name they chose and asks for the password they chose:",
		after:
			"The link works once, for 24 hours. If you didn't sign up, you can ignore this email: the account won't be activated. If you signed up more than once, each email belongs to one sign-up.",
	},
	finish: {
		subject: "Finish signing up",
		before: "Open this link to choose a name and a password and start using Freehold:",
		after:
			"The link works once, for one hour. If you didn't sign up, you can ignore this email: the account won't be activated.",
	},
	knownSignUp: {
		subject: "You already have an account",
		before:
			"Someone, perhaps you, tried to sign up with this address, which already has an account here. Nothing was changed. You can sign in, or choose a new password, here:",
		after: "If it wasn't you, you can ignore this email.",
	},
	reset: {
		subject: "Choose a new password",
		before: "Open this link to choose a new password:",
		after:
			"The link works once, for one hour. If you didn't ask for it, you can ignore this email: your password stays as it is.",
	},
	changeEmail: {
		subject: "Confirm your new email address",
		before: "Open this link to make this the address of your account:",
		after: "The link works once, for one hour. If you didn't ask for it, you can ignore this email.",
	},
	takenEmail: {
		subject: "This address already has an account",
		before:
			"Someone, perhaps you, wanted to use this address for another account. It already has an account here, so nothing was changed. You can sign in here:",
		after: "If it wasn't you, you can ignore this email.",
	},
	emailChanged: {
		subject: "The address of your account was changed",
		before:
			"Your account now has another email address, confirmed by a link we emailed to it. If it wasn't you, write to the operator of:",
		after: "You can no longer sign in with this address.",
	},
	passwordChanged: {
		subject: "Your password was changed",
		before:
			"Your password was changed, all other sessions were ended and all passkeys were removed. If it wasn't you, choose a new password here:",
		after: "If it was you, there is nothing to do.",
	},
	passwordChangedKept: {
		subject: "Your password was changed",
		before:
			"Your password was changed and all other sessions were ended. Your passkeys were kept and still sign in. If it wasn't you, choose a new password here, which also removes the passkeys:",
		after: "If it was you, there is nothing to do.",
	},
	passwordReset: {
		subject: "Your password was changed",
		before:
			"A new password was chosen with a link that we emailed to you. All sessions were ended and all passkeys were removed. If it wasn't you, somebody can read your email: secure your mailbox first, then choose a new password here:",
		after: "If it was you, sign in with the new password. You can add your passkeys again on your account page.",
	},
	passkeyAdded: {
		subject: "A passkey was added to your account",
		before:
			"A passkey was added to your account. If it wasn't you, remove it on your account page and change your password there:",
		after: "If it was you, there is nothing to do.",
	},
	passkeyRemoved: {
		subject: "A passkey was removed from your account",
		before:
			"A passkey was removed from your account and no longer signs in. If it wasn't you, change your password on your account page:",
		after: "If it was you, there is nothing to do.",
	},
	invitation: {
		subject: "You are invited",
		before: "Someone invited you to work with them on Freehold. Sign in or sign up with this address, then open:",
		after: "The invitation works once, for this address, for seven days.",
	},
} as const satisfies Record<string, Words>;

export type MailKind = keyof typeof mailWords;

export const mailHolding: Holding = {
	holds: `Mails on their way (${Object.keys(mailWords).join(", ")}): an address, fixed words and a link, never a name or an app`,
	whose: "account",
	dataClass: "identity",
	exported: "no",
	erasedWith: "time",
	kept: "not by Freehold: it is handed to the mail service; the local host keeps it as a file in its outbox",
};

/** Sends one mail. `link` is the only part that varies; a token rides in its fragment, which no server sees. */
export async function sendMail(env: MailEnv, region: Region, to: string, kind: MailKind, link: string): Promise<void> {
	const { subject, before, after } = mailWords[kind];
	const text = `${before}\n\n${link}\n\n${after}\n\nFreehold, region ${regions[region].name}\n`;
	await env.MAIL.send({ from: env.MAIL_FROM, to, subject: `Freehold: ${subject}`, text });
}
