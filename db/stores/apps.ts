// Apps: their names (sealed), their two labels, and which version is current and which is published.

import { eq, getViewSelectedFields, sql } from "drizzle-orm";
import type { BuildState } from "#schema/build-events.ts";
import { type AppId, type Label, makeId, type VersionId } from "#schema/ids.ts";
import { cleanName } from "#schema/names.ts";
import { DbError } from "../errors.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, searchPages } from "../pages.ts";
import { type ReadRows, readEach, type Scope } from "../rls/scope.ts";
import type { Sealed } from "../sealer.ts";
import { tenantTables } from "../tables/all.ts";
import { apps } from "../tables/apps.ts";
import { builds } from "../tables/builds.ts";
import { refundAppStatements } from "./credits.ts";

export interface App {
	id: AppId;
	name: string;
	description: string;
	previewLabel: Label;
	liveLabel: Label | null;
	currentVersionId: VersionId | null;
	publishedVersionId: VersionId | null;
	mayFork: boolean;
	forkedFrom: string | null;
	state: "active" | "blocked";
	createdAt: number;
	updatedAt: number;
}

/** An app as a list shows it. */
export interface ListedApp extends App {
	/** Of its latest build. */
	buildState: BuildState | null;
}

export interface NewApp {
	id?: AppId;
	name: string;
	description: string;
	previewLabel: Label;
	forkedFrom?: string | null;
}

const { table, relation } = apps;
const appsOfPage = 60;

/** Makes an app while there are fewer than `most`, also when several are made at once. Throws DbError `limit` otherwise. */
export async function createApp(scope: Scope, input: NewApp, most = Number.MAX_SAFE_INTEGER): Promise<App> {
	const id = input.id ?? makeId("app");
	const at = scope.now();
	const row = {
		id,
		previewLabel: input.previewLabel,
		liveLabel: null,
		currentVersionId: null,
		publishedVersionId: null,
		mayFork: false,
		forkedFrom: input.forkedFrom ?? null,
		state: "active" as const,
		createdAt: at,
		updatedAt: at,
	};
	const sealed = await sealNames(scope, id, input);
	const [made] = await scope.write((rows) => [
		rows
			.insert(table)
			.select(
				// in the order the columns are declared
				sql`SELECT ${scope.ownerId}, ${id}, ${sealed.name}, ${sealed.description}, ${row.previewLabel}, NULL, NULL, NULL, 0,
				${row.forkedFrom}, ${row.state}, ${at}, ${at} WHERE (SELECT count(*) FROM ${relation}) < ${most}`,
			)
			.returning({ id: table.id }),
	]);
	if (made.length === 0) throw new DbError("limit");
	return { ...row, name: cleanName(input.name), description: input.description };
}

/** Null when it is not there or not in scope: the two are the same. */
export async function getApp(scope: Scope, appId: AppId): Promise<App | null> {
	const [row] = await scope.read((rows) => rows.select().from(relation).where(eq(relation.id, appId)).limit(1));
	return row ? openApp(scope, row) : null;
}

/** The first of these scopes that has the app; all of them are asked at once. Null when none has. */
export async function findAppIn(scopes: readonly Scope[], appId: AppId): Promise<{ at: number; app: App } | null> {
	const found = await readEach(scopes, (rows) => rows.select().from(relation).where(eq(relation.id, appId)).limit(1));
	const at = found.findIndex((rows) => rows.length > 0);
	const [scope, row] = [scopes[at], found[at]?.[0]];
	return scope && row ? { at, app: await openApp(scope, row) } : null;
}

/** Last changed first; with `search`, those whose name and description have all of its words, whatever their case. */
export function pageApps(
	scope: Scope,
	{ after, size = appsOfPage, search = "" }: PageQuery & { search?: string | undefined } = {},
): Promise<Page<ListedApp>> {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return readApps(scope, after, size);
	return searchPages({
		read: (from) => readApps(scope, from, 200),
		cursor: (app) => cursorOf(app.updatedAt, app.id),
		isMatch: ({ name, description }) => {
			const text = `${name} ${description}`.toLowerCase();
			return words.every((word) => text.includes(word));
		},
		size,
		after,
	});
}

/** The cursor of an app in every list of apps. */
export const appCursor = (app: App): string => cursorOf(app.updatedAt, app.id);

/** A page of each scope, as `pageApps` without a search; all of them are asked at once. */
export async function pageAppsIn(
	asked: readonly { scope: Scope; after?: string | undefined; size: number }[],
): Promise<Page<ListedApp>[]> {
	const found = await readEach(
		asked.map(({ scope }) => scope),
		(rows, at) => selectApps(rows, asked[at]?.after, asked[at]?.size ?? 0),
	);
	return Promise.all(asked.map(({ scope, size }, at) => openPage(scope, found[at] ?? [], size)));
}

