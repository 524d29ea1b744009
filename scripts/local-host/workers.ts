// The nine Workers: one front door, and four per region. Their wrangler files are the only source of bindings.
import { join } from "node:path";
import { build } from "esbuild";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import { Region } from "#schema/region.ts";

export const root = join(import.meta.dirname, "../..");

interface WorkerFacts {
	/** Its wrangler file. */
	config: string;
	/** Where its code and its tsconfig.json are. */
	folder: string;
	/** Once per region, or once for all. */
	isRegional: boolean;
	/** It may send requests out of the installation. Of any other the local host refuses each. */
	mayCallOut: boolean;
	/** Host patterns it answers at, on the two domains of an installation; none: it is called by other Workers only. */
	hosts(region: Region | null, domains: { studio: string; apps: string }): string[];
}

/** In the order of deployment, callees first: a Worker is never deployed before one that it calls (docs/operating.md, step 8). */
export const workerFacts = {
	vault: {
		config: "workers/vault/wrangler.toml",
		folder: "workers/vault",
		isRegional: true,
		mayCallOut: true,
		hosts: () => [],
	},
	"ai-gateway": {
		config: "workers/ai-gateway/wrangler.toml",
		folder: "workers/ai-gateway",
		isRegional: true,
		mayCallOut: true,
		hosts: () => [],
	},
	"sandbox-host": {
		config: "sandbox-host/wrangler.toml",
		folder: "sandbox-host",
		isRegional: true,
		mayCallOut: false,
		hosts: (region, { apps }) => [`*.${region}.${apps}`],
	},
	studio: {
		config: "wrangler.toml",
		folder: "workers/studio",
		isRegional: true,
		mayCallOut: false,
		hosts: (region, { studio }) => [`${region}.${studio}`],
	},
	"front-door": {
		config: "workers/front-door/wrangler.toml",
		folder: "workers/front-door",
		isRegional: false,
		mayCallOut: false,
		hosts: (_region, { studio }) => [studio],
	},
} as const satisfies Record<string, WorkerFacts>;

export type WorkerName = keyof typeof workerFacts;
export const workerNames = Object.keys(workerFacts) as WorkerName[];

/** Where each Worker runs. */
export const placements: readonly { worker: WorkerName; region: Region | null }[] = workerNames.flatMap(
	(worker): { worker: WorkerName; region: Region | null }[] =>
		workerFacts[worker].isRegional ? Region.options.map((region) => ({ worker, region })) : [{ worker, region: null }],
);

/** Any one place of a Worker: its code is the same in each. */
export const anyRegionOf = (worker: WorkerName): Region | null => (workerFacts[worker].isRegional ? "us-east" : null);

/** What the wrangler file says of one Worker in one region: bindings, and the entry point to bundle. */
export function readWorker(worker: WorkerName, region: Region | null) {
	const path = join(root, workerFacts[worker].config);
	const env = region ?? undefined;
	const { workerOptions, main } = unstable_getMiniflareWorkerOptions(path, env);
	const config = unstable_readConfig({ config: path, env });
	if (!config.name || !main) throw new Error(`${workerFacts[worker].config} names no Worker or no entry point`);
	// only `vars` of the file: wrangler would add every line of a .dev.vars beside it, provider keys included
	return { name: config.name, main, options: { ...workerOptions, bindings: config.vars }, config };
}

/** Bundles a Worker as wrangler does: ES modules, workerd's conditions, `node:` and `cloudflare:` left to the runtime. `entry` is
 * a module that stands in front of the Worker's own. */
export async function bundleWorker(main: string, entry?: string): Promise<string> {
	const result = await build({
		...(entry === undefined ? { entryPoints: [main] } : { stdin: { contents: entry, resolveDir: root } }),
		bundle: true,
		write: false,
		format: "esm",
		target: "es2024",
		platform: "browser",
		conditions: ["workerd", "worker", "browser"],
		mainFields: ["module", "main"],
		external: ["cloudflare:*", "node:*"],
		define: { "process.env.NODE_ENV": '"production"' },
		jsx: "automatic",
		jsxImportSource: "hono/jsx",
		absWorkingDir: root,
		logLevel: "silent",
		plugins: [
			{
				name: "node-builtins",
				setup(context) {
					const bare =
						/^(assert|async_hooks|buffer|crypto|events|fs|fs\/promises|http|https|net|os|path|process|stream|string_decoder|tls|url|util|zlib)$/;
					context.onResolve({ filter: bare }, ({ path }) => ({ path: `node:${path}`, external: true }));
				},
			},
		],
	});
	const [file] = result.outputFiles;
	if (!file) throw new Error(`${main} produced no bundle`);
	return file.text;
}
