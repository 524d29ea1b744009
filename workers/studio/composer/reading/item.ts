// One field from the words that name it: "a due date", "status (open, waiting, done)", "weight in kg (decimal number)",
// "what they owe me", "players max 8", "paid: yes/no".
import { shapeOf } from "../lexicon/shape.ts";
import { shapeOfTypeWord } from "../lexicon/type-words.ts";
import { shapeOfUnit, splitUnit } from "../lexicon/units.ts";
import type { Shape } from "../lexicon/words.ts";
import { cleanLabel } from "../names.ts";
import { type Limits, readLimits } from "./limits.ts";
import { readOptions } from "./options.ts";
import { readQuestion } from "./questions.ts";

export interface AskedField {
	label: string;
	shape: Shape;
	/** The text named the type, the unit, a limit or the choices; otherwise they were concluded from the name. */
	isExplicit: boolean;
	/** The name alone says what it is ("amount", "due date"). */
	isKnown: boolean;
	/** How the person says it is worked out: "hours × rate". */
	formula?: string;
}

const leading =
	/^(?:(?:and|also|plus|the|an?|its|their|his|her|my|our|your|some|any|maybe|perhaps|then|including|one|each|per|additionally|finally|lastly|of course|well as|as well as|i want|i need|we need|we want|i'd like|we'd like|i would like|we would like|keep|track|note|record|store|enter|add|und|auch|et|y|ein(?:e[nmrs]?)?|der|die|das|den|dem|jeweils|un|une|la|le|les|el|los|las|il|ihr(?:e[nrs]?)?|sein(?:e[nrs]?)?)\s+)+/i;

/** Parts of an app that are asked for in the same breath as fields, and are none. */
const feature =
	/^(?:(?:nice|simple|small|pretty|monthly|weekly|yearly|daily|good|quick|full-?text)\s+)*(?:(?:bar|line|pie|donut|doughnut|column)\s+)?(?:charts?|graphs?|diagrams?|plots?|diagramme?|kanban|kanban board|boards?|calendar|calendar view|kalender|kalenderansicht|search|search (?:box|bar|function|field)|suche|filters?|filtering|sorting|sortierung|dashboards?|reports|csv|(?:csv |excel |pdf )?(?:import|export)|dark mode|light mode|user (?:accounts?|logins?)|gallery|gallery view|(?:email |push )?notifications?|alerts|statistics|stats|statistik(?:en)?|overview|table view|list view|card view|übersicht|auswertung)\b(?!\s+(?:link|number|no|nr|date|name|type|size|price|\p{L}+(?:ed|sent|done|made))\b)/iu;

/** Wishes about the app, and no names: "warn me when low", "sorted by date". */
const wish =
	/^(?:show (?:me|a|the|all|them|it|only|total|how)|warn|remind|alert|notify|let|make|sort|sorted|group|grouped|highlight|calculate|compute|work out|figure out|add up|hide|lock|(?:colou?r|mark|flag|paint|tint) (?:all|the|those|every|overdue|late|due|empty|expired|them|it|anything|whatever|[\p{L}]+ (?:ones|rows|entries|records|items))(?=\s)|send|export|import|print|display|filter|search|be able|zeige|erinnere|sortier\p{L}*|berechne)\b(?!\s+(?:by|date|number|name|type|time|no)$)\s+\S/iu;

export const isFeature = (words: string): boolean => {
	const bare = words.trim().replace(leading, "");
	return feature.test(bare) || wish.test(bare);
};

