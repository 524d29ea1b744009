// What was sent to a model: where, when, how much, and where the exact bytes are kept (sealed, in R2).
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AppId, BuildId, Id } from "#schema/ids.ts";
import { tenantTable } from "./tenant-table.ts";

export const disclosures = tenantTable({
	name: "disclosures",
	width: "app",
	columns: {
		id: text("id").$type<Id<"disclosure">>().notNull(),
		appId: text("app_id").$type<AppId>().notNull(),
		buildId: text("build_id").$type<BuildId>().notNull(),
		provider: text("provider").notNull(),
		model: text("model").notNull(),
		destination: text("destination").notNull(),
		/** the region the endpoint is in; null when it is in neither */
		region: text("region", { enum: ["us-east", "eu-west"] }),
		sizeBytes: integer("size_bytes").notNull(),
		contentKey: text("content_key").notNull(),
		purpose: text("purpose", { enum: ["build", "repair"] }).notNull(),
		at: integer("at").notNull(),
		/** the provider's terms on the day: configuration, never content */
		retention: text("retention").notNull(),
	},
	primaryKey: ["id"],
	indexes: [
		["app_id", "at", "id"],
		["build_id", "at"],
	],
	foreignKeys: [
		{ columns: ["app_id"], table: "apps", references: ["id"] },
		{ columns: ["build_id"], table: "builds", references: ["id"] },
	],
	holding: {
		holds: "What was sent to a model: when, where to, how much, and the terms of that day",
		dataClass: "state",
		exported: "archive",
		kept: "until the app is deleted, or the prompt it was sent for",
	},
});
