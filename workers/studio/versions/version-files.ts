// The files of a version: one sealed pack in R2 and a sealed manifest. Nothing is shared between tenants.

import type { Scope } from "#db/open.ts";
import { getVersion, type NewVersion, type Version } from "#db/stores/versions.ts";
import { utf8 } from "#lib/bytes.ts";
import type { AppFile } from "#schema/files.ts";
import type { AppId, VersionId } from "#schema/ids.ts";
import { contentOf } from "../content.ts";
import type { StudioEnv } from "../env.ts";
import { makeManifest, packFiles, unpackFiles } from "../files/pack.ts";

const inlineManifestBytes = 48 * 1024;

type Stored = Pick<NewVersion, "packKey" | "manifest" | "sizeBytes"> & { discard(): Promise<void> };

/** Seals and stores the files of a version that is about to be appended. `discard` takes it back. */
export async function storeFiles(
	env: StudioEnv,
	scope: Scope,
	appId: AppId,
	versionId: VersionId,
	files: ReadonlyMap<string, AppFile>,
): Promise<Stored> {
	const content = contentOf(env, scope, appId);
	const pack = packFiles(files);
	const manifest = await makeManifest(files, scope.sealer.fingerprint);
	const packKey = await content.put("pack", versionId, pack);
	const json = JSON.stringify(manifest);
	const keys = [packKey];
	const stored = async (): Promise<NewVersion["manifest"]> => {
		if (json.length <= inlineManifestBytes) return { json };
		const key = await content.put("manifest", versionId, utf8(json));
		keys.push(key);
		return { key };
	};
	return {
		packKey,
		manifest: await stored(),
		sizeBytes: manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0),
		discard: () => content.deleteKeys(keys),
	};
}

/** A version with its files, or null when it is not there. */
export async function loadVersion(
	env: StudioEnv,
	scope: Scope,
	appId: AppId,
	versionId: VersionId,
): Promise<{ version: Version; files: Map<string, AppFile> } | null> {
	// its place follows from the id, so the two are asked for at once
	const [version, pack] = await Promise.all([
		getVersion(scope, appId, versionId),
		contentOf(env, scope, appId).get("pack", versionId),
	]);
	return version && pack ? { version, files: unpackFiles(pack) } : null;
}
