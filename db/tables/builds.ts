// Builds: one prompt and what became of it. The queue of an app is its builds in state `queued`, oldest first.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { BuildFailure } from "#schema/build-events.ts";
import type { AccountId, AppId, BuildId, VersionId } from "#schema/ids.ts";
import type { Sealed } from "../sealer.ts";
import { tenantTable } from "./tenant-table.ts";

export const builds = tenantTable({
	name: "builds",
	width: "app",
	columns: {
		id: text("id").$type<BuildId>().notNull(),
		appId: text("app_id").$type<AppId>().notNull(),
		/** the account that asked */
		actorId: text("actor_id").$type<AccountId>().notNull(),
		state: text("state", { enum: ["queued", "running", "asking", "done", "failed", "stopped"] }).notNull(),
		/** sealed; null once its author deleted it from the history */
		prompt: text("prompt").$type<Sealed>(),
		offerId: text("offer_id"),
		parentVersionId: text("parent_version_id").$type<VersionId>(),
		versionId: text("version_id").$type<VersionId>(),
		creditsReserved: integer("credits_reserved").notNull(),
		creditsCharged: integer("credits_charged"),
		failure: text("failure").$type<BuildFailure>(),
		/** a code for where it stands, never content */
		step: text("step").notNull(),
		checkpointKey: text("checkpoint_key"),
		createdAt: integer("created_at").notNull(),
		startedAt: integer("started_at"),
		finishedAt: integer("finished_at"),
	},
	primaryKey: ["id"],
	indexes: [["app_id", "created_at", "id"], ["created_at", "id"], ["state"]],
	foreignKeys: [{ columns: ["app_id"], table: "apps", references: ["id"] }],
	holding: {
		holds: "Prompts, who wrote them and what became of them",
		dataClass: "content",
		exported: "archive",
		kept: "until the app is deleted; the text of a prompt until it is deleted from the history",
		sealed: ["prompt"],
	},
});
