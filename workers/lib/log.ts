// The only place that writes logs. An event has a constant name and allow-listed fields: ids, counts, durations, codes.
// Never bodies, prompts, addresses, headers or error texts: those would leave the tenant's seal.

import type { Holding } from "#schema/register/holding.ts";

const texts = ["requestId", "route", "code", "reason", "region", "buildId", "state", "kind", "worker"] as const;
const numbers = ["status", "count", "ms", "bytes"] as const;
type Fields = Partial<Record<(typeof texts)[number], string> & Record<(typeof numbers)[number], number>>;

/** Everything that a line may say. */
export const logFields: readonly string[] = ["event", ...texts, ...numbers];

export const logHolding: Holding = {
	holds: `That something happened: ${logFields.join(", ")}; ids of requests and builds, counts and codes, never content`,
	whose: "operator",
	dataClass: "state",
	exported: "no",
	erasedWith: "time",
	kept: "not by Freehold: the platform's own log is switched off, and the local host prints to the terminal",
};

const token = /^[\w.:/@*{}-]{1,120}$/;

/** Writes one line of JSON. A text field that is not a plain token is dropped: it might be content. */
export function log(level: "info" | "warn" | "error", event: string, fields: Fields = {}): void {
	const kept = Object.entries(fields).filter(([, value]) => typeof value === "number" || token.test(value));
	console[level === "info" ? "log" : level](JSON.stringify({ event, ...Object.fromEntries(kept) }));
}
