// The Workers of one region on fresh stores that say which region they belong to, with stores exchanged where a test asks for
// it: what a deployment with a wrong line in a wrangler file would be. Nothing checks at the start here; the Workers must.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare, Response, type V4WorkerOptions } from "miniflare";
import { applyMigrations } from "#db/migrations/apply.ts";
import { pinRegion } from "#db/region-pin.ts";
import { regionMarkerKey } from "#lib/region-marker.ts";
import type { Region } from "#schema/region.ts";
import { Mail, outboxWorker, writeMail } from "../../../scripts/local-host/outbox.ts";
import { readWorker } from "../../../scripts/local-host/workers.ts";
import { bundleOne } from "../../support/bundles.ts";

const workers = ["studio", "vault", "ai-gateway", "sandbox-host"] as const;
const bundles = new Map<string, string>();

export interface RegionWorkers {
	/** A request of a page of the studio, or of an app's origin when `host` names one. */
	ask(path: string, options?: { host?: string; method?: string; body?: unknown; cookie?: string }): Promise<Response>;
	mails(): string[];
	close(): Promise<void>;
}

interface Options {
	region: Region;
	/** Bindings whose store belongs to the other region. */
	foreign?: readonly string[];
	/** Bindings whose database has its pin and no other table: whoever reads anything else gets an error. */
	bare?: readonly string[];
}

export async function startRegionWorkers({ region, foreign = [], bare = [] }: Options): Promise<RegionWorkers> {
	const other: Region = region === "us-east" ? "eu-west" : "us-east";
	const outbox = mkdtempSync(join(tmpdir(), "freehold-outbox-"));
	const described = await Promise.all(
		workers.map(async (worker) => {
			const { name, options, config } = readWorker(worker, region);
			const source = bundles.get(worker) ?? (await bundleOne(worker));
			bundles.set(worker, source);
			const { email, serviceBindings, ...rest } = options as typeof options & {
				email?: unknown;
				serviceBindings?: Record<string, unknown>;
			};
			const bindings = {
				...options.bindings,
				...(worker === "vault" ? { KEK: Buffer.alloc(32, 7).toString("base64") } : {}),
			};
			const mail = email ? { MAIL: { name: "outbox", entrypoint: "Mail" } } : {};
			const described = {
				...rest,
				name,
				modules: [{ type: "ESModule", path: "index.js", contents: source }],
				bindings,
				serviceBindings: { ...serviceBindings, ...mail },
				routes:
					worker === "studio"
						? [`${region}.studio.localhost/*`]
						: worker === "sandbox-host"
							? ["*.apps.localhost/*"]
							: [],
			} as unknown as V4WorkerOptions;
			return { described, name, config };
		}),
	);
	const runtime = new Miniflare(
		convertV4MiniflareOptions({
			cf: false,
			telemetry: { enabled: false },
			workers: [
				...described.map((worker) => worker.described),
				{
					name: "outbox",
					compatibilityDate: "2026-11-01",
					modules: [{ type: "ESModule", path: "index.js", contents: outboxWorker }],
					serviceBindings: {
						FILES: async (request: { json(): Promise<unknown> }) =>
							new Response(writeMail(outbox, Mail.parse(await request.json()), new Date())),
					},
				} as V4WorkerOptions,
			],
		}),
	);
	await runtime.ready;
	for (const { name, config } of described) {
		for (const { binding, migrations_dir } of config.d1_databases) {
			const db = await runtime.getD1Database(binding, name);
			if (bare.includes(binding)) await db.exec("CREATE TABLE region_pin(k INTEGER PRIMARY KEY, region TEXT NOT NULL)");
			else await applyMigrations(db as never, migrations_dir?.endsWith("directory") ? "directory" : "tenants");
			await pinRegion(db as never, foreign.includes(binding) ? other : region);
		}
		for (const { binding } of config.r2_buckets) {
			const bucket = await runtime.getR2Bucket(binding, name);
			await bucket.put(regionMarkerKey, foreign.includes(binding) ? other : region);
		}
	}
	return {
		async ask(path, { host = `${region}.studio.localhost`, method = "GET", body, cookie } = {}) {
			const origin = `http://${host}:8787`;
			return runtime.dispatchFetch(origin + path, {
				method,
				redirect: "manual",
				headers: {
					...(method === "GET"
						? {}
						: { Origin: origin, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json" }),
					...(cookie ? { Cookie: cookie } : {}),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
		},
		mails: () => readdirSync(outbox).map((file) => readFileSync(join(outbox, file), "utf8")),
		async close() {
			await runtime.dispose();
			rmSync(outbox, { recursive: true });
		},
	};
}
