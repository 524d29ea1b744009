// The bindings and variables of this Worker, and the checked configuration made of them.
import { placeInRegion, readJurisdictions } from "#lib/jurisdictions.ts";
import { appOrigin, studioOrigin } from "#lib/origins.ts";
import { Region } from "#schema/region.ts";
import type { AppRuntime } from "./app-runtime.ts";

export interface HostEnv {
	APPS: R2Bucket;
	APP_RUNTIME: DurableObjectNamespace<AppRuntime>;
	REGION: string;
	STUDIO_DOMAIN: string;
	APPS_DOMAIN: string;
	PUBLIC_URL: string;
	JURISDICTIONS: string;
}

export interface HostConfig {
	region: Region;
	/** The only origin that may frame an app of this region and talk to it. */
	studioOrigin: string;
	/** What follows the label in a host name, for example `.us-east.apps.localhost`. */
	hostSuffix: string;
	originOf(label: string): string;
	/** Domains above an app's host that a page of it could set cookies for. */
	cookieDomains: readonly string[];
	usesJurisdictions: boolean;
}

const remembered = new WeakMap<object, HostConfig | null>();

/** The configuration, or null when it is not usable. */
export function readConfig(env: HostEnv): HostConfig | null {
	const known = remembered.get(env);
	if (known !== undefined) return known;
	const config = checkConfig(env);
	remembered.set(env, config);
	return config;
}

function checkConfig(env: HostEnv): HostConfig | null {
	const region = Region.safeParse(env.REGION);
	if (
		!region.success ||
		!env.STUDIO_DOMAIN ||
		!env.APPS_DOMAIN ||
		!/^https?:\/\/\{host\}(:\d+)?$/.test(env.PUBLIC_URL)
	) {
		return null;
	}
	const usesJurisdictions = readJurisdictions(env);
	if (usesJurisdictions === null) return null;
	return {
		region: region.data,
		studioOrigin: studioOrigin(env, region.data),
		hostSuffix: `.${region.data}.${env.APPS_DOMAIN}`,
		originOf: (label) => appOrigin(env, region.data, label),
		cookieDomains: [`${region.data}.${env.APPS_DOMAIN}`, env.APPS_DOMAIN],
		usesJurisdictions,
	};
}

/** The object that holds an app's sessions and data, created in the region's jurisdiction where there are jurisdictions. */
export function runtimeOf(env: HostEnv, config: HostConfig, label: string): DurableObjectStub<AppRuntime> {
	const namespace = placeInRegion(env.APP_RUNTIME, config.region, config.usesJurisdictions);
	return namespace.get(namespace.idFromName(label));
}
