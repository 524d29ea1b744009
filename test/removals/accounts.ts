// Accounts, sessions and the directory: what a stranger must not learn, keep or find.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import { inFile, type Removal } from "./removal.ts";

const adapter = inFile("db/directory/auth-adapter.ts");
const session = inFile("workers/studio/identity/session.ts");
const protect = inFile("workers/studio/protect.ts");
const limits = inFile("workers/studio/limits.ts");
const oneTime = inFile("workers/studio/identity/one-time.ts");
const hashes = inFile("workers/lib/crypto/directory-keys.ts");
const identity = (name: string) => ({ file: "test/system/identity.test.ts", name });
const expiry = (name: string) => ({ file: "test/system/identity-expiry.test.ts", name });
const accounts = (name: string) => ({ file: "test/system/walls/accounts.test.ts", name });
const keyOnly = (name: string) => ({
	file: "test/system/identity-adapter.test.ts",
	name: `the adapter refuses what is not a look-up by a key > ${name}`,
});

const byKey = "DIRECTORY: listing accounts, lookup by anything but a key";
const guessing = "guessing passwords; learning who has an account";
const stolen = "session fixation, cross-site requests, stolen tokens after sign-out";
const foreignSignUp = "signing up with the address of somebody else, before or after they do";
const stolenPasskey = "a passkey of one's own in somebody else's account, by a stolen session or an open screen";
const falseName =
	"a name that shows as another: direction marks, control and invisible characters, Freehold's own name";
const framing = "framing the studio, inline script, a foreign origin in a page";

