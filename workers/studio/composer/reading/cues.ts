// The words after which a list of fields stands, and those that end it although the sentence goes on.

const of = (words: string): RegExp => new RegExp(words, "giu");
export const nounPhrase = "((?:[\\p{L}][\\p{L}\\d'’-]*\\s+){0,3}?[\\p{L}][\\p{L}\\d'’-]*)";
export const each = "(?:each|every|per|je|pro|jede[rsnm]?|für jede[rsnm]?|chaque|cada|ogni|elke?)";
const want =
	"(?:i|we|you|and)(?:'d| would| will)?(?: (?:also|just|only|really))? (?:wanna|gotta|need to|(?:want|need|like|love|wish|have)(?: to)?)";
const keepVerb =
	"(?:note(?: down)?|record|log|save|store|keep(?: track of)?|enter|write(?: down)?|know|see|track|capture|put(?: in)?|remember|add|fill in|register|document|list|specify)";
const keepingVerb =
	"(?:noting(?: down)?|recording|logging|saving|storing|keeping|entering|writing down|tracking|capturing|remembering|showing|listing)";

export interface Cue {
	pattern: RegExp;
	isComplete: boolean;
	/** Which group of the pattern names what the list is of. */
	owner?: number;
	/** How many fields the list must have to be believed, and whether their names must be known words. */
	least: number;
	isSure: boolean;
}

// The surer stand first: what "each book has" is a list, what stands after "with" often is.
export const cues: readonly Cue[] = [
	{
		pattern: of(
			"\\b(?:(?:the|these|following|the following|with|needed|and)\\s+)*(?:fields?|columns?|properties|attributes|data points|felder|feldern|spalten|attribute|champs|colonnes|campos|columnas|campi|colonne|angaben)\\s*(?:(?:are|should be|would be|to keep|named|called|like|such as|needed|sind|for each \\p{L}+|per \\p{L}+)\\s*)*(?::|：|=|-|–)\\s*",
		),
		isComplete: true,
		least: 1,
		isSure: true,
	},
	{
		pattern: of(
			'\\b(?:(?:the|these|following|the following|with|needed)\\s+)*(?:fields|columns|properties|attributes|felder|feldern|spalten|campos|campi|champs)\\s+(?:(?:are|should be|would be|for|named|called|like|such as|sind|für|wie)\\s+)?(?=[\\p{L}"(])',
		),
		isComplete: true,
		least: 2,
		isSure: true,
	},
	{
		pattern: of(
			`\\b(?:for\\s+)?${each}\\s+${nounPhrase}\\s*(?:,|:|-|–)?\\s*(?:(?:please|bitte)\\s+)?(?:(?:${want}|i|we|you)\\s+(?:can\\s+)?${keepVerb}|(?:store|save|record|note|keep|log|track)|there (?:is|are|should be)|it should (?:have|show|store|record|keep)|${want}|(?:möchte|will|brauche|möchten|wollen|notiere|notieren|speichern)(?:\\s+(?:ich|wir|man))?)\\s*(?:down)?\\s*:?\\s+(?=\\S)`,
		),
		isComplete: true,
		owner: 1,
		least: 1,
		isSure: true,
	},
	{
		pattern: of(
			`\\b(?:for\\s+)?${each}\\s+${nounPhrase}\\s*(?::\\s*|,\\s+(?=[^.]*,)|\\s(?:also\\s+)?(?:has|have|gets?|needs?(?: to have)?|should have|must have|comes with|consists of|includes?|contains?|with|hat|haben|braucht|soll|bekommt|mit)\\s+(?:(?:an?|the|its|their|eine?n?|das|die|der)\\s+)?)(?=\\S)`,
		),
		isComplete: true,
		owner: 1,
		least: 1,
		isSure: true,
	},
	{
		pattern: of(
			"\\b(?!this\\b|always\\b|guys\\b|us\\b)([\\p{L}-]{2,}s|people|children)\\s+(?:all\\s+|each\\s+)?(?:have|need|should have|must have|consist of)\\s+(?:an?\\s+|the\\s+|their\\s+)?(?=[\\p{L}][^.]*,)",
		),
		isComplete: true,
		owner: 1,
		least: 2,
		isSure: true,
	},
	{
		pattern: of(
			"\\b(?:for each|for every|für jede[rsnm]?)\\s+([\\p{L}-]+)\\s+(?!(?:i|we|you|it|there|please|should|want|need|ich|wir|bitte)\\b)(?:the\\s+|its\\s+|den\\s+|die\\s+|das\\s+)?(?=\\p{L}[^,.]{0,30},)",
		),
		isComplete: true,
		owner: 1,
		least: 3,
		isSure: true,
	},
	{
		pattern: of(`\\b(?:an?|one)\\s+${nounPhrase}\\s+(?:has|needs|should have|must have|consists of)\\s+(?=\\S)`),
		isComplete: true,
		owner: 1,
		least: 2,
		isSure: false,
	},
	{
		pattern: of(
			`\\b(?:(?:where|in which|so)\\s+)?(?:(?:${want}|i|we|you|he|she|they|users?|people|everyone|everybody|members|staff)\\s+(?:can\\s+|could\\s+|should be able to\\s+)?|(?:that|which|it|and|should|to|must|also|lets me|let me)\\s+(?:can\\s+)?)${keepVerb}s?\\s+(?:for (?:each|every) \\p{L}+\\s*:?\\s+)?(?=\\S)`,
		),
		isComplete: true,
		least: 2,
		isSure: false,
	},
	{
		pattern: of(`\\b(?:${keepingVerb}|records|stores|saves|captures|notes down|logs|shows|lists)\\s+(?=\\S)`),
		isComplete: true,
		least: 2,
		isSure: false,
	},
	{
		pattern: of(
			`\\b(?:ich|wir)?\\s*(?:möchte|will|brauche|möchten|wollen|brauchen|notiere|notieren|erfasse|erfassen|speichere|speichern)\\s+(?:(?:ich|wir|dabei|dazu|jeweils|auch)\\s+)*(?:folgendes:?\\s+)?(?=\\S)`,
		),
		isComplete: true,
		least: 2,
		isSure: false,
	},
	{
		pattern: of(
			"(?:\\b(?:with|including|includes?|incl\\.?|that has|that have|which has|who have|having|containing|contains|consisting of|showing|featuring|mit(?!\\s+(?:der|dem|denen)\\s+(?:ich|wir|man|sich)\\b)|inklusive|inkl\\.?|samt|bestehend aus|avec|con|com|met|med)|\\bw\\/)\\s+(?:columns?\\s+for\\s+|fields?\\s+for\\s+|the following:?\\s+|(?:info|information|details|data)\\s+(?:like|such as|on|about)\\s+)?(?=\\S)",
		),
		isComplete: false,
		least: 1,
		isSure: false,
	},
	{ pattern: of("(?::|：)\\s*(?=\\S)"), isComplete: true, least: 2, isSure: true },
	{ pattern: of("\\s[-–—]\\s+(?=[^.\\n]*,)"), isComplete: true, least: 2, isSure: true },
	{
		pattern: of(
			"\\b(?:track|tracking|keep track of|keep|log|logging|record|monitor|note|notieren|erfassen)\\s+(?=[^.]*(?:,|\\band\\b))",
		),
		isComplete: true,
		least: 2,
		isSure: false,
	},
];

