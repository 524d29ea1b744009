// Units of measurement as people write them, and the type that each makes of a number.
import type { Shape } from "./words.ts";

const units: readonly (readonly [string, Shape])[] = [
	["kg|kgs|kilos?|kilograms?|kilogramm", { type: "decimal", unit: "kg" }],
	["g|gr|grams?|gramm", { type: "decimal", unit: "g" }],
	["mg|milligrams?|milligramm", { type: "decimal", unit: "mg" }],
	["t|tons?|tonnes?|tonnen", { type: "decimal", unit: "t" }],
	["lbs?|pounds of weight", { type: "decimal", unit: "lb" }],
	["oz|ounces?", { type: "decimal", unit: "oz" }],
	["km|kms|kilomet(?:er|re)s?|kilometern?", { type: "decimal", unit: "km", total: "sum" }],
	["mi|miles?|meilen", { type: "decimal", unit: "mi", total: "sum" }],
	["m|met(?:er|re)s?|metern?", { type: "decimal", unit: "m" }],
	["cm|centimet(?:er|re)s?|zentimetern?", { type: "decimal", unit: "cm" }],
	["mm|millimet(?:er|re)s?|millimetern?", { type: "decimal", unit: "mm" }],
	["ft|feet|foot", { type: "decimal", unit: "ft" }],
	["inch(?:es)?|zoll", { type: "decimal", unit: "in" }],
	["m²|m2|sqm|square met(?:er|re)s?|qm|quadratmetern?", { type: "decimal", unit: "m²" }],
	["ha|hectares?|hektar", { type: "decimal", unit: "ha" }],
	["acres?", { type: "decimal", unit: "acres" }],
	["l|lit(?:er|re)s?|litern?", { type: "decimal", unit: "l", total: "sum" }],
	["ml|millilit(?:er|re)s?|millilitern?", { type: "decimal", unit: "ml", total: "sum" }],
	["gal|gallons?", { type: "decimal", unit: "gal", total: "sum" }],
	["°c|° c|celsius|degrees? celsius|deg c|degrees? c|degrees|grad(?: celsius)?", { type: "decimal", unit: "°C" }],
	["°f|° f|fahrenheit|degrees? fahrenheit", { type: "decimal", unit: "°F" }],
	["h|hrs?|hours?|stunden?|std", { type: "decimal", unit: "h", total: "sum" }],
	["min|mins|minutes?|minuten", { type: "integer", unit: "min", total: "sum" }],
	["s|secs?|seconds?|sekunden", { type: "decimal", unit: "s" }],
	["days?|tagen?", { type: "integer", unit: "days" }],
	["weeks?|wochen", { type: "integer", unit: "weeks" }],
	["months?|monaten?", { type: "integer", unit: "months" }],
	["years?|yrs?|jahren?", { type: "integer", unit: "years" }],
	["%|percent|per cent|prozent|pct", { type: "percent", total: "average" }],
	["km/h|kmh|kph", { type: "decimal", unit: "km/h" }],
	["mph", { type: "decimal", unit: "mph" }],
	["hz|khz|mhz|ghz", { type: "decimal" }],
	["rpm", { type: "integer", unit: "rpm" }],
	["kwh", { type: "decimal", unit: "kWh", total: "sum" }],
	["watts?|w", { type: "decimal", unit: "W" }],
	["v|volts?", { type: "decimal", unit: "V" }],
	["kcal|calories|kalorien", { type: "integer", unit: "kcal", total: "sum" }],
	["bpm", { type: "integer", unit: "bpm" }],
	["mmhg", { type: "integer", unit: "mmHg" }],
	["mg/dl", { type: "decimal", unit: "mg/dl" }],
	["mmol/l", { type: "decimal", unit: "mmol/l" }],
	["hpa|bar|psi", { type: "decimal" }],
	[
		"(?:[mµu]?g|kg|m?mol|ml|l|m³|km|m|kwh|w|kcal|t|bu)\\/(?:d?l|ml|kg|g|m²|m2|m³|m3|ha|acre|h|hour|min|s|day|week|100 ?km|100 ?g)",
		{ type: "decimal" },
	],
	["gb|mb|tb", { type: "decimal" }],
	[
		"euros?|eur|€|dollars?|usd|us\\$|\\$|gbp|£|pounds?|pound sterling|chf|francs?|franken|swiss francs?|yen|¥|rupees?|inr|₹|kronor|kroner|kronen|sek|nok|dkk|zł|pln|zloty|cents?|ct",
		{ type: "money", total: "sum" },
	],
];

const readers = units.map(([words, shape]) => ({ name: new RegExp(`^(?:${words})$`, "i"), shape }));

/** The shape of a unit's word or sign; null for anything else. Units of one letter must be written exactly, so that "A" is none. */
export function shapeOfUnit(words: string): Shape | null {
	const word = words.trim().replace(/\.$/, "");
	const found = readers.find(({ name }) => name.test(word));
	if (!found) return null;
	const unit = found.shape.type === "decimal" && !found.shape.unit ? { unit: word } : {};
	return { ...found.shape, ...unit };
}

const trailing =
	/^(.+?)\s+(?:(?:in|measured in|counted in|given in)\s+)?(kgs?|kilos?|kilograms?|g|grams?|mg|lbs?|km|kilomet(?:er|re)s?|miles|cm|mm|lit(?:er|re)s?|liter|ml|gallons?|°c|°f|celsius|fahrenheit|hours|hrs|stunden|minutes|mins|minuten|seconds|percent|prozent|%|km\/h|mph|kwh|kcal|bpm|mmhg|(?:[mµu]?g|kg|m?mol|ml|l|m³|kwh|w|kcal|t)\/(?:d?l|ml|kg|g|m²|m2|ha|h|min|s|day|100 ?km)|m²|m2|sqm|hectares?|hektar|acres|euros?|eur|usd|dollars|chf|gbp|€|\$|£)$/iu;
const after = /^(.+?)\s+(?:in|measured in|counted in|given in)\s+(?:the\s+)?(.+)$/iu;

/** "weight in kg", "honey kg", "fuel litres": the name and the shape; null without a unit at its end. */
export function splitUnit(name: string): { name: string; shape: Shape } | null {
	const named = after.exec(name);
	const byIn = named ? shapeOfUnit(named[2] ?? "") : null;
	if (named && byIn) return { name: named[1] ?? name, shape: byIn };
	const bare = trailing.exec(name);
	// "driven kilometres": the unit is the noun that the word says something of.
	if (/^\p{Ll}+(?:en|ed|ene|te)\s\p{L}{4,}$/u.test(name)) return null;
	const shape = bare ? shapeOfUnit(bare[2] ?? "") : null;
	return bare &&
		shape &&
		!/\b(?:per|pro|je|in|of|the|and|number of|total|price|cost|preis|kosten|anzahl|der|von|per \d+|pro \d+)$/i.test(
			bare[1] ?? "",
		)
		? { name: bare[1] ?? name, shape }
		: null;
}
