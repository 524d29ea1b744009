// An administrator's recorded consent to a model endpoint outside the region.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AccountId, Id } from "#schema/ids.ts";
import { tenantTable } from "./tenant-table.ts";

export const approvals = tenantTable({
	name: "approvals",
	width: "tenant",
	columns: {
		id: text("id").$type<Id<"approval">>().notNull(),
		provider: text("provider").notNull(),
		/** scheme, host and port */
		destination: text("destination").notNull(),
		/** the account that approved */
		approvedBy: text("approved_by").$type<AccountId>().notNull(),
		at: integer("at").notNull(),
		revokedAt: integer("revoked_at"),
	},
	primaryKey: ["id"],
	indexes: [["at", "id"]],
	holding: {
		holds: "Approvals of model endpoints outside the region, and the account that gave them",
		dataClass: "state",
		exported: "archive",
		kept: "until the workspace is closed, withdrawn ones too",
	},
});
