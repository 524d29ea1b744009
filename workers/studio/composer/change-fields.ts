// Changes to the fields of a composed app: added, removed, renamed, moved, of another type, with other choices.

import { isLike } from "./assemble.ts";
import { type Change, findField, replaceField } from "./change.ts";
import { shapeOf } from "./lexicon/shape.ts";
import { shapeOfTypeWord } from "./lexicon/type-words.ts";
import { cleanLabel, keyFor } from "./names.ts";
import { pluralOf, singularOf } from "./number-of-nouns.ts";
import { type AskedField, readItem } from "./reading/item.ts";
import { readList } from "./reading/items.ts";
import { readOptions } from "./reading/options.ts";
import { type AppSpec, type Field, mostFields } from "./spec.ts";
import { listWords, typeNames } from "./understanding.ts";
import { workOut } from "./worked-out.ts";

export const addChoices: Change = (spec, clause) => {
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

export const removeChoices: Change = (spec, clause) => {
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

export const removeField: Change = (spec, clause) => {
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

export const renameField: Change = (spec, clause) => {
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

export const changeType: Change = (spec, clause) => {
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

export const moveField: Change = (spec, clause) => {
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

export const addField: Change = (spec, clause) => {
	const match =
		/^(?:add|include|track|also track|also add|record|i (?:also )?(?:need|want)(?: to (?:record|track|know|save|add|note(?: down)?|log|see|store|keep|enter|remember))?|there should be|give (?:it|each \w+))\s+(?:an?\s+|the\s+)?(?:new\s+|extra\s+)?(?:fields?\s+|columns?\s+)?(?:for\s+|called\s+|named\s+|:\s*)?(.+)$/i.exec(
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
	const formulas = new Map(
		wanted.flatMap((field, at) => (field.formula ? [[added[at]?.key ?? "", field.formula] as const] : [])),
	);
	const { fields, said } = workOut(
		[...spec.fields.slice(0, end), ...added, ...spec.fields.slice(end)],
		formulas,
		new Set(added.map((field) => field.key)),
	);
	const types = added.map(
		({ key, label }) => `“${label}” (${typeNames[fields.find((field) => field.key === key)?.type ?? "text"]})`,
	);
	return {
		spec: { ...spec, fields },
		did: [`Added ${listWords(types)}.`, ...said].join(" "),
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
