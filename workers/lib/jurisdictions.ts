// In which jurisdiction Durable Objects are created. Configuration decides, never a caught error: the local runtime has no
// jurisdictions and throws where one is asked for. https://developers.cloudflare.com/durable-objects/reference/data-location/
import { type Region, regions } from "#schema/region.ts";

export interface JurisdictionEnv {
	JURISDICTIONS: string;
	PUBLIC_URL: string;
}

/**
 * Whether jurisdictions are used; null when the setting cannot be right. "off" is for the local host: with https addresses it is
 * refused, so that a deployment cannot forget where data must stay.
 */
export function readJurisdictions({ JURISDICTIONS, PUBLIC_URL }: JurisdictionEnv): boolean | null {
	if (JURISDICTIONS === "on") return true;
	return JURISDICTIONS === "off" && PUBLIC_URL.startsWith("http://") ? false : null;
}

/** The namespace whose objects stay in the region's jurisdiction. */
export function placeInRegion<N extends { jurisdiction(name: "eu" | "us"): N }>(
	namespace: N,
	region: Region,
	usesJurisdictions: boolean,
): N {
	return usesJurisdictions ? namespace.jurisdiction(regions[region].jurisdiction) : namespace;
}
