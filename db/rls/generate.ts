// Writes the first migration of each kind of database from the declarations: `node db/rls/generate.ts`. A migration that was
// released is never written again: later ones add, under the next number.
import { writeFileSync } from "node:fs";
import { databaseKinds, initialMigration } from "./schema.ts";

for (const kind of databaseKinds) {
	writeFileSync(new URL(`../migrations/${kind}/0001_initial.sql`, import.meta.url), initialMigration(kind));
}
