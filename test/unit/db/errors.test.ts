// What leaves the data layer when something fails: a reason, and no text of the database or of a person.
import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { type DbReason, toDbError } from "#db/errors.ts";
import { openShard } from "#db/open.ts";

const d1 = (message: string) => new Error(`D1_ERROR: ${message}: SQLITE_CONSTRAINT`);
const kinds: [Error, DbReason][] = [
	[d1("UNIQUE constraint failed: t_ledger.owner_id"), "conflict"],
	[d1("FOREIGN KEY constraint failed"), "conflict"],
	[d1("freehold: conflict"), "conflict"],
	[d1("freehold: guard"), "guard"],
	[d1("NOT NULL constraint failed: t_apps.name"), "guard"],
	[d1("CHECK constraint failed: credits_not_negative"), "credits"],
	[new Error("D1_ERROR: no such table: x"), "unavailable"],
	[new Error("Network connection lost."), "unavailable"],
];
test.each(kinds)("%s", (cause, reason) => {
	for (const error of [cause, new DrizzleQueryError("select secret", ["secret"], cause)]) {
		const shown = toDbError(error);
		expect(shown.reason).toBe(reason);
		expect(`${shown.message}${shown.stack}${JSON.stringify(shown)}`).not.toMatch(/secret|t_ledger|t_apps/);
		expect(shown.cause).toBeUndefined();
	}
});

test("a parameter that reads like a guard's message changes nothing", () => {
	const error = new DrizzleQueryError("insert", ["D1_ERROR: freehold: guard"], new Error("Network connection lost."));
	expect(toDbError(error).reason).toBe("unavailable");
});

test("a shard without a binding is unavailable", () => {
	// a deployment from before the shard's name was added; where both are compiled together, the types refuse it
	const lacking = { TENANTS_0: {} } as Parameters<typeof openShard>[0];
	expect(() => openShard(lacking, { shard: "TENANTS_1" })).toThrow(expect.objectContaining({ reason: "unavailable" }));
});
