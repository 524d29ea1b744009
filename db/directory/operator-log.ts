// What an operator did through the product's scripts. Append-only in the database; a tenant sees the lines about itself.
import { and, eq } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import type { OwnerId } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory } from "./handle.ts";

export const operatorLog = directoryTable({
	name: "operator_log",
	columns: {
		id: text("id").notNull(),
		at: integer("at").notNull(),
		/** a code: `set_plan`, `grant_credits`, `block_listing` … */
		action: text("action").notNull(),
		ownerId: text("owner_id").$type<OwnerId>(),
		/** an id or a number, never text of a person */
		subject: text("subject").notNull(),
	},
	primaryKey: ["id"],
	indexes: [["owner_id", "at"]],
	keeps: "append",
	holding: {
		holds: "What the operator did to an account or an app, by id",
		whose: "operator",
		dataClass: "state",
		exported: "archive",
		erasedWith: "never",
		kept: "for good: nobody can change or delete a line",
	},
});

export type OperatorEntry = typeof operatorLog.table.$inferSelect;
const { table } = operatorLog;

export async function logOperatorAction(
	dir: Directory,
	input: Pick<OperatorEntry, "action" | "ownerId" | "subject">,
): Promise<void> {
	const entry = { ...input, id: `opl_${crypto.randomUUID().replaceAll("-", "")}`, at: dir.now() };
	await onDirectory(dir, (rows) => rows.insert(table).values(entry));
}

/** About this tenant, newest first. */
export async function pageOperatorActions(
	dir: Directory,
	ownerId: OwnerId,
	{ after, size = pageRows }: PageQuery = {},
): Promise<Page<OperatorEntry>> {
	const found = await onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(and(eq(table.ownerId, ownerId), isAfter(after, table.at, table.id)))
			.orderBy(...newestFirst(table.at, table.id))
			.limit(size + 1),
	);
	return cutPage(found, size, (row) => cursorOf(row.at, row.id));
}
