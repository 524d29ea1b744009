// Words that name fields, and what is kept under them. One line is one kind of field; its words are separated by commas.
// English first, then German, then the commonest of a few other languages. Found by the end of a label: in "hive temperature" the
// last words say what it is.
import type { Field } from "../spec.ts";

export type Shape = Omit<Field, "key" | "label">;

const overdue = { kind: "past", words: "Overdue", unless: "Done" } as const;
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const wochentage = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

export const fieldWords: readonly (readonly [string, Shape])[] = [
	[
		"email, e-mail, mail, email address, e-mail address, mail address, emails, e-mails, e-mail-adresse, mailadresse, emailadresse, courriel, correo, correo electrónico",
		{ type: "email" },
	],
	[
		"phone, telephone, mobile, cell, cellphone, cell phone, phone number, telephone number, mobile number, cell number, contact number, emergency number, emergency phone, tel, tel nr, whatsapp, fax, phones, phone numbers, telefon, handy, handynummer, telefonnummer, mobilnummer, rufnummer, festnetz, notfallnummer, téléphone, teléfono, telefone, telefono, numéro de téléphone",
		{ type: "phone" },
	],
	[
		"url, website, web site, web page, webpage, homepage, web address, link, hyperlink, links, webseite, internetseite, site web, sitio web, enlace, lien",
		{ type: "url" },
	],
	["colour, color, colours, colors, farbe, couleur, colore, cor, kleur", { type: "colour" }],
	[
		"photo, photos, picture, pictures, pic, pics, image, images, photograph, snapshot, selfie, screenshot, logo, thumbnail, portrait, headshot, avatar, cover art, foto, fotos, bild, bilder, photographie, imagen, immagine, imagem, afbeelding",
		{ type: "image" },
	],
	[
		"coordinates, gps, gps coordinates, gps location, gps position, geolocation, geo location, koordinaten, gps-koordinaten, coordenadas",
		{ type: "coordinates" },
	],
	[
		"percent, percentage, pct, progress, discount, completion, margin, interest rate, tax rate, vat rate, success rate, completion rate, occupancy, humidity, battery, battery level, alcohol content, abv, rabatt, prozent, prozentsatz, fortschritt, zinssatz, luftfeuchtigkeit, alkoholgehalt, pourcentage, porcentaje, %",
		{ type: "percent", total: "average" },
	],
	["rating, stars, star rating, my score, bewertung, sterne, valoración, valutazione", { type: "rating" }],
	[
		"date and time, date time, datetime, timestamp, starts at, ends at, begins at, time and date, day and time, datum und uhrzeit, zeitpunkt, zeitstempel",
		{ type: "dateTime" },
	],
	[
		"time, times, time of day, start time, end time, begin time, finish time, arrival time, departure time, opening time, closing time, pick-up time, pickup time, drop-off time, feeding time, check-in time, check-out time, kick-off, kickoff, clock in, clock out, time in, time out, sign in, sign out, uhrzeit, startzeit, endzeit, beginn, anfangszeit, ankunftszeit, abfahrtszeit, heure, hora, tijd",
		{ type: "time" },
	],
	["interval, days between, water every, frequency in days, intervall", { type: "integer", unit: "days" }],
	[
		"hours, hour, hrs, hours worked, hours spent, working hours, time worked, stunden, arbeitsstunden, heures, horas, uren, estimate in hours",
		{ type: "decimal", unit: "h", total: "sum" },
	],
	[
		"minutes, mins, duration, prep time, preparation time, preparation, cook time, cooking time, baking time, playing time, play time, playtime, run time, runtime, running time, running length, travel time, reading time, waiting time, wait time, practice time, time spent, screen time, song length, film length, track length, session length, minuten, dauer, zubereitungszeit, kochzeit, backzeit, spielzeit, spieldauer, laufzeit, fahrzeit, übungszeit, durée, duración, durata",
		{ type: "integer", unit: "min", total: "sum" },
	],
	[
		"hourly rate, daily rate, day rate, pay rate, rate of pay, rate, unit price, price, prices, list price, price each, price per item, sale price, salary, wage, wages, fee, fees, price paid, purchase price, selling price, buying price, retail price, wholesale price, asking price, charge, entry fee, preis, einzelpreis, stückpreis, stundensatz, einkaufspreis, verkaufspreis, kaufpreis, kilopreis, gehalt, lohn, gebühr, honorar, eintritt, prix, precio, prezzo, preço, prijs",
		{ type: "money", total: "average" },
	],
	[
		"amount, amounts, compensation, reimbursement, cost, costs, fuel cost, fuel costs, material cost, material costs, labour cost, labor cost, shipping, shipping cost, delivery fee, travel cost, repair cost, total, totals, total cost, total price, sum, budget, revenue, turnover, income, earnings, takings, sales, spend, spent, spending, expense, expenses, paid amount, amount paid, amount due, amount owed, money, money owed, balance, deposit, down payment, rent, deal value, deal size, value, worth, payment, payments, debt, owed, owing, remaining, remainder, left to pay, amount left, outstanding, still owed, balance due, paid so far, spent so far, paid to date, collected so far, received so far, saved so far, dues, membership fee, donation, premium, premiums, allowance, stipend, contribution, tuition, royalty, mortgage, surcharge, price quote, tip, tips, refund, fine, bid, profit, loss, net, gross, net pay, gross pay, pay, total pay, commission, bonus, tax, vat, subtotal, grand total, market value, replacement cost, current value, estimated value, purchase value, insurance value, budgeted, cash, credit, debit, betrag, kosten, summe, gesamt, gesamtbetrag, gesamtpreis, einnahmen, ausgaben, einnahme, ausgabe, umsatz, gewinn, verlust, miete, kaution, anzahlung, spende, trinkgeld, wert, schätzwert, schulden, guthaben, saldo, beitrag, mitgliedsbeitrag, provision, steuer, mwst, strafe, rechnungsbetrag, montant, coût, importe, coste, importo, costo, valor, bedrag",
		{ type: "money", total: "sum" },
	],
	[
		"due, due date, due on, due by, due back, due back date, return by, return date due, deadline, next follow-up, follow-up, follow up, next follow up, follow-up date, next due, next step, next contact, next appointment, next service, next inspection, next action, renewal, renewal date, renews on, expires, expiry, expires on, expiry date, expiration, expiration date, drink before, drink by, eat by, use before, best before, best-before date, use by, use-by date, sell by, valid until, warranty until, valid to, active until, open until, available until, contract until, fällig, fällig am, fälligkeit, frist, abgabe bis, rückgabe bis, zurück bis, ablaufdatum, haltbar bis, mindesthaltbarkeit, mhd, nächster termin, nächste wartung, gültig bis, échéance, vencimiento, scadenza",
		{ type: "date", alert: overdue },
	],
	[
		"date, dates, day, when, on, since, until, birthday, birth date, birthdate, date of birth, dob, born, born on, anniversary, start, end, anfang, ende, start date, end date, begin, finish, from date, to date, valid from, active from, available from, effective from, arrival, departure, check-in, check-out, checkin, checkout, harvest date, started, finished, acquired, purchased, bought, applied, joined, planted, sown, harvested, opened, closed, hired, received, delivered on, checked, borrowed on, lent on, loaned, returned on, paid on, completed on, done on, datum, tag, wann, am, seit, ab, bis, geburtstag, geburtsdatum, jahrestag, gekauft am, ausgeliehen am, zurückgegeben am, bezahlt am, eintritt am, gepflanzt, geerntet, abfahrt, ankunft, anreise, abreise, fecha, date de naissance, jour, dia, día, giorno, datum van",
		{ type: "date" },
	],
	[
		"year, years, vintage, vintage year, model year, year built, publication year, release year, year of birth, season year, jahr, baujahr, jahrgang, erscheinungsjahr, geburtsjahr, année, año, anno, ano",
		{ type: "integer", plain: true },
	],
	["month, monat", { type: "text", suggest: true }],
	["weekday, day of the week, day of week", { type: "choice", choices: weekdays }],
	["wochentag", { type: "choice", choices: wochentage }],
	[
		"weight, body weight, birth weight, load, gewicht, körpergewicht, geburtsgewicht, poids, peso",
		{ type: "decimal", unit: "kg" },
	],
	[
		"distance, distance travelled, route length, entfernung, strecke, distanz, kilometres, kilometers, kilometer, km",
		{ type: "decimal", unit: "km", total: "sum" },
	],
	["miles", { type: "decimal", unit: "mi", total: "sum" }],
	[
		"temperature, temp, body temperature, water temperature, air temperature, oven temperature, temperatur, wassertemperatur, körpertemperatur, lufttemperatur, ofentemperatur, température, temperatura",
		{ type: "decimal", unit: "°C" },
	],
	[
		"height, width, length, depth, diameter, circumference, waist, chest, hips, inseam, höhe, breite, länge, tiefe, durchmesser, umfang, körpergröße, bauchumfang",
		{ type: "decimal", unit: "cm" },
	],
	[
		"litres, liters, litre, liter, volume, fuel, milk yield, rainfall, wasserverbrauch, volumen, menge in litern, getankt",
		{ type: "decimal", unit: "l", total: "sum" },
	],
	["heart rate, pulse, resting heart rate, puls, herzfrequenz, ruhepuls", { type: "integer", unit: "bpm" }],
	["systolic, diastolic, blood sugar, glucose, blutzucker, systolisch, diastolisch", { type: "decimal" }],
	[
		"protein, carbs, carbohydrates, fat, fibre, fiber, sugar, salt, eiweiß, kohlenhydrate, fett, ballaststoffe, zucker",
		{ type: "decimal", unit: "g", total: "sum" },
	],
	["speed, average speed, top speed, wind speed, geschwindigkeit", { type: "decimal", unit: "km/h" }],
	["steps walked, steps taken, step count, steps count, schritte, schrittzahl", { type: "integer", total: "sum" }],
	[
		"ph, ph value, ph-wert, bmi, gravity, original gravity, final gravity, level, water level, ratio, coefficient, factor, average, mean, median, elevation, altitude, dose, yield, consumption, reading, meter reading, readings, odds, gpa, zählerstand, verbrauch, dosis, ertrag, durchschnitt, stammwürze, faktor, mittelwert",
		{ type: "decimal" },
	],
	[
		"quantity, qty, stock, in stock, on hand, how many, stock level, units in stock, pieces, menge, anzahl, bestand, lagerbestand, stückzahl, stück, quantité, cantidad, quantità, quantidade, aantal",
		{ type: "integer", total: "sum" },
	],
	[
		"reorder, reorder level, reorder point, minimum stock, min stock, threshold, minimum, maximum, min, max, meldebestand, mindestbestand",
		{ type: "integer" },
	],
	[
		"count, number of, attendance, headcount, units, pages, page count, servings, portions, nights, sessions, lessons, shares, adults, children attending, attendance count, bathrooms, floors, doors, seats, capacity, reps, sets, points, copies, score, scores, goals scored, calories, kcal, visitors, people, persons, passengers, headcount, number of people, party size, team size, group size, class size, flock size, batch size, eggs, laps, rounds, strokes, putts, wins, losses, draws, goals, assists, votes, likes, views, downloads, plays, max points, points possible, bedrooms, rooms, hp, experience points, seiten, seitenzahl, portionen, gäste, personen, personenzahl, teilnehmerzahl, gästezahl, plätze, sitzplätze, punkte, punktzahl, kalorien, eier, tore, runden, exemplare, auflage, wiederholungen, sätze, besucher, besucherzahl, zimmeranzahl, stimmen, siege",
		{ type: "integer", total: "sum" },
	],
	[
		"odometer, mileage, odometer reading, kilometre reading, kilometerstand, km-stand, km stand, tachostand",
		{ type: "integer" },
	],
	[
		"age, floor, position number, list position, waiting list position, number of days, lane, rank, place in class, age in years, alter, etage, stockwerk, rang, startplatz",
		{ type: "integer" },
	],
	[
		"table number, jersey number, shirt number, page number, episode, episode number, season number, chapter, lap, round number, week number, track number, position in line, tischnummer, tisch, trikotnummer, rückennummer, startnummer, kapitel, folge, staffel, kalenderwoche",
		{ type: "integer", plain: true },
	],
	[
		"priority, urgency, importance, priorität, dringlichkeit, priorité, prioridad, priorità",
		{ type: "choice", choices: ["Low", "Medium", "High"] },
	],
	["severity, schweregrad", { type: "choice", choices: ["Minor", "Major", "Critical"] }],
	[
		"difficulty, difficulty level, schwierigkeit, schwierigkeitsgrad",
		{ type: "choice", choices: ["Easy", "Medium", "Hard"] },
	],
	[
		"status, stage, state, phase, progress status, estado, statut, stato, zustand der arbeit, bearbeitungsstand",
		{ type: "choice", choices: ["To do", "In progress", "Done"], required: true, startsAs: "To do" },
	],
	[
		"rsvp, rsvp status, attendance status, zusage, rückmeldung",
		{ type: "choice", choices: ["Pending", "Yes", "No", "Maybe"], startsAs: "Pending" },
	],
	["payment status, zahlungsstatus", { type: "choice", choices: ["Open", "Paid"], startsAs: "Open" }],
	["condition, zustand", { type: "choice", choices: ["New", "Good", "Fair", "Poor"] }],
	[
		"notes, note, description, descriptions, comment, comments, details, instructions, directions, ingredients, method, summary, synopsis, review, remark, remarks, bio, biography, message, agenda, goals for the session, diagnosis, treatment, findings, observations, observation, symptoms, feedback, minutes of meeting, journal entry, reflection, thoughts, lyrics, story, plot, text, body, recipe text, medical history, special requests, special instructions, anything else, notizen, notiz, bemerkung, bemerkungen, anmerkung, anmerkungen, beschreibung, kommentar, kommentare, zutaten, anleitung, zubereitung, inhalt, zusammenfassung, diagnose, behandlung, beobachtungen, beobachtung, symptome, gedanken, hinweise, remarques, remarque, notas, notities, opmerkingen, descripción, descrizione, descrição, ingrédients, ingredientes, commentaires",
		{ type: "longText" },
	],
	["steps, procedure, schritte der zubereitung", { type: "longText" }],
	[
		"done, completed, complete, funktioniert, läuft, passt, paid, billable, favourite, favorite, active, packed, confirmed, available, approved, urgent, recurring, reimbursed, attended, archived, vegetarian, vegan, insured, returned, sold, lent, watched, visited, vaccinated, neutered, spayed, microchipped, signed, signed up, checked in, checked off, picked up, collected, shipped, delivered, invoiced, cancelled, canceled, tame, read, finished reading, opened already, prepaid, refunded, in stock yes/no, gluten free, gluten-free, organic, waterproof, thank you sent, thank-you note sent, thank you note sent, invited, present, absent, newsletter, newsletter signup, consent, photo consent, permission slip, deposit paid, fee paid, invoice sent, reminder sent, contract signed, key returned, pets allowed, smoker, erledigt, bezahlt, abgeschlossen, aktiv, bestätigt, geimpft, kastriert, gechipt, verfügbar, dringend, zurückgegeben, verkauft, gelesen, gesehen, versichert, anwesend, eingeladen, vegetarisch, unterschrieben, abgeholt, geliefert, verschickt, barrierefrei, genehmigt, gemacht, gekauft, geschickt, gesendet, gedruckt, gewaschen, gefüttert, gegossen, gereinigt, geputzt, geprüft, getestet, gekocht, gebucht, reserviert, storniert, installiert, repariert, kontrolliert, bearbeitet, beantwortet, bestellt, besorgt, verpackt, versendet, verliehen, vergeben, erhalten, eingelöst, angemeldet, abgesagt, abgegeben, ausgefüllt, mitgebracht, teilgenommen, entschuldigt, zugesagt, kaution bezahlt, rechnung verschickt, fait, payé, hecho, pagado, fatto, pagato",
		{ type: "boolean" },
	],
	["reminders, reminder, erinnerung", { type: "date" }],
	[
		"attachment, attachments, file, files, document, documents, pdf, video, videos, audio, recording, scan, contract file, datei, dateien, dokument, dokumente, anhang, aufnahme",
		{ type: "url", help: "A link to the file: files themselves cannot be kept in this app." },
	],
	[
		"category, categories, type, types, kind, kinds, genre, genres, group, groups, age group, department, team, tags, tag, labels, section, class, topic, subject, subject area, area, style, variety, breed, species, cuisine, course, instrument, material, medium, format, language, position, role, job title, rank name, level name, skill level, kategorie, art, sorte, gattung, gruppe, abteilung, mannschaft, klasse, fach, thema, bereich, rasse, stil, instrument, rolle, sprache, altersgruppe, catégorie, categoría, categoria, categorie, tipo, sujet",
		{ type: "text", suggest: true },
	],
	[
		"company, client, clients, customer, customers, project, supplier, vendor, author, authors, owner, assignee, assigned to, responsible, responsible person, room, city, town, country, place, location, shelf, shelf location, shop, store, brand, make, manufacturer, merchant, payee, venue, teacher, doctor, vet, artist, band, composer, director, platform, source, publisher, winery, region, origin, opponent, sponsor, landlord, agent, agency, contractor, instructor, coach, trainer, driver, volunteer, employee, worker, technician, mechanic, player, staff, who, person, borrower, lender, donor, giver, recipient, renter, reporter, inspector, supervisor, manager, sender, host, payer, paid by, bought by, done by, seller, buyer, contact, contact person, field name, bed, plot, hive, pitch, stall, booth, bay, warehouse, bin, drawer, box, course name, school, church, club, farm, stable, kunde, kundin, ausleiher, spender, empfänger, absender, leiter, prüfer, mannschaftsführer, projekt, autor, autorin, verlag, ort, stadt, land, raum, zimmer, regal, lagerort, standort, geschäft, laden, händler, lieferant, marke, hersteller, lehrer, lehrerin, trainer, arzt, ärztin, tierarzt, künstler, komponist, gegner, ansprechpartner, verantwortlich, zuständig, besitzer, halter, eigentümer, firma, mitarbeiter, fahrer, veranstaltungsort, herkunft, winzer, verein, schule, mieter, vermieter, auteur, lieu, ville, lugar, ciudad, luogo, città, cliente, proyecto, projet, progetto",
		{ type: "text", suggest: true },
	],
	[
		"name, names, title, full name, first name, last name, surname, family name, given name, nickname, product name, item name, titel, vorname, nachname, familienname, spitzname, bezeichnung, produktname, nom, nombre, nome, titre, título, titolo, naam",
		{ type: "text" },
	],
	[
		"address, street, postal code, postcode, zip, zip code, opening hours, office hours, business hours, time slot, slot, lap time, race time, best time, swim time, split time, finishing time, personal best, pace, blood pressure, blood type, blood group, dosage, shoe size, size, clothing size, t-shirt size, dress size, result, final score, outcome, reason, purpose, occasion, allergies, allergy, dietary needs, dietary requirements, dietary restrictions, diet, medication, medications, medicine, barcode, isbn, sku, id, code, serial number, model number, model, part number, invoice number, order number, account number, member number, membership number, customer number, license plate, licence plate, plate, number plate, registration, vin, tracking number, flight number, room number, house number, policy number, chip number, tag number, ear tag, ring number, reference number, ticket number, lot number, batch number, phone model, iban, passport number, tax number, emergency contact, contact details, contact info, next of kin, gender, sex, players, attendees, participants, guests, film stock, work done, repairs done, jobs done, service done, grade, mark, marks, key, key signature, tuning, dedication, verse, passage, scripture, prayer, hymn, song, piece, task, item, product, activity, exercise, food, dish, meal, adresse, straße, plz, postleitzahl, öffnungszeiten, größe, schuhgröße, ergebnis, grund, anlass, allergien, ernährung, essenswünsche, blutdruck, blutgruppe, dosierung, medikament, medikamente, rechnungsnummer, bestellnummer, artikelnummer, seriennummer, kundennummer, mitgliedsnummer, kennzeichen, hausnummer, zimmernummer, kontonummer, chipnummer, ohrmarke, geschlecht, aufgabe, artikel, produkt, tätigkeit, übung, gericht, notfallkontakt, anschrift",
		{ type: "text" },
	],
];

