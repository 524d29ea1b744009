// How the rest of the studio reaches the object of one app's builds, in the region's jurisdiction.
import type { DurableObjectNamespace, DurableObjectStub } from "@cloudflare/workers-types";
import { AppError } from "#lib/http/errors.ts";
import { placeInRegion, readJurisdictions } from "#lib/jurisdictions.ts";
import type { AppId, BuildId, OwnerId } from "#schema/ids.ts";
import type { StudioEnv } from "../env.ts";
import { regionOf } from "../tenants.ts";
import type { WorkKind } from "./work-marks.ts";

/** Which app. The caller has verified that they belong together. */
export interface AppIds {
	ownerId: OwnerId;
	appId: AppId;
}

export interface BuildObject {
	/** Says that a build was queued. */
	wake(ids: AppIds): Promise<void>;
	/** The build's event stream. */
	watch(ids: AppIds, buildId: BuildId, lastEventId: string | null): Promise<ReadableStream<Uint8Array>>;
	/** Stops a build at any time; everything reserved goes back. False when it had ended. */
	stop(ids: AppIds, buildId: BuildId): Promise<boolean>;
	/**
	 * Notes work on the app before its first step, once no repair is under way. Unless it is ended, the object's alarm takes it
	 * up again or takes it back. False when it is to publish and somebody else is publishing.
	 */
	beginWork(ids: AppIds, workId: string, kind: WorkKind): Promise<boolean>;
	endWork(workId: string): Promise<void>;
	/** Nothing of the app runs on: it is about to be deleted. */
	endBuilds(): Promise<void>;
	/** The app is gone, and nothing about it is kept here. */
	forget(): Promise<void>;
}

export function buildObjectOf(env: StudioEnv, ids: AppIds): BuildObject {
	const namespace = env.BUILD_SESSION as unknown as DurableObjectNamespace;
	const placed = placeInRegion(namespace, regionOf(env), readJurisdictions(env) !== false);
	const stub: DurableObjectStub = placed.get(placed.idFromName(`${ids.ownerId}/${ids.appId}`));
	return stub as unknown as BuildObject;
}

/**
 * Does work that takes several steps in several stores. When it is cut off or fails, the object's alarm finds the mark and
 * brings the app back in order. Throws AppError `conflict` when somebody else is publishing the app at this moment.
 */
export async function withWorkMark<T>(
	env: StudioEnv,
	{ ownerId, appId }: AppIds,
	kind: WorkKind,
	work: () => Promise<T>,
): Promise<T> {
	// only the ids cross: what else the caller's object holds is not for another isolate
	const ids = { ownerId, appId };
	const object = buildObjectOf(env, ids);
	const workId = crypto.randomUUID();
	if (!(await object.beginWork(ids, workId, kind))) throw new AppError("conflict");
	const done = await work();
	// the work is done; a mark that stays makes the alarm look once more and find everything in order
	await object.endWork(workId).catch(() => undefined);
	return done;
}
