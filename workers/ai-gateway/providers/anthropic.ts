// Anthropic's Messages API through its own SDK: https://platform.claude.com/docs/en/api/messages
import Anthropic from "@anthropic-ai/sdk";
import type {
	ContentBlockParam,
	MessageParam,
	RawMessageStreamEvent,
	ToolUnion,
} from "@anthropic-ai/sdk/resources/messages";
import type { Content, Message } from "../messages.ts";
import type { AnswerEvent, Conversation, Provider, Setup } from "../provider.ts";
import type { Target } from "../target.ts";
import type { ToolDefinition } from "../tools.ts";

export function makeAnthropic(target: Target): Provider {
	return (setup) => converse(target, setup);
}

function converse(target: Target, setup: Setup): Conversation {
	const client = new Anthropic({
		apiKey: target.apiKey,
		authToken: null,
		baseURL: target.baseUrl,
		fetch: setup.fetch,
		maxRetries: 0,
		// an error text of the provider can quote the request, and the log is no place for it
		logLevel: "off",
		openTelemetry: false,
	});
	const messages = setup.messages.map(toParam);
	let spoken = new Spoken();

	return {
		async *answer(maxTokens) {
			spoken = new Spoken();
			const stream = await client.messages.create(
				{
					model: target.model,
					max_tokens: maxTokens,
					system: setup.system,
					messages,
					stream: true,
					...(setup.tools.length > 0 ? { tools: setup.tools.map((tool) => toTool(tool, target)) } : {}),
					...(target.inferenceGeo === null ? {} : { inference_geo: target.inferenceGeo }),
				},
				{ signal: setup.signal },
			);
			for await (const event of stream) {
				spoken.hear(event);
				yield* toAnswerEvents(event, spoken);
			}
		},
		reply(results) {
			messages.push({ role: "assistant", content: spoken.blocks() });
			// a model that paused gets only its own words back
			if (results.length === 0) return;
			messages.push({
				role: "user",
				content: results.map((result) => ({
					type: "tool_result",
					tool_use_id: spoken.toolId(result.call),
					content: result.text,
					is_error: result.isError,
				})),
			});
		},
	};
}

function* toAnswerEvents(event: RawMessageStreamEvent, spoken: Spoken): Generator<AnswerEvent> {
	switch (event.type) {
		case "content_block_start":
			if (event.content_block.type === "tool_use")
				yield { type: "tool_start", call: String(event.index), name: event.content_block.name };
			else if (event.content_block.type === "text" && event.content_block.text !== "")
				yield { type: "text", text: event.content_block.text };
			return;
		case "content_block_delta":
			if (event.delta.type === "text_delta") yield { type: "text", text: event.delta.text };
			else if (event.delta.type === "input_json_delta")
				yield { type: "tool_delta", call: String(event.index), json: event.delta.partial_json };
			return;
		case "content_block_stop":
			// at the token limit the last call's input is cut off, and cut input must not become a file
			if (!spoken.isTool(event.index)) return;
			// some gateways give the whole input where the block starts, and no piece after it
			for (const json of spoken.takeWholeInput(event.index))
				yield { type: "tool_delta", call: String(event.index), json };
			yield { type: "tool_end", call: String(event.index) };
			return;
		case "message_delta":
			yield {
				type: "usage",
				inputTokens: spoken.inputTokens,
				outputTokens: event.usage.output_tokens,
				inferenceGeo: spoken.inferenceGeo,
			};
			return;
		case "message_stop":
			yield { type: "end", reason: endOf(spoken.stopReason) };
			return;
		case "message_start":
			return;
	}
}

function endOf(stopReason: string | null): Extract<AnswerEvent, { type: "end" }>["reason"] {
	if (stopReason === "tool_use") return "tools";
	if (stopReason === "pause_turn") return "paused";
	if (stopReason === "max_tokens" || stopReason === "model_context_window_exceeded") return "truncated";
	return stopReason === "refusal" ? "refused" : "complete";
}

type Block =
	| { type: "text"; text: string }
	| { type: "thinking"; thinking: string; signature: string }
	| { type: "redacted_thinking"; data: string }
	| { type: "tool_use"; id: string; name: string; json: string };

