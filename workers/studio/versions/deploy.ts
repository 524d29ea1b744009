// Puts a version on one of the app's two origins. The draft follows each version; the live one only publishing.

import type { Scope } from "#db/open.ts";
import { type App, getApp } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import type { AppId, Label, VersionId } from "#schema/ids.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { StudioEnv } from "../env.ts";
import { checkFiles } from "../files/check.ts";
import { loadVersion } from "./version-files.ts";

/** How often a preview follows people who save one after the other, before the last of them does it. */
const maxTries = 3;

/** Serves a version's files at a label. `gate_failed` when they do not compile, which a committed version does. */
async function deployVersion(
	env: StudioEnv,
	scope: Scope,
	app: App,
	versionId: VersionId,
	label: Label,
): Promise<Result<null, "gate_failed" | "not_found" | "unavailable">> {
	const version = await loadVersion(env, scope, app.id, versionId);
	if (!version) return fail("not_found");
	const checked = await checkFiles(version.files);
	// what was committed stays servable, also when the gate has learned to refuse more since
	if (!checked.canBeServed) return fail("gate_failed");
	const deployed = await env.DEPLOY.deploy(label, {
		title: app.name,
		versionId,
		entry: checked.entry,
		files: checked.compiled,
	});
	return deployed.ok ? ok(null) : fail("unavailable");
}

/**
 * Brings the preview to the app's current version. Never throws: the version is there whether or not its preview is, and
 * whoever calls decides what to do about `unavailable`. Nothing to do for an app without a version.
 */
export async function deployDraft(
	env: StudioEnv,
	scope: Scope,
	appId: AppId,
): Promise<Result<null, "gate_failed" | "unavailable">> {
	try {
		let app = await getApp(scope, appId);
		for (let tries = 0; app?.currentVersionId && tries < maxTries; tries++) {
			const done = await deployVersion(env, scope, app, app.currentVersionId, app.previewLabel);
			if (!done.ok) return fail(done.reason === "gate_failed" ? "gate_failed" : "unavailable");
			// somebody may have saved meanwhile, and their deployment may have been the first of the two
			const now = await getApp(scope, appId);
			if (now?.currentVersionId === app.currentVersionId) break;
			app = now;
		}
		return ok(null);
	} catch {
		return fail("unavailable");
	}
}

/** Serves a version at the live label. Throws AppError. */
export async function deployLive(
	env: StudioEnv,
	scope: Scope,
	app: App,
	versionId: VersionId,
	label: Label,
): Promise<void> {
	const done = await deployVersion(env, scope, app, versionId, label);
	if (!done.ok) throw new AppError(done.reason === "not_found" ? "not_found" : "unavailable");
}
