// What a tenant may still spend. The CHECK is what holds under parallel builds; no code reads before it writes.
import { integer } from "drizzle-orm/sqlite-core";
import { tenantTable } from "../rls/tenant-table.ts";

export const balance = tenantTable({
	name: "balance",
	width: "tenant",
	columns: { credits: integer("credits").notNull() },
	primaryKey: [],
	checks: { credits_not_negative: "credits >= 0" },
});
