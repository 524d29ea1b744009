// What a person watching a build receives, as server-sent events (WHATWG HTML §9.2). The id of each event is its sequence number.
import { z } from "zod";

export const BuildState = z.enum(["queued", "running", "asking", "done", "failed", "stopped"]);
export type BuildState = z.infer<typeof BuildState>;

export const BuildFailure = z.enum([
	"no_credits",
	"model_unauthorized",
	"model_rate_limited",
	"model_overloaded",
	"model_unavailable",
	"model_refused",
	"model_stalled",
	"model_cut",
	"model_looping",
	"model_spent",
	"approval_required",
	"policy_unreadable",
	"gate_failed",
	"nothing_made",
	"timed_out",
	"crashed",
	"too_large",
]);
export type BuildFailure = z.infer<typeof BuildFailure>;

/** Where a build stands. What a person reads for it is in ui/words/builder.ts. */
export const BuildStep = z.enum([
	"queued",
	"reading",
	"thinking",
	"composing",
	"checking",
	"repairing",
	"waiting",
	"asking",
	"done",
	"failed",
	"stopped",
]);
export type BuildStep = z.infer<typeof BuildStep>;

export const BuildEvent = z.discriminatedUnion("type", [
	/** The whole picture: sent first to a watcher whose Last-Event-ID is unknown or missing. */
	z.strictObject({
		type: z.literal("snapshot"),
		buildId: z.string(),
		state: BuildState,
		step: BuildStep,
		text: z.string(),
		files: z.array(
			z.strictObject({ path: z.string(), chars: z.number(), state: z.enum(["writing", "written", "deleted"]) }),
		),
		question: z.strictObject({ text: z.string(), choices: z.array(z.string()) }).nullable(),
		failure: BuildFailure.nullable(),
		/** What a person reads of the failure, while it is known. */
		failureMessage: z.string().nullable(),
		versionId: z.string().nullable(),
		summary: z.string(),
	}),
	z.strictObject({ type: z.literal("state"), state: BuildState, step: BuildStep }),
	z.strictObject({ type: z.literal("text"), text: z.string() }),
	z.strictObject({
		type: z.literal("file"),
		path: z.string(),
		chars: z.number(),
		state: z.enum(["writing", "written", "deleted"]),
	}),
	z.strictObject({ type: z.literal("question"), text: z.string(), choices: z.array(z.string()) }),
	z.strictObject({ type: z.literal("version"), versionId: z.string(), number: z.number(), summary: z.string() }),
	z.strictObject({ type: z.literal("failed"), failure: BuildFailure, message: z.string() }),
	z.strictObject({ type: z.literal("end"), state: BuildState }),
]);
export type BuildEvent = z.infer<typeof BuildEvent>;
