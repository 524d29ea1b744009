// "TLS everywhere; AES-256 at rest, under your tenant's keys for prompts, references, source, history"
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { R2Bucket } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openContent } from "#db/content.ts";
import { openScope } from "#db/open.ts";
import { pageApps } from "#db/stores/apps.ts";
import { pageMessages } from "#db/stores/messages.ts";
import { pagePrompts } from "#db/stores/prompt-history.ts";
import { pageReferences } from "#db/stores/references.ts";
import { pageVersions } from "#db/stores/versions.ts";
import { SealError } from "#lib/crypto/seal-error.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { regionMarkerKey } from "#lib/region-marker.ts";
import type { AppId, OwnerId } from "#schema/ids.ts";
import { canaryOf } from "../../scripts/scan/forms.ts";
import { searchTexts } from "../../scripts/scan/state-folder.ts";
import { unpackFiles } from "../../workers/studio/files/pack.ts";
import { makeKeyring } from "../../workers/vault/keyring.ts";
import { bundleOne } from "../support/bundles.ts";
import {
	at,
	buildApp,
	databaseOf,
	makeCanary,
	objectsOf,
	ownerOf,
	type Person,
	rowsOf,
	shards,
	signUp,
	tenantTablesOf,
} from "../support/promise-client.ts";

describe("TLS", () => {
	const workers = ["front-door", "studio", "sandbox-host"] as const;
	const hosts = {
		"front-door": "studio.example",
		studio: "us-east.studio.example",
		"sandbox-host": `${"a".repeat(26)}.us-east.apps.example`,
	};
	let deployed: Miniflare;
	beforeAll(async () => {
		// as deployed: addresses of https, and jurisdictions
		const bindings = {
			REGION: "us-east",
			STUDIO_DOMAIN: "studio.example",
			APPS_DOMAIN: "apps.example",
			PUBLIC_URL: "https://{host}",
			JURISDICTIONS: "on",
		};
		deployed = new Miniflare(
			convertV4MiniflareOptions({
				workers: await Promise.all(
					workers.map(async (worker) => ({
						name: worker,
						modules: [{ type: "ESModule" as const, path: "index.js", contents: await bundleOne(worker) }],
						compatibilityDate: "2026-11-01",
						compatibilityFlags: ["nodejs_compat"],
						bindings,
						...(worker === "sandbox-host" ? { r2Buckets: { APPS: "apps" } } : {}),
						routes: [`${hosts[worker]}/*`],
					})),
				),
			}),
		);
		await (await deployed.getR2Bucket("APPS", "sandbox-host")).put(regionMarkerKey, "us-east");
	});
	afterAll(() => deployed?.dispose());
	const ask = (worker: (typeof workers)[number], scheme: string, path: string, method = "GET") =>
		deployed.dispatchFetch(`${scheme}://${hosts[worker]}${path}`, { method, redirect: "manual" });

	it.each(workers)("%s answers over it, and has browsers remember it for two years", async (worker) => {
		for (const path of ["/healthz", "/nothing-here"]) {
			const answer = await ask(worker, "https", path);
			expect(answer.headers.get("strict-transport-security"), path).toBe("max-age=63072000; includeSubDomains");
		}
		expect((await ask(worker, "https", "/healthz")).status).toBe(200);
	});

	it.each(workers)("%s without it shows nothing and takes nothing", async (worker) => {
		for (const path of ["/", "/healthz", "/api/account", "/a?b=c"]) {
			const answer = await ask(worker, "http", path);
			expect([answer.status, answer.headers.get("location"), await answer.text()]).toEqual([
				308,
				`https://${hosts[worker]}${path}`,
				"",
			]);
		}
		for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
			const answer = await ask(worker, "http", "/api/account/sign-in", method);
			expect([answer.status, answer.headers.get("location")]).toEqual([403, null]);
		}
	});
});

