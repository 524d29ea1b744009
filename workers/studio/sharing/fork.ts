// A fork: the published files of an app, copied into one's own tenant. No data, no history, no conversation, no secret.

import { reserveLabel } from "#db/directory/labels.ts";
import type { Scope } from "#db/open.ts";
import { type App, createApp, deleteApp } from "#db/stores/apps.ts";
import { appendVersion } from "#db/stores/versions.ts";
import { AppError } from "#lib/http/errors.ts";
import { type AppId, makeId, makeLabel } from "#schema/ids.ts";
import { deployDraft } from "../apps/deploy.ts";
import { loadVersion, storeFiles } from "../apps/version-files.ts";
import { type StudioContext, sessionOf } from "../http.ts";
import { openTenant } from "../tenants.ts";

/** Makes the fork; `source` only needs to read. Refused unless the owner opted in and something is published. */
export async function forkApp(c: StudioContext, source: Scope, app: App): Promise<AppId> {
	if (!app.mayFork || app.state === "blocked" || !app.publishedVersionId) throw new AppError("forbidden");
	const published = await loadVersion(c.env, source, app.id, app.publishedVersionId);
	if (!published) throw new AppError("not_found");
	const { ownerId } = sessionOf(c);
	const own = await openTenant(c.env, c.get("directory"), { ownerId, mayWrite: true });
	const appId = makeId("app");
	const label = makeLabel();
	await reserveLabel(c.get("directory"), { label, ownerId, appId, kind: "draft" });
	const provisioned = await c.env.DEPLOY.provision(label, { owner: ownerId, appId, kind: "draft" });
	if (!provisioned.ok) throw new AppError("unavailable");
	await createApp(own, {
		id: appId,
		name: app.name,
		description: app.description,
		previewLabel: label,
		forkedFrom: app.id,
	});
	try {
		const id = makeId("version");
		const { discard: _discard, ...stored } = await storeFiles(c.env, own, id, published.files);
		await appendVersion(own, { id, appId, parentId: null, message: "Forked", origin: "fork", ...stored });
		await deployDraft(c.env, own, appId);
		return appId;
	} catch (error) {
		await deleteApp(own, appId);
		await c.env.DEPLOY.retire(label);
		throw error;
	}
}
