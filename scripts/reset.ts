// `npm run reset`: forgets the local state, after saying what that is.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./local-host/workers.ts";

const folder = resolve(root, process.env["FREEHOLD_STATE"] ?? ".freehold");
// a folder that is not ours must never be removed because a variable pointed at it
if (!existsSync(join(folder, "format"))) {
	process.stdout.write(`There is no Freehold state in ${folder}.\n`);
} else if (existsSync(join(folder, "lock")) && isRunning(Number(readFileSync(join(folder, "lock"), "utf8")))) {
	process.stderr.write("Freehold is running on this state. Stop it first, then run npm run reset again.\n");
	process.exitCode = 1;
} else {
	rmSync(folder, { recursive: true });
	process.stdout.write(`Forgot the state in ${folder}: accounts, apps, keys and mail are gone.\n`);
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
