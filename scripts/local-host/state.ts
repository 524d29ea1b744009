// The state folder: what survives a restart, who is using it, and the regions' key-encryption keys.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Region } from "#schema/region.ts";
import { isRuntime } from "./end-with-host.ts";

/** A start that cannot go on. The message is one line and names the remedy. */
export class StartError extends Error {
	override readonly name = "StartError";
}

export interface State {
	folder: string;
	outbox: string;
	/** 32 bytes in base64, made at the first start. During a rotation the new one. */
	kek(region: Region): string;
	/** The one before, while keys may still be wrapped under it. */
	previousKek(region: Region): string | undefined;
	/** Makes a new KEK, which counts from the next start. False when there is one already. */
	planRotation(region: Region): boolean;
	/** Every key is wrapped under the new KEK: the one before is forgotten. */
	endRotation(region: Region): void;
	/** Notes the runtime's process beside ours, for a start after this process was killed. */
	noteRuntime(id: number): void;
	release(): void;
}

const format = 1;

/** Opens (or makes) the state folder and locks it for this process. Throws StartError. */
export function openState(folder: string): State {
	const outbox = join(folder, "outbox");
	try {
		mkdirSync(outbox, { recursive: true, mode: 0o700 });
		writeFileSync(join(folder, ".writable"), "");
		rmSync(join(folder, ".writable"));
	} catch {
		throw new StartError(
			`Cannot write to the state folder ${folder}. Make it writable, or set FREEHOLD_STATE to another folder.`,
		);
	}
	if (!makePrivate(folder)) {
		throw new StartError(
			`Other users of this machine can read the state folder ${folder}. Run: chmod 700 "${folder}", or set FREEHOLD_STATE to another folder.`,
		);
	}
	const formatFile = join(folder, "format");
	if (!existsSync(formatFile)) writeFileSync(formatFile, `${format}\n`);
	if (readFileSync(formatFile, "utf8").trim() !== String(format)) {
		throw new StartError(
			`The state in ${folder} was written by another release. Start that release, or set FREEHOLD_STATE to a new folder.`,
		);
	}
	const lock = join(folder, "lock");
	const [holder = 0, runtime = 0] = existsSync(lock) ? readFileSync(lock, "utf8").split(" ").map(Number) : [];
	if (holder && holder !== process.pid && isRunning(holder)) {
		throw new StartError(
			`Freehold is already running on the state in ${folder} (process ${holder}). Stop it first, or set FREEHOLD_STATE.`,
		);
	}
	// A runtime that outlived its host still has the stores open, and two on the same files would contradict each other.
	if (runtime && isRuntime(runtime)) process.kill(runtime, "SIGKILL");
	writeFileSync(lock, String(process.pid));
	const kekFile = (region: Region) => join(folder, `kek-${region}`);
	const nextFile = (region: Region) => `${kekFile(region)}.next`;
	const makeKek = (file: string) =>
		writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
	const readKek = (file: string) => readFileSync(file, "utf8").trim();
	// read once: the Workers keep what they were started with
	const rotating = new Set(Region.options.filter((region) => existsSync(nextFile(region))));
	return {
		folder,
		outbox,
		kek(region) {
			if (rotating.has(region)) return readKek(nextFile(region));
			if (!existsSync(kekFile(region))) makeKek(kekFile(region));
			return readKek(kekFile(region));
		},
		previousKek: (region) => (rotating.has(region) ? readKek(kekFile(region)) : undefined),
		planRotation(region) {
			if (existsSync(nextFile(region))) return false;
			makeKek(nextFile(region));
			return true;
		},
		endRotation(region) {
			if (!rotating.delete(region)) return;
			renameSync(nextFile(region), kekFile(region));
		},
		noteRuntime: (id) => writeFileSync(lock, `${process.pid} ${id}`),
		release() {
			if (existsSync(lock) && Number.parseInt(readFileSync(lock, "utf8"), 10) === process.pid) rmSync(lock);
		},
	};
}

/** The folder holds keys and data of everybody here: only its owner may look in. A folder made before may be open to others. */
function makePrivate(folder: string): boolean {
	if (process.platform === "win32") return true;
	try {
		if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
		return (statSync(folder).mode & 0o077) === 0;
	} catch {
		return false;
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
