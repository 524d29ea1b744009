// A second set of prompts, written after the reader was finished and before it was run on them: other walks of life, German,
// lists without signs between their items, and prompts that look like records and are none. At first sight 25 of 48 were right in
// every field, and 33 of 36 others were refused; then the reader was mended by their kinds.
import { type RecordPrompt, rows } from "./corpus-records.ts";

export const secondPrompts: readonly RecordPrompt[] = [
	...rows("no signs", [
		[
			"track my runs with date and distance in km and time and shoes",
			"run",
			"date: date; distance: decimal; time: time|integer|text; shoes: text",
		],
		[
			"plants with name and species and location and last watered and photo",
			"plant",
			"name: text; species: text; location: text; last watered: date; photo: image",
		],
		["book list title author year rating", "book", "title: text; author: text; year: integer; rating: rating"],
		[
			"Kundenliste mit Name und Telefon und E-Mail und Notizen",
			"kunde",
			"name: text; telefon: phone; e-mail: email; notizen: longText",
		],
		[
			"expenses date amount category notes",
			"expense",
			"date: date; amount: money; category: choice|text; notes: longText",
		],
		[
			"Tankbuch mit Datum und Kilometerstand und Liter und Preis",
			"eintrag|tankfüllung",
			"datum: date; kilometerstand: integer|decimal; liter: decimal; preis: money",
		],
		[
			"Werkzeugverleih: Werkzeug Ausleiher Ausgeliehen am Zurück am",
			"werkzeugverleih|eintrag|werkzeug|verleih",
			"werkzeug: text; ausleiher: text; ausgeliehen am: date; zurück am: date",
		],
		[
			"a list of vendors with company and contact person and phone and email",
			"vendor",
			"company: text; contact person: text; phone: phone; email: email",
		],
	]),
	...rows("list", [
		[
			"Beach volleyball club: members with name, skill level (beginner, intermediate, advanced), membership fee and paid until",
			"member",
			"name: text; skill level: choice[3]; membership fee: money; paid until: date",
		],
		[
			"I run a small bakery and need to track sourdough starters, with flour type, hydration in %, last fed and smell",
			"sourdough starter|starter",
			"flour type: text|choice; hydration: percent|decimal; last fed: date|dateTime; smell: text",
		],
		[
			"Night shift handover notes for our ward: date, nurse, patient room, what happened, urgent?",
			"handover note|note",
			"date: date; nurse: text; room: text|integer; what happened: longText|text; urgent: boolean",
		],
		[
			"church hall bookings, with renter, start time, end time, deposit in £ and key returned yes/no",
			"booking|church hall booking",
			"renter: text; start time: time|dateTime; end time: time|dateTime; deposit: money; key returned: boolean",
		],
		[
			"Fishing log with date, water, species, length (cm), weight (g), bait and photo",
			"catch|entry|fish|fishing",
			"date: date; water: text; species: text; length: decimal|integer; weight: decimal|integer; bait: text; photo: image",
		],
		[
			"Keep our choir's sheet music: composer, title, voices (SATB, SSA, TTBB), copies and shelf",
			"sheet music|piece|score",
			"composer: text; title: text; voices: choice[3]; copies: integer; shelf: text",
		],
		[
			"An app for our theatre's costumes, with item, size, colour, play, actor and condition: good, worn or damaged",
			"costume",
			"item: text; size: text|choice; colour: text|colour; play: text; actor: text; condition: choice[3]",
		],
		[
			"Track solar panel output. Columns: day, kWh produced, kWh used, sunshine hours, cloudy or clear",
			"output|solar panel output|day|reading|solar panel|panel",
			"day: date; produced: decimal; used: decimal; sunshine hours: decimal; cloudy: choice|boolean",
		],
		[
			"bike repair shop: customer, bike, problem, due date, price in CHF, done",
			"repair|bike repair|bike|customer|entry|job",
			"customer: text; bike: text; problem: text|longText; due date: date; price: money; done: boolean",
		],
		[
			"Elternvertretung: Liste aller Kinder mit Name, Geburtstag, Allergien und Notfallnummer",
			"kind",
			"name: text; geburtstag: date; allergien: text|longText; notfallnummer: phone",
		],
	]),
	...rows("brackets", [
		[
			"Lab samples [sample id, collected (date), pH (0-14), temperature (°C), technician, passed (yes/no)]",
			"lab sample|sample",
			"sample id: text; collected: date; ph: decimal|integer<=14; temperature: decimal|integer; technician: text; passed: boolean",
		],
		[
			"Horses: name (required), born (date), breed (choice: Hanoverian, Arabian, Haflinger), height (cm, whole number), vet notes (long text)",
			"horse",
			"name: text; born: date; breed: choice[3]; height: integer; vet notes: longText",
		],
		[
			"keep track of parcels: tracking number (text), carrier (DHL/UPS/Hermes), shipped (date), value (€)",
			"parcel",
			"tracking number: text; carrier: choice[3]; shipped: date; value: money",
		],
	]),
	...rows("limits", [
		[
			"Yoga class sign-ups: name, class, mat number between 1 and 20, first visit yes or no",
			"sign-up|yoga class sign-up|signup",
			"name: text; class: text|choice; mat number: integer<=20; first visit: boolean",
		],
		[
			"tasting notes for whisky with distillery, age in years, strength up to 75 %, score 1 to 100 and notes of at most 500 characters",
			"tasting note|whisky",
			"distillery: text; age: integer|decimal; strength: percent|decimal<=75; score: integer<=100; notes: longText|text",
		],
		[
			"Schichtplan für unser Café: Mitarbeiter, Tag, Beginn, Ende, Pause in Minuten (höchstens 60)",
			"schicht|eintrag",
			"mitarbeiter: text; tag: date|choice; beginn: time; ende: time; pause: integer<=60",
		],
	]),
	...rows("worked out", [
		[
			"Timesheet for my plumbers: plumber, date, hours, hourly rate, total pay",
			"timesheet entry|entry|timesheet|shift|plumber",
			"plumber: text; date: date; hours: decimal; hourly rate: money; total pay: money=",
		],
		[
			"flea market sales with item, bought for, sold for and profit",
			"sale|flea market sale",
			"item: text; bought for: money; sold for: money; profit: money=",
		],
		[
			"Fahrtenbuch mit Datum, Start, Ziel, km-Stand Anfang, km-Stand Ende und gefahrene Kilometer",
			"fahrt|eintrag",
			"datum: date; start: text; ziel: text; km-stand anfang: decimal|integer; km-stand ende: decimal|integer; gefahrene kilometer: decimal|integer=",
		],
		[
			"Angebote: Kunde, Menge, Einzelpreis, Gesamtpreis",
			"angebot",
			"kunde: text; menge: integer|decimal; einzelpreis: money; gesamtpreis: money=",
		],
	]),
	...rows("chatty", [
		[
			"My grandma is 84 and forgets which pills she took. Could you make something where I write down the medicine, the dose in mg, what time she takes it and if she took it?",
			"medicine|pill|record|dose",
			"medicine: text; dose: decimal|integer; time: time|text; took: boolean",
		],
		[
			"we're 5 roommates and always fight about chores, i need an app for chores: who, what, due day, done",
			"chore",
			"who|person: text; what: text; due day: date|choice|text; done: boolean",
		],
		[
			"I'm a beekeeper's assistant and a tattoo artist. For the tattoo studio I want to keep appointments with client, design, placement, deposit and date and time. A bar chart per month would be great!",
			"appointment",
			"client: text; design: text; placement: text; deposit: money; date and time: dateTime",
		],
		[
			"hey so basically i lend out my dvds to friends and they never come back lol. title, friend, lent on, returned?",
			"dvd|loan",
			"title: text; friend: text; lent on: date; returned: boolean",
		],
	]),
	...rows("german", [
		[
			"Ich brauche eine App für meinen Schrebergarten: Beet, Pflanze, gesät am, geerntet am, Ertrag in kg",
			"eintrag|schrebergarten|pflanze|beet",
			"beet: text; pflanze: text; gesät am: date; geerntet am: date; ertrag: decimal",
		],
		[
			"Bücherei: Bücher mit Titel, Verfasser, ISBN, Standort, ausgeliehen (ja/nein)",
			"buch",
			"titel: text; verfasser: text; isbn: text; standort: text; ausgeliehen: boolean",
		],
		[
			"Mängelliste für die Wohnungsübergabe mit Raum, Mangel, Foto, Frist und erledigt",
			"mangel",
			"raum: text; mangel: text; foto: image; frist: date; erledigt: boolean",
		],
		[
			"Trainingstagebuch: Übung, Sätze, Wiederholungen, Gewicht in kg, Datum",
			"eintrag",
			"übung: text; sätze: integer; wiederholungen: integer; gewicht: decimal; datum: date",
		],
		[
			"Spendenliste für den Förderverein. Felder: Spender, Betrag, Datum, Quittung verschickt?, Bemerkung",
			"spende",
			"spender: text; betrag: money; datum: date; quittung verschickt: boolean; bemerkung: longText|text",
		],
		[
			"Mach mir eine Übersicht über die Zählerstände (Strom, Gas, Wasser) mit Datum und Stand",
			"zählerstand",
			"zähler|art: choice[3]; datum: date; stand: decimal|integer",
		],
		[
			"Kennzahlen meiner Hühner: Datum, Eier, Futter in kg, Wetter",
			"kennzahl|huhn|eintrag",
			"datum: date; eier: integer; futter: decimal; wetter: text|choice",
		],
	]),
	...rows("lines", [
		[
			"Tenant directory\n\nUnit\nTenant name\nRent (USD)\nLease end\nPets (yes/no)",
			"tenant",
			"unit: text|integer; tenant name: text; rent: money; lease end: date; pets: boolean",
		],
		[
			"Incident register for our climbing gym\n* when\n* where\n* who was hurt\n* severity - low, medium, high\n* reported to insurance: yes/no",
			"incident",
			"when|date: date|dateTime; where|location: text; who was hurt|hurt: text; severity: choice[3]; reported to insurance: boolean",
		],
	]),
	...rows("no list", [
		["keep track of my sourdough", "sourdough|sourdough entry|entry", ""],
		["a list of games we lend to neighbours", "game", ""],
		["log for our test drives", "test drive|drive|entry", ""],
		["Vereinsmitglieder verwalten", "vereinsmitglied|mitglied", ""],
		["visitor register for the front desk", "visitor", ""],
	]),
	...rows("other languages", [
		[
			"Inventaire de ma cave à vin : nom, millésime, région, prix en €, note",
			"vin|cave à vin|record|inventaire|ma cave à vin",
			"nom: text; millésime: text|integer; région: text; prix: money; note: longText|text|rating",
		],
		[
			"Registro de pacientes: nombre, fecha de nacimiento, teléfono, alergias",
			"pacientes|paciente",
			"nombre: text; fecha de nacimiento: date; teléfono: phone; alergias: text",
		],
	]),
];

