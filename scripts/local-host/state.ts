// The state folder: what survives a restart, who is using it, and the regions' key-encryption keys.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Region } from "#schema/region.ts";

/** A start that cannot go on. The message is one line and names the remedy. */
export class StartError extends Error {
	override readonly name = "StartError";
}

export interface State {
	folder: string;
	outbox: string;
	/** 32 bytes in base64, made at the first start. */
	kek(region: Region): string;
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
	const formatFile = join(folder, "format");
	if (!existsSync(formatFile)) writeFileSync(formatFile, `${format}\n`);
	if (readFileSync(formatFile, "utf8").trim() !== String(format)) {
		throw new StartError(
			`The state in ${folder} was written by another release. Start that release, or set FREEHOLD_STATE to a new folder.`,
		);
	}
	const lock = join(folder, "lock");
	const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
	if (holder && holder !== process.pid && isRunning(holder)) {
		throw new StartError(
			`Freehold is already running on the state in ${folder} (process ${holder}). Stop it first, or set FREEHOLD_STATE.`,
		);
	}
	writeFileSync(lock, String(process.pid));
	return {
		folder,
		outbox,
		kek(region) {
			const file = join(folder, `kek-${region}`);
			if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
			return readFileSync(file, "utf8").trim();
		},
		release() {
			if (existsSync(lock) && Number(readFileSync(lock, "utf8")) === process.pid) rmSync(lock);
		},
	};
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
