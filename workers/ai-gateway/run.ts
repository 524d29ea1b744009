// One generation from beginning to end: answers and tool results in turn until the model finishes, and exactly one last
// event, `done` or `failed`, whatever happens.
import type { FailureReason, GenerationEvent, GenerationRequest } from "#schema/generation.ts";
import { Budget } from "./budget.ts";
import { type Failure, toFailure } from "./failure.ts";
import { toMessages } from "./messages.ts";
import { systemPrompt } from "./prompt.ts";
import type { AnswerEvent, Conversation, Provider } from "./provider.ts";
import { StallWatch } from "./stall-watch.ts";
import type { Target } from "./target.ts";
import { TextOps } from "./text-ops.ts";
import { ToolCalls } from "./tool-calls.ts";
import { tools } from "./tools.ts";
import { makeWireFetch, type WireStop } from "./wire.ts";

export interface Run {
	target: Target;
	provider: Provider;
	request: GenerationRequest;
	ownKeys: readonly string[];
	stallSeconds: number;
	answerSeconds: number;
	/** Resolves when the reader has taken the event; rejects when nobody reads any more. */
	emit(event: GenerationEvent): Promise<void>;
	/** Aborted when the reader went away. */
	signal: AbortSignal;
	now(): number;
	random(): string;
}

export async function runGeneration(run: Run): Promise<void> {
	const aborter = new AbortController();
	let stop: FailureReason | null = null;
	let hasResponse = false;
	const end = (reason: FailureReason) => {
		stop ??= reason;
		aborter.abort();
	};
	run.signal.addEventListener("abort", () => end("stopped"), { once: true });
	const watch = new StallWatch(run.stallSeconds, run.answerSeconds, () => end("stalled"));
	const emit = async (event: GenerationEvent) => {
		// a slow reader is not a stalled provider
		watch.pause();
		try {
			await run.emit(event);
		} catch {
			end("stopped");
			throw new TypeError("nobody reads");
		} finally {
			watch.resume();
		}
	};
	const usage = new Usage();
	const calls = new ToolCalls();
	const budget = new Budget(run.request);
	const meter: Meter = { sent: 0, received: 0 };
	const fetch = makeWireFetch({
		destination: run.target.destination,
		ownKeys: run.ownKeys,
		signal: aborter.signal,
		onSend: (body) => {
			meter.sent = body.bodyBase64.length * 0.75;
			meter.received = 0;
			return emit({ type: "wire", ...body, at: run.now() });
		},
		onStop: (reason) => end(reasonOf(reason)),
		onBytes: (count) => {
			meter.received += count;
			watch.touch();
		},
		onResponse: () => {
			hasResponse = true;
		},
	});

	let failure: Failure | null;
	try {
		const conversation = run.provider({
			system: systemPrompt(run.target.hasTools),
			messages: toMessages(run.request.parts, run.random()),
			tools: run.target.hasTools ? tools : [],
			fetch,
			signal: aborter.signal,
		});
		const reason = run.target.hasTools
			? await answerWithTools(conversation, budget, calls, usage, meter, emit, () => {
					hasResponse = false;
				})
			: await answerInText(conversation, budget, usage, emit);
		failure = reason === null ? null : { reason, retryAfterSeconds: null };
	} catch (error) {
		failure = toFailure(error, hasResponse);
	} finally {
		watch.end();
	}
	// Our own ending explains better than the error that it caused.
	if (stop !== null) failure = { reason: stop, retryAfterSeconds: null };
	if (usage.isKnown) await run.emit({ type: "usage", ...usage.total() }).catch(() => undefined);
	await run.emit(failure === null ? { type: "done" } : { type: "failed", ...failure }).catch(() => undefined);
	aborter.abort();
}

type Emit = (event: GenerationEvent) => Promise<void>;

interface Meter {
	/** Bytes of the request that was sent last, and of what came back since. */
	sent: number;
	received: number;
}

