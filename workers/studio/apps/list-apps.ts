// The apps that an account may open: its own first, then those that others share with it, page by page.
import { findAccountOfOwner } from "#db/directory/accounts.ts";
import { findGrantsOfAccount, type Grant } from "#db/directory/grants.ts";
import { findListed } from "#db/directory/listings.ts";
import type { Scope } from "#db/open.ts";
import type { Page } from "#db/pages.ts";
import { type App, pageApps } from "#db/stores/apps.ts";
import { latestBuildStates } from "#db/stores/builds.ts";
import type { AppSummary, Role } from "#schema/api/apps.ts";
import { openGranted } from "../access.ts";
import { type StudioContext, sessionOf } from "../http.ts";
import { pageOver, type Source } from "../lists.ts";

const appsOfPage = 60;

/** What a list says of apps of one workspace. */
export async function summariseApps(
	c: StudioContext,
	scope: Scope,
	apps: readonly App[],
	roleOf: (app: App) => Role,
	sharedBy: string | null,
): Promise<AppSummary[]> {
	const ids = apps.map(({ id }) => id);
	const [states, listed] = await Promise.all([latestBuildStates(scope, ids), findListed(c.get("directory"), ids)]);
	return apps.map((app) => ({
		id: app.id,
		name: app.name,
		description: app.description,
		role: roleOf(app),
		sharedBy,
		isPublished: app.publishedVersionId !== null,
		isListed: listed.has(app.id),
		buildState: states.get(app.id) ?? null,
		createdAt: app.createdAt,
		updatedAt: app.updatedAt,
	}));
}

/** Last changed first within each workspace. */
export async function pageOpenable(
	c: StudioContext,
	{ after, search }: { after: string | undefined; search: string | undefined },
): Promise<Page<AppSummary>> {
	const grants = await findGrantsOfAccount(c.get("directory"), sessionOf(c).accountId);
	const own: Source<AppSummary> = {
		name: "own",
		read: async (query) => {
			const scope = c.get("scope");
			const page = await pageApps(scope, { ...query, search });
			return { ...page, items: await summariseApps(c, scope, page.items, () => "owner", null) };
		},
	};
	const isWhole = (grant: Grant) => grants.some((one) => one.appId === null && one.ownerId === grant.ownerId);
	// an app of a workspace that is shared as a whole stands there
	const shared = grants.filter((grant) => grant.appId === null || !isWhole(grant));
	return pageOver([own, ...shared.map((grant) => sharedThrough(c, grant, grants, search))], after, appsOfPage);
}

function sharedThrough(
	c: StudioContext,
	grant: Grant,
	all: readonly Grant[],
	search: string | undefined,
): Source<AppSummary> {
	// on one app a person may have more than on the workspace
	const editable = new Set(
		all.filter(({ ownerId, role }) => ownerId === grant.ownerId && role === "editor").map(({ appId }) => appId),
	);
	return {
		name: grant.id,
		read: async (query) => {
			const directory = c.get("directory");
			const scope = await openGranted(c, directory, grant);
			if (!scope) return { items: [], next: null };
			const sharedBy = (await findAccountOfOwner(directory, grant.ownerId))?.name ?? "";
			const page = await pageApps(scope, { ...query, search });
			const roleOf = ({ id }: App) => (editable.has(null) || editable.has(id) ? "editor" : "viewer");
			return { ...page, items: await summariseApps(c, scope, page.items, roleOf, sharedBy) };
		},
	};
}
