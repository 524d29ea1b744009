// Apps. What they are made of is in versions; who may open them is in the directory.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AppId, Label, VersionId } from "#schema/ids.ts";
import { flag } from "../rls/tenant-table.ts";
import type { Sealed } from "../sealer.ts";
import { tenantTable } from "./tenant-table.ts";

export const apps = tenantTable({
	name: "apps",
	width: "app",
	appColumn: "id",
	columns: {
		id: text("id").$type<AppId>().notNull(),
		/** sealed */
		name: text("name").$type<Sealed>().notNull(),
		/** sealed */
		description: text("description").$type<Sealed>().notNull(),
		previewLabel: text("preview_label").$type<Label>().notNull(),
		liveLabel: text("live_label").$type<Label>(),
		currentVersionId: text("current_version_id").$type<VersionId>(),
		publishedVersionId: text("published_version_id").$type<VersionId>(),
		mayFork: flag("may_fork").notNull(),
		forkedFrom: text("forked_from"),
		state: text("state", { enum: ["active", "blocked"] }).notNull(),
		createdAt: integer("created_at").notNull(),
		updatedAt: integer("updated_at").notNull(),
	},
	primaryKey: ["id"],
	indexes: [["updated_at", "id"]],
	holding: {
		holds: "The apps: name, description, and which version is current and which is published",
		dataClass: "content",
		exported: "archive",
		kept: "until the app is deleted",
		sealed: ["name", "description"],
	},
});
