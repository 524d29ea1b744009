// Fields asked for as questions: "how much it cost", "when it is due back", "who borrowed it", "whether they paid", "what they
// owe me", "wie lange es dauert", "ob bezahlt".
import { shapeOf } from "../lexicon/shape.ts";
import type { Shape } from "../lexicon/words.ts";

export interface Question {
	label: string;
	shape: Shape;
}

const money: Shape = { type: "money", total: "sum" };
const subject =
	"(?:i|we|you|it|they|he|she|one|someone|people|each|the [\\p{L}]+|my [\\p{L}]+|our [\\p{L}]+|[\\p{L}]+s)";
const aux = "(?:'s|'re|is|are|was|were|am|has|have|had|will|would|did|does|do|has been|have been|had been|should|must)";

const priced =
	/\b(?:cost|costs|paid|pay|pays|owe|owes|owed|spend|spent|earn|earns|earned|charge|charged|charges|made|sold for|worth|tipped|donated|gave|got paid|price)\b/i;
const pricedGerman =
	/\b(?:koste[tn]?|gekostet|zahlen|bezahlt|gezahlt|schulde[tn]|schulden|ausgegeben|verdient|gespendet|wert)\b/i;

/** The field that a question asks for, or null: the words are no question. */
export function readQuestion(words: string): Question | null {
	return english(words) ?? german(words);
}

function english(words: string): Question | null {
	const rest = (opening: RegExp) => (opening.test(words) ? words.replace(opening, "").trim() : null);
	const whether = rest(/^(?:whether|if)(?: or not)?\s+/i);
	if (whether !== null) return { label: stateOf(whether), shape: { type: "boolean" } };
	const much =
		rest(/^(?:how much)\b\s*/i) ??
		(/^what\b/i.test(words) && priced.test(words) ? words.replace(/^what\s+/i, "") : null);
	if (much !== null)
		return {
			label: priceLabel(much),
			shape:
				/\b(?:weigh|rain|water|fuel|milk|time|sugar|flour)/i.test(much) || isAmountOf(much)
					? { type: "decimal" }
					: money,
		};
	if (/^how many$/i.test(words)) return { label: "How many", shape: { type: "integer", total: "sum" } };
	const many = rest(/^how many\s+/i);
	if (many !== null) {
		const noun = many.replace(new RegExp(`\\s+(?:${subject}|there|were|are|of them|came|come|left)\\b.*$`, "iu"), "");
		const unit = shapeOf(noun).shape;
		return {
			label: noun,
			shape: ["integer", "decimal"].includes(unit.type) ? unit : { type: "integer", total: "sum" },
		};
	}
	if (rest(/^how long\b/i) !== null)
		return { label: "Duration", shape: { type: "integer", unit: "min", total: "sum" } };
	if (rest(/^how old\b/i) !== null) return { label: "Age", shape: { type: "integer" } };
	if (rest(/^how far\b/i) !== null) return { label: "Distance", shape: { type: "decimal", unit: "km", total: "sum" } };
	if (rest(/^how (?:heavy|much (?:it|they|he|she) weighs?)\b/i) !== null)
		return { label: "Weight", shape: { type: "decimal", unit: "kg" } };
	if (rest(/^how (?:tall|high)\b/i) !== null) return { label: "Height", shape: { type: "decimal", unit: "cm" } };
	if (rest(/^how often\b/i) !== null) return { label: "How often", shape: { type: "text" } };
	if (/^how\s/i.test(words)) return { label: sentenceLabel(words), shape: { type: "text" } };
	const when = rest(/^(?:since when|when|what (?:day|date))\b\s*/i);
	if (when !== null)
		return {
			label: whenLabel(when, /^since/i.test(words)),
			shape: /\b(?:due|expire|runs out|next|deadline|must|has to)/i.test(when)
				? shapeOf("due date").shape
				: { type: "date" },
		};
	const where = rest(/^where\b\s*/i);
	if (where !== null)
		return { label: where ? sentenceLabel(words) : "Location", shape: { type: "text", suggest: true } };
	const who = rest(/^who(?:m|se)?\b\s*/i);
	if (who !== null) return { label: who ? sentenceLabel(words) : "Person", shape: { type: "text", suggest: true } };
	if (/^what time\b/i.test(words)) return { label: "Time", shape: { type: "time" } };
	if (/^why\b/i.test(words))
		return { label: words.split(" ").length > 1 ? sentenceLabel(words) : "Reason", shape: { type: "text" } };
	if (/^what for$/i.test(words)) return { label: "What for", shape: { type: "text" } };
	const which = /^(?:what|which)\s+(?:(?:kind|type|sort) of\s+)?(\p{L}+(?:\s\p{L}+)?)$/iu.exec(words);
	if (
		which &&
		!/ed$/i.test(which[1] ?? "") &&
		!new RegExp(`^${subject}\\b|^(?:was|is|happened|needs?|to)\\b`, "iu").test(which[1] ?? "")
	) {
		const label = /\b(?:kind|type|sort) of\b/i.test(words)
			? words.replace(/^(?:what|which)\s+/i, "")
			: (which[1] ?? "");
		return { label, shape: shapeOf(label).shape };
	}
	if (/^what\b/i.test(words)) return { label: sentenceLabel(words), shape: { type: "text" } };
	return null;
}

/** "how much insulin", "how much hay they ate": of something that is no money. */
const isAmountOf = (words: string): boolean =>
	/^\p{L}/u.test(words) &&
	!priced.test(words) &&
	!new RegExp(`^(?:${subject}|${aux}|money|cash|rent|tax|to|for|of)\\b`, "iu").test(words);

