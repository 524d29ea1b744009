// What the entry of an app exports must draw something: a function or a class that returns elements. Other values, promises and
// functions without a result leave the page empty without any error.
import type { Module } from "./module.ts";
import { lineAt, type Problem } from "./problem.ts";
import { childrenOf, isFunction, type Node, walk } from "./program.ts";

const wanted = "Export a component as default: export default function App() { return …; }";

/** Problems of the default export, when it stands in this file and says plainly what it is. */
export function checkComponent(module: Module): Problem[] {
	const { program } = module;
	if (!program) return [];
	const at = (node: Node, code: Problem["code"], message: string): Problem[] => [
		{ path: module.path, line: lineAt(module.js, node.start), code, message },
	];
	const value = defaultValue(program);
	if (!value) return [];
	if (
		value.type === "Literal" ||
		value.type === "TemplateLiteral" ||
		value.type === "ArrayExpression" ||
		value.type === "ObjectExpression"
	)
		return at(value, "no_default_export", `The default export is a plain value and no component. ${wanted}`);
	if (
		value.type === "CallExpression" &&
		value.callee.type === "Identifier" &&
		/^_(jsxs?|createElement)$/.test(value.callee.name)
	)
		return at(value, "no_default_export", `The default export is an element and no component. ${wanted}`);
	if (value.type === "ClassDeclaration" || value.type === "ClassExpression") {
		const hasRender = value.body.body.some(
			(part) =>
				(part.type === "MethodDefinition" || part.type === "PropertyDefinition") &&
				part.key.type === "Identifier" &&
				part.key.name === "render",
		);
		const isDirect =
			value.superClass && /Component$/.test(module.js.slice(value.superClass.start, value.superClass.end));
		return isDirect && !hasRender
			? at(value, "blank", "This component has no render() method, so nothing is shown. Write one.")
			: [];
	}
	if (!isFunction(value)) return [];
	if (value.async)
		return at(
			value,
			"no_default_export",
			"A component cannot be async: the page would stay empty. Load data in useEffect and keep it in state.",
		);
	return returnsNothing(value)
		? at(value, "blank", "This component returns nothing, so the page stays empty. Return its elements.")
		: [];
}

/** Elements that are written as a statement are made and thrown away. */
export function findLostElements(module: Module): Problem[] {
	if (!module.program) return [];
	const problems: Problem[] = [];
	for (const node of walk(module.program)) {
		if (node.type !== "ExpressionStatement" || node.expression.type !== "CallExpression") continue;
		const { callee } = node.expression;
		if (callee.type !== "Identifier" || !/^_(jsxs?|createElement)$/.test(callee.name)) continue;
		problems.push({
			path: module.path,
			line: lineAt(module.js, node.start),
			code: "blank",
			message:
				"This element is made and not returned, so it is never shown. Write `return` before it, on the same line.",
		});
	}
	return problems;
}

function defaultValue(program: Extract<Node, { type: "Program" }>): Node | null {
	for (const node of program.body) {
		if (node.type === "ExportDefaultDeclaration")
			return node.declaration.type === "Identifier" ? topLevel(program, node.declaration.name) : node.declaration;
		if (node.type !== "ExportNamedDeclaration" || node.source) continue;
		for (const one of node.specifiers) {
			const exported = one.exported.type === "Identifier" ? one.exported.name : one.exported.value;
			if (exported === "default" && one.local.type === "Identifier") return topLevel(program, one.local.name);
		}
	}
	return null;
}

function topLevel(program: Extract<Node, { type: "Program" }>, name: string): Node | null {
	for (const statement of program.body) {
		const node =
			statement.type === "ExportNamedDeclaration" && statement.declaration ? statement.declaration : statement;
		if ((node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id?.name === name)
			return node;
		if (node.type !== "VariableDeclaration" || node.kind !== "const") continue;
		for (const { id, init } of node.declarations) if (id.type === "Identifier" && id.name === name) return init ?? null;
	}
	return null;
}

function returnsNothing(node: Extract<Node, { params: unknown }>): boolean {
	if (node.body.type !== "BlockStatement" || node.generator) return false;
	const waiting: Node[] = [...node.body.body];
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		if (
			next.type === "ReturnStatement" &&
			next.argument &&
			!(next.argument.type === "Literal" && next.argument.value === null)
		)
			return false;
		if (next.type === "ThrowStatement") return false;
		if (isFunction(next) || next.type === "ClassDeclaration" || next.type === "ClassExpression") continue;
		waiting.push(...childrenOf(next));
	}
	return true;
}
