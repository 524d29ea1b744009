// Every bucket carries an object that says which region it belongs to. A Worker bound to the other region's bucket stops here.
import type { R2Bucket } from "@cloudflare/workers-types";
import type { Region } from "#schema/region.ts";

export const regionMarkerKey = "_freehold/region";

const checked = new WeakMap<object, Region>();

/** True when the bucket's marker names this region. A success is remembered for the life of the isolate: markers never change. */
export async function bucketIsInRegion(bucket: Pick<R2Bucket, "get">, region: Region): Promise<boolean> {
	if (checked.get(bucket) === region) return true;
	const marker = await bucket.get(regionMarkerKey);
	if ((await marker?.text()) !== region) return false;
	checked.set(bucket, region);
	return true;
}
