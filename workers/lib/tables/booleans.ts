// Yes and no in the languages that files come in. A word of neither list is not read: never taken as "No".
import { bare } from "./cells.ts";

/** One language, or one habit, each: a column must keep to one of them to be recognised as yes and no. */
const pairs: readonly (readonly [yes: string, no: string])[] = [
	["yes y", "no n"],
	["true t", "false f"],
	["ja j", "nein n"],
	["wahr w", "falsch f"],
	["oui o", "non n"],
	["vrai v", "faux f"],
	["sí si s", "no n"],
	["verdadero", "falso"],
	["sì si s", "no n"],
	["vero", "falso"],
	["sim s", "não nao n"],
	["verdadeiro", "falso"],
	["ja", "nee"],
	["waar", "onwaar"],
	["ja", "nej"],
	["ja", "nei"],
	["sant", "falskt"],
	["kyllä", "ei"],
	["tosi", "epätosi"],
	["tak", "nie"],
	["prawda", "fałsz"],
	["ano", "ne"],
	["áno", "nie"],
	["igen", "nem"],
	["igaz", "hamis"],
	["da", "nu"],
	["da", "ne"],
	["да", "нет"],
	["истина", "ложь"],
	["так", "ні"],
	["evet", "hayır"],
	["doğru", "yanlış"],
	["ναι", "όχι"],
	["כן", "לא"],
	["نعم", "لا"],
	["हाँ", "नहीं"],
	["はい", "いいえ"],
	["예", "아니요"],
	["是", "否"],
	["✓", "✗"],
	["✔", "✘"],
	["☑", "☐"],
	["✅", "❌"],
	["on", "off"],
	["1", "0"],
	["x", ""],
];

const table = pairs.map(([yes, no]) => ({ yes: new Set(yes.split(" ")), no: new Set(no.split(" ").filter(Boolean)) }));
const yes = new Set(table.flatMap((pair) => [...pair.yes]).concat("done", "✔️", "☑️"));
const no = new Set(table.flatMap((pair) => [...pair.no]).concat("not done"));

const wordOf = (text: string): string => bare(text).normalize("NFC").toLowerCase();

/** Reads one cell of a column that is yes and no; null for a word that is neither. */
export function readBoolean(text: string): boolean | null {
	const word = wordOf(text);
	return yes.has(word) ? true : no.has(word) ? false : null;
}

/**
 * Whether different words are the yes and the no of one language. Both must occur, since a lone "NO" may as well be Norway;
 * only "true" and "false" say what they are by themselves.
 */
export function isYesAndNo(words: readonly string[]): boolean {
	const own = words.map(wordOf);
	if (own.every((word) => word === "true" || word === "false")) return own.length > 0;
	return table.some(
		(pair) =>
			!pair.yes.has("1") &&
			own.every((word) => pair.yes.has(word) || pair.no.has(word)) &&
			own.some((word) => pair.yes.has(word)) &&
			own.some((word) => pair.no.has(word)),
	);
}
