// What a prompt asks to be made: the noun phrase after "make me a …", or the one it begins with, and what is said to be its
// purpose. Used to tell records from everything else (other-kinds.ts) and to find the thing that is kept (thing.ts).

export interface Request {
	/** The words of the noun phrase, in lower case, without articles and adjectives of no weight. */
	words: string[];
	/** The same words as they were written. */
	written: string[];
	/** What follows it in the sentence: "for my wedding with …", "that tells me …". */
	tail: string;
}

const polite =
	"(?:(?:please|bitte|ok|okay|so|now|hi|hello|well|right|basically|ideally|hey|yo|um|also|then|and|but|honestly|actually|just|simply|maybe|perhaps|guys|folks|eigentlich|einfach|also)[,!]?\\s+|(?:can|could|would|will) (?:you|u|we|i)\\s+(?:please\\s+|maybe\\s+)?|(?:kannst|könntest|können|könnten) (?:du|sie)\\s+(?:mir\\s+|uns\\s+)?(?:bitte\\s+)?|i(?:'m| am) looking for\\s+|looking for\\s+|let'?s\\s+|help me (?:to )?|(?:i|we)(?:'d| would)?(?: really| just| only| simply)? (?:want|need|like|love)(?: you)?(?: to)?(?: have)?\\s+|(?:ich|wir) (?:möchte[n]?|will|wollen|brauche[n]?|hätte[n]? gern[e]?|suche[n]?)\\s+|need(?:ed)?:?\\s+|wanted:?\\s+|gib mir\\s+|how about\\s+|what about\\s+|is it possible to\\s+|i wanna\\s+|gimme\\s+)*";
const making =
	"(?:(?:make|build|create|generate|design|write|code|develop|program|prepare|produce|implement|set up|give|craft|do|put together|have|get|bau(?:e|en)?|erstell(?:e|en)?|mach(?:e|en)?|programmier(?:e|en)?|schreib(?:e|en)?|entwickl?e?(?:n)?|entwirf)\\s+(?:(?:me|us|up|mir|uns|bitte)\\s+)*)?";
const article =
	"(?:(?:an?|the|some|my|our|another|one|this|eine?[nrms]?|der|die|das|den|mein(?:e[nrms]?)?|unser(?:e[nrms]?)?|mes|mis|meus|minhas|mijn|mina|mon|ma|il mio|i miei|le mie|nos|nuestr[oa]s|une?|una|unos)\\s+)*(?:(?:lista|liste|lijst|elenco|registro|inventario|catalogue|catálogo|suivi|registre)\\s+(?:de(?:lla|llo|gli|i)?|di|dei|des|du|van|av|over)\\s+(?:(?:mes|mis|mijn|mina|los|las|les|mei|miei|nos)\\s+)?)?";
const opening = new RegExp(`^${polite}${making}${polite}${article}`, "i");

const adjective =
	/^(?:simple|small|little|nice|beautiful|pretty|modern|new|good|great|cool|fun|funny|easy|quick|basic|minimal|minimalist|clean|personal|private|online|digital|interactive|responsive|own|custom|tiny|fancy|complete|full|whole|useful|handy|mobile|web-based|browser|daily|weekly|monthly|yearly|annual|single|retro|dark|colou?rful|animated|elegant|professional|free|proper|all|various|different|several|many|few|kind|sort|type|kleine?[nrs]?|einfache?[nrs]?|schöne?[nrs]?|neue?[nrs]?|gute?[nrs]?|moderne?[nrs]?|persönliche?[nrs]?|interaktive?[nrs]?|digitale?[nrs]?|sehr|very|really|super|just|\d+)$/i;

const stops =
	/^(?:with|for|of|that|which|where|who|whose|to|in|by|so|and|or|from|including|at|on|using|because|when|while|about|like|between|among|against|without|through|until|after|before|during|into|onto|via|around|showing|containing|having|as|is|are|was|has|have|should|i|we|you|it|they|per|each|every|mit|für|von|auf|vom|beim|der|des|zum|zur|damit|wo|das|die|im|am|und|oder|über|aus|bei|wie|um|nach|gegen|ohne|zwischen|vs|ist|sind|inklusive|avec|con|pour|para|per|i'd|i'm|i've|i'll|we're|we'd|we've|it's|that's|they're|aller|meine[rnms]?|unsere[rnms]?|ihre[rnms]?|seine[rnms]?|welche[rnms]?|verwalten|erfassen|notieren|verfolgen|festhalten|dokumentieren|sammeln|organisieren|planen|speichern|tracken|aufschreiben|eintragen|nachhalten|pflegen|auflisten|ordnen|katalogisieren|führen|behalten|bauen|erstellen|machen|programmieren|schreiben|entwickeln|basteln|haben|gebrauchen|kann|will|möchte)$/i;

/** The sentence without what is only politeness: "can you please make me a". */
export const withoutOpening = (sentence: string): string => sentence.slice(opening.exec(sentence)?.[0].length ?? 0);

/** The noun phrase at the beginning of a sentence, after what is only politeness. Null if there is none. */
export function readRequest(sentence: string): Request | null {
	const start = opening.exec(sentence)?.[0].length ?? 0;
	return phraseAt(sentence.slice(start));
}

/** A noun phrase at the start of the text, up to a word or sign that ends it. */
export function phraseAt(text: string): Request | null {
	const words: string[] = [];
	let at = 0;
	for (const match of text.matchAll(/([\p{L}\d][\p{L}\p{M}\d'’+#&-]*)|([^\s])/gu)) {
		const [, word, sign] = match;
		if (sign !== undefined && sign !== "/" && sign !== '"') break;
		if (word === undefined) {
			at = (match.index ?? 0) + 1;
			continue;
		}
		// "licences our company bought": what follows says whose they are
		if (words.length > 0 && /^(?:our|my|their|his|her)$/i.test(word)) break;
		if (stops.test(word) && !(words.length === 0 && /^(?:the|der|die|das)$/i.test(word))) break;
		// "Würfel-App", "quiz-website": the container is a word of its own.
		const joined = /^(.{2,})-(app|website|webseite|programm|tool)$/i.exec(word);
		words.push(...(joined ? [joined[1] ?? "", joined[2] ?? ""] : [word]));
		at = (match.index ?? 0) + word.length;
	}
	const articles =
		/^(?:an?|the|my|our|your|their|his|her|its|some|any|all|this|these|those|der|die|das|den|dem|mein\p{L}*|unser\p{L}*|eine?[nrms]?)$/iu;
	let from = 0;
	while (from < words.length && (articles.test(words[from] ?? "") || adjective.test(words[from] ?? ""))) from += 1;
	const written = words.slice(from);
	if (written.length === 0) return null;
	return { words: written.map((word) => word.toLowerCase()), written, tail: text.slice(at) };
}

export const containers =
	/^(?:apps?|application|tools?|program|programme|programm|software|system|thing|something|somewhere|solution|webapp|web-app|utility|widget|script|anwendung|werkzeug|etwas|page|site|website|webpage|webseite|seite|dashboard|portal|platform|interface|ui|screen|form|formular|spreadsheet|table|tabelle|database|datenbank|prototype|project|template|mvp|pwa)$/i;
