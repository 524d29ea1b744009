// What kind of thing the app keeps, when none of the known kinds fits: the noun after "track my", before "tracker", and so on.
import { capitalise, cleanLabel, pluralOf, singularOf } from "./names.ts";

export interface Entity {
	singular: string;
	plural: string;
}

const noun = "([\\p{L}][\\p{L}\\d'’-]*(?:\\s+[\\p{L}][\\p{L}\\d'’-]*){0,4}?)";
const end =
	"(?=\\s*(?:[,.;:!?\\n(]|$|\\b(?:with|by|for|and|in|so|that|which|where|who|when|from|including|at|on|to|using|because|we|i|per|each|including|mit|avec|con)\\b))";

const patterns = [
	new RegExp(`\\b(?:each|every)\\s+${noun}${end}`, "iu"),
	new RegExp(
		`\\b(?:keep(?:ing)? track of|keep(?:ing)? (?:a )?(?:list|record|log|inventory|catalog(?:ue)?) of|track(?:ing)?|manag(?:e|ing)|organi[sz](?:e|ing)|catalogu?(?:e|ing)|collect(?:ing)?|record(?:ing)?|monitor(?:ing)?|log(?:ging)?|list(?:ing)?|keep(?:ing)?|store|storing|plan(?:ning)?|register(?:ing)?|document(?:ing)?)\\s+(?!for\\b|with\\b|to\\b)(?:of\\s+)?(?:all\\s+)?(?:the|my|our|your|their|his|her|a|an)?\\s*${noun}${end}`,
		"iu",
	),
	new RegExp(
		`${noun}\\s+(?:tracker|manager|log ?book|logger|list|planner|database|catalog(?:ue)?|register|directory|journal|diary|organi[sz]er|inventory|census|records|log|archive|overview|registry|board)\\b`,
		"iu",
	),
	new RegExp(
		`\\b(?:app|application|tool|database|list|log|register|table|tracker|system|catalog(?:ue)?|diary|journal)\\s+(?:for|of|about)\\s+(?:all\\s+)?(?:the|my|our|your)?\\s*${noun}${end}`,
		"iu",
	),
	new RegExp(`\\b(?:for|of|about)\\s+(?:all\\s+)?(?:my|our|your)\\s+${noun}${end}`, "iu"),
];

const leading =
	/^(?:(?:please|can you|could you|i want|i need|i'd like|we need|make|build|create|give|me|us|an?|the|my|our|simple|small|little|nice|beautiful|modern|new|good|personal|private|online|web|app|application|tool|to|for|of|that|which|all|some|kind|list|track|help|let|lets|design|write|set|up|about)\s+)+/i;
/** "wine collection" keeps wines. */
const kindWords = /\s+(?:collections?|lists?|trackers?|logs?|database|planner|catalog(?:ue)?|inventory)$/i;
const empty =
	/^(?:it|this|that|them|things?|stuff|something|anything|everything|data|information|app|application|apps|tool|website|page|me|us|one|nothing|hello|hi|hey|thanks|please|test|asdf|help|what|why|how|records?|lists?|files?|csv|json|spreadsheets?|columns?|rows?|attachments?|datasets?|tables?|simple|nice|cool)$/i;

/** The thing, as singular and plural; null if the text does not say. */
export function readEntity(text: string): Entity | null {
	for (const pattern of patterns) {
		const found = toEntity(pattern.exec(text)?.[1] ?? "");
		if (found) return found;
	}
	const words = text.trim().split(/\s+/);
	return words.length <= 6 ? toEntity(text.replace(/[.!?]+\s*$/, "")) : null;
}

export function toEntity(phrase: string): Entity | null {
	const named = phrase.replace(leading, "").replace(leading, "").replace(kindWords, "");
	const bare = cleanLabel(named, 40).toLowerCase();
	const words = bare.split(" ");
	if (bare.length < 3 || words.length > 4 || empty.test(bare) || empty.test(words.at(-1) ?? "")) return null;
	if (!/\p{L}{3}/u.test(bare) || /^(?:how|what|why|when|where|who|is|are|do|does|can)\b/.test(bare)) return null;
	const singular = singularOf(bare);
	return { singular: capitalise(singular), plural: capitalise(pluralOf(singular)) };
}