/** "it is due back" is "Due back"; "I bought it" is "Date bought"; nothing at all is "Date". */
function whenLabel(words: string, isSince: boolean): string {
	if (words === "") return isSince ? "Since" : "Date";
	const bare = words
		.replace(new RegExp(`^${subject}\\s+`, "iu"), "")
		.replace(new RegExp(`^(?:${aux}\\s+)+`, "iu"), "")
		.replace(/^(?:to be|been)\s+/i, "")
		.replace(/\s+(?:it|them|that|him|her|me|us|this)\b/gi, "")
		.trim();
	if (bare === "") return "Date";
	if (/^(?:last|next|due|back|first|available|ready)\b/i.test(bare) || isSince) return bare;
	return `Date ${bare}`.split(" ").slice(0, 5).join(" ");
}

/** "they have paid" is "Paid"; "a deposit was paid" is "Deposit paid"; "it needs repair" is "Needs repair". */
function stateOf(words: string): string {
	const passive = new RegExp(
		`^(?:an?|the|my|our|their)?\\s*(\\p{L}+(?:\\s\\p{L}+)?)\\s+(?:${aux}\\s+)+(?:been\\s+|already\\s+)*(.+)$`,
		"iu",
	).exec(words);
	const pronoun = /^(?:i|we|you|it|they|he|she|the \p{L}+)(?:'s|'re)?\s+/iu;
	if (pronoun.test(words)) {
		const said = words
			.replace(pronoun, "")
			.replace(new RegExp(`^(?:${aux}\\s+)+(?=\\p{L})`, "iu"), "")
			.replace(/^(?:been|already|being)\s+/i, "")
			.replace(/\s+(?:or not|yet|already)$/i, "");
		return said
			.replace(/^(?:an?|the)\s+/i, (article) => (/\b(?:have|has|had)\s+(?:an?|the)\s/i.test(words) ? "Has " : article))
			.split(" ")
			.slice(0, 6)
			.join(" ");
	}
	if (passive) return `${passive[1] ?? ""} ${passive[2] ?? ""}`.replace(/\s+(?:or not|yet)$/i, "");
	return words.replace(/^(?:an?|the)\s+/i, "");
}

function priceLabel(words: string): string {
	if (/\bow(?:e|es|ed)\b/i.test(words)) return "Owed";
	if (/\b(?:spend|spent)\b/i.test(words)) return "Spent";
	if (/\bcharge[ds]?\b/i.test(words)) return "Charge";
	if (/\bearn(?:s|ed)?\b/i.test(words)) return "Earned";
	if (/\bdonated|gave\b/i.test(words)) return "Amount";
	if (/\b(?:paid|pays?)\b/i.test(words)) return "Paid amount";
	if (/\bcosts?\b|\bprice\b/i.test(words)) return "Cost";
	if (/\bweigh/i.test(words)) return "Weight";
	const noun = /^(\p{L}+)(?:\s|$)/u.exec(words)?.[1] ?? "";
	return noun && !new RegExp(`^${subject}$`, "iu").test(noun) ? noun : "Amount";
}

/** The question itself as a label, without pronouns at its end: "Who borrowed it" stays, "What we did that day" is short enough. */
const sentenceLabel = (words: string): string => words.split(" ").slice(0, 6).join(" ");

function german(words: string): Question | null {
	if (/^ob\b/i.test(words)) {
		const said = words
			.replace(/^ob\s+/i, "")
			.replace(/^(?:sie|er|es|ich|wir|man|schon|bereits|noch)\s+/gi, "")
			.replace(/^(?:schon|bereits|noch)\s+/i, "")
			.replace(/\s+(?:ist|sind|wurde|wurden|hat|haben|war|worden|wird)(?:\s+(?:ist|sind|wurde|hat))?$/gi, "")
			.replace(/^(?:die|der|das|den|eine?|einen)\s+/i, "");
		return { label: said, shape: { type: "boolean" } };
	}
	if (/^wie ?viel\b/i.test(words) || (/^was\b/i.test(words) && pricedGerman.test(words)))
		return { label: /schuld/i.test(words) ? "Schulden" : /kost/i.test(words) ? "Kosten" : "Betrag", shape: money };
	const many = /^wie ?viele\s+(\p{L}+)/iu.exec(words);
	if (many) return { label: many[1] ?? "Anzahl", shape: { type: "integer", total: "sum" } };
	if (/^wie lange\b/i.test(words)) return { label: "Dauer", shape: { type: "integer", unit: "min", total: "sum" } };
	if (/^(?:seit )?wann\b/i.test(words)) {
		const said = words
			.replace(/^(?:seit )?wann\b\s*/i, "")
			.replace(/^(?:sie|er|es|ich|wir|man)\s+/i, "")
			.replace(/\s+(?:ist|sind|wurde|wurden|hat|haben|habe|war|werden|wird|muss)$/i, "");
		return { label: said && said.split(" ").length <= 4 ? said : "Datum", shape: { type: "date" } };
	}
	if (/^wer\b|^wem\b/i.test(words)) return { label: sentenceLabel(words), shape: { type: "text", suggest: true } };
	if (/^wo\b/i.test(words))
		return {
			label: words.split(" ").length > 1 ? sentenceLabel(words) : "Ort",
			shape: { type: "text", suggest: true },
		};
	if (/^was\b/i.test(words) && words.split(" ").length <= 6)
		return { label: sentenceLabel(words), shape: { type: "text" } };
	return null;
}
