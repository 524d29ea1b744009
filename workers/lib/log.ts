// The only place that writes logs. An event has a constant name and allow-listed fields: ids, counts, durations, codes.
// Never bodies, prompts, addresses, headers or error texts: those would leave the tenant's seal.

type Fields = Partial<
	Record<"requestId" | "route" | "code" | "reason" | "region" | "buildId" | "state" | "kind" | "worker", string> &
		Record<"status" | "count" | "ms" | "bytes", number>
>;

const token = /^[\w.:/@*{}-]{1,120}$/;

/** Writes one line of JSON. A text field that is not a plain token is dropped: it might be content. */
export function log(level: "info" | "warn" | "error", event: string, fields: Fields = {}): void {
	const kept = Object.entries(fields).filter(([, value]) => typeof value === "number" || token.test(value));
	console[level === "info" ? "log" : level](JSON.stringify({ event, ...Object.fromEntries(kept) }));
}
