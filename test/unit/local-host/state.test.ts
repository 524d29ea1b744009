// What the local host does for a machine that other people use, too, and for a process that is killed.
import { spawn, spawnSync } from "node:child_process";
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cookiesForApp } from "../../../scripts/local-host/front-listener.ts";
import { openState } from "../../../scripts/local-host/state.ts";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "freehold-state-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;
const isRunning = (id: number) =>
	existsSync(`/proc/${id}`) && !readFileSync(`/proc/${id}/stat`, "utf8").includes(") Z ");

/** A program that the system calls workerd, and that does nothing but live. */
function startRuntime(): { id: number; end(): void } {
	const program = join(folder, "workerd");
	if (!existsSync(program)) {
		copyFileSync(spawnSync("which", ["sleep"], { encoding: "utf8" }).stdout.trim(), program);
		chmodSync(program, 0o700);
	}
	const child = spawn(program, ["60"], { stdio: "ignore" });
	return { id: child.pid ?? 0, end: () => void child.kill("SIGKILL") };
}

test("a state folder that others could read is closed to them", () => {
	const state = join(folder, "open");
	mkdirSync(state, { mode: 0o755 });
	chmodSync(state, 0o755);
	openState(state).release();
	expect(modeOf(state)).toBe(0o700);
	openState(join(folder, "new")).release();
	expect(modeOf(join(folder, "new"))).toBe(0o700);
});

test("a runtime that outlived its host ends before the next start uses its stores, and nobody else's process does", async () => {
	const runtime = startRuntime();
	const other = spawn("sleep", ["60"], { stdio: "ignore" });
	try {
		// a host that is gone, beside a runtime that is not
		const gone = spawnSync("true").pid;
		writeFileSync(join(folder, "lock"), `${gone} ${other.pid}`);
		openState(folder).release();
		expect(isRunning(other.pid ?? 0)).toBe(true);
		writeFileSync(join(folder, "lock"), `${gone} ${runtime.id}`);
		openState(folder).release();
		await expect.poll(() => isRunning(runtime.id)).toBe(false);
	} finally {
		other.kill("SIGKILL");
		runtime.end();
	}
});

test("the runtime ends when its host is killed", async () => {
	const runtime = startRuntime();
	const module = fileURLToPath(new URL("../../../scripts/local-host/end-with-host.ts", import.meta.url).href);
	const host = spawn(
		process.execPath,
		[
			"-e",
			`import(${JSON.stringify(module)}).then((m) => { m.endWithHost(${runtime.id}); console.log("watching"); setInterval(() => {}, 1000); })`,
		],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	await new Promise((resume) => host.stdout.once("data", resume));
	expect(isRunning(runtime.id)).toBe(true);
	host.kill("SIGKILL");
	await expect.poll(() => isRunning(runtime.id), { timeout: 5000 }).toBe(false);
});

test("an app's Worker is shown our cookies whole, and of others the names, however many there are", () => {
	const ours = `__Host-Http-freehold_app=${"a".repeat(43)}`;
	const bomb = Array.from({ length: 150 }, (_, at) => `bomb${at}=${"x".repeat(3800)}`);
	const shown = cookiesForApp([...bomb, ours].join("; "));
	expect(shown.startsWith(`${ours}; bomb0=; bomb1=;`)).toBe(true);
	expect(shown.length).toBeLessThan(10_000);
	expect(cookiesForApp(ours)).toBe(ours);
});
