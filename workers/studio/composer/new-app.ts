// A new app from a prompt: the thing it keeps, its fields, its views; or why the composer does not make it.
import { accentFor, assemble, isLike } from "./assemble.ts";
import type { Domain, Planned } from "./domains/domain.ts";
import { inGerman } from "./domains/german.ts";
import { type Lent, lendTo } from "./domains/lend.ts";
import { isHappening, isUsual, usualFields } from "./domains/usual.ts";
import { shapeOf } from "./lexicon/shape.ts";
import type { Shape } from "./lexicon/words.ts";
import { keyFor } from "./names.ts";
import { bothForms, pluralOf } from "./number-of-nouns.ts";
import { type Features, readFeatures } from "./reading/features.ts";
import { inContext } from "./reading/in-context.ts";
import type { AskedField } from "./reading/item.ts";
import { leftOutOf } from "./reading/left-out.ts";
import { type FieldList, findFields } from "./reading/lists.ts";
import { judge, type OtherKind } from "./reading/other-kinds.ts";
import { type Language, languageOf, tidyPrompt } from "./reading/text.ts";
import { readThing, type Thing } from "./reading/thing.ts";
import type { AppSpec, View } from "./spec.ts";
import { listWords } from "./understanding.ts";

export interface NewApp {
	kind: "app";
	spec: AppSpec;
	examples: Domain["examples"];
	assumed: string[];
	leftOut: string[];
}

/** `other`: no records are asked for. `unclear`: the text does not say what the app should keep. */
export type Planning = NewApp | { kind: "other"; other: OtherKind } | { kind: "unclear" };

export function planApp(prompt: string, currency: string): Planning {
	const text = tidyPrompt(prompt);
	const language = languageOf(text);
	const asked = findFields(text);
	const verdict = judge(text, asked.fields.length >= 3 || (asked.isComplete && asked.fields.length >= 2));
	if (verdict.is === "other") return { kind: "other", other: verdict.kind };
	const thing = thingOf(asked, text, language);
	const lent = lendTo(thing, asked.rest);
	const isEvident =
		asked.fields.length >= 2 ||
		verdict.is === "records" ||
		lent !== null ||
		(thing !== null && (thing.isNamed || isUsual(thing.singular)));
	// Something else may well be meant; asking is better than an app of the wrong kind.
	if (!isEvident || (!thing && !lent && asked.fields.length < 2)) return { kind: "unclear" };
	// In a language that is not read, only a list of names is understood.
	if (language === "other" && asked.fields.length < 2 && !lent) return { kind: "unclear" };
	return makeApp({ thing, lent, asked, language, features: readFeatures(text), leftOut: leftOutOf(text), currency });
}

function thingOf(asked: FieldList, text: string, language: Language): Thing | null {
	const unnamed = asked.rest.replace(
		/\b(?:called|named|titled|namens)\s+(?:"[^"]*"|'[^']*'|(?:\p{Lu}[\p{L}\d'&-]*\s?)+)/gu,
		" ",
	);
	const isReadable = language !== "other" || /\p{Script=Latin}/u.test(text);
	const found = isReadable ? readThing(unnamed, asked.owner, language) : shortName(asked.rest);
	if (found) return found;
	// "reminds me to water plants. plant, location": a field that the text names in the plural.
	const spoken = asked.fields
		.slice(0, 2)
		.find(
			({ label, shape }) =>
				shape.type === "text" &&
				language === "en" &&
				new RegExp(`\\b${pluralOf(label.toLowerCase()).replace(/[^\p{L} ]/gu, ".")}\\b`, "iu").test(unnamed),
		);
	if (spoken) {
		const [singular, plural] = bothForms(spoken.label, language);
		return { singular, plural, title: null, phrase: spoken.label.toLowerCase(), isNamed: false };
	}
	// "Clients, dogs, walk times and what they owe me": the first of them, if it is a noun of many.
	const first = asked.fields[0];
	if (!first || language !== "en" || !/[^s]s$/i.test(first.label) || first.isExplicit || first.shape.type !== "text")
		return null;
	const [singular, plural] = bothForms(first.label, language);
	return { singular, plural, title: null, phrase: first.label.toLowerCase(), isNamed: false };
}

