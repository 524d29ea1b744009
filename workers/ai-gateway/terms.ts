// What each provider says about keeping and training on what it is sent: dated and linked, so that a reader can check.
import type { Offer } from "#schema/generation.ts";

export type Terms = Offer["terms"];

const direct: Record<Offer["provider"], Terms> = {
	anthropic: {
		retention:
			"Inputs and outputs of the API are deleted within 30 days, unless flagged for abuse or zero retention is agreed.",
		training: "Not used to train models under the commercial terms, unless the operator opts in.",
		url: "https://platform.claude.com/docs/en/manage-claude/api-and-data-retention",
		asOf: "2026-11-21",
	},
	openai: {
		retention:
			"Sent with store: false. Abuse-monitoring logs are kept up to 30 days, unless zero retention is approved.",
		training: "Not used to train models, unless the operator opts in.",
		url: "https://developers.openai.com/api/docs/guides/your-data",
		asOf: "2026-11-21",
	},
};

export function termsOf(provider: Offer["provider"], isDirect: boolean, destination: string): Terms {
	if (isDirect) return direct[provider];
	return {
		retention: "As the operator of this installation agreed with this endpoint; Freehold cannot know.",
		training: "As the operator of this installation agreed with this endpoint; Freehold cannot know.",
		url: destination,
		asOf: "2026-11-21",
	};
}
