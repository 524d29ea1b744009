// The conversation about an app: what a person wrote, what came back, and questions between.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AppId, BuildId, Id } from "#schema/ids.ts";
import type { Sealed } from "../sealer.ts";
import { tenantTable } from "./tenant-table.ts";

export const messages = tenantTable({
	name: "messages",
	width: "app",
	columns: {
		id: text("id").$type<Id<"message">>().notNull(),
		appId: text("app_id").$type<AppId>().notNull(),
		buildId: text("build_id").$type<BuildId>().notNull(),
		role: text("role", { enum: ["user", "assistant", "question"] }).notNull(),
		/** sealed */
		body: text("body").$type<Sealed>().notNull(),
		at: integer("at").notNull(),
	},
	primaryKey: ["id"],
	indexes: [["app_id", "at", "id"], ["build_id"]],
	foreignKeys: [
		{ columns: ["app_id"], table: "apps", references: ["id"] },
		{ columns: ["build_id"], table: "builds", references: ["id"] },
	],
	holding: {
		holds: "The conversation about an app",
		dataClass: "content",
		exported: "archive",
		kept: "until the app is deleted, or the prompt it belongs to",
		sealed: ["body"],
	},
});
