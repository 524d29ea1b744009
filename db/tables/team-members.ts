// Who is in which team. Row-level security asks this table whenever it is asked for a row of a team.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AccountId, Id } from "#schema/ids.ts";
import { tenantTable } from "./tenant-table.ts";

export const teamMembers = tenantTable({
	name: "team_members",
	width: "tenant",
	columns: {
		teamId: text("team_id").$type<Id<"team">>().notNull(),
		accountId: text("account_id").$type<AccountId>().notNull(),
		at: integer("at").notNull(),
	},
	primaryKey: ["team_id", "account_id"],
	// by the person: that is how row-level security and a removal ask
	indexes: [["account_id", "team_id"]],
	foreignKeys: [{ columns: ["team_id"], table: "teams", references: ["id"] }],
	holding: {
		holds: "Who is in which team of a workspace",
		dataClass: "state",
		exported: "archive",
		kept: "until they leave the team or the workspace, or the team is deleted",
	},
});
