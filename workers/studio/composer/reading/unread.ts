// What of a prompt is nowhere in the app that was made of it. Every part of the prompt must come back in the app's words, or be no more
// than the way people ask; what remains was not understood, and the answer says so instead of dropping it in silence.
import { singularOf } from "../number-of-nouns.ts";
import type { AppSpec } from "../spec.ts";
import { describeSpec } from "../understanding.ts";
import { readItem } from "./item.ts";
import { mask, sentencesOf, tidyPrompt } from "./text.ts";

/** At most so many parts are named: who reads ten has stopped reading. */
const most = 4;

/** How people ask, and words that hold a sentence together: they ask for nothing by themselves. */
const weightless = new Set(
	(
		"a an the this that these those some any each every all both one ones my our your their his her its me us them it they he she we you i " +
		"and or but so then than as if of for to in on at by with without from into about over under per via up out off down also too only just " +
		"is are was were be been being am do does did done has have had having can could may might must should would will shall let lets get gets " +
		"got go goes want wants need needs like likes love wish please help make makes made build create design write develop give set put use used " +
		"using keep keeps keeping track tracks tracking tracker log logs logging logbook list lists listing record records recording note notes " +
		"manage managing organise organize organising organizing store stores storing save saves saving enter enters entering register document " +
		"collect collecting catalogue catalog app apps application tool tools program programme software system site website page webapp database " +
		"spreadsheet table thing things something anything everything stuff simple small little nice basic easy quick personal private new good " +
		"what which who whom whose when where why how whether there here not no yes now more most other etc field fields column columns info " +
		"information details data item items entry entries name names date time number amount type kind value values text once able always see know " +
		"show shows view overview really very well currently later again because since while during before after between until always maybe " +
		"hi hello hey thanks thank ok okay bit lot lots kind sort way via add adding fill look looking follow following include including includes " +
		"contain contains containing called named own ich wir mein meine meiner meinen meinem unser unsere unserer unseren ein eine einen einer der die das den dem des und oder mit für von " +
		"zu zum zur im in am an auf bei aus nach ist sind war hat haben soll sollen kann möchte möchten will wollen brauche brauchen bitte mir uns " +
		"app liste verwalten verwaltung erfassen notieren sammeln speichern eintragen festhalten übersicht jede jeder jedes jeden je pro was wer wann wo wie ob alle"
	).split(" "),
);

/** Verbs that ask the app to do something, so that what follows them is a wish and no context. */
const doing =
	/^(?:colou?r|highlight|mark|flag|paint|warn|alert|show|hide|sort|order|group|filter|search|calculate|compute|work|sum|total|count|compare|rank|suggest|generate|export|import|print|lock|limit|allow|prevent|block|require|check|validate|draw|plot|link|connect|assign|rotate|shuffle|repeat|archive|duplicate|convert|merge|split|scan|translate|summari[sz]e|zeige?|markiere?|sortiere?|berechne|gruppiere?|filtere?|warne?|drucke?)$/;

/** Where, for whom and why somebody wants an app: told, and not asked for. */
const context =
	/^(?:(?:it(?:'s| is)|this is|that(?:'s| is)|they(?:'re| are))\s|(?:for|at|in|of|from|since|because|as|so|when|während|für|bei|weil|damit|bei|in|im)\b|(?:they|he|she)\b|(?:i(?:'m| am| run| own| have| work| coach| teach| lend| rent| breed)?|we(?:'re| are| run| own| have| work| lend| rent)?|my|our|ich|wir|mein\p{L}*|unser\p{L}*)\b)/iu;

/** The parts of the prompt that are in no way in the app, as they are written. `said`: sentences that tell what was left out. */
export function unreadIn(prompt: string, spec: AppSpec, said: readonly string[]): string[] {
	const known = knownWords(spec, said);
	const unread: string[] = [];
	for (const sentence of sentencesOf(tidyPrompt(prompt))) {
		const isTold = context.test(sentence) && !/[:(]/.test(sentence);
		for (const [at, part] of partsOf(sentence).entries()) {
			const words = wordsIn(part);
			const heavy = words.filter((word) => !weightless.has(word));
			const strange = heavy.filter((word) => !isKnown(word, known));
			if (strange.length === 0 || isAnswered(part, spec)) continue;
			const isWish = words.slice(0, 3).some((word) => doing.test(word));
			const isOnlyContext = at === 0 || isTold || context.test(part.trim());
			if (isWish ? strange.length >= 1 : strange.length === heavy.length && !isOnlyContext) unread.push(part.trim());
		}
	}
	return unread.slice(0, most).map((part) => (part.length > 90 ? `${part.slice(0, 88)}…` : part));
}

/** "how far" is in the app as "Distance": the part reads as a field that is there. */
function isAnswered(part: string, spec: AppSpec): boolean {
	const label = readItem(part.trim())?.label.toLowerCase();
	return label !== undefined && spec.fields.some((field) => field.label.toLowerCase() === label);
}

function partsOf(sentence: string): string[] {
	const masked = mask(sentence);
	const parts: string[] = [];
	let from = 0;
	for (const match of masked.matchAll(/[,;:()]|\s[-–—]\s|\s(?:and|und|but|aber|plus|sowie)\s/giu)) {
		parts.push(sentence.slice(from, match.index));
		from = match.index + match[0].length;
	}
	parts.push(sentence.slice(from));
	// " - and colour them": what joins it to what stands before is no part of it
	return parts
		.map((part) => part.replace(/^\s*(?:and|und|but|aber|plus)\s+/iu, ""))
		.filter((part) => part.trim() !== "");
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/\p{L}[\p{L}\p{M}'-]*/gu) ?? [];

/** Everything that the app and the answer say, by words. */
function knownWords(spec: AppSpec, said: readonly string[]): string[] {
	const { title, entity, fields, views } = describeSpec(spec);
	const texts = [
		title,
		entity.singular,
		entity.plural,
		...fields.flatMap(({ label, type, details }) => [label, type, details]),
		...spec.fields.flatMap((field) => [field.help ?? "", ...(field.choices ?? [])]),
		...views,
		...said,
	];
	return [...new Set(texts.flatMap(wordsIn).map(stem))];
}

const stem = (word: string): string => singularOf(word.replace(/'s$/, ""));

/** The same word, or another form of it: "harvested" and "harvest", "watering" and "watered". */
function isKnown(word: string, known: readonly string[]): boolean {
	const own = stem(word);
	return known.some((each) => {
		if (each === own) return true;
		const shared = Math.min(each.length, own.length) - 3;
		return (
			shared >= 3 && Math.abs(each.length - own.length) <= 4 && each.slice(0, shared + 1) === own.slice(0, shared + 1)
		);
	});
}
