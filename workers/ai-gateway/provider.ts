// The port that every provider implements, in the words of this Worker rather than of any one API.
import type { Message } from "./messages.ts";
import type { ToolDefinition } from "./tools.ts";
import type { WireFetch } from "./wire.ts";

/** What one answer of a model is made of, in order. `call` names a tool call within the answer. */
export type AnswerEvent =
	| { type: "text"; text: string }
	| { type: "tool_start"; call: string; name: string }
	| { type: "tool_delta"; call: string; json: string }
	| { type: "tool_end"; call: string }
	| { type: "usage"; inputTokens: number; outputTokens: number; inferenceGeo: string | null }
	/**
	 * `tools`: the model waits for the results of its calls. `paused`: it wants its own words back and goes on. An answer without
	 * an `end` was cut.
	 */
	| { type: "end"; reason: "complete" | "tools" | "paused" | "truncated" | "refused" };

export interface ToolResult {
	call: string;
	text: string;
	isError: boolean;
}

export interface Setup {
	system: string;
	messages: readonly Message[];
	tools: readonly ToolDefinition[];
	fetch: WireFetch;
	signal: AbortSignal;
}

/** One exchange with one model; it keeps what the provider needs to see again. */
export interface Conversation {
	/** One HTTP request, streamed. Throws the SDK's error, or what the connection threw; see failure.ts. */
	answer(maxTokens: number): AsyncIterable<AnswerEvent>;
	/** Adds the answer just read and the results of its tool calls, for the next `answer`. */
	reply(results: readonly ToolResult[]): void;
}

export type Provider = (setup: Setup) => Conversation;
