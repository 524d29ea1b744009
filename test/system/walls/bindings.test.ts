// What each Worker may hold, read from the wrangler files, which are the only source of bindings. A binding that is
// not in this table is a way for one Worker to reach what it must not touch.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Unstable_Config, unstable_readConfig } from "wrangler";
import { Region, regions } from "#schema/region.ts";
import { placements, root, type WorkerName, workerFacts, workerNames } from "../../../scripts/local-host/workers.ts";

type Config = Unstable_Config;

/** Stores and credentials per Worker; `binding → Worker.Entrypoint` for the calls it may make. */
const allowed: Record<
	WorkerName,
	{ services: Record<string, string>; d1: string[]; r2: string[]; objects: string[]; mail: string[]; vars: string[] }
> = {
	"front-door": {
		services: {},
		d1: [],
		r2: [],
		objects: [],
		mail: [],
		vars: ["APPS_DOMAIN", "PUBLIC_URL", "STUDIO_DOMAIN"],
	},
	studio: {
		services: {
			KEYRING: "vault.Keyring",
			GENERATION: "ai-gateway.Generation",
			DEPLOY: "sandbox-host.Deploy",
			ACCESS: "sandbox-host.Access",
		},
		d1: ["DIRECTORY", "TENANTS_0", "TENANTS_1"],
		r2: ["CONTENT"],
		objects: ["BUILD_SESSION"],
		mail: ["MAIL"],
		vars: ["APPS_DOMAIN", "JURISDICTIONS", "MAIL_FROM", "PUBLIC_URL", "REGION", "STUDIO_DOMAIN"],
	},
	vault: { services: {}, d1: [], r2: ["KEYS", "KEYS_COPY"], objects: [], mail: [], vars: ["REGION"] },
	"ai-gateway": { services: {}, d1: [], r2: [], objects: [], mail: [], vars: ["REGION"] },
	"sandbox-host": {
		services: {},
		d1: [],
		r2: ["APPS"],
		objects: ["APP_RUNTIME"],
		mail: [],
		vars: ["APPS_DOMAIN", "JURISDICTIONS", "PUBLIC_URL", "REGION", "STUDIO_DOMAIN"],
	},
};

/** Keys of a configuration that give a Worker nothing to hold. Any other key that is set fails, known to us or not. */
const notBindings = new Set([
	"limits",
	"build",
	"compatibility_date",
	"compatibility_flags",
	"configPath",
	"definedEnvironments",
	"dev",
	"jsx_factory",
	"jsx_fragment",
	"main",
	"migrations",
	"name",
	"placement",
	"python_modules",
	"targetEnvironment",
	"topLevelName",
	"userConfigPath",
]);
const checked = new Set([
	"services",
	"d1_databases",
	"r2_buckets",
	"durable_objects",
	"send_email",
	"triggers",
	"vars",
]);

const read = (worker: WorkerName, region: Region | null): Config =>
	unstable_readConfig(
		{ config: join(root, workerFacts[worker].config), env: region ?? undefined },
		{ hideWarnings: true },
	);

/** Whether a part of a configuration declares anything: empty lists and objects are how wrangler writes "none". */
function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null || value === false) return true;
	if (typeof value !== "object") return false;
	return Object.values(value).every(isEmpty);
}

const otherBindings = (config: Config): string[] =>
	Object.entries(config)
		.filter(([key, value]) => !checked.has(key) && !notBindings.has(key) && !isEmpty(value))
		.map(([key]) => key);

it("would see a binding of another kind", () => {
	const folder = mkdtempSync(join(tmpdir(), "freehold-bindings-"));
	const file = join(folder, "wrangler.toml");
	const seen = (text: string) => {
		writeFileSync(file, `name = "x"\nmain = "x.js"\ncompatibility_date = "2026-11-01"\n${text}\n`);
		return otherBindings(unstable_readConfig({ config: file }, { hideWarnings: true }));
	};
	expect(seen("")).toEqual([]);
	expect(seen('kv_namespaces = [{ binding = "KV", id = "0" }]')).toEqual(["kv_namespaces"]);
	expect(seen('ai = { binding = "AI" }')).toEqual(["ai"]);
	expect(seen('vectorize = [{ binding = "V", index_name = "v" }]')).toEqual(["vectorize"]);
	expect(seen('worker_loaders = [{ binding = "LOADER" }]')).toEqual(["worker_loaders"]);
	rmSync(folder, { recursive: true });
});

