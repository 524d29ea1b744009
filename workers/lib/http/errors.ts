// From a failure to what a client sees. One error class, one exhaustive translation, one handler.
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type ErrorBody, type ErrorCode, errors } from "#schema/errors.ts";
import { SealError } from "../crypto/seal-error.ts";
import { log } from "../log.ts";

/** An expected failure at a route. `fields` names inputs and carries fixed sentences, never what was typed. */
export class AppError extends Error {
	override readonly name = "AppError";
	readonly code: ErrorCode;
	readonly fields: Record<string, string> | undefined;
	/** When to try again, for `rate_limited`: the answer's `Retry-After` (RFC 9110 §10.2.3). */
	readonly retryAfterSeconds: number | undefined;
	constructor(code: ErrorCode, fields?: Record<string, string>, retryAfterSeconds?: number) {
		super(code);
		this.code = code;
		this.fields = fields;
		this.retryAfterSeconds = retryAfterSeconds;
	}
}

/** The wire form of an error code. */
export function toWire(code: ErrorCode, requestId: string, fields?: Record<string, string>): ErrorBody {
	return { error: { code, message: errors[code][1], requestId, ...(fields ? { fields } : {}) } };
}

export const statusOf = (code: ErrorCode): ContentfulStatusCode => errors[code][0] as ContentfulStatusCode;

/** What a client is told of a failure, expected or not. An error that names one of our codes, as the data layer's do, is believed. */
export function codeOf(error: Error): ErrorCode {
	if ("code" in error && typeof error.code === "string" && Object.hasOwn(errors, error.code))
		return error.code as ErrorCode;
	if (error instanceof SealError) return "damaged";
	// the framework's own refusals, for example of a body that is not JSON
	return error instanceof HTTPException && error.status < 500 ? "bad_request" : "internal";
}

/** The one error handler. What is not expected is a 500 that says nothing but its request id. */
export function answerError(error: Error, c: Context): Response {
	const requestId = String(c.get("requestId") ?? "unknown");
	const code = codeOf(error);
	const fields = error instanceof AppError ? error.fields : undefined;
	if (code === "internal" || code === "damaged" || code === "unavailable")
		log("error", "request.failed", { requestId, route: c.req.routePath, kind: error.name });
	if (error instanceof AppError && error.retryAfterSeconds) c.header("Retry-After", `${error.retryAfterSeconds}`);
	return c.json(toWire(code, requestId, fields), statusOf(code));
}
