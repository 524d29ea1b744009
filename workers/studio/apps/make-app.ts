// Making an app: within the plan, with a preview origin of its own, and with something in it. Whole or not at all: whatever
// fails, nothing of it is left; what a crash cuts off is taken back by the app's build object.
import type { Directory } from "#db/directory/handle.ts";
import { reserveLabel } from "#db/directory/labels.ts";
import type { Scope } from "#db/open.ts";
import { createApp } from "#db/stores/apps.ts";
import { getWorkspace } from "#db/stores/workspace.ts";
import { AppError } from "#lib/http/errors.ts";
import { type AppId, makeId, makeLabel } from "#schema/ids.ts";
import { entitlements } from "../credits/plans.ts";
import type { StudioEnv } from "../env.ts";
import { eraseApp } from "../repair/erase.ts";
import { withWorkMark } from "../work/build-object.ts";

interface Place {
	env: StudioEnv;
	directory: Directory;
	/** The tenant's own width: the app becomes theirs. */
	scope: Scope;
}

/**
 * Makes an app, and `fill` puts its first build or version in. Throws DbError `limit` when the plan allows no more, or
 * whatever `fill` throws; then the app is gone again.
 */
export async function makeApp<T>(
	{ env, directory, scope }: Place,
	about: { name: string; description: string; forkedFrom?: AppId },
	fill: (appId: AppId) => Promise<T>,
): Promise<{ appId: AppId; filled: T }> {
	const { ownerId } = scope;
	const plan = (await getWorkspace(scope))?.plan ?? "free";
	const [appId, label] = [makeId("app"), makeLabel()];
	const make = async () => {
		await createApp(scope, { ...about, id: appId, previewLabel: label }, entitlements[plan].maxApps);
		await reserveLabel(directory, { label, ownerId, appId, kind: "draft" });
		const provisioned = await env.DEPLOY.provision(label, { owner: ownerId, appId, kind: "draft" });
		if (!provisioned.ok) throw new AppError("unavailable");
		return { appId, filled: await fill(appId) };
	};
	try {
		return await withWorkMark(env, { ownerId, appId }, "make", make);
	} catch (error) {
		// where this fails too, the mark stays, and the object tries again
		await eraseApp(env, directory, { appId, scope }).catch(() => undefined);
		throw error;
	}
}
