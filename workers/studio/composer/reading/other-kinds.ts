// Prompts for what is no record-keeping: a page, a game, a clock, a calculator. They need a model, and the answer says so,
// with what could be kept as records instead. What is asked for decides ("a game collection" keeps records, "a game" does not),
// not the words that happen to be in the text.
import { containers, phraseAt, readRequest } from "./request.ts";
import { sentencesOf } from "./text.ts";

export interface OtherKind {
	/** In a sentence: "a game". */
	what: string;
	/** What the composer could make of it: a sentence for the person, and prompts that it understands. */
	instead: string;
	choices: string[];
}

interface Class extends OtherKind {
	/** Last words of what is asked for. */
	heads: string;
	/** Ends of German words put together. */
	ends?: string;
	/** What an app of this class does: "an app that tells me the time". */
	verbs: string;
}

const classes: readonly Class[] = [
	{
		what: "a game",
		instead: "I can keep the games you own or the results you play, as records.",
		choices: ["Track game results with date, game, players and score", "A list of games I own with title and notes"],
		heads:
			"whack-a-mole|battleship|battleships|mastermind|dominoes|memory|tower defense|tower defence|frogger|schere stein papier|galgenmännchen|mensch ärgere dich nicht|schiffe versenken|game|games|videogame|minigame|mini-game|puzzle|tetris|pong|snake|sudoku|hangman|tic-tac-toe|tictactoe|wordle|minesweeper|2048|solitaire|platformer|shooter|clone|bingo|crossword|arcade|roguelike|rpg|chess|checkers|blackjack|poker|asteroids|breakout|pacman|pac-man|maze|racer|flappy|simulator|simulation|toe|ludo|jenga|pinball|adventure|escape room|room escape|mahjong|yahtzee|visual novel|space invaders|rock paper scissors|connect four|trivia night|game of life|slot machine|kniffel|schach|vier gewinnt",
		ends: "spiel|spielchen|puzzle|rätsel|simulation|simulator",
		verbs: "play|plays|playing|jump|shoot|fight|spielen|spiele",
	},
	{
		what: "a quiz",
		instead: "I can keep your quiz questions as records, but nobody could be asked them.",
		choices: ["Keep my quiz questions with question, answer, topic and difficulty"],
		heads:
			"quiz|quizzes|trivia|flashcard|flashcards|flash cards|typing test|personality test|test|exam|vocabulary trainer|spelling trainer|trainer|tutor|poll|survey|questionnaire|voting|vote|karteikarten|lernkarten|umfrage|abstimmung|prüfung|fragebogen",
		ends: "quiz|trainer|umfrage",
		verbs:
			"quiz|quizzes|test me|tests|teach|teaches|ask me|asks me|examine|drill|practi[sc]e|learn|study|memori[sz]e|abfragen|abfragt|lernen|üben|abstimmen",
	},
	{
		what: "a clock or timer",
		instead: "I can keep a log of the time you spend: date, what, start and end, with the hours worked out.",
		choices: ["A time log with date, activity, start time, end time and hours"],
		heads:
			"clock|clocks|timer|timers|stopwatch|countdown|count-down|alarm|alarm clock|pomodoro|metronome|hourglass|sundial|uhr|wecker|stoppuhr|metronom",
		ends: "uhr|wecker|timer|countdown",
		verbs:
			"count down|counts down|counting down|tick|ticks|ring|rings|beep|beeps|wake|wakes|shows? the (?:current )?time|tells? (?:me )?the time|time me|zählt|herunterzählt|runterzählt|klingelt|weckt",
	},
	{
		what: "a calculator",
		instead: "I can keep the values you enter as records, and work out totals of each record.",
		choices: ["Keep track of costs with date, item, quantity, unit price and total"],
		heads:
			"calculator|calculators|converter|convertor|conversion|estimator|calc|solver|rechner|umrechner|taschenrechner",
		ends: "rechner|umrechner|löser",
		verbs:
			"calculate|calculates|calculating|convert|converts|converting|compute|computes|solve|solves|estimate|estimates|berechnet|berechnen|ausrechnet|ausrechnen|umrechnet|umrechnen|rechnet",
	},
	{
		what: "a web page",
		instead: "I can keep what stands behind it as records: products, enquiries, projects, posts you plan.",
		choices: [
			"A list of enquiries with name, email, date, message and status (new, answered)",
			"A list of projects with title, client, date, link and photo",
		],
		heads:
			"landing page|landing|homepage|home page|webpage|web page|website|web site|site|one-pager|blog|portfolio|webshop|web shop|online shop|online store|storefront|shop|store|e-commerce|ecommerce|wiki|forum|newsletter|brochure|flyer|poster|banner|invitation|cv|resume|résumé|slideshow|slides|presentation|slide deck|deck|business card|greeting card|birthday card|ad|advert|advertisement|slogan|call to action|hero section|navbar|footer|pricing page|about page|contact page|login page|login screen|login form|login|signup page|sign-up page|signup form|splash screen|page|link in bio|linktree|webseite|internetseite|internetauftritt|startseite|lebenslauf|präsentation|einladung|einladungskarte|onlineshop|visitenkarte|speisekarte als seite",
		ends: "website|webseite|homepage|landingpage|onlineshop|webshop|blog",
		verbs:
			"advertise|advertises|promote|promotes|showcase|showcases|present|presents|introduce|introduces|sell online|wirbt|präsentiert|vorstellt",
	},
	{
		what: "a chat or an assistant",
		instead: "I can keep questions and their answers as records.",
		choices: ["Keep frequent questions with question, answer and topic"],
		heads:
			"chatbot|chat bot|chatbots|chat|bot|assistant|messenger|chatroom|chat room|social network|dating app|ai|gpt|agent|companion|coach bot|therapist|chatprogramm",
		ends: "bot|chat|assistent|messenger",
		verbs:
			"chat|chats|talk to|talks|answer my|answers my|answers questions|converse|reply|replies|advise|advises|recommends?|chatten|antwortet|plaudert|empfiehlt",
	},
	{
		what: "a drawing tool or an animation",
		instead: "I can keep your pictures as records, with a title, a date and a photo each.",
		choices: ["Keep my drawings with title, date, technique and photo"],
		heads:
			"drawing|drawing board|drawing pad|painting program|paint|whiteboard|canvas|sketchpad|sketch pad|editor|animation|visuali[sz]ation|visuali[sz]er|mind map|mindmap|diagram|flowchart|flow chart|map|maps|family tree|pixel art|fractal|fractals|3d scene|3d model|cube|solar system|fireworks|particle system|kaleidoscope|wallpaper|logo|icon|graphic|illustration|meme|photo editor|image editor|collage|colou?r picker|colou?r palette|palette|zeichenbrett|zeichnung|malprogramm|stammbaum|landkarte|karte|animation",
		ends: "zeichenprogramm|malprogramm|zeichenbrett|editor|animation",
		verbs:
			"draw|draws|drawing|paint|paints|painting|sketch|doodle|animate|animates|visuali[sz]e|visuali[sz]es|render|renders|resize|resizes|crop|crops|edit photos|edit images|zeichnen|malen|zeichnet|malt|animiert",
	},
	{
		what: "a player or an instrument",
		instead: "I can keep your music or recordings as records: title, artist, album, rating.",
		choices: ["Keep my music with title, artist, album, year and rating"],
		heads:
			"music player|video player|audio player|mp3 player|media player|radio|synth|synthesi[sz]er|drum machine|drum kit|drumkit|piano|keyboard piano|virtual piano|guitar tuner|tuner|soundboard|sound board|sequencer|beat maker|voice recorder|audio recorder|karaoke|jukebox|noise machine|white noise|theremin|player|klavier|musikplayer|synthesizer|schlagzeug",
		ends: "player|synthesizer|klavier",
		verbs:
			"stream|streams|plays? (?:music|sounds?|songs?|videos?|audio|a melody)|sing|sings|record my voice|record audio|hum|abspielt|abspielen",
	},
	{
		what: "a generator or a text tool",
		instead: "I can keep the texts, names or ideas you have as records.",
		choices: ["Keep my ideas with title, category, rating and notes"],
		heads:
			"generator|generators|translator|summari[sz]er|picker|roller|dice|die|dice roller|coin flip|coin toss|coin flipper|shuffler|randomi[sz]er|spinner|wheel|wheel of fortune|spelling checker|spell checker|grammar checker|checker|password strength checker|word counter|character counter|counter|click counter|tally counter|formatter|validator|parser|compressor|encoder|decoder|encrypter|encoder|minifier|merger|splitter|resizer|optimi[sz]er|builder|maker|detector|classifier|predictor|recommender|shortener|ocr|poem|poems|story|stories|essay|letter|song lyrics|joke|jokes|horoscope|fortune teller|magic 8 ball|8 ball|ball|text adventure|barcode|qr code|qr-code|markdown preview|markdown viewer|viewer|previewer|regex tester|tester|json formatter|diff tool|code playground|playground|compiler|terminal|ide|übersetzer|würfel|zähler|glücksrad|gedicht|geschichte|witz|witze|horoskop",
		ends: "generator|übersetzer|würfel|zähler|glücksrad|prüfer",
		verbs:
			"turn (?:my |the |a )?(?:text|words?|images?|photos?|videos?|sentences?)|explain|generate|generates|translate|translates|summari[sz]e|summari[sz]es|randomly|picks? (?:a )?random|choose randomly|roll|rolls|shuffle|shuffles|flip|flips|tell me a joke|tells? jokes|tells? stories|rhyme|rhymes|format|formats|encrypt|encrypts|decrypt|compress|compresses|merge|merges|write poems|writes poems|writes|suggests?|predicts?|detects?|recogni[sz]es?|counts? (?:clicks|words|letters|characters)|übersetzt|übersetzen|generiert|würfelt|würfeln|erzeugt|zusammenfasst",
	},
	{
		what: "a password manager",
		instead:
			"I can keep which accounts you have as records, without their passwords: everybody who may open the app reads what is in it.",
		choices: ["Keep my accounts with service, user name, last change and notes"],
		heads:
			"password manager|passwords|password vault|password safe|password keeper|passwortmanager|passwörter|passwort-manager",
		ends: "passwörter|passwortmanager",
		verbs: "autofill|stores? passwords",
	},
	{
		what: "something that gets data from elsewhere or works with devices",
		instead: "I can keep what you look up as records, entered by hand or imported from a CSV file.",
		choices: ["A weather log with date, temperature in °C, rain in mm and notes"],
		heads:
			"alerts|price alerts|notifications|weather app|weather|weather forecast|forecast|news app|news feed|news reader|rss reader|feed reader|newsfeed|stock ticker|ticker|price ticker|crypto prices|api client|api|http client|rest client|scraper|web scraper|crawler|search engine|browser|web browser|email client|mail client|file manager|file explorer|scanner|barcode scanner|qr scanner|code scanner|camera|webcam|navigation|route planner|navigator|gps navigation|compass|translator app|video call|video chat|voip|downloader|video downloader|virtual assistant|smart home|remote control|thermostat|payment page|checkout|operating system|os|server|wetter|wetter-app|wettervorhersage|nachrichten-app|suchmaschine|taschenlampe|flashlight|kompass|fahrplan|routenplaner",
		ends: "wetterapp|scanner|kamera|suchmaschine",
		verbs:
			"fetch|fetches|scrape|scrapes|crawl|crawls|download|downloads|scan|scans|shows? (?:me )?(?:the )?(?:current |live |today's )*(?:weather|news|stock prices|exchange rates|traffic)|tells? me the weather|send emails?|sends emails?|send messages|calls? an api|connect to|connects to|navigate|navigates|lädt|abruft|scannt",
	},
];

