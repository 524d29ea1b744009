// A transcript in the words of OpenAI's Responses API: https://developers.openai.com/api/docs/guides/streaming-responses
import type { Step } from "./transcript.ts";
import { type Chunk, pieces } from "./wire-chunks.ts";

export function errorBody(errorType: string): string {
	return JSON.stringify({
		error: {
			message: "a played error that quotes: the prompt of the tenant",
			type: errorType,
			param: null,
			code: errorType,
		},
	});
}

export function* toChunks(steps: readonly Step[], model: string): Generator<Chunk> {
	let sequence = 0;
	const event = (type: string, data: Record<string, unknown>): Chunk => ({
		send: `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...data })}\n\n`,
	});
	const output: Record<string, unknown>[] = [];
	const response = (status: string, extra: Record<string, unknown> = {}) => ({
		response: {
			id: "resp_67ccd2bed1ec8190b14f964abc054267",
			object: "response",
			created_at: 1_790_000_000,
			status,
			model,
			error: null,
			incomplete_details: null,
			output,
			store: false,
			usage: null,
			...extra,
		},
	});
	const usage = {
		input_tokens: 1200,
		input_tokens_details: { cached_tokens: 0 },
		output_tokens: 340,
		output_tokens_details: { reasoning_tokens: 0 },
		total_tokens: 1540,
	};
	yield event("response.created", response("in_progress"));
	yield event("response.in_progress", response("in_progress"));
	for (const step of steps) {
		const at = output.length;
		switch (step.do) {
			case "wait":
				yield { waitMs: step.ms };
				break;
			case "thinking": {
				const item = { id: `rs_${at}`, type: "reasoning", summary: [], encrypted_content: "gAAAAABpplayed" };
				yield event("response.output_item.added", { output_index: at, item: { ...item, encrypted_content: null } });
				yield event("response.output_item.done", { output_index: at, item });
				output.push(item);
				break;
			}
			case "text":
			case "refuse": {
				const part =
					step.do === "text"
						? { type: "output_text", text: step.text, annotations: [] }
						: { type: "refusal", refusal: step.text };
				const item = { id: `msg_${at}`, type: "message", status: "completed", role: "assistant", content: [part] };
				const name = step.do === "text" ? "response.output_text" : "response.refusal";
				yield event("response.output_item.added", {
					output_index: at,
					item: { ...item, status: "in_progress", content: [] },
				});
				yield event("response.content_part.added", {
					item_id: item.id,
					output_index: at,
					content_index: 0,
					part: { ...part, text: "" },
				});
				for (const delta of pieces(step.text))
					yield event(`${name}.delta`, { item_id: item.id, output_index: at, content_index: 0, delta });
				yield event(`${name}.done`, { item_id: item.id, output_index: at, content_index: 0, text: step.text });
				yield event("response.content_part.done", { item_id: item.id, output_index: at, content_index: 0, part });
				yield event("response.output_item.done", { output_index: at, item });
				output.push(item);
				break;
			}
			// the Responses API has no pause
			case "pause":
				break;
			case "whole": {
				const json = JSON.stringify(step.input);
				const item = {
					id: `fc_${output.length}`,
					type: "function_call",
					call_id: `call_${output.length}`,
					name: step.name,
				};
				// one index for all: calls are told apart by their ids
				yield event("response.output_item.added", {
					output_index: 0,
					item: { ...item, status: "in_progress", arguments: json },
				});
				const done = { ...item, status: "completed", arguments: "" };
				yield event("response.output_item.done", { output_index: 0, item: done });
				output.push(done);
				break;
			}
			case "tool":
			case "truncate": {
				const json = "raw" in step ? step.raw : JSON.stringify(step.input);
				const item = { id: `fc_${at}`, type: "function_call", call_id: `call_${at}`, name: step.name };
				yield event("response.output_item.added", {
					output_index: at,
					item: { ...item, status: "in_progress", arguments: "" },
				});
				for (const delta of pieces(json))
					yield event("response.function_call_arguments.delta", { item_id: item.id, output_index: at, delta });
				yield event("response.function_call_arguments.done", { item_id: item.id, output_index: at, arguments: json });
				const done = { ...item, status: step.do === "truncate" ? "incomplete" : "completed", arguments: json };
				yield event("response.output_item.done", { output_index: at, item: done });
				output.push(done);
				if (step.do === "truncate") {
					yield event(
						"response.incomplete",
						response("incomplete", { incomplete_details: { reason: "max_output_tokens" }, usage }),
					);
					return;
				}
				break;
			}
			case "cut":
				yield event("response.output_item.added", {
					output_index: at,
					item: {
						id: "fc_cut",
						type: "function_call",
						call_id: "call_cut",
						name: "write_file",
						status: "in_progress",
						arguments: "",
					},
				});
				yield event("response.function_call_arguments.delta", {
					item_id: "fc_cut",
					output_index: at,
					delta: '{"path": "app.tsx", "cont',
				});
				yield "cut";
				return;
			case "stall":
				yield "stall";
				return;
			case "error":
				yield event("error", { code: step.type, message: "Overloaded", param: null });
				return;
		}
	}
	yield event("response.completed", response("completed", { usage }));
}
