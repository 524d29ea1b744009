// The region a database belongs to, written into it once. A Worker compares it with its own before it reads anything else, so
// that two stores swapped between regions stop it.
import type { D1Database } from "@cloudflare/workers-types";
import type { Region } from "#schema/region.ts";
import { withDbErrors } from "./errors.ts";

/** Pins a new database. Idempotent for the same region; false when it belongs to the other. */
export async function pinRegion(db: D1Database, region: Region): Promise<boolean> {
	return withDbErrors(async () => {
		await db
			.prepare("INSERT INTO region_pin (k, region) SELECT 1, ? WHERE NOT EXISTS (SELECT 1 FROM region_pin)")
			.bind(region)
			.run();
		return checkRegionPin(db, region);
	});
}

/** False for a database of the other region and for one that was never pinned. */
export async function checkRegionPin(db: D1Database, region: Region): Promise<boolean> {
	return withDbErrors(async () => {
		const row = await db.prepare("SELECT region FROM region_pin WHERE k = 1").first<{ region: string }>();
		return row?.region === region;
	});
}
