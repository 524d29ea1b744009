// Labels: the host names of app origins. One is given out once, to one app, and never again; the database keeps it for good.
import { and, eq } from "drizzle-orm";
import { integer, text } from "drizzle-orm/sqlite-core";
import { type AppId, type Label, makeLabel, type OwnerId } from "#schema/ids.ts";
import { directoryTable } from "./directory-table.ts";
import { type Directory, onDirectory } from "./handle.ts";

export const labels = directoryTable({
	name: "labels",
	columns: {
		label: text("label").$type<Label>().notNull(),
		ownerId: text("owner_id").$type<OwnerId>().notNull(),
		appId: text("app_id").$type<AppId>().notNull(),
		kind: text("kind", { enum: ["draft", "live"] }).notNull(),
		state: text("state", { enum: ["active", "retired"] }).notNull(),
		createdAt: integer("created_at").notNull(),
	},
	primaryKey: ["label"],
	indexes: [
		["owner_id", "app_id"],
		["app_id", "label"],
	],
	keeps: "label",
	holding: {
		holds: "The host names of an app, and whose they are or were",
		whose: "app",
		dataClass: "state",
		exported: "annex",
		erasedWith: "never",
		kept: "for good, retired: a host name is never given to another app",
	},
});

export type LabelEntry = typeof labels.table.$inferSelect;
const { table } = labels;

/** Throws DbError `conflict` when the label was ever given out. */
export async function reserveLabel(
	dir: Directory,
	input: Pick<LabelEntry, "ownerId" | "appId" | "kind"> & { label?: Label },
): Promise<Label> {
	const label = input.label ?? makeLabel();
	await onDirectory(dir, (rows) =>
		rows.insert(table).values({ ...input, label, state: "active", createdAt: dir.now() }),
	);
	return label;
}

/** Retired ones too: their state says so. */
export async function findLabel(dir: Directory, label: Label): Promise<LabelEntry | null> {
	const [row] = await onDirectory(dir, (rows) => rows.select().from(table).where(eq(table.label, label)).limit(1));
	return row ?? null;
}

export async function retireLabel(dir: Directory, ownerId: OwnerId, label: Label): Promise<boolean> {
	const retired = await onDirectory(dir, (rows) =>
		rows
			.update(table)
			.set({ state: "retired" })
			.where(and(eq(table.label, label), eq(table.ownerId, ownerId)))
			.returning({ label: table.label }),
	);
	return retired.length > 0;
}

/** The label of an app, whoever owns it: how the operator finds the owner of an app that is reported. Null when there is none. */
export async function findLabelOfApp(dir: Directory, appId: AppId): Promise<LabelEntry | null> {
	const [row] = await onDirectory(dir, (rows) => rows.select().from(table).where(eq(table.appId, appId)).limit(1));
	return row ?? null;
}

export function listLabelsOfOwner(dir: Directory, ownerId: OwnerId): Promise<LabelEntry[]> {
	return onDirectory(dir, (rows) => rows.select().from(table).where(eq(table.ownerId, ownerId)));
}

export function listLabelsOfApp(dir: Directory, ownerId: OwnerId, appId: AppId): Promise<LabelEntry[]> {
	return onDirectory(dir, (rows) =>
		rows
			.select()
			.from(table)
			.where(and(eq(table.ownerId, ownerId), eq(table.appId, appId))),
	);
}
