// Collects the tool calls of one answer while they stream: progress as a file grows, a checked FileOp when a call is whole.
import { limits } from "#schema/files.ts";
import type { GenerationEvent } from "#schema/generation.ts";
import { PartialObject } from "./partial-json.ts";
import type { ToolResult } from "./provider.ts";
import { readToolCall } from "./tools.ts";

interface Open {
	name: string;
	json: string;
	partial: PartialObject;
	reported: number;
}

const progressStep = 400;
/** JSON escapes can make a file six times as long; what is longer still cannot fit the schema. */
const maxInputChars = limits.fileChars * 6;

const recorded = "Recorded. Files are checked when you finish.";
const repeated =
	"You made exactly this call before, so nothing changed. Make the next call, or call finish when every file is written.";

export class ToolCalls {
	readonly #open = new Map<string, Open>();
	#results: ToolResult[] = [];
	/** The model ended its turn by `finish` or `ask`. */
	isFinished = false;
	opCount = 0;

	start(call: string, name: string): void {
		this.#open.set(call, { name, json: "", partial: new PartialObject(), reported: -1 });
	}

	delta(call: string, piece: string): GenerationEvent[] {
		const open = this.#open.get(call);
		if (open === undefined || open.json.length > maxInputChars) return [];
		open.json += piece;
		if (open.name !== "write_file") return [];
		open.partial.feed(piece);
		const path = open.partial.text("path");
		const chars = open.partial.chars("content");
		if (path === undefined || path === "" || (open.reported >= 0 && chars - open.reported < progressStep)) return [];
		open.reported = chars;
		return [{ type: "progress", path, chars }];
	}

	/** Closes a call. One that was made before is not an error, and not news: the model is told so and nothing happens. */
	end(call: string, seen: { note(call: string): boolean }): GenerationEvent[] {
		const open = this.#open.get(call);
		if (open === undefined) return [];
		this.#open.delete(call);
		const read = readToolCall(open.name, open.json);
		if (!read.ok) {
			this.#results.push({ call, text: read.message, isError: true });
			return [{ type: "invalid_op", message: read.message }];
		}
		this.opCount++;
		const isNew = seen.note(JSON.stringify(read.op));
		if (read.op.kind === "finish" || read.op.kind === "ask") this.isFinished = true;
		this.#results.push({ call, text: isNew ? recorded : repeated, isError: false });
		return [{ type: "op", op: read.op }];
	}

	/** The results to send back; the next answer starts empty. Calls that never ended are dropped. */
	takeResults(): ToolResult[] {
		const results = this.#results;
		this.#results = [];
		this.#open.clear();
		return results;
	}
}
