// Prompts for apps that keep records, as people of many walks of life write them, with what must come of each.
// A field is "label: type", with other types that are as good after "|", the number of its choices in square brackets, "<=8" for a
// limit and "=" where it is worked out. An entity may have alternatives after "|"; its last words are compared.

export interface RecordPrompt {
	/** The way it is written: what the score is counted by. */
	way:
		| "terse"
		| "no signs"
		| "list"
		| "lines"
		| "brackets"
		| "chatty"
		| "questions"
		| "limits"
		| "worked out"
		| "german"
		| "no list"
		| "other languages";
	prompt: string;
	entity: string;
	fields: string;
}

/** Prompts of one way of writing. */
export const rows = (
	way: RecordPrompt["way"],
	all: [prompt: string, entity: string, fields: string][],
): RecordPrompt[] => all.map(([prompt, entity, fields]) => ({ way, prompt, entity, fields }));

export const recordPrompts: readonly RecordPrompt[] = [
	...rows("list", [
		[
			"guest list for my wedding with table number, dietary needs, RSVP",
			"guest",
			"table number: integer|text; dietary needs: text|longText; RSVP: choice|boolean",
		],
		[
			"I'm a dog walker. Clients, dogs, walk times and what they owe me.",
			"client",
			"clients: text; dogs: text; walk times: time|text; owe: money",
		],
		[
			"A grade book with student, assignment, points, max points and date",
			"grade",
			"student: text; assignment: text; points: integer|decimal; max points: integer|decimal; date: date",
		],
		[
			"Track board games with players, playing time in minutes, designer and a rating",
			"board game",
			"players: text|integer; playing time: integer; designer: text; rating: rating",
		],
		[
			"Make an app for our beekeeping club to track hives with location, queen colour, last inspection date, honey harvested in kg and notes",
			"hive",
			"location: text; queen colour: colour|text; last inspection date: date; honey harvested: decimal; notes: longText",
		],
		[
			"Catalogue of my vinyl records with artist, album, year, label, condition (mint, good, fair) and cover photo",
			"vinyl record|vinyl",
			"artist: text; album: text; year: integer; label: text; condition: choice[3]; cover photo: image",
		],
		[
			"inventory of my garage, item, shelf, quantity, photo",
			"item",
			"item: text; shelf: text; quantity: integer; photo: image",
		],
		[
			"Keep track of bike repairs with customer name, phone, bike model, problem description, price and whether it's been paid",
			"bike repair|repair",
			"customer name: text; phone: phone; bike model: text; problem description: longText; price: money; paid: boolean",
		],
		[
			"A log of my fishing trips including date, lake, water temperature in °C, fish caught and weather",
			"fishing trip",
			"date: date; lake: text; water temperature: decimal; fish caught: text|integer; weather: text",
		],
		[
			"Members of our choir with name, voice (soprano, alto, tenor, bass), email, birthday and membership fee paid",
			"member",
			"name: text; voice: choice[4]; email: email; birthday: date; membership fee paid: boolean",
		],
		[
			"Build a database for church volunteers with full name, phone number, ministry, availability and background check date",
			"volunteer",
			"full name: text; phone number: phone; ministry: text; availability: text; background check date: date",
		],
		[
			"App to manage rental apartments with address, tenant, monthly rent, lease start, lease end and deposit",
			"apartment",
			"address: text|longText; tenant: text; monthly rent: money; lease start: date; lease end: date; deposit: money",
		],
		[
			"Track medication for my mom with drug name, dosage, time of day, start date and prescribing doctor",
			"medication",
			"drug name: text; dosage: text; time of day: time|text|choice; start date: date; prescribing doctor: text",
		],
		[
			"patients list for a physio clinic with name, date of birth, insurance number, diagnosis and next appointment",
			"patient",
			"name: text; date of birth: date; insurance number: text|integer; diagnosis: longText|text; next appointment: date|dateTime",
		],
		[
			"Seed collection with variety, supplier, year, germination rate in % and sowing month",
			"seed",
			"variety: text; supplier: text; year: integer; germination rate: percent; sowing month: text|choice",
		],
	]),
	...rows("terse", [
		[
			"books: title, author, pages, finished",
			"book",
			"title: text; author: text; pages: integer; finished: date|boolean",
		],
		[
			"wine cellar - name, region, vintage, bottles, drink by",
			"wine|wine cellar|cellar",
			"name: text; region: text; vintage: integer; bottles: integer|text; drink by: date|text",
		],
		["tip tracker date shift tips hours", "tip", ""],
		[
			"car fuel log: date, odometer, litres, price per litre, total",
			"fuel|car fuel|entry",
			"date: date; odometer: integer|decimal; litres: decimal; price per litre: money; total: money=",
		],
		[
			"chickens: name, breed, hatch date, eggs per week, photo",
			"chicken",
			"name: text; breed: text; hatch date: date; eggs per week: integer|decimal; photo: image",
		],
		[
			"leads: company, contact person, email, phone, source, status (new, contacted, won, lost)",
			"lead",
			"company: text; contact person: text; email: email; phone: phone; source: text; status: choice[4]",
		],
		[
			"meter readings: date, electricity kWh, gas m³, water m³",
			"meter reading",
			"date: date; electricity: decimal; gas: text|decimal; water: text|decimal",
		],
		[
			"lost property log, item description, where found, date found, claimed yes/no",
			"lost property|property|entry",
			"item description: longText|text; where found: text; date found: date; claimed: boolean",
		],
		[
			"Tool lending: tool, borrower, borrowed on, due back, returned",
			"tool lending|lending|tool|entry",
			"tool: text; borrower: text; borrowed on: date; due back: date; returned: boolean|date",
		],
		[
			"golf rounds: date, course, score, putts, fairways hit",
			"golf round|round",
			"date: date; course: text; score: integer; putts: integer; fairways hit: integer|text",
		],
		[
			"visitor log - name, company, host, time in, time out",
			"visitor",
			"name: text; company: text; host: text; time in: time; time out: time",
		],
		[
			"sourdough: flour type, hydration %, proof time in hours, oven temp, result rating, picture",
			"sourdough",
			"flour type: text; hydration: percent; proof time: decimal; oven temp: decimal|integer; result rating: rating; picture: image",
		],
	]),
	...rows("lines", [
		[
			"I need an app for our soccer club players:\n- first name\n- last name\n- jersey number\n- position (goalkeeper, defender, midfielder, striker)\n- date of birth\n- medical notes",
			"player|soccer club player",
			"first name: text; last name: text; jersey number: integer; position: choice[4]; date of birth: date; medical notes: longText",
		],
		[
			"Equipment register\n1. asset tag (required)\n2. description\n3. purchase date\n4. purchase price\n5. warranty until\n6. photo",
			"equipment",
			"asset tag: text; description: longText|text; purchase date: date; purchase price: money; warranty until: date; photo: image",
		],
		[
			"Please build this for my salon. Appointments have the following:\n* client\n* service: cut, colour, styling\n* stylist\n* date and time\n* duration in minutes\n* price",
			"appointment",
			"client: text; service: choice[3]; stylist: text; date and time: dateTime; duration: integer; price: money",
		],
		[
			"Track experiments in our lab\n\nFields:\nexperiment id\nhypothesis\nstart date\ntemperature (°C)\nresult (positive, negative, inconclusive)\nremarks",
			"experiment",
			"experiment id: text; hypothesis: text|longText; start date: date; temperature: decimal; result: choice[3]; remarks: longText",
		],
		[
			"Horse stable.\nFor each horse:\n• name\n• breed\n• owner\n• owner phone\n• box number\n• vaccinated (y/n)\n• next farrier visit",
			"horse",
			"name: text; breed: text; owner: text; owner phone: phone; box number: integer|text; vaccinated: boolean; next farrier visit: date",
		],
		[
			"Bake sale orders:\n- Customer – text, required\n- Cake – carrot, chocolate or lemon\n- Quantity – whole number\n- Pick-up date – date\n- Paid – yes/no",
			"order|bake sale order",
			"customer: text; cake: choice[3]; quantity: integer; pick-up date: date; paid: boolean",
		],
		[
			"loan book for the school library\n- pupil\n- book title\n- class\n- loaned on\n- due date\n- returned?",
			"loan|book",
			"pupil: text; book title: text; class: text; loaned on: date; due date: date; returned: boolean",
		],
	]),
	...rows("brackets", [
		[
			"Make an app to track weight in kg (decimal number) and level (decimal number)",
			"entry|weight|record",
			"weight: decimal; level: decimal",
		],
		[
			"A workout log with exercise (text), sets (whole number), reps (whole number), weight (kg) and effort (1-10)",
			"workout|workout log",
			"exercise: text; sets: integer; reps: integer; weight: decimal; effort: integer<=10",
		],
		[
			"Support tickets with subject (required), priority (low, medium, high), status (open, waiting, done), opened on (date) and customer email",
			"support ticket|ticket",
			"subject: text; priority: choice[3]; status: choice[3]; opened on: date; customer email: email",
		],
		[
			"An app with species (text), count (number), seen at (date and time), photo (image), confirmed (yes/no)",
			"record|sighting|entry",
			"species: text; count: integer|decimal; seen at: dateTime; photo: image; confirmed: boolean",
		],
		[
			"Restaurant visits: restaurant, cuisine (italian, thai, indian, other), price level ($, $$, $$$), food (1-5), website (link)",
			"restaurant visit|visit",
			"restaurant: text; cuisine: choice[4]; price level: choice[3]; food: rating|integer; website: url",
		],
		[
			"Cattle records with ear tag (unique), breed, sex (cow, bull, calf), weight (kg), birth date (date), mother (ear tag of the dam)",
			"cattle",
			"ear tag: text; breed: text; sex: choice[3]; weight: decimal; birth date: date; mother: text",
		],
		[
			"keep a list of plants i sell [name, pot size (cm), price (euro), in stock (number), flowering (spring/summer/autumn)]",
			"plant",
			"name: text; pot size: decimal|integer; price: money; in stock: integer|decimal; flowering: choice[3]",
		],
		[
			"Room bookings with room (A, B or C), date, start time, end time, booked by, number of people (max 20), needs projector (yes/no)",
			"room booking|booking",
			"room: choice[3]; date: date; start time: time; end time: time; booked by: text; number of people: integer<=20; needs projector: boolean",
		],
	]),
	...rows("chatty", [
		[
			"hey! so I run a small pottery studio and I'd love something to keep track of the pieces my students make. for each piece I want to note the student, glaze, kiln temperature in celsius, whether it has been fired and a picture of it",
			"piece",
			"student: text; glaze: text; kiln temperature: decimal; fired: boolean; photo|picture: image",
		],
		[
			"My kids keep losing library books. Can you make me an app where I can put in the book title, which kid has it, when it's due back and whether it's returned?",
			"book|library book|loan",
			"book title: text; kid: text; due back: date; returned: boolean",
		],
		[
			"We're a food bank and need to log donations. Each donation has a donor, the date, category (canned, fresh, hygiene), weight in kg and an expiry date. Would be great to see a bar chart of weight by category.",
			"donation",
			"donor: text; date: date; category: choice[3]; weight: decimal; expiry date: date",
		],
		[
			"I teach piano and I always forget what my pupils practised. I want to note the pupil, the piece, date of the lesson, homework and how it went.",
			"pupil|lesson|piano|entry|record",
			"pupil: text; piece: text; date of the lesson: date; homework: text|longText; how it went: text|longText",
		],
		[
			"ok so basically i have like 30 sneakers and wanna remember brand, model, size, color, what i paid and when i bought them",
			"sneaker",
			"brand: text; model: text; size: text|decimal|integer; color: colour|text; paid: money; bought: date",
		],
		[
			"Our band needs a setlist thing. every song should have a title, key, bpm, duration and lead singer",
			"song",
			"title: text; key: text; bpm: integer|decimal|text; duration: integer|text|time; lead singer: text",
		],
		[
			"I foster cats. I would like an app to keep records of the cats: name, arrival date, weight, vaccinated or not, adopter and a photo. Thanks!",
			"cat",
			"name: text; arrival date: date; weight: decimal; vaccinated: boolean; adopter: text; photo: image",
		],
		[
			"For my allotment I'd like to record what I plant in which bed: crop, bed, sowing date, expected harvest date and yield in kg.",
			"crop|planting|plant|allotment|record|entry",
			"crop: text; bed: text; sowing date: date; expected harvest date: date; yield: decimal",
		],
		[
			"Could you please create a simple tool for our volunteer fire brigade so we can keep track of our vehicles? We need call sign, license plate, mileage, next inspection and which crew member is responsible.",
			"vehicle",
			"call sign: text; license plate: text; mileage: integer|decimal; next inspection: date; crew member: text",
		],
	]),
	...rows("questions", [
		[
			"Track who borrowed my tools: what it is, who has it, since when and when it's due back",
			"loan|tool",
			"what it is: text; who has it: text; since: date; due back: date",
		],
		[
			"App for my cleaning business with customer, how long it took, how much they paid, and whether they want to book again",
			"record|customer|business|job|entry|cleaning business",
			"customer: text; duration: integer|decimal; paid: money; book again: boolean",
		],
		[
			"Keep a list of my medical appointments: which doctor, where, when, what it cost and what was said",
			"medical appointment|appointment",
			"doctor: text; where|location: text; when|date: date|dateTime; cost: money; what was said: text|longText",
		],
		[
			"A log of hikes, how far, how long, where, who came along and a photo",
			"hike",
			"distance: decimal; duration: integer|decimal; where|location: text; who came along: text; photo: image",
		],
		[
			"track subscriptions with name, how much it costs, when it renews and if it is cancelled",
			"subscription",
			"name: text; cost: money; renews: date; cancelled: boolean",
		],
		[
			"Babysitting jobs: family, how many kids, how many hours, what I earned",
			"babysitting job|job",
			"family: text; kids: integer; hours: decimal|integer; earned: money",
		],
	]),
	...rows("limits", [
		[
			"Signup sheet for the chess tournament with name, rating, club and number of guests (max 3)",
			"signup|sign-up|entry|player|signup sheet",
			"name: text; rating: rating|integer|decimal; club: text; number of guests: integer<=3",
		],
		[
			"Track boat trips with skipper, date and passengers at most 8",
			"boat trip|trip",
			"skipper: text; date: date; passengers: integer<=8",
		],
		[
			"Wine tastings with wine, score between 1 and 10, price and a comment of at most 200 characters",
			"wine tasting|tasting",
			"wine: text; score: integer<=10; price: money; comment: longText|text",
		],
		[
			"A mood diary with date, mood from 1 to 10, sleep in hours and notes",
			"mood|entry",
			"date: date; mood: integer<=10; sleep: decimal; notes: longText",
		],
		[
			"Stock list: article, quantity not negative, minimum quantity, unit price",
			"article|item|stock|stock list",
			"article: text; quantity: integer; minimum quantity: integer|decimal; unit price: money",
		],
		[
			"Course registrations with participant, email, course and age. Age must be between 6 and 18. Participant is required.",
			"course registration|registration",
			"participant: text; email: email; course: text; age: integer<=18",
		],
	]),
	...rows("worked out", [
		[
			"Employee shifts with employee, date, hours, hourly rate and total pay",
			"employee shift|shift",
			"employee: text; date: date; hours: decimal; hourly rate: money; total pay: money=",
		],
		[
			"Flea market sales with item, purchase price, selling price, profit",
			"flea market sale|sale",
			"item: text; purchase price: money; selling price: money; profit: money=",
		],
		[
			"Track body measurements with date, weight in kg, height in cm, BMI",
			"body measurement|measurement",
			"date: date; weight: decimal; height: decimal; BMI: decimal=",
		],
		[
			"Fuel stops: date, litres, total cost, price per litre",
			"fuel stop",
			"date: date; litres: decimal; total cost: money; price per litre: money=",
		],
		[
			"Exams with subject, exam date, room and days left",
			"exam",
			"subject: text; exam date: date; room: text; days left: integer=",
		],
		[
			"A client ledger: client, invoice total, paid so far, balance",
			"client",
			"client: text; invoice total: money; paid so far: money; balance: money=",
		],
		[
			"Members with name, date of birth, age and phone",
			"member",
			"name: text; date of birth: date; age: integer=; phone: phone",
		],
		[
			"Orders with product, quantity, unit price and total. total = quantity * unit price",
			"order",
			"product: text; quantity: integer; unit price: money; total: money=",
		],
		[
			"Holiday home bookings with guest, check-in date, check-out date, nights, price per night and total",
			"holiday home booking|booking",
			"guest: text; check-in date: date; check-out date: date; nights: integer=; price per night: money; total: money=",
		],
	]),
	...rows("german", [
		[
			"Gästeliste für unsere Hochzeit mit Name, Tischnummer, Essenswünsche und Zusage (ja/nein)",
			"gast",
			"name: text; tischnummer: integer; essenswünsche: text|longText; zusage: boolean|choice",
		],
		[
			"Ich möchte meine Bienenvölker verwalten: Standort, Königin geboren (Jahr), letzte Durchsicht, Honig in kg und Notizen",
			"bienenvolk",
			"standort: text; königin geboren: integer; letzte durchsicht: date|text; honig: decimal; notizen: longText",
		],
		[
			"Fahrtenbuch mit Datum, Start, Ziel, Kilometer und Zweck",
			"fahrt",
			"datum: date; start: text|date|time; ziel: text; kilometer: decimal|integer; zweck: text",
		],
		[
			"Erstelle eine App für unseren Sportverein. Für jedes Mitglied: Vorname, Nachname, Geburtsdatum, Eintritt am, Beitrag bezahlt (ja/nein), Foto",
			"mitglied",
			"vorname: text; nachname: text; geburtsdatum: date; eintritt am: date; beitrag bezahlt: boolean; foto: image",
		],
		[
			"Liste meiner Schallplatten mit Künstler, Album, Jahr, Zustand (neu, gut, gebraucht) und Kaufpreis",
			"schallplatte",
			"künstler: text; album: text; jahr: integer; zustand: choice[3]; kaufpreis: money",
		],
		[
			"Werkzeugverleih: Werkzeug, ausgeliehen von, ausgeliehen am, zurück bis, zurückgegeben",
			"werkzeugverleih|werkzeug",
			"werkzeug: text; ausgeliehen von: text; ausgeliehen am: date; zurück bis: date; zurückgegeben: boolean|date",
		],
		[
			"Arbeitszeiten mit Mitarbeiter, Datum, Stunden, Stundensatz und Gesamtbetrag",
			"arbeitszeit",
			"mitarbeiter: text; datum: date; stunden: decimal; stundensatz: money; gesamtbetrag: money=",
		],
		[
			"Haushaltsbuch: Datum, Betrag, Kategorie (Essen, Miete, Freizeit), Bemerkung",
			"ausgabe|buchung|eintrag",
			"datum: date; betrag: money; kategorie: choice[3]; bemerkung: longText",
		],
		[
			"Ich brauche eine Übersicht über meine Zimmerpflanzen mit Art, Standort, zuletzt gegossen und Bild",
			"zimmerpflanze|pflanze",
			"art: text; standort: text; zuletzt gegossen: date; bild: image",
		],
		[
			"Patientenkartei mit Name, Telefonnummer, Versicherung, Diagnose, nächster Termin",
			"patient",
			"name: text; telefonnummer: phone; versicherung: text; diagnose: longText|text; nächster termin: date",
		],
		[
			"Ersatzteillager: Artikelnummer, Bezeichnung, Bestand, Mindestbestand, Einkaufspreis, Lieferant",
			"ersatzteillager|ersatzteil",
			"artikelnummer: text; bezeichnung: text; bestand: integer; mindestbestand: integer; einkaufspreis: money; lieferant: text",
		],
		[
			"bitte eine app wo ich meine läufe eintragen kann, datum, strecke in km, dauer in minuten, puls, gefühl von 1 bis 5",
			"lauf|läufe",
			"datum: date; strecke: decimal; dauer: integer; puls: integer; gefühl: rating|integer",
		],
	]),
	...rows("no list", [
		["a tip tracker", "tip", ""],
		["a game collection", "game", ""],
		["track my workouts with a timer field", "workout", ""],
		["website visitors log", "website visitor|visitor", ""],
		["Board games", "board game", ""],
		["I want to keep track of my houseplants", "houseplant", ""],
		["Manage the members of our rowing club", "member", ""],
		["donation tracker for our animal shelter", "donation", ""],
		["Meine Rezepte", "rezept", ""],
		["prayer journal", "prayer", ""],
		["list of clocks i repaired", "clock", ""],
		["A simple app to manage customers of my nail studio", "customer", ""],
		["app for tracking calculators in our classroom", "calculator", ""],
		["Keep my quiz questions", "quiz question", ""],
	]),
	...rows("other languages", [
		[
			"Lista de clientes con nombre, teléfono, fecha y notas",
			"clientes|cliente",
			"nombre: text; teléfono: phone; fecha: date; notas: longText",
		],
		["支出: 日付、金額、カテゴリ", "支出|record", "日付: text|date; 金額: text|money; カテゴリ: text"],
		[
			"Следи за моими расходами: дата, сумма, категория",
			"record|расход",
			"дата: text|date; сумма: text|money; категория: text",
		],
		[
			"Mes plantes : espèce, lieu, date d'achat, photo",
			"plantes|plante|mes plantes|record",
			"espèce: text; lieu: text; date d'achat: date; photo: image",
		],
	]),
];
