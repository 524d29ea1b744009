// A generated app and whoever wrote it: the headers of its origin, the page around it, the gate before a version, deletion.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import { inFile, type Removal } from "./removal.ts";

const headers = inFile("sandbox-host/headers.ts");
const serve = inFile("sandbox-host/serve.ts");
const served = (name: string) => ({ file: "test/unit/sandbox-host/serving.test.ts", name });
const browser = (name: string) => ({ file: "test/browser/app-origin.test.ts", name });
const checked = (name: string) => ({ file: "test/unit/files/check.test.ts", name });

const session = "the studio's session, pages, API; sibling apps";
const waysOut = "carrying data away by any of 33 ways";
const atTop = "a private app at top level or in a stranger's frame";
const surviving = "surviving deletion (service worker, cache)";
const tricks = "path tricks, credentials, foreign imports in generated files";

const withoutAllowlist = headers(
	'"Connection-Allowlist": options.isTop ? `(response-origin "${options.studioOrigin}")` : "(response-origin)",',
	"",
);
const openConnect = headers(
	'`connect-src ${connect.length > 0 ? connect.join(" ") : "\'none\'"}`,',
	'"connect-src *",',
);
const cookie = inFile("sandbox-host/session-cookie.ts");

export const appOriginRemovals: readonly Removal[] = [
	{
		attacks: ["shared cache"],
		defence: "private, no-store on a private app",
		edits: [headers('options.isPublic ? "public, no-cache" : "private, no-store"', '"public, no-cache"')],
		test: served("a private app > serves a frame with a session, and never for a shared cache"),
	},
	{
		attacks: [waysOut],
		defence: "Connection-Allowlist: an app can send its own page elsewhere",
		edits: [withoutAllowlist],
		test: browser("ways out > are closed to an app at top level"),
	},
	{
		attacks: [waysOut],
		defence: "the policy of the app's page and Connection-Allowlist, in the studio's page",
		edits: [withoutAllowlist, openConnect, headers("\"img-src 'self' data: blob:\",", '"img-src * data: blob:",')],
		test: browser("ways out > are closed to an app in the studio's page"),
	},
	{
		attacks: [waysOut],
		defence: "the policy of the app's page by itself",
		edits: [openConnect],
		test: served("a public app > opens at top level with every protecting header"),
	},
	{
		attacks: [waysOut],
		defence: "WebRTC is taken from the page",
		edits: [
			inFile("sandbox-host/runtime/lockdown.ts")(
				"for (const name of constructors) {",
				"for (const name of constructors.slice(0, 0)) {",
			),
		],
		test: browser("ways out > to the studio, a sibling app and a service worker are closed too"),
	},
	{
		attacks: [waysOut],
		defence: "an app has no frames of its own",
		edits: [
			inFile("sandbox-host/runtime/lockdown.ts")("frame.remove();", ""),
			inFile("sandbox-host/runtime/lockdown.ts")(
				'for (const name of ["contentWindow", "contentDocument"]) {',
				'for (const name of ["contentWindow", "contentDocument"].slice(0, 0)) {',
			),
		],
		test: browser("ways out > through frames are closed: an app has none, however it makes them"),
	},
	{
		attacks: [session],
		defence: "a session of one app is looked up in that app",
		edits: [
			inFile("sandbox-host/api.ts")(
				"const known = await findLabel(env, label, systemClock);",
				'const claimed = request.headers.get("X-Label");\n\tif (claimed) label = claimed;\n\tconst known = await findLabel(env, label, systemClock);',
			),
			inFile("sandbox-host/access-store.ts")(
				"if (!row || row.expires_at <= clock()) return null;",
				'if (!row) return { id, viewer: { role: "editor", accountId: `acc_${"0".repeat(32)}` as never, linkId: null, name: "" }, expiresAt: clock() + 60_000 };\n\t\t\tif (row.expires_at <= clock()) return null;',
			),
		],
		test: {
			file: "test/system/walls/origins-matrix.test.ts",
			name: "a session of one origin opens no other: not the sibling kind, not another's app, not the other region, not the studio",
		},
	},
	{
		attacks: [session],
		defence: "the cookie of an app is its host's alone",
		edits: [cookie('"__Host-Http-freehold_app"', '"freehold_app"')],
		test: {
			file: "test/system/walls/accounts.test.ts",
			name: "an app's origin > may be framed by the region's studio only, and its session cookie exists only there",
		},
	},
	{
		attacks: [atTop],
		defence: "a private app has no page at top level",
		edits: [serve('if (isTop) return noticeResponse("private", options, true);', "")],
		test: served("a private app > shows strangers no byte of it, at top level, in frames or as parts"),
	},
	{
		attacks: [atTop],
		defence: "a private app asks for a session",
		edits: [
			serve("if (!viewer) {", "if (!viewer && !bundleOf(manifest)) {"),
			serve("const sized = (", 'const bundleOf = (manifest: Opened["manifest"]) => manifest.bundle;\nconst sized = ('),
		],
		test: served("a private app > shows strangers no byte of it, at top level, in frames or as parts"),
	},
	{
		attacks: [atTop],
		defence: "the studio's page is the only one that frames an app",
		edits: [
			headers(
				'`frame-ancestors ${studioOrigin}`,\n\t\t"sandbox allow-scripts',
				'"frame-ancestors *",\n\t\t"sandbox allow-scripts',
			),
		],
		test: browser("a private app > is not opened by a stranger's frame, nor at top level"),
	},
	{
		attacks: [atTop],
		defence: "the session's cookie exists only inside the studio's page",
		edits: [cookie("SameSite=None; Partitioned`", "SameSite=None`")],
		test: {
			file: "test/system/walls/accounts.test.ts",
			name: "an app's origin > may be framed by the region's studio only, and its session cookie exists only there",
		},
	},
	{
		attacks: ["reading what is typed in the studio by taking the focus"],
		defence: "the frame goes when it takes the focus",
		edits: [
			inFile("workers/studio/ui/islands/lib/focus-guard.ts")(
				"if (!isInvited(from !== null)) onTaken(from);",
				"isInvited(from !== null);",
			),
		],
		test: {
			file: "test/browser/pages.test.ts",
			name: "the builder > pauses an app that takes the keyboard, and the prompt stays with the person",
		},
	},
	{
		attacks: [surviving],
		defence: "no service worker is registered",
		edits: [
			inFile("sandbox-host/index.ts")(
				'if (request.headers.has("Service-Worker") || request.headers.get("Sec-Fetch-Dest") === "serviceworker") {',
				"if (false) {",
			),
		],
		test: browser("ways out > to a service worker are closed at top level"),
	},
	{
		attacks: [surviving],
		defence: "a deleted app clears what a browser kept",
		edits: [inFile("sandbox-host/notices.ts")('"Clear-Site-Data"', '"X-Nothing"')],
		test: served("deployment > after retiring, everything is gone for good"),
	},
	{
		attacks: [surviving],
		defence: "a label that is retired is never given out again",
		edits: [
			inFile("sandbox-host/entrypoint.ts")('if (!found.ok && found.reason === "gone") return fail("retired");', ""),
			inFile("sandbox-host/app-runtime.ts")(
				'if (config?.state === "retired") return fail("retired");\n\t\t\tif (config) {',
				'if (config?.state === "live") {',
			),
		],
		test: served("deployment > after retiring, everything is gone for good"),
	},
	{
		attacks: [tricks],
		defence: "imports are the app's own or the origin's",
		edits: [
			inFile("workers/studio/files/compile.ts")(
				"module.problems.push({ path, line, ...target.problem });\n\t\t\treturn null;",
				"return null;",
			),
		],
		test: checked("code > says what is wrong, and where"),
	},
	{
		attacks: [tricks],
		defence: "pages reach nothing outside",
		edits: [
			inFile("workers/studio/files/paths.ts")(
				'return /^[a-z][a-z0-9+.-]*:/i.test(seen) || seen.startsWith("//");',
				'return seen.startsWith("//") && seen === "";',
			),
		],
		test: checked("pages > what reaches out, or runs outside files, is a problem"),
	},
	{
		attacks: [tricks],
		defence: "a path of the app is one path to every reader",
		edits: [inFile("sandbox-host/hosts.ts")("if (/%2f|%5c|%00|\\\\/i.test(pathname)) return null;", "")],
		test: { file: "test/unit/sandbox-host/paths.test.ts", name: "fileOfPath > refuses what can be read in two ways" },
	},
	{
		attacks: ["code through prompts, columns or names given to the composer"],
		defence: "what a person wrote stays data, wherever it is put",
		edits: [inFile("workers/studio/composer/write-app.ts")('.replace(/</g, "\\\\u003c")', "")],
		test: {
			file: "test/unit/composer/hostile.test.ts",
			name: "what a prompt says never becomes code > columns and cells, too",
		},
	},
];
