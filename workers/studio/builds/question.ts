// A model's question, as one message of the conversation holds it: text and choices apart, so that a question which has a list in
// it stays a question. Messages from before choices were kept apart are plain text, with the choices as "- " lines.
import { z } from "zod";

export const Question = z.strictObject({ question: z.string(), choices: z.array(z.string()) });
export type Question = z.infer<typeof Question>;

export const writeQuestion = (question: Question): string => JSON.stringify(question);

/** Never throws: what is not in the newer form is an older message. */
export function readQuestion(body: string): Question {
	if (body.startsWith('{"question":')) {
		const parsed = Question.safeParse(safeJson(body));
		if (parsed.success) return parsed.data;
	}
	const lines = body.split("\n");
	const firstChoice = lines.length - [...lines].reverse().findIndex((line) => !line.startsWith("- "));
	return {
		question: lines.slice(0, firstChoice).join("\n"),
		choices: lines.slice(firstChoice).map((line) => line.slice(2)),
	};
}

/** As a person or a model reads it in a conversation. */
export function questionInWords(body: string): string {
	const { question, choices } = readQuestion(body);
	return choices.length === 0 ? question : `${question}\n(${choices.join(" / ")})`;
}

function safeJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
