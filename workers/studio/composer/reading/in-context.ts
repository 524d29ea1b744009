// Names that only their neighbours explain: "from" and "to" are days of a booking and places of a ride; "Note" is a mark at a
// German school; a stock that has a minimum is low when it is reached.
import type { Planned } from "../domains/domain.ts";
import { pluralOf } from "../number-of-nouns.ts";
import type { Language } from "./text.ts";
import type { Thing } from "./thing.ts";

const stays =
	/\b(?:leave|absence|vacation|holiday|time off|booking|reservation|rental|lease|stay|sitting|loan|trip|contract|employment|membership|urlaub\p{L}*|abwesenheit|buchung|miete|vertrag|vermietung|mitgliedschaft)\b/iu;
const travels =
	/\b(?:ride|drive|transfer|delivery|flight|route|mileage|transport|move|journey|fahrt|flug|lieferung)\b/i;
const school = /\b(?:student|pupil|schüler\p{L}*|fach|klasse|prüfung|klausur|test|noten?|exam|arbeit)\b/iu;

export function inContext(planned: readonly Planned[], thing: Thing | null, language: Language): Planned[] {
	const labels = planned.map((field) => field.label.toLowerCase());
	const about = `${thing?.phrase ?? ""} ${thing?.singular.toLowerCase() ?? ""}`;
	const hasDays = labels.some((label) => /\b(?:days|nights|tage|nächte)\b/.test(label));
	const hasDate = planned.some((field) => field.type === "date" || field.type === "dateTime");
	const areDays =
		(stays.test(about) || hasDays || (!hasDate && !travels.test(about))) &&
		!labels.some((label) => /\bkm\b|kilomet|miles|distance|strecke/.test(label));
	const isRace = /\b(?:swim|race|lap|sprint|marathon|relay|personal best|split)\b/.test(about);
	const areDone = planned.some((field) => field.type === "boolean" && /^\p{L}+ed$/iu.test(field.label));
	const areCounted = labels.some((label) =>
		/^(?:adults|visitors|men|women|seniors|number of .*)$|\b(?:per|pro) (?:head|person|guest|child|kopf|gast|kind)$/.test(
			label,
		),
	);
	const spans = /^(?:start|end|begin|finish|anfang|beginn|ende|schluss)$/;
	const ends = labels.filter((label) => spans.test(label));
	const hasOtherDay =
		ends.length === 2 &&
		!labels.some((label) => /^(?:ziel|destination)$/.test(label)) &&
		planned.some(
			(field) =>
				(["date", "dateTime"].includes(field.type) || /^(?:tag|weekday|wochentag|day)$/i.test(field.label)) &&
				!spans.test(field.label.toLowerCase()),
		) &&
		!stays.test(about);
	const perEach = labels.flatMap((label) => /\b(?:per|pro|je|each) (\p{L}+)$/u.exec(label)?.[1] ?? []);
	const isPair = (one: string, other: string) => labels.includes(one) && labels.includes(other);
	const next = planned.map((field): Planned => {
		const label = field.label.toLowerCase();
		// "date, from, to": the hours of that day
		if (
			isPair("from", "to") &&
			/^(?:from|to)$/.test(label) &&
			labels.some((each) => /^(?:date|day)$/.test(each)) &&
			!travels.test(about)
		)
			return { label: field.label, as: field.as, type: "time" };
		if (
			field.type === "text" &&
			areDays &&
			((isPair("from", "to") && /^(?:from|to)$/.test(label)) ||
				(isPair("from", "until") && label === "from") ||
				(isPair("von", "bis") && label === "von"))
		)
			return { label: field.label, as: field.as, type: "date" };
		// Among things to be done, "bought" is a tick; a race is timed to the hundredth.
		if (areDone && field.type === "date" && /^(?:bought|purchased|received|opened|checked)$/.test(label))
			return { label: field.label, as: field.as, type: "boolean" };
		// "Tag" is a day in German and a mark in English.
		if (language === "de" && label === "tag" && field.type === "text")
			return { label: field.label, as: field.as, type: "date" };
		// "date, start, end": the hours of that day; without a day they are the first and the last.
		if (hasOtherDay && spans.test(label) && (field.type === "date" || field.type === "text"))
			return { label: field.label, as: field.as, type: "time" };
		if (isRace && label === "time") return { label: field.label, as: field.as, type: "text" };
		// "words, rate per word": what has a price for each is counted.
		if (
			field.type === "text" &&
			perEach.some((word) => label === word || label === `${word}s` || label === pluralOf(word))
		)
			return { label: field.label, as: field.as, type: "integer", total: "sum" };
		if (
			areCounted &&
			field.type === "text" &&
			/^(?:children|kids|teens|youth|babies|students|members|men|women|guests|kinder)$/.test(label)
		)
			return { label: field.label, as: field.as, type: "integer", total: "sum" };
		if (/^(?:start|ziel)$/.test(label) && isPair("start", "ziel"))
			return { label: field.label, as: field.as, type: "text", suggest: true };
		if (
			language === "de" &&
			label === "note" &&
			field.type === "longText" &&
			school.test(`${about} ${labels.join(" ")}`)
		)
			return { label: field.label, as: field.as, type: "decimal", total: "average" };
		return field;
	});
	return withLowStock(next);
}

function withLowStock(planned: Planned[]): Planned[] {
	const least = planned.find(
		(field) =>
			["integer", "decimal"].includes(field.type) &&
			/\b(?:reorder|minimum|min|threshold)\b|mindestbestand|meldebestand/i.test(field.label),
	);
	const stock = planned.find(
		(field) =>
			field !== least &&
			["integer", "decimal"].includes(field.type) &&
			/\b(?:quantity|qty|stock|on hand)\b|bestand|menge|anzahl/i.test(field.label),
	);
	if (!least || !stock) return planned;
	return planned.map((field) =>
		field === stock ? { ...field, alert: { kind: "atMost", field: least.as, words: "Low stock" } } : field,
	);
}
