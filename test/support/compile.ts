// The compiler as a test: some defences are types, and a test that only runs cannot see one go.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url).href);

/** What the compiler says of one file under the project's own options; empty when it compiles. */
export function compileErrors(file: string): string[] {
	const folder = join(root, ".build");
	const config = join(folder, `compile-${process.pid}.json`);
	mkdirSync(folder, { recursive: true });
	const files = [relative(folder, file), "../types/build.d.ts", "../workers/studio/worker-configuration.d.ts"];
	writeFileSync(config, JSON.stringify({ extends: "../tsconfig.json", files, include: [] }));
	try {
		const tsc = join(root, "node_modules/typescript/bin/tsc");
		const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", config, "--noEmit", "--pretty", "false"], {
			cwd: root,
			encoding: "utf8",
		});
		return `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
	} finally {
		rmSync(config, { force: true });
	}
}
