// The committed SQL is what the declarations generate, and a declaration without a policy does not compile.
import { DatabaseSync } from "node:sqlite";
import { text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { readMigrations } from "#db/migrations/apply.ts";
import { databaseKinds, declaredSchema } from "#db/migrations/schema.ts";
import { splitStatements } from "#db/migrations/split.ts";
import { tableObject } from "#db/rls/sql.ts";
import { tenantTable } from "#db/rls/tenant-table.ts";

test.each(databaseKinds)("the migrations of %s make what the declarations say", (kind) => {
	const objectsOf = (texts: readonly string[]) => {
		const db = new DatabaseSync(":memory:");
		for (const sql of texts) db.exec(sql);
		return db.prepare("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").all();
	};
	expect(objectsOf(readMigrations(kind).map(({ sql }) => sql))).toEqual(objectsOf([declaredSchema(kind)]));
});

test.each(databaseKinds)("the migrations of %s are numbered without a gap", (kind) => {
	const numbers = readMigrations(kind).map(({ name }) => Number(name.slice(0, 4)));
	expect(numbers).toEqual(numbers.map((_, at) => at + 1));
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