const passwords = classes.find(({ what }) => what === "a password manager") as OtherKind;
const generators = classes.find(({ what }) => what.includes("generator")) as OtherKind;
const elsewhere = classes[classes.length - 1] as OtherKind;

const keepers =
	/^(?:list|lists|tracker|trackers|tracking|log|logs|logbook|log-book|logger|journal|diary|book|notebook|register|registry|records?|database|catalog|catalogue|inventory|collection|collections|directory|planner|organi[sz]er|manager|management|sheet|sheets|timesheet|roster|rota|schedule|calendar|archive|ledger|overview|index|library|board|kanban|history|crm|roll|pipeline|checklist|check-list|todo|to-do|todos|leaderboard|scoreboard|backlog|wishlist|watchlist|playlist|bookmarks|notes|ideas|questions|scores|results|budget|budgets|liste|listen|tagebuch|verwaltung|übersicht|sammlung|kartei|verzeichnis|protokoll|planer|plan|plans|buch|archiv|bestand|inventar)$/i;
const keeperEnds =
	/(?:liste|buch|verwaltung|sammlung|kartei|verzeichnis|protokoll|planer|übersicht|register|archiv|katalog|tagebuch|plan|log|tracker|inventar|bestand|datenbank|daten|logbook|list)$/i;

const keeping =
	/\b(?:keep(?:s|ing)?(?: a)? (?:track|list|record|log|inventory|notes?)|track(?:s|ing)?|log(?:s|ging)?|record(?:s|ing)?|catalog(?:ue|ues|uing|s)?|manag(?:e|es|ing)|organi[sz](?:e|es|ing)|stor(?:e|es|ing)|list(?:s|ing)|collect(?:s|ing)? (?:my|our|all)|register(?:s|ing)?|note down|can (?:list|add|post|enter|submit|save|see|look up)|remember(?:s|ing)?|inventor(?:y|ies)|verwalte[nt]?|erfasse[nt]?|notiere[nt]?|festhalten|dokumentiere[nt]?|im blick|eintragen|speichere?n?|sammeln)\b/i;

