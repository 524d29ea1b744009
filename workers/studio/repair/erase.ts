// Deleting an app: its origins first, so that nobody opens it any more, then its rows, then its sealed objects. Noted before it
// begins, so that a deletion that is cut off goes on by itself. Which rows and objects are an app's, each store declares itself.
import { eraseAppEntries } from "#db/directory/erase.ts";
import type { Directory } from "#db/directory/handle.ts";
import { listLabelsOfApp, retireLabel } from "#db/directory/labels.ts";
import type { Scope } from "#db/open.ts";
import { deleteApp } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import type { AppId } from "#schema/ids.ts";
import type { StoreName } from "#schema/register/stores.ts";
import { contentOf } from "../content.ts";
import type { StudioEnv } from "../env.ts";
import { type BuildObject, buildObjectOf } from "../work/build-object.ts";

interface Erasing {
	env: StudioEnv;
	directory: Directory;
	scope: Scope;
	appId: AppId;
	object: BuildObject;
}

/**
 * What each store does, in this order; null where nothing of an app lies. Each step can be repeated, also for an app of which
 * only a part is there. A unit test compares the nulls with the register.
 */
export const eraseSteps = {
	APPS: retireOrigins,
	// with the origin: its object deletes everything it has and keeps a mark
	AppRuntime: "APPS",
	DIRECTORY: ({ directory, scope, appId }) => eraseAppEntries(directory, scope.ownerId, appId),
	TENANTS: async ({ scope, appId, object }) => {
		await object.endBuilds();
		await deleteApp(scope, appId);
	},
	CONTENT: ({ env, scope, appId }) => contentOf(env, scope, appId).deleteAll(),
	BuildSession: ({ object }) => object.forget(),
	KEYS: null,
	mail: null,
	log: null,
	folder: null,
} as const satisfies Record<StoreName, ((erasing: Erasing) => Promise<void>) | StoreName | null>;

/** Throws when a store does not answer; the app's build object tries again. */
export async function eraseApp(
	env: StudioEnv,
	directory: Directory,
	{ appId, scope }: { appId: AppId; scope: Scope },
): Promise<void> {
	const ids = { ownerId: scope.ownerId, appId };
	const object = buildObjectOf(env, ids);
	await object.beginWork(ids, "erase", "erase");
	for (const step of Object.values(eraseSteps)) {
		if (typeof step === "function") await step({ env, directory, scope, appId, object });
	}
}

async function retireOrigins({ env, directory, scope: { ownerId }, appId }: Erasing): Promise<void> {
	for (const { label } of await listLabelsOfApp(directory, ownerId, appId)) {
		const retired = await env.DEPLOY.retire(label);
		if (!retired.ok && retired.reason !== "retired" && retired.reason !== "unknown_label")
			throw new AppError("unavailable");
		await retireLabel(directory, ownerId, label);
	}
}
