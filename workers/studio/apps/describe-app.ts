// An app as one person sees it: for the API's answers, and for the pages that show it.
import { findNamesOfOwners } from "#db/directory/accounts.ts";
import { findListed } from "#db/directory/listings.ts";
import type { App } from "#db/stores/apps.ts";
import { activeBuild, latestBuildStates } from "#db/stores/builds.ts";
import { AppError } from "#lib/http/errors.ts";
import { appOrigin } from "#lib/origins.ts";
import type { AppDetail } from "#schema/api/apps.ts";
import { requireAccess } from "../access.ts";
import type { StudioContext } from "../http.ts";
import { summarise } from "./list-apps.ts";

/** For a page: whoever may not see the app gets what the API would answer. Throws AppError. */
export async function showApp(c: StudioContext): Promise<AppDetail> {
	await requireAccess(c, "app:view");
	return describeApp(c, c.get("app").app);
}

/** The app that the request was let in to, as `now` says it is. Throws AppError `not_found` when it has gone since. */
export async function describeApp(c: StudioContext, now: App | Promise<App | null>): Promise<AppDetail> {
	const { appId, ownerId, scope, role } = c.get("app");
	const region = c.get("region");
	const directory = c.get("directory");
	const [app, active, states, listed, names] = await Promise.all([
		now,
		activeBuild(scope, appId),
		latestBuildStates(scope, [appId]),
		findListed(directory, [appId]),
		findNamesOfOwners(directory, role === "owner" ? [] : [ownerId]),
	]);
	if (!app) throw new AppError("not_found");
	const sharedBy = role === "owner" ? null : (names.get(ownerId) ?? "");
	return {
		...summarise({ ...app, buildState: states.get(appId) ?? null }, role, sharedBy, listed.has(appId)),
		mayFork: app.mayFork,
		// a viewer sees the published snapshot and nothing else
		draftOrigin: role === "viewer" ? "" : appOrigin(c.env, region, app.previewLabel),
		liveOrigin: app.liveLabel ? appOrigin(c.env, region, app.liveLabel) : null,
		currentVersionId: app.currentVersionId,
		publishedVersionId: app.publishedVersionId,
		activeBuildId: active?.id ?? null,
	};
}
