// `npm run bench`: every measurement, one after the other. Figures are of this machine, now; compare ratios, not times.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

for (const name of [
	"sizes",
	"db",
	"scale",
	"app-page",
	"compose",
	"composer",
	"tables",
	"builds",
	"loops",
	"sign-in",
]) {
	process.stdout.write(`\n# ${name}\n`);
	const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: "inherit" });
	if (status !== 0) process.exitCode = 1;
}
