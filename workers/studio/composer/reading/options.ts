// Choices as people list them: "todo, doing, done", "low/medium/high", "red or blue".
import { cleanLabel } from "../names.ts";

const opening =
	/^(?:such as|like|e\.?\s?g\.?|for example|for instance|one of|either|can be|could be|options?|choices?|values?|from|with|of|being|i\.?e\.?|namely|z\.?\s?b\.?|zum beispiel|wie|entweder|auswahl(?: aus)?|drop-?down|select(?:ion)?|choice of|list of)\s*[:,]?\s+/i;

export function readOptions(words: string): string[] {
	let list = words.trim();
	for (let before = ""; before !== list; ) {
		before = list;
		list = list.replace(opening, "").replace(/^[:,\s]+/, "");
	}
	list = list.replace(/(?:,?\s*(?:etc\.?|usw\.?|and so on|and more|\.\.\.|…))$/i, "");
	const parts = list.split(/\s*(?:,|;|\/|\||→|->|、|،|\n|\s(?:or|and|&|oder|und|ou|et|o|y|e)\s)\s*/i);
	const options = parts
		.map((part) => cleanLabel(part.replace(/^(?:or|and|oder|und|et|y|an?|the)\s+/i, ""), 40))
		.filter((part) => part !== "" && part.split(" ").length <= 4);
	return Array.from(new Map(options.map((option) => [option.toLowerCase(), option])).values()).slice(0, 24);
}