it("knows every wrangler file of the repository", () => {
	const files = ["", "workers/", "sandbox-host/"].flatMap((folder) =>
		readdirSync(join(root, folder || "."), { recursive: folder !== "", encoding: "utf8" })
			.filter((name) => /(^|\/)wrangler\.(toml|jsonc?)$/.test(name) && !name.includes("node_modules"))
			.map((name) => folder + name),
	);
	expect(files.sort()).toEqual(
		Object.values(workerFacts)
			.map(({ config }) => config)
			.sort(),
	);
});

describe.each(placements)("$worker in $region", ({ worker, region }) => {
	const config = read(worker, region);
	const may = allowed[worker];

	it("holds exactly the stores and variables it may hold", () => {
		expect(config.d1_databases.map(({ binding }) => binding)).toEqual(may.d1);
		expect(config.r2_buckets.map(({ binding }) => binding)).toEqual(may.r2);
		expect(config.durable_objects.bindings.map(({ name }) => name)).toEqual(may.objects);
		expect(config.send_email.map(({ name }) => name)).toEqual(may.mail);
		expect(Object.keys(config.vars).sort()).toEqual(may.vars);
	});

	it("may call only the named entrypoints of its own region", () => {
		const calls = Object.fromEntries(
			(config.services ?? []).map(({ binding, service, entrypoint }) => [binding, `${service}.${entrypoint}`]),
		);
		expect(calls).toEqual(
			Object.fromEntries(
				Object.entries(may.services).map(([binding, target]) => {
					const [service, entrypoint] = target.split(".");
					return [binding, `freehold-${service}-${region}.${entrypoint}`];
				}),
			),
		);
		for (const { script_name } of config.durable_objects.bindings) expect(script_name).toBeUndefined();
	});

	// A hint for speed. Public files are served where the visitor is, and a Worker called by RPC runs beside its caller.
	it("is placed beside its region's data if it is the studio, and nowhere otherwise", () => {
		const place = { "us-east": "aws:us-east-1", "eu-west": "aws:eu-west-1" };
		expect(config.placement).toEqual(worker === "studio" && region ? { region: place[region] } : undefined);
	});

	it("runs by the clock only where keys are re-wrapped", () => {
		expect(config.triggers?.crons ?? []).toEqual(worker === "vault" ? ["*/10 * * * *"] : []);
	});

	it("has no other kind of binding: no KV, AI, Vectorize, AI Gateway, queue, analytics or loader", () => {
		expect(otherBindings(config)).toEqual([]);
	});

	it("keeps every store in the region: its jurisdiction, and a name that ends with the region", () => {
		if (!region) return;
		for (const { bucket_name, jurisdiction } of config.r2_buckets) {
			expect(bucket_name).toMatch(new RegExp(`^freehold-[a-z-]+-${region}$`));
			expect(jurisdiction).toBe(regions[region].jurisdiction);
		}
		// wrangler makes a missing database where this says; of one that is there, the region pin is what the Worker can check
		for (const { database_name, jurisdiction } of config.d1_databases) {
			expect(database_name).toMatch(new RegExp(`^freehold-[a-z0-9-]+-${region}$`));
			expect(jurisdiction).toBe(regions[region].jurisdiction);
		}
		expect(config.name).toBe(`freehold-${worker}-${region}`);
		expect(config.vars["REGION"]).toBe(region);
		const other = Region.options.find((name) => name !== region) ?? "";
		const { configPath, userConfigPath, definedEnvironments, ...own } = config;
		expect(JSON.stringify(own)).not.toContain(other);
	});

	it("is not on workers.dev or a preview address, and sends no logs, traces or events anywhere", () => {
		expect(config.workers_dev).toBe(false);
		expect(config.preview_urls).toBe(false);
		expect(config.observability?.enabled ?? false).toBe(false);
		expect(config.observability?.logs?.enabled ?? false).toBe(false);
		expect(config.logpush ?? false).toBe(false);
		expect(config.tail_consumers ?? []).toEqual([]);
	});
});

it("has no credential in any wrangler file", () => {
	for (const worker of workerNames) {
		const text = readFileSync(join(root, workerFacts[worker].config), "utf8").replace(/^\s*#.*$/gm, "");
		expect(text).not.toMatch(/api_key|secret|token|password|\bKEK\b|account_id/i);
	}
});