/** What keeps no records, or asks for what a person must not get an app of the wrong kind for. */
export const secondOthers: readonly string[] = [
	"a whack-a-mole game with a high score table",
	"Build a landing page for our yoga studio with prices, opening times and a contact form",
	"split the bill calculator with number of people, tip and total",
	"Stoppuhr mit Runden",
	"Quiz über Bundesländer mit Punkten",
	"currency converter euro to dollar",
	"a poll where my team votes for lunch: pizza, sushi or salad",
	"group chat for my family with photos",
	"Make a typing speed game with levels, lives and score",
	"interval timer with work, rest and rounds",
	"loan calculator: amount, interest rate, years, monthly payment",
	"a digital clock with date, weather and background image",
	"Würfelspiel für zwei Spieler mit Punktestand",
	"Taschenrechner",
	"Eine Webseite für unseren Imkerverein mit Terminen, Bildern und Kontakt",
	"Umrechner von Celsius in Fahrenheit",
	"a meditation app with breathing animation and sound",
	"an AI that writes cover letters from my CV",
	"Write a Python script that renames files",
	"make a crossword puzzle about animals",
	"a platformer with coins, enemies and three levels",
	"invoice PDF generator with logo, items and tax",
	"an image resizer",
	"Online-Shop für Kerzen mit Warenkorb und Bezahlung",
	"live bus departures at my stop",
	"hangman in German",
	"An interactive map of hiking trails with photos",
	"voting app with candidates, votes and results",
	"A metronome with tempo, beats and sound",
	"a wedding website with our story, photos, schedule and RSVP",
	"a 3d model viewer",
	"Abstimmung: Wohin fährt der Betriebsausflug?",
	"a kanban clone of trello with login and teams in real time",
	"password manager",
	"a note that says hello world",
	"hello world",
];
