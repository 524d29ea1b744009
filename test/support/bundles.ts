// The Workers' code for the hosts of the tests, made once for a whole run of `npm test`: bundling takes longer than most tests.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildAssets } from "../../scripts/build-assets.ts";
import { bundleAll } from "../../scripts/local-host/host.ts";
import { bundleWorker, readWorker, type WorkerName } from "../../scripts/local-host/workers.ts";
import { recordingEntry } from "./recording/statements.ts";
import { runFolder } from "./run-folder.ts";

/** Every Worker's code; the studio with the recorder in front of it if `isRecorded`. Without a run, each host bundles for itself. */
export async function bundleOnce(isRecorded: boolean): Promise<Map<string, string>> {
	const folder = runFolder();
	const file = folder && join(folder, `bundles-${isRecorded ? "recorded" : "plain"}.json`);
	if (file && existsSync(file)) return new Map(JSON.parse(readFileSync(file, "utf8")) as [string, string][]);
	const bundles = await bundleAll(isRecorded ? recordingEntry : undefined);
	if (file) {
		// two files of tests may get here at once: each writes its own, and the last one stays whole
		const own = `${file}.${process.pid}`;
		writeFileSync(own, JSON.stringify([...bundles]));
		renameSync(own, file);
	}
	return bundles;
}

/** One Worker's code as it is, for tests that start it without the others. */
export async function bundleOne(worker: WorkerName): Promise<string> {
	const { main } = readWorker(worker, worker === "front-door" ? null : "us-east");
	if (runFolder()) return (await bundleOnce(false)).get(main) ?? "";
	await buildAssets();
	return bundleWorker(main);
}
