// A person's prompts: listed, searched, deleted. They are sealed, so a search opens the tenant's own rows here, newest first.
import { and, desc, eq, isNotNull, lt, or } from "drizzle-orm";
import type { BuildState } from "#schema/build-events.ts";
import type { AppId, BuildId, Id } from "#schema/ids.ts";
import type { Scope } from "../rls/scope.ts";
import { builds } from "../tables/builds.ts";
import { disclosures } from "../tables/disclosures.ts";
import { messages } from "../tables/messages.ts";

export interface PromptEntry {
	buildId: BuildId;
	appId: AppId;
	prompt: string;
	state: BuildState;
	createdAt: number;
}

const { relation, table } = builds;
const pageRows = 200;
/** A search opens at most this many prompts; then it says where to go on. */
const searchedAtMost = 2_000;

/**
 * One page, newest first. `search` is found anywhere in a prompt, whatever its case. `next` is the `before` of the following
 * page, null on the last.
 */
export async function listPrompts(
	scope: Scope,
	query: { appId?: AppId; search?: string; before?: string; limit?: number } = {},
): Promise<{ prompts: PromptEntry[]; next: string | null }> {
	const limit = Math.min(query.limit ?? 50, pageRows);
	const wanted = query.search?.trim().toLowerCase() ?? "";
	const prompts: PromptEntry[] = [];
	let before = query.before ?? null;
	for (let opened = 0; opened < searchedAtMost; opened += pageRows) {
		const page = await readPage(scope, query.appId, before);
		for (const entry of page) {
			before = `${entry.createdAt}.${entry.buildId}`;
			if (wanted && !entry.prompt.toLowerCase().includes(wanted)) continue;
			prompts.push(entry);
			if (prompts.length === limit) return { prompts, next: before };
		}
		if (page.length < pageRows) return { prompts, next: null };
	}
	return { prompts, next: before };
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

async function readPage(scope: Scope, appId: AppId | undefined, before: string | null): Promise<PromptEntry[]> {
	const { id, appId: app, prompt, state, createdAt } = relation;
	const found = await scope.read((rows) =>
		rows
			.select({ id, appId: app, prompt, state, createdAt })
			.from(relation)
			.where(
				and(
					isNotNull(prompt),
					appId === undefined ? undefined : eq(app, appId),
					before === null ? undefined : isBefore(before),
				),
			)
			.orderBy(desc(createdAt), desc(id))
			.limit(pageRows),
	);
	return Promise.all(
		found.map(async (row) => ({
			buildId: row.id,
			appId: row.appId,
			state: row.state,
			createdAt: row.createdAt,
			prompt: await scope.sealer.open({ table: "builds", column: "prompt", row: row.id }, row.prompt ?? ""),
		})),
	);
}

// Times alone would lose prompts of the same millisecond at the edge of a page. A cursor that is not one finds nothing.
function isBefore(cursor: string) {
	const [, time, buildId] = /^(\d{1,15})\.(bld_[0-9a-f]{32})$/.exec(cursor) ?? [];
	const { id, createdAt } = relation;
	return or(
		lt(createdAt, Number(time ?? 0)),
		and(eq(createdAt, Number(time ?? 0)), lt(id, (buildId ?? "") as BuildId)),
	);
}
