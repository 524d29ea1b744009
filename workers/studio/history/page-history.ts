// Whose prompts a person reads: every one in their own workspace, with the name of who asked, and their own in apps that others
// share with them.
import { findNames, findNamesOfOwners } from "#db/directory/accounts.ts";
import type { PlacedGrant } from "#db/directory/signed-in.ts";
import type { Scope } from "#db/open.ts";
import { mapPage, mergePages, type Page } from "#db/pages.ts";
import { type PromptEntry, pagePrompts, pagePromptsIn, promptCursor } from "#db/stores/prompt-history.ts";
import type { HistoryEntry } from "#schema/api/workspace.ts";
import type { AccountId, OwnerId } from "#schema/ids.ts";
import { openGranted } from "../access.ts";
import { type StudioContext, sessionOf } from "../http.ts";

const promptsOfPage = 50;

interface Query {
	after: string | undefined;
	search: string | undefined;
}

/** A workspace to look into. */
interface Place {
	scope: Scope;
	/** Null for one's own. */
	ownerId: OwnerId | null;
	/** Only what this person asked. */
	actorId?: AccountId;
}

/** Newest first, whatever workspace they are in. */
export async function pageHistory(c: StudioContext, { after, search }: Query): Promise<Page<HistoryEntry>> {
	const directory = c.get("directory");
	const { accountId } = sessionOf(c);
	const places = await openPlaces(c);
	const size = promptsOfPage;
	const read = search
		? await Promise.all(places.map(({ scope, actorId }) => pagePrompts(scope, { after, search, actorId, size })))
		: await pagePromptsIn(places, { after, size });
	const pages = read.map((page, at) => ({
		...page,
		items: page.items.map((entry): Found => ({ ...entry, ownerId: places[at]?.ownerId ?? null })),
	}));
	const page = mergePages(pages, size, promptCursor);
	const [names, owners] = await Promise.all([
		findNames(
			directory,
			page.items.map(({ actorId }) => actorId).filter((id) => id !== accountId),
		),
		findNamesOfOwners(
			directory,
			page.items.flatMap(({ ownerId }) => (ownerId === null ? [] : [ownerId])),
		),
	]);
	return mapPage(page, ({ buildId, appId, actorId, prompt, state, createdAt, appName, ownerId }) => ({
		buildId,
		appId,
		appName,
		prompt,
		state,
		at: createdAt,
		by: actorId === accountId ? null : (names.get(actorId) ?? ""),
		workspaceOf: ownerId === null ? null : (owners.get(ownerId) ?? ""),
	}));
}

type Found = PromptEntry & { ownerId: OwnerId | null };

async function openPlaces(c: StudioContext): Promise<Place[]> {
	const { accountId, grants } = sessionOf(c);
	const editable = grants.filter(({ role }) => role === "editor");
	const isWhole = ({ ownerId }: PlacedGrant) => editable.some((one) => one.appId === null && one.ownerId === ownerId);
	const granted = await Promise.all(
		editable
			.filter((grant) => grant.appId === null || !isWhole(grant))
			.map(async (grant) => {
				const scope = await openGranted(c, c.get("directory"), grant);
				return scope && { scope, ownerId: grant.ownerId, actorId: accountId };
			}),
	);
	return [{ scope: c.get("scope"), ownerId: null }, ...granted.filter((place) => place !== null)];
}
