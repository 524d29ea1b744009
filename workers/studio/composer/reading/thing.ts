// The thing an app keeps, as the person names it: the noun after "track my …", before "tracker", in "list of …", "each … has".
import { shapeOf } from "../lexicon/shape.ts";
import { capitalise, cleanLabel, type Entity } from "../names.ts";
import { bothForms } from "../number-of-nouns.ts";
import { containers, phraseAt, readRequest, withoutOpening } from "./request.ts";
import { type Language, sentencesOf } from "./text.ts";
import { beings, doings, emptyWord, kindWord, specialOf } from "./thing-words.ts";

export interface Thing extends Entity {
	/** What the app is called in the prompt, when that is more than the plural: "Guest list", "Grade book". */
	title: string | null;
	/** The words the thing was found by, in lower case, for finding a known kind. */
	phrase: string;
	/** The prompt named a thing; otherwise a word was taken that may be none. */
	isNamed: boolean;
}

const tracking =
	"keep(?:ing|s)? an eye on|keep(?:ing|s)? (?:track|tabs|a list|a record|a log|records|notes|an overview) (?:of|on)|track(?:ing|s)?(?: of)?|manag(?:e|es|ing)|organi[sz](?:e|es|ing)|catalogu?(?:e|es|ing)|collect(?:s|ing)?|record(?:s|ing)?|monitor(?:s|ing)?|log(?:s|ging)?|register(?:s|ing)?|document(?:s|ing)?|list(?:s|ing)?|administ(?:er|rate)|overview (?:of|over)|follow(?:ing)?|sav(?:e|es|ing)|stor(?:e|es|ing)|remember(?:s|ing)?|plan(?:ning)?|note(?: down)?|write down|put(?:ting)?(?= (?:my|our|all|the)\\s)|keep";
/** "My dad repairs watches": what somebody does with things. */
const doesWhat =
	"breeds|collects|lends|rents out|sells|grows|brews|repairs|restores|teaches|raises|keeps|owns|has|makes|bakes|builds|coaches|trains|fixes|fosters|hosts";
const objects = new RegExp(
	`\\b(?:${tracking})\\s+(?!for\\b|with\\b|to\\b|it\\b|them\\b|which\\s+\\p{L}+\\s+(?:is|are)\\b)`,
	"giu",
);

/** The thing; null if the text does not say. `owner` is what a list of fields was said to be of. */
export function readThing(text: string, owner: string, language: Language): Thing | null {
	const said = owner ? phraseAt(owner) : null;
	const named = said ? fromPhrase(said.written, language, null) : null;
	const asked = fromRequests(text, language);
	if (named) return { ...named, title: asked?.title ?? null, phrase: `${asked?.phrase ?? ""} ${named.phrase}`.trim() };
	return (
		asked ??
		fromListOf(text, language) ??
		fromVerbs(text, language) ??
		fromDoings(text) ??
		fromBelongings(text, language)
	);
}

function fromRequests(text: string, language: Language): Thing | null {
	const all = sentencesOf(text);
	for (const [at, written] of all.entries()) {
		const sentence = wishIn(written).replace(
			/^(?:(?:ok|okay|so|well|hi|hey|basically|also|right)[,\s]+)+(?=(?:my|our)\s)/i,
			"",
		);
		// "My neighbour is Paul": who somebody is, once the request was made, asks for nothing
		if (
			/^(?:my|our|his|her|their|mein\p{L}*|unser\p{L}*) [^,:]{1,40}? (?:is|are|was|were|keeps?|never|always|told|asked|asks|wants?|said|says|suggested|can't|don't|doesn't|won't|forgets?|ist|sind|war|hat|haben|will|wollen)\s/iu.test(
				sentence,
			)
		)
			continue;
		if (/^(?:i'm|i am|we are|we're|ich bin|wir sind|my name|hello|hi|thanks?|danke)\b/i.test(sentence)) continue;
		// "A bar chart per month would be great": a part of the app, and no thing.
		if (at > 0 && isFeatureWish(sentence)) continue;
		const found = fromSubtitle(sentence, language) ?? fromRequest(sentence, language);
		if (found) return found;
	}
	return null;
}