/** The answer as it must be shown to the model again; thinking goes back with its signature, untouched. */
class Spoken {
	readonly #blocks = new Map<number, Block>();
	readonly #whole = new Map<number, unknown>();
	inputTokens = 0;
	inferenceGeo: string | null = null;
	stopReason: string | null = null;

	hear(event: RawMessageStreamEvent): void {
		switch (event.type) {
			case "message_start": {
				const { usage } = event.message;
				this.inputTokens =
					usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
				this.inferenceGeo = usage.inference_geo ?? null;
				return;
			}
			case "content_block_start": {
				const block = event.content_block;
				if (block.type === "text") this.#blocks.set(event.index, { type: "text", text: block.text });
				else if (block.type === "thinking")
					this.#blocks.set(event.index, { type: "thinking", thinking: block.thinking, signature: block.signature });
				else if (block.type === "redacted_thinking")
					this.#blocks.set(event.index, { type: "redacted_thinking", data: block.data });
				else if (block.type === "tool_use")
					this.#blocks.set(event.index, { type: "tool_use", id: block.id, name: block.name, json: "" });
				if (block.type === "tool_use") this.#whole.set(event.index, block.input);
				return;
			}
			case "content_block_delta": {
				const block = this.#blocks.get(event.index);
				if (event.delta.type === "text_delta" && block?.type === "text") block.text += event.delta.text;
				if (event.delta.type === "thinking_delta" && block?.type === "thinking") block.thinking += event.delta.thinking;
				if (event.delta.type === "signature_delta" && block?.type === "thinking")
					block.signature = event.delta.signature;
				if (event.delta.type === "input_json_delta" && block?.type === "tool_use")
					block.json += event.delta.partial_json;
				return;
			}
			case "message_delta":
				this.stopReason = event.delta.stop_reason;
				return;
			default:
				return;
		}
	}

	isTool(index: number): boolean {
		return this.#blocks.get(index)?.type === "tool_use";
	}

	/** The input that came with the start of a call, when no piece of it followed. */
	takeWholeInput(index: number): string[] {
		const block = this.#blocks.get(index);
		const whole = this.#whole.get(index);
		if (block?.type !== "tool_use" || !/^\s*(\{\s*\})?\s*$/.test(block.json)) return [];
		if (typeof whole === "string") block.json = whole;
		else if (typeof whole === "object" && whole !== null && Object.keys(whole).length > 0)
			block.json = JSON.stringify(whole);
		else return [];
		return [block.json];
	}

	toolId(call: string): string {
		const block = this.#blocks.get(Number(call));
		return block?.type === "tool_use" ? block.id : call;
	}

	blocks(): ContentBlockParam[] {
		return [...this.#blocks.values()].flatMap((block): ContentBlockParam[] => {
			if (block.type === "tool_use")
				return [{ type: "tool_use", id: block.id, name: block.name, input: inputOf(block.json) }];
			// an empty text block is refused with 400
			return block.type === "text" && block.text === "" ? [] : [block];
		});
	}
}

function inputOf(json: string): unknown {
	try {
		const input: unknown = JSON.parse(json);
		return typeof input === "object" && input !== null && !Array.isArray(input) ? input : {};
	} catch {
		return {};
	}
}

function toTool(tool: ToolDefinition, target: Target): ToolUnion {
	return {
		name: tool.name,
		description: tool.description,
		input_schema: tool.schema,
		// without it the API holds back a long `content` until it is whole, and nobody sees the file grow
		...(target.isDirect ? { eager_input_streaming: true } : {}),
	};
}

function toParam(message: Message): MessageParam {
	return { role: message.role, content: message.content.map(toBlock) };
}

function toBlock(content: Content): ContentBlockParam {
	switch (content.type) {
		case "text":
			return { type: "text", text: content.text };
		case "image":
			return { type: "image", source: { type: "base64", media_type: content.mediaType, data: content.base64 } };
		case "pdf":
			return {
				type: "document",
				title: content.name,
				source: { type: "base64", media_type: "application/pdf", data: content.base64 },
			};
	}
}
