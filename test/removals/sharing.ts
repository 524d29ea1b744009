// People who were let in to one thing: invitations, links, viewers, and what a removal ends on the app's own origin.
import { inFile, type Removal } from "./removal.ts";

const runtime = inFile("sandbox-host/app-runtime.ts");
const accessStore = inFile("sandbox-host/access-store.ts");
const data = inFile("sandbox-host/data-store.ts");
const invitations = inFile("db/directory/invitations.ts");
const links = inFile("db/directory/links.ts");
const sharing = (name: string) => ({ file: "test/system/sharing.test.ts", name });
const opened = (name: string) => ({ file: "test/unit/sandbox-host/access.test.ts", name });
const origins = (name: string) => ({ file: "test/system/walls/origins-matrix.test.ts", name });

const back = "to come back after removal";
const borrowed = "an invitation sent to another address, a link after it was revoked, either in the other region";

export const sharingRemovals: readonly Removal[] = [
	{
		attacks: ["a viewer writing", "to write as a viewer"],
		defence: "the app's object asks for the role",
		edits: [data('if (viewer.role !== "owner" && viewer.role !== "editor") return fail("read_only");', "")],
		test: origins("the live origin > as viewer"),
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
				"for (const label of [app.previewLabel, app.liveLabel]) {",
				"for (const label of [app.previewLabel]) {",
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
				"const isOpen = and(isNull(table.revokedAt), or(isNull(table.expiresAt), gt(table.expiresAt, dir.now())));",
				"const isOpen = or(isNull(table.expiresAt), gt(table.expiresAt, dir.now()));",
			),
		],
		test: sharing("links > open the published snapshot for strangers, until revoked"),
	},
	{
		attacks: ["a private app at top level or in a stranger's frame", back],
		defence: "a code is for the browser that asked for it",
		edits: [accessStore('if (!isEqual(sha256(verifier), row.challenge)) return fail("not_found");', "")],
		test: opened("a code > is useless without the verifier of the browser that asked, and spent by a wrong try"),
	},
	{
		attacks: ["a private app at top level or in a stranger's frame"],
		defence: "a code is spent by its use",
		edits: [
			accessStore(
				'"DELETE FROM codes WHERE hash = ? RETURNING challenge, account_id, link_id, viewer, expires_at"',
				'"SELECT challenge, account_id, link_id, viewer, expires_at FROM codes WHERE hash = ?"',
			),
		],
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
