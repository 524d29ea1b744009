// Text folded for searching: without case, accents and the differences of one letter in several forms.

const letters: Record<string, string> = {
	ı: "i",
	ß: "ss",
	æ: "ae",
	œ: "oe",
	ø: "o",
	ł: "l",
	đ: "d",
	ð: "d",
	þ: "th",
	ŋ: "n",
	ς: "σ",
	"’": "'",
	"‘": "'",
	"“": '"',
	"”": '"',
};
const special = /[ıßæœøłđðþŋς’‘“”]/g;
// Marks over Latin, Greek and Cyrillic letters. Marks of other scripts are letters of their own and stay.
const accents = /[\u0300-\u036f]/g;
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const isPlain = /^[\x20-\x7e]*$/;

/** "İstanbul", "istanbul" and "ISTANBUL" are the same; so are "Straße" and "STRASSE", "café" in either form of é. */
export function fold(text: string): string {
	if (isPlain.test(text)) return text.toLowerCase();
	return text
		.normalize("NFKD")
		.replace(accents, "")
		.replace(invisible, "")
		.toLowerCase()
		.normalize("NFKD")
		.replace(accents, "")
		.replace(special, (letter) => letters[letter] ?? letter)
		.normalize("NFC");
}
