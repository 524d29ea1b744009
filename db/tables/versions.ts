// Immutable versions of an app: what was built, from what, and where its files are.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { AppId, BuildId, VersionId } from "#schema/ids.ts";
import type { Sealed } from "../sealer.ts";
import { tenantTable } from "./tenant-table.ts";

export const versions = tenantTable({
	name: "versions",
	width: "app",
	columns: {
		id: text("id").$type<VersionId>().notNull(),
		appId: text("app_id").$type<AppId>().notNull(),
		/** 1, 2, 3 … within the app */
		number: integer("number").notNull(),
		parentId: text("parent_id").$type<VersionId>(),
		/** sealed JSON, or null when it is larger than 64 KB and `manifestKey` says where it is */
		manifest: text("manifest").$type<Sealed>(),
		manifestKey: text("manifest_key"),
		packKey: text("pack_key").notNull(),
		/** sealed */
		message: text("message").$type<Sealed>().notNull(),
		origin: text("origin", { enum: ["build", "manual", "restore", "fork", "upload"] }).notNull(),
		buildId: text("build_id").$type<BuildId>(),
		sizeBytes: integer("size_bytes").notNull(),
		createdAt: integer("created_at").notNull(),
	},
	primaryKey: ["id"],
	unique: [["app_id", "number"]],
	foreignKeys: [{ columns: ["app_id"], table: "apps", references: ["id"] }],
	checks: { manifest_somewhere: "(manifest IS NULL) <> (manifest_key IS NULL)" },
	keeps: "frozen",
	holding: {
		holds: "Each version of an app: its list of files and its message",
		dataClass: "content",
		exported: "archive",
		kept: "until the app is deleted",
		sealed: ["manifest", "message"],
	},
});
