// Pages in the place of one that cannot be shown.

export const errorPages = {
	not_found: {
		title: "There is nothing here",
		lead: "It was deleted, or it is not yours. Both look the same from outside.",
	},
	forbidden: { title: "This is not open to you", lead: "Your role does not allow it. Ask the owner." },
	gone: { title: "This was deleted", lead: "It cannot be opened any more." },
	damaged: {
		title: "Something here does not open",
		lead: "It was changed or damaged where it is stored. The operator of this installation may be able to restore it; give the request id.",
	},
	internal: {
		title: "Something went wrong on our side",
		lead: "Try again. If it happens again, give the operator this request ID.",
	},
	unavailable: { title: "This part is not answering", lead: "Try again in a moment." },
	requestId: "Request ID",
	home: "To your apps",
};