/** In a script that is not read, at most three words before a colon are a name. */
function shortName(rest: string): Thing | null {
	const words = rest.trim().split(/\s+/).filter(Boolean);
	const name = words.join(" ");
	if (words.length === 0 || words.length > 3 || name.length > 16) return null;
	const [singular, plural] = bothForms(name, "other");
	return { singular, plural, title: null, phrase: name, isNamed: true };
}

interface Inputs {
	thing: Thing | null;
	lent: Lent | null;
	asked: FieldList;
	language: Language;
	features: Features;
	leftOut: string[];
	currency: string;
}

function makeApp({ thing, lent, asked, language, features, leftOut, currency }: Inputs): NewApp {
	const assumed: string[] = [];
	const domain = lent?.domain ?? null;
	const entity = thing ?? (domain ? { singular: domain.singular, plural: domain.plural } : recordIn(language));
	const isOwnList = asked.fields.length >= 2;
	// Choices that nobody named are in the language of the prompt.
	const said =
		language === "de"
			? asked.fields.map((field) => (field.isExplicit ? field : { ...field, shape: germanShape(field) }))
			: asked.fields;
	let planned = isOwnList
		? inContext(ownFields(said, domain), thing, language)
		: withUsual(asked.fields, lent, thing, language);
	if (!isOwnList)
		assumed.push(
			`You named ${asked.fields.length ? "few" : "no"} fields, so these were chosen: ${listWords(planned.filter((field) => !asked.fields.some((each) => each.label === field.label)).map((field) => field.label.toLowerCase()))}.`,
		);
	const named = withName(planned, thing, domain, language);
	if (named.length > planned.length)
		assumed.push(
			`“${named[0]?.label}” was added, so that each ${language === "en" ? entity.singular.toLowerCase() : entity.singular} can be told from the others.`,
		);
	planned = withAskedViews(named, features, language, assumed);
	for (const field of asked.fields) {
		if (field.shape.type === "choice" && !field.isExplicit) {
			const choices = planned.find((each) => each.label === field.label)?.choices;
			if (choices?.length) assumed.push(`You gave no choices for “${field.label}”, so they are ${listWords(choices)}.`);
		}
	}
	assumed.push(
		...doubtsOf(asked.fields, planned, thing === null && domain === null && isOwnList ? entity.plural : null, language),
	);
	const formulas = new Map(
		asked.fields.flatMap((field) =>
			field.formula ? [[planned.find((each) => each.label === field.label)?.as ?? "", field.formula] as const] : [],
		),
	);
	const { spec, workedOut } = assemble({
		title: features.title ?? thing?.title ?? thing?.plural ?? domain?.title ?? entity.plural,
		description: !isOwnList && domain && !thing ? domain.description : "",
		icon: domain?.icon ?? iconFor(planned),
		accent: domain?.accent ?? accentFor(entity.plural),
		entity: { singular: entity.singular, plural: entity.plural },
		planned,
		views:
			domain && !isOwnList ? domain.views : [...(domain && lent?.isWhole ? domain.views : []), ...viewsFor(planned)],
		chart: domain && !isOwnList ? domain.chart : null,
		sort: domain && !isOwnList ? domain.sort : sortFor(planned),
		features,
		currency,
		language,
		formulas,
	});
	const examples =
		domain && lent && !isOwnList && asked.fields.length === 0 && language === "en"
			? examplesFor(domain, spec)
			: { keys: [], rows: [] };
	return {
		kind: "app",
		spec: { ...spec, examples: examples.rows.length > 0 },
		examples,
		assumed: [...workedOut, ...assumed],
		leftOut,
	};
}

