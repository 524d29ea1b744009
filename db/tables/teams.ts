// Groups of people in a workspace. What is declared `team` (rls/tenant-table.ts) belongs to one of them, or to everyone.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { Id } from "#schema/ids.ts";
import type { Sealed } from "../sealer.ts";
import { tenantTable } from "./tenant-table.ts";

export const teams = tenantTable({
	name: "teams",
	width: "tenant",
	columns: {
		id: text("id").$type<Id<"team">>().notNull(),
		/** sealed */
		name: text("name").$type<Sealed>().notNull(),
		createdAt: integer("created_at").notNull(),
	},
	primaryKey: ["id"],
	holding: {
		holds: "Teams of a workspace, and what they are called",
		dataClass: "content",
		exported: "archive",
		kept: "until the team is deleted, or the workspace is closed",
		sealed: ["name"],
	},
});
