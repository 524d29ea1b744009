// The list of apps, and the page where one begins.

export const apps = {
	title: "Apps",
	lead: "What you made, and what was shared with you.",
	create: "New app",
	filter: "Filter apps",
	emptyTitle: "Your first plot is free",
	emptyLead: "Describe what you need. You watch it being built, and it runs on an address of its own.",
	ideas: "Or begin with one of these",
	mine: "Yours",
	shared: "Shared with you",
	sharedBy: (name: string) => `from ${name}`,
	listed: "In Discover",
	published: "Published",
	private: "Private",
	building: "Building",
	asking: "Has a question",
	failed: "Last build failed",
	open: "Open",
	options: (name: string) => `Options of ${name}`,
	noMatch: "No apps match your search.",
	untitled: "Untitled app",
};

export const ideas = [
	{
		title: "Expenses",
		prompt: "Track expenses with amount, category, date and a note. Totals by month and a chart by category.",
	},
	{
		title: "Habit tracker",
		prompt: "A habit tracker: habits with a name, how often a week, and a log of the days I did them.",
	},
	{
		title: "Small CRM",
		prompt: "A CRM for a small studio: contacts with company, stage of the deal, value and next step.",
	},
	{ title: "Inventory", prompt: "Inventory of a workshop: items with quantity, minimum stock, place and supplier." },
	{ title: "Reading list", prompt: "A reading list: books with author, status, rating and notes." },
	{ title: "Event calendar", prompt: "An event calendar with title, date, place and whether I go." },
];

export const newApp = {
	title: "What should your app do?",
	lead: "Describe it as you would to a colleague. Add files it should know.",
	ideas: "Ideas",
	back: "Apps",
};
