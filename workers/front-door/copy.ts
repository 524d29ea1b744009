// All words of the front door.

export const landing = {
	title: "An AI app studio where your data is yours",
	badge: "On your own machine, or on ours",
	heading: ["Describe an app.", "Own all of it."],
	lead: "Freehold builds working apps from your words, and keeps them yours: in the region you choose, under your own keys, on an origin nobody else shares.",
	choose: "Choose where your data lives",
	remembered: (name: string) => `Continue in ${name}`,
	signUp: (name: string) => `Sign up in ${name}`,
	signIn: "Sign in",
	other: "Other region?",
	regionTitle: "Choose once, and it stays there",
	regionLead:
		"Each region is completely separate. Nothing about you exists outside it, not even a hash of your email, so we can't look your region up for you. Remember it, or let this browser remember it.",
	stored: (place: string) => `Stored in ${place}`,
	default: "Default",
	points: {
		"us-east": [
			"Prompts, files, apps and keys are kept in the jurisdiction of the United States.",
			"Models in the region build for you, where the operator has set them up.",
		],
		"eu-west": [
			"Prompts, files, apps and keys are kept in the jurisdiction of the European Union.",
			"No model outside the EU is called without an administrator's recorded approval.",
		],
	},
	honest:
		"We guarantee the jurisdiction your data is stored in, not the city. Requests enter Cloudflare's network wherever you are. The studio asks to be run near its region's data; that makes it fast, and guarantees nothing about where it runs. Only an operator who uses Regional Services can guarantee that.",
	stepsTitle: "From a sentence to an app",
	steps: [
		{ title: "Describe", text: "Say what it should do. Add a spreadsheet, a picture, a PDF." },
		{
			title: "Watch",
			text: "Every file appears as it is written. Stop at any time; ask for changes in words, or edit the code.",
		},
		{
			title: "Use",
			text: "It runs on an address of its own, with its own data, walled off from everything else you have.",
		},
		{
			title: "Share",
			text: "With a person, by a link you can revoke, or with everyone, after a review of what becomes public.",
		},
	],
	whyTitle: "True by construction",
	why: [
		{
			title: "One owner for each row",
			text: "The database itself refuses rows of others, even if our code forgot to ask.",
		},
		{
			title: "Read what was sent",
			text: "If a model is used, you can read the exact bytes, where they went, and how long they stay there.",
		},
		{
			title: "Or use no model",
			text: "The composer builds record-keeping apps without any model. Nothing leaves Freehold.",
		},
		{ title: "Leave any time", text: "Every app is plain files. Download it as a zip with all its files." },
	],
	trustShort: "Trust",
	trustLink: "What is promised, and what is not yet",
	footer: "Freehold loads nothing from anybody else: no fonts, no scripts, no trackers.",
	theme: "Change between light and dark",
	skip: "Skip to content",
	brand: "Freehold",
};

export const trust = {
	title: "Trust",
	heading: "What we promise, and how it's enforced",
	lead: "Each promise has a test that attacks it. A promise is shown as kept only while its test passes. Limits stand beside it.",
	count: (kept: number, all: number) => `${kept} of ${all} kept`,
	kept: "Kept",
	notYet: "Not yet",
	how: "How",
	limits: "Limits",
	evidence: "Its test",
	groups: {
		T: "Yours alone",
		S: "Apps and sharing",
		K: "Keys",
		R: "Regions",
		E: "Encryption and backups",
		N: "Models",
		H: "History, and running it yourself",
		Q: "Questions and queries",
		X: "Leaving",
		A: "Oversight",
		G: "Your rights",
	} as Record<string, string>,
	exceptionsTitle: "Encrypted by the platform only",
	exceptions: [
		"The code of deployed apps, because it is served to whoever may open them.",
		"The data an app keeps, because the app reads it without your key at hand.",
		"What you publish in Discover, because it is public.",
	],
	back: "Start page",
};

export const missing = {
	title: "There is nothing here",
	lead: "The address is not one of ours.",
	back: "To the start page",
};
