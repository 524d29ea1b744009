// Starting: what is in the way is said in one line that names the remedy, and resetting forgets what it says it forgets.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { startHost } from "../../scripts/local-host/host.ts";
import { openState } from "../../scripts/local-host/state.ts";

const made: string[] = [];
const folder = () => {
	const path = mkdtempSync(join(tmpdir(), "freehold-start-"));
	made.push(path);
	return path;
};
afterEach(() => {
	for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

async function refusal(stateFolder: string, port: number): Promise<string> {
	try {
		await (await startHost({ stateFolder, port })).close();
	} catch (error) {
		return error instanceof Error ? `${error.name}: ${error.message}` : "";
	}
	return "it started";
}

it("says that the port is taken, and how to choose another", async () => {
	const server: Server = await new Promise((ready) => {
		const one = createServer().listen(0, "127.0.0.1", () => ready(one));
	});
	const { port } = server.address() as AddressInfo;
	expect(await refusal(folder(), port)).toBe(
		`StartError: Port ${port} is taken. Stop what uses it, or choose another: PORT=8790 npm start`,
	);
	await new Promise((closed) => server.close(closed));
});

it("says that the state folder cannot be written", async () => {
	const file = join(folder(), "a-file");
	writeFileSync(file, "");
	expect(await refusal(join(file, "state"), 0)).toMatch(
		/^StartError: Cannot write to the state folder .* Make it writable, or set FREEHOLD_STATE/,
	);
});

it("says that another process runs on the state", async () => {
	const path = folder();
	openState(path);
	// process 1 is always there
	writeFileSync(join(path, "lock"), "1");
	expect(await refusal(path, 0)).toMatch(/^StartError: Freehold is already running on the state .* Stop it first/);
});

it("says that the state is of another release", async () => {
	const path = folder();
	writeFileSync(join(path, "format"), "99\n");
	expect(await refusal(path, 0)).toMatch(/^StartError: The state in .* was written by another release/);
});

it("resets a state of ours, and never a folder that is not", () => {
	const reset = (path: string) =>
		spawnSync(process.execPath, ["scripts/reset.ts"], {
			encoding: "utf8",
			env: { ...process.env, FREEHOLD_STATE: path },
		});
	const ours = folder();
	openState(ours).release();
	expect(reset(ours).stdout).toContain("Forgot the state");
	expect(existsSync(ours)).toBe(false);
	const other = folder();
	mkdirSync(join(other, "documents"));
	expect(reset(other).stdout).toContain("There is no Freehold state");
	expect(existsSync(join(other, "documents"))).toBe(true);
});
