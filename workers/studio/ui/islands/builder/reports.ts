// What the draft has reported since it was last loaded: kept short, counted when repeated, never taken for more than text.
import type { AppMessage } from "#schema/bridge.ts";

export interface Report {
	key: number;
	kind: Extract<AppMessage, { type: "report" }>["kind"] | "blank";
	message: string;
	stack: string;
	place: string;
	count: number;
	at: number;
}

export interface Reports {
	list: Report[];
	dropped: number;
}

export const noReports: Reports = { list: [], dropped: 0 };

const maxReports = 200;
const errorKinds = new Set<Report["kind"]>(["error", "rejection", "csp", "blank", "console_error"]);

export const isError = ({ kind }: Report): boolean => errorKinds.has(kind);

/** Adds a message of the bridge, if it is one to keep. */
export function addReport(reports: Reports, message: AppMessage, blankText: string, now = Date.now()): Reports {
	if (message.type === "dropped") return { ...reports, dropped: reports.dropped + message.count };
	if (message.type !== "report" && message.type !== "blank") return reports;
	const place = message.type === "report" && message.place ? `${message.place.file}:${message.place.line}` : "";
	const fresh = {
		kind: message.type === "report" ? message.kind : ("blank" as const),
		message: message.type === "report" ? message.message : blankText,
		stack: message.type === "report" ? message.stack : "",
		place,
	};
	const last = reports.list.at(-1);
	if (last && last.kind === fresh.kind && last.message === fresh.message && last.place === fresh.place) {
		return { ...reports, list: [...reports.list.slice(0, -1), { ...last, count: last.count + 1, at: now }] };
	}
	const key = (last?.key ?? 0) + 1;
	const list = [...reports.list, { ...fresh, key, count: 1, at: now }];
	const over = Math.max(0, list.length - maxReports);
	return { list: list.slice(over), dropped: reports.dropped + over };
}

/** The errors as the API takes them with “Fix it”: at most 10, each at most 2,000 characters. */
export function runtimeErrors({ list }: Reports): string[] {
	const texts = list
		.filter(isError)
		.map(({ kind, message, place, stack }) => [`${kind}: ${message}`, place, stack].filter(Boolean).join("\n"));
	return [...new Set(texts)].slice(-10).map((text) => text.slice(0, 2000));
}