/** Ends of German words put together: "Anschaffungspreis", "Impfdatum". The longest that fits is taken. */
export const germanEnds: readonly (readonly [string, string])[] = [
	["datum, termin, geburtstag", "datum"],
	["uhrzeit, zeitpunkt", "uhrzeit"],
	["dauer", "dauer"],
	["preis, satz, gehalt, lohn, gebühr", "preis"],
	["betrag, kosten, summe, einnahmen, ausgaben, umsatz, wert, miete, kaution, beitrag, geld", "betrag"],
	["anzahl, zahl, menge, bestand", "anzahl"],
	["gewicht", "gewicht"],
	["temperatur", "temperatur"],
	["länge, breite, höhe, tiefe, durchmesser", "länge"],
	["stunden", "stunden"],
	["tage, wochen, monate", "anzahl"],
	["minuten", "minuten"],
	["kilometer", "kilometer"],
	["liter", "liter"],
	["foto, bild", "foto"],
	["jahr, jahrgang", "jahr"],
	["telefon, handy", "telefon"],
	["mail", "mail"],
	["status", "status"],
	["notiz, notizen, bemerkung, bemerkungen, beschreibung, kommentar", "notizen"],
	["name, titel", "name"],
	["nummer, adresse, größe, ergebnis", "adresse"],
	["art, typ, kategorie, gruppe, klasse, sorte", "kategorie"],
	["ort, raum, kunde, lieferant, hersteller, person", "ort"],
	["prozent", "prozent"],
	["punkte", "punkte"],
	["link, seite", "link"],
	["farbe", "farbe"],
];
