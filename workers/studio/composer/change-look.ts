// Changes to how a composed app looks: title, colour, currency, views, chart and order.

import { addViews } from "./assemble.ts";
import { type Change, findField } from "./change.ts";
import { accentOf } from "./colours.ts";
import { cleanLabel } from "./names.ts";
import { colourIn, currencyIn, readFeatures } from "./reading/features.ts";
import { settle } from "./settle.ts";
import type { AppSpec, View } from "./spec.ts";

const viewWords: Record<string, View["kind"]> = {
	board: "board",
	kanban: "board",
	"kanban board": "board",
	calendar: "calendar",
	"calendar view": "calendar",
	"board view": "board",
	cards: "cards",
	"card view": "cards",
	gallery: "cards",
	table: "table",
	"table view": "table",
	list: "table",
};

export const renameApp: Change = (spec, clause) => {
	const match =
		/^(?:call|name|title|rename)\s+(?:it|this|the app|this app|the application)\s+(?:to\s+|as\s+)?(.+)$/i.exec(
			clause,
		) ??
		/^(?:change|set|rename)\s+(?:the\s+|its\s+)?(?:app(?:'s)?\s+)?(?:title|name|heading)\s+(?:of the app\s+)?(?:to|as|into)\s+(.+)$/i.exec(
			clause,
		);
	const title = cleanLabel(match?.[1] ?? "", 80);
	return title ? { spec: { ...spec, title }, did: `The app is now called “${title}”.` } : null;
};

export const setColour: Change = (spec, clause) => {
	const asked =
		/^(?:make|turn|use|change|set|switch|colou?r|paint)\b/i.test(clause) ||
		/\b(?:accent|colou?r|theme)\b/i.test(clause);
	const word = asked
		? (colourIn(clause) ?? /\b(?:to|in|into|with)\s+(?:an?\s+)?(?:dark\s+|light\s+)?([a-z]+)$/i.exec(clause)?.[1] ?? "")
		: "";
	const accent = word ? accentOf(word) : null;
	return accent
		? {
				spec: { ...spec, accent },
				did: `The accent colour is now ${word}, adjusted so that text on it stays readable.`,
			}
		: null;
};

export const setCurrency: Change = (spec, clause) => {
	if (!/\b(?:currency|in|use|to|show)\b/i.test(clause)) return null;
	const currency =
		/\bcurrency\b|^(?:use|show (?:amounts|prices|money)? ?in|switch to|change to)\b|\bin (?:euros?|dollars?|pounds|francs)\b/i.test(
			clause,
		)
			? currencyIn(clause)
			: null;
	return currency ? { spec: { ...spec, currency }, did: `Amounts are now in ${currency}.` } : null;
};

export const addView: Change = (spec, clause) => {
	const match =
		/^(?:add|include|show|give (?:me|it|us)|i want|make|use|also show)\s+(?:me\s+)?(?:it\s+|them\s+|everything\s+)?(?:as\s+|in\s+)?(?:an?\s+|the\s+)?(?:new\s+)?(?:(?:bar|line|pie|column|donut|doughnut)\s+)?(kanban board|kanban|board|calendar|cards?|gallery|table|chart|graph|diagram)(?:\s+view)?\b(.*)$/i.exec(
			clause,
		) ?? /^(chart|graph|diagram)\b(.*)$/i.exec(clause);
	const word = match?.[1]?.toLowerCase() ?? "";
	if (!match) return null;
	if (/chart|graph|diagram/.test(word)) {
		const features = readFeatures(clause);
		const next = addViews(
			{ ...spec, chart: spec.chart ?? { by: spec.fields[0]?.key ?? "", measure: "count" } },
			features,
		);
		const settled = settle(next);
		return settled.chart
			? { spec: settled, did: `A chart shows ${measureWords(settled)} by ${label(settled, settled.chart.by)}.` }
			: null;
	}
	const kind = word.startsWith("card") ? "cards" : viewWords[word];
	if (!kind) return null;
	const without = { ...spec, views: spec.views.filter((view) => view.kind !== kind) };
	const features = readFeatures(`${clause} ${kind}`);
	const settled = settle(
		addViews(without, { ...features, board: kind === "board", calendar: kind === "calendar", cards: kind === "cards" }),
	);
	const views: View[] = kind === "table" ? [...without.views, { kind: "table" }] : settled.views;
	const added = views.find((view) => view.kind === kind);
	if (!added) return null;
	// A new view stands last, unless it was there before or is asked to be first.
	const ordered = /\bfirst\b/i.test(clause)
		? [added, ...views.filter((view) => view !== added)]
		: [...views.filter((view) => view !== added), added];
	return {
		spec: { ...settled, views: ordered },
		did: `There is a ${kind === "cards" ? "cards view" : "by" in added ? `${kind} by ${label(settled, added.by)}` : kind} now.`,
	};
};

export const removeView: Change = (spec, clause) => {
	const match =
		/^(?:remove|delete|drop|hide|get rid of|no)\s+(?:the\s+)?(kanban board|kanban|board|calendar|cards?|gallery|table|chart|graph|diagram)(?:\s+view)?$/i.exec(
			clause,
		);
	const word = match?.[1]?.toLowerCase() ?? "";
	if (!word) return null;
	if (/chart|graph|diagram/.test(word)) return { spec: { ...spec, chart: null }, did: "The chart is gone." };
	const kind = word.startsWith("card") ? "cards" : viewWords[word];
	const views = spec.views.filter((view) => view.kind !== kind);
	if (views.length === spec.views.length) return null;
	return { spec: { ...spec, views: views.length ? views : [{ kind: "table" }] }, did: `The ${kind} is gone.` };
};

export const startView: Change = (spec, clause) => {
	const match =
		/^(?:start|begin|open)\s+(?:with|on|in)\s+(?:the\s+)?(\w+)/i.exec(clause) ??
		/^(?:show|put|make)\s+(?:the\s+)?(\w+)(?:\s+view)?\s+(?:first|the first(?: view)?|the default(?: view)?)$/i.exec(
			clause,
		);
	const kind = viewWords[match?.[1]?.toLowerCase() ?? ""];
	const view = spec.views.find((each) => each.kind === kind);
	return view
		? {
				spec: { ...spec, views: [view, ...spec.views.filter((each) => each !== view)] },
				did: `The app now starts with the ${view.kind}.`,
			}
		: null;
};

export const sortBy: Change = (spec, clause) => {
	const match =
		/^(?:sort|order)\s+(?:it\s+|them\s+|the \w+\s+|everything\s+)?(?:by|on)\s+(?:the\s+)?(.+?)(?:,?\s+(descending|ascending|newest first|oldest first|highest first|lowest first|largest first|latest first|a to z|z to a|desc|asc))?$/i.exec(
			clause,
		);
	const field = match ? findField(spec, match[1] ?? "") : undefined;
	if (!field) return null;
	const descending = /desc|newest|latest|highest|largest|z to a/i.test(match?.[2] ?? "");
	return {
		spec: { ...spec, sort: { key: field.key, descending } },
		did: `Sorted by ${field.label.toLowerCase()}, ${descending ? "descending" : "ascending"}.`,
	};
};

const label = (spec: AppSpec, key: string): string =>
	spec.fields.find((field) => field.key === key)?.label.toLowerCase() ?? key;

const measureWords = (spec: AppSpec): string =>
	spec.chart?.measure === "count"
		? `the number of ${spec.entity.plural.toLowerCase()}`
		: label(spec, spec.chart?.measure ?? "");
