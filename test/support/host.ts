// The whole local host for system and browser tests: the same nine Workers, a state folder of its own, a free port.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Region } from "#schema/region.ts";
import { type Host, type HostOptions, startHost } from "../../scripts/local-host/host.ts";
import { bundleOnce } from "./bundles.ts";
import { keepStatements, type StatementRecord } from "./recording/statements.ts";

export interface TestHost extends Host {
	/** What the studio said to its databases so far. */
	statements: StatementRecord;
	stateFolder: string;
	logs: string[];
	refusedOutbound: string[];
	/** Stops the Workers and starts them again on the same state and port. */
	restart(): Promise<void>;
}

/** Starts a host; `close` also removes its state, and throws when a statement of the studio reached what it may not. */
export async function startTestHost({
	isRecorded = true,
	onLog,
	...options
}: Partial<HostOptions> & { isRecorded?: boolean } = {}): Promise<TestHost> {
	const stateFolder = mkdtempSync(join(tmpdir(), "freehold-host-"));
	const logs: string[] = [];
	const refusedOutbound: string[] = [];
	const statements = keepStatements();
	const start = (port: number) =>
		startHost({
			stateFolder,
			port,
			onLog: (line) => {
				if (statements.take(line)) return;
				logs.push(line);
				onLog?.(line);
			},
			bundles: () => bundleOnce(isRecorded),
			onRefusedOutbound: (worker, url) => refusedOutbound.push(`${worker} ${url}`),
			...options,
		});
	let host = await start(0);
	return {
		port: host.port,
		url: (name) => host.url(name),
		outbox: host.outbox,
		get runtime() {
			return host.runtime;
		},
		operate: (command) => host.operate(command),
		stateFolder,
		logs,
		refusedOutbound,
		statements,
		async restart() {
			await host.close();
			host = await start(host.port);
		},
		async close() {
			await host.close();
			rmSync(stateFolder, { recursive: true, force: true });
			const findings = isRecorded ? statements.findings() : [];
			if (findings.length > 0) throw new Error(`statements of the studio:\n${findings.join("\n")}`);
		},
	};
}

/** The newest mail to an address, or null. */
export function lastMailTo(host: Pick<Host, "outbox">, to: string): string | null {
	const names = readdirSync(host.outbox).sort().reverse();
	for (const name of names) {
		const text = readFileSync(join(host.outbox, name), "utf8");
		if (text.toLowerCase().includes(`to: ${to.toLowerCase()}`)) return text;
	}
	return null;
}

/** Waits for a mail with a token in it and answers the token. Mail is sent after the answer to the request. */
export async function tokenMailedTo(host: Pick<Host, "outbox">, to: string, page: string): Promise<string> {
	for (let tries = 0; tries < 200; tries++) {
		const match = lastMailTo(host, to)?.match(new RegExp(`${page}#token=([A-Za-z0-9_-]+)`));
		if (match?.[1]) return match[1];
		await new Promise((resume) => setTimeout(resume, 50));
	}
	throw new Error(`no mail to ${to} with a link to ${page}`);
}

export const studioHost = (region: Region): string => `${region}.studio.localhost`;
