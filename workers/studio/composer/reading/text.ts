// A prompt as sentences and lines, and a list as its items. Everything here only cuts text; what the pieces mean is decided by
// the files beside it.

export type Language = "en" | "de" | "other";

// A full stop after these does not end a sentence. It is kept as a sign of private use while a text is cut, and put back after.
const abbreviations =
	/\b(e\.g|i\.e|etc|approx|incl|excl|inkl|exkl|zzgl|max|min|nr|no|vs|z\.\s?b|d\.\s?h|bzw|usw|ca|evtl|ggf|tel|str|st|dr|mr|mrs|ms|prof|u\.a|o\.ä)\./giu;
const heldStop = "\ue000";

/**
 * Sentences beside the matter, by the words that open them: "Between us: …", "By the way, …". What they say is no field, though a
 * colon stands in front of it. A line of its own may be a field ("note: long text"), so only what follows a sentence counts.
 */
const asides =
	/((?:^|[.!?]) *)(?:between (?:us|you and me)|by the way|btw|fyi|for your information|p\.? ?s\.?|note(?: to self)?|just so you know|confidential(?:ly)?|in confidence|context|background|unter uns|übrigens|nebenbei(?: gesagt)?|hinweis|anmerkung|nur zur info|vertraulich) ?[:,–-] [^.!?\n]*[.!?]?/giu;

/** Typographic quotes and spaces made plain, greetings, asides and thanks left out. The length of the text may change. */
export function tidyPrompt(prompt: string): string {
	return prompt
		.normalize("NFC")
		.replace(/\r\n?/g, "\n")
		.replace(/[ \t\u00a0\u2009\u202f]+/g, " ")
		.replace(/[‘’‚‛]/g, "'")
		.replace(/[“”„‟«»]/g, '"')
		.replace(/[‐‑]/g, "-")
		.replace(
			/(^|[\n.!?]\s*)(?:hi|hello|hey|hallo|guten tag|moin|servus)(?: there| all| zusammen)?[,!.]?\s+(?=\p{L})/giu,
			"$1",
		)
		.replace(asides, "$1")
		.replace(/\b(?:pls|plz)\b/gi, "please")
		.replace(/\bto do(?= lists?\b| apps?\b|s\b)/giu, "to-do")
		.replace(/\bw\/(?=\s*\p{L})/giu, "with ")
		.replace(/ {2,}/g, " ")
		.trim();
}

const hold = (text: string): string =>
	text.replace(abbreviations, (all) => all.replaceAll(".", heldStop)).replace(/(\d)\.(?=\d)/g, `$1${heldStop}`);
const release = (text: string): string => text.replaceAll(heldStop, ".");

/** The text with what stands in brackets and quotes replaced, sign for sign, so that places stay the same. */
export function mask(text: string): string {
	let masked = "";
	let at = 0;
	while (at < text.length) {
		const end = closingAt(text, at);
		masked += end > at ? "\ue001".repeat(end - at + 1) : (text[at] ?? "");
		at = Math.max(end, at) + 1;
	}
	return masked;
}

/** Where the bracket or quote that opens here closes; -1 if none opens, or it is never closed. */
function closingAt(text: string, at: number): number {
	const open = text[at];
	if (open === '"') return text.indexOf('"', at + 1);
	if (open !== "(" && open !== "[") return -1;
	const close = open === "(" ? ")" : "]";
	let depth = 0;
	for (let place = at; place < text.length; place += 1) {
		if (text[place] === open) depth += 1;
		if (text[place] === close) depth -= 1;
		if (depth === 0) return place;
	}
	return -1;
}

/** Sentences and lines, without their closing signs. Brackets and abbreviations hold a sentence together. */
export function sentencesOf(text: string): string[] {
	return text.split("\n").flatMap((line) => {
		const held = hold(line);
		const masked = mask(held);
		const parts: string[] = [];
		let from = 0;
		for (const match of masked.matchAll(/[.!?。！？]+(?=\s|$)|[。！？]/g)) {
			// A question mark may belong to the last item of a list: "returned?"
			parts.push(held.slice(from, match.index + (match[0].startsWith("?") ? 1 : 0)));
			from = match.index + match[0].length;
		}
		parts.push(held.slice(from));
		return parts.map((part) => release(part).trim()).filter(Boolean);
	});
}

