// Sentences about one field: "Status is open, waiting or done.", "The score must be between 1 and 10.", "Name is required."
import { shapeOf } from "../lexicon/shape.ts";
import { type AskedField, readItem, withLimits } from "./item.ts";
import type { Limits } from "./limits.ts";
import { readOptions } from "./options.ts";

const statement =
	/^(?:and\s+|also\s+)?(?:the\s+|its\s+|der\s+|die\s+|das\s+)?([\p{L}][\p{L} '-]{1,40}?)\s+(?:(?:is|are|should be|must be|can be|has to be|have to be|may be|can only be|should|must|cannot be|can't be|may not be|ist|sind|soll|muss|kann|darf)\s+)((?:either |one of |always |only |not |never |nur |sein )*)(.+)$/iu;

/** "ABV at most 20": a field that is known, and a limit. */
function limitOf(sentence: string, fields: readonly AskedField[]): AskedField | null {
	const read = sentence.split(/\s+/).length <= 9 ? readItem(sentence) : null;
	const known = read && fields.find((field) => field.label.toLowerCase() === read.label.toLowerCase());
	if (!read || !known) return null;
	const { min, max, maxLength } = read.shape;
	if (min === undefined && max === undefined && maxLength === undefined && !read.shape.required) return null;
	const limits: Limits = {
		...(min === undefined ? {} : { min }),
		...(max === undefined ? {} : { max }),
		...(maxLength === undefined ? {} : { maxLength }),
	};
	return {
		...known,
		shape: { ...withLimits(known.shape, limits, true), ...(read.shape.required ? { required: true } : {}) },
		isExplicit: true,
	};
}

/** The field with what the sentence adds to it; null if the sentence is about none. */
export function readStatement(sentence: string, fields: readonly AskedField[]): AskedField | null {
	const match = statement.exec(sentence.trim());
	if (!match) return limitOf(sentence, fields);
	const name = (match[1] ?? "").toLowerCase();
	const known = fields.find(
		(field) =>
			field.label.toLowerCase() === name ||
			`${field.label.toLowerCase()}s` === name ||
			field.label.toLowerCase().endsWith(` ${name}`),
	);
	const said = `${match[2] ?? ""}${match[3] ?? ""}`.replace(/\s+(?:sein|be)$/i, "").replace(/^(?:sein|be)\s+/i, "");
	if (/\b(?:i|we|you|that|easy|simple|nice|important)\b/i.test(said) && !known) return null;
	const isNegated = /^(?:not|never)\s+(?:be\s+)?(?:empty|left empty|blank|missing)/i.test(said);
	const read = readItem(`${known?.label ?? match[1]} (${isNegated ? "required" : said.replace(/[()]/g, " ")})`);
	if (!read) return null;
	const hasOptions = readOptions(said).length >= 2 && /,|\bor\b|\boder\b|\//i.test(said);
	if (read.formula && (known || shapeOf(match[1] ?? "").isKnown))
		return known ? { ...known, formula: read.formula } : read;
	const isTelling = read.isExplicit || read.shape.required || read.shape.unique;
	if (known) {
		if (!isTelling) return null;
		// Words that only mark a field leave its type as it was read.
		const shape = read.isExplicit
			? { ...read.shape, ...(known.shape.required ? { required: true } : {}) }
			: {
					...known.shape,
					...(read.shape.required ? { required: true } : {}),
					...(read.shape.unique ? { unique: true } : {}),
				};
		return { ...known, shape, isExplicit: true };
	}
	const isNew =
		isTelling &&
		shapeOf(match[1] ?? "").isKnown &&
		(hasOptions || read.shape.min !== undefined || read.shape.max !== undefined) &&
		name.split(" ").length <= 3;
	return isNew ? read : null;
}
