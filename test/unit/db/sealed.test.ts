// What is declared sealed takes only what a sealer made: `npm run check` fails when one of these lines compiles.
import { expect, test } from "vitest";
import type { accounts } from "#db/directory/accounts.ts";
import type { credentials } from "#db/directory/credentials.ts";
import type { LookupKey, SealedEntry, TokenHash } from "#db/directory/handle.ts";
import type { invitations } from "#db/directory/invitations.ts";
import type { links } from "#db/directory/links.ts";
import type { passkeys } from "#db/directory/passkeys.ts";
import type { rateLimits } from "#db/directory/rate-limits.ts";
import type { reports } from "#db/directory/reports.ts";
import type { deleteSessionByHash, sessions } from "#db/directory/sessions.ts";
import type { verifications } from "#db/directory/verifications.ts";
import type { Sealed } from "#db/sealer.ts";
import type { apps } from "#db/tables/apps.ts";
import type { builds } from "#db/tables/builds.ts";
import type { messages } from "#db/tables/messages.ts";
import type { versions } from "#db/tables/versions.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { makeId } from "#schema/ids.ts";

/** Takes a value of this type. A constant that nobody reads would be an error of its own, and hide that the type took it. */
const takes = <T>(_value: T): void => undefined;

type Row<T extends { table: { $inferInsert: unknown } }> = T["table"]["$inferInsert"];

test("plain text in a sealed column does not compile", async () => {
	const sealer = await makeSealer("us-east", makeId("owner"), "key", new Secret(new Uint8Array(32)));
	const sealed: Sealed = await sealer.seal({ table: "apps", column: "name", row: "row" }, "Plants");
	const name: (typeof apps.table.$inferInsert)["name"] = sealed;
	expect(name).not.toContain("Plants");
	// @ts-expect-error: the name of an app
	takes<(typeof apps.table.$inferInsert)["name"]>("Plants");
	// @ts-expect-error: a prompt
	takes<(typeof builds.table.$inferInsert)["prompt"]>("A list of plants");
	// @ts-expect-error: what was said
	takes<(typeof messages.table.$inferInsert)["body"]>("Hello");
	// @ts-expect-error: the message of a version
	takes<(typeof versions.table.$inferInsert)["message"]>("First");
});

test("an address, a name or a token in the directory does not compile", async () => {
	const raw = { index: new Secret(new Uint8Array(32)), seal: new Secret(new Uint8Array(32).fill(1)) };
	const keys = await makeDirectoryKeys("us-east", "key", raw);
	const sealed: SealedEntry = await keys.seal({ table: "accounts", column: "email", row: "row" }, "a@example.org");
	const found: LookupKey = await keys.index("email:a@example.org");
	const hash: TokenHash = await keys.hashToken("a-token");
	const email: Row<typeof accounts>["email"] = sealed;
	const emailIndex: Row<typeof accounts>["emailIndex"] = found;
	const tokenHash: Row<typeof sessions>["tokenHash"] = hash;
	for (const value of [email, emailIndex, tokenHash]) expect(value).not.toMatch(/example|a-token/);
	const text: string = "text";
	// @ts-expect-error: the address of an account
	takes<Row<typeof accounts>["email"]>(text);
	// @ts-expect-error: the name of a person
	takes<Row<typeof accounts>["name"]>(text);
	// @ts-expect-error: an address as its own look-up key
	takes<Row<typeof accounts>["emailIndex"]>(text);
	// @ts-expect-error: the hash of a password
	takes<Row<typeof credentials>["passwordHash"]>(text);
	// @ts-expect-error: the address of an invitation
	takes<Row<typeof invitations>["email"]>(text);
	// @ts-expect-error: its look-up key
	takes<Row<typeof invitations>["emailIndex"]>(text);
	// @ts-expect-error: its token
	takes<Row<typeof invitations>["tokenHash"]>(text);
	// @ts-expect-error: the token of a link
	takes<Row<typeof links>["tokenHash"]>(text);
	// @ts-expect-error: the name of a passkey
	takes<Row<typeof passkeys>["name"]>(text);
	// @ts-expect-error: whose tries are counted
	takes<Row<typeof rateLimits>["keyHash"]>(text);
	// @ts-expect-error: what somebody reported
	takes<Row<typeof reports>["text"]>(text);
	// @ts-expect-error: the token of a session
	takes<Row<typeof sessions>["tokenHash"]>(text);
	// @ts-expect-error: the browser of a session
	takes<Row<typeof sessions>["userAgent"]>(text);
	// @ts-expect-error: a mailed token as the id of its row
	takes<Row<typeof verifications>["id"]>(text);
	// @ts-expect-error: what it is found by
	takes<Row<typeof verifications>["identifierHash"]>(text);
	// @ts-expect-error: what it proves
	takes<Row<typeof verifications>["value"]>(text);
	// @ts-expect-error: a token where its hash is looked up
	takes<Parameters<typeof deleteSessionByHash>[1]>(text);
	// @ts-expect-error: sealed with a tenant's key, which the directory cannot open
	takes<Row<typeof accounts>["email"]>(null as unknown as Sealed);
	// @ts-expect-error: a look-up key is not sealed, it cannot be read back
	takes<Row<typeof accounts>["email"]>(found);
});
