// OpenAI's Responses API through its own SDK. Chat Completions would be wrong here: the current models call tools only
// through Responses (https://developers.openai.com/api/docs/guides/latest-model), and it is the SDK's primary interface.
import OpenAI from "openai";
import type {
	FunctionTool,
	ResponseInputContent,
	ResponseInputItem,
	ResponseOutputItem,
	ResponseStreamEvent,
} from "openai/resources/responses/responses";
import { StreamFailure } from "../failure.ts";
import type { Content, Message } from "../messages.ts";
import type { AnswerEvent, Conversation, Provider, Setup } from "../provider.ts";
import type { Target } from "../target.ts";
import type { ToolDefinition } from "../tools.ts";

export function makeOpenAi(target: Target): Provider {
	return (setup) => converse(target, setup);
}

function converse(target: Target, setup: Setup): Conversation {
	const client = new OpenAI({
		apiKey: target.apiKey,
		organization: null,
		project: null,
		baseURL: target.baseUrl,
		fetch: setup.fetch,
		maxRetries: 0,
		logLevel: "off",
	});
	const input: ResponseInputItem[] = setup.messages.map(toItem);
	let heard = new Heard();

	return {
		async *answer(maxTokens) {
			heard = new Heard();
			const stream = await client.responses.create(
				{
					model: target.model,
					instructions: setup.system,
					input,
					max_output_tokens: maxTokens,
					// nothing is kept at OpenAI for later; the conversation lives here, for the length of one build
					store: false,
					stream: true,
					...(setup.tools.length > 0 ? { tools: setup.tools.map(toTool), parallel_tool_calls: true } : {}),
					// without storage a reasoning model's thoughts can only come back to it encrypted
					...(reasons(target.model) ? { include: ["reasoning.encrypted_content" as const] } : {}),
				},
				{ signal: setup.signal },
			);
			for await (const event of stream) yield* toAnswerEvents(event, heard);
		},
		reply(results) {
			input.push(...heard.items());
			for (const result of results)
				input.push({ type: "function_call_output", call_id: heard.callId(result.call), output: result.text });
		},
	};
}

const reasons = (model: string) => /^(gpt-[5-9]|o\d)/.test(model);

function* toAnswerEvents(event: ResponseStreamEvent, heard: Heard): Generator<AnswerEvent> {
	switch (event.type) {
		case "response.output_text.delta":
			yield { type: "text", text: event.delta };
			return;
		case "response.refusal.delta":
			heard.isRefused = true;
			return;
		case "response.output_item.added":
			if (event.item.type === "function_call")
				yield { type: "tool_start", call: heard.open(event), name: event.item.name };
			return;
		case "response.function_call_arguments.delta": {
			const call = heard.keyOf(event.item_id, event.output_index);
			heard.streamed.add(call);
			yield { type: "tool_delta", call, json: event.delta };
			return;
		}
		case "response.output_item.done": {
			const call = heard.keyOf(event.item.id, event.output_index);
			// `incomplete`: the token limit cut the call's input off
			if (event.item.type !== "function_call" || event.item.status === "incomplete") {
				heard.done.set(call, event.item);
				return;
			}
			// some compatible servers send the arguments only here, others only where the call began
			const json = event.item.arguments || (heard.begun.get(call) ?? "");
			heard.done.set(call, event.item.arguments ? event.item : { ...event.item, arguments: json || "{}" });
			if (!heard.streamed.has(call)) yield { type: "tool_delta", call, json };
			yield { type: "tool_end", call };
			return;
		}
		case "response.completed":
		case "response.incomplete": {
			const { usage, incomplete_details: details } = event.response;
			if (usage)
				yield { type: "usage", inputTokens: usage.input_tokens, outputTokens: usage.output_tokens, inferenceGeo: null };
			yield { type: "end", reason: endOf(event.type, details?.reason, heard) };
			return;
		}
		case "response.failed":
			throw new StreamFailure(event.response.error?.code ?? null);
		case "error":
			throw new StreamFailure(event.code);
		default:
			return;
	}
}

function endOf(
	type: string,
	reason: string | undefined,
	heard: Heard,
): Extract<AnswerEvent, { type: "end" }>["reason"] {
	if (heard.isRefused || reason === "content_filter") return "refused";
	if (type === "response.incomplete") return "truncated";
	return [...heard.done.values()].some((item) => item.type === "function_call") ? "tools" : "complete";
}

/** What the model said in one answer, to be shown to it again. */
class Heard {
	/** By the item's own id: some servers use one `output_index` for several items. */
	readonly done = new Map<string, ResponseOutputItem>();
	readonly streamed = new Set<string>();
	/** Arguments that came with the start of a call. */
	readonly begun = new Map<string, string>();
	isRefused = false;

	keyOf(itemId: string | undefined, outputIndex: number): string {
		return itemId || `#${outputIndex}`;
	}

	open({ item, output_index }: Extract<ResponseStreamEvent, { type: "response.output_item.added" }>): string {
		const call = this.keyOf(item.id, output_index);
		if (item.type === "function_call" && item.arguments) this.begun.set(call, item.arguments);
		return call;
	}

	callId(call: string): string {
		const item = this.done.get(call);
		return item?.type === "function_call" ? item.call_id : call;
	}

	/** Ids are left out: they name stored items, and nothing is stored. */
	items(): ResponseInputItem[] {
		return [...this.done.values()].flatMap((item): ResponseInputItem[] => {
			if (item.type === "function_call")
				return [{ type: "function_call", call_id: item.call_id, name: item.name, arguments: item.arguments }];
			if (item.type === "reasoning" && item.encrypted_content)
				return [{ type: "reasoning", id: item.id, summary: item.summary, encrypted_content: item.encrypted_content }];
			if (item.type === "message") {
				const text = item.content.map((part) => (part.type === "output_text" ? part.text : "")).join("");
				return text === "" ? [] : [{ role: "assistant", content: text }];
			}
			return [];
		});
	}
}

function toTool(tool: ToolDefinition): FunctionTool {
	// `strict` would force every optional field to be given; the answer is checked here anyway
	return { type: "function", name: tool.name, description: tool.description, parameters: tool.schema, strict: false };
}

function toItem(message: Message): ResponseInputItem {
	if (message.role === "assistant") {
		return {
			role: "assistant",
			content: message.content.map((part) => (part.type === "text" ? part.text : "")).join("\n\n"),
		};
	}
	return { role: "user", content: message.content.map(toPart) };
}

function toPart(content: Content): ResponseInputContent {
	switch (content.type) {
		case "text":
			return { type: "input_text", text: content.text };
		case "image":
			return { type: "input_image", detail: "auto", image_url: `data:${content.mediaType};base64,${content.base64}` };
		case "pdf":
			return { type: "input_file", filename: content.name, file_data: `data:application/pdf;base64,${content.base64}` };
	}
}
