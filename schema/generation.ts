// The contract between studio and ai-gateway: one request made of typed parts, one stream of events, whatever the provider.
import { z } from "zod";
import { FileOp } from "./files.ts";
import { Region } from "./region.ts";

/** A provider and model that the operator configured. */
export const Offer = z.strictObject({
	id: z.string().max(200),
	provider: z.enum(["anthropic", "openai"]),
	model: z.string().max(200),
	name: z.string().max(200),
	/** scheme, host and port the bytes go to */
	destination: z.string().max(300),
	/** Region whose storage and inference terms this endpoint meets; null: neither (needs an approval everywhere). */
	region: Region.nullable(),
	/** Dated, linked facts on retention and training, shown beside the choice. */
	terms: z.strictObject({ retention: z.string(), training: z.string(), url: z.string(), asOf: z.string() }),
	maxImageBytes: z.number(),
	/** false: a model without tools, which answers in fenced files. Missing means true. */
	tools: z.boolean().optional(),
});
export type Offer = z.infer<typeof Offer>;

/** What a part contains; the workspace policy admits or drops by class. */
export const DataClass = z.enum([
	"prompt",
	"conversation",
	"app_metadata",
	"files",
	"references",
	"schema",
	"samples",
	"runtime_errors",
]);
export type DataClass = z.infer<typeof DataClass>;

export const Part = z.discriminatedUnion("type", [
	z.strictObject({
		type: z.literal("text"),
		dataClass: DataClass,
		role: z.enum(["user", "assistant"]),
		text: z.string().max(2_000_000),
	}),
	z.strictObject({
		type: z.literal("image"),
		dataClass: DataClass,
		mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
		base64: z.string().max(5_000_000),
	}),
	z.strictObject({
		type: z.literal("pdf"),
		dataClass: DataClass,
		name: z.string().max(200),
		base64: z.string().max(7_500_000),
	}),
]);
export type Part = z.infer<typeof Part>;

/**
 * What one build may use at a provider, over all its rounds and retries together. `tokens` are weighed as providers price them
 * (see weighTokens) and cost what is reserved for a build; a build that writes thirty files in thirty answers stays within both.
 */
export const buildBudget = { requests: 40, tokens: 800_000, staleAnswers: 3 } as const;

/** A token that a model writes costs about five times one that it reads. */
export const weighTokens = (usage: { inputTokens: number; outputTokens: number }): number =>
	usage.inputTokens + 5 * usage.outputTokens;

export const GenerationRequest = z.strictObject({
	/** Why a model is called. Anything else is refused. */
	purpose: z.enum(["build", "repair"]),
	offerId: z.string().max(200),
	buildId: z.string().max(64),
	parts: z.array(Part).min(1).max(400),
	maxOutputTokens: z.int().min(256).max(128_000),
	/** What this request may use of what its build has left. */
	budget: z.strictObject({ requests: z.int().min(1).max(buildBudget.requests), tokens: z.int().min(1) }).default({
		requests: buildBudget.requests,
		tokens: buildBudget.tokens,
	}),
});
export type GenerationRequest = z.infer<typeof GenerationRequest>;

export const FailureReason = z.enum([
	"unauthorized",
	"rate_limited",
	"overloaded",
	"refused_by_provider",
	"bad_request",
	"server_error",
	"cut",
	"stalled",
	"stopped",
	"truncated",
	"empty",
	/** Answer after answer changed nothing. */
	"looping",
	/** What the request may use is used up. */
	"spent",
]);
export type FailureReason = z.infer<typeof FailureReason>;

export const GenerationEvent = z.discriminatedUnion("type", [
	/** First, always: the exact bytes put on the wire (headers never), for the disclosure. One per HTTP attempt. */
	z.strictObject({ type: z.literal("wire"), destination: z.string(), bodyBase64: z.string(), at: z.number() }),
	z.strictObject({ type: z.literal("text"), text: z.string() }),
	/** A file is being written: path as soon as it is known, then how many characters so far. */
	z.strictObject({ type: z.literal("progress"), path: z.string(), chars: z.number() }),
	z.strictObject({ type: z.literal("op"), op: FileOp }),
	/** A tool call that was not one of ours or did not fit its schema; goes back to the model in a repair round. */
	z.strictObject({ type: z.literal("invalid_op"), message: z.string().max(2000) }),
	z.strictObject({
		type: z.literal("usage"),
		inputTokens: z.number(),
		outputTokens: z.number(),
		inferenceGeo: z.string().nullable(),
	}),
	z.strictObject({ type: z.literal("done") }),
	z.strictObject({ type: z.literal("failed"), reason: FailureReason, retryAfterSeconds: z.number().nullable() }),
]);
export type GenerationEvent = z.infer<typeof GenerationEvent>;
