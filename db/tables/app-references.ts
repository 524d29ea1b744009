// Files a person attached to a prompt. The bytes are sealed in R2; a table's header and types are its profile.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AppId, BuildId, ReferenceId } from "#schema/ids.ts";
import { flag } from "../rls/tenant-table.ts";
import type { Sealed } from "../sealer.ts";
import { tenantTable } from "./tenant-table.ts";

export const appReferences = tenantTable({
	name: "app_references",
	width: "app",
	columns: {
		id: text("id").$type<ReferenceId>().notNull(),
		appId: text("app_id").$type<AppId>().notNull(),
		/** null until a build used it */
		buildId: text("build_id").$type<BuildId>(),
		/** sealed */
		name: text("name").$type<Sealed>().notNull(),
		contentType: text("content_type").notNull(),
		sizeBytes: integer("size_bytes").notNull(),
		contentKey: text("content_key").notNull(),
		/** sealed JSON */
		profile: text("profile").$type<Sealed>(),
		headerConfirmed: flag("header_confirmed").notNull(),
		at: integer("at").notNull(),
	},
	primaryKey: ["id"],
	indexes: [["app_id", "at", "id"], ["build_id"]],
	foreignKeys: [{ columns: ["app_id"], table: "apps", references: ["id"] }],
	holding: {
		holds: "Files that were attached to prompts: name, type, size and the columns of a table",
		dataClass: "content",
		exported: "archive",
		kept: "until the app is deleted",
		sealed: ["name", "profile"],
	},
});
