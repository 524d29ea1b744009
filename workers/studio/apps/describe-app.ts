// An app as one person sees it: for the API's answers, and for the pages that show it.
import { findAccountOfOwner } from "#db/directory/accounts.ts";
import { getApp } from "#db/stores/apps.ts";
import { activeBuild } from "#db/stores/builds.ts";
import { AppError } from "#lib/http/errors.ts";
import { appOrigin } from "#lib/origins.ts";
import type { AppDetail } from "#schema/api/apps.ts";
import { requireAccess } from "../access.ts";
import type { StudioContext } from "../http.ts";
import { summariseApps } from "./list-apps.ts";

/** For a page: whoever may not see the app gets what the API would answer. Throws AppError. */
export async function showApp(c: StudioContext): Promise<AppDetail> {
	await requireAccess(c, "app:view");
	return describeApp(c);
}

/** The app that the request was let in to. Throws AppError `not_found` when it has gone since. */
export async function describeApp(c: StudioContext): Promise<AppDetail> {
	const { appId, ownerId, scope, role } = c.get("app");
	const app = await getApp(scope, appId);
	if (!app) throw new AppError("not_found");
	const region = c.get("region");
	const active = await activeBuild(scope, appId);
	const owner = role === "owner" ? null : await findAccountOfOwner(c.get("directory"), ownerId);
	const sharedBy = role === "owner" ? null : (owner?.name ?? "");
	const [summary] = await summariseApps(c, scope, [app], () => role, sharedBy);
	if (!summary) throw new AppError("not_found");
	return {
		...summary,
		mayFork: app.mayFork,
		// a viewer sees the published snapshot and nothing else
		draftOrigin: role === "viewer" ? "" : appOrigin(c.env, region, app.previewLabel),
		liveOrigin: app.liveLabel ? appOrigin(c.env, region, app.liveLabel) : null,
		currentVersionId: app.currentVersionId,
		publishedVersionId: app.publishedVersionId,
		activeBuildId: active?.id ?? null,
	};
}
