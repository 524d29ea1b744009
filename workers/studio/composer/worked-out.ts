// Fields that are worked out from others of the same record: "total pay" from hours and a rate, "profit" from a price and a cost,
// "age" from a date of birth. Only when their parts are among the fields; the answer says which.

import type { z } from "zod";
import { shapeOf } from "./lexicon/shape.ts";
import type { Computed, Field } from "./spec.ts";

type Work = z.infer<typeof Computed>;

export interface WorkedOut {
	fields: Field[];
	/** One sentence for each: "“Total pay” is worked out: hours × rate." */
	said: string[];
}

const numeric = (field: Field): boolean => ["integer", "decimal", "money", "percent", "rating"].includes(field.type);
const has = (words: RegExp) => (field: Field) => words.test(field.label);

const total =
	/^(?:(?:line |grand |sub|sub-|overall )?totals?(?: (?:cost|costs|price|amount|pay|value|due|charge|fee|sum|to pay|bill|earned|earnings))?|sum|amount|amount due|pay|gross pay|wages?|earnings|stock value|total value|value|cost total|gesamt(?:preis|betrag|kosten|summe|wert)?|summe|betrag|lohn|verdienst|warenwert)$/i;
const quantity =
	/\b(?:quantity|qty|hours?|hrs|units?|pieces|number of|nights|days|weeks|lit(?:re|er)s?|gallons|kg|km|miles|kilomet(?:re|er)s|people|guests|copies|count|sessions|lessons|stock|amount of|menge|anzahl|stunden|stück|liter|nächte|tage|personen)\b/i;
const unitPrice =
	/\b(?:unit price|unit cost|price(?: each| per .*)?|cost per .*|rate|hourly rate|fee per .*|price|per (?:hour|unit|night|day|litre|liter|kg|km|person|session|lesson)|preis|einzelpreis|stückpreis|stundensatz|preis pro .*|kilopreis)\b/i;
const income =
	/\b(?:revenue|income|sales?(?: price)?|selling price|sold (?:for|at)|sold price|takings|earned|price charged|charge|quote|price|einnahmen|umsatz|erlös|verkaufspreis|verkauft (?:für|um))\b/i;
const outgo =
	/\b(?:costs?|expenses?|purchase price|buying price|buy price|bought (?:for|at)|gekauft (?:für|um)|cost price|materials?(?: cost)?|labou?r(?: cost)?|fees?|paid|spent|ausgaben|kosten|einkaufspreis|material)\b/i;
const whole =
	/\b(?:total|amount|budget|price|goal|owed|income|einnahmen|rent|fee|invoice|bill|due|limit|gesamt\w*|betrag|soll|preis|miete)\b/i;
const taken =
	/\b(?:paid|deposit|down payment|received|spent|used|saved|expenses?|collected|ausgaben|bezahlt|gezahlt|anzahlung|ausgegeben|haben|verbraucht)\b/i;

/** Gives fields (all, or only those of the keys) their formula. What the person wrote as one ("hours × rate") comes first, then what the names say. */
export function workOut(
	fields: readonly Field[],
	formulas: ReadonlyMap<string, string>,
	only?: ReadonlySet<string>,
): WorkedOut {
	const said: string[] = [];
	let next = [...fields];
	const give = (field: Field, work: Work, words: string) => {
		const {
			required: _required,
			startsAs: _startsAs,
			min: _min,
			max: _max,
			help: _help,
			plain: _plain,
			...rest
		} = field;
		next = next.map((each) => (each === field ? { ...typed(rest, work, fields), computed: work } : each));
		said.push(`“${field.label}” is worked out: ${words}.`);
	};
	for (const field of fields) {
		if (only && !only.has(field.key)) continue;
		const written = formulas.get(field.key);
		const work = written ? readFormula(written, field, fields) : null;
		const found = work ?? (field.computed ? null : byName(field, fields));
		if (found) give(field, found, wordsOf(found, fields));
		else if (written)
			said.push(`“${field.label}” is entered by hand: “${written.slice(0, 80)}” names no two numbers of this app.`);
	}
	return { fields: withoutCircles(next), said };
}

/** The result takes the type of its parts where the name did not say one. */
function typed(field: Field, work: Work, fields: readonly Field[]): Field {
	const parts = work.of.map((key) => fields.find((each) => each.key === key));
	const isMoney = parts.some((part) => part?.type === "money");
	const isCount = ["daysBetween", "daysLeft", "age"].includes(work.op);
	if (isCount) return { ...field, type: "integer", ...(work.op === "age" ? {} : { unit: "days" }) };
	if (work.op === "addDays") return field;
	if (work.op === "bmi") return { ...field, type: "decimal" };
	if (work.op === "hoursBetween") return { ...field, type: "decimal", unit: "h", total: "sum" };
	if (work.times === 100 && field.type === "percent") return field;
	if (isMoney)
		return { ...field, type: "money", total: work.op === "quotient" || work.op === "average" ? "average" : "sum" };
	if (numeric(field) && field.type !== "money")
		return work.op === "product" || work.op === "sum" || work.op === "difference"
			? field
			: { ...field, type: "decimal", total: "average" };
	const allWhole =
		parts.every((part) => part?.type === "integer") && ["product", "sum", "difference"].includes(work.op);
	return {
		...field,
		type: allWhole ? "integer" : "decimal",
		total: work.op === "quotient" || work.op === "average" ? "average" : "sum",
	};
}

