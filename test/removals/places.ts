// Places of sealed values, by a filled installation whose values are moved; and keys that stay in their wrapper.
import { inFile, type Removal } from "./removal.ts";

const directoryKeys = inFile("workers/lib/crypto/directory-keys.ts");
const sealer = inFile("workers/lib/crypto/sealer.ts");
const moved = (name: string) => ({ file: "test/system/walls/moved.test.ts", name });
const raw = (name: string) => ({ file: "test/unit/crypto/raw-keys.test.ts", name });

const places = "ciphertext moved between tenants, tables, rows, columns or regions";
const everywhere = "a sealed value that is moved > does not open, wherever it is put, and nobody else notices";

export const placeRemovals: readonly Removal[] = [
	{
		attacks: [places],
		defence: "the row is authenticated with a value of the directory",
		edits: [directoryKeys("place.table, place.column, place.row]", "place.table, place.column]")],
		test: moved(everywhere),
	},
	{
		attacks: [places],
		defence: "the column is authenticated with a value of the directory",
		edits: [directoryKeys("place.table, place.column, place.row]", "place.table, place.row]")],
		test: moved(everywhere),
	},
	{
		attacks: [places],
		defence: "the row is authenticated with a tenant's value",
		edits: [sealer("place.column, place.row]", "place.column]")],
		test: moved(everywhere),
	},
	{
		attacks: [places],
		defence: "the id of an object is authenticated, in a filled installation",
		edits: [
			inFile("db/content.ts")(
				'({ table: "content", column: kind, row: id })',
				'({ table: "content", column: kind, row: id.slice(0, 0) })',
			),
		],
		test: moved(everywhere),
	},
	{
		attacks: [places],
		defence: "the row of a reference is authenticated",
		edits: [
			inFile("db/stores/references.ts")(
				'({ table: "app_references", column, row })',
				'({ table: "app_references", column, row: row.slice(0, 3) })',
			),
		],
		test: moved(
			"a reference that is moved > reaches no model: the build ends as failed, and nothing of the other's text is in a request or the conversation",
		),
	},
	{
		attacks: [places],
		defence: "the row of a mailed proof is authenticated",
		edits: [
			inFile("db/directory/verifications.ts")(
				'({ table: "verifications", column: "value", row })',
				'({ table: "verifications", column: "value", row: row.slice(0, 0) })',
			),
		],
		test: moved("what a mailed link stands for, moved > to another link's row opens neither"),
	},
	{
		attacks: [places],
		defence: "the account of a password's hash is authenticated",
		edits: [
			inFile("db/directory/credentials.ts")(
				'column: "password_hash", row })',
				'column: "password_hash", row: row.slice(0, 3) })',
			),
		],
		test: moved(
			"a password's hash that is moved > signs nobody in: not with the password it was made of, not with the right one",
		),
	},
	{
		attacks: [places],
		defence: "holder and purpose are authenticated with a wrapped key",
		edits: [
			inFile("workers/vault/keyring.ts")(
				'["freehold/wrapped-key", region, holder, purpose, version]',
				'["freehold/wrapped-key", region, version]',
			),
		],
		test: moved(
			"after all this > a wrapped key that is moved to another holder, purpose or region opens nothing: every answer is 503",
		),
	},
	{
		attacks: ["a key in a log line or an answer"],
		defence: "bytes of a key are overwritten where they arrive",
		edits: [inFile("workers/lib/crypto/secret.ts")("bytes.fill(0);\n\t\treturn taken;", "return taken;")],
		test: raw("the studio > overwrites the bytes that came from the vault, and still opens what they sealed"),
	},
	{
		attacks: ["a key in a log line or an answer"],
		defence: "what the keyring answers is taken into its wrapper at once",
		edits: [
			inFile("workers/studio/open-tenant.ts")(
				"const raw = Secret.take(opened.value.key);",
				"const raw = new Secret(opened.value.key);",
			),
		],
		test: raw("the source > takes what the keyring answers into a Secret in the same statement"),
	},
];