describe.each(["us-east", "eu-west"] as const)("what is at rest in %s", (region) => {
	const canaries = Object.fromEntries(["prompt", "file", "column", "cell"].map((name) => [name, makeCanary()]));
	let owners: OwnerId[];
	let shard: string;
	let app: { appId: AppId };
	beforeAll(async () => {
		const [ada, eve] = (await Promise.all(["Ada", "Eve"].map((name) => signUp(region, name)))) as [Person, Person];
		const contentBase64 = Buffer.from(`title,${canaries["column"]}\nDune,${canaries["cell"]}\n`).toString("base64");
		const made = await buildApp(ada, `A reading list. ${canaries["prompt"]}`, {
			references: [{ name: `${canaries["file"]}.csv`, contentBase64, use: "reference", isHeaderConfirmed: true }],
		});
		const other = await buildApp(eve, "An inventory");
		app = { appId: made.appId as AppId };
		const own = await ownerOf(region, made.appId);
		owners = [own.ownerId, (await ownerOf(region, other.appId)).ownerId] as OwnerId[];
		shard = own.shard;
	});

	const bucketOf = async (worker: string, name: string) => {
		const objects = new Map((await objectsOf(region, worker, name)).map(({ key, base64 }) => [key, base64]));
		return {
			get: async (key: string) => {
				const base64 = objects.get(key);
				if (base64 === undefined) return null;
				const bytes = new Uint8Array(Buffer.from(base64, "base64"));
				return { arrayBuffer: async () => bytes.buffer, text: async () => Buffer.from(bytes).toString() };
			},
		} as unknown as R2Bucket;
	};
	/** The key of a tenant as the region's vault opens it, and nothing else can. */
	const keyOf = async (owner: OwnerId) => {
		const kek = readFileSync(join(at().stateFolder, `kek-${region}`), "utf8");
		const [keys, copy] = [await bucketOf("vault", "KEYS"), await bucketOf("vault", "KEYS_COPY")];
		const opened = await makeKeyring({ region, kek, keys, copy }).open(owner);
		if (!opened.ok) throw new Error(opened.reason);
		return opened.value;
	};
	/** Everything of Ada's, read from the stores as they are, with a sealer made of this key. */
	const readWith = async (owner: OwnerId) => {
		const [ada] = owners as [OwnerId];
		const { keyId, key } = await keyOf(owner);
		// AES-256: nothing else takes 32 bytes
		expect(key).toHaveLength(32);
		const sealer = await makeSealer(region, ada, keyId, new Secret(key));
		const scope = openScope({ db: databaseOf(region, shard), ownerId: ada, mayWrite: false, sealer, now: Date.now });
		const content = openContent({
			bucket: await bucketOf("studio", "CONTENT"),
			ownerId: ada,
			appId: app.appId as AppId,
			sealer,
		});
		const prompts = await pagePrompts(scope);
		const versions = (await pageVersions(scope, app.appId)).items;
		const pack = await content.get("pack", versions[0]?.packKey.split("/").at(-1) ?? "");
		const source = pack && [...unpackFiles(pack).values()].map(({ content }) => content);
		return JSON.stringify([
			await pageApps(scope),
			await pageMessages(scope, app.appId),
			prompts,
			await pageReferences(scope, app.appId),
			versions,
			source,
		]);
	};

	it("opens under the tenant's own key", async () => {
		const [ada] = owners as [OwnerId];
		const opened = await readWith(ada);
		for (const name of ["prompt", "file", "column"]) expect(opened, name).toContain(canaries[name]);
		expect(opened).toContain("export default function App");
	});

	it("does not open under another tenant's", async () => {
		const [, eve] = owners as [OwnerId, OwnerId];
		await expect(readWith(eve)).rejects.toThrow(SealError);
	});

	it("is in no row and no object in the clear: prompts, references, source, history", async () => {
		const places: [string, string | Uint8Array][] = [];
		for (const name of shards) {
			for (const table of await tenantTablesOf(region, name))
				places.push([table, JSON.stringify(await rowsOf(region, name, `SELECT * FROM ${table}`))]);
		}
		for (const { key, base64 } of await objectsOf(region, "studio", "CONTENT"))
			places.push([key, Buffer.from(base64, "base64")]);
		expect(places.length).toBeGreaterThan(12);
		const searched = Object.entries(canaries).map(([name, text]) => canaryOf(name, text));
		expect(searchTexts(places, searched).hits).toEqual([]);
		// the search would find one
		expect(searchTexts([["x", `… ${canaries["cell"]} …`]], searched).hits).toHaveLength(1);
	});
});
