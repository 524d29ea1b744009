// What a known kind may lend to the thing a person names: fields, views and a look. Never its name, and neither stages nor money
// that nobody asked for, unless they are what the kind is about (an expense has an amount).
import type { Thing } from "../reading/thing.ts";
import type { Domain, Planned } from "./domain.ts";
import { domains } from "./known.ts";

interface Lender {
	id: string;
	/** Things of this kind, one of each; the last word of a thing is compared too. */
	nouns: string;
	/** Words for the kind itself: whoever says them gets all of its fields. */
	asked: RegExp | null;
	/** Fields of money and stages that belong to every thing of this kind. */
	core: readonly string[];
}

const lenders: readonly Lender[] = [
	{
		id: "expenses",
		nouns:
			"expense, expenditure, spending, purchase, ausgabe, dépense, gasto, spesa, uitgave, despesa, dépenses, gastos, spese, uitgaven",
		asked: /\b(?:household budget|personal finances?|haushaltsbuch|budget|what i spend)\b/i,
		core: ["amount"],
	},
	{
		id: "subscriptions",
		nouns: "subscription, recurring payment, abo, abonnement",
		asked: null,
		core: ["cost", "billed"],
	},
	{
		id: "invoices",
		nouns: "invoice, bill, rechnung, facture, factura, fattura",
		asked: null,
		core: ["amount", "status"],
	},
	{
		id: "habits",
		nouns: "habit, routine, daily habit, gewohnheit, habitudes, hábitos, abitudini",
		asked: /\bstreaks?\b/i,
		core: [],
	},
	{
		id: "recipes",
		nouns: "recipe, rezept, recette, receta, ricetta, receita, recettes, recetas, ricette",
		asked: null,
		core: [],
	},
	{
		id: "plants",
		nouns: "plant, houseplant, succulent, pflanze, zimmerpflanze, plantes, plantas, piante",
		asked: null,
		core: [],
	},
	{
		id: "events",
		nouns: "event, appointment, veranstaltung, termin, eventos, eventi, événements",
		asked: /^(?:event )?(?:calendar|agenda|schedule|kalender)$/i,
		core: [],
	},
	{
		id: "workouts",
		nouns: "workout, training, gym session, run, exercise, workout entry, running entry",
		asked: /\bfitness\b/i,
		core: [],
	},
	{ id: "shopping", nouns: "", asked: /\b(?:shopping list|grocery list|groceries|einkaufsliste)\b/i, core: ["price"] },
	{ id: "trips", nouns: "trip, vacation, holiday, journey, reise, urlaub, viajes, voyages", asked: null, core: [] },
	{
		id: "crm",
		nouns: "contact, client, customer, lead, prospect, kunde, kontakt",
		asked: /\b(?:crm|sales pipeline|customer relationship|deals?|leads?|prospects?|pipeline)\b/i,
		core: [],
	},
	{
		id: "tasks",
		nouns: "task, to-do, todo, aufgabe, tareas, tâches",
		asked: /\b(?:kanban|scrum board|task board|tasks?|to-?dos?|sprint|^(?:product |sprint )?backlog$|aufgaben)\b/i,
		core: ["status"],
	},
	{
		id: "timesheet",
		nouns: "time entry",
		asked:
			/\b(?:time ?-?sheets?|time tracking|time tracker|working hours|work hours|billable hours|hours worked|time log|my hours|hours per|zeiterfassung|stundenzettel|arbeitszeit\w*)\b|^hours\b/i,
		core: [],
	},
	{
		id: "jobs",
		nouns: "job application, application, bewerbung",
		asked: /\b(?:job (?:applications?|hunt|search|tracker))\b/i,
		core: ["status"],
	},
	{ id: "bugs", nouns: "bug, issue, defect, ticket, support request, support ticket", asked: null, core: ["status"] },
	{ id: "students", nouns: "student, pupil, schüler, student:in", asked: null, core: [] },
	{
		id: "inventory",
		nouns: "spare part, stock item, product, inventory item",
		asked: /\b(?:inventory|stock|warehouse|storeroom|lagerbestand|inventar\w*)\b/i,
		core: ["unitPrice", "stockValue"],
	},
	{
		id: "reading",
		nouns: "book, novel, buch, livres, libros, libri, boeken",
		asked: /\b(?:reading (?:list|log)|leseliste)\b/i,
		core: [],
	},
	{ id: "films", nouns: "film, movie, tv show, series", asked: /\bwatch ?list\b/i, core: [] },
	{
		id: "maintenance",
		nouns: "repair, maintenance entry, repair job, service job, wartung",
		asked: /\b(?:maintenance|wartung\w*)\b/i,
		core: ["status"],
	},
];

export interface Lent {
	domain: Domain;
	/** The kind itself was asked for, not only a thing of it. */
	isWhole: boolean;
	fields: Planned[];
}

/** The kind that fits the thing, with the fields it may lend; null if none does. */
export function lendTo(thing: Thing | null, text: string): Lent | null {
	const phrase = thing?.phrase ?? "";
	const lender =
		(thing ? byNoun(thing) : undefined) ??
		lenders.find(({ asked }) => asked?.test(phrase)) ??
		(thing ? undefined : lenders.find(({ asked }) => asked?.test(text)));
	const domain = lender && domains.find((each) => each.id === lender.id);
	if (!lender || !domain) return null;
	const isWhole = lender.asked?.test(`${phrase} ${thing?.title ?? ""}`) ?? false;
	const lends = (field: Planned) =>
		isWhole ||
		lender.core.includes(field.as) ||
		!(field.type === "money" || (field.type === "choice" && field.startsAs !== undefined));
	const kept = domain.fields.filter(lends);
	const has = (key: string) => kept.some((field) => field.as === key);
	return { domain, isWhole, fields: kept.filter((field) => field.computed?.of.every(has) ?? true) };
}

function byNoun(thing: Thing): Lender | undefined {
	const name = thing.singular.toLowerCase();
	const plural = thing.plural.toLowerCase();
	const ends = (noun: string) => noun !== "" && (name === noun || plural === noun || name.endsWith(` ${noun}`));
	return lenders
		.flatMap((lender) =>
			lender.nouns
				.split(", ")
				.filter(ends)
				.map((noun) => ({ lender, length: noun.length })),
		)
		.sort((a, b) => b.length - a.length)[0]?.lender;
}
