// Words for finding the thing an app keeps: kinds of lists, words that name nothing, and lists whose first word says what one
// does with what stands in them.

export const kindWord =
	/^(?:lists?|trackers?|tracking|logs?|logbook|log-book|logger|journal|diary|register|registry|records?|database|catalog|catalogue|inventory|collections?|directory|planner|planning|organi[sz]er|manager|management|sheets?|roster|rota|schedule|calendar|archive|ledger|overview|index|library|board|history|roll|pipeline|keeper|book|timeline|portfolio|leaderboard|scoreboard|checklist|watchlist|wishlist|backlog|budget|stock|db|data|notebook|file|listen?|übersicht|verzeichnis|sammlung|kartei|archiv|tagebuch|verwaltung|protokoll|planer|katalog|dokumentation|erfassung)$/i;
export const emptyWord =
	/^(?:it|smth|sth|this|that|them|things?|stuff|something|anything|everything|data|information|info|app|apps|application|tool|website|site|page|me|us|one|nothing|hello|hi|hey|thanks?|please|test|asdf|help|what|why|how|records?|lists?|files?|csv|json|spreadsheets?|columns?|rows?|fields?|attachments?|datasets?|tables?|simple|nice|cool|details?|entries|entry|list|easy|way|bit|lot|own|etc|work|life|day|place|liste|übersicht|daten|etwas|alles|dinge|sachen|tabelle|datei|ok|yes|no|foo|bar)$/i;

/** Lists whose first word says what one does with what stands in them. */
const special: Record<string, [string, string]> = {
	"reading list": ["Book", "Books"],
	"reading log": ["Book", "Books"],
	"watch list": ["Film", "Films"],
	watchlist: ["Film", "Films"],
	"to-do list": ["Task", "Tasks"],
	"todo list": ["Task", "Tasks"],
	"to do list": ["Task", "Tasks"],
	todo: ["Task", "Tasks"],
	todos: ["Task", "Tasks"],
	"to-do": ["Task", "Tasks"],
	"shopping list": ["Item", "Items"],
	"grocery list": ["Item", "Items"],
	"packing list": ["Item", "Items"],
	"bucket list": ["Item", "Items"],
	"wish list": ["Wish", "Wishes"],
	wishlist: ["Wish", "Wishes"],
	checklist: ["Item", "Items"],
	"check list": ["Item", "Items"],
	"waiting list": ["Person", "People"],
	"mailing list": ["Contact", "Contacts"],
	"address book": ["Contact", "Contacts"],
	"phone book": ["Contact", "Contacts"],
	crm: ["Contact", "Contacts"],
	inventory: ["Item", "Items"],
	stock: ["Item", "Items"],
	"sales pipeline": ["Deal", "Deals"],
	pipeline: ["Deal", "Deals"],
	kanban: ["Task", "Tasks"],
	"record collection": ["Record", "Records"],
	"kanban board": ["Task", "Tasks"],
	board: ["Task", "Tasks"],
	calendar: ["Event", "Events"],
	agenda: ["Event", "Events"],
	schedule: ["Event", "Events"],
	"time sheet": ["Entry", "Entries"],
	timesheet: ["Entry", "Entries"],
	"time tracker": ["Entry", "Entries"],
	"time log": ["Entry", "Entries"],
	"time tracking": ["Entry", "Entries"],
	"tool library": ["Tool", "Tools"],
	"car pool": ["Ride", "Rides"],
	carpool: ["Ride", "Rides"],
	fahrgemeinschaft: ["Fahrt", "Fahrten"],
	hours: ["Entry", "Entries"],
	"working hours": ["Entry", "Entries"],
	"work hours": ["Entry", "Entries"],
	"cash book": ["Entry", "Entries"],
	logbook: ["Entry", "Entries"],
	"log book": ["Entry", "Entries"],
	log: ["Entry", "Entries"],
	journal: ["Entry", "Entries"],
	diary: ["Entry", "Entries"],
	"recipe book": ["Recipe", "Recipes"],
	cookbook: ["Recipe", "Recipes"],
	"cook book": ["Recipe", "Recipes"],
	"job search": ["Application", "Applications"],
	"job hunt": ["Application", "Applications"],
	"job tracker": ["Application", "Applications"],
	budget: ["Expense", "Expenses"],
	leaderboard: ["Player", "Players"],
	scoreboard: ["Result", "Results"],
	"wine cellar": ["Wine", "Wines"],
	wardrobe: ["Piece", "Pieces"],
	closet: ["Piece", "Pieces"],
	weinkeller: ["Wein", "Weine"],
	leseliste: ["Buch", "Bücher"],
	einkaufsliste: ["Artikel", "Artikel"],
	packliste: ["Gegenstand", "Gegenstände"],
	wunschliste: ["Wunsch", "Wünsche"],
	checkliste: ["Punkt", "Punkte"],
	inventar: ["Gegenstand", "Gegenstände"],
	lagerbestand: ["Artikel", "Artikel"],
	inventarliste: ["Gegenstand", "Gegenstände"],
	adressbuch: ["Kontakt", "Kontakte"],
	kassenbuch: ["Buchung", "Buchungen"],
	haushaltsbuch: ["Ausgabe", "Ausgaben"],
	fahrtenbuch: ["Fahrt", "Fahrten"],
	tagebuch: ["Eintrag", "Einträge"],
	logbuch: ["Eintrag", "Einträge"],
	kochbuch: ["Rezept", "Rezepte"],
	stundenzettel: ["Eintrag", "Einträge"],
	zeiterfassung: ["Eintrag", "Einträge"],
	kalender: ["Termin", "Termine"],
	terminkalender: ["Termin", "Termine"],
	aufgabenliste: ["Aufgabe", "Aufgaben"],
};

export const doings: readonly (readonly [RegExp, string, string])[] = [
	[/\blost (?:and|&) found\b|\bfundbüro\b/iu, "Item", "Items"],
	[/\bwhat (?:i|we) (?:spend|spent)\b|\bi spend\b/i, "Expense", "Expenses"],
	[/\bwhat (?:i|we) (?:eat|ate)\b/i, "Meal", "Meals"],
	[/\bwhat (?:i|we) (?:cook|cooked)\b/i, "Dish", "Dishes"],
	[
		/\bwho (?:has )?borrow(?:s|ed)\b|\bwhat (?:i|we) (?:lend|lent)\b|\bi(?:'ve)? len[dt]\b|\bwho has (?:what|which|my)\b/i,
		"Loan",
		"Loans",
	],
	[/\bwho (?:visits|visited|comes)\b/i, "Visit", "Visits"],
	[/\bwer hat (?:was|welche\p{L}*|mein\p{L}*)\b|\bwas ich (?:verliehen|ausgeliehen)\b/iu, "Ausleihe", "Ausleihen"],
];

export const beings =
	/^(?:.* )?(?:baby|toddler|kid|child|dog|cat|puppy|kitten|pet|horse|car|bike|motorbike|boat|van|truck|house|home|garden|kitchen|farm|lab|classroom|ship|aquarium|pool|greenhouse|workshop|office|school|church|club|restaurant|hive|log|captain|ship|hotel|farm)$/i;

export const specialOf = (phrase: string): [string, string] | undefined => {
	const bare = phrase.replace(/^(?:live|shared|real-time) /, "");
	return Object.hasOwn(special, bare) ? special[bare] : undefined;
};