/** Where a list of fields ends although the sentence goes on. */
export const ends = new RegExp(
	[
		"(?:,\\s*)?(?:\\band\\s+|\\bund\\s+|\\bplus\\s+|\\balso\\s+|\\bthen\\s+)*(?:",
		[
			"\\bso that\\b",
			"\\bso (?:i|we|that|you)\\b",
			"\\bin order to\\b",
			"\\bto (?:see|know|help|find|make|keep|be able|get|compare|plan)\\b(?! it)",
			"\\bbecause\\b",
			"\\b(?:please )?(?:(?:show|display|draw|sort|group|order|filter|calculate|compute|work out|add up)\\b(?= (?:me|it|them|the|by|all|how|an?|totals?|everything|only|which|what|newest|oldest|us)\\b)|give me\\b|let me\\b|make (?:it|the|sure)\\b)",
			"\\b(?:(?:sorted|grouped|ordered|filtered|organi[sz]ed)\\s+by|(?:shown|displayed)\\s+(?:as|in|by))\\b",
			",\\s*(?:i|we) (?:want|need|would like|'d like)\\b",
			"\\bi (?:want|need|would like|'d like) (?:a |an |to see |to be able|it )",
			"\\b(?:with|as)? ?(?:an?|the)?\\s*(?:(?:nice|simple|monthly|weekly|bar|line|pie|donut)\\s+)*(?:chart|graph|diagram|kanban|board|calendar|dashboard|gallery)\\b(?: view)?(?! (?:link|number|name|\\p{L}+(?:ed|sent|made|done)\\b))",
			"\\b(?:speichern|erfassen|notieren|eintragen|festhalten|verwalten|aufschreiben|dokumentieren)(?: (?:kann|können|will|möchte|soll))?\\s*$",
			"\\bdamit\\b",
			"\\bum (?:zu|den|die|das)\\b",
			"\\bsortiert nach\\b",
			"\\bgruppiert nach\\b",
			"\\b(?:als|ein|und ein|mit einem)\\s+(?:\\p{L}*diagramm|kalender|board)\\b",
			"\\bin (?:euros?|dollars?|pounds|swiss francs|chf|eur|usd)\\s*$",
			"\\bin (?:red|green|blue|purple|orange|teal|pink|yellow|black)\\s*$",
			"\\b(?:that|which) (?:is|are) (?:easy|simple|nice)\\b",
			"\\bcall(?:ed)? it\\b",
			"\\bthanks?\\b(?![- ]you[^.,]{0,12} (?:sent|written|given))",
			"\\bdanke\\b",
		].join("|"),
		")",
	].join(""),
	"iu",
);
