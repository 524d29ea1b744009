// A fork: the published files of an app, copied into one's own tenant. No data, no history, no conversation, no secret.

import type { Scope } from "#db/open.ts";
import type { App } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import type { AppId } from "#schema/ids.ts";
import { makeApp } from "../apps/make-app.ts";
import { type StudioContext, sessionOf } from "../http.ts";
import { openTenant } from "../tenants.ts";
import { commitVersion } from "../versions/commit-version.ts";
import { loadVersion } from "../versions/version-files.ts";

/** Makes the fork; `source` only needs to read. Refused unless the owner opted in and something is published. */
export async function forkApp(c: StudioContext, source: Scope, app: App): Promise<AppId> {
	if (app.state === "blocked") throw new AppError("app_blocked");
	if (!app.mayFork || !app.publishedVersionId) throw new AppError("no_copies");
	const published = await loadVersion(c.env, source, app.id, app.publishedVersionId);
	if (!published) throw new AppError("not_found");
	const { ownerId } = sessionOf(c);
	const { env } = c;
	const directory = c.get("directory");
	const scope = await openTenant(env, directory, { ownerId, mayWrite: true });
	const { name, description, id: forkedFrom } = app;
	const { appId } = await makeApp({ env, directory, scope }, { name, description, forkedFrom }, (id) =>
		commitVersion(env, scope, id, published.files, { parentId: null, message: "Forked", origin: "fork" }),
	);
	return appId;
}
