// The tenant itself: its name, plan and policy. One row an owner.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { Sealed } from "../sealer.ts";
import { tenantTable } from "./tenant-table.ts";

export const workspace = tenantTable({
	name: "workspace",
	width: "tenant",
	columns: {
		/** sealed */
		name: text("name").$type<Sealed>().notNull(),
		plan: text("plan", { enum: ["free", "pro", "studio"] }).notNull(),
		/** sealed JSON; null until an administrator changes something */
		policy: text("policy").$type<Sealed>(),
		createdAt: integer("created_at").notNull(),
		updatedAt: integer("updated_at").notNull(),
	},
	primaryKey: [],
	holding: {
		holds: "The workspace itself: its name, plan and policy",
		dataClass: "content",
		exported: "archive",
		kept: "until the workspace is closed",
		sealed: ["name", "policy"],
	},
});
