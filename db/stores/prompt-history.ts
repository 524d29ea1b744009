// A person's prompts: listed, searched, deleted. They are sealed, so a search opens the tenant's own rows here, newest first.
import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { BuildState } from "#schema/build-events.ts";
import type { AccountId, AppId, BuildId, Id } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, searchPages } from "../pages.ts";
import { type ReadRows, readEach, type Scope } from "../rls/scope.ts";
import { apps } from "../tables/apps.ts";
import { builds } from "../tables/builds.ts";
import { disclosures } from "../tables/disclosures.ts";
import { messages } from "../tables/messages.ts";

export interface PromptEntry {
	buildId: BuildId;
	appId: AppId;
	/** The account that asked. */
	actorId: AccountId;
	prompt: string;
	state: BuildState;
	createdAt: number;
	/** Of its app. */
	appName: string;
}

const { relation, table } = builds;

/** Of one app, or of one person. */
interface Narrowed {
	appId?: AppId | undefined;
	actorId?: AccountId | undefined;
}

/** The cursor of a prompt in every list of prompts. */
export const promptCursor = (entry: PromptEntry): string => cursorOf(entry.createdAt, entry.buildId);

/** Newest first. `search` is found anywhere in a prompt, whatever its case. */
export function pagePrompts(
	scope: Scope,
	{ appId, actorId, search = "", after, size = 50 }: PageQuery & Narrowed & { search?: string | undefined } = {},
): Promise<Page<PromptEntry>> {
	const wanted = search.trim().toLowerCase();
	if (!wanted) return readPrompts(scope, { appId, actorId }, after, size);
	return searchPages({
		read: (from) => readPrompts(scope, { appId, actorId }, from, 200),
		cursor: promptCursor,
		isMatch: ({ prompt }) => prompt.toLowerCase().includes(wanted),
		size,
		after,
	});
}

/**
 * Deletes a prompt: its text, the conversation of its build, and what was disclosed for it. The build itself stays, with its
 * times and credits. Answers the disclosures whose sealed bytes the caller deletes next; null when there is no such build.
 */
export async function deletePrompt(
	scope: Scope,
	appId: AppId,
	buildId: BuildId,
): Promise<{ disclosureIds: Id<"disclosure">[] } | null> {
	const [wiped, , sent] = await scope.write((rows) => [
		rows
			.update(table)
			.set({ prompt: null })
			.where(and(eq(table.id, buildId), eq(table.appId, appId)))
			.returning({ id: table.id }),
		rows.delete(messages.table).where(and(eq(messages.table.buildId, buildId), eq(messages.table.appId, appId))),
		rows
			.delete(disclosures.table)
			.where(and(eq(disclosures.table.buildId, buildId), eq(disclosures.table.appId, appId)))
			.returning({ id: disclosures.table.id }),
	]);
	return wiped.length > 0 ? { disclosureIds: sent.map(({ id }) => id) } : null;
}

/** The first or following page of each scope, as `pagePrompts` without a search; all of them are asked at once. */
export async function pagePromptsIn(
	asked: readonly ({ scope: Scope } & Narrowed)[],
	{ after, size }: { after: string | undefined; size: number },
): Promise<Page<PromptEntry>[]> {
	const found = await readEach(
		asked.map(({ scope }) => scope),
		(rows, at) => selectPrompts(rows, asked[at] ?? {}, after, size),
	);
	return Promise.all(asked.map(({ scope }, at) => openPage(scope, found[at] ?? [], size)));
}

async function readPrompts(
	scope: Scope,
	narrowed: Narrowed,
	after: string | undefined,
	size: number,
): Promise<Page<PromptEntry>> {
	return openPage(scope, await scope.read((rows) => selectPrompts(rows, narrowed, after, size)), size);
}

function selectPrompts(rows: ReadRows, narrowed: Narrowed, after: string | undefined, size: number) {
	const { id, appId: app, actorId, prompt, state, createdAt } = relation;
	const ofApp = narrowed.appId === undefined ? undefined : eq(app, narrowed.appId);
	const ofActor = narrowed.actorId === undefined ? undefined : eq(actorId, narrowed.actorId);
	// by name: drizzle leaves the table out where there is only one
	const name = sql<string>`(SELECT a.name FROM ${apps.relation} a WHERE a.id = builds.app_id)`;
	return rows
		.select({ id, appId: app, actorId, prompt, state, createdAt, name: name.as("app_name") })
		.from(relation)
		.where(and(isNotNull(prompt), ofApp, ofActor, isAfter(after, createdAt, id)))
		.orderBy(...newestFirst(createdAt, id))
		.limit(size + 1);
}

function openPage(
	scope: Scope,
	found: Awaited<ReturnType<typeof selectPrompts>>,
	size: number,
): Promise<Page<PromptEntry>> {
	const page = cutPage(found, size, (row) => cursorOf(row.createdAt, row.id));
	return mapPage(page, async ({ id: buildId, prompt: sealed, name, ...row }) => ({
		...row,
		buildId,
		prompt: await scope.sealer.open({ table: "builds", column: "prompt", row: buildId }, sealed ?? ""),
		appName: await scope.sealer.open({ table: "apps", column: "name", row: row.appId }, name),
	}));
}
