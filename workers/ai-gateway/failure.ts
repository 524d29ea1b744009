// One reason for each way a provider can fail. Nothing of the provider's own words comes through: they can quote the request.
import type { FailureReason } from "#schema/generation.ts";

export interface Failure {
	reason: FailureReason;
	retryAfterSeconds: number | null;
}

/** What went wrong inside a stream that began with 200, where an SDK leaves it to its caller. */
export class StreamFailure extends Error {
	readonly code: string | null;

	constructor(code: string | null) {
		super("the provider ended its answer with an error");
		this.code = code;
	}
}

/** What both SDKs' errors share; everything else in them is left behind. */
interface Seen {
	status?: unknown;
	headers?: unknown;
	type?: unknown;
	code?: unknown;
}

/** `hasResponse`: the answer had begun, so a broken connection cut it. */
export function toFailure(error: unknown, hasResponse: boolean): Failure {
	const seen: Seen = typeof error === "object" && error !== null ? error : {};
	const retryAfterSeconds = retryAfter(seen.headers);
	if (typeof seen.status === "number") return { reason: fromStatus(seen.status), retryAfterSeconds };
	const named = fromName(seen.type) ?? fromName(seen.code);
	if (named !== null) return { reason: named, retryAfterSeconds };
	// the provider said that it failed, in a word we do not know
	if (typeof seen.type === "string" || error instanceof StreamFailure)
		return { reason: "server_error", retryAfterSeconds };
	return { reason: hasResponse ? "cut" : "server_error", retryAfterSeconds: null };
}

function fromStatus(status: number): FailureReason {
	if (status === 401 || status === 403) return "unauthorized";
	if (status === 429) return "rate_limited";
	// 529 is Anthropic's "overloaded"; 503 is everybody else's
	if (status === 529 || status === 503) return "overloaded";
	return status >= 400 && status < 500 ? "bad_request" : "server_error";
}

/** Names of errors that arrive inside a stream that began well: Anthropic's `error` event, OpenAI's `response.failed`. */
function fromName(name: unknown): FailureReason | null {
	switch (name) {
		case "overloaded_error":
		case "overloaded":
		case "server_overloaded":
		case "slow_down":
			return "overloaded";
		case "rate_limit_error":
		case "rate_limit_exceeded":
			return "rate_limited";
		case "authentication_error":
		case "permission_error":
		case "invalid_api_key":
			return "unauthorized";
		case "invalid_request_error":
		case "invalid_prompt":
		case "not_found_error":
		case "request_too_large":
		case "context_length_exceeded":
			return "bad_request";
		case "bio_policy":
		case "misalignment_policy_violation":
		case "image_content_policy_violation":
			return "refused_by_provider";
		case "api_error":
		case "timeout_error":
		case "server_error":
			return "server_error";
		default:
			return null;
	}
}

/** RFC 9110 §10.2.3; only the form in seconds, at most an hour. */
function retryAfter(headers: unknown): number | null {
	if (!(headers instanceof Headers)) return null;
	const text = headers.get("retry-after");
	if (text === null || !/^\d{1,5}$/.test(text.trim())) return null;
	return Math.min(Number(text), 3600);
}
