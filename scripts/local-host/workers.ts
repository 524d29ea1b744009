// The nine Workers: one front door, and four per region. Their wrangler files are the only source of bindings.
import { join } from "node:path";
import { build } from "esbuild";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import { Region } from "#schema/region.ts";

export const root = join(import.meta.dirname, "../..");

export const workerConfigs = {
	"front-door": "workers/front-door/wrangler.toml",
	studio: "wrangler.toml",
	vault: "workers/vault/wrangler.toml",
	"ai-gateway": "workers/ai-gateway/wrangler.toml",
	"sandbox-host": "sandbox-host/wrangler.toml",
} as const;

export type WorkerName = keyof typeof workerConfigs;
export const workerNames = Object.keys(workerConfigs) as WorkerName[];

/** Where each Worker runs: the front door once, the others once per region. */
export const placements: readonly { worker: WorkerName; region: Region | null }[] = workerNames.flatMap(
	(worker): { worker: WorkerName; region: Region | null }[] =>
		worker === "front-door" ? [{ worker, region: null }] : Region.options.map((region) => ({ worker, region })),
);

/** What the wrangler file says of one Worker in one region: bindings, and the entry point to bundle. */
export function readWorker(worker: WorkerName, region: Region | null) {
	const path = join(root, workerConfigs[worker]);
	const env = region ?? undefined;
	const { workerOptions, main } = unstable_getMiniflareWorkerOptions(path, env);
	const config = unstable_readConfig({ config: path, env });
	if (!config.name || !main) throw new Error(`${workerConfigs[worker]} names no Worker or no entry point`);
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