/** Null if the words name no field. */
export function readItem(raw: string): AskedField | null {
	const notes = Array.from(raw.matchAll(/[([]([^()[\]]*)[)\]]/g), (match) => match[1]?.trim() ?? "").filter(Boolean);
	let name = raw
		.replace(/[([][^()[\]]*[)\]]?/g, " ")
		.replace(/\s+/g, " ")
		.trim()
		.replace(/[.!…]+$/, "");
	const quoted = /^(?:.*\s)?"([^"]{1,60})"$/.exec(name);
	const colon = /^([^:=]{1,60}?)\s*(?:[:=：]|\s[-–—]\s)\s*(.+)$/.exec(name);
	if (colon) {
		name = colon[1] ?? name;
		notes.unshift(colon[2] ?? "");
	}
	const marks = readMarks([name, ...notes].join(" | "));
	name = stripMarks(name.replace(/\*+$/, "")).replace(leading, "").trim();
	if (quoted) name = quoted[1] ?? name;
	if (/^in\s(?!stock\b|use\b|store\b|season\b)/i.test(name) || !/\p{L}/u.test(name)) return null;
	const note = notes.map(stripMarks).filter(Boolean).join(", ");
	const question = quoted ? null : readQuestion(name);
	// "how strong from 1 to 10"
	const scaled = question && /^how\s/i.test(name) ? readLimits(name) : null;
	if (question && scaled && (scaled.limits.max !== undefined || scaled.limits.min !== undefined))
		return finish(scaled.rest, question.shape, note, scaled.limits, marks, false);
	if (question) return finish(question.label, question.shape, note, {}, marks, true);
	const asked = quoted ? null : readAskedType(name);
	if (asked) return finish(asked.name, asked.shape, note, {}, marks, true);
	// "rotate the approvers weekly" asks the app to do something: no name has an article behind its first word
	if (!note && /^\p{L}+ (?:the|all|every|them|it)\s/iu.test(name) && !shapeOf(name).isKnown) return null;
	if (isFeature(name) && !note) return null;
	const limited = readLimits(name);
	name = tidyName(limited.rest);
	const slashed = splitSlashed(name);
	if (slashed)
		return finish(
			slashed.name,
			null,
			note ? `${slashed.options}, ${note}` : slashed.options,
			limited.limits,
			marks,
			false,
		);
	const typed = /^(.+?)\s+(?:as|which is|that is|of type|als)\s+(?:an?\s+|eine?\s+)?(.+)$/i.exec(name);
	const typeShape = typed ? shapeOfTypeWord(typed[2] ?? "") : null;
	if (typed && typeShape) return finish(typed[1] ?? name, typeShape, note, limited.limits, marks, true);
	// "Rainfall: date, mm": a unit alone stands for what is measured in it.
	const onlyUnit = shapeOf(name).isKnown ? null : shapeOfUnit(name);
	if (onlyUnit && name.length > 1) return finish(name, onlyUnit, note, limited.limits, marks, true);
	const unit = splitUnit(name);
	if (unit) return finish(unit.name, moneyOr(unit.shape, unit.name), note, limited.limits, marks, true);
	const flag =
		/^(.+?)[\s,]+(?:yes ?\/ ?no|y ?\/ ?n|yes or no|ja ?\/ ?nein|checkbox|tick ?box|true ?\/ ?false)\??$/i.exec(name);
	if (flag) return finish(flag[1] ?? name, { type: "boolean" }, note, {}, marks, true);
	const either =
		/^(.+?)\s+(?:or not|oder nicht)\??$/i.exec(name) ??
		/^((?:with|mit) \p{L}+) (?:or without|oder ohne)(?: it)?\??$/iu.exec(name) ??
		/^(?:with or without|mit oder ohne) (\p{L}+)\??$/iu.exec(name);
	if (either) return finish(either[1] ?? name, { type: "boolean" }, note, {}, marks, true);
	const two = /^(\p{L}+) (?:or|oder) (\p{L}+)((?: \p{L}+)?)$/iu.exec(name);
	const isState = (word = "") => !shapeOf(word).isKnown || /(?:ed|en|nt|pt|rt)$/i.test(word);
	if (two && !note && isState(two[1]) && isState(two[2]))
		return finish(
			name,
			{ type: "choice", choices: [two[1], two[2]].map((word) => cleanLabel(`${word}${two[3] ?? ""}`)) },
			note,
			{},
			marks,
			true,
		);
	// "returned?" is a tick, also where "returned" alone would be a day.
	const said = shapeOf(name);
	const isAsked =
		/\?$/.test(name) &&
		name.split(" ").length <= 4 &&
		(!said.isKnown || (said.shape.type === "date" && !name.includes(" ")));
	if (isAsked) return finish(name, { type: "boolean" }, note, limited.limits, marks, false);
	const suffix =
		/^(.+?)\s+(date and time|whole number|decimal number|long text|number field|text field|date field|photo upload|dropdown|drop-?down|multi-?line)$/i.exec(
			name,
		);
	const suffixShape = suffix ? shapeOfTypeWord(suffix[2] ?? "") : null;
	if (suffix && suffixShape && !/^(?:phone|serial|table|order)$/i.test(suffix[1] ?? ""))
		return finish(suffix[1] ?? name, suffixShape, note, limited.limits, marks, true);
	return finish(name, null, note, limited.limits, marks, false);
}

