// `npm test`: finds a browser, builds the browser code, runs every test, and closes with one plain line of counts.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildAssets } from "../scripts/build-assets.ts";
import { findOrInstallChromium } from "../scripts/find-chromium.ts";
import { readFigures } from "./support/figures.ts";
import { runEnvironment } from "./support/run-folder.ts";

interface Report {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	numFailedTestSuites: number;
	success: boolean;
}

const chromium = findOrInstallChromium();
await buildAssets();
const folder = mkdtempSync(join(tmpdir(), "freehold-test-"));
const report = join(folder, "report.json");
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const child = spawn(
	process.execPath,
	[vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
	{
		stdio: "inherit",
		env: {
			...process.env,
			...runEnvironment(folder),
			CHROMIUM_PATH: chromium,
			WRANGLER_SEND_METRICS: "false",
		},
	},
);
const status = await new Promise<number>((done) => child.on("exit", (code) => done(code ?? 1)));
const counts = readReport(report);
const counted = readFigures(folder);
if (counted.length > 0) process.stdout.write(`\n${counted.join("\n")}\n`);
rmSync(folder, { recursive: true, force: true });
// a suite that could not even be loaded counts as a failure, and so does what went wrong when the run was closed
const failed = counts.numFailedTests || (counts.success && status === 0 ? 0 : 1);
process.stdout.write(
	`\n${counts.numPassedTests} passed, ${failed} failed, ${counts.numPendingTests + counts.numTodoTests} skipped\n`,
);
process.exitCode = status !== 0 || failed > 0 || counts.numPassedTests === 0 ? 1 : 0;

function readReport(path: string): Report {
	try {
		return JSON.parse(readFileSync(path, "utf8")) as Report;
	} catch {
		return {
			numPassedTests: 0,
			numFailedTests: 0,
			numPendingTests: 0,
			numTodoTests: 0,
			numFailedTestSuites: 0,
			success: false,
		};
	}
}
