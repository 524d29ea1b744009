// Which failure of a build each failure of a model is.
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
		case "looping":
			return "model_looping";
		case "spent":
			return "model_spent";
		case "bad_request":
		case "server_error":
			return "model_unavailable";
	}
}

/** Failures that another try within seconds may well mend. */
export const isPassing = (reason: FailureReason): boolean =>
	reason === "rate_limited" || reason === "overloaded" || reason === "server_error" || reason === "cut";
