// Applies the operations of a turn to the files of an app. Pure: the files passed in are left as they are.
import { type AppFile, type FileOp, limits } from "#schema/files.ts";
import { findOnce } from "./find-once.ts";
import { pathFault } from "./paths.ts";

type RefusalReason =
	| "bad_path"
	| "case_collision"
	| "path_conflict"
	| "not_found"
	| "not_text"
	| "no_match"
	| "many_matches"
	| "too_large"
	| "too_many_files";

interface Refusal {
	op: FileOp;
	reason: RefusalReason;
	/** For the model, and for a person who reads along. */
	message: string;
}

export interface Applied {
	files: Map<string, AppFile>;
	applied: FileOp[];
	refused: Refusal[];
}

type Outcome = { ok: true } | { ok: false; reason: RefusalReason; message: string };

/** In order; an operation that is refused changes nothing and those after it still run. Others than file operations pass by. */
export function applyFileOps(files: ReadonlyMap<string, AppFile>, ops: readonly FileOp[]): Applied {
	const result: Applied = { files: new Map(files), applied: [], refused: [] };
	for (const op of ops) {
		if (op.kind !== "write" && op.kind !== "edit" && op.kind !== "delete") continue;
		const outcome = applyOne(result.files, op);
		if (outcome.ok) result.applied.push(op);
		else result.refused.push({ op, reason: outcome.reason, message: outcome.message });
	}
	return result;
}

type ChangeOp = Extract<FileOp, { kind: "write" | "edit" | "delete" }>;

function applyOne(files: Map<string, AppFile>, op: ChangeOp): Outcome {
	const fault = pathFault(op.path);
	if (fault !== null) return refuse("bad_path", `${op.kind} was refused: this path cannot be used. ${fault}`);
	const current = files.get(op.path);
	if (op.kind === "delete") {
		if (!current) return refuse("not_found", `There is no file ${op.path} to delete.`);
		files.delete(op.path);
		return { ok: true };
	}
	if (op.kind === "write") return write(files, op.path, op.content);
	if (!current) return refuse("not_found", `There is no file ${op.path} to edit. Create it with write_file.`);
	if (current.encoding !== "utf8") return refuse("not_text", `${op.path} is not a text file and cannot be edited.`);
	const place = findOnce(current.content, op.find);
	if (!place.found && place.count === 0) {
		return refuse(
			"no_match",
			`The passage to replace was not found in ${op.path}. Copy it exactly from the current file.`,
		);
	}
	if (!place.found) {
		const message = `The passage to replace occurs ${place.count} times in ${op.path}; it must occur exactly once. Include more of the lines around it.`;
		return refuse("many_matches", message);
	}
	const replace = place.indent ? reindent(op.replace, place.indent) : op.replace;
	const isCrlf = current.content.includes("\r\n") && !op.find.includes("\r\n");
	const fitted = isCrlf ? replace.replace(/\r?\n/g, "\r\n") : replace;
	return write(files, op.path, current.content.slice(0, place.start) + fitted + current.content.slice(place.end));
}

function write(files: Map<string, AppFile>, path: string, content: string): Outcome {
	if (content.includes("\0") || !content.isWellFormed())
		return refuse("not_text", `${path} is not text. Write text files only.`);
	if (content.length > limits.fileChars) {
		return refuse("too_large", `${path} is longer than ${limits.fileChars} characters. Split it into several files.`);
	}
	if (!files.has(path)) {
		const neighbour = collision(files, path);
		if (neighbour) return neighbour;
		if (files.size >= limits.filesPerApp) {
			return refuse(
				"too_many_files",
				`An app has at most ${limits.filesPerApp} files. Delete some, or put more into one.`,
			);
		}
	}
	const size = [...files.values()].reduce(
		(sum, file) => sum + (file.path === path ? 0 : file.content.length),
		content.length,
	);
	if (size > limits.appBytes) {
		return refuse(
			"too_large",
			`The app would be larger than ${limits.appBytes / 1024 / 1024} MB. Make ${path} smaller.`,
		);
	}
	files.set(path, { path, encoding: "utf8", content });
	return { ok: true };
}

/** Names that differ only in case are one file on many systems, and a name cannot be a file and a folder. */
function collision(files: ReadonlyMap<string, AppFile>, path: string): Outcome | null {
	const lower = path.toLowerCase();
	for (const other of files.keys()) {
		const otherLower = other.toLowerCase();
		if (otherLower === lower)
			return refuse("case_collision", `${path} differs from ${other} only in case. Use ${other}.`);
		if (otherLower.startsWith(`${lower}/`) || lower.startsWith(`${otherLower}/`)) {
			return refuse("path_conflict", `${path} and ${other} cannot both exist: one would be a file and a folder.`);
		}
	}
	return null;
}

/** The passage was found under another indentation: what replaces it moves along. */
function reindent(text: string, { cut, add }: { cut: string; add: string }): string {
	if (cut === add) return text;
	return text
		.split("\n")
		.map((line) => (line.trim() === "" ? line : line.startsWith(cut) ? add + line.slice(cut.length) : line))
		.join("\n");
}

const refuse = (reason: RefusalReason, message: string): Outcome => ({ ok: false, reason, message });
