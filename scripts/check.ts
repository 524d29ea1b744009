// `npm run check`: generated binding types are current, types, lint and walls, dead code. Each step names itself when it fails.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, workerFacts, workerNames } from "./local-host/workers.ts";
import { generateEnvTypes } from "./types.ts";

const projects = [
	"tsconfig.json",
	...workerNames.map((worker) => `${workerFacts[worker].folder}/tsconfig.json`),
	"workers/studio/ui/islands/tsconfig.json",
	"workers/studio/composer/template/tsconfig.json",
	"sandbox-host/runtime/tsconfig.json",
	"test/browser/tsconfig.json",
];

const bin = (name: string) => join(root, "node_modules/.bin", name);
const steps: [string, string, string[]][] = [
	...projects.map((project): [string, string, string[]] => [
		`types ${project}`,
		bin("tsc"),
		["-p", project, "--noEmit"],
	]),
	["lint and walls", bin("biome"), ["check", "--error-on-warnings", "."]],
	["dead code", bin("knip"), ["--no-tag-hints"]],
	// what only tests use proves nothing about the product; what is @kept for them, or for what comes next, says so
	["code that only tests use", bin("knip"), ["--production"]],
];

const stale = generateEnvTypes({ write: false });
let failed = 0;
if (stale.length > 0) {
	process.stderr.write(`types of bindings are stale: ${stale.join(", ")}. Run npm run types.\n`);
	failed++;
}
for (const [name, command, args] of steps) {
	const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
	if (status === 0) continue;
	process.stderr.write(`failed: ${name}\n`);
	failed++;
}
process.stdout.write(failed ? `check: ${failed} of ${steps.length + 1} steps failed\n` : "check: all clean\n");
process.exitCode = failed ? 1 : 0;
