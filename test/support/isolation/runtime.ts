// Starts the Worker of the oracles in workerd, bundled from the product as it is, or with one line of it changed: a mutant.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { declaredSchema } from "#db/migrations/schema.ts";
import { splitStatements } from "#db/migrations/split.ts";
import { type Mutation, mutate } from "../mutation.ts";
import type { Job, JobAnswer } from "./steps.ts";

export interface OracleWorker {
	run(job: Job): Promise<JobAnswer>;
	/** Results of one of the Worker's own probes. */
	ask<T>(path: "/scope" | "/sealer"): Promise<T>;
}

const root = fileURLToPath(new URL("../../../", import.meta.url).href);
const databases = ["FULL", "OWN", "PRODUCT"] as const;

/** Starts one Worker, with databases of its own, for each entry: the product itself is `null`. */
export async function startOracles(
	mutations: readonly (Mutation | null)[],
): Promise<{ workers: OracleWorker[]; dispose(): Promise<void> }> {
	const scripts = await Promise.all(mutations.map((mutation) => bundle(mutation)));
	const runtime = new Miniflare(
		convertV4MiniflareOptions({
			workers: scripts.map((script, index) => ({
				name: `oracle-${index}`,
				modules: true,
				script,
				compatibilityDate: "2026-11-01",
				d1Databases: Object.fromEntries(databases.map((name) => [name, `${name.toLowerCase()}-${index}`])),
			})),
		}),
	);
	const workers = await Promise.all(
		scripts.map(async (_script, index) => {
			const name = `oracle-${index}`;
			const worker = await runtime.getWorker(name);
			const call = async (path: string, body?: unknown) => {
				const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
				const answer = await worker.fetch(`http://oracle${path}`, init);
				if (!answer.ok) throw new Error(`the oracle's Worker answered ${answer.status}: ${await answer.text()}`);
				return answer.json();
			};
			const schema = (await call("/schema")) as string[];
			for (const database of databases) {
				const setup = database === "PRODUCT" ? splitStatements(declaredSchema("tenants")) : schema;
				await call("/job", { database, setup, steps: [], isDumped: false } satisfies Job);
			}
			return {
				run: async (job: Job) => (await call("/job", job)) as JobAnswer,
				ask: async <T>(path: string) => (await call(path)) as T,
			};
		}),
	);
	return { workers, dispose: () => runtime.dispose() };
}

async function bundle(mutation: Mutation | null): Promise<string> {
	const result = await build({
		entryPoints: [fileURLToPath(new URL("worker.ts", import.meta.url).href)],
		bundle: true,
		format: "esm",
		write: false,
		logLevel: "silent",
		plugins: mutation
			? [
					{
						name: "mutation",
						setup(builder) {
							builder.onLoad({ filter: new RegExp(`${mutation.file.replaceAll(".", "\\.")}$`) }, ({ path }) => ({
								contents: mutate(readFileSync(path, "utf8"), mutation),
								loader: "ts",
							}));
						},
					},
				]
			: [],
	});
	if (mutation) mutate(readFileSync(`${root}${mutation.file}`, "utf8"), mutation);
	return result.outputFiles[0]?.text ?? "";
}