const moneyOr = (shape: Shape, name: string): Shape =>
	shape.type === "money" && /\b(?:per|price|rate|each|preis)\b/i.test(name)
		? { type: "money", total: "average" }
		: shape;

interface Marks {
	isRequired: boolean;
	isOptional: boolean;
	isUnique: boolean;
}

const readMarks = (text: string): Marks => ({
	isRequired:
		/\b(?:required|mandatory|compulsory|must be filled(?: in)?|must have|obligatory|pflicht(?:feld)?|erforderlich|not empty)\b|\*(?:\s|$)/i.test(
			text,
		) && !/\b(?:not|nicht) (?:required|mandatory|erforderlich)\b/i.test(text),
	isOptional: /\b(?:optional(?:ly)?|if (?:any|known|available|applicable)|not required|freiwillig)\b/i.test(text),
	isUnique: /\b(?:unique|no duplicates|eindeutig|einmalig)\b/i.test(text),
});

const stripMarks = (text: string): string =>
	text
		.replace(
			/\b(?:not required|required|mandatory|compulsory|obligatory|must be filled(?: in)?|optional(?:ly)?|if (?:any|known|available|applicable)|unique|no duplicates|pflichtfeld|pflicht|erforderlich|freiwillig|eindeutig)\b/gi,
			" ",
		)
		.replace(/\s+/g, " ")
		.replace(/^[\s,;|]+|[\s,;|]+$/g, "");

/** Drops what says for whom or why, and a clause that only repeats the thing. */
function tidyName(name: string): string {
	return (
		name
			.replace(
				/\s+(?:for|für)\s+(?:my|our|his|her|their|each|every|all|the whole|mein\p{L}*|unser\p{L}*|jede\p{L}*)\b.*$/iu,
				"",
			)
			.replace(/\s+(?:of|for) (?:each|every|the|this|that|it|them) (?:one|record|entry|item|it)$/i, "")
			.replace(/\s+(?:if|when|wenn|falls)\s+.*$/i, (all) =>
				/^\s+(?:if|when)\s/i.test(all) && name.split(" ").length > 4 ? "" : all,
			)
			.replace(/\s+(?:field|column|feld|spalte)s?$/i, "")
			.replace(
				/^(?:fields?|columns?|info(?:rmation)?|details|data|place|space|room|room|an? option|something|anything)\s+(?:for|about|on|called|named)\s+(?:the\s+|an?\s+)?/i,
				"",
			)
			.replace(/^(?:fields?|columns?|spalten?|felder?)\s+/i, "")
			// What is left when a limit was taken out: "comment of (at most 200 characters)".
			.replace(/(?:\s+(?:of|with|is|are|be|must be|should be|can be|from|has|have|von|mit|ist))+$/i, "")
			.replace(/\s+(?:too|as well|please|bitte|auch|respectively|each)$/i, "")
			.trim()
	);
}