const whole = (words: string): RegExp => new RegExp(`^(?:${words})$`, "iu");
const readers = classes.map((each) => ({
	kind: each,
	heads: whole(each.heads),
	ends: each.ends
		? new RegExp(
				`^(?!bei|schau|hör|glocken|strom|gas|wasser|wärme|kilometer|betriebsstunden)(?:[\\p{L}-]{2,})?(?:${each.ends})$`,
				"iu",
			)
		: null,
	verbs: new RegExp(`^(?:${each.verbs})\\b`, "i"),
}));

export type Verdict = { is: "records" } | { is: "other"; kind: OtherKind } | { is: "unknown" };

/** What the prompt asks for. `hasList`: it names fields, so that an app that "calculates the pay" still keeps records. */
export function judge(text: string, hasList: boolean): Verdict {
	let verdict: Verdict = { is: "unknown" };
	for (const sentence of sentencesOf(text)) {
		const found = judgeSentence(sentence, hasList);
		if (found.is === "other") return found;
		if (found.is === "records") verdict = found;
		if (verdict.is === "records") return verdict;
	}
	return verdict;
}

function judgeSentence(sentence: string, hasList: boolean): Verdict {
	const bare = sentence.replace(/^[^\p{L}\d]+/u, "");
	const imperative = verbAt(
		bare.replace(
			/^(?:please|bitte|can you|could you|i want to|i'd like to|i would like to|i wanna|let me|help me(?: to)?|ich (?:möchte|will)|let's)\s+/i,
			"",
		),
		hasList,
	);
	if (
		imperative &&
		!/^(?:record|study|learn|practi[sc]e|format|test|present|play|paint|estimate|scan|ring|time)s?\s+(?:log|tracker|list|record|sheet|diary)/i.test(
			bare,
		)
	) {
		const isNoun = keepers.test(readRequest(bare)?.words.at(-1) ?? "");
		if (!isNoun) return { is: "other", kind: imperative };
	}
	const turning = /^(?:an? )?(?:\p{L}+ )?\p{L}+ to \p{L}+ (?:app|tool|program)\b/iu.test(bare)
		? classes.find(({ what }) => what.includes("generator"))
		: undefined;
	if (turning) return { is: "other", kind: turning };
	const request = readRequest(bare);
	if (!request) return { is: "unknown" };
	return judgePhrase(request.words, request.tail, hasList);
}

