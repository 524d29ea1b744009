// Runs one test by its name with vitest in a copy of the source, and says what became of it.
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runEnvironment } from "../../support/run-folder.ts";
import type { Removal } from "../removal.ts";

export interface Outcome {
	/** `missing`: no test has that name. `skipped`: it did not run, because the file or its preparation failed. */
	state: "passed" | "failed" | "skipped" | "missing" | "hung";
	/** The first line of what failed. */
	why: string;
}

interface Report {
	testResults: {
		message: string;
		assertionResults: { ancestorTitles: string[]; title: string; status: string; failureMessages: string[] }[];
	}[];
}

const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
/** No test takes as long: what is not over then hangs. */
const longestMs = 8 * 60_000;

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const firstLine = (text: string) => text.trim().split("\n")[0]?.slice(0, 200) ?? "";

export async function runTest(
	folder: string,
	{ file, name }: Removal["test"],
	env: Readonly<Record<string, string>>,
): Promise<Outcome> {
	const report = join(folder, "report.json");
	rmSync(report, { force: true });
	const project = file.split("/")[1] ?? "";
	const options = ["--project", project, "--maxWorkers=1", "--no-file-parallelism", "--reporter=json"];
	const child = spawn(
		process.execPath,
		[vitest, "run", file, "-t", `(^| > )${literal(name)}$`, ...options, `--outputFile.json=${report}`],
		{
			cwd: folder,
			stdio: ["ignore", "ignore", "pipe"],
			// a group of its own: what the test starts ends with it
			detached: true,
			// no bundles of another run: they would be of the source as it was
			env: { ...process.env, ...runEnvironment(""), ...env },
		},
	);
	let said = "";
	child.stderr.on("data", (chunk: Buffer) => {
		said += chunk.toString();
	});
	let isHung = false;
	const timer = setTimeout(() => {
		isHung = true;
		endGroup(child.pid);
	}, longestMs);
	const end = () => endGroup(child.pid);
	process.prependOnceListener("exit", end);
	await new Promise((done) => child.on("close", done));
	process.off("exit", end);
	clearTimeout(timer);
	end();
	return isHung ? { state: "hung", why: "" } : judge(name, readReport(report), said);
}

function endGroup(pid: number | undefined): void {
	try {
		if (pid !== undefined) process.kill(-pid, "SIGKILL");
	} catch {
		// it has ended
	}
}

function readReport(path: string): Report["testResults"] {
	try {
		return (JSON.parse(readFileSync(path, "utf8")) as Report).testResults;
	} catch {
		return [];
	}
}

/** The name is the end of a test's path, groups joined by ` > `. Of several with that end, one that fails is enough. */
function judge(name: string, results: Report["testResults"], said: string): Outcome {
	const tests = results
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ ancestorTitles, title }) => {
			const path = [...ancestorTitles, title].join(" > ");
			return path === name || path.endsWith(` > ${name}`);
		});
	const failed = tests.find(({ status }) => status === "failed");
	if (failed) return { state: "failed", why: firstLine(failed.failureMessages[0] ?? "") };
	if (tests.some(({ status }) => status === "passed")) return { state: "passed", why: "" };
	const message = firstLine(results.find((result) => result.message)?.message ?? said);
	return tests.length > 0 ? { state: "skipped", why: message } : { state: "missing", why: message };
}
