// Routes of the studio: who may call them, what they take from a client and what they answer.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import { inFile, type Removal } from "./removal.ts";

const access = inFile("workers/studio/access.ts");
const gate = inFile("db/rls/gate.ts");
const session = inFile("workers/studio/identity/session.ts");
const wire = inFile("schema/api/apps.ts");
const signedIn = inFile("db/directory/signed-in.ts");
const attacks = (name: string) => ({ file: "test/system/walls/attacks.test.ts", name });
const matrix = (name: string) => ({ file: "test/system/matrix.test.ts", name });
const sharing = (name: string) => ({ file: "test/system/sharing.test.ts", name });

const idSwap = "id swap on every route by every actor (owner, collaborator, other tenant, anonymous, other region)";
const anybodysGrant = inFile("db/directory/signed-in.ts")(
	"and(eq(grants.table.accountId, holder), isAsked)",
	"isAsked",
);
/** The prefix of one relation only: without any, nobody could so much as list his apps. */
const everybodys = (relation: string) =>
	gate("WHERE owner_id = ?1`;", `WHERE \${policy.name === "${relation}" ? "?1 IS NOT NULL" : "owner_id = ?1"}\`;`);

/** What many products answer: 403 for what is somebody's, 404 for what is nobody's. */
const tellsForeignFromMissing = [
	inFile("db/directory/labels.ts")(
		"/** Retired ones too: their state says so. */",
		"export async function isSomebodys(dir: Directory, appId: AppId): Promise<boolean> {\n\tconst found = await onDirectory(dir, (rows) => rows.select().from(table).where(eq(table.appId, appId)).limit(1));\n\treturn found.length > 0;\n}\n\n/** Retired ones too: their state says so. */",
	),
	access(
		'import type { Directory } from "#db/directory/handle.ts";',
		'import type { Directory } from "#db/directory/handle.ts";\nimport { isSomebodys } from "#db/directory/labels.ts";',
	),
	access(
		'throw new AppError("not_found");\n}\n\n/** Grants that may cover',
		'throw new AppError((await isSomebodys(directory, appId)) ? "forbidden" : "not_found");\n}\n\n/** Grants that may cover',
	),
];