function judgePhrase(words: readonly string[], tail: string, hasList: boolean): Verdict {
	const last = words.at(-1) ?? "";
	if (/^password (?:manager|vault|safe|keeper|list|organi[sz]er)$/.test(words.slice(-2).join(" ")))
		return { is: "other", kind: passwords };
	if (keepers.test(last) || (last.length > 6 && keeperEnds.test(last) && !/^(?:facebook|notebook app)$/.test(last)))
		return { is: "records" };
	if (containers.test(last) || /^(?:web|mobile|phone)$/.test(last)) {
		// "a quiz app", "a plant care app", "an app that …", "a website for …"
		const inner = headOf(words.slice(0, -1));
		// "voting app with candidates and votes": the list says what it shows, and makes no records of it.
		const isRecords = inner && keepsInTail(tail, hasList && inner.what === "a web page");
		if (inner && !isRecords) return { is: "other", kind: inner };
		const whole = headOf(words);
		const isPage = /^(?:page|site|website|webpage|webseite|seite|dashboard|portal|screen)$/.test(last);
		if (keepsInTail(tail, hasList && !isPage)) return { is: "records" };
		const purpose = purposeOf(tail, hasList);
		if (purpose) return { is: "other", kind: purpose };
		if (whole && (isPage || !hasList)) return { is: "other", kind: whole };
		return hasList ? { is: "records" } : { is: "unknown" };
	}
	const foreign = foreignHead(words[0] ?? "");
	if (foreign) return { is: "other", kind: foreign };
	const head = headOf(words);
	// "I'd like player, phone, fee": the first item of a list.
	if (
		hasList &&
		words.length === 1 &&
		/^(?:player|letter|test|map|page|ball|agent|exam|card|server)$/.test(last) &&
		/^\s*,/.test(tail)
	)
		return { is: "unknown" };
	if (head) {
		if (
			/^(?:website|web site|site|page|blog|shop|store|forum|map|form|survey|poll|portfolio|test|trainer|vote|voting|wheel|chat|counter)$/.test(
				last,
			) &&
			keepsInTail(tail, false)
		)
			return { is: "records" };
		if (
			last === "portfolio" &&
			/\b(?:stocks?|shares?|investments?|crypto|funds?|etfs?|aktien|fonds)\b/i.test(`${words.join(" ")} ${tail}`)
		)
			return { is: "records" };
		if (last === "counter" && /\b(?:calorie|step|carb|macro)s?\b/.test(words.join(" "))) return { is: "records" };
		// "bike repair shop: customer, bike, price": a trade, and its records.
		if (
			hasList &&
			/^(?:shop|store)$/.test(last) &&
			words.length > 1 &&
			!/\b(?:web|online|internet|e-?commerce)\b/.test(words.join(" "))
		)
			return { is: "records" };
		return { is: "other", kind: head };
	}
	// "live bus departures", "real-time prices": news from elsewhere.
	if (/^(?:live|real-time|realtime|aktuelle)$/.test(words[0] ?? "") && words.length > 1 && !hasList)
		return { is: "other", kind: elsewhere };
	if (/^(?:random|zufällige[rsn]?)$/.test(words[0] ?? "") && words.length > 1 && !hasList)
		return { is: "other", kind: generators };
	return { is: "unknown" };
}

