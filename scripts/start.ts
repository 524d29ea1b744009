// `npm start`: Freehold on this machine, both regions, no account and no key.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { startHost } from "./local-host/host.ts";
import { StartError } from "./local-host/state.ts";
import { root } from "./local-host/workers.ts";

const providerVariables = /^(ANTHROPIC|OPENAI)_[A-Z_]+$/;

/** Provider settings from .dev.vars, overridden by the environment. */
function readProviders(): Record<string, string> {
	const file = join(root, ".dev.vars");
	const both = { ...(existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {}), ...process.env };
	return Object.fromEntries(
		Object.entries(both).filter(
			(entry): entry is [string, string] => providerVariables.test(entry[0]) && Boolean(entry[1]),
		),
	);
}

function readPort(): number {
	const port = Number(process.env["PORT"] ?? 8787);
	if (!Number.isInteger(port) || port < 1 || port > 65535)
		throw new StartError("PORT must be a number from 1 to 65535, for example PORT=8790 npm start");
	return port;
}

try {
	const began = performance.now();
	const stateFolder = resolve(root, process.env["FREEHOLD_STATE"] ?? ".freehold");
	const providers = readProviders();
	const host = await startHost({
		stateFolder,
		port: readPort(),
		providers,
		...(process.env["FREEHOLD_LOGS"] ? { onLog: (line: string) => process.stderr.write(`${line}\n`) } : {}),
	});
	const models = ["ANTHROPIC_API_KEY", "OPENAI_API_KEY"].filter((key) => providers[key]);
	process.stdout.write(`
  Freehold is ready (${((performance.now() - began) / 1000).toFixed(1)} s)

    Open      ${host.url("studio.localhost")}
    Mail      ${host.url("studio.localhost")}/dev/outbox
    State     ${stateFolder}  (it holds the keys beside the data: guard it like the data)
    Models    ${models.length ? models.map((key) => key.replace("_API_KEY", "").toLowerCase()).join(", ") : "none configured; the composer builds without one"}

  Stop with Ctrl+C. Forget everything with npm run reset.
`);
	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		process.once(signal, async () => {
			await host.close();
			process.exit(0);
		});
	}
} catch (error) {
	process.stderr.write(
		`\n  ${error instanceof StartError ? error.message : `Freehold could not start: ${error instanceof Error ? error.message : "unknown error"}`}\n\n`,
	);
	process.exit(1);
}
