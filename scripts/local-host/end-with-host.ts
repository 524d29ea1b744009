// The Workers' runtime is a process of its own. When ours is killed (kill -9, or by the system for want of memory) it would go
// on, with the keys in memory and the stores open, beside the runtime of the next start. So a shell waits at the end of a pipe
// from us: when the pipe closes, however we ended, it ends the runtime.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { Socket } from "node:net";

/** Process ids of the runtimes that this process has started. Empty where the system does not say. */
export function findRuntimes(parent = process.pid): number[] {
	return listProcesses()
		.filter((one) => one.parent === parent && one.name.includes("workerd"))
		.map(({ id }) => id);
}

/** Whether a process is a runtime: a number from an earlier start may belong to somebody else by now. */
export const isRuntime = (id: number): boolean =>
	listProcesses().some((one) => one.id === id && one.name.includes("workerd"));

interface Process {
	id: number;
	parent: number;
	name: string;
}

function listProcesses(): Process[] {
	try {
		return readdirSync("/proc")
			.filter((name) => /^\d+$/.test(name))
			.flatMap((name) => readProcess(Number(name)) ?? []);
	} catch {
		// no /proc: macOS and others have ps
		const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
		return (stdout ?? "").split("\n").flatMap((line) => {
			const [, id, parent, name] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
			return id && parent && name ? [{ id: Number(id), parent: Number(parent), name }] : [];
		});
	}
}

function readProcess(id: number): Process | null {
	try {
		// the name stands in brackets and may hold any character; what follows the last bracket is state and parent
		const stat = readFileSync(`/proc/${id}/stat`, "utf8");
		const close = stat.lastIndexOf(")");
		const [, parent] = stat.slice(close + 2).split(" ");
		return { id, parent: Number(parent), name: stat.slice(stat.indexOf("(") + 1, close) };
	} catch {
		return null; // it ended meanwhile
	}
}

/** Ends `runtime` when this process ends in any way. `stop` gives that up, for a process that ends the runtime itself. */
export function endWithHost(runtime: number): { stop(): void } {
	if (process.platform === "win32") return { stop: () => undefined };
	const watcher = spawn("/bin/sh", ["-c", 'cat >/dev/null; kill -9 "$1" 2>/dev/null', "freehold", String(runtime)], {
		stdio: ["pipe", "ignore", "ignore"],
		// Ctrl+C goes to the whole group of processes, and must not take the watcher first
		detached: true,
	});
	watcher.on("error", () => undefined);
	watcher.unref();
	(watcher.stdin as Socket | null)?.unref();
	return { stop: () => void watcher.kill("SIGKILL") };
}
