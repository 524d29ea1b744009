// Names that people read: of people, apps, files and devices. Characters that can't be seen, or that turn the direction of the
// text around them, make one name look like another, so they are taken out before a name is stored.
import { z } from "zod";

// Control and format characters (bidi marks, tags, zero-width), line and paragraph separators, fillers that look empty. The
// joiners are kept where writing needs them: inside words and emoji.
const joiner = "(?:\u200c|\u200d|\ufe0e|\ufe0f)";
const hidden = new RegExp(
	`(?!${joiner})[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]`,
	"gu",
);
// at the start of a word they join nothing, and only the marks of how an emoji looks (U+FE0E, U+FE0F) may end one
const needless = new RegExp(`(?<=^|\\s)${joiner}+|(?:\u200c|\u200d)(?=${joiner}|\\s|$)`, "gu");
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The name without characters that can't be seen; empty if nothing visible is left. Line breaks and tabs become spaces. */
export function cleanName(name: string): string {
	const shown = name
		.normalize("NFC")
		.replace(/[\s\u0085]+/gu, " ")
		.replace(hidden, "")
		.replace(needless, "")
		.replace(/ {2,}/g, " ")
		.trim();
	return visible.test(shown) ? shown : "";
}

/** Text for a terminal: line breaks and tabs stay, other control characters and marks of direction go. */
export const cleanOutput = (text: string): string => text.replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");

/** A cleaned name; refused when nothing is left to see. */
export const shownName = (max: number) =>
	z
		.string()
		.overwrite(cleanName)
		.max(max)
		.refine(...sentence((name) => name !== "", "Type a name with at least one visible character."));

/** A check whose sentence is shown beside the field. */
function sentence(holds: (name: string) => boolean, text: string) {
	return [holds, { error: text, params: { sentence: text } }] as const;
}

const lookalikes: Record<string, string> = {
	"0": "o",
	"1": "l",
	"|": "l",
	"3": "e",
	е: "e",
	о: "o",
	һ: "h",
	ԁ: "d",
	і: "l",
	ӏ: "l",
	ο: "o",
	ε: "e",
	ꓲ: "l",
};

/** The letters that a reader sees: without marks, case, signs between them, and letters that look like others. */
function lettersOf(name: string): string {
	const plain = name.normalize("NFKD").toLowerCase();
	return [...plain]
		.map((letter) => lookalikes[letter] ?? letter)
		.join("")
		.replace(/[^\p{L}\p{N}]/gu, "");
}

// "i" in capitals looks like "l"
const isOfPlatform = (name: string): boolean => {
	const letters = lettersOf(name);
	return (
		letters.replaceAll("i", "l").includes("freehold") ||
		/^(the)?(operator|support|admin|administrator|moderator|security|helpdesk|system)(team|desk|staff|service)?$/.test(
			letters,
		)
	);
};

/** The name of a person, as others see it. It can't be one that speaks for Freehold or its operator. */
export const PersonName = shownName(80).refine(
	...sentence(
		(name) => !isOfPlatform(name),
		"This name could be mistaken for Freehold or its operator. Choose another one.",
	),
);
