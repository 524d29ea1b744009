// What a model is given for a build: typed parts, each of one data class, in a fixed order. Nothing else can reach the gateway.
import type { AppFile } from "#schema/files.ts";
import type { Offer, Part } from "#schema/generation.ts";
import type { ReferencePart } from "../references/reference.ts";
import { admitParts, type Policy } from "./policy.ts";

export interface RequestInput {
	app: { name: string; description: string };
	prompt: string;
	/** Earlier turns, oldest first. */
	conversation: readonly { role: "user" | "assistant"; text: string }[];
	files: readonly AppFile[];
	/** Text for a model, made by the reader of references: a table gives header, types and counts, never rows. */
	references: readonly ReferencePart[];
	/** Reports that the person chose to send. */
	runtimeErrors: readonly string[];
}

const conversationChars = 24_000;
const filesChars = 1_500_000;

const text = (dataClass: Part["dataClass"], words: string, role: "user" | "assistant" = "user"): Part => ({
	type: "text",
	dataClass,
	role,
	text: words,
});

/** The parts of a first call, as far as the policy admits them. */
export function composeRequest(policy: Policy, offer: Offer, input: RequestInput): Part[] {
	const parts: Part[] = recentTurns(input.conversation).map((turn) => text("conversation", turn.text, turn.role));
	if (input.app.name) parts.push(text("app_metadata", `App: ${input.app.name}\n${input.app.description}`.trim()));
	if (input.files.length > 0) parts.push(text("files", describeFiles(input.files)));
	for (const reference of input.references) parts.push(describeReference(reference, offer));
	for (const report of input.runtimeErrors) parts.push(text("runtime_errors", report));
	parts.push(text("prompt", input.prompt));
	return admitParts(policy, parts);
}

/** The parts added for a repair: what the model made, and what the gate says of it. */
export function composeRepair(policy: Policy, made: readonly AppFile[], problems: readonly string[]): Part[] {
	return admitParts(policy, [
		text("conversation", "I changed the files as you see them now.", "assistant"),
		text("files", describeFiles(made)),
		text(
			"prompt",
			`These problems must be solved before the app can run. Change only what they need.\n\n${problems.join("\n")}`,
		),
	]);
}

// newest turns are kept; a long conversation must not crowd out the files
function recentTurns(turns: RequestInput["conversation"]): RequestInput["conversation"] {
	let room = conversationChars;
	const kept: { role: "user" | "assistant"; text: string }[] = [];
	for (const turn of [...turns].reverse()) {
		room -= turn.text.length;
		if (room < 0) break;
		kept.unshift(turn);
	}
	return kept;
}

function describeFiles(files: readonly AppFile[]): string {
	let room = filesChars;
	return files
		.map((file) => {
			if (file.encoding === "base64") return `--- ${file.path} (binary)`;
			room -= file.content.length;
			return room < 0 ? `--- ${file.path} (left out: too large)` : `--- ${file.path}\n${file.content}`;
		})
		.join("\n");
}

function describeReference(reference: ReferencePart, offer: Offer): Part {
	switch (reference.kind) {
		case "table":
			return text("schema", `Attached table ${reference.name}:\n${reference.text}`);
		case "text":
			return text("references", `Attached file ${reference.name}:\n${reference.text}`);
		case "pdf":
			return { type: "pdf", dataClass: "references", name: reference.name, base64: reference.base64 };
		case "image":
			if ((reference.base64.length / 4) * 3 > offer.maxImageBytes) {
				return text("references", `An image ${reference.name} was attached but is too large to show.`);
			}
			return { type: "image", dataClass: "references", mediaType: reference.mediaType, base64: reference.base64 };
	}
}
