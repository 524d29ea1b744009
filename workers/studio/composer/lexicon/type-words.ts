// Words that name a type themselves: "decimal number", "yes/no", "Datum", "a checkbox".
import type { Shape } from "./words.ts";

const typeWords: readonly (readonly [RegExp, Shape])[] = [
	[
		/^(long(er)? text|multi-?line( text)?|paragraphs?|text ?area|text ?box|free text|freitext|langer text|mehrzeilig(er text)?|big text|rich text)$/,
		{ type: "longText" },
	],
	[/^(text|string|words?|short text|single line( text)?|plain text|letters|kurztext|one line)$/, { type: "text" }],
	[
		/^(whole numbers?|integers?|ints?|counts?|ganzzahl|ganze zahl|number without decimals)$/,
		{ type: "integer", total: "sum" },
	],
	[
		/^(numbers?|numeric|decimals?|decimal numbers?|floats?|number with decimals|digits|zahl|dezimalzahl|kommazahl|nummer|num)$/,
		{ type: "decimal", total: "sum" },
	],
	[
		/^(money|currency|price|amount|amount of money|dollars?|euros?|usd|eur|gbp|\$|€|£|geld|geldbetrag|währung|betrag|cash)$/,
		{ type: "money", total: "sum" },
	],
	[/^(percent(age)?|%|prozent)$/, { type: "percent", total: "average" }],
	[/^(date and time|date ?time|date & time|timestamp|date\/time|datum und uhrzeit)$/, { type: "dateTime" }],
	[/^(dates?|days?|calendar date|datum|tag|date picker)$/, { type: "date" }],
	[/^(years?|jahr)$/, { type: "integer", plain: true }],
	[/^(time|time of day|clock|uhrzeit|hh:mm)$/, { type: "time" }],
	[
		/^(yes ?\/ ?no|yes or no|yes, no|y ?\/ ?n|no ?\/ ?yes|boolean|bool|check ?box(es)?|tick ?box|toggle|switch|true ?\/ ?false|on ?\/ ?off|ja ?\/ ?nein|ja oder nein|ja, nein|tick|check ?mark|flag|oui\/non|sí\/no|si\/no|kästchen|häkchen)$/,
		{ type: "boolean" },
	],
	[
		/^(ratings?|stars|1 ?(-|–|to|bis) ?5( stars| sterne)?|star rating|out of 5( stars)?|five stars|5 stars|0 ?- ?5 stars|sterne|sternebewertung|bewertung)$/,
		{ type: "rating" },
	],
	[/^(e-?mails?( address)?)$/, { type: "email" }],
	[/^(phones?( numbers?)?|telephone|telefon(nummer)?)$/, { type: "phone" }],
	[/^(urls?|links?|web address|website|hyperlink)$/, { type: "url" }],
	[/^(colou?rs?|farbe)$/, { type: "colour" }],
	[/^(photos?|pictures?|images?|image upload|photo upload|upload|foto|bild)$/, { type: "image" }],
	[/^(coordinates|gps|location on a map|koordinaten)$/, { type: "coordinates" }],
	[/^(check-?ins?|daily (ticks?|checks?)|days done)$/, { type: "checkins" }],
	[/^(duration|dauer)$/, { type: "integer", unit: "min", total: "sum" }],
];

/** The shape for words that name a type ("yes/no", "whole number", "money"); null for anything else. */
export function shapeOfTypeWord(words: string): Shape | null {
	const plain = words
		.trim()
		.toLowerCase()
		.replace(/^(?:an?|the|as|just|only|simple|eine?|als)\s+/, "")
		.replace(/\s+(?:field|column|value|type|input|feld|only)$/, "");
	const found = typeWords.find(([name]) => name.test(plain));
	return found ? { ...found[1] } : null;
}
