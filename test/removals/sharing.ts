// People who were let in to one thing: invitations, links, viewers, what a removal ends on the app's own origin, and what an app
// does with the visitors whom its owner let in.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import { inFile, type Removal } from "./removal.ts";

const runtime = inFile("sandbox-host/app-runtime.ts");
const accessStore = inFile("sandbox-host/access-store.ts");
const data = inFile("sandbox-host/data-store.ts");
const invitations = inFile("db/directory/invitations.ts");
const links = inFile("db/directory/links.ts");
const sharing = (name: string) => ({ file: "test/system/sharing.test.ts", name });
const opened = (name: string) => ({ file: "test/unit/sandbox-host/access.test.ts", name });
const origins = (name: string) => ({ file: "test/system/walls/origins-matrix.test.ts", name });

const served = (name: string) => ({ file: "test/unit/sandbox-host/serving.test.ts", name });
const inBrowser = (name: string) => ({ file: "test/browser/app-sessions.test.ts", name });
const killed = (name: string) => ({ file: "test/system/kill-switch.test.ts", name });
const ofTheBrowser = "is useless without the secret of the browser that asked, and not spent by anybody else's try";

const asOwner = "acting as its owner in a visitor's browser";
const spending = "telling its owner something by which codes it spends";
const tossing = "cookies for its siblings, too many of them";
const cutOff = (name: string) => ({
	file: "test/system/cut-off.test.ts",
	name: `cut off after any step > ${name}`,
});
const narrowing = "work that is cut off half-way";
const block = "staying open in spite of the operator's block";
const back = "to come back after removal";
const borrowed = "an invitation sent to another address, a link after it was revoked, either in the other region";

const strangeValues =
	"a value nested until a reader overflows, a field that objects inherit, a change that overwrites another's";

