// Reports of public apps, for the operator. What somebody wrote is sealed.
import { and, eq, isNull } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import { type AppId, type Id, makeId } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory, type SealedEntry } from "./handle.ts";

export const reports = directoryTable({
	name: "reports",
	columns: {
		id: text("id").$type<Id<"report">>().notNull(),
		appId: text("app_id").$type<AppId>().notNull(),
		reason: text("reason").notNull(),
		/** sealed */
		text: text("text").$type<SealedEntry>().notNull(),
		at: integer("at").notNull(),
		closedAt: integer("closed_at"),
	},
	primaryKey: ["id"],
	indexes: [["closed_at", "at"], ["app_id"]],
	holding: {
		holds: "Reports of apps, in the words of whoever reported",
		whose: "operator",
		dataClass: "content",
		exported: "no",
		erasedWith: "time",
		kept: "until ninety days after the operator closed it",
		sealed: ["text"],
		expires: { at: "closedAt", afterDays: 90 },
	},
});

export interface Report {
	id: Id<"report">;
	appId: AppId;
	/** a code */
	reason: string;
	text: string;
	at: number;
	closedAt: number | null;
}

const { table } = reports;
const place = (row: string) => ({ table: "reports", column: "text", row });

export async function addReport(dir: Directory, input: Pick<Report, "appId" | "reason" | "text">): Promise<Report> {
	const report = { ...input, id: makeId("report"), at: dir.now(), closedAt: null };
	const sealed = await dir.keys.seal(place(report.id), input.text);
	await onDirectory(dir, (rows) => rows.insert(table).values({ ...report, text: sealed }));
	return report;
}

/** Newest first. */
export async function pageOpenReports(
	dir: Directory,
	{ after, size = pageRows }: PageQuery = {},
): Promise<Page<Report>> {
	const found = await onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(and(isNull(table.closedAt), isAfter(after, table.at, table.id)))
			.orderBy(...newestFirst(table.at, table.id))
			.limit(size + 1),
	);
	const page = cutPage(found, size, (row) => cursorOf(row.at, row.id));
	return mapPage(page, async (row) => ({ ...row, text: await dir.keys.open(place(row.id), row.text) }));
}

export async function closeReport(dir: Directory, id: Id<"report">): Promise<boolean> {
	const closed = await onDirectory(dir, (rows) =>
		rows.update(table).set({ closedAt: dir.now() }).where(eq(table.id, id)).returning({ id: table.id }),
	);
	return closed.length > 0;
}
