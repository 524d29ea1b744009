// The tools a model is given, and the way from a tool call to a FileOp. The JSON schemas are fixed text: a provider may
// treat schemas as its own system data, outside residency, so nothing of a tenant may ever be in them.
import { FileOp } from "#schema/files.ts";

export interface ToolDefinition {
	name: string;
	description: string;
	schema: { type: "object"; properties: Record<string, unknown>; required: string[]; additionalProperties: false };
}

const text = (description: string) => ({ type: "string", description });
const texts = (description: string) => ({ type: "array", items: { type: "string" }, description });

const tool = (
	name: string,
	description: string,
	properties: Record<string, unknown>,
	required: string[] = Object.keys(properties),
): ToolDefinition => ({
	name,
	description,
	schema: { type: "object", properties, required, additionalProperties: false },
});

const path = text("Relative path of the file, for example components/List.tsx");

export const tools: readonly ToolDefinition[] = [
	tool("write_file", "Creates a file, or replaces a file whole. Always the complete content, never a placeholder.", {
		path,
		content: text("The complete text of the file"),
	}),
	tool(
		"edit_file",
		"Replaces one passage of an existing file. `find` must be copied exactly from the current file and occur exactly once: include enough lines around the change.",
		{ path, find: text("The exact passage to replace"), replace: text("What takes its place; may be empty") },
	),
	tool("delete_file", "Deletes a file that the app no longer needs.", { path }),
	tool(
		"set_app",
		"Sets the app's name and a one-sentence description. Outside hosts and secrets cannot be used yet: naming them here only tells the person what the app would need, so build something that works without them.",
		{
			name: text("A short name, at most 80 characters"),
			description: text("One sentence, at most 400 characters"),
			hosts: texts("Host names the app would need to reach, for the person to read"),
			secrets: texts("Names of secrets the app would need, in CAPITALS_WITH_UNDERSCORES. Never a value."),
		},
		[],
	),
	tool(
		"ask",
		"Asks the person one question and ends the turn. Only when the request cannot be built sensibly without the answer.",
		{ question: text("One clear question"), choices: texts("Up to six short answers to choose from") },
		["question"],
	),
	tool("finish", "Ends the turn. Call it once, after every file is written.", {
		summary: text("Two or three sentences for the person: what was built or changed, and what to try first"),
	}),
];

const kinds: Record<string, FileOp["kind"]> = {
	write_file: "write",
	edit_file: "edit",
	delete_file: "delete",
	set_app: "set_app",
	ask: "ask",
	finish: "finish",
};

export type Read = { ok: true; op: FileOp } | { ok: false; message: string };

/** A tool call, checked. The message is for the model; it names fields and rules and repeats nothing of the input. */
export function readToolCall(name: string, json: string): Read {
	const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
	if (kind === undefined)
		return { ok: false, message: `There is no such tool. Use one of: ${Object.keys(kinds).join(", ")}.` };
	let input: unknown;
	try {
		input = JSON.parse(json === "" ? "{}" : json);
	} catch {
		return {
			ok: false,
			message: `The input of ${name} was not valid JSON. Call it again with a complete JSON object.`,
		};
	}
	if (typeof input !== "object" || input === null || Array.isArray(input))
		return { ok: false, message: `The input of ${name} must be a JSON object.` };
	// Models say null for "not given"; our schemas leave the field out.
	const given = Object.entries(input).filter(([, value]) => value !== null);
	const parsed = FileOp.safeParse({ ...Object.fromEntries(given), kind });
	if (parsed.success) return { ok: true, op: parsed.data };
	return { ok: false, message: `The input of ${name} does not fit: ${complaints(name, parsed.error.issues)}.` };
}

/** Field names are ours (an unknown one is not repeated), and zod's messages are rules, so no input comes back. */
function complaints(name: string, issues: readonly { code: string; path: PropertyKey[]; message: string }[]): string {
	const known = Object.keys(tools.find((candidate) => candidate.name === name)?.schema.properties ?? {});
	return issues
		.slice(0, 5)
		.map((issue) => {
			if (issue.code === "unrecognized_keys") return `only ${known.join(", ")} may be given`;
			const field = String(issue.path[0] ?? "");
			return `${known.includes(field) ? `${field} ` : ""}${issue.message.replace(/^Invalid input: /, "")}`.slice(
				0,
				200,
			);
		})
		.join("; ");
}
