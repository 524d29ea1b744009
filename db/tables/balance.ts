// What a tenant may still spend. The CHECK is what holds under parallel builds; no code reads before it writes.
import { integer } from "drizzle-orm/sqlite-core";
import { tenantTable } from "./tenant-table.ts";

export const balance = tenantTable({
	name: "balance",
	width: "tenant",
	columns: { credits: integer("credits").notNull() },
	primaryKey: [],
	checks: { credits_not_negative: "credits >= 0" },
	holding: {
		holds: "The credits that are left",
		dataClass: "state",
		exported: "archive",
		kept: "until the workspace is closed",
	},
});
