// What a person reads when a build did not end with a version. Fixed sentences; nothing of what a provider said.
import type { BuildFailure } from "#schema/build-events.ts";
import type { FailureReason } from "#schema/generation.ts";

/** The failure a person sees for a failure of the model. */
export function failureOf(reason: Exclude<FailureReason, "stopped">): BuildFailure {
	switch (reason) {
		case "unauthorized":
			return "model_unauthorized";
		case "rate_limited":
			return "model_rate_limited";
		case "overloaded":
			return "model_overloaded";
		case "refused_by_provider":
			return "model_refused";
		case "stalled":
			return "model_stalled";
		case "cut":
		case "truncated":
			return "model_cut";
		case "empty":
			return "nothing_made";
		case "bad_request":
		case "server_error":
			return "model_unavailable";
	}
}

/** Failures that another try within seconds may well mend. */
export const isPassing = (reason: FailureReason): boolean =>
	reason === "rate_limited" || reason === "overloaded" || reason === "server_error" || reason === "cut";

export const failureSentences: Record<BuildFailure, string> = {
	no_credits: "There were not enough credits for this build.",
	model_unauthorized: "The provider refused this installation's key. The operator must renew it. Nothing was charged.",
	model_rate_limited: "The provider is limiting requests. Try again in a minute. Nothing was charged.",
	model_overloaded: "The provider is overloaded. Try again in a few minutes. Nothing was charged.",
	model_unavailable: "The model could not be reached. Try again, or use the composer. Nothing was charged.",
	model_refused: "The model declined this request. Put it differently and try again. Nothing was charged.",
	model_stalled: "The model stopped answering. Try again. Nothing was charged.",
	model_cut: "The model's answer broke off. Try again, or ask for less at once. Nothing was charged.",
	approval_required: "This model runs outside your region and is not approved any more. Nothing was sent or charged.",
	gate_failed: "What the model made does not run, so your last good version stays. Nothing was charged.",
	nothing_made: "No file was changed, so there is no new version. Nothing was charged.",
	timed_out: "The build took longer than ten minutes and was ended. Nothing was charged.",
	crashed: "The build was interrupted several times and was ended. Your prompt is kept. Nothing was charged.",
	too_large: "The app grew larger than we can keep. Ask for something smaller. Nothing was charged.",
};
