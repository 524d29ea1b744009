// Deleting an app: its origins first, so that nobody opens it any more, then its rows, then its sealed objects. Noted before it
// begins, so that a deletion that is cut off goes on by itself.
import { deleteGrantsOfApp } from "#db/directory/grants.ts";
import type { Directory } from "#db/directory/handle.ts";
import { deleteInvitationsOfApp } from "#db/directory/invitations.ts";
import { listLabelsOfApp, retireLabel } from "#db/directory/labels.ts";
import { deleteLinksOfApp } from "#db/directory/links.ts";
import { unpublishListing } from "#db/directory/listings.ts";
import type { Scope } from "#db/open.ts";
import { deleteApp } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import type { AppId } from "#schema/ids.ts";
import { buildObjectOf } from "../builds/build-object.ts";
import { contentOf } from "../content.ts";
import type { StudioEnv } from "../env.ts";

/** Each step can be repeated, also for an app of which only a part is there. Throws when a store does not answer. */
export async function eraseApp(
	env: StudioEnv,
	directory: Directory,
	{ appId, scope }: { appId: AppId; scope: Scope },
): Promise<void> {
	const { ownerId } = scope;
	const ids = { ownerId, appId };
	const object = buildObjectOf(env, ids);
	await object.beginWork(ids, "erase", "erase");
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
	await object.endBuilds();
	await deleteApp(scope, appId);
	await contentOf(env, scope, appId).deleteAll();
	await object.forget();
}
