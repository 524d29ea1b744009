// Bounds one generation: how many requests it may send, how many tokens it may use, and how often a model may answer without
// saying anything new. A loop is paid by the operator, request for request, so it has to end by itself.
import { buildBudget, type GenerationRequest, weighTokens } from "#schema/generation.ts";

const minTokens = 256;
/** Where a provider does not say what an answer used: about this many bytes of JSON or code make one token. */
const bytesPerToken = 3;

interface Answer {
	inputTokens: number;
	outputTokens: number;
}

export type Verdict = { goOn: true; maxTokens: number } | { goOn: false; reason: "looping" | "spent" | "truncated" };

export class Budget {
	#requests = 0;
	#weighed = 0;
	#last: Answer = { inputTokens: 0, outputTokens: 0 };
	#outputLeft: number;
	#stale = 0;
	#isNew = false;
	readonly #seen = new Set<string>();
	readonly #limit: GenerationRequest["budget"];

	constructor({ budget, maxOutputTokens }: Pick<GenerationRequest, "budget" | "maxOutputTokens">) {
		this.#limit = budget;
		this.#outputLeft = maxOutputTokens;
	}

	/** Notes a whole call. Only the first of equal ones counts as something new, wherever the others stand. */
	note(call: string): boolean {
		if (this.#seen.has(call)) return false;
		this.#seen.add(call);
		this.#isNew = true;
		return true;
	}

	/** Closes an answer. `bytes` are what was sent and received, for a provider that does not count tokens. */
	answered(usage: Answer | null, bytes: { sent: number; received: number }): void {
		this.#last = usage ?? {
			inputTokens: Math.ceil(bytes.sent / bytesPerToken),
			outputTokens: Math.ceil(bytes.received / bytesPerToken),
		};
		this.#weighed += weighTokens(this.#last);
		this.#outputLeft -= this.#last.outputTokens;
		this.#stale = this.#isNew ? 0 : this.#stale + 1;
		this.#isNew = false;
	}

	/** Whether another request may leave, and how many tokens its answer may have. */
	next(): Verdict {
		if (this.#stale >= buildBudget.staleAnswers) return { goOn: false, reason: "looping" };
		if (this.#requests >= this.#limit.requests) return { goOn: false, reason: "spent" };
		// the next request repeats everything of the last one and its answer
		const expected = this.#last.inputTokens + this.#last.outputTokens;
		const affordable = Math.floor((this.#limit.tokens - this.#weighed - expected) / 5);
		if (affordable < minTokens) return { goOn: false, reason: "spent" };
		if (this.#outputLeft < minTokens) return { goOn: false, reason: "truncated" };
		this.#requests++;
		return { goOn: true, maxTokens: Math.min(this.#outputLeft, affordable) };
	}
}
