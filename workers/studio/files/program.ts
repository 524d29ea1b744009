// A code file as a syntax tree, after its types and JSX are gone. What does not parse here does not run in a browser.
import { type AnyNode, type Program, parse } from "acorn";
import { lineAt, type Problem } from "./problem.ts";

export type Node = AnyNode;

export type Parsed = { ok: true; program: Program } | { ok: false; problem: Omit<Problem, "path"> };

/** A classic script of a page is not a module: other rules, and no imports. */
export function parseProgram(js: string, isModule: boolean): Parsed {
	try {
		const program = parse(js, {
			ecmaVersion: "latest",
			sourceType: isModule ? "module" : "script",
			allowHashBang: true,
		});
		return { ok: true, program };
	} catch (error) {
		return { ok: false, problem: describe(js, error) };
	}
}

function describe(js: string, error: unknown): Omit<Problem, "path"> {
	const at = typeof error === "object" && error !== null && "pos" in error ? Number(error.pos) : null;
	// acorn's message names the rule, a keyword or an identifier of the code, and ends with (line:column)
	const text = error instanceof SyntaxError ? error.message.replace(/\s*\(\d+:\d+\)$/, "").slice(0, 200) : "";
	return {
		line: at === null ? null : lineAt(js, at),
		code: "syntax",
		message: hintFor(js, at, text),
	};
}

function hintFor(js: string, at: number | null, text: string): string {
	const rest = at === null ? "" : js.slice(at, at + 40);
	if (rest.startsWith("@"))
		return "Decorators do not run in a browser. Call the function instead, or write the property without a decorator.";
	if (/^accessor\b/.test(js.slice(Math.max(0, (at ?? 0) - 9), (at ?? 0) + 9).trimStart()))
		return "`accessor` does not run in a browser. Write a getter and a setter, or a plain field.";
	const declared = /^Identifier '([^']{1,60})' has already been declared$/.exec(text);
	if (declared)
		return `${declared[1]} is declared twice in this file. Remove or rename one of the two; a name that is imported cannot be declared again.`;
	if (/Duplicate export/.test(text)) return `${text}. Export each name once.`;
	if (/await/i.test(text) || /^await\b/.test(rest))
		return "`await` stands in a function that is not async. Make the function async, or use .then().";
	return `This does not parse: ${text || "the code is not complete"}. Correct it, or write the complete file again.`;
}

/** The nodes directly inside, in order. */
export function childrenOf(node: Node): Node[] {
	const found: Node[] = [];
	for (const [key, value] of Object.entries(node)) {
		if (key === "loc" || key === "range" || key === "start" || key === "end") continue;
		for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) found.push(one);
	}
	return found;
}

export const isNode = (value: unknown): value is Node =>
	typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** Every node, parents first. Without recursion: generated code can be nested deeply. */
export function* walk(root: Node): Generator<Node> {
	const waiting: Node[] = [root];
	for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
		yield node;
		for (const child of childrenOf(node).reverse()) waiting.push(child);
	}
}

export const isFunction = (
	node: Node,
): node is Extract<Node, { type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }> =>
	node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";

/** The text of a string or of a template without holes; of a template with holes, what stands before the first. */
export function leadingText(node: Node | null | undefined): string | null {
	if (node?.type === "Literal") return typeof node.value === "string" ? node.value : null;
	if (node?.type === "TemplateLiteral") return node.quasis[0]?.value.cooked ?? null;
	return null;
}

/** `a.b` or `a["b"]`: b; null for anything computed. */
export function memberName(node: Node): string | null {
	if (node.type !== "MemberExpression") return null;
	if (!node.computed) return node.property.type === "Identifier" ? node.property.name : null;
	return node.property.type === "Literal" && typeof node.property.value === "string" ? node.property.value : null;
}