// In Romance languages the noun comes first: "jeu de mémoire", "calculadora de propinas".
const foreign: readonly (readonly [RegExp, string])[] = [
	[/^(?:jeu|juego|gioco|jogo|spel|spelletje)$/i, "a game"],
	[
		/^(?:calculatrice|calculette|calculadora|calcolatrice|rekenmachine|convertisseur|conversor|convertitore)$/i,
		"a calculator",
	],
	[
		/^(?:chronomètre|cronómetro|cronometro|horloge|reloj|orologio|minuteur|temporizador|stopwatch)$/i,
		"a clock or timer",
	],
	[/^(?:site|sitio|sito|página|pagina|page)$/i, "a web page"],
];

function foreignHead(word: string): OtherKind | null {
	const what = foreign.find(([name]) => name.test(word))?.[1];
	// "site visits" and "page views" are English.
	return what && !/^(?:site|page)$/i.test(word) ? (classes.find((each) => each.what === what) ?? null) : null;
}

/** The class whose words end the phrase, or null. */
function headOf(words: readonly string[]): OtherKind | null {
	for (let count = Math.min(3, words.length); count >= 1; count -= 1) {
		const end = words.slice(-count).join(" ");
		const found = readers.find(({ heads }) => heads.test(end));
		if (found && !isCollected(words, count, end)) return found.kind;
	}
	const last = words.at(-1) ?? "";
	return readers.find(({ ends }) => ends?.test(last))?.kind ?? null;
}

