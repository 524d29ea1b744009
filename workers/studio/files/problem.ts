// What the gate before a version can find wrong. Each problem says where and what to do, to a model and to a person alike.

type ProblemCode =
	| "bad_path"
	| "binary"
	| "blank"
	| "blocked"
	| "case_collision"
	| "circular"
	| "credential"
	| "css"
	| "dynamic_import"
	| "external"
	| "inline_handler"
	| "markup"
	| "missing_export"
	| "missing_file"
	| "no_entry"
	| "no_default_export"
	| "same_served_path"
	| "syntax"
	| "too_large"
	| "undefined_name"
	| "unknown_import"
	| "unsupported_import";

export interface Problem {
	path: string;
	/** 1 is the first line; null when the problem is of the file as a whole. */
	line: number | null;
	code: ProblemCode;
	message: string;
}

/** The line an offset lies in. */
export function lineAt(text: string, offset: number): number {
	let line = 1;
	for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
	return line;
}
