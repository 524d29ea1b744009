// What we keep of who called: a network, never an address, and the kind of browser, never its full name.
import { truncateIp } from "#db/directory/sessions.ts";

/** Where a request came from. Only the edge sets `CF-Connecting-IP`; other address headers are anyone's. Never stored whole. */
export const addressOf = (headers: Headers): string | null => headers.get("CF-Connecting-IP");

/** Its network, for counting tries. */
export const networkOf = (headers: Headers): string => truncateIp(addressOf(headers) ?? "") ?? "unknown";

const browsers = [
	["Firefox", /Firefox\//],
	["Edge", /Edg\//],
	["Opera", /OPR\//],
	["Chrome", /Chrom(e|ium)\//],
	["Safari", /Safari\//],
] as const;
const systems = [
	["Android", /Android/],
	["iPhone or iPad", /iPhone|iPad/],
	["Windows", /Windows/],
	["macOS", /Mac OS X/],
	["ChromeOS", /CrOS/],
	["Linux", /Linux/],
] as const;

/** For the list of sessions, for example "Firefox on Linux". */
export function deviceOf(headers: Headers): string {
	const agent = (headers.get("User-Agent") ?? "").slice(0, 500);
	const browser = browsers.find(([, pattern]) => pattern.test(agent))?.[0];
	const system = systems.find(([, pattern]) => pattern.test(agent))?.[0];
	return browser && system ? `${browser} on ${system}` : (browser ?? system ?? "Unknown device");
}