const askedTypes =
	/^(checkbox|check box|tick ?box|toggle|yes\/no(?: field)?|dropdown|drop-?down|choice|date|time|number|whole number|decimal number|text|long text|text (?:box|field|area)|number field|date field|money|link|photo|picture|image|foto|datum|zahl)(?: field| column)?\s+(?:for|called|named|to mark|to say|für)\s+(?:the\s+|an?\s+|whether\s+|if\s+|(?:it|they)(?:'s| is| are)\s+)*(.+)$/i;

/** "a checkbox for paid", "a date for the next visit", "a text field called nickname". */
function readAskedType(name: string): { name: string; shape: Shape } | null {
	const match = askedTypes.exec(name);
	const word = match?.[1]?.replace(/ field$/i, "") ?? "";
	if (!match) return null;
	if (/^(?:dropdown|drop-?down|choice)$/i.test(word)) {
		const [label = "", options = ""] = (match[2] ?? "").split(/\s+(?:with|of|:)\s+/);
		const choices = readOptions(options);
		return choices.length >= 2 ? { name: label, shape: { type: "choice", choices } } : null;
	}
	const shape = shapeOfTypeWord(word === "text box" ? "text" : word);
	return shape ? { name: match[2] ?? "", shape } : null;
}

/** "priority low/medium/high": the name is what stands before the first choice. */
function splitSlashed(name: string): { name: string; options: string } | null {
	const match = /^(.+?)[\s:]+((?:[\p{L}\d'+-]+\/)+[\p{L}\d'+-]+(?: [\p{L}\d']+)?)$/u.exec(name);
	const options = match?.[2] ?? "";
	if (!match || shapeOfUnit(options) || /^\d+\/\d+$/.test(options)) return null;
	// "status for sale/sold": the choices begin before the first stroke.
	const state = /^(status|stage|state|phase|priority|condition|type|zustand)\s+(.+)$/i.exec(match[1] ?? "");
	return state ? { name: state[1] ?? name, options: `${state[2]} ${options}` } : { name: match[1] ?? name, options };
}

function finish(
	words: string,
	given: Shape | null,
	note: string,
	limits: Limits,
	marks: Marks,
	isTyped: boolean,
): AskedField | null {
	const label = cleanLabel(words.replace(/[?]+$/, ""));
	if (!label || label.split(" ").length > 7) return null;
	const noted = note ? readNote(note, label) : { shape: null, limits: {}, help: "" };
	const byName = shapeOf(label);
	const base = noted.shape ?? given ?? byName.shape;
	const all = { ...limits, ...noted.limits };
	let shape: Shape = { ...base };
	if (noted.shape && given?.unit && ["decimal", "integer"].includes(noted.shape.type))
		shape = { ...given, type: noted.shape.type };
	if (!noted.shape && given === null && byName.shape.required && byName.shape.type !== "choice")
		shape = { ...byName.shape };
	shape = withLimits(shape, all, Boolean(noted.shape || given));
	const formula = isFormula(noted.help) ? noted.help : "";
	if (noted.help && !formula && !shape.help) shape.help = noted.help.slice(0, 200);
	if (marks.isRequired) shape.required = true;
	if (marks.isOptional) delete shape.required;
	if (marks.isUnique) shape.unique = true;
	const isExplicit = isTyped || Boolean(noted.shape) || Object.keys(all).length > 0;
	return { label, shape, isExplicit, isKnown: byName.isKnown || isExplicit, ...(formula ? { formula } : {}) };
}

/** "hours × rate", "price minus cost", "calculated from quantity and unit price". */
export const isFormula = (words: string): boolean =>
	/\p{L}\s*(?:[×*÷+−/]|\s[-–x]\s|\b(?:times|minus|plus|divided by|multiplied by|mal|geteilt durch)\b)\s*\p{L}/iu.test(
		words,
	) || /^(?:calculated|computed|worked out|automatic(?:ally)?|auto)\b/i.test(words);

/** A limit of a value makes a number of what was no number; one to five without another type is drawn as stars. */
export function withLimits(shape: Shape, limits: Limits, isTyped: boolean): Shape {
	const { min, max, maxLength, isFive } = limits;
	if (maxLength !== undefined) {
		const base: Shape = shape.type === "text" || shape.type === "longText" ? shape : { type: "text" };
		return { ...base, maxLength: Math.max(1, Math.min(10_000, Math.round(maxLength))) };
	}
	if (min === undefined && max === undefined) return shape;
	if (isFive && !isTyped && !["money", "percent"].includes(shape.type)) return { type: "rating" };
	if (shape.type === "rating" && isFive) return shape;
	const isNumber = ["integer", "decimal", "money", "percent"].includes(shape.type);
	if (limits.isPercent && (!isTyped || shape.type === "percent"))
		return {
			type: "percent",
			total: "average",
			...(min === undefined ? {} : { min }),
			...(max === undefined ? {} : { max }),
		};
	const isWhole = [min, max].every((each) => each === undefined || Number.isInteger(each));
	// "level 1-8": a scale of whole steps, where nothing else says that there are parts of them.
	const isScale =
		shape.type === "decimal" && !shape.unit && !isTyped && isWhole && min !== undefined && max !== undefined;
	const base: Shape = isNumber && !isScale ? shape : { type: isWhole ? "integer" : "decimal", total: "average" };
	return { ...base, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** What stands in brackets or after a colon: a type, a unit, limits, choices, or words of explanation. */
function readNote(note: string, label: string): { shape: Shape | null; limits: Limits; help: string } {
	// "6-8, 9-11, 12+" are choices, and no limits.
	const ranges = note.split(/\s*[,;/|]\s*/).filter((piece) => /^\D{0,3}\d+\s*(?:[-–]\s*\d+|\+)/.test(piece));
	if (ranges.length >= 2) return { shape: choiceShape(label, readOptions(note)), limits: {}, help: "" };
	const { limits, rest } = readLimits(note);
	const words = rest.replace(/^[\s,;]+|[\s,;]+$/g, "");
	if (words === "" || /^(?:stars?|sterne|scale|skala|range|number|numbers|points?|punkte|digits)$/i.test(words)) {
		if (limits.isFive && /^(?:stars?|sterne)?$/i.test(words)) return { shape: null, limits, help: "" };
		if (/^numbers?$/i.test(words)) return { shape: { type: "decimal", total: "average" }, limits, help: "" };
		return { shape: null, limits, help: "" };
	}
	const whole = shapeOfTypeWord(note) ?? shapeOfTypeWord(words) ?? shapeOfUnit(words.replace(/^in\s+(?:the\s+)?/i, ""));
	if (whole) return { shape: whole, limits, help: "" };
	const pieces = words.split(/\s*[,;|]\s*/);
	// "$, $$, $$$": how dear it is.
	if (pieces.length >= 2 && pieces.every((piece) => /^(?:\$+|€+|£+|\*+|★+)$/.test(piece)))
		return { shape: choiceShape(label, readOptions(words)), limits, help: "" };
	const types = pieces.map((piece) => shapeOfTypeWord(piece) ?? shapeOfUnit(piece.replace(/^in\s+/i, "")));
	// "cm, whole number": the word of a type decides before the type that a unit suggests.
	const typed = pieces.map(shapeOfTypeWord).find((shape) => shape !== null) ?? types.find((shape) => shape !== null);
	const others = pieces.filter((_, at) => types[at] === null);
	// "cash, transfer": ways to pay, although "cash" alone would be money.
	const isWays =
		pieces.length >= 2 &&
		others.length >= 1 &&
		pieces.every((piece) => /^\p{L}[\p{L}-]*(?: \p{L}+)?$/u.test(piece)) &&
		pieces.every(
			(piece, at) =>
				!types[at] ||
				/^(?:cash|card|mail|e-?mail|phone|telephone|photo|picture|image|video|link|text|letter|telefon|brief|bar)$/i.test(
					piece,
				),
		);
	if (isWays && typed) return { shape: choiceShape(label, readOptions(words)), limits, help: "" };
	// "number, required, whole": a type and more words; "text, image, video": choices that happen to be words of types.
	if (typed && others.length === 0 && pieces.length <= 2) {
		const unit = types.find((shape) => shape?.unit)?.unit;
		return { shape: { ...typed, ...(unit ? { unit } : {}) }, limits, help: "" };
	}
	if (
		typed &&
		others.length < pieces.length - 1 === false &&
		pieces.length > 1 &&
		pieces.indexOf(others[0] ?? "") !== 0
	)
		return { shape: typed, limits, help: others.join(", ") };
	const isExample = /^(?:e\.?\s?g\.?|for example|for instance|like|such as|z\.?\s?b\.?|zum beispiel|wie)\b/i.test(
		words,
	);
	const prefixed =
		/^(?:a |an )?(?:choice|drop-?down|select|selection|list|pick|options?|choices|auswahl|enum)\b\s*(?:list|menu|field)?\s*(?:of|from|with|aus|:|-)?\s*(.+)$/i.exec(
			words,
		);
	const options = readOptions(prefixed?.[1] ?? words);
	const isListed = /[,;/|]|\s(?:or|oder)\s/i.test(prefixed?.[1] ?? words);
	const isShort = options.every((option) => option.length <= 30);
	const known = shapeOf(label).shape;
	const isGroup = known.type === "choice" || (known.suggest === true && !known.unit);
	if (options.length >= 2 && isListed && isShort && (!isExample || isGroup || prefixed))
		return { shape: choiceShape(label, options), limits, help: "" };
	return { shape: null, limits, help: words };
}

/** A choice; one that says how far something is begins with its first step. */
export function choiceShape(label: string, options: string[]): Shape {
	const [first] = options;
	if (options.length === 2 && /^(?:yes|ja)$/i.test(first ?? "") && /^(?:no|nein)$/i.test(options[1] ?? ""))
		return { type: "boolean" };
	const isState = /\b(?:status|stage|state|phase)\b/i.test(label) || /status$/i.test(label);
	return { type: "choice", choices: options, ...(isState && first ? { required: true, startsAs: first } : {}) };
}
