// The API of a workspace: credits, models and approvals, prompt history.
import { z } from "zod";
import { Offer } from "../generation.ts";

export const Plan = z.enum(["free", "pro", "studio"]);
export type Plan = z.infer<typeof Plan>;

export const LedgerEntry = z.strictObject({
	id: z.string(),
	kind: z.enum(["reserve", "settle", "refund", "grant", "plan"]),
	delta: z.number(),
	buildId: z.string().nullable(),
	note: z.string(),
	at: z.number(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
export const Credits = z.strictObject({
	plan: Plan,
	balance: z.number(),
	entries: z.array(LedgerEntry),
	next: z.string().nullable(),
});
export type Credits = z.infer<typeof Credits>;

/** An administrator's recorded approval of one destination outside the region. */
export const Approval = z.strictObject({
	id: z.string(),
	provider: z.string(),
	destination: z.string(),
	approvedBy: z.string(),
	/** Empty when the account is gone. */
	approverName: z.string(),
	at: z.number(),
	revokedAt: z.number().nullable(),
});
export type Approval = z.infer<typeof Approval>;

export const ModelChoice = z.strictObject({
	...Offer.shape,
	isInRegion: z.boolean(),
	/** In the region, or approved. */
	isAllowed: z.boolean(),
	creditsPerBuild: z.number(),
});
export type ModelChoice = z.infer<typeof ModelChoice>;
export const Models = z.strictObject({
	defaultOfferId: z.string(),
	choices: z.array(ModelChoice),
	/** The approvals that count now. */
	inForce: z.array(Approval),
	/** The record, withdrawn ones too, newest first; `next` leads to older ones. */
	approvals: z.array(Approval),
	next: z.string().nullable(),
	/** What an approval would let out, in plain words, shown before it is given. */
	wouldSend: z.array(z.string()),
});
export type Models = z.infer<typeof Models>;
export const Approve = z.strictObject({
	offerId: z.string().max(200),
	destination: z.string().max(300),
	confirmed: z.literal(true),
});

export const HistoryEntry = z.strictObject({
	buildId: z.string(),
	appId: z.string(),
	appName: z.string(),
	prompt: z.string(),
	state: z.string(),
	at: z.number(),
	/** Who asked: null for oneself, empty when the account is gone. */
	by: z.string().nullable(),
	/** Whose workspace the app is in: null for one's own. There only its owner can delete the prompt. */
	workspaceOf: z.string().nullable(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** One command of the operator. `action` and `subject` are codes, ids and numbers, never text of a person. */
export const OperatorAction = z.strictObject({
	id: z.string(),
	at: z.number(),
	action: z.string(),
	subject: z.string(),
});
export type OperatorAction = z.infer<typeof OperatorAction>;
