// What a prompt asks for beside records that a composed app cannot do. Each is said in one sentence instead of being dropped.

const wishes: readonly (readonly [RegExp, string])[] = [
	[
		/\b(?:remind(?:s|ers?)?(?: me| us| them)|reminders?|notif(?:y|ies|ications?)|push messages?|alerts? me|erinner(?:t|n|ungen)?(?: mich| uns)?|benachrichtig\p{L}*)\b/iu,
		"It sends no reminders; what is due is marked in the app.",
	],
	[
		/\b(?:send|sends|sending|emails?|mails)\s+(?:(?:an?|the|out|automatic|them|me|us|customers?|members?|clients?)\s+)*(?:emails?|mails?|sms|text messages?|invoices?|newsletters?|confirmations?)\b|\bmail merge\b|\b(?:per|via) (?:sms|whatsapp)\b/i,
		"It sends no emails or messages.",
	],
	[
		/\b(?:log ?in|sign ?in|user accounts?|password|authentication|user (?:roles?|permissions?)|anmeldung mit passwort|benutzerkonten)\b/i,
		"It has no accounts of its own; share the app to choose who may open and change it.",
	],
	[/\b(?:pdfs?|print(?:able|ing|out)?|drucken|druckansicht)\b/i, "It makes no PDF; records leave as a CSV file."],
	[
		/\b(?:qr[- ]?codes?|(?:barcode|code|receipt) scan\w*|scan(?:s|ning)? (?:the |a )?(?:bar)?codes?|scan(?:s|ning)? receipts?|scanner)\b/i,
		"It scans no codes; they can be typed in.",
	],
	[
		/\b(?:stripe|paypal|online payments?|credit cards?|checkout|pay online)\b/i,
		"It takes no payments; what was paid can be noted.",
	],
	[
		/\b(?:sync(?:s|ed|hroni[sz]e\w*)?|google (?:calendar|sheets?|drive|contacts)|outlook|ical|api|zapier|strava|garmin|fitbit|spotify|goodreads)\b/i,
		"It is not connected to other services; a CSV file can be imported.",
	],
	[
		/\b(?:on|with) an? (?:interactive )?map\b|\bmap (?:view|with|of|showing)\b|\b(?:auf|mit) einer karte\b/i,
		"It shows no map.",
	],
	[
		/\b(?:recurring|repeat(?:s|ing)? (?:every|weekly|monthly|daily)|automatically (?:create|add|repeat)s?)\b/i,
		"It adds nothing by itself; repeated entries are entered one by one.",
	],
	[
		/\b(?:video|audio|voice) (?:upload|recording|notes?|files?)\b|\bupload (?:files?|documents?|pdfs?|videos?)\b|\bfile uploads?\b/i,
		"It keeps pictures, but no other files; a link can be noted.",
	],
	[
		/\b(?:ai|chatgpt|gpt|artificial intelligence|suggest(?:s|ions?)?|recommend(?:s|ations?)?|predict(?:s|ions?)?)\b/i,
		"It suggests and predicts nothing; that needs a model.",
	],
	[
		/\b(?:linked to|link(?:s|ing)? (?:each|the|every)|related to|relation(?:s|ship)? between|one-to-many|two tables|separate table|second list|another list|foreign key)\b/i,
		"It keeps one kind of record; links between two kinds need a model.",
	],
	[/\btimer\b(?! field)|\bstopwatch\b|\bcountdown\b/i, "It runs no timer; times can be noted."],
	[/\b(?:offline|native app|app store|ios app|android app)\b/i, "It is a web app and needs a connection."],
];

export function leftOutOf(text: string): string[] {
	return wishes.filter(([wish]) => wish.test(text)).map(([, sentence]) => sentence);
}