function byName(field: Field, fields: readonly Field[]): Work | null {
	const label = field.label;
	const others = fields.filter((each) => each !== field);
	const numbers = others.filter((each) => numeric(each) && !each.computed);
	const at = fields.indexOf(field);
	const before = numbers.filter((each) => fields.indexOf(each) < at);
	if (/\b(?:bmi|body mass index)\b/i.test(label)) {
		const weight = numbers.find(has(/\b(?:weight|gewicht)\b/i));
		const height = numbers.find(has(/\b(?:height|größe|körpergröße)\b/i));
		return weight && height ? { op: "bmi", of: [weight.key, height.key] } : null;
	}
	if (/^(?:age|alter|current age)(?: \(.*\))?$/i.test(label)) {
		const birth = others.find(
			(each) => each.type === "date" && /\b(?:birth\w*|dob|born|geburts\w*|geboren)\b/i.test(each.label),
		);
		return birth ? { op: "age", of: [birth.key] } : null;
	}
	if (
		/\b(?:days (?:left|until|to go|remaining|till)|remaining days|resttage|tage bis|verbleibende tage)\b/i.test(label)
	) {
		const days = others.filter((each) => each.type === "date" || each.type === "dateTime");
		const day =
			days.find((each) => each.alert) ??
			days.find(has(/\b(?:due|deadline|expir\w*|until|end|event|exam|date|best before|renew\w*)\b/i)) ??
			days[0];
		return day ? { op: "daysLeft", of: [day.key] } : null;
	}
	if (
		/^(?:number of )?(?:nights|days|nächte|tage|anzahl (?:nächte|tage))$|\b(?:days between|length of stay)\b/i.test(
			label,
		)
	) {
		const days = others.filter((each) => each.type === "date");
		const [from, to] = pairOf(days);
		return from && to ? { op: "daysBetween", of: [from.key, to.key] } : null;
	}
	if (/^(?:hours?|total hours|hours worked|working hours|duration|stunden|arbeitszeit|dauer)$/i.test(label)) {
		const [from, to] = pairOf(others.filter((each) => each.type === "time"));
		if (from && to) return { op: "hoursBetween", of: [from.key, to.key] };
	}
	if (/\b(?:average speed|speed|geschwindigkeit)\b/i.test(label)) {
		const [way, time] = [
			numbers.find(has(/\b(?:distance|km|kilomet\w*|miles|strecke|distanz)\b/i)),
			numbers.find(has(/\b(?:duration|time|minutes|hours|dauer|minuten|stunden)\b/i)),
		];
		if (way && time) return { op: "quotient", of: [way.key, time.key], ...(time.unit === "min" ? { times: 60 } : {}) };
	}
	if (/\b(?:consumption|fuel economy|l\/100 ?km|verbrauch)\b/i.test(label)) {
		const [fuel, way] = [
			numbers.find(has(/\b(?:lit(?:re|er)s?|fuel|liter|getankt)\b/i)),
			numbers.find(has(/\b(?:distance|km|kilomet\w*|strecke|trip)\b/i)),
		];
		if (fuel && way) return { op: "quotient", of: [fuel.key, way.key], times: 100 };
	}
	if (/^(?:difference|variance|deviation|differenz|abweichung)$/i.test(label)) {
		const [one, other] = before.slice(-2);
		return one && other && one.type === other.type ? { op: "difference", of: [one.key, other.key] } : null;
	}
	// "km at start, km at end, km driven": what lies between two readings of one kind.
	if (
		/^(?:distance|trip|driven|used|consumption|difference|strecke|distanz|differenz|verbrauch)$|\b(?:driven|travelled|traveled|used|consumed|gefahren\p{L}*|verbraucht\p{L}*)\b/iu.test(
			label,
		)
	) {
		const [from, to] = readingsOf(numbers);
		if (from && to) return { op: "difference", of: [to.key, from.key] };
	}
	if (/\b(?:profit|gain|gewinn|net income|net profit)\b/i.test(label)) {
		const amounts = numbers.some((each) => each.type === "money")
			? numbers.filter((each) => each.type === "money")
			: numbers;
		const plus =
			amounts.find(
				has(
					/\b(?:revenue|income|sales|selling|sold|takings|current (?:price|value)|market value|einnahmen|umsatz|verkaufspreis|verkauft)\b/i,
				),
			) ?? amounts.find((each) => income.test(each.label) && !outgo.test(each.label));
		const minus = amounts.filter((each) => each !== plus && each.type === "money" && outgo.test(each.label));
		// Prices of one piece, and how many: that is more than a difference, so it is left to the person.
		const isOfMany = numbers.some(
			(each) =>
				each.type !== "money" &&
				/\b(?:quantity|qty|shares|units|pieces|number of|hours|menge|anzahl|stück)\b/i.test(each.label),
		);
		if (isOfMany && [plus, ...minus].some((each) => each && /\bprice\b|preis/i.test(each.label))) return null;
		return plus && minus.length > 0
			? { op: "difference", of: [plus.key, ...minus.map((each) => each.key)].slice(0, 8) }
			: null;
	}
	if (
		/\b(?:balance|remaining|outstanding|still owed|owing|left(?: over| to pay)?|amount left|remainder|open amount|restbetrag|rest|offen|saldo|noch offen)\b/i.test(
			label,
		)
	) {
		const minus = numbers.filter((each) => taken.test(each.label));
		const plus =
			numbers.find((each) => /\b(?:actual|final)\b/i.test(each.label) && !minus.includes(each)) ??
			numbers.find((each) => whole.test(each.label) && !minus.includes(each)) ??
			numbers.find((each) => each.type === "money" && !minus.includes(each));
		return plus && minus.length > 0
			? { op: "difference", of: [plus.key, ...minus.map((each) => each.key)].slice(0, 8) }
			: null;
	}
	const per = /^(?:price|cost|preis|kosten|cost price) (?:per|pro|je|each) ?(.*)$/i.exec(label);
	if (per && before.length >= 2) {
		const paid = before.find((each) => each.type === "money");
		const count = before.find((each) => each.type !== "money" && sameWord(each, per[1] ?? ""));
		if (paid && count) return { op: "quotient", of: [paid.key, count.key] };
	}
	if (/^(?:percent(?:age)?|% ?|score %|result %|prozent)$/i.test(label)) {
		const most = numbers.find(has(/\b(?:max\w*|possible|out of|total)\b/i));
		const got = numbers.find((each) => each !== most && each.type !== "percent");
		if (most && got) return { op: "quotient", of: [got.key, most.key], times: 100 };
	}
	if (/^(?:average|mean|avg|durchschnitt|mittelwert)(?: (?:score|grade|rating|points))?$/i.test(label)) {
		const parts = before.filter((each) => each.type === before[0]?.type);
		if (parts.length >= 2) return { op: "average", of: parts.map((each) => each.key).slice(0, 8) };
	}
	if (total.test(label) || /^total\b/i.test(label)) return totalOf(field, others, numbers, before);
	return null;
}

