// `npm run dry-run`: bundles every Worker for every region as a deployment would, in the order of deployment, without an account. Fails
// for a Worker that wrangler refuses, that is larger than the platform takes, or whose CPU limit is not set.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { placements, readWorker, root, workerFacts } from "./local-host/workers.ts";

/** Bytes gzipped. The platform takes 10 MB on the paid plan (Workers limits, Worker size); this leaves room for what is to come. */
const mostBytes = 8 * 1024 * 1024;

const out = mkdtempSync(join(tmpdir(), "freehold-dry-run-"));
const problems: string[] = [];
for (const { worker, region } of placements) {
	const { config, name } = readWorker(worker, region);
	const cpuMs = config.limits?.cpu_ms;
	if (!cpuMs) problems.push(`${name}: set limits.cpu_ms in ${workerFacts[worker].config}`);
	const { status, stdout, stderr } = spawnSync(
		join(root, "node_modules/.bin/wrangler"),
		["deploy", "--dry-run", "--outdir", join(out, name), ...(region ? ["-e", region] : [])],
		{
			// the build command's folder is relative to where wrangler runs
			cwd: join(root, dirname(workerFacts[worker].config)),
			encoding: "utf8",
			env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1" },
		},
	);
	const size = /gzip: ([\d.]+) (KiB|MiB)/.exec(stdout);
	const bytes = size ? Number(size[1]) * (size[2] === "MiB" ? 1024 * 1024 : 1024) : null;
	if (status !== 0 || bytes === null) problems.push(`${name}: wrangler refused it\n${stdout}${stderr}`);
	else if (bytes > mostBytes) problems.push(`${name}: ${Math.round(bytes / 1024)} KiB gzipped, the bound is 8192 KiB`);
	else process.stdout.write(`${name}: ${Math.round(bytes / 1024)} KiB gzipped, at most ${cpuMs} ms of CPU a request\n`);
}
rmSync(out, { recursive: true, force: true });
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
