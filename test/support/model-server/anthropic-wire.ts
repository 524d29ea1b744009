// A transcript in the words of Anthropic's Messages API: https://platform.claude.com/docs/en/build-with-claude/streaming
import type { Step } from "./transcript.ts";
import { type Chunk, pieces } from "./wire-chunks.ts";

const event = (type: string, data: Record<string, unknown>): Chunk => ({
	send: `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`,
});

export function errorBody(errorType: string): string {
	return JSON.stringify({
		type: "error",
		error: { type: errorType, message: "a played error that quotes: the prompt of the tenant" },
		request_id: "req_011CSHoEeqs5C35K2UUqR7Fy",
	});
}

export function* toChunks(steps: readonly Step[], model: string, inferenceGeo: string | null): Generator<Chunk> {
	yield event("message_start", {
		message: {
			id: "msg_01A09q90qw90lq917835lq9",
			type: "message",
			role: "assistant",
			model,
			content: [],
			stop_reason: null,
			stop_sequence: null,
			usage: {
				input_tokens: 1200,
				cache_creation_input_tokens: 0,
				cache_read_input_tokens: 0,
				output_tokens: 2,
				inference_geo: inferenceGeo,
			},
		},
	});
	yield event("ping", {});
	let index = 0;
	let stopReason = "end_turn";
	for (const step of steps) {
		switch (step.do) {
			case "wait":
				yield { waitMs: step.ms };
				break;
			case "thinking":
				yield event("content_block_start", { index, content_block: { type: "thinking", thinking: "", signature: "" } });
				yield event("content_block_delta", { index, delta: { type: "thinking_delta", thinking: step.text } });
				yield event("content_block_delta", {
					index,
					delta: { type: "signature_delta", signature: "EqQBCgIYAhIM1gbcDa9GJwZA2b3h" },
				});
				yield event("content_block_stop", { index: index++ });
				break;
			case "text":
			case "refuse":
				yield event("content_block_start", { index, content_block: { type: "text", text: "" } });
				for (const text of pieces(step.text))
					yield event("content_block_delta", { index, delta: { type: "text_delta", text } });
				yield event("content_block_stop", { index: index++ });
				if (step.do === "refuse") stopReason = "refusal";
				break;
			case "whole":
				yield event("content_block_start", {
					index,
					content_block: { type: "tool_use", id: `toolu_01whole${index}`, name: step.name, input: step.input },
				});
				yield event("content_block_stop", { index: index++ });
				stopReason = "tool_use";
				break;
			case "pause":
				stopReason = "pause_turn";
				break;
			case "tool":
			case "truncate":
				yield event("content_block_start", {
					index,
					content_block: { type: "tool_use", id: `toolu_01T1x1fJ34qAmk2tNTrN${index}`, name: step.name, input: {} },
				});
				yield event("content_block_delta", { index, delta: { type: "input_json_delta", partial_json: "" } });
				for (const json of pieces("raw" in step ? step.raw : JSON.stringify(step.input)))
					yield event("content_block_delta", { index, delta: { type: "input_json_delta", partial_json: json } });
				yield event("content_block_stop", { index: index++ });
				stopReason = step.do === "truncate" ? "max_tokens" : "tool_use";
				break;
			case "cut":
				yield event("content_block_start", {
					index,
					content_block: { type: "tool_use", id: "toolu_01cut", name: "write_file", input: {} },
				});
				yield event("content_block_delta", {
					index,
					delta: { type: "input_json_delta", partial_json: '{"path": "app.tsx", "cont' },
				});
				yield "cut";
				return;
			case "stall":
				yield "stall";
				return;
			case "error":
				yield event("error", { error: { type: step.type, message: "Overloaded" } });
				return;
		}
	}
	yield event("message_delta", {
		delta: { stop_reason: stopReason, stop_sequence: null },
		usage: { output_tokens: 340 },
	});
	yield event("message_stop", {});
}