export const sharingRemovals: readonly Removal[] = [
	{
		attacks: ["a viewer writing", "to write as a viewer"],
		defence: "the app's object asks for the role",
		edits: [data('if (viewer.role !== "owner" && viewer.role !== "editor") return fail("read_only");', "")],
		test: origins("the live origin > as viewer"),
	},
	{
		attacks: [strangeValues],
		defence: "a value that is nested deeper than a record may be is refused",
		edits: [inFile("schema/data.ts")("if (depth > valueLimits.depth) return false;", "")],
		test: {
			file: "test/unit/sandbox-host/data.test.ts",
			name: "a collection > refuses values that are nested deeper than a record may be, with the limit",
		},
	},
	{
		attacks: [strangeValues],
		defence: "a change that names the state it was made from does not overwrite a newer one",
		edits: [
			inFile("sandbox-host/data-store.ts")(
				'if (ifUpdatedAt !== undefined && ifUpdatedAt !== old.updated_at) return fail("record_changed");',
				"",
			),
		],
		test: {
			file: "test/unit/sandbox-host/data.test.ts",
			name: "a collection > is changed only from the state that was read, where the page asks for that",
		},
	},
	{
		attacks: ["to write as a viewer"],
		defence: "the app's object asks for the role, of every kind of change",
		edits: [data('if (viewer.role !== "owner" && viewer.role !== "editor") return fail("read_only");', "")],
		test: {
			file: "test/unit/sandbox-host/data.test.ts",
			name: "roles > a viewer reads and has a storage of his own, and changes nothing",
		},
	},
	{
		attacks: ["to write as a viewer"],
		defence: "a visitor reaches nothing of the owner's",
		edits: [data('if (viewer.role === "visitor" || viewer.accountId === null) return fail("visitor_data");', "")],
		test: {
			file: "test/unit/sandbox-host/data.test.ts",
			name: "roles > a visitor reaches nothing, by link or in a public app",
		},
	},
	{
		attacks: ["member removed mid-session", back],
		defence: "a removal ends the sessions of the app's origin",
		edits: [runtime("this.#access.revoke(who);", "")],
		test: opened("a removal > counts on the next request and ends open streams, for that person only"),
	},
	{
		attacks: ["member removed mid-session", back],
		defence: "a removal ends the open streams of the app's origin",
		edits: [runtime('this.#streams.endWhere((viewer) => this.#access.isMeant(viewer, who), "revoked");', "")],
		test: opened("a removal > counts on the next request and ends open streams, for that person only"),
	},
	{
		attacks: [back],
		defence: "a removal takes back codes that are on their way",
		edits: [accessStore('for (const table of ["codes", "sessions"]) {', 'for (const table of ["sessions"]) {')],
		test: opened("a removal > takes back codes that are on their way"),
	},
	{
		attacks: [back],
		defence: "the studio tells the app's origins of a removal",
		edits: [
			inFile("workers/studio/sharing/routes.ts")(
				"await revokeOnOrigins(c, await labelsOf(c, ownerId, removed.appId), { accountId: removed.accountId });",
				"await revokeOnOrigins(c, (await labelsOf(c, ownerId, removed.appId)).slice(0, 1), { accountId: removed.accountId });",
			),
		],
		test: origins("the live origin > as removed"),
	},
	{
		attacks: [borrowed],
		defence: "an invitation is bound to its address",
		edits: [
			invitations(
				".where(and(eq(table.tokenHash, tokenHash), eq(table.emailIndex, index), isOpen(dir))),",
				".where(and(eq(table.tokenHash, tokenHash), isOpen(dir))),",
			),
		],
		test: sharing("people > an invitation is bound to the address it was sent to"),
	},
	{
		attacks: [borrowed],
		defence: "an invitation is used once",
		edits: [
			invitations(
				"const isOpen = (dir: Directory) => and(isNull(table.usedAt), gt(table.expiresAt, dir.now()));",
				"const isOpen = (dir: Directory) => and(gt(table.expiresAt, dir.now()));",
			),
		],
		test: sharing("people > an editor changes the app and sees nothing else of the workspace, until removed"),
	},
	{
		attacks: [borrowed],
		defence: "a link that was revoked is none",
		edits: [
			links(
				"and(isNull(table.revokedAt), or(isNull(table.expiresAt), gt(table.expiresAt, dir.now())));",
				"and(or(isNull(table.expiresAt), gt(table.expiresAt, dir.now())));",
			),
		],
		test: sharing("links > open the published snapshot for strangers, until revoked"),
	},
	{
		attacks: ["a private app at top level or in a stranger's frame", back],
		defence: "a code is for the browser that asked for it",
		edits: [
			accessStore(
				'if (!row || !isEqual(challengeOf(secret), row.challenge)) return fail("not_found");',
				'if (!row) return fail("not_found");',
			),
		],
		test: opened(`a code > ${ofTheBrowser}`),
	},
	{
		attacks: [spending],
		defence: "somebody else's try does not spend a code",
		edits: [
			accessStore(
				'if (!row || !isEqual(challengeOf(secret), row.challenge)) return fail("not_found");',
				'sql.exec("DELETE FROM codes WHERE hash = ?", sha256(code));\n\t\t\tif (!row || !isEqual(challengeOf(secret), row.challenge)) return fail("not_found");',
			),
		],
		test: opened(`a code > ${ofTheBrowser}`),
	},
	{
		attacks: ["shutting others out of an app by opening it again and again"],
		defence: "codes are bounded for each person, not for the app",
		edits: [
			accessStore(
				"DELETE FROM ${table} WHERE hash IN (SELECT hash FROM ${table} WHERE ${column} = ? ORDER BY",
				"DELETE FROM ${table} WHERE hash IN (SELECT hash FROM ${table} WHERE ${column} <> ? ORDER BY",
			),
		],
		test: opened("a code > of one person never uses up another's"),
	},
	{
		attacks: [asOwner],
		defence: "the secret of an opening goes to a frame's document only",
		edits: [
			inFile("sandbox-host/opening.ts")(
				'if (request.headers.get("Sec-Fetch-Dest") !== "iframe") return noticeResponse("private", options, true);',
				"",
			),
		],
		test: opened("a code > is bound to a secret that only a frame's document gets, and no script reads"),
	},
	{
		attacks: [asOwner],
		defence: "the API is out of reach for pages without a session of the app's people",
		edits: [
			inFile("sandbox-host/serve.ts")(
				"const pageOptions = mayAsk ? { ...answerOptions, connect: wholeOrigin } : fileOptions;",
				"const pageOptions = { ...answerOptions, connect: wholeOrigin };",
			),
		],
		test: inBrowser(
			"at top level, a public app's page > cannot act by a session that was planted, whatever the browser thinks of the prefix",
		),
	},
	{
		attacks: [asOwner],
		defence: "a worker's script carries the policy of the app's own files",
		edits: [
			inFile("sandbox-host/serve.ts")(
				"isInert(path) ? inertHeaders(fileOptions) : commonHeaders(fileOptions)",
				"isInert(path) ? inertHeaders(fileOptions) : commonHeaders({ ...fileOptions, connect: wholeOrigin })",
			),
		],
		test: served("a private app > only a framed page with a session of its people may use the API of its origin"),
	},
	{
		attacks: [asOwner],
		defence: "at top level there is no session",
		edits: [
			inFile("sandbox-host/serve.ts")(
				"const viewer = isOwn && !isTop ? opened.value.viewer : null;",
				"const viewer = isOwn ? opened.value.viewer : null;",
			),
		],
		test: served("a public app > shows nobody's session at top level"),
	},
	{
		attacks: [asOwner],
		defence: "a placeholder holds the session's place in a visitor's frame",
		edits: [
			inFile("sandbox-host/serve.ts")('if (destination === "iframe" && !hasSessionCookie(request)) {', "if (false) {"),
		],
		test: served("a private app > a framed visitor's browser has no room for a planted session"),
	},
	{
		attacks: [tossing],
		defence: "the bridge takes cookies from the page",
		edits: [inFile("sandbox-host/runtime/bridge.ts")("removeCookies(complain);\n", "")],
		test: inBrowser("at top level, a public app's page > has no cookies to set, read or toss at its siblings"),
	},
	{
		attacks: [tossing],
		defence: "foreign cookies are answered with their deletion",
		edits: [
			inFile("sandbox-host/index.ts")("if (deleted.length === 0) return response;", "if (deleted) return response;"),
		],
		test: served(
			"deployment > cookies that are not ours are answered with their deletion, on every domain an app could have set them for",
		),
	},
	{
		attacks: ["leaving by a link that is pressed with Alt, Ctrl, Shift or the middle button"],
		defence: "the bridge's listener comes before the app's",
		edits: [inFile("sandbox-host/runtime/links.ts")("{ capture: true },", "{ capture: false },")],
		test: inBrowser("a link that leaves > pressed with Alt reaches nobody, whatever the app does to the press"),
	},
	{
		attacks: ["frames that bring WebRTC back"],
		defence: "no frame comes out of HTML",
		edits: [inFile("sandbox-host/runtime/lockdown.ts")('wrapCall(Element.prototype, "insertAdjacentHTML", last);', "")],
		test: inBrowser("a frame > does not come by a custom element in one fragment with it"),
	},
	{
		attacks: ["frames that bring WebRTC back"],
		defence: "a declarative shadow root brings no frame",
		edits: [
			inFile("sandbox-host/runtime/lockdown.ts")(
				'html.replace(frameTag, "<$1removed-$2").replace(shadowAttribute, "removed-shadow");',
				"html;",
			),
		],
		test: inBrowser("a frame > does not come by a declarative shadow root"),
	},
	{
		attacks: [block],
		defence: "a block is a fact of its own, which no change of the audience touches",
		edits: [
			runtime(
				"await this.#change({ ...config, audience });",
				"await this.#change({ ...config, audience, blocked: notBlocked });",
			),
		],
		test: served("deployment > a blocked app is not served to anyone ({ app: true, owner: false })"),
	},
	{
		attacks: [narrowing],
		defence: "publishing for fewer people narrows before it deploys",
		edits: [
			inFile("workers/studio/sharing/publishing.ts")(
				'await setAudience(env, label, "private");\n\t}\n\tawait deployLive',
				"}\n\tawait deployLive",
			),
		],
		test: cutOff("publishing for fewer people shows the new version to nobody else"),
	},
	{
		attacks: [narrowing],
		defence: "work on an app is marked before its first step",
		edits: [
			inFile("workers/studio/work/build-object.ts")(
				'if (!(await object.beginWork(ids, workId, kind))) throw new AppError("conflict");',
				"",
			),
		],
		test: cutOff("and then every store agrees with every other"),
	},
	{
		attacks: [narrowing],
		defence: "a save is made only on the version that the person saw",
		edits: [inFile("workers/studio/versions/commit-version.ts")("onlyIfCurrent: true", "onlyIfCurrent: false")],
		test: cutOff("of two who save at the same moment one is told, and nothing of theirs is lost"),
	},
	{
		attacks: [block],
		defence: "a blocked app is not served",
		edits: [
			inFile("sandbox-host/serve.ts")('if (manifest.isBlocked) return noticeResponse("blocked", options, false);', ""),
		],
		test: killed("an app > that was never published can be blocked, so that its preview opens for nobody"),
	},
	{
		attacks: [block],
		defence: "publishing is refused while the app is blocked",
		edits: [
			inFile("workers/studio/sharing/publishing.ts")(
				'if (app.state === "blocked" || (await findListing(directory, app.id))?.isBlocked)',
				"if ((await findListing(directory, app.id))?.isBlocked)",
			),
		],
		test: killed(
			"an app > that its author took off after a report can still be blocked, and does not come back by itself",
		),
	},
	{
		attacks: [block],
		defence: "what an owner takes off while it is blocked stays off",
		edits: [
			inFile("db/directory/listings.ts")(
				".where(and(eq(table.appId, appId), eq(table.ownerId, ownerId)))",
				".where(and(eq(table.appId, appId), eq(table.ownerId, ownerId), eq(table.isBlocked, false)))",
			),
		],
		test: killed("an app > that is taken off while it is blocked stays off when the block is lifted"),
	},
	{
		attacks: [block],
		defence: "a suspended account has no session",
		edits: [inFile("db/directory/signed-in.ts")("not(isOfSuspended(accounts.table.ownerId)),", "")],
		test: {
			file: "test/system/db/directory.test.ts",
			name: "a suspended account has no session and nothing in Discover, until that ends",
		},
	},
	{
		attacks: ["a private app at top level or in a stranger's frame"],
		defence: "a code is spent by its use",
		edits: [accessStore('sql.exec("DELETE FROM codes WHERE hash = ?", sha256(code));', "")],
		test: opened("a code > becomes a session once, in a cookie that only the app's own page sends"),
	},
	{
		attacks: ["a private app at top level or in a stranger's frame"],
		defence: "a code is taken from the app's own page",
		edits: [
			inFile("sandbox-host/api.ts")(
				'if (!isOwnPage(request, config.originOf(label))) return apiError("cross_origin", options);',
				"",
			),
		],
		test: opened("a code > is taken from the app's own page only"),
	},
];
