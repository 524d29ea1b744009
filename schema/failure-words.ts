// What a person reads when a build did not end with a version: one table for the stored message and for the builder page. Nothing
// of what a provider said is ever in it. What was reserved goes back in each case, and the page says so beside it.
import type { BuildFailure } from "./build-events.ts";

export const failureSentences: Record<BuildFailure, string> = {
	no_credits: "There are not enough credits for this build.",
	model_unauthorized: "The provider refused the key of this installation. Its operator must renew it.",
	model_rate_limited: "The provider takes no more requests right now. Try again in a minute.",
	model_overloaded: "The provider is overloaded. Try again in a few minutes.",
	model_unavailable: "The model could not be reached. Try again, or build with the composer, which needs no model.",
	model_refused: "The model declined this request. Rephrase it and try again.",
	model_stalled: "The model stopped responding. Try again.",
	model_cut: "The model's answer broke off before it was complete. Try again, or ask for less at once.",
	model_looping:
		"The model repeated itself and changed nothing, so the build was ended early. Try again, rephrase it, or choose another model.",
	model_spent:
		"The model used up what one build may use before it was done. Ask for a smaller change, or choose another model.",
	approval_required:
		"This model runs outside your region and is not approved. Approve it under Models, or choose another.",
	policy_unreadable:
		"The AI policy of this workspace can't be read, so nothing is sent to a model. The operator can restore it; the composer works without a model.",
	gate_failed: "The code failed our checks, so it was not saved. Try rephrasing, or ask for a smaller change.",
	nothing_made: "No file was changed, so there is no new version.",
	timed_out: "The build took longer than 10 minutes and was stopped. Ask for a smaller change.",
	crashed: "The build was interrupted several times on our side and was stopped. Your prompt is saved; try again.",
	too_large: "The app would be larger than we can store. Ask for something smaller.",
};

/** Follows each failure, on the page and in the conversation: an app whose first build failed has no last version. */
export const failureNotes = {
	withVersion: "Nothing was charged, and your last version is unchanged.",
	withoutVersion: "Nothing was charged. The app has no version yet.",
};

/** Said where whoever made the files did not say why there are none. */
const adviceWithoutDetail: Partial<Record<BuildFailure, string>> = {
	nothing_made: "Say more exactly what you want.",
};

/** Lines for a person: what happened, why, and how the app stands. */
export function describeFailure(failure: BuildFailure, app: { hasVersion: boolean }, detail?: string): string {
	const why = detail || adviceWithoutDetail[failure];
	const note = app.hasVersion ? failureNotes.withVersion : failureNotes.withoutVersion;
	return [failureSentences[failure], ...(why ? [why] : []), note].join("\n");
}
