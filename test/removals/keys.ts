// Keys and sealed values: places, tags, wrapping, rotation, shredding, and secrets that are not text.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import { inFile, type Removal } from "./removal.ts";

const sealer = inFile("workers/lib/crypto/sealer.ts");
const envelope = inFile("workers/lib/crypto/envelope.ts");
const keyring = inFile("workers/vault/keyring.ts");
const rotation = (name: string) => ({ file: "test/system/vault/rotation.test.ts", name });
const wrapped = (name: string) => ({ file: "test/system/vault/keyring.test.ts", name: `keyring > ${name}` });
const sealed = (name: string) => ({ file: "test/unit/crypto/envelope.test.ts", name });

const moved = "ciphertext moved between tenants, tables, rows, columns or regions";
const movedHere = "a sealed value moved to a place of one's own";
const everyPlace = "sealer > opens only at the same region, owner, table, column and row";
const kekWrong = "KEK missing or wrong";
const noKek = "a missing, malformed or wrong KEK";

export const keyRemovals: readonly Removal[] = [
	...(
		[
			["region", '["freehold/content", region, owner]', '["freehold/content", owner]'],
			["owner", '["freehold/content", region, owner]', '["freehold/content", region]'],
			["table", "[...prefix, place.table, ", "[...prefix, "],
			["column", "place.table, place.column, ", "place.table, "],
			["row", "place.column, place.row]", "place.column]"],
		] as const
	).map(
		([part, find, replace]): Removal => ({
			attacks: [moved, movedHere],
			defence: `the ${part} is authenticated with a sealed value`,
			edits: [sealer(find, replace)],
			test: sealed(everyPlace),
		}),
	),
	{
		attacks: [moved],
		defence: "the column of a row is authenticated",
		edits: [sealer("place.table, place.column, ", "place.table, ")],
		test: {
			file: "test/system/db/isolation.test.ts",
			name: "without the gate > a row that leaked would not open: another owner's sealer, another row, another column",
		},
	},
	{
		attacks: [moved, movedHere],
		defence: "the id of an object is authenticated",
		edits: [
			inFile("db/content.ts")(
				'({ table: "content", column: kind, row: id })',
				'({ table: "content", column: kind, row: id.slice(0, 0) })',
			),
		],
		test: {
			file: "test/system/db/content.test.ts",
			name: "does not open an object that was moved, and refuses ids that leave the app's folder",
		},
	},
	{
		attacks: [moved],
		defence: "the holder is authenticated with a wrapped key",
		edits: [
			keyring(
				'["freehold/wrapped-key", region, holder, purpose, version]',
				'["freehold/wrapped-key", region, purpose, version]',
			),
		],
		test: wrapped("does not open a wrapped key that was moved to another owner"),
	},
	{
		attacks: ["truncated, reordered, duplicated"],
		defence: "the header of an envelope is authenticated, and its key named",
		edits: [
			envelope('if (key.id.some((byte, at) => envelope[2 + at] !== byte)) return fail("other_key");', ""),
			envelope(
				"iv: nonce, additionalData: encodePlace(header, place)",
				"iv: nonce, additionalData: encodePlace(new Uint8Array(), place)",
			),
			envelope(
				"iv: header.slice(10), additionalData: encodePlace(header, place)",
				"iv: header.slice(10), additionalData: encodePlace(new Uint8Array(), place)",
			),
		],
		test: sealed("envelope > does not open after any single bit is flipped"),
	},
	...["does not open after any single bit is flipped", "does not open when truncated anywhere"].map(
		(name): Removal => ({
			attacks: ["truncated, reordered, duplicated"],
			defence: "a cipher with a tag",
			edits: [
				envelope("export const envelopeOverheadBytes = 22 + 16;", "export const envelopeOverheadBytes = 22;"),
				envelope('"AES-GCM", false, ["encrypt", "decrypt"]', '"AES-CTR", false, ["encrypt", "decrypt"]'),
				envelope(
					'{ name: "AES-GCM", iv: nonce, additionalData: encodePlace(header, place) }',
					'{ name: "AES-CTR", counter: concatBytes([nonce, new Uint8Array(4)]), length: 32 }',
				),
				envelope(
					'{ name: "AES-GCM", iv: header.slice(10), additionalData: encodePlace(header, place) }',
					'{ name: "AES-CTR", counter: concatBytes([header.slice(10), new Uint8Array(4)]), length: 32 }',
				),
			],
			test: sealed(`envelope > ${name}`),
		}),
	),
	{
		attacks: [kekWrong, noKek],
		defence: "a KEK that is missing is not made up",
		edits: [
			keyring(
				"for (const text of [config.kek, config.previousKek]) {",
				'for (const text of [config.kek ?? "A".repeat(43), config.previousKek]) {',
			),
			keyring("return config.kek && found.length > 0 ?", "return found.length > 0 ?"),
		],
		test: wrapped("refuses a missing, malformed or wrong KEK and never makes one up"),
	},
	{
		attacks: [kekWrong],
		defence: "a key that does not open is there, and not missing",
		edits: [keyring('if (isPresent) return fail("kek_wrong");', "")],
		test: wrapped("refuses a missing, malformed or wrong KEK and never makes one up"),
	},
	{
		attacks: [kekWrong],
		defence: "a KEK has 32 bytes",
		edits: [keyring('if (raw?.length !== 32) return fail("kek_wrong");', "if (raw?.length !== 32) continue;")],
		test: wrapped("refuses a missing, malformed or wrong KEK and never makes one up"),
	},
	{
		attacks: ["`KEYS` without the KEK"],
		defence: "keys lie wrapped",
		edits: [
			keyring(
				"const wrapped = await sealEnvelope(kek, place(holder, purpose), crypto.getRandomValues(new Uint8Array(32)));",
				"const bare = crypto.getRandomValues(new Uint8Array(32));\n\t\tconst wrapped = concatBytes([await sealEnvelope(kek, place(holder, purpose), bare), bare]);",
			),
			keyring(
				"const opened = await openEnvelope(kek, place(holder, purpose), wrapped);",
				"const opened = await openEnvelope(kek, place(holder, purpose), wrapped.slice(0, -32));",
			),
		],
		test: wrapped("keeps keys wrapped: the bucket never holds the key itself"),
	},
	{
		attacks: ["older version rolled back"],
		defence: "a rotation re-wraps both copies",
		edits: [
			keyring(
				"for (const bucket of [copy, keys]) await bucket.put(objectKey(holder, purpose), wrapped, under(wrapped));",
				"await keys.put(objectKey(holder, purpose), wrapped, under(wrapped));",
			),
		],
		test: rotation(
			"rotating the KEK > while people sign up, read and write loses nothing, and the old KEK opens nothing afterwards",
		),
	},
	{
		attacks: ["KEK rotated while traffic runs", "a KEK that is rotated in a hurry"],
		defence: "both KEKs open while a rotation runs",
		edits: [keyring("for (const text of [config.kek, config.previousKek]) {", "for (const text of [config.kek]) {")],
		test: rotation(
			"rotating the KEK > while people sign up, read and write loses nothing, and the old KEK opens nothing afterwards",
		),
	},
	{
		attacks: ["KEK rotated while traffic runs", "a KEK that is rotated in a hurry"],
		defence: "the copy is re-wrapped before the key",
		edits: [
			keyring(
				"for (const bucket of [copy, keys]) await bucket.put(objectKey(holder, purpose), wrapped, under(wrapped));",
				"for (const bucket of [keys, copy]) await bucket.delete(objectKey(holder, purpose));\n\t\t\t\tfor (const bucket of [keys, copy]) await bucket.put(objectKey(holder, purpose), wrapped, under(wrapped));",
			),
		],
		test: rotation(
			"rotating the KEK > that stops between the two buckets leaves a key that opens, and is completed by the next pass",
		),
	},
	{
		attacks: ["a shredded key that comes back", "a backup from before a deletion"],
		defence: "a key that is re-wrapped looks for the tombstone",
		edits: [
			keyring(
				'if (await undoIfShredded(holder, purpose)) return fail("shredded");\n\t\t\t\trewrapped++;',
				"rewrapped++;",
			),
		],
		test: rotation("a tenant that is shredded > while its key is re-wrapped does not come back"),
	},
	{
		attacks: ["a shredded key that comes back"],
		defence: "a key that is made looks for the tombstone",
		edits: [
			keyring(
				'if (await undoIfShredded(holder, purpose)) return fail("shredded");\n\t\treturn unwrap(',
				"return unwrap(",
			),
		],
		test: rotation("a tenant that is shredded > while its key is made, or restored from the copy, does not come back"),
	},
	{
		attacks: ["a shredded key that comes back"],
		defence: "a key that is restored looks for the tombstone",
		edits: [keyring('if (await undoIfShredded(holder, purpose)) return fail("shredded");\n\t\t\t\t\t}', "}")],
		test: rotation("a tenant that is shredded > while its key is made, or restored from the copy, does not come back"),
	},
	{
		attacks: ["a backup from before a deletion"],
		defence: "shredding destroys both copies",
		edits: [keyring("for (const bucket of [copy, keys]) await bucket.delete(names);", "await keys.delete(names);")],
		test: wrapped("destroys both copies when shredding, and makes no new key for that owner"),
	},
	{
		attacks: ["a backup from before a deletion"],
		defence: "shredding destroys every key that the register names, not one",
		edits: [
			keyring(
				"const names = purposes.tenant.map((purpose) => objectKey(owner, purpose));",
				'const names = [objectKey(owner, "content")];',
			),
		],
		test: wrapped("makes, re-wraps and shreds every key that the register names: nothing is left in either bucket"),
	},
	{
		attacks: ["a key in a log line or an answer"],
		defence: "a secret is not text",
		edits: [
			inFile("workers/lib/crypto/secret.ts")(
				"\ttoJSON(): never {\n\t\tthrow new TypeError(refusal);",
				"\ttoJSON(): string {\n\t\treturn [...this.#bytes].join();",
			),
		],
		test: { file: "test/unit/crypto/secret.test.ts", name: "a secret > throws in JSON" },
	},
	{
		attacks: ["a key in a log line or an answer"],
		defence: "a secret is not printed",
		edits: [
			inFile("workers/lib/crypto/secret.ts")(
				'[Symbol.for("nodejs.util.inspect.custom")](): string {\n\t\treturn "[secret]";',
				'[Symbol.for("nodejs.util.inspect.custom")](): string {\n\t\treturn [...this.#bytes].join();',
			),
		],
		test: {
			file: "test/unit/crypto/secret.test.ts",
			name: "a secret > is not printed, not even with private and hidden fields shown",
		},
	},
	{
		attacks: ["plain text in a column of sealed values"],
		defence: "a column of sealed values takes what a sealer made",
		edits: [
			inFile("workers/lib/crypto/sealer.ts")(
				"export type Sealed = string & { readonly [sealedBrand]: true };",
				"export type Sealed = string;",
			),
		],
		test: { file: "test/unit/db/compile.test.ts", name: "plain text in a column of sealed values does not compile" },
	},
	...(
		[
			["an address or a name", "SealedEntry = string & { readonly [entryBrand]: true };", "SealedEntry = string;"],
			["a token", "TokenHash = string & { readonly [hashBrand]: true };", "TokenHash = string;"],
		] as const
	).map(
		([what, find, replace]): Removal => ({
			attacks: ["plain text in a column of sealed values"],
			defence: `a column of the directory does not take ${what} as it is`,
			edits: [inFile("workers/lib/crypto/directory-keys.ts")(find, replace)],
			test: {
				file: "test/unit/db/compile.test.ts",
				name: "plain text in a column of sealed values does not compile",
			},
		}),
	),
	{
		attacks: ["a key in a log line or an answer"],
		defence: "raw keys travel as secrets",
		edits: [
			inFile("workers/lib/crypto/envelope.ts")(
				"export async function importEnvelopeKey(name: string, raw: Secret)",
				"export async function importEnvelopeKey(name: string, raw: Secret | (Uint8Array & Partial<Secret>))",
			),
		],
		test: { file: "test/unit/db/compile.test.ts", name: "bytes where a secret is asked for do not compile" },
	},
];
