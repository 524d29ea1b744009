// One call of a model, from the gateway's stream of events to file operations. Everything that arrives is validated again here.
import { readLines } from "#lib/lines.ts";
import type { FileOp } from "#schema/files.ts";
import { type FailureReason, GenerationEvent, type GenerationRequest } from "#schema/generation.ts";
import type { GenerationRpc } from "#schema/rpc.ts";

export interface ModelTurn {
	ops: FileOp[];
	/** Tool calls that did not fit; they go back to the model. */
	invalid: string[];
	text: string;
	usage: { inputTokens: number; outputTokens: number };
	/** Null when the answer is complete. */
	failure: { reason: FailureReason; retryAfterSeconds: number | null } | null;
}

export interface TurnWatcher {
	/** The exact bytes as they leave; awaited before anything that follows is read. */
	onWire(wire: Extract<GenerationEvent, { type: "wire" }>): Promise<void>;
	onText(text: string): void;
	onProgress(path: string, chars: number): void;
	onOp(op: FileOp): void;
}

/**
 * The gateway went away in the middle: it ends each answer with `done` or `failed`, so an answer without either says nothing of
 * the provider. A restart or a new deployment does this; the build is taken up again.
 */
export class Interrupted extends Error {
	override readonly name = "Interrupted";
}

export const noTurn = (reason: FailureReason): ModelTurn => ({
	ops: [],
	invalid: [],
	text: "",
	usage: { inputTokens: 0, outputTokens: 0 },
	failure: { reason, retryAfterSeconds: null },
});

/** What is remembered of a model's words; the rest was shown and is not needed. */
const keptTextChars = 20_000;
/** A model can make as many wrong calls as it has tokens; the first ones say enough. */
const keptInvalid = 40;

/** Runs one call to its end or until `signal` aborts, which also ends the provider's request. Throws Interrupted and nothing else. */
export async function runModelTurn(
	gateway: GenerationRpc,
	request: GenerationRequest,
	signal: AbortSignal,
	watcher: TurnWatcher,
): Promise<ModelTurn> {
	const turn: ModelTurn = { ...noTurn("stopped"), failure: null };
	let isEnded = false;
	try {
		const stream = await gateway.generate(request);
		if (!stream.ok) return { ...turn, failure: { reason: "bad_request", retryAfterSeconds: null } };
		for await (const line of readLines(stream.value, signal)) {
			const event = GenerationEvent.safeParse(JSON.parse(line));
			if (!event.success) continue;
			isEnded ||= event.data.type === "done" || event.data.type === "failed";
			await take(event.data, turn, watcher);
		}
	} catch {
		isEnded = false;
	}
	if (signal.aborted) return { ...turn, failure: { reason: "stopped", retryAfterSeconds: null } };
	if (!isEnded) throw new Interrupted();
	return turn;
}

async function take(event: GenerationEvent, turn: ModelTurn, watcher: TurnWatcher): Promise<void> {
	switch (event.type) {
		case "wire":
			await watcher.onWire(event);
			break;
		case "text":
			turn.text = (turn.text + event.text).slice(0, keptTextChars);
			watcher.onText(event.text);
			break;
		case "progress":
			watcher.onProgress(event.path, event.chars);
			break;
		case "op":
			turn.ops.push(event.op);
			watcher.onOp(event.op);
			break;
		case "invalid_op":
			if (turn.invalid.length < keptInvalid) turn.invalid.push(event.message);
			break;
		case "usage":
			turn.usage.inputTokens += event.inputTokens;
			turn.usage.outputTokens += event.outputTokens;
			break;
		case "done":
			turn.failure = null;
			break;
		case "failed":
			turn.failure = { reason: event.reason, retryAfterSeconds: event.retryAfterSeconds };
			break;
	}
}
