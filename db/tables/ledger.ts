// Every change of a balance, for good. A build is reserved, settled and refunded at most once each.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { BuildId, Id } from "#schema/ids.ts";
import { tenantTable } from "./tenant-table.ts";

export const ledger = tenantTable({
	name: "ledger",
	width: "tenant",
	columns: {
		id: text("id").$type<Id<"ledger">>().notNull(),
		kind: text("kind", { enum: ["reserve", "settle", "refund", "grant", "plan"] }).notNull(),
		/** credits added; negative when spent */
		delta: integer("delta").notNull(),
		buildId: text("build_id").$type<BuildId>(),
		/** a code, never text of a person */
		note: text("note").notNull(),
		at: integer("at").notNull(),
	},
	primaryKey: ["id"],
	unique: [["build_id", "kind"]],
	indexes: [["at", "id"]],
	keeps: "ledger",
	holding: {
		holds: "Every change of the credits, with the id of the build it was for",
		dataClass: "state",
		exported: "archive",
		kept: "until the workspace is closed; an app that is deleted leaves its lines",
	},
});
