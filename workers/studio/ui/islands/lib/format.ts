// Times and sizes in the person's own locale.
const seconds = [
	["year", 31_536_000],
	["month", 2_592_000],
	["week", 604_800],
	["day", 86_400],
	["hour", 3600],
	["minute", 60],
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const date = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const exact = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** “3 minutes ago”, from milliseconds. */
export function ago(at: number, now = Date.now()): string {
	const past = Math.round((at - now) / 1000);
	for (const [unit, size] of seconds) if (Math.abs(past) >= size) return relative.format(Math.trunc(past / size), unit);
	return "just now";
}

export const dayOf = (at: number): string => date.format(at);
export const timeOf = (at: number): string => exact.format(at);

export function sizeOf(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
