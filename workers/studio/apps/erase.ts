// Deleting an app: its origins first, so that nobody opens it any more, then its rows, then its sealed objects.

import { deleteGrantsOfApp } from "#db/directory/grants.ts";
import type { Directory } from "#db/directory/handle.ts";
import { deleteInvitationsOfApp } from "#db/directory/invitations.ts";
import { listLabelsOfApp, retireLabel } from "#db/directory/labels.ts";
import { deleteLinksOfApp } from "#db/directory/links.ts";
import { unpublishListing } from "#db/directory/listings.ts";
import { deleteApp, getApp } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import { buildSessionOf } from "../build/session.ts";
import type { StudioEnv } from "../env.ts";
import type { AppAccess } from "../http.ts";
import { contentOf } from "./content.ts";

/** Each step can be repeated: a failure in between leaves an app that can be deleted again. */
export async function eraseApp(
	env: StudioEnv,
	directory: Directory,
	{ appId, ownerId, scope }: AppAccess,
): Promise<void> {
	if (!(await getApp(scope, appId))) throw new AppError("not_found");
	for (const { label } of await listLabelsOfApp(directory, ownerId, appId)) {
		const retired = await env.DEPLOY.retire(label);
		if (!retired.ok && retired.reason !== "retired" && retired.reason !== "unknown_label")
			throw new AppError("unavailable");
		await retireLabel(directory, ownerId, label);
	}
	await unpublishListing(directory, ownerId, appId);
	await deleteLinksOfApp(directory, ownerId, appId);
	await deleteInvitationsOfApp(directory, ownerId, appId);
	await deleteGrantsOfApp(directory, ownerId, appId);
	await buildSessionOf(env, { ownerId, appId }).erase();
	const deleted = await deleteApp(scope, appId);
	await contentOf(env, scope).deleteKeys(deleted?.contentKeys ?? []);
}
