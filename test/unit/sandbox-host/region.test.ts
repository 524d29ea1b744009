// A Worker that is bound to the other region's store, or configured so that nobody can say where data would be, serves nothing.
import { afterEach, describe, expect, test } from "vitest";
import { makeId, makeLabel } from "#schema/ids.ts";
import { type HostEnv, readConfig, runtimeOf } from "../../../sandbox-host/env.ts";
import { type AppHost, startAppHost } from "../../support/app-host.ts";

let host: AppHost | undefined;
afterEach(() => host?.stop());

const everything = async (on: AppHost) => {
	const label = makeLabel();
	const name = `${label}.us-east.apps.localhost`;
	const config = { owner: makeId("owner"), appId: makeId("app"), kind: "live" };
	return {
		provision: await on.rpc("DEPLOY", "provision", label, config),
		audience: await on.rpc("ACCESS", "setAudience", label, "public"),
		page: (await on.request(name, "/")).status,
		health: (await on.request(name, "/healthz")).status,
		data: (await on.ask(label, "/_freehold/api/data", "", { op: "storageAll" })).status,
	};
};
const refused = { ok: false, reason: "region_mismatch" };

describe("a store of another region", () => {
	for (const marker of ["eu-west", null]) {
		test(`is not served (marker ${marker})`, async () => {
			host = await startAppHost({ marker });
			expect(await everything(host)).toEqual({
				provision: refused,
				audience: refused,
				page: 503,
				health: 503,
				data: 503,
			});
		});
	}
	test("is noticed when the Worker's own region is wrong", async () => {
		host = await startAppHost({ vars: { REGION: "mars" } });
		expect(await everything(host)).toMatchObject({ provision: refused, page: 503, health: 503 });
	});
});

describe("jurisdictions", () => {
	const asked: string[] = [];
	const namespace = {
		jurisdiction: (name: string) => ({ ...namespace, jurisdictionName: asked.push(name) }),
		idFromName: (name: string) => name,
		get: (id: string) => id,
	};
	const env = (vars: Partial<Record<keyof HostEnv, string>>) =>
		({
			REGION: "eu-west",
			STUDIO_DOMAIN: "studio.example",
			APPS_DOMAIN: "apps.example",
			PUBLIC_URL: "https://{host}",
			JURISDICTIONS: "on",
			APP_RUNTIME: namespace,
			...vars,
		}) as unknown as HostEnv;

	test("are always used where addresses are https", () => {
		const deployed = env({});
		const config = readConfig(deployed);
		expect(config).not.toBeNull();
		if (!config) return;
		runtimeOf(deployed, config, makeLabel());
		expect(asked).toEqual(["eu"]);
		expect(readConfig(env({ JURISDICTIONS: "off" }))).toBeNull();
		expect(readConfig(env({ JURISDICTIONS: "" }))).toBeNull();
	});
	test("may be off on the local host only", () => {
		expect(readConfig(env({ JURISDICTIONS: "off", PUBLIC_URL: "http://{host}:8787" }))?.usesJurisdictions).toBe(false);
	});
	test("a PUBLIC_URL of another form is refused", () => {
		for (const PUBLIC_URL of [
			"",
			"https://example.com",
			"https://{host}/path",
			"javascript:{host}",
			"https://{host}.evil.example",
		]) {
			expect(readConfig(env({ PUBLIC_URL }))).toBeNull();
		}
	});
});
