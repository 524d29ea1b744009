// Tells the builder what went wrong in the page: errors, rejected promises, console output and blocked requests. Bounded in
// rate, number and size, because an app may fail in a loop. All of it is text that the studio does not trust.
import type { Sources } from "./page-facts.ts";
import { findPlace, type Place, renameInStack } from "./source-names.ts";
import type { StudioChannel } from "./studio-channel.ts";

const reportLimits = { perSecond: 10, perPage: 200, messageChars: 2000, stackChars: 4000 } as const;

type Kind = "error" | "rejection" | "console_error" | "console_warn" | "console_log" | "csp";

export function captureReports(channel: StudioChannel, sources: Sources): void {
	const allow = makeBudget((count) => channel.send({ type: "dropped", count }));
	const { origin } = window.location;

	function report(kind: Kind, message: string, stack: string, place: Place | null): void {
		if (!allow()) return;
		channel.send({
			type: "report",
			kind,
			message: message.slice(0, reportLimits.messageChars),
			stack: renameInStack(stack, origin, sources).slice(0, reportLimits.stackChars),
			place,
		});
	}

	const stackOf = (value: unknown): string => (value instanceof Error ? (value.stack ?? "") : "");

	window.addEventListener(
		"error",
		(event: Event) => {
			if (!(event instanceof ErrorEvent)) {
				const target = event.target as { src?: string; href?: string; tagName?: string } | null;
				const address = String(target?.src ?? target?.href ?? "");
				if (target && address) {
					const what = `<${String(target.tagName).toLowerCase()}> could not load ${address.replace(origin, "")}`;
					report("error", what, "", null);
				}
				return;
			}
			const stack = stackOf(event.error);
			const place =
				findPlace(`${event.filename}:${event.lineno}:${event.colno}`, origin, sources) ??
				findPlace(stack, origin, sources);
			report("error", event.message, stack, place);
		},
		true,
	);
	window.addEventListener("unhandledrejection", (event) => {
		const stack = stackOf(event.reason);
		report("rejection", describe([event.reason]), stack, findPlace(stack, origin, sources));
	});
	document.addEventListener("securitypolicyviolation", (event) => {
		const address = event.blockedURI.slice(0, 300);
		const what = `Blocked by the app's security policy (${event.effectiveDirective}): ${address}. An app reaches its own origin only.`;
		report(
			"csp",
			what,
			"",
			findPlace(`${event.sourceFile}:${event.lineNumber}:${event.columnNumber}`, origin, sources),
		);
	});
	for (const level of ["error", "warn", "log"] as const) {
		// biome-ignore lint/suspicious/noConsole: the app writes to it; this only listens
		const original = console[level].bind(console);
		console[level] = (...values: unknown[]) => {
			original(...values);
			const found = values.find((value) => value instanceof Error);
			const stack = stackOf(found) || (level === "log" ? "" : (new Error().stack ?? ""));
			report(`console_${level}`, describe(values), stackOf(found), findPlace(stack, origin, sources));
		};
	}
}

/** At most so many a second and a page; what is dropped is counted and said once a second. */
function makeBudget(sayDropped: (count: number) => void): () => boolean {
	let second = 0;
	let inSecond = 0;
	let total = 0;
	let dropped = 0;
	let saying = false;
	return () => {
		const now = Math.floor(Date.now() / 1000);
		if (now !== second) {
			second = now;
			inSecond = 0;
		}
		inSecond += 1;
		total += 1;
		if (inSecond <= reportLimits.perSecond && total <= reportLimits.perPage) return true;
		dropped += 1;
		if (!saying) {
			saying = true;
			setTimeout(() => {
				saying = total > 10 * reportLimits.perPage;
				sayDropped(Math.min(dropped, 1_000_000));
				dropped = 0;
			}, 1000);
		}
		return false;
	};
}

/** Values as a person reads them in a console. Never throws: getters, proxies and cycles of an app are not trusted. */
function describe(values: readonly unknown[]): string {
	return values
		.slice(0, 20)
		.map((value) => {
			try {
				if (typeof value === "string") return value;
				if (value instanceof Error) return `${value.name}: ${value.message}`;
				if (value instanceof Element) return `<${value.tagName.toLowerCase()}>`;
				if (typeof value === "object" && value !== null) return shorten(value);
				return String(value);
			} catch {
				return "(cannot be shown)";
			}
		})
		.join(" ")
		.slice(0, reportLimits.messageChars);
}

function shorten(value: object): string {
	let nodes = 0;
	const seen = new Set<object>();
	return (
		JSON.stringify(value, (_key, inner: unknown) => {
			if (++nodes > 200) return undefined;
			if (typeof inner === "bigint") return `${inner}n`;
			if (typeof inner === "string") return inner.slice(0, 500);
			if (typeof inner !== "object" || inner === null) return inner;
			if (seen.has(inner)) return "(seen above)";
			seen.add(inner);
			return Array.isArray(inner) ? inner.slice(0, 50) : inner;
		}) ?? String(value)
	);
}
