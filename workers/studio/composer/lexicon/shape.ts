// What a field's name says about its type. The end of the name decides ("feeding time" is a time), then its beginning
// ("last watered" is a day, "is paid" a yes or no).
import { singularOf } from "../number-of-nouns.ts";
import { shapeOfUnit } from "./units.ts";
import { fieldWords, germanEnds, type Shape } from "./words.ts";

const byWord = new Map<string, Shape>(
	fieldWords.flatMap(([words, shape]) => words.split(", ").map((word): [string, Shape] => [word, shape])),
);
const ends = germanEnds
	.flatMap(([words, model]) => words.split(", ").map((word): [string, string] => [word, model]))
	.sort(([a], [b]) => b.length - a.length);

export interface Known {
	shape: Shape;
	/** The name says what it is; otherwise it is plain text because nothing was known. */
	isKnown: boolean;
}

const known = (shape: Shape): Known => ({ shape: { ...shape }, isKnown: true });

/** The shape of a field by its name; plain text if the name says nothing. */
export function shapeOf(label: string): Known {
	const name = label
		.toLowerCase()
		.replace(/[([][^)\]]*[)\]]/g, " ")
		.replace(/[?*"']/g, "")
		.replace(/[_/]+/g, " ")
		.replace(/\s+/g, " ")
		.trim();
	// "day" is a date, "days" are counted.
	if (/^(?:days|tage)$/.test(name)) return known({ type: "integer", unit: "days", total: "sum" });
	const whole = look(name);
	if (whole) return known(whole);
	return byOpening(name) ?? byHead(name) ?? byEnd(name) ?? { shape: { type: "text" }, isKnown: false };
}

/** Exactly a name of the lexicon, and none that rules make of it. */
export const isFieldWord = (words: string): boolean => look(words.toLowerCase()) !== undefined;

function look(phrase: string): Shape | undefined {
	return byWord.get(phrase) ?? byWord.get(phrase.replaceAll("-", " ")) ?? byWord.get(singularOf(phrase));
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const past = "\\p{L}+(?:ed|en|t|ught)";

function byOpening(name: string): Known | null {
	if (/^(?:is|has|have|was|were|needs?|can|may|already|still|ist|hat|wurde|kann|braucht)\s/.test(name))
		return known({ type: "boolean" });
	if (/^(?:number|no|count|amount|anzahl|zahl)\s+(?:of|der|des|von)\s/.test(name))
		return /^amount of money/.test(name)
			? known({ type: "money", total: "sum" })
			: known({ type: /^amount/.test(name) ? "decimal" : "integer", total: "sum" });
	if (/^(?:date and time|datum und uhrzeit)\s/.test(name)) return known({ type: "dateTime" });
	if (/^\p{L}*[^s\s]\s(?:seen|present|absent|included|missing)$/u.test(name) && !/^(?:last|first)\s/.test(name))
		return known({ type: "boolean" });
	if (/^(?:date|datum|tag|day)\s/.test(name) && !look(name.replace(/^\S+\s/, ""))) return known({ type: "date" });
	if (/^(?:date|datum)\s/.test(name)) return known({ type: "date" });
	// "days between watering", "minutes per round": a unit in the plural is counted, whatever follows
	const per =
		/^(\p{L}+)\s(?:between|until|till|since|per|before|after|left|spent|zwischen|bis|seit|pro|vor|nach)\b/u.exec(
			name,
		)?.[1];
	const unit = per && /(?:s|en|e)$/.test(per) ? shapeOfUnit(per) : null;
	if (unit && unit.type !== "money") return known(unit);
	if (
		/^(?:lesson|class|training|practice|rehearsal|collection|bin|market|cleaning|laundry|bath|watering|feeding|rest|office|working|school|visiting|available|free|off)\sdays?$/.test(
			name,
		)
	)
		return known({ type: "choice", choices: [...weekdays] });
	const counted =
		/^(hours|minutes|mins|miles|kilomet(?:re|er)s|km|kwh|kg|grams|tons|hectares|acres|gallons|pages|units|pieces|copies|games|tickets|items|lit(?:re|er)s|points|steps|calories|eggs|days|weeks|nights|bottles|boxes|shares)\s\p{L}+(?:ed|en|t|n|d|ne)$/u.exec(
			name,
		);
	if (counted)
		return known(look(counted[1] ?? "") ?? shapeOfUnit(counted[1] ?? "") ?? { type: "integer", total: "sum" });
	if (/^every\s(?:how many\s|\S*\s?)?(?:days?|weeks?|months?)$/.test(name))
		return known({ type: "integer", unit: /week/.test(name) ? "weeks" : /month/.test(name) ? "months" : "days" });
	if (
		/^(?:air|odometer|meter|reading|mileage|km|counter|weight|pressure|level|temp\p{L}*|stock|battery|tank|fuel)\s(?:start|end|begin|before|after|at start|at end)$/u.test(
			name,
		)
	)
		return known({ type: "decimal" });
	if (
		/^(?:(?:km|kilometer|tacho|zähler)-?\s?stand|stand|gewicht|temperatur|druck)\s(?:am\s)?(?:anfang|beginn|start|ende|vorher|nachher|alt|neu)$/.test(
			name,
		)
	)
		return known({ type: "decimal" });
	if (/^(?:(?:aktueller|alter|neuer)\s)?stand$/.test(name)) return known({ type: "decimal" });
	if (/^(?:bought|sold|purchased|acquired|auctioned|listed|gekauft|verkauft|erworben)\s(?:for|at|für|um)$/.test(name))
		return known({ type: "money", total: "sum" });
	if (
		/^(?:agrees|agreed|wants|wanted|accepts|allows|requires|interested|willing|able|ready|eligible|allergic)\b/.test(
			name,
		) &&
		name.includes(" ")
	)
		return known({ type: "boolean" });
	if (/\s(?:needed|necessary|nötig|ok|okay)$/.test(name)) return known({ type: "boolean" });
	if (
		/^last\s\p{L}+$/u.test(name) &&
		!/\s(?:name|price|amount|order|words?|position|address|result|score|location|place|owner|grade|salary|reading|weight)$/.test(
			name,
		)
	)
		return known({ type: "date" });
	if (/^(?:next|nächste[rsn]?)\s/.test(name) && !isMeasure(name)) return known(look("next due") ?? { type: "date" });
	if (
		new RegExp(
			`^(?:last|first|letzte[rsn]?|erste[rsn]?|zuletzt)\\s(?:${past}|visit|contact|service|check|seen|watering|feeding|inspection|donation|order|maintenance|cleaning|exam|test|besuch|kontakt|wartung|prüfung|kontrolle|inspektion|untersuchung|impfung|reinigung|düngung|\\p{L}+t)$`,
			"u",
		).test(name)
	)
		return known({ type: "date" });
	if (/^time\s(?:taken|given|fed|in|out|seen|started|finished|arrived|left|of \p{L}+)$/u.test(name))
		return known({ type: "time" });
	if (/^(?:times|anzahl)\s/.test(name)) return known({ type: "integer", total: "sum" });
	return null;
}

const isMeasure = (name: string): boolean =>
	/\b(?:amount|cost|price|step|level|class|lesson|topic|location|place|goal|task|name|read)s?$/.test(name);

/** "price per litre", "date of purchase", "size in stock": what stands before the little word is the thing. */
function byHead(name: string): Known | null {
	const match =
		/^(.+?)\s(?:of|for|per|from|to|at|in|on|upon|after|before|during|with|by|the|a|der|des|für|pro|von|im|in|de|del|della|du|van)\s.+$/u.exec(
			name,
		);
	const head = match?.[1] ?? "";
	if (
		!head ||
		/^(?:paid|bought|done|sold|given|signed|made|taken|borrowed|lent|ordered|cooked|brewed|found|seen|born|started|finished|left|last seen|picked up)$/.test(
			head,
		)
	)
		return null;
	const found = look(head) ?? byTail(head);
	return found ? known(found) : null;
}

function byEnd(name: string): Known | null {
	if (new RegExp(`^${past}\\s(?:by|to|from|with|von|an)$`, "u").test(name))
		return known({ type: "text", suggest: true });
	if (/\s(?:on|since|until|am|seit|bis)$/.test(name)) return known({ type: "date" });
	if (
		/^(?:starts?|started|ends?|ended|begins?|arrives?|arrived|leaves?|left|fed|taken|opened|closed|opens|closes|finished|woke up|beginnt|endet)\s(?:at|um)$/.test(
			name,
		)
	)
		return known({ type: "time" });
	if (
		/^(?:received|reported|called|logged|admitted|discharged|arrived|delivered|collected|submitted|resolved)\s(?:at|um)$/.test(
			name,
		)
	)
		return known({ type: "dateTime" });
	if (
		/^(?:paid|given|sent|handed|brought|taken|picked|checked|signed|ticked|called|written|put|set|filled|cleaned|switched|turned|moved|packed|used|sold|locked)\s(?:back|in|out|off|up|down|away)$/.test(
			name,
		)
	)
		return known({ type: "boolean" });
	if (
		/^(?:done|finished|completed|taken|eaten|paid|watered|fed|practised|practiced|used)\s(?:today|already|yet|now)$/.test(
			name,
		)
	)
		return known({ type: "boolean" });
	const handed = /^(.+)\s(?:received|returned|refunded|collected|delivered|handed (?:over|back))$/.exec(name)?.[1];
	// "deposit received", "contract returned": whether, and "date received": when
	if (
		handed &&
		(look(handed)?.type === "money" ||
			/\b(?:gallery|contract|form|slip|keys?|invoice|documents?|badge|uniform|goods|parcel)$/.test(handed))
	)
		return known({ type: "boolean" });
	// "pieces thrown away", "trees planted": several, and what was done with them, are counted.
	const several = new RegExp(
		`^(?:\\p{L}+\\s)?\\p{L}+[^su]s\\s(?:${past}|thrown|grown|given|won|lost|sold|read|done|drawn|driven)(?:\\s(?:away|out|in|off|up|back))?$`,
		"u",
	);
	if (
		several.test(name) &&
		!/\b(?:notes|tests|docs|parts|tools|materials|products|ingredients|supplies|techniques|colours|colors|fabrics|topics|documents|papers|terms|keys|invoices|contracts|photos)\s/.test(
			name,
		)
	)
		return known({ type: "integer", total: "sum" });
	const found = byTail(name);
	if (found) return known(found);
	// "first aid certified", "visa approved": said of something, it is so or it is not.
	const said = /^(?!last\b|first time|date\b)((?:\p{L}+\s)*\p{L}+)\s\p{L}{2,}[^e]ed$/u.exec(name)?.[1];
	const subject = said === undefined ? undefined : (look(said) ?? byTail(said));
	// "amount requested" is an amount
	if (subject && ["money", "decimal", "integer", "percent"].includes(subject.type)) return known(subject);
	if (said !== undefined) return known({ type: "boolean" });
	// "wrapped", "tested": done or not; "seed" and "breed" are nouns.
	if (/^\p{L}{2,}[^e]ed$/u.test(name)) return known({ type: "boolean" });
	if (/\bid$/.test(name)) return known({ type: "text" });
	if (/^(?:total|overall|average|avg|mean|max|min|maximum|minimum|best|gesamt|höchst\p{L}*)\s/u.test(name))
		return known({ type: "decimal" });
	return null;
}

/** The longest end of the name that is known; identifiers are no quantities. */
function byTail(name: string): Shape | undefined {
	const words = name.split(" ");
	for (let at = 1; at < words.length; at += 1) {
		const found = look(words.slice(at).join(" "));
		if (found) return found;
	}
	const last = words.at(-1) ?? "";
	if (/^(?:number|numbers|no|nr|#)$/.test(last)) return words.length > 1 ? { type: "integer", plain: true } : undefined;
	const end = last.length > 5 ? ends.find(([word]) => last.endsWith(word) && last.length > word.length + 1) : undefined;
	return end ? byWord.get(end[1]) : undefined;
}
