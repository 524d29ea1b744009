// The fields of a thing that no known kind fits, when the prompt names none: what is noted of a person, of something measured,
// of something that happened, and of anything else.
import { shapeOf } from "../lexicon/shape.ts";
import { cleanLabel } from "../names.ts";
import type { Language } from "../reading/text.ts";
import type { Thing } from "../reading/thing.ts";
import { type Planned, today } from "./domain.ts";

const people =
	/\b(?:person|guest|member|patient|player|volunteer|student|pupil|client|customer|contact|friend|employee|worker|teacher|tenant|donor|attendee|participant|parent|child|neighbou?r|supplier|vendor|colleague|candidate|applicant|parishioner|singer|musician|coach|visitor|subscriber|gast|mitglied|patient|spieler|schüler|kunde|kontakt|freund|mieter|teilnehmer|nachbar|lieferant|besucher|bewerber|mitarbeiter|freiwilliger)$/i;
/** Something that is done or measured again and again: its day tells one from the other. */
export const isHappening = (name: string): boolean =>
	/ entry$/i.test(name) || /^(?:entry|eintrag|record)$/i.test(name) || happening.test(name);

/** A person, or something that happens: records of it are kept whatever the prompt calls the app. */
export const isUsual = (name: string): boolean =>
	people.test(name) || (happening.test(name) && !/\b(?:game|test|match|race)$/i.test(name));

const happening =
	/\b(?:visit|session|lesson|class|meeting|match|race|concert|rehearsal|nap|feed|feeding|call|incident|sighting|walk|ride|trip|delivery|shift|appointment|booking|reservation|inspection|harvest|donation|payment|sale|loan|rental|order|entry|dream|prayer|sermon|service|observation|experiment|test|game|hike|dive|flight|besuch|stunde|treffen|spiel|lauf|konzert|probe|lieferung|schicht|buchung|ernte|spende|zahlung|verkauf|ausleihe|bestellung|fahrt|eintrag|traum|flug)$/i;
const money = /\b(?:donation|payment|sale|tip|spende|zahlung|verkauf|trinkgeld|sales)$/i;

export function usualFields(thing: Thing | null, language: Language): Planned[] {
	const word = language === "de" ? german : english;
	const name = thing?.singular ?? "";
	const notes: Planned = { label: word.notes, as: "notes", type: "longText" };
	const date: Planned = { label: word.date, as: "date", type: "date", required: true, ...today };
	const measured = name.replace(/ entry$/i, "");
	if (measured !== name) {
		const known = shapeOf(measured);
		const value: Planned = {
			label: cleanLabel(measured),
			as: "value",
			...(known.isKnown ? known.shape : { type: "text" as const }),
		};
		return [date, value, notes];
	}
	if (people.test(name))
		return [
			{ label: "Name", as: "name", type: "text", required: true },
			{ label: "Email", as: "email", type: "email" },
			{ label: word.phone, as: "phone", type: "phone" },
			notes,
		];
	if (happening.test(name))
		return [
			{ label: word.title, as: "title", type: "text", required: true },
			date,
			...(money.test(name) ? [{ label: word.amount, as: "amount", type: "money", total: "sum" } as Planned] : []),
			notes,
		];
	return [
		{ label: "Name", as: "name", type: "text", required: true },
		{ label: word.category, as: "category", type: "text", suggest: true },
		{ label: word.date, as: "date", type: "date" },
		notes,
	];
}

const english = {
	notes: "Notes",
	date: "Date",
	phone: "Phone",
	title: "Title",
	amount: "Amount",
	category: "Category",
};
const german = {
	notes: "Notizen",
	date: "Datum",
	phone: "Telefon",
	title: "Titel",
	amount: "Betrag",
	category: "Kategorie",
};
