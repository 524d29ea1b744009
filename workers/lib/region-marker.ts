// Every bucket carries an object that says which region it belongs to. A Worker bound to the other region's bucket stops here.
import type { Region } from "#schema/region.ts";
import type { Holding } from "#schema/register/holding.ts";

export const regionMarkerKey = "_freehold/region";

export const regionMarkerHolding: Holding = {
	holds: "Which region the bucket belongs to",
	whose: "operator",
	dataClass: "state",
	exported: "no",
	erasedWith: "never",
	kept: "for good",
};

interface Bucket {
	get(key: string): Promise<{ text(): Promise<string> } | null>;
}

const checked = new WeakMap<object, Region>();

/** True when the bucket's marker names this region. A success is remembered for the life of the isolate: markers never change. */
export async function bucketIsInRegion(bucket: Bucket, region: Region): Promise<boolean> {
	if (checked.get(bucket) === region) return true;
	const marker = await bucket.get(regionMarkerKey);
	if ((await marker?.text()) !== region) return false;
	checked.set(bucket, region);
	return true;
}