/** What the names of fields leave open: a plural may be counted or told, and a list does not always say of what it is. */
function doubtsOf(
	asked: readonly AskedField[],
	planned: readonly Planned[],
	/** What records without a name are called; null where they have one. */
	nameless: string | null,
	language: Language,
): string[] {
	const doubts: string[] = [];
	if (nameless !== null) doubts.push(`You did not say what one record is called, so they are “${nameless}”.`);
	const open = asked.filter(
		({ label, shape, isKnown, isExplicit }) =>
			!isKnown &&
			!isExplicit &&
			shape.type === "text" &&
			/[^s]s$/i.test(label) &&
			planned.some((field) => field.label === label && field.type === "text"),
	);
	// the change that is proposed is an English sentence, and so are the names that it is read with
	if (open.length > 0 && language === "en") {
		const names = listWords(open.map(({ label }) => `“${label}”`));
		const example = open[0]?.label.toLowerCase();
		doubts.push(`${names} ${open.length === 1 ? "is" : "are"} text; for a number write “make ${example} a number”.`);
	}
	return doubts;
}

const recordIn = (language: Language) =>
	language === "de" ? { singular: "Eintrag", plural: "Einträge" } : { singular: "Record", plural: "Records" };

const germanShape = (field: AskedField): Shape => {
	const { label: _label, as: _as, ...shape } = inGerman({ label: "", as: "", ...field.shape });
	return shape;
};

const plan = (field: AskedField): Planned => ({
	label: field.label,
	as: keyFor(field.label, new Set()),
	...field.shape,
});

/** The person's own list decides. What a kind knows about a field of the same name (choices, alerts) is kept. */
function ownFields(asked: readonly AskedField[], domain: Domain | null): Planned[] {
	const used = new Set<Planned>();
	return asked.map((field) => {
		const known = domain?.fields.find((each) => !used.has(each) && !each.computed && isLike(each.label, field.label));
		if (!known) return plan(field);
		used.add(known);
		if (field.isExplicit || (field.isKnown && known.type !== field.shape.type)) return { ...plan(field), as: known.as };
		const { required: _required, ...rest } = known;
		return { ...rest, label: field.label, ...(field.shape.required ? { required: true } : {}) };
	});
}

/** No list was given: the usual fields, and the one that was named among them. */
function withUsual(
	asked: readonly AskedField[],
	lent: Lent | null,
	thing: Thing | null,
	language: Language,
): Planned[] {
	const lentFields = language === "de" ? lent?.fields.map(inGerman) : lent?.fields;
	const planned: Planned[] = [...(lentFields ?? usualFields(thing, language))];
	for (const field of asked) {
		const at = planned.findIndex((each) => isLike(each.label, field.label));
		const known = planned[at];
		if (known) planned[at] = field.isExplicit ? { ...plan(field), as: known.as } : { ...known, label: field.label };
		else planned.splice(Math.max(1, planned.length - 1), 0, plan(field));
	}
	return planned;
}

const naming =
	/\b(?:names?|titles?|subject|label|model|product|item|piece|task|what|description|headline|word|term|question|song|recipe|dish|book|film|movie|place|site|company|client|customer|person|student|player|member|guest|event|course|project|titel|bezeichnung|vorname|nachname|nom|nombre|nome|titre|título|titolo|artikel|gegenstand|kunde|projekt|aufgabe)\b|name$/i;

