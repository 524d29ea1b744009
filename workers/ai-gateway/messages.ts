// From typed parts to the turns of a conversation. What a person attached is fenced and named as data.
import type { DataClass, Part } from "#schema/generation.ts";

export type Content =
	| { type: "text"; text: string }
	| { type: "image"; mediaType: "image/png" | "image/jpeg" | "image/webp" | "image/gif"; base64: string }
	| { type: "pdf"; name: string; base64: string };

export interface Message {
	role: "user" | "assistant";
	content: Content[];
}

/** Parts that may hold text by strangers (a CSV cell, an error message): shown to the model as data, never as its orders. */
const isData: Record<DataClass, boolean> = {
	prompt: false,
	conversation: false,
	app_metadata: true,
	files: true,
	references: true,
	schema: true,
	samples: true,
	runtime_errors: true,
};

/**
 * Neighbouring parts of one role become one message. `fence` is random per request, so that text inside a part cannot
 * close its own fence and speak as the person.
 */
export function toMessages(parts: readonly Part[], fence: string): Message[] {
	const messages: Message[] = [];
	for (const part of parts) {
		const role = part.type === "text" ? part.role : "user";
		const last = messages.at(-1);
		const content = toContent(part, fence);
		if (last?.role === role) last.content.push(content);
		else messages.push({ role, content: [content] });
	}
	// Both APIs want the first and the last word to be the person's.
	if (messages[0]?.role === "assistant") messages.unshift(say("The conversation so far follows."));
	if (messages.at(-1)?.role === "assistant") messages.push(say("Please go on."));
	return messages;
}

const say = (text: string): Message => ({ role: "user", content: [{ type: "text", text }] });

function toContent(part: Part, fence: string): Content {
	switch (part.type) {
		case "image":
			return { type: "image", mediaType: part.mediaType, base64: part.base64 };
		case "pdf":
			return { type: "pdf", name: part.name, base64: part.base64 };
		case "text":
			return {
				type: "text",
				text: isData[part.dataClass]
					? `<data kind="${part.dataClass}" fence="${fence}">\n${part.text}\n</data fence="${fence}">`
					: part.text,
			};
	}
}
