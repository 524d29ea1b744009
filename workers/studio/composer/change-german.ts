// Follow-up prompts in German, put into the English that the changes are written in. Names stay as they are.

const colours: Record<string, string> = {
	rot: "red",
	grün: "green",
	blau: "blue",
	gelb: "yellow",
	lila: "purple",
	violett: "violet",
	rosa: "pink",
	türkis: "turquoise",
	orange: "orange",
	grau: "gray",
};

const article = "(?:(?:das|die|den|der|ein|eine|einen|noch|auch|bitte|ein neues|eine neue)\\s+)*";
const field = "(?:(?:neues?|weiteres?)\\s+)?(?:(?:feld|felder|spalte|spalten)\\s+)?(?:(?:für|namens)\\s+)?";

const readers: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
	[new RegExp(`^(?:füge?|nimm)\\s+${article}${field}(.+?)\\s+(?:hinzu|auf)$`, "iu"), ([, name]) => `add ${name}`],
	[
		new RegExp(`^(?:ergänze|hinzufügen:?|ich brauche|wir brauchen)\\s+${article}${field}(.+)$`, "iu"),
		([, name]) => `add ${name}`,
	],
	[new RegExp(`^${article}${field}(.+?)\\s+hinzufügen$`, "iu"), ([, name]) => `add ${name}`],
	[
		new RegExp(`^(?:entferne|lösche|streiche|nimm)\\s+${article}${field}(.+?)(?:\\s+(?:weg|raus))?$`, "iu"),
		([, name]) => `remove ${name}`,
	],
	[new RegExp(`^${article}${field}(.+?)\\s+(?:entfernen|löschen)$`, "iu"), ([, name]) => `remove ${name}`],
	[
		new RegExp(`^benenne\\s+${article}${field}(.+?)\\s+(?:in|zu)\\s+(.+?)\\s+um$`, "iu"),
		([, from, to]) => `rename ${from} to ${to}`,
	],
	[/^nenne?\s+(?:es|sie|die app)\s+(.+)$/iu, ([, name]) => `call it ${name}`],
	[
		/^sortiere?\s+(?:alles\s+)?nach\s+(.+?)(?:\s+(absteigend|aufsteigend))?$/iu,
		([, name, order]) => `sort by ${name}${/^ab/.test(order ?? "") ? " descending" : ""}`,
	],
	[
		/^mach(?:e)?\s+(?:es|alles|die app)\s+(\p{L}+)$/iu,
		([, colour]) => `make it ${colours[(colour ?? "").toLowerCase()] ?? colour}`,
	],
	[
		/^mach(?:e)?\s+(?:das |die |den )?(.+?)\s+(?:zum pflichtfeld|zur pflicht|erforderlich)$/iu,
		([, name]) => `make ${name} required`,
	],
	[/^mach(?:e)?\s+(?:das |die |den )?(.+?)\s+(?:optional|freiwillig)$/iu, ([, name]) => `make ${name} optional`],
	[
		/^zeige?\s+(?:einen?\s+)?(kalender|board|karten|tabelle|diagramm)(?:\s+nach\s+(.+))?$/iu,
		([, view, by]) => `add a ${views[(view ?? "").toLowerCase()]}${by ? ` by ${by}` : ""}`,
	],
];

const views: Record<string, string> = {
	kalender: "calendar",
	board: "board",
	karten: "cards",
	tabelle: "table",
	diagramm: "chart",
};

/** The clause in English if it is one of these in German; otherwise as it is. */
export function fromGerman(clause: string): string {
	for (const [pattern, write] of readers) {
		const match = pattern.exec(clause);
		if (match) return write(match);
	}
	return clause;
}