export const accountRemovals: readonly Removal[] = [
	{
		attacks: [byKey],
		defence: "only equality is a look-up: part of an address",
		edits: [adapter('(operator === "eq" ? field : `${field}:${operator}`)', "(operator ? field : field)")],
		test: keyOnly("an account by part of its address"),
	},
	{
		attacks: [byKey],
		defence: "only equality is a look-up: a list of addresses",
		edits: [
			adapter('(operator === "eq" ? field : `${field}:${operator}`)', "(operator ? field : field)"),
			adapter(
				'const text = (value: unknown): string => (typeof value === "string" ? value : refuse());',
				"const text = (value: unknown): string => String(value);",
			),
		],
		test: keyOnly("accounts by a list of addresses"),
	},
	{
		attacks: [byKey],
		defence: "no look-up without a key",
		edits: [
			adapter(
				'if (!where?.length || where.some(({ connector }) => connector !== "AND")) return refuse();',
				'if (!where?.length) return { name: "id", key: { id: `acc_${"0".repeat(32)}` } };',
			),
		],
		test: keyOnly("a list of accounts"),
	},
	{
		attacks: [byKey],
		defence: "nothing is changed but by a key",
		edits: [adapter("updateMany: () => refuse(),", "updateMany: async () => 0,")],
		test: keyOnly("a change of many"),
	},
	{
		attacks: [byKey],
		defence: "nobody is counted",
		edits: [adapter("count: () => refuse(),", "count: async () => 0,")],
		test: keyOnly("a count of accounts"),
	},
	{
		attacks: [byKey],
		defence: "a statement of the directory has a condition",
		edits: [inFile("db/directory/accounts.ts")(".from(table).where(key).limit(1)", ".from(table).limit(1)")],
		test: accounts(
			"a copy of the directory > is asked by no statement of the product without a condition, but for what is public",
		),
	},
	{
		attacks: ["`DIRECTORY`"],
		defence: "tokens are kept as their hashes",
		edits: [
			hashes(
				'toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(token)))) as TokenHash',
				"token as TokenHash",
			),
		],
		test: {
			file: "test/system/walls/directory-dump.test.ts",
			name: "a copy of the directory > opens nothing: every value at every door, whatever the limits",
		},
	},
	{
		attacks: ["`DIRECTORY`"],
		defence: "names and addresses are sealed",
		edits: [
			hashes("toBase64Url(await sealEnvelope(key, at(place), utf8(text))) as SealedEntry", "text as SealedEntry"),
			hashes(
				"const bytes = fromBase64(sealed);",
				'if (sealed !== "") return sealed;\n\t\t\tconst bytes = fromBase64(sealed);',
			),
		],
		test: {
			file: "test/system/db/directory.test.ts",
			name: "a dump shows no address, name, token, password hash or browser",
		},
	},
	{
		attacks: [guessing],
		defence: "tries are counted for each address",
		edits: [limits("signInAddress: { tries: 10,", "signInAddress: { tries: 1000,")],
		test: identity(
			"tries are counted > for each address, whether or not it has an account, and then the right password is refused too",
		),
	},
	{
		attacks: [guessing],
		defence: "an address has one count, wherever its tries say they come from",
		edits: [
			inFile("scripts/local-host/front-listener.ts")("!stripped.test(name) &&", "true &&"),
			limits(
				"(subject === null ? [] : [{ kind, subject }])",
				'(subject === null ? [] : [{ kind, subject: `${c.req.header("X-Forwarded-For")} ${subject}` }])',
			),
		],
		test: identity("tries are counted > and headers that anyone can set do not start a new count"),
	},
	{
		attacks: [guessing],
		defence: "who is over a limit uses up nobody else's",
		edits: [inFile("db/directory/rate-limits.ts")("WHERE ${sql.join([sql`1`, ...isOver], sql` AND `)}`", "WHERE 1`")],
		test: {
			file: "test/system/db/directory.test.ts",
			name: "counts several tries at once, and none after the one that is refused",
		},
	},
	{
		attacks: [guessing],
		defence: "a limit stands beside its route, and its count is made",
		edits: [limits("(subject === null ? [] : [{ kind, subject }])", "(subject !== null ? [] : [{ kind, subject }])")],
		test: identity(
			"tries are counted > for each address, whether or not it has an account, and then the right password is refused too",
		),
	},
	{
		attacks: [guessing],
		defence: "a route that strangers call has a limit",
		edits: [
			inFile("workers/studio/identity/routes/password.ts")(
				'...access("anyone", byNetwork("mailNetwork"), byEmail("mailAddress"))',
				'...access("anyone")',
			),
		],
		test: {
			file: "test/system/matrix.test.ts",
			name: "the route table > has a limit on everything that a stranger may send, and on work that costs no credit",
		},
	},
	{
		attacks: [guessing],
		defence: "mails to one address are counted",
		edits: [limits("mailAddress: { tries: 5,", "mailAddress: { tries: 500,")],
		test: identity("tries are counted > for mails to one address"),
	},
	{
		attacks: [guessing],
		defence: "one answer for every address: a forgotten password",
		edits: [
			inFile("workers/studio/identity/routes/password.ts")(
				'afterAnswer(c, "forgot", async () => {',
				'if (!(await findAccountByEmail(directory, email))) throw new AppError("not_found");\n\t\tafterAnswer(c, "forgot", async () => {',
			),
		],
		test: identity("a stranger cannot tell whether an address has an account > from forgot"),
	},
	{
		attacks: [guessing],
		defence: "one answer for every address: signing up",
		edits: [
			inFile("workers/studio/identity/routes/sign-up.ts")(
				'afterAnswer(c, "sign-up", () => storeSignUp(c, input));',
				'if ((await findAccountByEmail(directory, input.email))?.emailVerified) throw new AppError("conflict");\n\t\tafterAnswer(c, "sign-up", () => storeSignUp(c, input));',
			),
		],
		test: identity("a stranger cannot tell whether an address has an account > from sign-up"),
	},
	{
		attacks: [guessing],
		defence: "one answer for every address: signing in before it is confirmed",
		edits: [
			inFile("workers/studio/identity/routes/sign-in.ts")(
				'afterAnswer(c, "sign-in", () => remindToVerify(c, email));',
				'afterAnswer(c, "sign-in", () => remindToVerify(c, email));\n\t\t\t\t\tthrow new AppError("forbidden");',
			),
		],
		test: identity(
			"a stranger cannot tell whether an address has an account > nor from signing in with the password of one's own sign-up for it",
		),
	},
	{
		attacks: [stolen],
		defence: "a sign-in ends the session that came with it (fixation)",
		edits: [
			session(
				"export async function adoptToken(c: StudioContext, token: string): Promise<void> {\n\tawait endPresentedSession(c);",
				"export async function adoptToken(c: StudioContext, token: string): Promise<void> {",
			),
		],
		test: identity("sessions > begin with a new token, and end the one that came with the request (fixation)"),
	},
	{
		attacks: [stolen],
		defence: "Origin and Fetch Metadata of unsafe methods",
		edits: [
			protect('if (!isOwn || (site !== undefined && site !== "same-origin")) throw new AppError("cross_origin");', ""),
		],
		test: identity("sessions > are not begun or used by another site's form"),
	},
	{
		attacks: [stolen],
		defence: "an ended session is gone from the directory",
		edits: [
			session(
				"export async function endSession(c: StudioContext): Promise<void> {\n\tawait endPresentedSession(c);",
				"export async function endSession(c: StudioContext): Promise<void> {",
			),
		],
		test: identity("sessions > end on signing out"),
	},
	{
		attacks: [stolen],
		defence: "a reset ends every session",
		edits: [
			inFile("workers/studio/identity/routes/password.ts")("await deleteSessionsOfAccount(directory, account.id);", ""),
		],
		test: identity("passwords > are reset by mail, which ends every session and every other reset"),
	},
	{
		attacks: [stolen],
		defence: "a session ends after thirty days without use",
		edits: [inFile("db/directory/signed-in.ts")("gt(sessions.table.expiresAt, dir.now()),", "")],
		test: expiry("a session > ends after thirty days without use"),
	},
	{
		attacks: [stolen],
		defence: "a token of a mail is spent by its use, and void once the account changed",
		edits: [
			inFile("workers/studio/identity/routes/sign-up.ts")(
				"content.stamp !== (await stampOf(directory, account, null))",
				"content.stamp === undefined",
			),
			inFile("db/directory/verifications.ts")(
				"rows.delete(table).where(eq(table.id, id)).returning());",
				"rows.select().from(table).where(eq(table.id, id)));",
			),
		],
		test: identity("tokens in mails > are spent by one of two who open them at the same time"),
	},
	{
		attacks: [foreignSignUp],
		defence: "a link confirms a sign-up only for who knows its password",
		edits: [
			inFile("workers/studio/identity/routes/sign-up.ts")(
				"if (!(await verifyPassword(passwordHash, password)))",
				"if (passwordHash === password)",
			),
		],
		test: identity(
			"signing up > twice for one address, the stranger's first > the stranger's link, opened by the person, says so, spends nothing and gives the stranger nothing",
		),
	},
	{
		attacks: [foreignSignUp],
		defence: "finishing a sign-up takes over no name",
		edits: [inFile("workers/studio/identity/routes/password.ts")("...(isSignUp && name ? { name } : {})", "")],
		test: identity(
			"signing up > twice for one address, the stranger's first > a link that is asked for once more takes over no name and no password",
		),
	},
	{
		attacks: [stolenPasskey],
		defence: "adding a passkey asks for the password or a passkey",
		edits: [inFile("workers/studio/identity/routes/passkeys.ts")('await requirePerson(c, c.req.valid("json"));', "")],
		test: identity("sessions > may not add a passkey without the password, however fresh they are"),
	},
	{
		attacks: [stolenPasskey],
		defence: "a reset removes every passkey",
		edits: [
			inFile("workers/studio/identity/routes/password.ts")(
				"// one that a thief added would sign in without the new password\n\t\tawait deletePasskeysOfAccount(directory, account.id);",
				"",
			),
		],
		test: identity("passkeys > are all removed by a reset, and the mail after it says so"),
	},
	{
		attacks: [stolenPasskey],
		defence: "a changed password removes the passkeys, unless the person keeps them",
		edits: [inFile("workers/studio/identity/routes/password.ts")("if (removePasskeys) await", "if (!next) await")],
		test: identity("passkeys > go with a changed password, unless the person keeps them, and the mail says which"),
	},
	{
		attacks: [falseName],
		defence: "names lose what can't be seen",
		edits: [
			inFile("schema/names.ts")('.replace(hidden, "")', ""),
			inFile("schema/names.ts")('visible.test(shown) ? shown : ""', "shown"),
		],
		test: {
			file: "test/unit/names.test.ts",
			name: "a name > loses control characters, marks of direction and what is invisible",
		},
	},
	{
		attacks: [falseName],
		defence: "a person's name can't speak for Freehold",
		edits: [
			inFile("schema/names.ts")("(name) => !isOfPlatform(name),", "(name) => name.length > 0 || isOfPlatform(name),"),
		],
		test: {
			file: "test/unit/names.test.ts",
			name: "the name of a person > can't be one that speaks for Freehold or its operator",
		},
	},
	{
		attacks: [stolen],
		defence: "a token of a mail is for one purpose",
		edits: [oneTime("directory.keys.hashToken(`${purpose}/${token}`)", "directory.keys.hashToken(token)")],
		test: identity("tokens in mails > work once, for their purpose, in their region"),
	},
	{
		attacks: [stolen],
		defence: "a token of a mail expires",
		edits: [
			inFile("db/directory/verifications.ts")(
				"return row && row.expiresAt > dir.now() ? open(dir, row) : null;",
				"return row ? open(dir, row) : null;",
			),
		],
		test: expiry("a link in a mail > to reset works for 60 minutes and not longer"),
	},
	{
		attacks: [stolen],
		defence: "the cookie is this host's alone",
		edits: [session('"__Host-freehold_session"', '"freehold_session"')],
		test: identity("sessions > ride in a cookie that only this host can set and no script can read"),
	},
	{
		attacks: ["secret to a host, port, scheme, subdomain, userinfo or redirect outside its binding", stolen],
		defence: "tokens ride in fragments",
		edits: [inFile("workers/studio/identity/call.ts")("`#token=${token}`", "`?token=${token}`")],
		test: identity("tokens in mails > never ride in a query or a path"),
	},
	{
		attacks: [framing],
		defence: "frame-ancestors of the studio",
		edits: [protect("\"frame-ancestors 'none'\",", '"frame-ancestors *",')],
		test: accounts(
			"every page of the studio > has a strict policy, cannot be framed, and has nothing inline, signed in or not",
		),
	},
	{
		attacks: [framing],
		defence: "no inline script",
		edits: [protect("\"script-src 'self'\",", "\"script-src 'self' 'unsafe-inline'\",")],
		test: accounts(
			"every page of the studio > has a strict policy, cannot be framed, and has nothing inline, signed in or not",
		),
	},
	{
		attacks: [framing],
		defence: "Trusted Types",
		edits: [protect("\"require-trusted-types-for 'script'\",", "")],
		test: accounts(
			"every page of the studio > has a strict policy, cannot be framed, and has nothing inline, signed in or not",
		),
	},
	{
		attacks: [framing, "the studio's session, pages, API; sibling apps"],
		defence: "frame-src of exactly one app",
		edits: [protect("`frame-src ${frame ?? \"'none'\"}`", '`frame-src http://*.apps.localhost:* ${frame ?? ""}`')],
		test: accounts(
			"every page of the studio > frames exactly the one app that it shows, and no other page frames anything",
		),
	},
];
