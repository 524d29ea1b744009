// Changes a composed app by what a follow-up prompt asks for. Each sentence is tried against the patterns; what fits none is
// handed back in the person's words.
import { accentOf } from "./colours.ts";
import { shapeOf, shapeOfTypeWord } from "./lexicon.ts";
import { cleanLabel, keyFor, pluralOf, singularOf } from "./names.ts";
import { addViews, isLike, mostFields } from "./new-app.ts";
import { colourIn, currencyIn, readFeatures } from "./read-features.ts";
import { type AskedField, readItem, readList, readOptions } from "./read-fields.ts";
import { settle } from "./settle.ts";
import type { AppSpec, Field, View } from "./spec.ts";
import { listWords, typeNames } from "./understanding.ts";

export interface Changed {
	spec: AppSpec;
	changes: string[];
	unclear: string[];
}

/** One change: null if the clause is not of its kind. */
type Change = (spec: AppSpec, clause: string) => { spec: AppSpec; did: string } | null;

export function changeApp(current: AppSpec, prompt: string): Changed {
	let spec = current;
	const changes: string[] = [];
	const unclear: string[] = [];
	for (const clause of clausesOf(prompt)) {
		const result = firstFit(spec, clause);
		if (result) {
			spec = settle(result.spec);
			changes.push(result.did);
		} else if (/\p{L}{2}/u.test(clause)) unclear.push(cleanLabel(clause, 200));
	}
	return { spec, changes, unclear };
}

function firstFit(spec: AppSpec, clause: string): { spec: AppSpec; did: string } | null {
	for (const change of kinds) {
		const result = change(spec, clause);
		if (result) return result;
	}
	return null;
}

const verbs =
	"add|include|remove|delete|drop|rename|call|change|make|turn|set|use|show|hide|sort|order|convert|put|move|also|get rid|replace|switch|start|require|track|mark";