/** Plural things at the end of a bare phrase are a collection: "board games", "my video games", "old clocks", "maps". */
function isCollected(words: readonly string[], count: number, end: string): boolean {
	const isPlural =
		/s$/.test(end) &&
		!/(?:ss|us|is|news|solitaire|chess|checkers|slides|fireworks|jokes|stories|poems|flashcards|flash cards|asteroids)$/.test(
			end,
		);
	if (
		isPlural &&
		/^(?:games|clocks|timers|maps|stores|shops|blogs|sites|players|stories|tests|quizzes|letters|exams|calculators|radios|bots|editors|cameras|counters)$/.test(
			end,
		)
	)
		return true;
	// "driving test", "blood test": a test somebody has; "tennis player", "love letter".
	if (end === "test")
		return (
			words.length > count &&
			!/^(?:typing|personality|speed|iq|reaction|math|vocabulary|knowledge|spelling|reading)$/.test(
				words.at(-count - 1) ?? "",
			)
		);
	if (end === "player")
		return (
			!/^(?:music|video|audio|mp3|media|podcast|radio|sound)$/.test(words.at(-count - 1) ?? "music") && words.length > 1
		);
	if (
		/^(?:store|shop|map|letter|player|story|page|card|tutor|trainer|agent|die|ball|server)$/.test(end) &&
		words.length > 2
	)
		return false;
	return false;
}

/** "to keep track of my books": records, whatever it is called. */
function keepsInTail(tail: string, hasList: boolean): boolean {
	const near = tail.slice(0, 70);
	return (
		keeping.test(near) ||
		(hasList &&
			/^\s*(?:with|for|of|where|in which|that has|:|mit|für|to (?:note|enter|write|save|add))/i.test(tail) &&
			purposeOf(tail, true) === null)
	);
}

/** "that converts miles", "to draw", "for playing chess". */
function purposeOf(tail: string, hasList: boolean): OtherKind | null {
	const clause =
		/^\s*(?:,\s*)?(?:that|which|to|for|where|so|die|das|der|mit der|mit dem|in der|zum|um)\s+(?:(?:i|we|you|users?|people|kids|children|one|it|man|ich|mir|me|zu)\s+)*(?:(?:can|could|will|would|lets?|helps?|allows?|should|kann|hilft)\s+)?(?:(?:me|us|you|users?|people|kids|children|to|my kids|students|mir|ich)\s+)*(.+)$/i.exec(
			tail,
		);
	const words = clause?.[1] ?? "";
	if (!words) return null;
	const verb = verbAt(words, hasList);
	if (verb) return verb;
	const phrase = phraseAt(words);
	if (!phrase || hasList || keepers.test(phrase.words.at(-1) ?? "")) return null;
	return headOf(phrase.words);
}

function verbAt(words: string, hasList: boolean): OtherKind | null {
	const found = readers.find(({ verbs }) => verbs.test(words));
	return found && !hasList ? found.kind : null;
}

/** "a game" and "ein Spiel" are asked for in words; the answer is in English, with what was asked. */
export function refusal(kind: OtherKind): string {
	return `This needs a model: without one I only make apps that keep records (a form, a table, totals and a chart), and this asks for ${kind.what}. ${kind.instead} Choose a model for it, or say what you would like to keep.`;
}