/** "Wir brauchen für die Feuerwehr eine Liste der Geräte": a list of something, wherever it is named. */
function fromListOf(text: string, language: Language): Thing | null {
	const match =
		/\b(?:list|overview|liste|übersicht|verzeichnis|datenbank|kartei|sammlung)\s+(?:of|alter|seltener|der|aller|meiner|unserer|von|über)\s+(.+)$/isu.exec(
			text,
		);
	return match ? objectAt(match[1] ?? "", language) : null;
}

/** "We fight about chores, I need an app for them": what is asked for, without what stands before it. */
const wishIn = (sentence: string): string =>
	/,\s+(?:(?:so|and|but|also|therefore)\s+)*((?:i|we)(?:'d| would)? (?:need|want|like|love)(?: to have)? (?:an?|some|the)\s.+)$/i.exec(
		sentence,
	)?.[1] ?? sentence;

const isFeatureWish = (sentence: string): boolean =>
	/\b(?:charts?|graphs?|diagrams?|\p{L}*diagramm|views?|filters?|search|export|import|buttons?|dashboard|ansicht|suche)$/iu.test(
		readRequest(sentence)?.words.join(" ") ?? "",
	);

/** "Volleyball club: members", "Bücherei: Bücher": after a colon stands what is kept, before it where or for whom. */
function fromSubtitle(sentence: string, language: Language): Thing | null {
	const [, where = "", what = ""] = /^([^:,.]{2,50}):\s+(\p{L}[^:]*)$/u.exec(sentence) ?? [];
	const found = what ? fromRequest(what, language) : null;
	if (!found?.isNamed) return null;
	const title =
		where.split(" ").length <= 4 && !/^(?:app|idea|project|prompt|task|request|idee|aufgabe)\b/i.test(where);
	return { ...found, title: title ? capitalise(where) : found.title };
}

function fromRequest(sentence: string, language: Language): Thing | null {
	const isDoing = new RegExp(`^(?:to )?(?:${tracking})\\s`, "iu").test(withoutOpening(sentence));
	if (new RegExp(`^(?:my|our|the) \\p{L}+ (?:${doesWhat})\\s`, "iu").test(sentence)) return null;
	if (isDoing) {
		// "list of books", "log book": nouns, and no verbs.
		const nominal =
			/^(?:please )?(?:list|log|record|catalogue?|register|document|plan|collection) (?:of|book|for)\b/i.test(sentence);
		if (!nominal) return null;
	}
	if (/^(?:lost (?:and|&) found|fundbüro)\b/iu.test(withoutOpening(sentence))) return fromDoings(sentence);
	const request = readRequest(sentence);
	if (!request) return null;
	const { words, written, tail } = request;
	if (
		/^(?:i|we|you|it|there|this|is|are|do|does|can|how|what|why|who|when|where|also|ich|wir|wer|was|wann|wo|wie|ob|warum|für|in|what's|how's|who's|where's|when's|explain|tell|show|turn|solve|fix|guess|find|sing|know|see|be|do|go|get|understand|check|compare|remember|view|learn|let)$/.test(
			words[0] ?? "",
		) ||
		/^(?:want|need|like|have|run|own|teach|sell|lend|am|collect|breed|grow|brew|work|rent)$/.test(words[0] ?? "")
	)
		return null;
	const phrase = words.join(" ");
	const last = words.at(-1) ?? "";
	const beforeLast = written.slice(0, -1).filter((word) => !/^(?:web|mobile|online)$/i.test(word));
	const known = specialOf(phrase);
	if (containers.test(last)) {
		const purpose =
			language === "de"
				? (afterFor(tail, language) ?? fromVerbs(tail, language))
				: (fromVerbs(tail, language) ?? afterFor(tail, language));
		if (purpose?.isNamed || (purpose && beforeLast.length === 0)) return purpose;
		const inner = beforeLast.length > 0 ? fromPhrase(beforeLast, language, null) : null;
		return inner ? { ...inner, isNamed: false } : purpose;
	}
	if (kindWord.test(last) || known) {
		const title = capitalise(written.join(" "));
		if (known) {
			return fromKnown(known, phrase, title, tail, language);
		}
		// A log of a being or a place has entries, and no more babies.
		if (/^(?:logs?|logbook|diary|journal|book)$/.test(last) && beings.test(beforeLast.join(" ")))
			return { singular: "Entry", plural: "Entries", title, phrase, isNamed: true };
		const tailSpecial =
			specialOf(words.slice(-2).join(" ")) ?? (/^(?:budget|stock|inventory)$/.test(last) ? specialOf(last) : undefined);
		if (tailSpecial) return { singular: tailSpecial[0], plural: tailSpecial[1], title, phrase, isNamed: true };
		if (beforeLast.length === 0) return ofPhrase(tail, language) ?? afterFor(tail, language);
		return fromPhrase(beforeLast, language, title, phrase);
	}
	const compound = language === "en" ? null : germanKeeper(last, language, capitalise(written.join(" ")));
	if (compound) return compound;
	// "types of cheese", "bottles of wine", "members of our choir"
	const ofWhat = /^\s+of\s+(?!(?:my|our|the|his|her|their|a|an|all)\b)(\p{L}+)(?:\s+(\p{L}+))?/iu.exec(tail);
	if (/^(?:types?|kinds?|sorts?|pieces?|bits?|set|range|number)$/.test(last) && ofWhat) return ofPhrase(tail, language);
	const bare = fromPhrase(written, language, null);
	// "bike repair shop: customer, bike, problem": where it is kept, not what.
	if (bare && trades.test(last) && /^\s*(?::|$)/.test(tail))
		return { ...entriesOf(bare, language), title: bare.singular };
	return bare && { ...bare, isNamed: isOfMany(sentence, last, tail, language) };
}

const trades =
	/^(?:shop|store|studio|salon|clinic|practice|agency|garage|bakery|café|cafe|restaurant|hotel|kennel|gym|school|club|werkstatt|praxis|agentur|bäckerei|gärtnerei|schule|verein|salon)$/i;

/** A bare noun is a list only if it is of many: "board games", "my houseplants"; "baby monitor" may be anything. */
function isOfMany(sentence: string, last: string, tail: string, language: Language): boolean {
	const isPlural =
		/(?:[^siu]s|ies|people|children|men|women|geese|mice|sheep|fish|equipment)$/i.test(last) && !/ics$/i.test(last);
	const isGerman = language !== "en" && /(?:en|er|e|s)$/.test(last) && /^\p{Lu}/u.test(sentence);
	const isShort = sentence.split(/\s+/).length <= 5;
	return (
		((isPlural || isGerman) && (isShort || /\b(?:my|our|mein\p{L}*|unser\p{L}*|mes|mis)\b/iu.test(sentence))) ||
		/^\s*(?:of|in|at|for)\s+(?:my|our)\b/i.test(tail)
	);
}

/** "inventory", "kanban board": what stands in it by itself, or what it is said to be of. */
function fromKnown(
	known: readonly [string, string],
	phrase: string,
	title: string | null,
	tail: string,
	language: Language,
): Thing {
	const mayBeOf =
		/^(?:list|log|board|calendar|inventory|stock|journal|diary|logbook|schedule|crm|kanban|checklist|kanban board|budget)$/;
	const of = mayBeOf.test(phrase) ? (ofPhrase(tail, language) ?? fromVerbs(tail, language)) : null;
	// The inventory "of my garage" keeps items; that "of spare parts" keeps parts.
	const isPlace =
		of !== null &&
		(/^(?:inventory|stock|crm)$/.test(phrase) || /^\s*for\b/i.test(tail)) &&
		/^\s*(?:of|for) (?:my|our|the|an?)\b/i.test(tail) &&
		of.plural.toLowerCase() !== of.phrase &&
		!/ entries$/i.test(of.plural);
	if (of && !isPlace) return { ...of, title: null, phrase: `${phrase} ${of.phrase}` };
	const isTitle = !/^(?:todo|todos|to-do|hours|board|log)$/.test(phrase);
	return { singular: known[0], plural: known[1], title: isTitle ? title : null, phrase, isNamed: true };
}

/** "Gästeliste": Gäste; "Tankbuch": entries. Null: no list put together with what stands in it. */
function germanKeeper(word: string, language: Language, title: string): Thing | null {
	const match =
		/^(\p{L}{3,}?)s?-?(liste|verwaltung|sammlung|kartei|verzeichnis|protokoll|planer|übersicht|register|archiv|katalog|tagebuch|buch|tracker|log|plan|datenbank|inventar|pass|heft|erfassung)$/iu.exec(
			word,
		);
	const [, stem = "", keeper = ""] = match ?? [];
	if (!match || /^(?:hand|foto|bilder|dreh|reise|kom)$/i.test(stem)) return null;
	const entries: Thing = { singular: "Eintrag", plural: "Einträge", title, phrase: word.toLowerCase(), isNamed: true };
	if (/^(?:tagebuch|buch|protokoll|log|pass|heft)$/i.test(keeper)) return entries;
	const thing = toThing(stem, language, title);
	const isOfMany = thing !== null && thing.plural.toLowerCase() === stem.toLowerCase();
	return /^(?:plan|planer|erfassung)$/i.test(keeper) && !isOfMany ? entries : thing;
}

const determiner =
	"(?:all|the|my|our|your|their|his|her|a|an|some|every|these|of|die|der|das|den|dem|mein(?:e[nrms]?)?|unser(?:e[nrms]?)?|alle[nrs]?|eine?[nrms]?)";
const leadingDeterminers = new RegExp(`^(?:${determiner}\\s+)*`, "i");

function ofPhrase(tail: string, language: Language): Thing | null {
	const match =
		/^\s*(?:of|for|about|with|to (?:track|keep|manage|log|record)|von|für|der|des|über|aller|meiner|unserer)\s+(.+)$/iu.exec(
			tail,
		);
	return match ? objectAt(match[1] ?? "", language) : null;
}

function afterFor(tail: string, language: Language): Thing | null {
	const match = /^\s*(?:for|about|on|of|für|über|von)\s+(.+)$/iu.exec(tail);
	const words = match?.[1] ?? "";
	// "for reading ebooks" says what to do, and names no thing to keep.
	if (
		/^(?:reading|editing|watching|playing|ordering|learning|listening|making|creating|converting|drawing|sending|finding|buying|browsing|viewing|streaming|scanning|translating|generating|calculating|counting|measuring|chatting|sharing|downloading|printing)\s+\p{L}/iu.test(
			words,
		)
	)
		return null;
	const thing = match ? objectAt(words, language) : null;
	return thing && isPlaceOf(words, thing, language) ? entriesOf(thing, language) : thing;
}

/** "for my allotment" says where or for whom, not what: what is kept there are entries. */
function isPlaceOf(words: string, thing: Thing, language: Language): boolean {
	// "für meinen Garten", "für unser Café": one place; "für meine Hühner" are many.
	if (language === "de")
		return /^(?:(?:mein|unser|ihr|sein|ein)(?:en)?|den|das)\s/i.test(words) && !specialOf(thing.phrase);
	const isOwn = /^(?:(?:all|the whole) )?(?:my|our|his|her|their|the)\s/i.test(words);
	const isOne = thing.plural.toLowerCase() !== thing.phrase && !/ entries$/i.test(thing.plural);
	return language === "en" && isOwn && isOne && specialOf(thing.phrase) === undefined && thing.title === null;
}

const entriesOf = (thing: Thing, language: Language): Thing => ({
	...(language === "de" ? { singular: "Eintrag", plural: "Einträge" } : { singular: "Entry", plural: "Entries" }),
	title: thing.singular,
	phrase: thing.phrase,
	isNamed: false,
});

function fromVerbs(text: string, language: Language): Thing | null {
	if (language === "de") {
		const found = germanObject(text, language);
		if (found) return found;
	}
	for (const match of text.matchAll(objects)) {
		// "they keep losing books", "they keep dying": what somebody goes on doing is not what is kept.
		const words = text.slice(match.index + match[0].length);
		const object = /^keeps?\s$/i.test(match[0]) ? words.replace(/^\p{L}+ing\s/u, "") : words;
		const found = objectAt(object, language);
		if (found) return found;
	}
	return null;
}

const germanVerbs =
	"(?:verwalten|erfassen|notieren|verfolgen|im (?:blick|auge) behalten|festhalten|dokumentieren|sammeln|organisieren|planen|speichern|tracken|aufschreiben|eintragen|nachhalten|pflegen|auflisten|überblicken|ordnen|katalogisieren|führen)";

function germanObject(text: string, language: Language): Thing | null {
	const before = new RegExp(
		`\\b(?:mein(?:e[nrms]?)?|unser(?:e[nrms]?)?|alle[nrs]?|die|den|das|welche[nrs]?)\\s+((?:\\p{Ll}+(?:en|e|er|es)\\s+)?\\p{L}[\\p{L}-]+)(?=[^.]*?\\b${germanVerbs})`,
		"iu",
	).exec(text);
	if (before) {
		const found = toThing(before[1] ?? "", language, null);
		if (found) return found;
	}
	const loose = new RegExp(`(\\p{Lu}[\\p{L}-]{2,})\\s+(?:und \\p{L}+ )?${germanVerbs}`, "u").exec(text);
	const bare = loose ? toThing(loose[1] ?? "", language, null) : null;
	if (bare) return bare;
	const own = /\b(?:mein(?:e[nrms]?)?|unser(?:e[nrms]?)?)\s+((?:\p{Ll}+(?:en|e|er)\s+)?\p{Lu}[\p{L}-]+)/u.exec(text);
	return own ? toThing(own[1] ?? "", language, null) : null;
}

/** The noun phrase at the start of the words: "my books and films with …", "the hours per client". */
function objectAt(words: string, language: Language): Thing | null {
	const bare = words
		.replace(/^(?:(?:like|about|around|some|over|roughly|ca\.?)\s+)?\d+\s+/i, "")
		.replace(leadingDeterminers, "")
		.replace(/^(?:which|what|how many|welche[nrs]?)\s+(?=\p{L}+)/iu, "");
	for (const [pattern, singular, plural] of doings)
		if (new RegExp(`^(?:${pattern.source})`, "i").test(words))
			return { singular, plural, title: null, phrase: plural.toLowerCase(), isNamed: true };
	const phrase = phraseAt(bare);
	if (!phrase) return null;
	const { written, words: lower, tail } = phrase;
	const last = lower.at(-1) ?? "";
	const known = specialOf(lower.join(" "));
	if (known) return fromKnown(known, lower.join(" "), null, tail, language);
	if (kindWord.test(last) && written.length === 1) return ofPhrase(tail, language) ?? null;
	if (kindWord.test(last) && written.length > 1 && !/^(?:history|data|book|library)$/.test(last))
		return fromPhrase(written.slice(0, -1), language, capitalise(written.join(" ")), lower.join(" "));
	const pair =
		/^\s+and\s+(?!(?:their|its|his|her|the|my|our|who|what|when|how|where|whether|which|i|we|also|show|see|all)\b)(\p{L}+)(?=\s*(?:$|[,.;:!?(]|(?:with|for|in|at|by|of|that|so|on)\b))/iu.exec(
			tail,
		);
	const one = fromPhrase(written, language, null);
	// "manage my business" says nothing of what is kept; "track my weight" does.
	if (one && isPlaceOf(words, one, language) && !/\b(?:and)\s/i.test(tail.slice(0, 5))) return entriesOf(one, language);
	if (one && pair && language === "en" && !emptyWord.test(pair[1] ?? "")) {
		const other = toThing(pair[1] ?? "", language, null);
		// "habits and streaks": the second is a measure of the first, and no thing beside it.
		const isMeasure = shapeOf(pair[1] ?? "").isKnown && !shapeOf(one.singular).isKnown;
		if (other && !isMeasure && !/^(?:streaks?|results?)$/i.test(pair[1] ?? ""))
			return {
				singular: `${one.singular} or ${other.singular.toLowerCase()}`,
				plural: `${one.plural} and ${other.plural.toLowerCase()}`,
				title: null,
				phrase: one.phrase,
				isNamed: true,
			};
	}
	return one;
}

function fromDoings(text: string): Thing | null {
	const found = doings.find(([pattern]) => pattern.test(text));
	return found
		? { singular: found[1], plural: found[2], title: null, phrase: found[2].toLowerCase(), isNamed: true }
		: null;
}

/** "I breed rabbits", "I have 12 goats", "for my customers": what a person has or does, if nothing else is named. */
function fromBelongings(text: string, language: Language): Thing | null {
	const doing =
		/\b(?:(?:my|our|the) \p{L}+ (?:breeds|collects|lends|rents out|sells|grows|brews|repairs|restores|teaches|raises|keeps|owns|has|makes|bakes|builds|coaches|trains|fixes|fosters|hosts)|(?:i|we)(?:'ve| have)?\s+(?:breed|collect|lend|rent out|sell|grow|brew|repair|restore|teach|raise|keep|own|have|got|make|bake|build|coach|train|fix|foster|host|organi[sz]e|ich züchte|ich sammle|wir vermieten))\s+(?:out\s+)?((?:\d+\s+)?.+)$/iu.exec(
			text,
		);
	const found = doing ? objectAt(doing[1] ?? "", language) : null;
	// "I coach a team": for whom it is, and not what is kept.
	if (
		found &&
		!/\b(?:team|class|group|band|choir|club|school|shop|store|studio|company|business)$/i.test(found.singular)
	)
		return found;
	const mine = /\b(?:for|of|about|für)\s+(?:all\s+)?(?:my|our|mein\p{L}*|unser\p{L}*)\s+(.+)$/iu.exec(text);
	const thing = mine ? objectAt(mine[1] ?? "", language) : null;
	if (thing && mine && isPlaceOf(`my ${mine[1]}`, thing, language)) return entriesOf(thing, language);
	return thing;
}

function fromPhrase(
	written: readonly string[],
	language: Language,
	title: string | null,
	phrase?: string,
): Thing | null {
	// "bird watching life list", "eggs laid per day": words that add nothing at the end.
	let end = written.length;
	while (end > 1 && emptyWord.test(written[end - 1] ?? "") && !/^(?:entry|entries)$/i.test(written[end - 1] ?? ""))
		end -= 1;
	const isSaid =
		/^(?:\p{L}+ed|laid|read|seen|done|sold|made|caught|spent|bought|built|grown|driven|flown|ridden|written|eaten|drunk|won|lost|taken|given|lent)$/iu;
	while (language === "en" && end > 1 && isSaid.test(written[end - 1] ?? "") && /s$/i.test(written[end - 2] ?? ""))
		end -= 1;
	return toThing(written.slice(0, end).join(" "), language, title, phrase);
}

/** A name of one and of several, of at most four words; null for words that name nothing. */
export function toThing(words: string, language: Language, title: string | null, phrase?: string): Thing | null {
	const bare = cleanLabel(
		words
			.replace(/^(?:(?:\p{L}+\s)?\p{L}+['’]s?|(?:\p{L}+\s)?[\p{L}]+s['’])\s+(?=\p{L})/u, "")
			.replace(/^(?:simple|new|own|old)\s+/i, ""),
		60,
	);
	const parts = bare.split(" ");
	const last = parts.at(-1) ?? "";
	if (
		bare.length < 2 ||
		parts.length > 5 ||
		emptyWord.test(bare) ||
		(emptyWord.test(last) && !(parts.length > 1 && /^(?:entry|entries)$/i.test(last))) ||
		!/\p{L}{2}/u.test(bare)
	)
		return null;
	if (
		/^(?:how|what|why|when|where|who|is|are|do|does|can|could|should|want|need|need|like|and|or|but|not|to)$/i.test(
			parts[0] ?? "",
		)
	)
		return null;
	const known = specialOf(bare.toLowerCase());
	const [singular, plural] = known ?? bothForms(parts.slice(-4).join(" "), language);
	return { singular, plural, title, phrase: phrase ?? bare.toLowerCase(), isNamed: true };
}