export const routeRemovals: readonly Removal[] = [
	{
		attacks: [idSwap, "another's ids on any route"],
		defence: "a grant is the person's who asks",
		edits: [anybodysGrant],
		test: matrix("GET /api/apps/{appId} > other tenant"),
	},
	{
		attacks: [idSwap],
		defence: "the role that a route asks for: a viewer",
		edits: [access("if (rank[found.role] < rank[role])", "if (false)")],
		test: matrix("GET /api/apps/{appId}/sharing > viewer"),
	},
	{
		attacks: [idSwap],
		defence: "the role that a route asks for: an editor",
		edits: [access("if (rank[found.role] < rank[role])", "if (false)")],
		test: matrix("POST /api/apps/{appId}/links > editor"),
	},
	{
		attacks: [idSwap],
		defence: "a session is asked for",
		edits: [
			access("const session = sessionOf(c);", 'const session = c.get("session");\n\tif (!session) return;'),
			// its count asks for the session, too
			inFile("workers/studio/builds/routes.ts")(
				'...access("account", byAccount("inspectAccount"))',
				'...access("account")',
			),
		],
		test: matrix("POST /api/references/inspect > anonymous"),
	},
	{
		attacks: [idSwap, "session fixation, cross-site requests, stolen tokens after sign-out"],
		defence: "signing out ends the session in the directory",
		edits: [
			session(
				"export async function endSession(c: StudioContext): Promise<void> {\n\tawait endPresentedSession(c);",
				"export async function endSession(c: StudioContext): Promise<void> {",
			),
		],
		test: matrix("GET /api/account > revoked session"),
	},
	{
		attacks: [idSwap],
		defence: "a route of the owner's says so",
		edits: [
			inFile("workers/studio/sharing/routes.ts")(
				'path: "/api/apps/{appId}/sharing",\n\t\t\t...access("app:own"),',
				'path: "/api/apps/{appId}/sharing",\n\t\t\t...access("app:view"),',
			),
		],
		test: sharing("people > an editor changes the app and sees nothing else of the workspace, until removed"),
	},
	{
		attacks: ["error text and status as an oracle", "another's ids on any route"],
		defence: "foreign and missing are one answer",
		edits: tellsForeignFromMissing,
		test: matrix("to another tenant, GET /api/apps/{appId} > answers a foreign app and a missing one alike"),
	},
	{
		attacks: ["id swap by a deleted account"],
		defence: "a session is nothing without its account",
		edits: [
			signedIn("accountId: accounts.table.id,", "accountId: sessions.table.accountId,"),
			signedIn("ownerId: accounts.table.ownerId,", "ownerId: sessions.table.ownerId,"),
			signedIn(".innerJoin(accounts.table,", ".leftJoin(accounts.table,"),
			signedIn("eq(accounts.table.emailVerified, true),", ""),
			signedIn(
				'dir.keys.open({ table: "accounts", column, row: row.accountId }, row[column]);',
				'row[column] ? dir.keys.open({ table: "accounts", column, row: row.accountId }, row[column]) : "";',
			),
		],
		test: matrix("GET /api/apps > deleted account"),
	},
	{
		attacks: ["another's ids on any route"],
		defence: "foreign and missing are one answer, in both regions",
		edits: tellsForeignFromMissing,
		test: { file: "test/system/journey.test.ts", name: "answers a foreign app and a missing one alike" },
	},
	{
		attacks: ["cursors of another tenant"],
		defence: "a page is read through the prefix",
		edits: [everybodys("builds")],
		test: attacks("ids of another tenant > in a cursor change nothing: the page is the one that any unknown id gives"),
	},
	{
		attacks: ["bulk ids of another tenant", "another's ids on any route"],
		defence: "a version is looked up through the prefix and under its app",
		edits: [
			everybodys("versions"),
			inFile("db/stores/versions.ts")(
				".where(and(eq(relation.id, versionId), eq(relation.appId, appId)))",
				".where(eq(relation.id, versionId))",
			),
		],
		test: attacks("ids of another tenant > in the query or the body answer as if they did not exist"),
	},
	{
		attacks: ["more than 100 ids in one call"],
		defence: "how many files an edit may write",
		edits: [wire(".max(50)\n\t\t.default([]),", ".default([]),")],
		test: attacks("ids of another tenant > by the hundred are refused before anything is looked up"),
	},
	{
		attacks: ["more than 100 ids in one call"],
		defence: "how many references a prompt may bring, in both places",
		edits: [
			wire(
				"references: z.array(NewReference).max(attachmentLimits.filesPerTurn).default([]),",
				"references: z.array(NewReference).default([]),",
			),
			inFile("workers/studio/builds/start-build.ts")("if (!turn.ok) {", "if (false) {"),
		],
		test: attacks("ids of another tenant > by the hundred are refused before anything is looked up"),
	},
	{
		attacks: ["more than 100 ids in one call"],
		defence: "ids go to the database in pieces",
		edits: [
			inFile("db/stores/references.ts")("referenceIds.slice(at * 50, at * 50 + 50),", "at === 0 ? referenceIds : [],"),
		],
		test: {
			file: "test/system/db/stores.test.ts",
			name: "attaches any number of references to a build, once, and keeps a confirmed header",
		},
	},
	{
		attacks: ["mass assignment of owner_id"],
		defence: "a prompt has the fields that it has",
		edits: [wire("export const StartBuild = z.strictObject({", "export const StartBuild = z.object({")],
		test: attacks(
			"a workspace that the client names > in a body is an unknown field, and nothing is made or changed (mass assignment)",
		),
	},
	{
		attacks: ["mass assignment of owner_id"],
		defence: "a change of an app has the fields that it has",
		edits: [wire("export const ChangeApp = z.strictObject({", "export const ChangeApp = z.object({")],
		test: attacks(
			"a workspace that the client names > in a body is an unknown field, and nothing is made or changed (mass assignment)",
		),
	},
	{
		attacks: ["workspace id taken from a header or body"],
		defence: "the owner is the session's: a header",
		edits: [
			session(
				"return { id: found.sessionId, accountId, ownerId, name, email, shard, grants };",
				'return { id: found.sessionId, accountId, ownerId: (c.req.header("X-Owner-Id") as typeof ownerId) ?? ownerId, name, email, shard, grants };',
			),
		],
		test: attacks("a workspace that the client names > in a header, a query or a cookie is not read"),
	},
	{
		attacks: ["workspace id taken from a header or body"],
		defence: "the owner is the session's: a query",
		edits: [
			session(
				"return { id: found.sessionId, accountId, ownerId, name, email, shard, grants };",
				'return { id: found.sessionId, accountId, ownerId: (c.req.query("ownerId") as typeof ownerId) ?? ownerId, name, email, shard, grants };',
			),
		],
		test: attacks("a workspace that the client names > in a header, a query or a cookie is not read"),
	},
	{
		attacks: ["workspace id taken from a header or body"],
		defence: "the owner is the session's: a cookie",
		edits: [
			session(
				"return { id: found.sessionId, accountId, ownerId, name, email, shard, grants };",
				'return { id: found.sessionId, accountId, ownerId: (getCookie(c, "workspace") as typeof ownerId) ?? ownerId, name, email, shard, grants };',
			),
		],
		test: attacks("a workspace that the client names > in a header, a query or a cookie is not read"),
	},
	{
		attacks: ["a guest of one app reaching another app, the workspace's prompts or policy"],
		defence: "a guest's scope is that app's",
		edits: [
			access(
				'openTenant(c.env, directory, { ownerId, appId, shard, mayWrite: role === "editor" })',
				'openTenant(c.env, directory, { ownerId, shard, mayWrite: role === "editor" })',
			),
		],
		test: sharing("people > an editor changes the app and sees nothing else of the workspace, until removed"),
	},
	{
		attacks: ["malformed, huge or hostile input on a route"],
		defence: "sentences of our own for what does not fit",
		edits: [
			inFile("workers/studio/http.ts")(
				'sentence ?? "This is not what we expect here."',
				"JSON.stringify((result as { data?: unknown }).data)",
			),
		],
		test: {
			file: "test/system/fuzz.test.ts",
			name: "every route > holds against input near its schema and far from it",
		},
	},
	{
		attacks: ["malformed, huge or hostile input on a route"],
		defence: "the size of a body",
		edits: [
			inFile("workers/studio/protect.ts")("maxSize: limits.requestBytes,", "maxSize: 1e9,"),
			inFile("scripts/local-host/front-listener.ts")(
				'if (Number(incoming.headers["content-length"] ?? 0) > limits.requestBytes) return tooLarge(incoming, answer);',
				"",
			),
		],
		test: matrix(
			"every route that takes a body > refuses unknown fields, other content types, a foreign origin, and what is too large",
		),
	},
];