/** Sentences, and parts of sentences that begin with a verb of their own: "add a rating and remove the notes". */
function clausesOf(prompt: string): string[] {
	return prompt
		.split(/\n+|(?<=[.!?;])\s+/)
		.flatMap((sentence) =>
			sentence.split(
				new RegExp(
					`(?:,\\s*|\\s+)(?:and then|then|and also|and|but)\\s+(?=(?:please\\s+)?(?:${verbs})\\b)|,\\s*(?=(?:please\\s+)?(?:${verbs})\\s+(?:the|an?|it|to|up)\\b)`,
					"i",
				),
			),
		)
		.map((clause) =>
			clause
				.trim()
				.replace(
					/^(?:[-*•]\s*)?(?:(?:please|can you|could you|would you|also|now|then|and|i(?:'d| would) like (?:you )?to|i want (?:you )?to|i need to|let's|we should|ok|okay|great|nice|thanks)[,\s]+)+/i,
					"",
				)
				.replace(/[.!;?\s]+$/, ""),
		)
		.filter(
			(clause) => clause !== "" && !/^(?:thanks?(?: you)?|please|ok(?:ay)?|great|nice|perfect|hi|hello)$/i.test(clause),
		);
}

const findField = (spec: AppSpec, words: string): Field | undefined => {
	const name = cleanLabel(
		words.replace(/^(?:the|its|their|my|a|an)\s+/i, "").replace(/\s+(?:field|column|property|input|value)s?$/i, ""),
	);
	if (!name) return undefined;
	return (
		spec.fields.find((field) => field.label.toLowerCase() === name.toLowerCase()) ??
		spec.fields.find((field) => isLike(field.label, name)) ??
		(name.length > 3 ? spec.fields.find((field) => field.label.toLowerCase().includes(name.toLowerCase())) : undefined)
	);
};

const replaceField = (spec: AppSpec, key: string, next: Field): AppSpec => ({
	...spec,
	fields: spec.fields.map((field) => (field.key === key ? next : field)),
});

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

const renameApp: Change = (spec, clause) => {
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

const setColour: Change = (spec, clause) => {
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

const setCurrency: Change = (spec, clause) => {
	if (!/\b(?:currency|in|use|to|show)\b/i.test(clause)) return null;
	const currency =
		/\bcurrency\b|^(?:use|show (?:amounts|prices|money)? ?in|switch to|change to)\b|\bin (?:euros?|dollars?|pounds|francs)\b/i.test(
			clause,
		)
			? currencyIn(clause)
			: null;
	return currency ? { spec: { ...spec, currency }, did: `Amounts are now in ${currency}.` } : null;
};

const addView: Change = (spec, clause) => {
	const match =
		/^(?:add|include|show|give (?:me|it|us)|i want|make|use|also show)\s+(?:me\s+)?(?:an?\s+|the\s+)?(?:new\s+)?(kanban board|kanban|board|calendar|cards?|gallery|table|chart|graph|diagram)(?:\s+view)?\b(.*)$/i.exec(
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

const removeView: Change = (spec, clause) => {
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

const startView: Change = (spec, clause) => {
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

const sortBy: Change = (spec, clause) => {
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

const addChoices: Change = (spec, clause) => {
	const match =
		/^(?:add|include)\s+(?:the\s+|an?\s+)?(?:new\s+)?(?:choices?|options?|values?|categor(?:y|ies)|status(?:es)?|stages?|types?|columns?)?\s*(.+?)\s+(?:to|as an? (?:option|choice|value) (?:for|of|to)|as (?:options|choices|values) (?:for|of|to))\s+(?:the\s+)?(?:choices of\s+|options of\s+)?(.+?)(?:\s+(?:choices|options|list|dropdown|column|field))?$/i.exec(
			clause,
		);
	const field = match ? findField(spec, match[2] ?? "") : undefined;
	const named =
		/^(?:add|include)\s+(?:the\s+|an?\s+)?(?:new\s+)?(category|status|stage|type|priority|genre|area|kind)\s*:?\s+["“']?([\p{L}\d][^"”']*?)["”']?$/iu.exec(
			clause,
		);
	const target = field ?? (named ? findField(spec, named[1] ?? "") : undefined);
	if (target?.type !== "choice") return null;
	const added = readOptions((field ? match?.[1] : named?.[2]) ?? "").filter(
		(option) => !target.choices?.some((choice) => choice.toLowerCase() === option.toLowerCase()),
	);
	if (added.length === 0) return null;
	return {
		spec: replaceField(spec, target.key, { ...target, choices: [...(target.choices ?? []), ...added].slice(0, 40) }),
		did: `“${target.label}” can now also be ${listWords(added)}.`,
	};
};

const removeChoices: Change = (spec, clause) => {
	const match =
		/^(?:remove|delete|drop)\s+(?:the\s+)?(?:choices?|options?|values?|status|stage|category)?\s*(.+?)\s+(?:from|of|in)\s+(?:the\s+)?(.+?)(?:\s+(?:choices|options|list|dropdown|field))?$/i.exec(
			clause,
		);
	const field = match ? findField(spec, match[2] ?? "") : undefined;
	if (!match || field?.type !== "choice") return null;
	const gone = readOptions(match[1] ?? "").map((option) => option.toLowerCase());
	const choices = field.choices?.filter((choice) => !gone.includes(choice.toLowerCase())) ?? [];
	if (choices.length === field.choices?.length || choices.length === 0) return null;
	const { startsAs, ...rest } = field;
	const next: Field = {
		...rest,
		choices,
		...(startsAs !== undefined && choices.includes(String(startsAs)) ? { startsAs } : {}),
	};
	return {
		spec: replaceField(spec, field.key, next),
		did: `“${field.label}” no longer offers ${listWords(readOptions(match[1] ?? ""))}; records that have it keep it.`,
	};
};

const removeField: Change = (spec, clause) => {
	const match = /^(?:remove|delete|drop|hide|get rid of|take out|leave out|i (?:do not|don't) need)\s+(.+)$/i.exec(
		clause,
	);
	if (!match) return null;
	const names = (match[1] ?? "").split(/\s*(?:,|\band\b|&)\s*/i).filter(Boolean);
	const gone = names.map((name) => findField(spec, name));
	const found = gone.filter((field) => field !== undefined);
	if (found.length !== names.length || found.length >= spec.fields.length) return null;
	const fields = spec.fields.filter((field) => !found.includes(field));
	return {
		spec: { ...spec, fields },
		did: `${listWords(found.map((field) => `“${field.label}”`))} ${found.length === 1 ? "is" : "are"} no longer shown; what was entered stays stored.`,
	};
};

/** "call the due date Deadline": the label tells where the new name begins. */
function callField(spec: AppSpec, clause: string): ReturnType<Change> {
	const words = /^(?:call|rename|relabel)\s+(?:the\s+)?(.+)$/i.exec(clause)?.[1] ?? "";
	const field = spec.fields.find((each) => words.toLowerCase().startsWith(`${each.label.toLowerCase()} `));
	const next = field ? cleanLabel(words.slice(field.label.length)) : "";
	if (!field || !next) return null;
	return {
		spec: replaceField(spec, field.key, { ...field, label: next }),
		did: `“${field.label}” is now called “${next}”.`,
	};
}

const renameField: Change = (spec, clause) => {
	const match =
		/^(?:rename|relabel|call|change|name)\s+(?:the\s+)?(.+?)\s+(?:to|into|as)\s+["“']?(.+?)["”']?$/i.exec(clause) ??
		/^(?:call)\s+(?:the\s+)?(.+?)\s+["“'](.+?)["”']$/i.exec(clause);
	if (!match) return callField(spec, clause);
	const words = match?.[1]?.replace(/^(?:the )?(?:label|name|title) of (?:the )?/i, "") ?? "";
	const next = cleanLabel(match?.[2] ?? "");
	if (!next) return null;
	const field = findField(spec, words);
	// "change price to a whole number" is about the type.
	if (field && !(/^change/i.test(clause) && (shapeOfTypeWord(next) || /^(?:an?|the)\s/i.test(match[2] ?? "")))) {
		return {
			spec: replaceField(spec, field.key, { ...field, label: next }),
			did: `“${field.label}” is now called “${next}”.`,
		};
	}
	const isEntity = isLike(words, spec.entity.plural) || isLike(words, spec.entity.singular);
	if (!isEntity) return null;
	const singular = cleanLabel(singularOf(next));
	return {
		spec: { ...spec, entity: { singular, plural: cleanLabel(pluralOf(singular)) } },
		did: `One record is now called “${singular}”.`,
	};
};

const changeType: Change = (spec, clause) => {
	const match =
		/^(?:make|turn|change|convert|set)\s+(?:the\s+)?(.+?)\s+(?:to be\s+|into\s+|to\s+|be\s+|as\s+)?(an?\s+.+|required|mandatory|optional|not required|text|money|numbers?|dates?|yes\/no|multi-?line)$/i.exec(
			clause,
		);
	const field = match ? findField(spec, (match[1] ?? "").replace(/\s+(?:type|field)$/i, "")) : undefined;
	if (!match || !field) return null;
	const wanted = (match[2] ?? "").toLowerCase();
	if (/^(an?\s+)?(required|mandatory)/.test(wanted))
		return {
			spec: replaceField(spec, field.key, { ...field, required: true }),
			did: `“${field.label}” must now be filled in.`,
		};
	if (/^(optional|not required|an? optional)/.test(wanted)) {
		const { required: _required, ...rest } = field;
		return { spec: replaceField(spec, field.key, rest), did: `“${field.label}” may now be left empty.` };
	}
	const options =
		/^an?\s+(?:choice|choices|dropdown|drop-down|select|list|menu)\b.*?(?:\bof\b|\bwith\b|:|\bbetween\b|\bfrom\b)\s*(?:options?|choices?|values?)?\s*(.+)$/i.exec(
			match[2] ?? "",
		);
	const choices = readOptions(options?.[1] ?? "");
	const shape = choices.length >= 2 ? { type: "choice" as const, choices } : shapeOfTypeWord(wanted);
	if (!shape) return null;
	const { key, label: name, required } = field;
	const next: Field = { key, label: name, ...shape, ...(required ? { required } : {}) };
	return {
		spec: replaceField(spec, key, next),
		did: `“${name}” is now ${/^[aeiou]/.test(typeNames[next.type]) ? "an" : "a"} ${typeNames[next.type]}${choices.length ? ` of ${listWords(choices)}` : ""}.`,
	};
};

const moveField: Change = (spec, clause) => {
	const match =
		/^(?:put|move)\s+(?:the\s+)?(.+?)\s+(first|last|before|after|to the (?:top|front|start|end|bottom))(?:\s+(?:the\s+)?(.+))?$/i.exec(
			clause,
		);
	const field = match ? findField(spec, match[1] ?? "") : undefined;
	if (!match || !field) return null;
	const rest = spec.fields.filter((each) => each !== field);
	const where = (match[2] ?? "").toLowerCase();
	const other = match[3] ? findField(spec, match[3]) : undefined;
	if (/before|after/.test(where) && !other) return null;
	const at = other
		? rest.indexOf(other) + (where === "after" ? 1 : 0)
		: /first|top|front|start/.test(where)
			? 0
			: rest.length;
	return {
		spec: { ...spec, fields: [...rest.slice(0, at), field, ...rest.slice(at)] },
		did: `“${field.label}” was moved.`,
	};
};

const addField: Change = (spec, clause) => {
	const match =
		/^(?:add|include|track|also track|also add|record|i (?:also )?(?:need|want)(?: to (?:record|track|know|save|add))?|there should be|give (?:it|each \w+))\s+(?:an?\s+|the\s+)?(?:new\s+|extra\s+)?(?:fields?\s+|columns?\s+)?(?:for\s+|called\s+|named\s+|:\s*)?(.+)$/i.exec(
			clause,
		);
	if (!match) return null;
	const list = (match[1] ?? "")
		.replace(/\s+(?:to|for) (?:each|every|the|all)\s+[\p{L} ]+$/iu, "")
		.replace(/\s+(?:fields?|columns?)$/i, "");
	const wanted = withTypeWords(list).filter(
		(field) => !spec.fields.some((each) => each.label.toLowerCase() === field.label.toLowerCase()),
	);
	if (wanted.length === 0 || spec.fields.length + wanted.length > mostFields) return null;
	const taken = new Set(spec.fields.map((field) => field.key));
	const added = wanted.map((field): Field => {
		const key = keyFor(field.label, taken);
		taken.add(key);
		// A required field would make every older record wrong at its next change.
		const { required: _required, startsAs, ...shape } = field.shape;
		return { key, label: field.label, ...shape, ...(startsAs !== undefined ? { startsAs } : {}) };
	});
	// Long texts stay at the end of the form.
	const end = spec.fields.at(-1)?.type === "longText" ? spec.fields.length - 1 : spec.fields.length;
	const fields = [...spec.fields.slice(0, end), ...added, ...spec.fields.slice(end)];
	return {
		spec: { ...spec, fields },
		did: `Added ${listWords(added.map((field) => `“${field.label}” (${typeNames[field.type]})`))}.`,
	};
};

/** "a price as money", "a colour field", "rating from 1 to 5", "a deadline (date) and a budget". */
function withTypeWords(list: string): AskedField[] {
	const typed = /^(?:an?\s+)?(.+?)\s+(?:as|which is|that is|of type)\s+(?:an?\s+)?(.+)$/i.exec(list);
	const shape = typed ? shapeOfTypeWord(typed[2] ?? "") : null;
	const name = cleanLabel(typed?.[1] ?? "");
	if (typed && shape && name) return [{ label: name, shape, isExplicit: true, isKnown: true }];
	const before =
		/^(?:an?\s+)?(yes\/no|text|number|date|money|currency|percentage|url|e-?mail|checkbox|long text)\s+(?:field|column)?\s*(?:for|called|named)\s+(?:the\s+)?(.+)$/i.exec(
			list,
		);
	const beforeShape = before ? shapeOfTypeWord(before[1] ?? "") : null;
	if (before && beforeShape)
		return [{ label: cleanLabel(before[2] ?? ""), shape: beforeShape, isExplicit: true, isKnown: true }];
	const choice =
		/^(?:an?\s+)?(.+?)\s+(?:with|of)\s+(?:the\s+)?(?:options?|choices?|values?)?\s*:?\s*([^()]+(?:,|\bor\b|\/)[^()]+)$/i.exec(
			list,
		);
	const options = choice ? readOptions(choice[2] ?? "") : [];
	const choiceName = cleanLabel((choice?.[1] ?? "").replace(/\s+(?:field|column|dropdown)$/i, ""));
	if (options.length >= 2 && choiceName && !choiceName.includes(",")) {
		const known = shapeOf(choiceName).shape;
		return [
			{
				label: choiceName,
				shape: { type: "choice", choices: options, ...(known.startsAs ? { startsAs: options[0] ?? "" } : {}) },
				isExplicit: true,
				isKnown: true,
			},
		];
	}
	const single = /,|\band\b/.test(list) ? null : readItem(list);
	return single ? [single] : readList(list);
}

const label = (spec: AppSpec, key: string): string =>
	spec.fields.find((field) => field.key === key)?.label.toLowerCase() ?? key;
const measureWords = (spec: AppSpec): string =>
	spec.chart?.measure === "count"
		? `the number of ${spec.entity.plural.toLowerCase()}`
		: label(spec, spec.chart?.measure ?? "");

// The first that fits wins: what names the app, a view or a choice stands before what names a field.
const kinds: Change[] = [
	renameApp,
	setColour,
	setCurrency,
	startView,
	addView,
	removeView,
	sortBy,
	addChoices,
	removeChoices,
	removeField,
	changeType,
	renameField,
	moveField,
	addField,
];