/** A name is added where no field could tell the records apart; where each has its day, the day does. */
function withName(planned: Planned[], thing: Thing | null, domain: Domain | null, language: Language): Planned[] {
	const texts = planned.filter((field) => field.type === "text");
	const isNamed = texts.some(
		(field) => naming.test(field.label) || (thing !== null && isLike(field.label, thing.singular)),
	);
	const first = planned[0];
	const times = thing === null || isHappening(thing.singular) ? ["date", "dateTime", "time"] : ["date", "dateTime"];
	const isLog = planned.some((field) => times.includes(field.type) && !field.alert);
	const isPerson = thing !== null && isUsual(thing.singular) && !isHappening(thing.singular);
	const isTold =
		isLog &&
		((texts.length > 0 && !isPerson) ||
			!thing ||
			isHappening(thing.singular) ||
			planned[0]?.type === "date" ||
			planned[0]?.type === "dateTime");
	const isFirstTelling =
		first?.type === "text" &&
		!/\b(?:needs|restrictions|requirements|allerg\w*|size|diet|gender|reason|result)\b/i.test(first.label);
	if (isNamed || isFirstTelling || isTold) return markTitle(planned);
	if (language === "other" && texts.length > 0) return planned;
	const own = domain?.fields[0];
	const name: Planned =
		own?.type === "text" && texts.length === 0 ? own : { label: "Name", as: "name", type: "text", required: true };
	return [{ ...name, required: true }, ...planned];
}

const markTitle = (planned: Planned[]): Planned[] => {
	const title =
		planned.find((field) => field.type === "text" && naming.test(field.label)) ??
		(planned[0]?.type === "text" ? planned[0] : undefined);
	const isMarked = planned.some((field) => field.required);
	return title && !isMarked && planned.indexOf(title) <= 1
		? planned.map((field) => (field === title ? { ...field, required: true } : field))
		: planned;
};

/** A board needs a choice and a calendar needs a day; where one was asked for and none is named, it is added and said. */
function withAskedViews(planned: Planned[], features: Features, language: Language, assumed: string[]): Planned[] {
	let next = planned;
	const end = () => (next.at(-1)?.type === "longText" ? next.length - 1 : next.length);
	const add = (field: Planned, why: string) => {
		next = [...next.slice(0, end()), field, ...next.slice(end())];
		assumed.push(`“${field.label}” was added for the ${why}.`);
	};
	if (features.board && !next.some((field) => field.type === "choice"))
		add({ label: "Status", as: "status", ...shapeOf("status").shape }, "board");
	if (features.calendar && !next.some((field) => field.type === "date" || field.type === "dateTime"))
		add({ label: language === "de" ? "Datum" : "Date", as: "date", type: "date" }, "calendar");
	return next;
}

function viewsFor(planned: readonly Planned[]): View[] {
	const status = planned.find((field) => field.type === "choice" && /status|stage|state|phase|rsvp/i.test(field.label));
	const day = planned.find((field) => field.type === "date" || field.type === "dateTime");
	const picture = planned.find((field) => field.type === "image");
	const views: View[] = picture ? [{ kind: "cards" }, { kind: "table" }] : [{ kind: "table" }];
	if (status) views.push({ kind: "board", by: status.as });
	if (day) views.push({ kind: "calendar", by: day.as });
	return views;
}

function sortFor(planned: readonly Planned[]): { key: string; descending: boolean } {
	const day = planned.find(
		(field) => (field.type === "date" || field.type === "dateTime") && !/birth|geburt|\bdob\b/i.test(field.label),
	);
	return day
		? { key: day.as, descending: !day.alert }
		: { key: planned.find((field) => field.type === "text")?.as ?? planned[0]?.as ?? "name", descending: false };
}

/** Examples are only true to an app whose fields are the known ones. */
function examplesFor(domain: Domain, spec: AppSpec): Domain["examples"] {
	const keys = domain.examples.keys.filter((key) => spec.fields.some((field) => field.key === key));
	const fits =
		keys.includes(spec.titleField) &&
		spec.fields.filter((field) => field.required).every((field) => keys.includes(field.key));
	if (!fits) return { keys: [], rows: [] };
	const places = keys.map((key) => domain.examples.keys.indexOf(key));
	return { keys, rows: domain.examples.rows.map((row) => places.map((place) => row[place] ?? null)) };
}

function iconFor(planned: readonly Planned[]): string {
	const has = (...types: string[]) => planned.some((field) => types.includes(field.type));
	if (has("money")) return "wallet";
	if (has("email", "phone")) return "people";
	if (has("dateTime", "date")) return "calendar";
	return "table";
}
