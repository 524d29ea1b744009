// A person's prompts: listed, searched, deleted. They are sealed, so a search opens the tenant's own rows here, newest first.
import { and, eq, isNotNull } from "drizzle-orm";
import type { BuildState } from "#schema/build-events.ts";
import type { AccountId, AppId, BuildId, Id } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, searchPages } from "../pages.ts";
import type { Scope } from "../rls/scope.ts";
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
}

const { relation, table } = builds;

/** Newest first. `search` is found anywhere in a prompt, whatever its case. */
export function pagePrompts(
	scope: Scope,
	{ appId, search = "", after, size = 50 }: PageQuery & { appId?: AppId; search?: string } = {},
): Promise<Page<PromptEntry>> {
	const wanted = search.trim().toLowerCase();
	if (!wanted) return readPrompts(scope, appId, after, size);
	return searchPages({
		read: (from) => readPrompts(scope, appId, from, 200),
		cursor: (entry) => cursorOf(entry.createdAt, entry.buildId),
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

async function readPrompts(
	scope: Scope,
	appId: AppId | undefined,
	after: string | undefined,
	size: number,
): Promise<Page<PromptEntry>> {
	const { id, appId: app, actorId, prompt, state, createdAt } = relation;
	const found = await scope.read((rows) =>
		rows
			.select({ id, appId: app, actorId, prompt, state, createdAt })
			.from(relation)
			.where(and(isNotNull(prompt), appId === undefined ? undefined : eq(app, appId), isAfter(after, createdAt, id)))
			.orderBy(...newestFirst(createdAt, id))
			.limit(size + 1),
	);
	const page = cutPage(found, size, (row) => cursorOf(row.createdAt, row.id));
	return mapPage(page, async ({ id: buildId, prompt: sealed, ...row }) => ({
		...row,
		buildId,
		prompt: await scope.sealer.open({ table: "builds", column: "prompt", row: buildId }, sealed ?? ""),
	}));
}
