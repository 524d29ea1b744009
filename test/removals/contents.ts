// What may lie in the clear and what may leave: stores, process output, answers to others, and the bytes that a model gets.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import { inFile, type Removal } from "./removal.ts";

const content = inFile("db/content.ts");
const canary = (name: string) => ({ file: "test/system/walls/canary.test.ts", name });
const builds = (name: string) => ({ file: "test/system/builds.test.ts", name });
const gateway = (name: string) => ({ file: "test/system/ai-gateway.test.ts", name });
const checked = (name: string) => ({ file: "test/unit/files/check.test.ts", name });

const anywhere = "a planted canary found anywhere";
const stores = "keeps every planted text out of every store, but for the short list that says why";
const output = "keeps every planted text out of process output and of mails to others";
const inPrompt = "secret present in a prompt";
const traversal = "traversal paths, endless or broken streams, unknown tools";

export const contentRemovals: readonly Removal[] = [
	{
		attacks: ["receiving more than the person admitted"],
		defence: "a policy that cannot be read is not the default",
		edits: [
			inFile("workers/studio/ai/policy.ts")(
				'{ ...nothing, ...read.data.admits } }) : fail("unreadable");',
				"{ ...nothing, ...read.data.admits } }) : ok(defaultPolicy);",
			),
		],
		test: { file: "test/unit/ai/policy.test.ts", name: "what cannot be read admits nothing: {}" },
	},
	{
		attacks: ["receiving more than the person admitted"],
		defence: "a class that a policy does not name is not admitted",
		edits: [
			inFile("workers/studio/ai/policy.ts")(
				"{ ...nothing, ...read.data.admits }",
				"{ ...defaultPolicy.admits, ...read.data.admits }",
			),
		],
		test: {
			file: "test/unit/ai/policy.test.ts",
			name: "a stored policy admits what it says, and no class that came into being after it",
		},
	},
	{
		attacks: [anywhere, "a shard or `CONTENT`"],
		defence: "objects are sealed",
		edits: [
			content(
				"await bucket.put(key, await sealer.sealBytes(place(kind, id), bytes));",
				"await bucket.put(key, bytes);",
			),
			content(
				"return sealer.openBytes(place(kind, id), new Uint8Array(await object.arrayBuffer()));",
				"return new Uint8Array(await object.arrayBuffer());",
			),
		],
		test: canary(stores),
	},
	{
		attacks: [anywhere, "a shard or `CONTENT`"],
		defence: "what was said is sealed in its row",
		edits: [
			inFile("db/stores/builds.ts")(
				'const body = await scope.sealer.seal({ table: "messages", column: "body", row: messageId }, input.prompt);',
				'const body = `plain ${input.prompt}` as Awaited<ReturnType<Scope["sealer"]["seal"]>>;',
			),
			inFile("db/stores/messages.ts")(
				'await scope.sealer.open({ table: "messages", column: "body", row: row.id }, row.body)',
				'row.body.startsWith("plain ") ? row.body.slice(6) : await scope.sealer.open({ table: "messages", column: "body", row: row.id }, row.body)',
			),
		],
		test: canary(stores),
	},
	{
		attacks: [anywhere, "`DIRECTORY`"],
		defence: "tokens are kept as their hashes, in every file of the store",
		edits: [
			inFile("workers/lib/crypto/directory-keys.ts")(
				'toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(token)))) as TokenHash',
				"token as TokenHash",
			),
		],
		test: canary(stores),
	},
	{
		attacks: [anywhere, "`APPS`, `AppRuntime`"],
		defence: "an app's sessions are kept as their hashes",
		edits: [
			inFile("sandbox-host/access-store.ts")(
				'const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");',
				'const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");\nconst sha256 = (text: string): string => text;',
			),
			inFile("sandbox-host/access-store.ts")(
				"export const challengeOf = (secret: string): string => sha256(secret);",
				"export const challengeOf = (secret: string): string => digest(secret);",
			),
		],
		test: canary(stores),
	},
	{
		attacks: [anywhere, "reading what others typed in errors, logs or answers"],
		defence: "a line of the log holds no token",
		edits: [
			inFile("workers/studio/identity/session.ts")(
				'log("info", "session.started", { requestId: c.get("requestId") });',
				'log("info", "session.started", { requestId: c.get("requestId"), reason: token });',
			),
		],
		test: canary(output),
	},
	{
		attacks: [anywhere, "reading what others typed in errors, logs or answers"],
		defence: "only plain tokens are logged, and no names",
		edits: [
			inFile("workers/lib/log.ts")(
				'([, value]) => typeof value === "number" || token.test(value)',
				'([, value]) => typeof value === "number" || token.test("x")',
			),
			inFile("workers/studio/identity/tenant.ts")(
				'log("info", "tenant.placed", { region: env.REGION });',
				'log("info", "tenant.placed", { region: env.REGION, reason: `for ${account.name}` });',
			),
		],
		test: canary(output),
	},
	{
		attacks: [anywhere, "reading what others typed in errors, logs or answers"],
		defence: "an app on Discover is listed and not granted",
		edits: [
			inFile("workers/studio/access.ts")(
				"...grantsFor(session, appId).map(",
				"...[...grantsFor(session, appId), ...(await anybodys(directory, appId))].map(",
			),
			inFile("workers/studio/access.ts")(
				"/** Grants that may cover the app, the strongest first. */",
				'async function anybodys(directory: Directory, appId: AppId): Promise<PlacedGrant[]> {\n\tconst listing = await findListing(directory, appId);\n\tconst placement = listing && (await findPlacement(directory, listing.ownerId));\n\treturn listing && placement ? [{ id: "grt_x" as PlacedGrant["id"], accountId: "acc_x" as PlacedGrant["accountId"], ownerId: listing.ownerId, appId, role: "editor", createdAt: 0, shard: placement.shard }] : [];\n}\n\n/** Grants that may cover the app, the strongest first. */',
			),
			inFile("workers/studio/access.ts")(
				'import type { Directory } from "#db/directory/handle.ts";',
				'import type { Directory } from "#db/directory/handle.ts";\nimport { findListing } from "#db/directory/listings.ts";\nimport { findPlacement } from "#db/directory/placements.ts";',
			),
		],
		test: canary("keeps every planted text out of what others receive"),
	},
	{
		attacks: [anywhere, "receiving more than the person admitted: rows of a table, unconfirmed columns, other apps"],
		defence: "of a table only its description goes to a model",
		edits: [
			inFile("workers/studio/references/for-model.ts")(
				'text: describeForModel(reference, { headerConfirmed }) ?? "" }',
				"text: new TextDecoder().decode(bytes) }",
			),
		],
		test: canary("sends the provider the prompt and what the person confirmed, and nothing else that was planted"),
	},
	{
		attacks: ["receiving more than the person admitted: rows of a table, unconfirmed columns, other apps"],
		defence: "names of columns go out after they were confirmed",
		edits: [
			inFile("workers/studio/references/describe.ts")(
				'const mayName = headerConfirmed && profile.header !== "none";',
				'const mayName = headerConfirmed || profile.header !== "none";',
			),
		],
		test: builds("sends the header of a table only after it was confirmed, and never a row"),
	},
	{
		attacks: ["receiving more than the person admitted: rows of a table, unconfirmed columns, other apps"],
		defence: "the bytes that went out are kept",
		edits: [
			inFile("workers/studio/ai/disclose.ts")(
				'.put("disclosure", id, bytes);',
				'.put("disclosure", id, bytes.slice(0, 100));',
			),
		],
		test: builds("anthropic > turns a good answer into a version, charges what was used, and shows what was sent"),
	},
	{
		attacks: ["inference outside the region"],
		defence: "an endpoint outside the region is asked about",
		edits: [
			inFile("workers/studio/ai/offers.ts")(
				"isAllowed: isInRegion || isApproved(offer, approvals)",
				"isAllowed: isInRegion || isApproved(offer, approvals) || offer.destination.length > 0",
			),
		],
		test: builds("sends nothing out of the region without an administrator's recorded approval"),
	},
	{
		attacks: ["inference outside the region"],
		defence: "an approval that was withdrawn is none",
		edits: [inFile("workers/studio/ai/offers.ts")("approval.revokedAt === null && ", "")],
		test: builds("sends nothing out of the region without an administrator's recorded approval"),
	},
	{
		attacks: ["more credits than there are, by parallel builds"],
		defence: "the balance cannot fall below zero",
		edits: [
			inFile("db/migrations/tenants/0001_initial.sql")("CHECK (credits >= 0)", "CHECK (credits >= -1000000)"),
			inFile("db/migrations/apply.ts")(
				"const findings = await lintSchema(db, kind);",
				"const findings: string[] = [];",
			),
			inFile("workers/studio/builds/start-build.ts")(
				'if (balance < reservationFor(offerId)) throw new AppError("no_credits");',
				"",
			),
		],
		test: builds("never lets parallel builds spend more than there is"),
	},
	{
		attacks: [inPrompt, "the operator's credential in an answer or a file"],
		defence: "the gateway looks for the operator's keys in what leaves",
		edits: [
			inFile("workers/ai-gateway/wire.ts")(
				"if (body === null || holdsAnyOf(options.ownKeys, body)) {",
				"if (body === null) {",
			),
		],
		test: gateway("anthropic > the operator's own key never leaves in a body, in any spelling"),
	},
	...(
		[
			["reversed", '[...key].reverse().join(""), ', ""],
			["in hex", "encodeURIComponent(key), hex, ", "encodeURIComponent(key), "],
			["in base64, wherever it begins", "hex, ...base64, ...url]", "hex]"],
			["broken by white space", 'text.replace(/\\\\[nrt]|[\\s\\\\]/g, "").toLowerCase()', "text.toLowerCase()"],
		] as const
	).map(
		([how, find, replace]): Removal => ({
			attacks: [inPrompt],
			defence: `the operator's keys are known ${how}`,
			edits: [inFile("workers/ai-gateway/own-keys.ts")(find, replace)],
			test: gateway("openai > the operator's own key never leaves in a body, in any spelling"),
		}),
	),
	{
		attacks: [
			inPrompt,
			"the operator's credential in an answer or a file",
			"path tricks, credentials, foreign imports in generated files",
		],
		defence: "files are looked through for credentials",
		edits: [
			inFile("workers/studio/files/check.ts")(
				"for (const { line, kind } of yield* findCredentialsInSlices(text)) {",
				"for (const { line, kind } of yield* findCredentialsInSlices(text.slice(0, 0))) {",
			),
		],
		test: checked("credentials > finds anthropic, and does not repeat it"),
	},
	{
		attacks: ["the operator's credential in an answer or a file"],
		defence: "only the gateway holds the provider's key",
		edits: [
			inFile("scripts/local-host/host.ts")(
				'if (worker === "ai-gateway") Object.assign(bindings, options.providers);',
				'if (worker === "ai-gateway" || worker === "studio") Object.assign(bindings, options.providers);',
			),
			inFile("workers/studio/tenants.ts")(
				"export function regionOf(env: StudioEnv): Region {",
				'export function regionOf(env: StudioEnv): Region {\n\tconsole.log((env as unknown as Record<string, string>)["ANTHROPIC_API_KEY"]);',
			),
		],
		test: canary(output),
	},
	{
		attacks: [traversal],
		defence: "a path of the model's is checked",
		edits: [
			inFile("schema/files.ts")(
				"export const FilePath = z\n",
				"export const FilePath = z.string();\nexport const StrictPath = z\n",
			),
		],
		test: gateway("anthropic > traversal, absolute and reserved paths never become operations"),
	},
	{
		attacks: [traversal],
		defence: "an answer that never ends is ended",
		edits: [
			inFile("workers/ai-gateway/config.ts")(
				"answerSeconds: seconds(env.ANSWER_SECONDS, 540)",
				"answerSeconds: seconds(undefined, 540)",
			),
		],
		test: gateway("anthropic > an answer that never ends is ended"),
	},
	{
		attacks: [traversal],
		defence: "what the gate refuses is repaired or ends the build",
		edits: [
			inFile("workers/studio/builds/make-by-model.ts")(
				"return problems.map((problem) => ({",
				"return problems.slice(0, 0).map((problem) => ({",
			),
		],
		test: builds("anthropic > ends bad-import as gate_failed, with no version and no charge"),
	},
	{
		attacks: [traversal],
		defence: "a model that says nothing new is not asked again",
		edits: [
			inFile("workers/ai-gateway/budget.ts")(
				"if (this.#stale >= buildBudget.staleAnswers) return",
				"if (this.#stale >= 40) return",
			),
			inFile("workers/studio/builds/progress.ts")(
				"return this.#stale >= buildBudget.staleAnswers;",
				"return this.#stale >= 40;",
			),
		],
		test: {
			file: "test/system/loops.test.ts",
			name: "anthropic > a model that answers empty-input is stopped after a few requests",
		},
	},
	{
		attacks: [traversal],
		defence: "a model whose changes change nothing is not asked again",
		edits: [
			inFile("workers/studio/builds/progress.ts")(
				"if (applied.length === 0 || after === before) return;",
				"if (after === null) return;",
			),
		],
		test: {
			file: "test/system/loops.test.ts",
			name: "anthropic > a model that answers no-match is stopped after a few requests",
		},
	},
	{
		attacks: [traversal],
		defence: "what the app host would refuse is refused before a version",
		edits: [
			inFile("workers/studio/files/check.ts")(
				"if (compiled.length > servedLimits.files)",
				"if (compiled.length > servedLimits.files * 9)",
			),
		],
		test: {
			file: "test/unit/files/together.test.ts",
			name: "what the app host would refuse > a page with more inline scripts than files are served",
		},
	},
	{
		attacks: [traversal],
		defence: "a name that nobody declares ends the build",
		edits: [
			inFile("workers/studio/files/check.ts")(
				"if (!own.isOpen) found.push(...findUndefinedNames(module, own.names));",
				"",
			),
		],
		test: {
			file: "test/unit/files/together.test.ts",
			name: "names that nobody declares > are found with their line, in pages too",
		},
	},
	{
		attacks: [traversal],
		defence: "tokens of a build are bounded, the next answer counted in",
		edits: [
			inFile("workers/ai-gateway/budget.ts")("this.#limit.tokens - this.#weighed - expected", "this.#limit.tokens"),
		],
		test: {
			file: "test/unit/builds/progress.test.ts",
			name: "the gateway's budget > tokens are never used beyond what is left, the next answer counted in",
		},
	},
	{
		attacks: ["malformed, huge or hostile input on a route"],
		defence: "the reader of tables lets others in between slices of its work",
		edits: [inFile("workers/lib/tables/slices.ts")("\t\tawait pause();", "\t\tvoid pause;")],
		test: builds("lets others in while a large table is inspected"),
	},
];
