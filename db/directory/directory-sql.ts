// SQL of the directory's tables, from their declarations: STRICT, WITHOUT ROWID, and triggers where rows are kept for good.

import { indexObject, type SchemaObject, tableObject } from "../rls/sql.ts";
import { directoryTables } from "./all.ts";

export function directoryObjects(): SchemaObject[] {
	return directoryTables.flatMap(({ policy, table }) => [
		tableObject(policy, table),
		...policy.indexes.map((columns) => indexObject(policy.base, columns)),
		...keepers(policy.base, policy.keeps),
	]);
}

function keepers(base: string, keeps: "append" | "label" | null): SchemaObject[] {
	if (keeps === null) return [];
	const refuse = (name: string, event: string, message = "guard"): SchemaObject => ({
		type: "trigger",
		name: `${base}_${name}`,
		sql: `CREATE TRIGGER ${base}_${name} BEFORE ${event}\nBEGIN\n\tSELECT RAISE(ABORT, 'freehold: ${message}');\nEND`,
	});
	const kept = refuse("kept", `DELETE ON ${base}`);
	const key = keeps === "label" ? "label" : "id";
	// INSERT OR REPLACE deletes the old row without firing the delete trigger.
	const once = refuse(
		"once",
		`INSERT ON ${base}\nWHEN EXISTS (SELECT 1 FROM ${base} o WHERE o.${key} = NEW.${key})`,
		"conflict",
	);
	if (keeps === "append") return [kept, once, refuse("frozen", `UPDATE ON ${base}`)];
	const fixed = ["label", "owner_id", "app_id", "kind"]
		.map((column) => `NEW.${column} IS NOT OLD.${column}`)
		.join(" OR ");
	const isRevived = "(OLD.state = 'retired' AND NEW.state IS NOT OLD.state)";
	return [kept, once, refuse("fixed", `UPDATE ON ${base}\nWHEN ${fixed} OR ${isRevived}`)];
}
