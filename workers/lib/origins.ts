// Where things are, from configuration: the apex, a region's studio, and the origin of an app.
import type { Region } from "#schema/region.ts";

interface OriginVars {
	STUDIO_DOMAIN: string;
	APPS_DOMAIN: string;
	/** For example `https://{host}`, or `http://{host}:8787` on the local host. */
	PUBLIC_URL: string;
}

const fill = (vars: OriginVars, host: string): string => vars.PUBLIC_URL.replace("{host}", host);

/** Origins without a trailing slash. */
export const apexOrigin = (vars: OriginVars): string => fill(vars, vars.STUDIO_DOMAIN);
export const studioOrigin = (vars: OriginVars, region: Region): string => fill(vars, `${region}.${vars.STUDIO_DOMAIN}`);
export const appOrigin = (vars: OriginVars, region: Region, label: string): string =>
	fill(vars, `${label}.${region}.${vars.APPS_DOMAIN}`);
