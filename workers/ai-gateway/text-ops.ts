// Models without tools answer in blocks: fenced files and search/replace passages. Read line by line into the same FileOps.
import { FileOp } from "#schema/files.ts";
import type { GenerationEvent } from "#schema/generation.ts";

type State =
	| { in: "text" }
	/** after a `### write` line, before its fence */
	| { in: "fence"; path: string }
	| { in: "file"; path: string; fence: string; lines: string[]; chars: number; reported: number }
	| { in: "edit"; path: string }
	| { in: "search"; path: string; find: string[] }
	| { in: "replace"; path: string; find: string[]; replace: string[] }
	/** a question or summary that may run over several lines */
	| { in: "words"; kind: "ask" | "finish"; lines: string[] };

const heading = /^#{2,4} (write|edit|delete|set_app|ask|finish)\b[ \t]*(.*)$/;
const progressStep = 400;

export class TextOps {
	#state: State = { in: "text" };
	#rest = "";

	feed(text: string): GenerationEvent[] {
		const lines = (this.#rest + text).split("\n");
		this.#rest = lines.pop() ?? "";
		return lines.flatMap((line) => this.#line(line.replace(/\r$/, "")));
	}

	/** The answer is whole. A block that is still open was not finished by the model. */
	end(): GenerationEvent[] {
		const events = this.#rest === "" ? [] : this.#line(this.#rest);
		this.#rest = "";
		return [...events, ...this.#close()];
	}

	#line(line: string): GenerationEvent[] {
		const state = this.#state;
		switch (state.in) {
			case "file":
				return this.#fileLine(state, line);
			case "search":
				if (/^={7}$/.test(line)) this.#state = { in: "replace", path: state.path, find: state.find, replace: [] };
				else state.find.push(line);
				return [];
			case "replace":
				if (!/^>{7}/.test(line)) {
					state.replace.push(line);
					return [];
				}
				// several passages of one file may follow each other
				this.#state = { in: "edit", path: state.path };
				return check({
					kind: "edit",
					path: state.path,
					find: state.find.join("\n"),
					replace: state.replace.join("\n"),
				});
			case "fence": {
				const fence = /^(`{3,}|~{3,})/.exec(line)?.[1];
				if (fence === undefined) break;
				this.#state = { in: "file", path: state.path, fence, lines: [], chars: 0, reported: 0 };
				return [{ type: "progress", path: state.path, chars: 0 }];
			}
			case "edit":
				if (!/^<{7}/.test(line)) break;
				this.#state = { in: "search", path: state.path, find: [] };
				return [];
			default:
				break;
		}
		const found = heading.exec(line);
		if (found) return [...this.#close(), ...this.#open(found[1] ?? "", (found[2] ?? "").trim())];
		if (state.in === "words") state.lines.push(line);
		else if (state.in === "text" && line.trim() !== "") return [{ type: "text", text: `${line}\n` }];
		return [];
	}

	#fileLine(state: Extract<State, { in: "file" }>, line: string): GenerationEvent[] {
		if (line.startsWith(state.fence) && line.slice(state.fence.length).trim() === "") {
			this.#state = { in: "text" };
			return check({ kind: "write", path: state.path, content: `${state.lines.join("\n")}\n` });
		}
		state.lines.push(line);
		state.chars += line.length + 1;
		if (state.chars - state.reported < progressStep) return [];
		state.reported = state.chars;
		return [{ type: "progress", path: state.path, chars: state.chars }];
	}

	#open(kind: string, rest: string): GenerationEvent[] {
		const path = rest.replace(/^[`"']|[`"']$/g, "");
		switch (kind) {
			case "write":
				this.#state = { in: "fence", path };
				return [];
			case "edit":
				this.#state = { in: "edit", path };
				return [];
			case "delete":
				return check({ kind: "delete", path });
			case "set_app":
				return setApp(rest);
			case "ask":
			case "finish":
				this.#state = { in: "words", kind, lines: [rest] };
				return [];
			default:
				return [];
		}
	}

	#close(): GenerationEvent[] {
		const state = this.#state;
		this.#state = { in: "text" };
		switch (state.in) {
			case "words": {
				const words = state.lines.join("\n").trim();
				return check(
					state.kind === "ask" ? { kind: "ask", question: words } : { kind: "finish", summary: words.slice(0, 2000) },
				);
			}
			case "fence":
			case "file":
				return [
					{ type: "invalid_op", message: "A write block has no complete fenced text. Write the whole file again." },
				];
			case "search":
			case "replace":
				return [
					{ type: "invalid_op", message: "An edit block is not complete. It needs SEARCH, ======= and REPLACE." },
				];
			default:
				return [];
		}
	}
}

function setApp(json: string): GenerationEvent[] {
	try {
		const value: unknown = JSON.parse(json);
		if (typeof value === "object" && value !== null) return check({ ...value, kind: "set_app" });
	} catch {
		// said below
	}
	return [{ type: "invalid_op", message: "set_app must be followed by one JSON object on the same line." }];
}

function check(op: unknown): GenerationEvent[] {
	const parsed = FileOp.safeParse(op);
	if (parsed.success) return [{ type: "op", op: parsed.data }];
	const rules = parsed.error.issues.slice(0, 5).map((issue) => issue.message);
	return [{ type: "invalid_op", message: `A block does not fit: ${rules.join("; ")}.`.slice(0, 2000) }];
}
