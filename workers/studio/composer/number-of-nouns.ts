// One and several of a thing, in English and German. Words of other languages stay as they are: a wrong plural is worse than none.
import { capitalise } from "./names.ts";
import type { Language } from "./reading/text.ts";

const irregular: readonly (readonly [string, string])[] = [
	["person", "people"],
	["child", "children"],
	["man", "men"],
	["woman", "women"],
	["mouse", "mice"],
	["goose", "geese"],
	["foot", "feet"],
	["tooth", "teeth"],
	["ox", "oxen"],
	["leaf", "leaves"],
	["knife", "knives"],
	["wife", "wives"],
	["life", "lives"],
	["calf", "calves"],
	["half", "halves"],
	["shelf", "shelves"],
	["wolf", "wolves"],
	["loaf", "loaves"],
	["scarf", "scarves"],
	["potato", "potatoes"],
	["tomato", "tomatoes"],
	["hero", "heroes"],
	["criterion", "criteria"],
	["movie", "movies"],
	["cookie", "cookies"],
	["tie", "ties"],
	["pie", "pies"],
	["zombie", "zombies"],
	["selfie", "selfies"],
	["calorie", "calories"],
	["hoodie", "hoodies"],
	["bus", "buses"],
	["lens", "lenses"],
	["gas", "gases"],
	["status", "statuses"],
	["virus", "viruses"],
	["quiz", "quizzes"],
	["passer-by", "passers-by"],
];
const same = new Set(
	"sheep fish series species equipment furniture software news data staff deer aircraft trousers jeans scissors glasses clothes goods stairs koi salmon trout gear cattle".split(
		" ",
	),
);

/** Things that are measured or done, not counted: what is kept of them are entries. */
const uncounted = new Set(
	"weight sleep mood water money rainfall rain weather fuel gas pressure sugar glucose attendance maintenance progress health fitness nutrition food milk honey homework laundry mileage electricity energy pain temperature humidity work research feedback time medication medicine behaviour behavior hydration caffeine alcohol oil power heating income pay overtime traffic usage consumption diabetes asthma migraine anxiety intake practice care feeding music".split(
		" ",
	),
);
const countedIng =
	/^(?:wedding|painting|drawing|building|meeting|recording|greeting|earring|ring|thing|sighting|listing|booking|filling|saving|reading|string|wing|king|spring|evening|morning|ceiling|earning|offering|hearing|opening|outing|crossing|landing|briefing|training|viewing|rating|setting|beginning|being|sibling|duckling|seedling|duckling|piercing|rehearsing|posting|writing|carving|casting|clearing|coating|gathering|helping|warning|closing|ruling|finding)$/;

