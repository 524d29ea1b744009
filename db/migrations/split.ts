// Cuts a migration file into statements. A trigger body holds semicolons of its own, so a statement that creates a trigger
// ends only at the semicolon after its END. D1 takes one statement a prepare().
import { tokenize } from "../rls/tokens.ts";

/** The statements of `sql` in order, without their closing semicolon. Throws on text that is not SQL. */
export function splitStatements(sql: string): string[] {
	const result = tokenize(sql);
	if (!result.ok) throw new Error(`a migration cannot be read: ${result.reason}`);
	const { tokens } = result;
	const statements: string[] = [];
	let first = 0;
	let openCases = 0;
	let isBodyClosed = false;
	for (const [index, token] of tokens.entries()) {
		if (token.kind === "word" && token.text === "case") openCases++;
		if (token.kind === "word" && token.text === "end") {
			if (openCases > 0) openCases--;
			else isBodyClosed = true;
		}
		if (token.kind !== "mark" || token.text !== ";") continue;
		const head = tokens.slice(first, first + 3).map((word) => word.text);
		if (head[0] === "create" && head.includes("trigger") && !isBodyClosed) continue;
		const start = tokens[first];
		if (start && first < index) statements.push(sql.slice(start.start, token.start).trim());
		first = index + 1;
		openCases = 0;
		isBodyClosed = false;
	}
	const rest = tokens[first];
	if (rest) statements.push(sql.slice(rest.start).trim());
	return statements;
}
