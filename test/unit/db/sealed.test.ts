// What is declared sealed takes only what a sealer made: `npm run check` fails when one of these lines compiles.
import { expect, test } from "vitest";
import type { Sealed } from "#db/sealer.ts";
import type { apps } from "#db/tables/apps.ts";
import type { builds } from "#db/tables/builds.ts";
import type { messages } from "#db/tables/messages.ts";
import type { versions } from "#db/tables/versions.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { makeId } from "#schema/ids.ts";

test("plain text in a sealed column does not compile", async () => {
	const sealer = await makeSealer("us-east", makeId("owner"), "key", new Uint8Array(32));
	const sealed: Sealed = await sealer.seal({ table: "apps", column: "name", row: "row" }, "Plants");
	const name: (typeof apps.table.$inferInsert)["name"] = sealed;
	expect(name).not.toContain("Plants");
	// @ts-expect-error: the name of an app
	const _name: (typeof apps.table.$inferInsert)["name"] = "Plants";
	// @ts-expect-error: a prompt
	const _prompt: (typeof builds.table.$inferInsert)["prompt"] = "A list of plants";
	// @ts-expect-error: what was said
	const _body: (typeof messages.table.$inferInsert)["body"] = "Hello";
	// @ts-expect-error: the message of a version
	const _message: (typeof versions.table.$inferInsert)["message"] = "First";
});