const inLastWord = (phrase: string, change: (word: string) => string): string =>
	phrase.replace(/[\p{Script=Latin}'’-]+$/u, change);
const like = (word: string, model: string): string => (/^\p{Lu}/u.test(model) ? capitalise(word) : word);
/** "bottle of wine" and "mother-in-law": the first noun changes. */
const headOf = /^(.+?)(\s+(?:of|in|at|on|for|from|with|to)\s+.+)$/i;

const onHead = (phrase: string, change: (words: string) => string): string => {
	const split = headOf.exec(phrase);
	return split ? `${change(split[1] ?? "")}${split[2] ?? ""}` : change(phrase);
};

export const pluralOf = (phrase: string): string =>
	onHead(phrase, (words) =>
		inLastWord(words, (word) => {
			const lower = word.toLowerCase();
			const known = irregular.find(([one]) => one === lower);
			if (known) return like(known[1], word);
			if (same.has(lower) || irregular.some(([, many]) => many === lower)) return word;
			if (/(s|x|z|ch|sh)$/.test(lower)) return /s$/.test(lower) && !/(ss|us|is)$/.test(lower) ? word : `${word}es`;
			if (/[^aeiou]y$/.test(lower)) return `${word.slice(0, -1)}ies`;
			return `${word}s`;
		}),
	);

export const singularOf = (phrase: string): string =>
	onHead(phrase, (words) =>
		inLastWord(words, (word) => {
			const lower = word.toLowerCase();
			const known = irregular.find(([, many]) => many === lower);
			if (known) return like(known[0], word);
			if (same.has(lower) || irregular.some(([one]) => one === lower)) return word;
			if (/[^aeiou]ies$/.test(lower)) return `${word.slice(0, -3)}y`;
			if (/(sses|shes|ches|xes|zzes)$/.test(lower)) return word.slice(0, -2);
			if (/s$/.test(lower) && !/(ss|us|is)$/.test(lower)) return word.slice(0, -1);
			return word;
		}),
	);

const german: Record<string, string> = Object.fromEntries(
	"stände:stand bestände:bestand gäste:gast hausaufgaben:hausaufgabe kaninchen:kaninchen mädchen:mädchen tiere:tier mitglieder:mitglied bücher:buch kinder:kind bilder:bild häuser:haus räder:rad hunde:hund pferde:pferd spiele:spiel völker:volk bäume:baum werkzeuge:werkzeug geräte:gerät fahrzeuge:fahrzeug termine:termin projekte:projekt verträge:vertrag einkäufe:einkauf besuche:besuch weine:wein rezepte:rezept filme:film konzerte:konzert vereine:verein kurse:kurs patienten:patient studenten:student daten:datum zeiten:zeit fahrten:fahrt arbeiten:arbeit autos:auto fotos:foto hobbys:hobby kunden:kunde kundinnen:kundin tiere:tier hühner:huhn schafe:schaf ziegen:ziege kühe:kuh rinder:rind schweine:schwein fische:fisch vögel:vogel stücke:stück lieder:lied noten:note instrumente:instrument bestellungen:bestellung aufträge:auftrag angebote:angebot produkte:produkt artikel:artikel belege:beleg urlaube:urlaub ausflüge:ausflug kleider:kleid schuhe:schuh medikamente:medikament impfungen:impfung arzttermine:arzttermin geschenke:geschenk wünsche:wunsch abos:abo abonnements:abonnement bewerbungen:bewerbung stellen:stelle schlüssel:schlüssel zimmer:zimmer räume:raum einträge:eintrag kontakte:kontakt läufe:lauf punkte:punkt würfe:wurf welpen:welpe beete:beet ernten:ernte proben:probe turniere:turnier teams:team gegenstände:gegenstand wettkämpfe:wettkampf feste:fest dienste:dienst anträge:antrag briefe:brief pakete:paket jobs:job kämpfe:kampf schäden:schaden unfälle:unfall vorräte:vorrat träume:traum ziele:ziel gewohnheiten:gewohnheit trainings:training workouts:workout sensoren:sensor anlagen:anlage maschinen:maschine zahlen:zahl mängel:mangel schichten:schicht nachrichten:nachricht antworten:antwort personen:person uhren:uhr türen:tür frauen:frau gärten:garten karten:karte wagen:wagen läden:laden öfen:ofen böden:boden kästen:kasten kuchen:kuchen brunnen:brunnen essen:essen treffen:treffen unternehmen:unternehmen becken:becken rasen:rasen zahlungen:zahlung prüfungen:prüfung sitzungen:sitzung anrufe:anruf tage:tag wege:weg boote:boot schiffe:schiff brote:brot spenden:spende bänder:band länder:land kleidungsstücke:kleidungsstück ideen:idee berichte:bericht blätter:blatt teile:teil stifte:stift preise:preis kreise:kreis gespräche:gespräch gebäude:gebäude gerichte:gericht getränke:getränk gewächse:gewächs gemälde:gemälde hefte:heft ringe:ring steine:stein sterne:stern tische:tisch texte:text töne:ton züge:zug flüge:flug bußgelder:bußgeld gelder:geld kleinkinder:kleinkind geburtstage:geburtstag feiertage:feiertag urlaubstage:urlaubstag anlässe:anlass pässe:pass schlösser:schloss hölzer:holz gläser:glas fässer:fass dörfer:dorf wörter:wort lichter:licht eier:ei umsätze:umsatz einsätze:einsatz sätze:satz plätze:platz sitzplätze:sitzplatz pläne:plan gänge:gang lehrgänge:lehrgang vorgänge:vorgang bälle:ball fälle:fall notfälle:notfall abfälle:abfall töpfe:topf stoffe:stoff köpfe:kopf häfen:hafen äpfel:apfel vorschläge:vorschlag aufgaben:aufgabe briefmarken:briefmarke münzen:münze pilze:pilz krüge:krug knöpfe:knopf hüte:hut zelte:zelt schränke:schrank bänke:bank gewürze:gewürz samen:samen obstbäume:obstbaum zähler:zähler fahrer:fahrer spieler:spieler schüler:schüler lehrer:lehrer besucher:besucher teilnehmer:teilnehmer helfer:helfer mieter:mieter freunde:freund vereinsmitglieder:vereinsmitglied"
		.split(" ")
		.map((pair) => pair.split(":") as [string, string]),
);
const germanPlurals = Object.fromEntries(Object.entries(german).map(([many, one]) => [one, many]));

function germanForms(phrase: string): [string, string] {
	const words = phrase.split(" ");
	const last = words.at(-1) ?? "";
	const lower = last.toLowerCase();
	const within = (word: string) => [...words.slice(0, -1), word].join(" ");
	const put = (table: Record<string, string>): string | null => {
		const key = Object.keys(table)
			.filter((each) => lower.endsWith(each))
			.sort((a, b) => b.length - a.length)[0];
		const other = key === undefined ? undefined : table[key];
		return key === undefined || other === undefined
			? null
			: capitalise(`${last.slice(0, last.length - key.length)}${last.length > key.length ? other : capitalise(other)}`);
	};
	const cap = capitalise(last);
	const one = put(german);
	if (one) return [within(one), within(cap)];
	const many = put(germanPlurals);
	if (many) return [within(cap), within(many)];
	if (/(?:ungen|ionen|heiten|keiten|schaften|täten)$/.test(lower)) return [within(cap.slice(0, -2)), within(cap)];
	if (/een$/.test(lower)) return [within(cap.slice(0, -1)), within(cap)];
	if (/innen$/.test(lower)) return [within(cap.slice(0, -3)), within(cap)];
	if (/(?:ung|ion|heit|keit|schaft|tät)$/.test(lower)) return [within(cap), within(`${cap}en`)];
	if (/[^aeiouäöü]en$/.test(lower) && lower.length > 5) return [within(cap.slice(0, -1)), within(cap)];
	// "Zählerstände": a plural already, and its singular is not known.
	if (/[äöü]\p{L}{1,4}e$/u.test(lower)) return [within(cap), within(cap)];
	// "Pilze": people name what they keep in the plural, and which letters the singular has is not known.
	return [within(cap), within(cap)];
}

/** What one is called and several, from either. */
export function bothForms(phrase: string, language: Language): [string, string] {
	const bare = phrase.trim();
	if (language === "other" || !/\p{Script=Latin}$/u.test(bare)) return [capitalise(bare), capitalise(bare)];
	if (language === "de") {
		const isEnglish = /^[a-z]/.test(bare) && /s$/.test(bare) && !german[bare.toLowerCase()];
		return isEnglish ? [capitalise(singularOf(bare)), capitalise(bare)] : germanForms(bare);
	}
	// Abbreviations keep their capitals: "LP", "PhD students".
	const plain = bare
		.split(" ")
		.map((word) => (/^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word))
		.join(" ");
	const last = plain.split(" ").at(-1)?.toLowerCase() ?? "";
	if (uncounted.has(last) || (/ing$/.test(last) && last.length > 4 && !countedIng.test(last)))
		return [capitalise(`${plain} entry`), capitalise(`${plain} entries`)];
	const singular = singularOf(plain);
	return [capitalise(singular), capitalise(pluralOf(singular))];
}