function totalOf(
	field: Field,
	others: readonly Field[],
	numbers: readonly Field[],
	before: readonly Field[],
): Work | null {
	// Of a total and a price for each, the one named last is worked out from the other.
	const price =
		before.find((each) => each.type === "money" && unitPrice.test(each.label) && !total.test(each.label)) ??
		numbers.find(
			(each) =>
				each.type === "money" &&
				unitPrice.test(each.label) &&
				!total.test(each.label) &&
				!/\b(?:per|pro)\b/i.test(each.label),
		);
	const count = others.find(
		(each) =>
			each !== price &&
			["integer", "decimal"].includes(each.type) &&
			(quantity.test(each.label) ||
				(price && sameWord(each, /\b(?:per|pro|je) (\p{L}+)$/u.exec(price.label)?.[1] ?? "")) ||
				each.unit === "h" ||
				["l", "kg", "km", "mi", "gal"].includes(each.unit ?? "")),
	);
	const isMoney = field.type === "money" || shapeOf(field.label).shape.type === "money";
	if (price && count && isMoney && !/^value$/i.test(field.label) === true)
		return { op: "product", of: [count.key, price.key] };
	if (price && count && /^value$/i.test(field.label)) return { op: "product", of: [count.key, price.key] };
	if (!/total|sum|gesamt|summe/i.test(field.label)) return null;
	const money = before.filter((each) => each.type === "money" && !/\b(?:budget|paid|deposit)\b/i.test(each.label));
	if (money.length >= 2) return { op: "sum", of: money.map((each) => each.key).slice(0, 8) };
	const alike = before.filter(
		(each) =>
			each.type !== "money" && !each.plain && each.type === before.at(-1)?.type && each.unit === before.at(-1)?.unit,
	);
	return money.length === 0 && alike.length >= 2 ? { op: "sum", of: alike.map((each) => each.key).slice(0, 8) } : null;
}

