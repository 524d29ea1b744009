// Prints what the declarations ask for and no migration makes yet: `node db/migrations/generate.ts`. It goes into the next migration of
// its kind, and to the tables that it concerns; what was released is never written again. The lint compares whole databases.
import { DatabaseSync } from "node:sqlite";
import { readMigrations } from "./apply.ts";
import { databaseKinds, expectedObjects } from "./schema.ts";

for (const kind of databaseKinds) {
	const migrated = new DatabaseSync(":memory:");
	for (const { sql } of readMigrations(kind)) migrated.exec(sql);
	const made = new Set(
		migrated
			.prepare("SELECT sql FROM sqlite_master")
			.all()
			.map((row) => row["sql"]),
	);
	const missing = expectedObjects(kind).filter(({ sql }) => !made.has(sql));
	process.stdout.write(
		`-- ${kind}: ${missing.length || "nothing"} to add\n${missing.map(({ sql }) => `${sql};\n`).join("\n")}`,
	);
}