export interface Bulleted {
	/** The lines of the list, without their marks. */
	items: string[];
	/** The text without them. */
	rest: string;
	/** Signs or a colon say that the lines are a list. */
	isMarked: boolean;
}

const bullet = /^\s*(?:[-*•–—·▪◦✓✔]|\d{1,2}[.)]|[a-z]\)|\[[ x]?\])\s+(?=\S)/i;

/** A list in lines: with bullets or numbers, or short plain lines under one that ends with a colon. Null: there is none. */
export function bulletsOf(text: string): Bulleted | null {
	const lines = text.split("\n");
	const marked = lines.filter((line) => bullet.test(line));
	if (marked.length >= 2)
		return {
			items: marked.map((line) => line.replace(bullet, "").trim()),
			rest: lines.filter((line) => !bullet.test(line)).join("\n"),
			isMarked: true,
		};
	const head = lines.findIndex((line) => /[:：]\s*$/.test(line));
	if (head < 0) return plainLines(lines);
	let first = head + 1;
	while (first < lines.length && lines[first]?.trim() === "") first += 1;
	let end = first;
	while (end < lines.length && isShortLine(lines[end] ?? "")) end += 1;
	if (end - first < 2) return null;
	return {
		items: lines.slice(first, end).map((line) => line.trim()),
		rest: [...lines.slice(0, head + 1), ...lines.slice(end)].join("\n"),
		isMarked: true,
	};
}

/** A title, and nothing but short lines under it. */
function plainLines(all: readonly string[]): Bulleted | null {
	const [head = "", ...items] = all.filter((line) => line.trim() !== "");
	return items.length >= 3 && items.every(isShortLine)
		? { items: items.map((line) => line.trim()), rest: head, isMarked: false }
		: null;
}

const isShortLine = (line: string): boolean =>
	line.trim() !== "" &&
	mask(line)
		.split(/[\s:]+/)
		.filter((word) => word && !word.includes("\ue001")).length <= 7 &&
	!/[.!?]$/.test(line.trim());

const joints = "and|&|\\+|plus|as well as|along with|und|sowie|sowie auch|et|y|og|och|и|и также";
const joint = new RegExp(`\\s(?:${joints})\\s`, "giu");
// "e", "en" and "i" join in Italian, Dutch and Polish; in an English list "i" is a person.
const anyJoint = new RegExp(`\\s(?:${joints}|e|en|i)\\s`, "giu");
const isRead = /\b(?:and|what|when|who|how|whether|the|my|it|they|is|was|und|der|die|wann|wer)\b/i;

/** The parts of a list between semicolons; the list itself if there are none. */
export function segmentsOf(list: string): string[] {
	const masked = mask(list);
	const parts: string[] = [];
	let from = 0;
	for (const match of masked.matchAll(/[;；\n]/g)) {
		parts.push(list.slice(from, match.index));
		from = match.index + 1;
	}
	return [...parts, list.slice(from)].filter((part) => part.trim() !== "");
}

/** "a, b (c, d) and e": a; b (c, d); e. Nothing in brackets or quotes is cut. */
export function itemsOf(list: string): string[] {
	const masked = mask(list);
	const cuts: { from: number; to: number }[] = [];
	for (const match of masked.matchAll(/[;；\n、،，]|,(?!\d{1,3}(?:\D|$))|,(?=\s)/g))
		cuts.push({ from: match.index, to: match.index + match[0].length });
	for (const match of masked.matchAll(isRead.test(masked) ? joint : anyJoint)) {
		if (isOneThing(masked.slice(0, match.index), masked.slice(match.index + match[0].length))) continue;
		cuts.push({ from: match.index, to: match.index + match[0].length });
	}
	cuts.sort((a, b) => a.from - b.from);
	const items: string[] = [];
	let from = 0;
	for (const cut of cuts) {
		if (cut.from < from) continue;
		items.push(list.slice(from, cut.from));
		from = cut.to;
	}
	items.push(list.slice(from));
	return spreadHeads(
		items
			.map((item) => item.trim())
			.filter((item) => item !== "" && !/^(?:etc\.?|usw\.?|and so on|and more|…|\.\.\.)$/i.test(item)),
	);
}

