// What a field's name says about its type, in English and, for the commonest words, in a few other languages.
import type { Field } from "./spec.ts";

export type Shape = Omit<Field, "key" | "label">;

interface Rule {
	name: RegExp;
	shape: Shape;
}

const text: Shape = { type: "text" };

// The first rule that fits wins, so the more exact ones stand first.
const rules: Rule[] = [
	{ name: /\be-?mails?\b|courriel|correo/, shape: { type: "email" } },
	{ name: /\b(tele)?phones?\b|\bmobile\b|\btel\b|telefon|téléphone|teléfono|telefone/, shape: { type: "phone" } },
	{ name: /\b(url|website|web site|web page|homepage|link|webseite|site web|sitio web)\b/, shape: { type: "url" } },
	{ name: /\bcolou?r\b|\bfarbe\b|couleur/, shape: { type: "colour" } },
	{
		name: /\b(coordinates|gps|geo ?location|lat(itude)? ?(and|\/|,) ?lo?ng(itude)?)\b/,
		shape: { type: "coordinates" },
	},
	{
		name: /\b(percent|percentage|pct|progress|discount|completion|prozent|pourcentage|porcentaje)\b|%/,
		shape: { type: "percent", total: "average" },
	},
	{ name: /\b(rating|stars|my score|bewertung|note sur 5|valoración|valutazione)\b/, shape: { type: "rating" } },
	{ name: /\b(date and time|date ?time|timestamp|starts? at|ends? at|begins? at)\b/, shape: { type: "dateTime" } },
	{
		name: /\b(start|end|begin|finish|arrival|departure|opening|closing) time\b|\btime of day\b|\buhrzeit\b/,
		shape: { type: "time" },
	},
	{
		name: /\b(days? between|interval|every \w* ?days?|frequency in days|water every)\b/,
		shape: { type: "integer", unit: "days" },
	},
	{ name: /\b(hours?|stunden|heures|horas|ore|uren)\b/, shape: { type: "decimal", unit: "h", total: "sum" } },
	{
		name: /\b(minutes?|mins?|prep(aration)? time|cook(ing)? time|minuten)\b/,
		shape: { type: "integer", unit: "min", total: "sum" },
	},
	{ name: /\bduration\b|\bdauer\b|\bdurée\b/, shape: { type: "integer", unit: "min", total: "sum" } },
	{ name: /\b(miles per|km per|per (hour|day|week|month|year))\b/, shape: { type: "decimal" } },
	{
		name: /\b(hourly rate|rate|unit price|price|salary|wage|fee|preis|prix|precio|prezzo|preço|prijs)\b/,
		shape: { type: "money", total: "average" },
	},
	{
		name: /\b(amounts?|costs?|totals?|budget|revenue|income|spent|spend|expenses?|paid amount|balance|deposit|rent|deal value|deal size|value|worth|betrag|kosten|summe|montant|coût|importe|coste|importo|costo|valor|bedrag)\b/,
		shape: { type: "money", total: "sum" },
	},
	{ name: /\b(birthday|birth date|date of birth|dob|geburtstag)\b/, shape: { type: "date" } },
	{
		name: /\b(follow[- ]?up|next (step|contact|due|action|appointment|service)|due( date| on| by)?|deadline|expir(es|y)( date| on)?|best before|renewal|fällig|échéance|vencimiento|scadenza)\b/,
		shape: { type: "date", alert: { kind: "past", words: "Overdue", unless: "Done" } },
	},
	{
		name: /\b(when|date|day|dates?|datum|fecha|data|jour|dia|día|giorno)\b|\b(started|finished|acquired|purchased|bought|applied|joined|planted|born|opened|closed|last \w+(ed|t)|since|until|checked)( on| at)?$/,
		shape: { type: "date" },
	},
	{ name: /\b(years?|jahr|année|año|anno|ano)\b/, shape: { type: "integer", plain: true } },
	{ name: /\b(start|end|starts|ends|time|begin|finish)\b/, shape: { type: "time" } },
	{ name: /\b(weight|gewicht|poids|peso)\b/, shape: { type: "decimal", unit: "kg" } },
	{ name: /\b(distance|entfernung)\b/, shape: { type: "decimal", unit: "km", total: "sum" } },
	{ name: /\b(temperature|temperatur)\b/, shape: { type: "decimal", unit: "°C" } },
	{ name: /\b(height|width|length|depth|diameter)\b/, shape: { type: "decimal", unit: "cm" } },
	{
		name: /\b(quantity|qty|stock|on hand|menge|anzahl|bestand|quantité|cantidad|quantità|quantidade|aantal)\b/,
		shape: { type: "integer", total: "sum" },
	},
	{ name: /\b(reorder|minimum|min\.?|threshold)( level| stock| quantity)?\b/, shape: { type: "integer" } },
	{
		name: /\b(count|number of|units|pages|servings|portions|guests|attendees|seats|capacity|reps|sets|points|copies|score|calories|steps taken|visitors|participants|people|ratings|seiten)\b/,
		shape: { type: "integer", total: "sum" },
	},
	{ name: /\b(odometer|mileage|kilometerstand)\b/, shape: { type: "integer" } },
	{ name: /\b(age|alter|floor|level|position number)\b/, shape: { type: "integer" } },
	{
		name: /\b(priority|urgency|importance|priorität|priorité|prioridad|priorità)\b/,
		shape: { type: "choice", choices: ["Low", "Medium", "High"] },
	},
	{ name: /\b(severity)\b/, shape: { type: "choice", choices: ["Minor", "Major", "Critical"] } },
	{ name: /\b(difficulty)\b/, shape: { type: "choice", choices: ["Easy", "Medium", "Hard"] } },
	{
		name: /\b(status|stage|state|phase|estado|statut|stato|progress status)\b/,
		shape: { type: "choice", choices: ["To do", "In progress", "Done"], required: true, startsAs: "To do" },
	},
	{ name: /\b(gender|sex)\b/, shape: { type: "text", suggest: true } },
	{
		name: /\b(notes?|description|comments?|details?|instructions?|ingredients|method|steps|summary|review|remarks?|bio|message|agenda|goals?|diagnosis|notizen|notiz|bemerkung(en)?|beschreibung|remarques?|notas|notities|opmerkingen|descripción|descrizione|descrição|zutaten|ingrédients|ingredientes)\b/,
		shape: { type: "longText" },
	},
	{
		name: /^(is|has|was|needs|can|already) |\?$|\b(done|completed?|paid|billable|favou?rite|active|bought|packed|confirmed|available|approved|urgent|recurring|reimbursed|attended|archived|vegetarian|vegan|insured|returned|sold|borrowed|lent|watched|visited|erledigt|bezahlt|fait|payé|hecho|pagado|fatto|pagato)$/,
		shape: { type: "boolean" },
	},
	{
		name: /\b(category|categories|type|kind|genre|group|department|team|area|tags?|kategorie|art|catégorie|categoría|categoria|categorie|tipo)\b/,
		shape: { type: "text", suggest: true },
	},
	{
		name: /\b(company|client|customer|project|supplier|vendor|author|owner|assignee|assigned to|responsible|room|city|country|place|location|shop|store|brand|manufacturer|merchant|payee|species|breed|venue|teacher|doctor|artist|director|platform|source|supplier|kunde|projekt|autor|auteur|ort|stadt|lieu|ville|lugar|ciudad|luogo|città|cliente|proyecto|projet|progetto)\b/,
		shape: { type: "text", suggest: true },
	},
];

