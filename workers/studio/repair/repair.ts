// Brings an app back in order after work on it was cut off, by comparing what its stores say. Each step can be repeated, and
// nothing here ever opens an app to more people: what the rows do not say is taken away.
import type { Directory } from "#db/directory/handle.ts";
import { findListing } from "#db/directory/listings.ts";
import type { Scope } from "#db/open.ts";
import { type App, getApp } from "#db/stores/apps.ts";
import { pageBuilds } from "#db/stores/builds.ts";
import { listContentIds } from "#db/stores/content-rows.ts";
import { AppError } from "#lib/http/errors.ts";
import type { AppId } from "#schema/ids.ts";
import { contentOf } from "../content.ts";
import type { StudioEnv } from "../env.ts";
import { deployDraft, deployLive } from "../versions/deploy.ts";
import type { WorkKind } from "../work/work-marks.ts";
import { eraseApp } from "./erase.ts";

interface Place {
	env: StudioEnv;
	directory: Directory;
	scope: Scope;
	appId: AppId;
}

/** Throws when a store does not answer; the caller tries again. Answers whether the app is still there. */
export async function repairApp(place: Place, kind: WorkKind): Promise<boolean> {
	const { env, directory, scope, appId } = place;
	const app = await getApp(scope, appId);
	if (!app || kind === "erase" || (kind === "make" && !(await isFilled(scope, app)))) {
		await eraseApp(env, directory, { appId, scope });
		return false;
	}
	const deployed = await deployDraft(env, scope, appId);
	// a version that today's gate refuses stays in the history, and its preview as it is
	if (!deployed.ok && deployed.reason === "unavailable") throw new AppError("unavailable");
	if (app.liveLabel) await repairLive(place, app, app.liveLabel);
	return true;
}

/** An app is made once it has a version or a build. */
const isFilled = async (scope: Scope, app: App): Promise<boolean> =>
	app.currentVersionId !== null || (await pageBuilds(scope, app.id, { size: 1 })).items.length > 0;

/** The live origin serves what the app's row says, to nobody whom the row and the listing do not let in. */
async function repairLive(
	{ env, directory, scope }: Place,
	app: App,
	label: NonNullable<App["liveLabel"]>,
): Promise<void> {
	const isListed = (await findListing(directory, app.id)) !== null;
	if (!app.publishedVersionId || !isListed) {
		const narrowed = await env.ACCESS.setAudience(label, "private");
		if (!narrowed.ok && narrowed.reason !== "retired") throw new AppError("unavailable");
	}
	if (!app.publishedVersionId) {
		const ended = await env.ACCESS.revoke(label, { everyone: true });
		if (!ended.ok && ended.reason !== "retired") throw new AppError("unavailable");
		return;
	}
	await deployLive(env, scope, app, app.publishedVersionId, label);
}

/**
 * Deletes sealed objects that no row names: those of a version, reference or disclosure that was cut off before its row. Younger
 * ones may belong to work that is still under way, however slow.
 */
export async function sweepObjects(
	{ env, scope, appId }: Omit<Place, "directory">,
	olderThanMs: number,
): Promise<number> {
	const content = contentOf(env, scope, appId);
	const now = Date.now();
	const old: string[] = [];
	let named: Set<string> | null = null;
	for await (const { key, kind, id, storedAt } of content.list()) {
		if (now - storedAt < olderThanMs) continue;
		// asked after the object was seen: a row that comes later belongs to an object that comes later
		named ??= new Set(await listContentIds(scope, appId));
		if (kind !== "checkpoint" && !named.has(id)) old.push(key);
	}
	await content.deleteKeys(old);
	return old.length;
}
