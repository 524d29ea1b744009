// What goes on after the check at its start: streams, people removed while they watch, builds in the background, caches.
import { inFile, type Removal } from "./removal.ts";

const access = inFile("workers/studio/access.ts");
const gate = inFile("db/rls/gate.ts");
const attacks = (name: string) => ({ file: "test/system/walls/attacks.test.ts", name });
const sharing = (name: string) => ({ file: "test/system/sharing.test.ts", name });

export const streamRemovals: readonly Removal[] = [
	{
		attacks: ["member removed mid-session", "to come back after removal"],
		defence: "a removal takes the grant away",
		edits: [
			inFile("db/directory/grants.ts")(
				".delete(table)\n\t\t\t.where(and(eq(table.id, id), eq(table.ownerId, ownerId)))\n\t\t\t.returning(),",
				".select()\n\t\t\t.from(table)\n\t\t\t.where(and(eq(table.id, id), eq(table.ownerId, ownerId))),",
			),
		],
		test: sharing("people > an editor changes the app and sees nothing else of the workspace, until removed"),
	},
	{
		attacks: ["member removed mid-session"],
		defence: "a stream is looked at while it runs",
		edits: [inFile("workers/studio/builds/routes.ts")('whileAllowed(stream, () => mayStill(c, "editor"))', "stream")],
		test: attacks(
			"event streams > end for who is removed, for a session that is ended and for an account that is gone, while the build runs on",
		),
	},
	{
		attacks: ["member removed mid-session"],
		defence: "a running stream asks for the session anew",
		edits: [
			access(
				"const session = await findSessionNow(c);",
				'const session = c.get("session") ?? (await findSessionNow(c));',
			),
		],
		test: attacks(
			"event streams > end for who is removed, for a session that is ended and for an account that is gone, while the build runs on",
		),
	},
	{
		attacks: ["shared cache"],
		defence: "no-store on every answer of the studio",
		edits: [
			inFile("workers/studio/protect.ts")(
				'if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");',
				"",
			),
		],
		test: attacks("a shared cache > may keep nothing that a session was answered, nor what a stranger was refused"),
	},
	{
		attacks: ["scheduled and background paths"],
		defence: "a build reads what its own workspace asked, and the isolate remembers nothing of another's",
		edits: [
			inFile("workers/studio/builds/make-by-composer.ts")(
				"export const makeByComposer: Maker = async (",
				'let asked = "";\n\nexport const makeByComposer: Maker = async (',
			),
			inFile("workers/studio/builds/make-by-composer.ts")(
				"prompt: inputs.request,",
				"prompt: (asked ||= inputs.request),",
			),
		],
		test: attacks(
			"work in the background > reads and writes the workspace whose build it is, when two build the same thing at the same time",
		),
	},
	{
		attacks: ["scheduled and background paths"],
		defence: "what the background says to the database is prefixed too",
		edits: [gate("if (named.length === 0) return", "if (named.length >= 0) return")],
		test: {
			file: "test/system/isolation/authorizer.test.ts",
			name: "each access to a base table comes through its view, its prefix or a guarded write",
		},
	},
	{
		attacks: ["event stream of another's build"],
		defence: "a build is looked up before its stream is opened",
		edits: [
			inFile("workers/studio/builds/routes.ts")(
				"await requireBuild(c, buildId);\n\t\t\tconst { shard: _shard, ...ids } = idsOf(c);\n\t\t\tconst stream",
				"const { shard: _shard, ...ids } = idsOf(c);\n\t\t\tconst stream",
			),
		],
		test: attacks("event streams > of another's build are not there, under any app's path"),
	},
	{
		attacks: ["event stream of another's build"],
		defence: "an event id is looked for in the build's own log",
		edits: [
			inFile("workers/studio/builds/event-log.ts")(
				"readonly snapshot: Snapshot;",
				"readonly epoch: string;\n\treadonly snapshot: Snapshot;",
			),
			inFile("workers/studio/builds/event-log.ts")(
				"return {\n\t\tget snapshot() {",
				"return {\n\t\tepoch,\n\t\tget snapshot() {",
			),
			inFile("workers/studio/builds/session.ts")(
				"const keptLogs = 20;",
				"const keptLogs = 20;\nconst everyLog = new Map<BuildId, EventLog>();",
			),
			inFile("workers/studio/builds/session.ts")(
				"readonly #logs = new Map<BuildId, EventLog>();",
				"readonly #logs = everyLog;",
			),
			inFile("workers/studio/builds/session.ts")(
				"return (await this.#logOf(ids, buildId)).watch(lastEventId);",
				'const own = await this.#logOf(ids, buildId);\n\t\tconst asked = [...everyLog.values()].find((log) => log.epoch === lastEventId?.split(".")[0]);\n\t\treturn (asked ?? own).watch(lastEventId);',
			),
		],
		test: attacks("event streams > give nothing of another's build for an event id of it"),
	},
];