/** The shape of a field by its name; plain text if the name says nothing. `known` is false then. */
export function shapeOf(label: string): { shape: Shape; known: boolean } {
	const name = label.toLowerCase();
	const rule = rules.find((each) => each.name.test(name));
	if (rule) return { shape: { ...rule.shape }, known: true };
	return {
		shape: /\b(name|title|titel|nom|nombre|nome|titre|título|titolo)\b/.test(name)
			? { ...text, required: true }
			: { ...text },
		known: /name|title/.test(name),
	};
}

const typeWords: [RegExp, Shape][] = [
	[/^(long text|multi-?line( text)?|paragraph|text ?area)$/, { type: "longText" }],
	[/^(text|string|words?|free text|short text)$/, { type: "text" }],
	[/^(whole numbers?|integers?|ints?|counts?)$/, { type: "integer", total: "sum" }],
	[/^(numbers?|numeric|decimals?|floats?)$/, { type: "decimal", total: "sum" }],
	[/^(money|currency|price|amount|dollars?|euros?|usd|eur|\$|€)$/, { type: "money", total: "sum" }],
	[/^(percent(age)?|%)$/, { type: "percent", total: "average" }],
	[/^(date and time|date ?time|date & time|timestamp)$/, { type: "dateTime" }],
	[/^(dates?|days?|calendar date)$/, { type: "date" }],
	[/^(time|time of day|clock)$/, { type: "time" }],
	[
		/^(yes\/no|yes or no|y\/n|boolean|bool|check ?box|tick ?box|toggle|switch|true\/false|on\/off)$/,
		{ type: "boolean" },
	],
	[/^(rating|stars|1 ?(-|–|to) ?5( stars)?|star rating|out of 5|five stars)$/, { type: "rating" }],
	[/^(e-?mail( address)?)$/, { type: "email" }],
	[/^(phone( number)?|telephone)$/, { type: "phone" }],
	[/^(url|link|web address|website)$/, { type: "url" }],
	[/^(colou?r)$/, { type: "colour" }],
	[/^(coordinates|gps|location on a map)$/, { type: "coordinates" }],
	[/^(check-?ins?|daily (ticks?|checks?)|days done)$/, { type: "checkins" }],
];

/** The shape for words that name a type ("yes/no", "whole number", "money"); null for anything else. */
export function shapeOfTypeWord(words: string): Shape | null {
	const plain = words
		.trim()
		.toLowerCase()
		.replace(/^(an?|the) /, "")
		.replace(/ (field|column|value|type|input)$/, "");
	const found = typeWords.find(([name]) => name.test(plain));
	return found ? { ...found[1] } : null;
}
