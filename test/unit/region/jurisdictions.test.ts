// A deployment that does not say where Durable Objects are created serves nothing; the local host is the one exception.
import { describe, expect, test } from "vitest";
import { placeInRegion, readJurisdictions } from "#lib/jurisdictions.ts";
import { Region } from "#schema/region.ts";
import type { StudioEnv } from "../../../workers/studio/env.ts";
import { regionOf } from "../../../workers/studio/tenants.ts";

const deployed = "https://{host}";
const local = "http://{host}:8787";

describe("jurisdictions", () => {
	test.each([
		["on", deployed, true],
		["on", local, true],
		["off", local, false],
		["off", deployed, null],
		["off", "", null],
		["", local, null],
		["On", deployed, null],
	])("%s at %s: %s", (JURISDICTIONS, PUBLIC_URL, expected) => {
		expect(readJurisdictions({ JURISDICTIONS, PUBLIC_URL })).toBe(expected);
	});

	test.each([
		["us-east", "us"],
		["eu-west", "eu"],
	] as const)("objects of %s are placed in %s", (region, jurisdiction) => {
		const namespace = { name: "anywhere", jurisdiction: (name: string) => ({ ...namespace, name }) };
		expect(placeInRegion(namespace, region, true).name).toBe(jurisdiction);
		expect(placeInRegion(namespace, region, false).name).toBe("anywhere");
	});

	test("the studio answers nothing where they were forgotten", () => {
		for (const REGION of Region.options) {
			const env = (JURISDICTIONS: string, PUBLIC_URL: string) =>
				({ REGION, JURISDICTIONS, PUBLIC_URL }) as unknown as StudioEnv;
			expect(regionOf(env("on", deployed))).toBe(REGION);
			expect(regionOf(env("off", local))).toBe(REGION);
			expect(() => regionOf(env("off", deployed))).toThrow("region_mismatch");
		}
	});
});