const sameWord = (field: Field, word: string): boolean => {
	const stem = word
		.toLowerCase()
		.replace(/(?:es|s)$/, "")
		.slice(0, 4);
	return (
		stem !== "" &&
		(field.label.toLowerCase().includes(stem) || (field.unit ?? "").toLowerCase().startsWith(stem.slice(0, 2)))
	);
};

/** "Odometer start" and "Odometer end": the same words, but for what says which comes first. */
function readingsOf(fields: readonly Field[]): [Field | undefined, Field | undefined] {
	const early = /\b(?:at )?(?:start|begin|before|old|previous|anfang|beginn|vorher|alt)\b/i;
	const late = /\b(?:at )?(?:end|after|new|current|ende|nachher|neu)\b/i;
	const stem = (field: Field, words: RegExp) => field.label.toLowerCase().replace(words, "").trim();
	const from = fields.find(has(early));
	const to = fields.find((field) => late.test(field.label) && from && stem(field, late) === stem(from, early));
	return [from, to];
}

function pairOf(fields: readonly Field[]): [Field | undefined, Field | undefined] {
	const from =
		fields.find((field) =>
			/\b(?:start|begin|from|arriv\w*|clock in|check-?in|in|out of bed|came|von|beginn|anfang|kommen|startzeit|anreise|ankunft|borrowed|pick-?up|bed ?time|asleep)\b/i.test(
				field.label,
			),
		) ?? (fields.length === 2 ? fields[0] : undefined);
	const to =
		fields.find(
			(field) =>
				field !== from &&
				/\b(?:end|finish\w*|until|to|leav\w*|stop|clock out|check-?out|out|left|bis|ende|gehen|endzeit|abreise|returned|drop-?off|depart\w*|wake\w*|woke)\b/i.test(
					field.label,
				),
		) ?? (fields.length === 2 ? fields.find((field) => field !== from) : undefined);
	return [from, to];
}

const operators: readonly (readonly [RegExp, Work["op"]])[] = [
	[/\s*(?:×|\*|\bx\b|\btimes\b|\bmultiplied by\b|\bmal\b)\s*/i, "product"],
	[/\s*(?:÷|\/|\bdivided by\b|\bgeteilt durch\b|\bover\b)\s*/i, "quotient"],
	[/\s*(?:−|–|\s-\s|\bminus\b|\bless\b)\s*/i, "difference"],
	[/\s*(?:\+|\bplus\b|\band\b|\bund\b)\s*/i, "sum"],
];

/** "hours × rate", "price minus cost": only where both sides name fields. */
function readFormula(words: string, field: Field, fields: readonly Field[]): Work | null {
	const find = (name: string) => {
		const bare = name
			.toLowerCase()
			.replace(/^(?:the|calculated (?:from|as)|computed (?:from|as)|worked out from|from|=|is)\s+/g, "")
			.trim();
		return (
			fields.find((each) => each !== field && each.label.toLowerCase() === bare) ??
			fields.find(
				(each) =>
					each !== field &&
					bare.length > 2 &&
					(each.label.toLowerCase().includes(bare) || bare.includes(each.label.toLowerCase())),
			)
		);
	};
	for (const [sign, op] of operators) {
		const sides = words
			.replace(/^(?:calculated|computed|worked out|automatically|auto|=|:|from|as|is)\s+/gi, "")
			.split(sign)
			.filter(Boolean);
		if (sides.length < 2 || sides.length > 8) continue;
		const parts = sides.map(find);
		if (parts.every((part): part is Field => part !== undefined && numeric(part)))
			return { op, of: parts.map((part) => part.key) };
	}
	return null;
}

/** No field may depend on itself, not even by way of another. */
function withoutCircles(fields: Field[]): Field[] {
	const depends = (key: string, on: string, depth = 0): boolean => {
		const of = fields.find((field) => field.key === key)?.computed?.of ?? [];
		return depth > 8 || of.some((part) => part === on || depends(part, on, depth + 1));
	};
	return fields.map((field) => {
		if (!field.computed || !depends(field.key, field.key)) return field;
		const { computed: _computed, ...rest } = field;
		return rest;
	});
}

const signs: Partial<Record<Work["op"], string>> = { product: " × ", sum: " + ", difference: " − ", quotient: " ÷ " };

function wordsOf(work: Work, fields: readonly Field[]): string {
	const names = work.of.map((key) => fields.find((field) => field.key === key)?.label.toLowerCase() ?? key);
	const sign = signs[work.op];
	if (sign) return `${names.join(sign)}${work.times ? ` × ${work.times}` : ""}`;
	switch (work.op) {
		case "age":
			return `years since ${names[0]}`;
		case "daysLeft":
			return `days until ${names[0]}`;
		case "bmi":
			return "weight ÷ height²";
		case "average":
			return `the average of ${names.join(", ")}`;
		default:
			return `from ${names.map((name) => `“${name}”`).join(" to ")}`;
	}
}