async function readApps(scope: Scope, after: string | undefined, size: number): Promise<Page<ListedApp>> {
	return openPage(scope, await scope.read((rows) => selectApps(rows, after, size)), size);
}

function selectApps(rows: ReadRows, after: string | undefined, size: number) {
	const { updatedAt, id } = relation;
	// by name: drizzle leaves the table out where there is only one, and `id` would be the build's
	const buildState = sql<BuildState | null>`(SELECT b.state FROM ${builds.relation} b WHERE b.app_id = apps.id
		ORDER BY b.created_at DESC, b.id DESC LIMIT 1)`;
	return rows
		.select({ ...getViewSelectedFields(relation), buildState: buildState.as("build_state") })
		.from(relation)
		.where(isAfter(after, updatedAt, id))
		.orderBy(...newestFirst(updatedAt, id))
		.limit(size + 1);
}

function openPage(
	scope: Scope,
	found: readonly (typeof relation.$inferSelect & Pick<ListedApp, "buildState">)[],
	size: number,
): Promise<Page<ListedApp>> {
	const page = cutPage(found, size, (row) => cursorOf(row.updatedAt, row.id));
	return mapPage(page, async ({ buildState, ...row }) => ({ ...(await openApp(scope, row)), buildState }));
}

/** Changes several of these at once, and answers the app as it is now; null when there is no such app. */
export async function changeApp(
	scope: Scope,
	appId: AppId,
	{ mayFork, ...names }: { name?: string; description?: string; mayFork?: boolean },
): Promise<App | null> {
	const values = { ...(await sealNames(scope, appId, names)), ...(mayFork === undefined ? {} : { mayFork }) };
	const [changed] = await scope.write((rows) => [
		rows
			.update(table)
			.set({ ...values, updatedAt: scope.now() })
			.where(eq(table.id, appId))
			.returning(),
	]);
	const [row] = changed;
	return row ? openApp(scope, row) : null;
}

/** False when there is no such app. */
export async function renameApp(scope: Scope, appId: AppId, names: { name?: string; description?: string }) {
	return change(scope, appId, await sealNames(scope, appId, names));
}

/** What the live origin serves. The live label stays reserved for this app when it is taken offline. */
export function setPublished(
	scope: Scope,
	appId: AppId,
	published: { versionId: VersionId | null; liveLabel: Label | null },
): Promise<boolean> {
	return change(scope, appId, { publishedVersionId: published.versionId, liveLabel: published.liveLabel });
}

/** The operator's kill switch, and its undoing. */
export function setAppState(scope: Scope, appId: AppId, state: App["state"]): Promise<boolean> {
	return change(scope, appId, { state });
}

/**
 * Deletes an app and everything kept per app in one transaction; what its builds had reserved goes back. Ledger rows stay. Its
 * sealed objects lie in a folder of their own, which the caller deletes. False when there was no such app.
 */
export async function deleteApp(scope: Scope, appId: AppId): Promise<boolean> {
	// Whatever is declared as an app's, children before parents; the app itself is the parent of all, and comes last.
	const own = tenantTables.filter(({ policy }) => policy.width === "app" && policy.name !== "apps").reverse();
	const results = await scope.write((rows) => [
		...refundAppStatements(scope, rows, appId),
		...own.map(({ policy, table: one }) => rows.delete(one).where(sql`${sql.identifier(policy.appColumn)} = ${appId}`)),
		rows.delete(table).where(eq(table.id, appId)).returning({ id: table.id }),
	]);
	const found: unknown = results.at(-1);
	return Array.isArray(found) && found.length > 0;
}

async function change(scope: Scope, appId: AppId, values: Partial<typeof table.$inferInsert>): Promise<boolean> {
	const [changed] = await scope.write((rows) => [
		rows
			.update(table)
			.set({ ...values, updatedAt: scope.now() })
			.where(eq(table.id, appId))
			.returning({ id: table.id }),
	]);
	return changed.length > 0;
}

async function sealNames<T extends { name?: string; description?: string }>(scope: Scope, row: string, names: T) {
	const seal = (column: "name" | "description", text: string) =>
		scope.sealer.seal({ table: "apps", column, row }, text);
	return {
		...(names.name === undefined ? {} : { name: await seal("name", cleanName(names.name)) }),
		...(names.description === undefined ? {} : { description: await seal("description", names.description) }),
	} as { [K in "name" | "description" as T[K] extends string ? K : never]: Sealed };
}

async function openApp(scope: Scope, row: typeof relation.$inferSelect): Promise<App> {
	const { ownerId: _owner, ...rest } = row;
	const open = (column: "name" | "description") =>
		scope.sealer.open({ table: "apps", column, row: row.id }, row[column]);
	return { ...rest, name: await open("name"), description: await open("description") };
}
