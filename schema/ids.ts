// Identifiers. Each kind has a prefix, so that an id pasted in the wrong place is refused at the edge, and 128 random bits.
import { z } from "zod";

const kinds = {
	account: "acc",
	app: "app",
	approval: "apr",
	build: "bld",
	disclosure: "dis",
	grant: "grt",
	invitation: "inv",
	ledger: "led",
	link: "lnk",
	message: "msg",
	owner: "own",
	reference: "ref",
	report: "rpt",
	session: "ses",
	team: "tea",
	version: "ver",
} as const;

export type IdKind = keyof typeof kinds;

/** An id of one kind, for example `app_3f0c…` (prefix, underscore, 32 lower-case hex digits). */
export type Id<K extends IdKind> = `${(typeof kinds)[K]}_${string}`;

// A regular expression rather than a custom check, so that the API's document can say it too.
const idOf = <K extends IdKind>(kind: K) =>
	z
		.string()
		.regex(
			new RegExp(`^${kinds[kind]}_[0-9a-f]{32}$`),
			`must be an id that begins with ${kinds[kind]}_`,
		) as unknown as z.ZodType<Id<K>, string>;

export const AccountId = idOf("account");
export type AccountId = Id<"account">;
export const AppId = idOf("app");
export type AppId = Id<"app">;
export const ApprovalId = idOf("approval");
export const BuildId = idOf("build");
export type BuildId = Id<"build">;
export const DisclosureId = idOf("disclosure");
export const GrantId = idOf("grant");
export const InvitationId = idOf("invitation");
export const LinkId = idOf("link");
export const OwnerId = idOf("owner");
export type OwnerId = Id<"owner">;
export const VersionId = idOf("version");
export type VersionId = Id<"version">;
export const ReferenceId = idOf("reference");
export type ReferenceId = Id<"reference">;

/** Makes an id of 128 random bits. `random` is passed in by tests only. */
export function makeId<K extends IdKind>(
	kind: K,
	random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (b) => crypto.getRandomValues(b),
): Id<K> {
	const bytes = random(new Uint8Array(16));
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
	return `${kinds[kind]}_${hex}` as Id<K>;
}

/** Labels are the host names of app origins: random, 26 base-32 letters (130 bits), never reused. */
export const Label = z.string().regex(/^[a-z2-7]{26}$/);
export type Label = z.infer<typeof Label>;

export function makeLabel(): Label {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
	return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => alphabet[byte & 31]).join("");
}
