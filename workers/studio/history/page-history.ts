// Whose prompts a person reads: every one in their own workspace, with the name of who asked, and their own in apps that others
// share with them.
import { findAccountOfOwner, findNames } from "#db/directory/accounts.ts";
import { findGrantsOfAccount, type Grant } from "#db/directory/grants.ts";
import type { Scope } from "#db/open.ts";
import { mapPage, mergePages, type Page } from "#db/pages.ts";
import { getAppNames } from "#db/stores/apps.ts";
import { type PromptEntry, pagePrompts, promptCursor } from "#db/stores/prompt-history.ts";
import type { HistoryEntry } from "#schema/api/workspace.ts";
import type { AccountId } from "#schema/ids.ts";
import { openGranted } from "../access.ts";
import { type StudioContext, sessionOf } from "../http.ts";

const promptsOfPage = 50;

interface Query {
	after: string | undefined;
	search: string | undefined;
}

type Found = PromptEntry & { appName: string; workspaceOf: string | null };

/** Newest first, whatever workspace they are in. */
export async function pageHistory(c: StudioContext, query: Query): Promise<Page<HistoryEntry>> {
	const directory = c.get("directory");
	const { accountId } = sessionOf(c);
	const grants = (await findGrantsOfAccount(directory, accountId)).filter(({ role }) => role === "editor");
	const isWhole = ({ ownerId }: Grant) => grants.some((one) => one.appId === null && one.ownerId === ownerId);
	const pages = await Promise.all([
		read(c.get("scope"), query, null),
		...grants
			.filter((grant) => grant.appId === null || !isWhole(grant))
			.map((grant) => readGranted(c, grant, query, accountId)),
	]);
	const page = mergePages(pages, promptsOfPage, promptCursor);
	const others = page.items.map(({ actorId }) => actorId).filter((id) => id !== accountId);
	const names = await findNames(directory, others);
	return mapPage(page, ({ buildId, appId, actorId, prompt, state, createdAt, appName, workspaceOf }) => ({
		buildId,
		appId,
		appName,
		prompt,
		state,
		at: createdAt,
		by: actorId === accountId ? null : (names.get(actorId) ?? ""),
		workspaceOf,
	}));
}

async function read(scope: Scope, query: Query, workspaceOf: string | null, actorId?: AccountId): Promise<Page<Found>> {
	const page = await pagePrompts(scope, { ...query, actorId, size: promptsOfPage });
	const appIds = page.items.map(({ appId }) => appId);
	const appNames = await getAppNames(scope, appIds);
	return mapPage(page, (entry) => ({ ...entry, appName: appNames.get(entry.appId) ?? "", workspaceOf }));
}

async function readGranted(c: StudioContext, grant: Grant, query: Query, accountId: AccountId): Promise<Page<Found>> {
	const directory = c.get("directory");
	const scope = await openGranted(c, directory, grant);
	if (!scope) return { items: [], next: null };
	const owner = await findAccountOfOwner(directory, grant.ownerId);
	return read(scope, query, owner?.name ?? "", accountId);
}