/** A model stops after its tool calls to see their results; without a `finish` or `ask` it has more to do. */
async function answerWithTools(
	conversation: Conversation,
	budget: Budget,
	calls: ToolCalls,
	usage: Usage,
	meter: Meter,
	emit: Emit,
	onNextRequest: () => void,
): Promise<FailureReason | null> {
	let hasText = false;
	for (;;) {
		const verdict = budget.next();
		if (!verdict.goOn) return verdict.reason;
		const answer = new AnswerReader(usage);
		for await (const event of conversation.answer(verdict.maxTokens)) {
			answer.read(event);
			if (event.type === "tool_start") calls.start(event.call, event.name);
			else if (event.type === "tool_delta") for (const seen of calls.delta(event.call, event.json)) await emit(seen);
			else if (event.type === "tool_end") answer.ended.push(event.call);
			else if (event.type === "text" && event.text !== "") {
				hasText ||= event.text.trim() !== "";
				await emit({ type: "text", text: event.text });
			}
			// A call counts when the next thing begins or the answer ends well: at the token limit the last one may be cut.
			const isNext = event.type === "tool_start" || event.type === "text";
			const isSure = isNext || (event.type === "end" && event.reason !== "truncated");
			for (const call of isSure ? answer.ended.splice(0) : [])
				for (const seen of calls.end(call, budget)) await emit(seen);
		}
		budget.answered(answer.usage, meter);
		if (answer.end === null) return "cut";
		if (answer.end === "refused") return "refused_by_provider";
		if (answer.end === "truncated") return "truncated";
		const results = calls.takeResults();
		const isPaused = answer.end === "paused";
		if (calls.isFinished || answer.end === "complete" || (results.length === 0 && !isPaused))
			return calls.opCount === 0 && !hasText && results.length === 0 ? "empty" : null;
		conversation.reply(results);
		onNextRequest();
	}
}

async function answerInText(
	conversation: Conversation,
	budget: Budget,
	usage: Usage,
	emit: Emit,
): Promise<FailureReason | null> {
	const verdict = budget.next();
	if (!verdict.goOn) return verdict.reason;
	const answer = new AnswerReader(usage);
	const ops = new TextOps();
	let isEmpty = true;
	for await (const event of conversation.answer(verdict.maxTokens)) {
		answer.read(event);
		if (event.type !== "text") continue;
		isEmpty &&= event.text.trim() === "";
		for (const seen of ops.feed(event.text)) await emit(seen);
	}
	if (answer.end === null) return "cut";
	if (answer.end === "refused") return "refused_by_provider";
	if (answer.end === "truncated") return "truncated";
	for (const seen of ops.end()) await emit(seen);
	return isEmpty ? "empty" : null;
}

/** Keeps count of one answer; `usage` events of one answer replace each other, answers add up. */
class AnswerReader {
	end: Extract<AnswerEvent, { type: "end" }>["reason"] | null = null;
	usage: { inputTokens: number; outputTokens: number } | null = null;
	readonly ended: string[] = [];
	readonly #usage: Usage;
	readonly #key = {};

	constructor(usage: Usage) {
		this.#usage = usage;
	}

	read(event: AnswerEvent): void {
		if (event.type === "end") this.end = event.reason;
		if (event.type !== "usage") return;
		// a server that counts nothing says zero
		this.usage = event.inputTokens + event.outputTokens > 0 ? event : null;
		this.#usage.set(this.#key, event);
	}
}

class Usage {
	readonly #answers = new Map<object, { inputTokens: number; outputTokens: number; inferenceGeo: string | null }>();

	get isKnown(): boolean {
		return this.#answers.size > 0;
	}

	set(key: object, { inputTokens, outputTokens, inferenceGeo }: Extract<AnswerEvent, { type: "usage" }>): void {
		this.#answers.set(key, { inputTokens, outputTokens, inferenceGeo });
	}

	total(): { inputTokens: number; outputTokens: number; inferenceGeo: string | null } {
		const all = [...this.#answers.values()];
		const geos = [...new Set(all.flatMap((one) => (one.inferenceGeo === null ? [] : [one.inferenceGeo])))];
		return {
			inputTokens: all.reduce((sum, one) => sum + one.inputTokens, 0),
			outputTokens: all.reduce((sum, one) => sum + one.outputTokens, 0),
			inferenceGeo: geos.length === 0 ? null : geos.join(","),
		};
	}
}

function reasonOf(stop: WireStop): FailureReason {
	switch (stop) {
		case "credential":
		case "oversize":
			return "bad_request";
		case "flooded":
			return "truncated";
	}
}