/** "date and time", "pros and cons": one thing, although there is an "and". */
function isOneThing(before: string, after: string): boolean {
	const pair = `${/[\p{L}-]+$/u.exec(before)?.[0] ?? ""} ${/^[\p{L}-]+/u.exec(after)?.[0] ?? ""}`.toLowerCase();
	// "between 1 and 10" is one range.
	if (/\b(?:between|zwischen|from)\s+[\d.,]+\s*[\p{L}%°€$]*$/iu.test(before) && /^\d/.test(after)) return true;
	return /^(?:date time|day time|datum uhrzeit|pros cons|terms conditions|make model|profit loss|lost found|bed breakfast|do don't)$/.test(
		pair,
	);
}

const loneHeads =
	/^(?:an? |the |its |their |my |our )?(start|end|first|last|begin|beginning|finish|arrival|departure|opening|closing|check-?in|check-?out|min|max|minimum|maximum|planned|actual|old|new|billing|shipping|home|away|departure|pick-?up|drop-?off|purchase|selling|buying|given|family|systolic|diastolic|father's|mother's)$/i;

/** "start and end time": start time, end time; "Start- und Endzeit": Startzeit, Endzeit. */
function spreadHeads(items: string[]): string[] {
	return items.map((item, at) => {
		const next = items[at + 1] ?? "";
		const dashed = /^(.*\p{L})-$/u.exec(item);
		if (dashed) {
			const tail =
				/(datum|zeit|preis|nummer|name|ort|tag|uhr|menge|kosten|gewicht|größe|adresse|temperatur|stand)\b/iu.exec(
					next,
				)?.[1];
			return tail ? `${dashed[1]}${tail.toLowerCase()}` : (dashed[1] ?? item);
		}
		if (!loneHeads.test(item)) return item;
		const words = next.replace(/\s*[([].*$/, "").split(" ");
		const tail = words.slice(1).join(" ");
		return words.length >= 2 && words.length <= 3 && loneHeads.test(words[0] ?? "") ? `${item} ${tail}` : item;
	});
}

const common: Record<"en" | "de" | "other", RegExp> = {
	en: /\b(?:the|and|with|for|my|of|to|i|an?|each|that|it|is|we|our|app|track|keep|list|want|need|where|what)\b/gi,
	de: /\b(?:der|die|das|und|mit|für|mein|meine|meiner|meinen|ich|ein|eine|einen|einer|jede[rsnm]?|zu|ist|wir|unser|unsere|unseren|auf|bei|vom|beim|zum|zur|aus|möchte|will|brauche|von|den|dem|des|im|am|nach|wer|wann|ob|soll|verwalten|erfassen|sammeln|notieren|eintragen|festhalten|dokumentieren|liste)\b/gi,
	other:
		/\b(?:les|une|pour|avec|mes|el|los|las|una|para|con|mis|il|gli|meus|het|een|voor|mijn|och|med|för|mina|og|moje|dla)\b/gi,
};

/** Names of fields that are German and nothing else: a list without a little word is known by them. */
const germanNouns =
	/\b(?:kunden?|menge|\p{L}*preis|betrag|titel|ort|straße|adresse|telefon|notiz(?:en)?|bemerkung(?:en)?|anzahl|stück|gewicht|foto|bild|rechnung(?:en)?|angebote?|aufträge?|termine?|vorname|nachname|geburtstag|\p{L}+datum|datum|uhrzeit|beginn|dauer|erledigt|bezahlt|mitglied(?:er)?|größe|farbe|lieferant(?:en)?|kosten|straße|verfasser|fällig|gekauft|verkauft|zustand|hersteller|beschreibung)\b/giu;

/** The language of a text by its little words; English where nothing says otherwise, "other" for scripts that are not Latin. */
export function languageOf(text: string): Language {
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
	if (letters > 0 && latin < letters / 2) return "other";
	const count = (language: "en" | "de" | "other") => text.match(common[language])?.length ?? 0;
	const [en, de, other] = [count("en"), count("de"), count("other")];
	if (de > en && de >= other) return "de";
	if (other > en && other > de) return "other";
	if (en === 0 && other === 0 && new Set(text.toLowerCase().match(germanNouns)).size >= 2) return "de";
	if (en === 0 && de === 0 && /[äöüß]|(?:ung|heit|keit|liste|buch|verwaltung|übersicht|sammlung|plan)\b/iu.test(text))
		return "de";
	return "en";
}
