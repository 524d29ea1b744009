// "Prompts, references and apps are stored in the region you signed up in; US-East by default, EU-West by choice"
import { beforeAll, describe, expect, it } from "vitest";
import { placeInRegion, readJurisdictions } from "#lib/jurisdictions.ts";
import { regionMarkerKey } from "#lib/region-marker.ts";
import { Region, regions } from "#schema/region.ts";
import { placements, readWorker } from "../../scripts/local-host/workers.ts";
import { makeClient, password } from "../support/client.ts";
import {
	at,
	buildApp,
	callApp,
	makeCanary,
	objectsOf,
	ownerOf,
	ownerRows,
	type Person,
	post,
	publish,
	rowsOf,
	signUp,
	succeed,
	urlOf,
} from "../support/promise-client.ts";

const other = (region: Region): Region => (region === "us-east" ? "eu-west" : "us-east");
const buckets = [
	["studio", "CONTENT"],
	["vault", "KEYS"],
	["vault", "KEYS_COPY"],
	["sandbox-host", "APPS"],
] as const;
const databases = ["DIRECTORY", "TENANTS_0", "TENANTS_1"] as const;

describe.each(Region.options)("somebody who signed up in %s", (region) => {
	const canary = makeCanary();
	let person: Person;
	let ids: { appId: string; buildId: string };
	let ownerId: string;
	let label: string;
	beforeAll(async () => {
		person = await signUp(region, `Ada ${canary}`);
		const contentBase64 = Buffer.from(`title,note\nDune,${canary}\n`).toString("base64");
		ids = await buildApp(person, `A reading list. ${canary}`, {
			references: [{ name: `${canary}.csv`, contentBase64, use: "reference", isHeaderConfirmed: true }],
		});
		await publish(person, ids.appId, "discover");
		({ ownerId } = await ownerOf(region, ids.appId));
		label = new URL(succeed(await person.call(`/api/apps/${ids.appId}`), 200).liveOrigin).hostname.split(".")[0] ?? "";
	});

	it("has everything there", async () => {
		expect((await ownerRows(region, ownerId)).length).toBeGreaterThan(5);
		const keys = await Promise.all(buckets.map(([worker, bucket]) => objectsOf(region, worker, bucket)));
		for (const [index, objects] of keys.entries()) {
			const name = buckets[index]?.[1] === "APPS" ? label : ownerId;
			expect(
				objects.some(({ key }) => key.includes(name)),
				buckets[index]?.[1],
			).toBe(true);
		}
		const origin = urlOf(`${label}.${region}.apps.localhost`);
		expect((await callApp(origin, "/")).status).toBe(200);
	});

	it("has nothing in the other region: no row, no object, no name, nothing public", async () => {
		const elsewhere = other(region);
		expect(await ownerRows(elsewhere, ownerId)).toEqual([]);
		for (const database of databases) {
			const tables = await rowsOf(
				elsewhere,
				database,
				"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'",
			);
			expect(tables.length).toBeGreaterThan(5);
			for (const [table] of tables) {
				const rows = JSON.stringify(await rowsOf(elsewhere, database, `SELECT * FROM "${table}"`));
				for (const text of [canary, ownerId, ids.appId, ids.buildId, label])
					expect(rows, String(table)).not.toContain(text);
			}
		}
		for (const [worker, bucket] of buckets) {
			for (const { key, base64 } of await objectsOf(elsewhere, worker, bucket)) {
				const text = key + Buffer.from(base64, "base64").toString("latin1");
				for (const name of [canary, ownerId, ids.appId, label]) expect(text.includes(name), key).toBe(false);
			}
		}
		expect((await callApp(urlOf(`${label}.${elsewhere}.apps.localhost`), "/")).status).toBe(404);
		const listings = async (of: Region) => (await makeClient(at(), of).call("/api/discover")).text;
		expect(await listings(region)).toContain(ids.appId);
		expect(await listings(elsewhere)).not.toContain(ids.appId);
	});

	it("is nobody in the other region, with the same address, password and session", async () => {
		const stranger = makeClient(at(), other(region));
		const answer = await post(stranger, "/api/account/sign-in", { email: person.email, password });
		expect([answer.status, answer.json.error.code]).toEqual([401, "wrong_credentials"]);
		expect((await makeClient(at(), other(region), person.cookie).call("/api/account")).status).toBe(401);
	});

	it("has stores that belong to the region and cannot be given to another", async () => {
		for (const database of databases) {
			expect(await rowsOf(region, database, "SELECT region FROM region_pin")).toEqual([[region]]);
			await expect(rowsOf(region, database, "UPDATE region_pin SET region = ?", other(region))).rejects.toThrow(
				"guard",
			);
		}
		for (const [worker, bucket] of buckets) {
			const marker = (await objectsOf(region, worker, bucket)).find(({ key }) => key === regionMarkerKey);
			expect(Buffer.from(marker?.base64 ?? "", "base64").toString(), bucket).toBe(region);
		}
	});
});

describe("the configuration", () => {
	it("names the region's jurisdiction for every store, and places Durable Objects in it wherever it is deployed", () => {
		let stores = 0;
		for (const { worker, region } of placements) {
			const { config } = readWorker(worker, region);
			const all = [...config.d1_databases, ...config.r2_buckets];
			if (!region) expect(all).toEqual([]);
			for (const { jurisdiction } of all) {
				expect(jurisdiction).toBe(region && regions[region].jurisdiction);
				stores++;
			}
		}
		expect(stores).toBe(Region.options.length * (databases.length + buckets.length));
		expect(readJurisdictions({ JURISDICTIONS: "off", PUBLIC_URL: "https://{host}" })).toBeNull();
		for (const region of Region.options) {
			const namespace = { name: "", jurisdiction: (name: string) => ({ ...namespace, name }) };
			expect(placeInRegion(namespace, region, true).name).toBe(regions[region].jurisdiction);
		}
	});

	it("has no store and no binding to a region outside the regions: nobody is listed globally", () => {
		const { config } = readWorker("front-door", null);
		expect([config.services, config.d1_databases, config.r2_buckets, config.kv_namespaces]).toEqual([[], [], [], []]);
		expect(config.durable_objects.bindings).toEqual([]);
	});
});

describe("the choice", () => {
	it("offers US-East first and EU-West beside it, and a visitor goes where he chose", async () => {
		const page = await callApp(urlOf("studio.localhost"), "/");
		const offered = [...page.text.matchAll(/href="\/go\/([a-z-]+)\/sign-up"/g)].map(([, region]) => region);
		expect([...new Set(offered)]).toEqual(["us-east", "eu-west"]);
	});
});
