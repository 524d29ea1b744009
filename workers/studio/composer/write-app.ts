// From a description to files. The code of a composed app is always the same, and reads everything that came from a person from
// `freehold.app.json`: so nothing a prompt or a column is called can become code.
import type { AppFile, FileOp } from "#schema/files.ts";
import { type AppSpec, specPath } from "./spec.ts";
import { templateFiles } from "./template-files.ts";

/** The words of an app stand in one file; it gets those of its language. */
const wordsOf: Record<string, string> = { de: "words.de.ts" };

function filesFor(language: string | undefined): Record<string, string> {
	const { "words.de.ts": _german, ...files } = templateFiles;
	const words = templateFiles[wordsOf[language ?? ""] ?? "words.ts"];
	return words === undefined ? files : { ...files, "words.ts": words };
}

/** All files of a new app. */
export function writeApp(spec: AppSpec, extras: { seed?: FileOp[]; examples?: unknown }): FileOp[] {
	const ops = Object.entries(filesFor(spec.language)).map(
		([path, content]): FileOp => ({ kind: "write", path, content }),
	);
	ops.push(writeSpec(spec), ...(extras.seed ?? []));
	if (spec.examples && extras.examples !== undefined)
		ops.push({ kind: "write", path: "examples.json", content: compactRows(extras.examples) });
	return ops;
}

/**
 * Files of the template that the app's own files import and that are not there. An older app has other files that fit each other;
 * it gets none that it does not ask for. Hand-made changes stay.
 */
export function missingFiles(current: readonly AppFile[], language?: string): FileOp[] {
	const files = filesFor(language);
	const texts = new Map(current.filter((file) => file.encoding === "utf8").map((file) => [file.path, file.content]));
	const missing: FileOp[] = [];
	for (const [path, text] of texts) {
		for (const [, specifier = ""] of text.matchAll(/\b(?:from|import)\s+"(\.{1,2}\/[^"]+)"/g)) {
			const wanted = new URL(specifier, `https://app.invalid/${path}`).pathname.slice(1);
			const content = Object.hasOwn(files, wanted) ? files[wanted] : undefined;
			if (content === undefined || texts.has(wanted)) continue;
			// Grown while it is walked, so that what a missing file imports is found, too.
			texts.set(wanted, content);
			missing.push({ kind: "write", path: wanted, content });
		}
	}
	return missing;
}

export const writeSpec = (spec: AppSpec): FileOp => ({
	kind: "write",
	path: specPath,
	content: `${safeJson(spec, "\t")}\n`,
});

/** One row on each line: readable, and a change of a row is a change of a line. */
export function compactRows(file: unknown): string {
	const { keys, rows } = file as { keys: string[]; rows: unknown[][] };
	return `{\n"keys": ${safeJson(keys)},\n"rows": [\n${rows.map((row) => safeJson(row)).join(",\n")}\n]\n}\n`;
}

/**
 * JSON that stays data wherever it is put: no `</script>` or `<!--` that could end a script element, no line separators of
 * JavaScript, no bidirectional marks that make the text read as something else in an editor.
 */
export function safeJson(value: unknown, indent?: string): string {
	return JSON.stringify(value, null, indent)
		.replace(/</g, "\\u003c")
		.replace(
			/[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
			(char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
		);
}
