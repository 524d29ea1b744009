// Tokens that end, are bound or are replaced, and the work that must not tell whether an address has an account.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import { inFile, type Removal } from "./removal.ts";

const oneTime = inFile("workers/studio/identity/one-time.ts");
const invitations = inFile("db/directory/invitations.ts");
const tokens = (name: string) => ({ file: "test/system/identity-tokens.test.ts", name });
const work = (name: string) => ({ file: "test/system/identity-work.test.ts", name });

const stolen = "session fixation, cross-site requests, stolen tokens after sign-out";
const borrowed = "an invitation sent to another address, a link after it was revoked, either in the other region";
const many = "more versions by hand, links, invitations or passkeys than there may be";
const bounds = (name: string) => ({
	file: "test/system/db/pages.test.ts",
	name: `what one app or account may have > ${name}`,
});
const linksAndMore =
	"links, invitations and passkeys, at once too; a new invitation of one address takes the place of its older one";
const guessing = "guessing passwords; learning who has an account";

export const tokenRemovals: readonly Removal[] = [
	{
		attacks: [stolen],
		defence: "a newer change of address ends the older",
		edits: [oneTime("email: { ttlMs: hour, isOnly: true }", "email: { ttlMs: hour, isOnly: false }")],
		test: tokens(
			"a newer token > of a change of address ends the older: an address mistyped first cannot take the account",
		),
	},
	{
		attacks: [stolen],
		defence: "a reset that a stranger asks for does not end the one that is waited for",
		edits: [oneTime("reset: { ttlMs: hour, isOnly: false }", "reset: { ttlMs: hour, isOnly: true }")],
		test: tokens("a newer token > that a stranger can ask for does not end the one that a person waits for"),
	},
	{
		attacks: [stolen],
		defence: "a token of a mail holds the address that the account had",
		edits: [
			oneTime(
				'JSON.stringify(["stamp", account.id, account.email, account.emailVerified, passwordHash])',
				'JSON.stringify(["stamp", account.id, account.emailVerified, passwordHash])',
			),
		],
		test: tokens(
			"a token is bound to what was true when it was made > a reset ends with a change of the address it was mailed to",
		),
	},
	{
		attacks: [borrowed],
		defence: "a newer invitation ends the older",
		edits: [invitations(".where(and(isReplaced, not(isNew), ", ".where(and(sql`0`, not(isNew), ")],
		test: tokens("a newer token > of an invitation ends the older: a role given by mistake is not kept in a mail"),
	},
	{
		attacks: [many],
		defence: "versions by hand are counted in their insert",
		edits: [
			inFile("db/stores/versions.ts")("h.count < ${input.most.count} AND", "1 OR h.count < ${input.most.count} AND"),
		],
		test: bounds("versions by hand: so many and so large, at once too; builds go on"),
	},
	{
		attacks: [many],
		defence: "links are counted in their insert",
		edits: [inFile("db/directory/links.ts")("AND ${isOpen(dir)}) > ${most}", "AND ${isOpen(dir)}) > ${most} + 9")],
		test: bounds(linksAndMore),
	},
	{
		attacks: [many],
		defence: "invitations are counted in their insert",
		edits: [invitations(".where(and(isNew, isTooMany))", ".where(and(isNew, isTooMany, sql`0`))")],
		test: bounds(linksAndMore),
	},
	{
		attacks: [many],
		defence: "passkeys are counted in their insert",
		edits: [inFile("db/directory/passkeys.ts")("> ${mostPasskeys}`", "> ${mostPasskeys} + 9`")],
		test: bounds(linksAndMore),
	},
	{
		attacks: [borrowed],
		defence: "an invitation is for who has its address now",
		edits: [invitations("eq(table.emailIndex, index), isOpen(dir)", "isOpen(dir)")],
		test: tokens(
			"a token is bound to what was true when it was made > an invitation is for who has its address now, not for who had it",
		),
	},
	{
		attacks: [borrowed],
		defence: "an invitation expires",
		edits: [invitations("and(isNull(table.usedAt), gt(table.expiresAt, dir.now()))", "and(isNull(table.usedAt))")],
		test: tokens("a token lives > invitation: as long as it says, and is refused when that has passed"),
	},
	{
		attacks: [guessing],
		defence: "an unknown address costs the second look-up of a known one",
		edits: [inFile("db/directory/auth-adapter.ts")("if (!found) await workAsForKnown(dir);", "")],
		test: work("what is done until the answer > sign-in: the same for a known, an unconfirmed and an unknown address"),
	},
	{
		attacks: [guessing],
		defence: "an unknown address opens as many sealed values as a known one",
		edits: [inFile("db/directory/auth-adapter.ts")("opened < 3; opened++", "opened < 1; opened++")],
		test: work("passwords and sealed values > are worked on as often for any address at sign-in"),
	},
	{
		attacks: [guessing],
		defence: "nothing is looked up before the answer to a forgotten password",
		edits: [
			inFile("workers/studio/identity/routes/password.ts")(
				'afterAnswer(c, "forgot", async () => {',
				'await findAccountByEmail(directory, email).then((known) => known && findCredential(directory, known.id, "x"));\n\t\tafterAnswer(c, "forgot", async () => {',
			),
		],
		test: work("what is done until the answer > forgot: the same for a known, an unconfirmed and an unknown address"),
	},
	{
		attacks: [guessing],
		defence: "a password is hashed where there is none to compare with",
		edits: [
			inFile("workers/studio/identity/credential.ts")(
				'return verifyPassword(credential?.passwordHash ?? "", password);',
				"return credential?.passwordHash ? verifyPassword(credential.passwordHash, password) : false;",
			),
		],
		test: work("passwords and sealed values > are hashed once to check one's own password, also where there is none"),
	},
];
