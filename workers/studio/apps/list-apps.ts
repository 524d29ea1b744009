// The apps that an account may open: its own first, then those that others share with it, page by page. A page over twenty
// workspaces waits as often as one over a single one.
import { findNamesOfOwners } from "#db/directory/accounts.ts";
import { findListed } from "#db/directory/listings.ts";
import type { PlacedGrant } from "#db/directory/signed-in.ts";
import type { Scope } from "#db/open.ts";
import type { Page } from "#db/pages.ts";
import { appCursor, type ListedApp, pageApps, pageAppsIn } from "#db/stores/apps.ts";
import type { AppSummary, Role } from "#schema/api/apps.ts";
import type { OwnerId } from "#schema/ids.ts";
import { openGranted } from "../access.ts";
import { type StudioContext, sessionOf } from "../http.ts";
import { type Asked, pageOver } from "../lists.ts";

const appsOfPage = 60;

/** What a list says of an app. */
export const summarise = (app: ListedApp, role: Role, sharedBy: string | null, isListed: boolean): AppSummary => ({
	id: app.id,
	name: app.name,
	description: app.description,
	role,
	sharedBy,
	isPublished: app.publishedVersionId !== null,
	isListed,
	buildState: app.buildState,
	createdAt: app.createdAt,
	updatedAt: app.updatedAt,
});

interface Workspace {
	name: string;
	/** Null for one's own. */
	grant: PlacedGrant | null;
}

interface Found {
	app: ListedApp;
	role: Role;
	/** Whose it is, unless one's own. */
	ownerId: OwnerId | null;
}

/** Last changed first within each workspace. */
export async function pageOpenable(
	c: StudioContext,
	{ after, search }: { after: string | undefined; search: string | undefined },
): Promise<Page<AppSummary>> {
	const directory = c.get("directory");
	const { grants } = sessionOf(c);
	const isWhole = (grant: PlacedGrant) => grants.some((one) => one.appId === null && one.ownerId === grant.ownerId);
	// an app of a workspace that is shared as a whole stands there
	const shared = grants.filter((grant) => grant.appId === null || !isWhole(grant));
	const workspaces: Workspace[] = [{ name: "own", grant: null }, ...shared.map((grant) => ({ name: grant.id, grant }))];
	const page = await pageOver<Found, Workspace>(workspaces, after, {
		read: (asked) => readWorkspaces(c, asked, search),
		cursor: ({ app }) => appCursor(app),
		size: appsOfPage,
	});
	const owners = page.items.flatMap(({ ownerId }) => (ownerId === null ? [] : [ownerId]));
	const [listed, names] = await Promise.all([
		findListed(
			directory,
			page.items.map(({ app }) => app.id),
		),
		findNamesOfOwners(directory, owners),
	]);
	const items = page.items.map(({ app, role, ownerId }) =>
		summarise(app, role, ownerId === null ? null : (names.get(ownerId) ?? ""), listed.has(app.id)),
	);
	return { items, next: page.next };
}

async function readWorkspaces(
	c: StudioContext,
	asked: readonly Asked<Workspace>[],
	search: string | undefined,
): Promise<Page<Found>[]> {
	const { grants } = sessionOf(c);
	const scopes = await Promise.all(
		asked.map(({ source: { grant } }) => (grant ? openGranted(c, c.get("directory"), grant) : c.get("scope"))),
	);
	const open = asked.flatMap((one, at) => {
		const scope: Scope | null | undefined = scopes[at];
		return scope ? [{ ...one, scope }] : [];
	});
	const pages = search
		? await Promise.all(open.map(({ scope, after, size }) => pageApps(scope, { after, size, search })))
		: await pageAppsIn(open);
	return asked.map((one) => {
		const at = open.findIndex(({ source }) => source === one.source);
		const page = pages[at];
		if (!page) return { items: [], next: null };
		const { grant } = one.source;
		const items = page.items.map((app) => ({ app, role: roleIn(grant, app, grants), ownerId: grant?.ownerId ?? null }));
		return { items, next: page.next };
	});
}

function roleIn(grant: PlacedGrant | null, { id }: ListedApp, all: readonly PlacedGrant[]): Role {
	if (!grant) return "owner";
	// on one app a person may have more than on the workspace
	const mayEdit = all.some(
		({ ownerId, role, appId }) => ownerId === grant.ownerId && role === "editor" && (appId === null || appId === id),
	);
	return mayEdit ? "editor" : "viewer";
}
