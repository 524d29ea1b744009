// What was sent, asked for and charged.

export const sent = {
	title: "What was sent",
	lead: "For each build: the exact bytes that went to a model, where, and how long they are kept there.",
	emptyTitle: "Nothing was sent",
	emptyLead: "No model was called for this app. The composer works inside Freehold.",
	to: "To",
	model: "Model",
	kept: "Kept there",
	size: "Size",
	show: "Read the bytes",
	hide: "Hide",
	exact: "Exact bytes of the request body",
	region: (name: string) => `in ${name}`,
	noRegion: "no region promised",
};

export const history = {
	title: "Prompt history",
	lead: "Every prompt in your workspace, including those of people you invited, and your own in apps that others share with you. Deleting one removes it from the conversation and from what was sent, too.",
	search: "Search prompts",
	emptyTitle: "No prompts yet",
	emptyLead: "What you ask for appears here, and so does what people you invited ask for.",
	noMatch: "No prompts match your search.",
	by: (name: string) => `by ${name}`,
	workspaceOf: (name: string) => `in the workspace of ${name}`,
	gone: "somebody whose account was deleted",
	remove: "Delete",
	removeTitle: "Delete this prompt?",
	removeLead:
		"It is removed from the history, the conversation and the record of what was sent. The app stays as it is.",
	removed: "Deleted.",
};

export const credits = {
	title: "Credits",
	lead: "Credits are reserved when a build starts and charged only if it produces a new version.",
	balance: "Balance",
	plan: "Plan",
	plans: { free: "Free", pro: "Pro", studio: "Studio" },
	planHint: "Plans and credits are given by the operator of this installation.",
	ledger: "Ledger",
	empty: "No entries yet.",
	operator: "Done by the operator",
	operatorNothing: "The operator has changed nothing in this workspace.",
	operatorDid: {
		set_plan: "Set the plan to",
		grant_credits: "Granted credits:",
		block_app: "Blocked the app",
		unblock_app: "Lifted the block on the app",
		suspend_account: "Suspended the account",
		unsuspend_account: "Lifted the suspension of the account",
	},
	kinds: { reserve: "Reserved", settle: "Settled", refund: "Given back", grant: "Granted", plan: "Plan changed" },
	when: "When",
	what: "What",
	change: "Credits",
};
