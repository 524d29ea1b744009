// Entrypoints between Workers: which methods there are, and what they take from a caller whose types are not believed.
import { inFile, type Removal } from "./removal.ts";

const keyring = inFile("workers/vault/keyring.ts");
const vault = inFile("workers/vault/index.ts");
const origins = (name: string) => ({ file: "test/system/walls/origins-matrix.test.ts", name });

const opening = "a method, binding or route by which the studio can open a secret";

export const entrypointRemovals: readonly Removal[] = [
	{
		attacks: [opening],
		defence: "the vault's entrypoint has four methods: a fifth that re-wraps",
		edits: [
			vault(
				"\tshred(owner: OwnerId) {",
				'\trewrap(owner: OwnerId) {\n\t\treturn this.#answer("rewrap", (keyring) => keyring.rewrap(owner));\n\t}\n\n\tshred(owner: OwnerId) {',
			),
		],
		test: origins(
			"entrypoints between Workers > the studio's way to the vault has its four methods and no other: none gives a secret, a KEK or another wrapping",
		),
	},
	{
		attacks: [opening],
		defence: "the vault's entrypoint has four methods: one that shows the KEK",
		edits: [
			vault("\tshred(owner: OwnerId) {", "\texportKek() {\n\t\treturn this.env.KEK;\n\t}\n\n\tshred(owner: OwnerId) {"),
		],
		test: origins(
			"entrypoints between Workers > the studio's way to the vault has its four methods and no other: none gives a secret, a KEK or another wrapping",
		),
	},
	{
		attacks: ["a malformed call to an entrypoint between Workers"],
		defence: "the vault checks whose key it makes",
		edits: [
			keyring(
				'async ensure(owner: OwnerId): Promise<Result<{ keyId: string }, KeyringReason>> {\n\t\t\tif (!OwnerId.safeParse(owner).success) return fail("invalid");',
				"async ensure(owner: OwnerId): Promise<Result<{ keyId: string }, KeyringReason>> {",
			),
		],
		test: origins("entrypoints between Workers > Keyring refuses what is malformed with a reason, and never throws"),
	},
	{
		attacks: ["a malformed call to an entrypoint between Workers"],
		defence: "the app origin checks who a code is for",
		edits: [
			inFile("sandbox-host/access.ts")(
				'if (!who.success || !bound.success) return fail("invalid");\n\t\t\treturn runtime.issueCode(who.data, bound.data);',
				"return runtime.issueCode(viewer, challenge);",
			),
		],
		test: origins(
			"entrypoints between Workers > Deploy and Access refuse malformed input for a label that exists, too",
		),
	},
	{
		attacks: ["a malformed call to an entrypoint between Workers"],
		defence: "errors of the app origin do not cross",
		edits: [
			inFile("sandbox-host/entrypoint.ts")(
				'if (!label.success) return fail("invalid");',
				'if (!label.success) throw new TypeError("not a label");',
			),
		],
		test: origins("entrypoints between Workers > Deploy refuses what is malformed with a reason, and never throws"),
	},
	{
		attacks: ["a malformed call to an entrypoint between Workers"],
		defence: "the gateway checks what it is asked to send",
		edits: [
			inFile("workers/ai-gateway/index.ts")(
				'if (!parsed.success || !isBounded(parsed.data)) return fail("invalid");',
				"if (!parsed.success) return { ok: true, value: new ReadableStream() };",
			),
		],
		test: origins("entrypoints between Workers > Generation refuses what is malformed with a reason, and never throws"),
	},
];
