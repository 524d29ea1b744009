// A committed version: its files sealed, its row appended, its preview deployed. By hand, by restoring or by a fork; a build
// commits together with its end (builds/run-build.ts) and deploys in the same way.
import { DbError } from "#db/errors.ts";
import type { Scope } from "#db/open.ts";
import { appendVersion, type HandVersions, type Version } from "#db/stores/versions.ts";
import { AppError } from "#lib/http/errors.ts";
import type { AppFile } from "#schema/files.ts";
import { type AppId, makeId, type VersionId } from "#schema/ids.ts";
import type { StudioEnv } from "../env.ts";
import { buildObjectOf } from "../work/build-object.ts";
import { deployDraft } from "./deploy.ts";
import { storeFiles } from "./version-files.ts";

interface About {
	parentId: VersionId | null;
	message: string;
	origin: "manual" | "restore" | "fork";
	/** What the owner's plan allows by hand. */
	most?: HandVersions;
}

/**
 * Stores the files as the next version, if `parentId` is still the current one. Throws AppError `conflict` when somebody else
 * saved meanwhile; nothing is stored then. Once the version is there, a preview that cannot be deployed now is deployed later.
 */
export async function commitVersion(
	env: StudioEnv,
	scope: Scope,
	appId: AppId,
	files: ReadonlyMap<string, AppFile>,
	about: About,
): Promise<Version> {
	const ids = { ownerId: scope.ownerId, appId };
	const object = buildObjectOf(env, ids);
	const workId = crypto.randomUUID();
	await object.beginWork(ids, workId, "change");
	const version = await append(env, scope, appId, files, about);
	// The version exists from here on. The mark stays when the preview does not follow, and the object's alarm brings it there.
	const deployed = await deployDraft(env, scope, appId);
	if (deployed.ok || deployed.reason === "gate_failed") await object.endWork(workId).catch(() => undefined);
	return version;
}

/** The files and the row, or neither. */
async function append(
	env: StudioEnv,
	scope: Scope,
	appId: AppId,
	files: ReadonlyMap<string, AppFile>,
	about: About,
): Promise<Version> {
	const id = makeId("version");
	const { discard, ...stored } = await storeFiles(env, scope, appId, id, files);
	try {
		return await appendVersion(scope, { id, appId, ...about, ...stored, onlyIfCurrent: true });
	} catch (error) {
		// only a refusal says for certain that there is no row; after any other failure the sweep looks (repair.ts)
		if (error instanceof DbError && error.reason !== "unavailable") await discard();
		if (error instanceof DbError && error.reason === "conflict") throw new AppError("conflict");
		throw error;
	}
}
