// The committed SQL is what the declarations generate, and a declaration without a policy does not compile.
import { text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { readMigrations } from "#db/migrations/apply.ts";
import { databaseKinds, initialMigration } from "#db/rls/schema.ts";
import { splitStatements } from "#db/rls/split.ts";
import { tableObject } from "#db/rls/sql.ts";
import { tenantTable } from "#db/rls/tenant-table.ts";

test.each(databaseKinds)("the first migration of %s is what the declarations generate", (kind) => {
	const [first] = readMigrations(kind);
	expect(first?.name).toBe("0001_initial.sql");
	expect(first?.sql).toBe(initialMigration(kind));
});

test.each(databaseKinds)("no statement of %s is larger than D1 takes", (kind) => {
	for (const { sql } of readMigrations(kind)) {
		for (const statement of splitStatements(sql)) expect(statement.length).toBeLessThan(100_000);
	}
});

test("a table without a width does not compile", () => {
	// @ts-expect-error: width has no default
	tenantTable({ name: "notes", columns: { id: text("id").notNull() }, primaryKey: ["id"] });
});

test("a key on a column that is not there is refused when SQL is generated", () => {
	const notes = tenantTable({
		name: "notes",
		width: "tenant",
		columns: { id: text("id").notNull() },
		primaryKey: ["nope"],
	});
	expect(() => tableObject(notes.policy, notes.table)).toThrow(/nope/);
});
