// The Workers' code for the hosts of the tests, made once for a whole run of `npm test`: bundling takes longer than most tests.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildAssets } from "../../scripts/build-assets.ts";
import { bundleAll } from "../../scripts/local-host/host.ts";
import { bundleWorker, readWorker, type WorkerName } from "../../scripts/local-host/workers.ts";
import { writeWhole } from "../../scripts/write-whole.ts";
import { recordingEntry } from "./recording/statements.ts";
import { runFolder } from "./run-folder.ts";

/** What this process has asked for: two that ask at the same time wait for the same answer. */
const asked = new Map<boolean, Promise<Map<string, string>>>();

/** Every Worker's code; the studio with the recorder in front of it if `isRecorded`. Without a run, each host bundles for itself. */
export function bundleOnce(isRecorded: boolean): Promise<Map<string, string>> {
	const folder = runFolder();
	if (!folder) return bundle(isRecorded);
	const bundles =
		asked.get(isRecorded) ?? bundleInto(join(folder, `bundles-${isRecorded ? "recorded" : "plain"}.json`), isRecorded);
	asked.set(isRecorded, bundles);
	return bundles;
}

const bundle = (isRecorded: boolean) => bundleAll(isRecorded ? recordingEntry : undefined);

async function bundleInto(file: string, isRecorded: boolean): Promise<Map<string, string>> {
	if (existsSync(file)) return new Map(JSON.parse(readFileSync(file, "utf8")) as [string, string][]);
	const bundles = await bundle(isRecorded);
	// two processes may get here at once: the last one stays
	writeWhole(file, JSON.stringify([...bundles]));
	return bundles;
}

/** One Worker's code as it is, for tests that start it without the others. */
export async function bundleOne(worker: WorkerName): Promise<string> {
	const { main } = readWorker(worker, worker === "front-door" ? null : "us-east");
	if (runFolder()) return (await bundleOnce(false)).get(main) ?? "";
	await buildAssets();
	return bundleWorker(main);
}
