// Migrations are cut into statements without cutting a trigger.
import { expect, test } from "vitest";
import { splitStatements } from "#db/migrations/split.ts";

test("keeps a trigger with its body, CASE … END and all", () => {
	const trigger = "CREATE TRIGGER g BEFORE INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; SELECT ';'; END";
	expect(splitStatements(`CREATE TABLE a (b);\n-- c;\n${trigger};\n;CREATE INDEX i ON a (b)`)).toEqual([
		"CREATE TABLE a (b)",
		trigger,
		"CREATE INDEX i ON a (b)",
	]);
});

test("refuses a file that is cut off inside a string", () => {
	expect(() => splitStatements("INSERT INTO a VALUES ('x")).toThrow();
});
