// A tokenizer for SQLite's dialect (sqlite.org/lang_keywords.html, tokenize.c), as strict as the gate needs: what it does not
// know it refuses, and every spelling of a name ("x", [x], `x`, and 'x', which SQLite also takes as a name) comes out as one.

export type Token =
	/** A bare word: keyword or name. `text` is folded to lower case, as SQLite folds names. */
	| { kind: "word"; text: string; start: number; end: number }
	/** A quoted name or string, without its quotes, folded too. */
	| { kind: "quoted"; text: string; start: number; end: number }
	| { kind: "number"; text: string; start: number; end: number }
	/** A bare `?`. Numbered and named parameters are refused: they could read or replace the gate's own. */
	| { kind: "parameter"; text: "?"; start: number; end: number }
	| { kind: "mark"; text: string; start: number; end: number };

export type TokenRefusal = "unterminated" | "character" | "parameter" | "parenthesis";

const closing: Record<string, string> = { '"': '"', "'": "'", "`": "`", "[": "]" };

/** All tokens of `sql` without comments and space, or why it is refused. Parentheses are known to balance. */
export function tokenize(sql: string): { ok: true; tokens: Token[] } | { ok: false; reason: TokenRefusal } {
	const tokens: Token[] = [];
	let depth = 0;
	let at = 0;
	while (at < sql.length) {
		const char = sql.charAt(at);
		const start = at;
		if (/[ \t\n\f\r]/.test(char)) {
			at = endOf(space, sql, at);
		} else if (char === "-" && sql.charAt(at + 1) === "-") {
			const end = sql.indexOf("\n", at);
			at = end === -1 ? sql.length : end + 1;
		} else if (char === "/" && sql.charAt(at + 1) === "*") {
			const end = sql.indexOf("*/", at + 2);
			if (end === -1) return { ok: false, reason: "unterminated" };
			at = end + 2;
		} else if (closing[char] !== undefined) {
			const quoted = readQuoted(sql, at);
			if (!quoted) return { ok: false, reason: "unterminated" };
			// SQLite stops at NUL, inside a string too, so what follows would be read differently from here.
			if (quoted.text.includes("\0")) return { ok: false, reason: "character" };
			at = quoted.end;
			tokens.push({ kind: "quoted", text: quoted.text.toLowerCase(), start, end: at });
		} else if (/[A-Za-z_]/.test(char)) {
			at = endOf(wordRest, sql, at);
			// Letters beyond ASCII are name characters to SQLite; we have none, and case folding differs, so they are refused.
			tokens.push({ kind: "word", text: sql.slice(start, at).toLowerCase(), start, end: at });
		} else if (/[0-9]/.test(char)) {
			at = endOf(numberRest, sql, at);
			tokens.push({ kind: "number", text: sql.slice(start, at), start, end: at });
		} else if (char === "?") {
			at++;
			if (/[0-9]/.test(sql.charAt(at))) return { ok: false, reason: "parameter" };
			tokens.push({ kind: "parameter", text: "?", start, end: at });
		} else if (/[:@$#]/.test(char)) {
			return { ok: false, reason: "parameter" };
		} else if (/[(),.;+\-*/%=<>!&|~]/.test(char)) {
			at++;
			if (char === "(") depth++;
			if (char === ")") depth--;
			// `1) OR (1` would close the parenthesis that the gate puts around a WHERE.
			if (depth < 0) return { ok: false, reason: "parenthesis" };
			tokens.push({ kind: "mark", text: char, start, end: at });
		} else {
			return { ok: false, reason: "character" };
		}
	}
	return depth === 0 ? { ok: true, tokens } : { ok: false, reason: "parenthesis" };
}

// Sticky: a run of characters is taken at once.
const space = /[ \t\n\f\r]*/y;
const wordRest = /[A-Za-z0-9_$]*/y;
const numberRest = /[0-9.]*/y;

function endOf(run: RegExp, sql: string, at: number): number {
	run.lastIndex = at;
	run.test(sql);
	return run.lastIndex;
}

function readQuoted(sql: string, start: number): { text: string; end: number } | null {
	const open = sql.charAt(start);
	const close = closing[open] ?? open;
	let text = "";
	for (let at = start + 1; at < sql.length; at++) {
		const char = sql.charAt(at);
		if (char !== close) {
			text += char;
		} else if (open !== "[" && sql.charAt(at + 1) === close) {
			text += close;
			at++;
		} else {
			return { text, end: at + 1 };
		}
	}
	return null;
}
