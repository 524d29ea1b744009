// Compiles one code file for the browser: types and JSX away (sucrase keeps the line numbers), imports pointed at what is served,
// and what bundlers put in place of `import.meta.env` and the like. What other files export is looked at later, in link.ts.
import { transform } from "sucrase";
import type { AppFile } from "#schema/files.ts";
import type { Module, Resolved } from "./module.ts";
import { resolveImport } from "./modules.ts";
import { extensionOf } from "./paths.ts";
import { lineAt, type Problem } from "./problem.ts";
import { leadingText, memberName, type Node, parseProgram, walk } from "./program.ts";
import { findBlocked } from "./runtime-use.ts";
import { readScopes } from "./scope.ts";

/** What stands in for import.meta.env, as after a production build without any variables of its own. */
const env = '({ MODE: "production", BASE_URL: "/", PROD: true, DEV: false, SSR: false })';
const processEnv = '({ NODE_ENV: "production" })';

/** `path` decides the language; for a script inside a page it is the page's. */
export function compileCode(
	files: ReadonlyMap<string, AppFile>,
	path: string,
	source: string,
	isModule = true,
): Module {
	const module: Module = {
		path,
		isClassic: !isModule,
		source,
		js: "",
		program: null,
		scopes: null,
		links: [],
		targets: [],
		exports: new Map(),
		stars: [],
		edits: [],
		problems: [],
	};
	const stripped = isModule || /\.(tsx?|jsx)$/i.test(path) ? stripTypes(path, source) : { js: source };
	if ("problem" in stripped) {
		module.problems.push(stripped.problem);
		return module;
	}
	module.js = stripped.js;
	const parsed = parseProgram(module.js, isModule);
	if (!parsed.ok) {
		const isImport = !isModule && parseProgram(module.js, true).ok;
		const message = 'This script uses import, export or JSX, so the page must load it with <script type="module">.';
		module.problems.push({ path, ...parsed.problem, ...(isImport ? { message } : {}) });
		return module;
	}
	module.program = parsed.program;
	module.scopes = readScopes(parsed.program);
	readLinks(files, module, parsed.program);
	replaceToolNames(module);
	module.problems.push(...findBlocked(files, module));
	return module;
}

/** The module as it is served. */
export function render(module: Module): string {
	let out = "";
	let copied = 0;
	for (const edit of module.edits.sort((a, b) => a.start - b.start)) {
		if (edit.start < copied) continue;
		const lines = module.js.slice(edit.start, edit.end).split("\n").length - edit.text.split("\n").length;
		out += module.js.slice(copied, edit.start) + edit.text + "\n".repeat(Math.max(0, lines));
		copied = edit.end;
	}
	return out + module.js.slice(copied);
}

function stripTypes(path: string, source: string): { js: string } | { problem: Problem } {
	const extension = extensionOf(path);
	const isTypeScript = extension === "ts" || extension === "tsx";
	try {
		const { code } = transform(source, {
			// in .ts a `<T>x` is a cast and not an element
			transforms: [
				...(isTypeScript ? (["typescript"] as const) : []),
				...(extension === "ts" ? [] : (["jsx"] as const)),
			],
			jsxRuntime: "automatic",
			production: true,
			disableESTransforms: true,
		});
		return { js: code };
	} catch (error) {
		return { problem: { path, ...describe(error, extension, source) } };
	}
}

/** sucrase's message ends with (line:column) and names tokens, never content. */
function describe(error: unknown, extension: string, source: string): Pick<Problem, "line" | "code" | "message"> {
	const text = error instanceof Error ? error.message : "";
	const place = /\((\d+):\d+\)\s*$/.exec(text);
	const reason = text
		.replace(/^Error transforming [^:]*:\s*/, "")
		.replace(/\s*\(\d+:\d+\)\s*$/, "")
		.slice(0, 200);
	const isElement = extension === "ts" && /<\/[\w.]*>|\/>/.test(source);
	const hint = isElement
		? "A .ts file cannot hold JSX: name it .tsx."
		: /^(js|jsx|mjs)$/.test(extension)
			? "Types belong in a .ts or .tsx file. Correct it, or write the complete file again."
			: "Correct it, or write the complete file again.";
	return {
		line: place ? Number(place[1]) : null,
		code: "syntax",
		message: `This does not parse: ${reason || "the code is not complete"}. ${hint}`,
	};
}

function readLinks(files: ReadonlyMap<string, AppFile>, module: Module, program: Extract<Node, { type: "Program" }>) {
	const { path, js } = module;
	const follow = (literal: Node, isDynamic: boolean): Resolved | null => {
		const specifier = literal.type === "Literal" ? literal.value : null;
		const line = lineAt(js, literal.start);
		if (typeof specifier !== "string") {
			const message = "import() needs a plain quoted path.";
			module.problems.push({ path, line, code: "dynamic_import", message });
			return null;
		}
		const target = resolveImport(files, path, specifier);
		if (!target.ok) {
			module.problems.push({ path, line, ...target.problem });
			return null;
		}
		module.targets.push({ target, isDynamic });
		module.edits.push({ start: literal.start, end: literal.end, text: JSON.stringify(target.specifier) });
		return target;
	};
	const nameOf = (node: { type: string; name?: string; value?: unknown }) =>
		node.type === "Identifier" ? (node.name ?? "") : String(node.value);

	for (const node of program.body) {
		const line = lineAt(js, node.start);
		if (node.type === "ImportDeclaration") {
			const target = follow(node.source, false);
			dropAttributes(module, node);
			if (!target) continue;
			const names = node.specifiers.map((one) => ({
				imported:
					one.type === "ImportSpecifier"
						? nameOf(one.imported)
						: one.type === "ImportDefaultSpecifier"
							? "default"
							: "*",
				local: one.local.name,
				start: one.start,
				end: one.end,
			}));
			module.links.push({ target, specifier: String(node.source.value), line, isReexport: false, names });
		} else if (node.type === "ExportNamedDeclaration" && node.source) {
			const target = follow(node.source, false);
			dropAttributes(module, node);
			if (!target) continue;
			const names = node.specifiers.map((one) => ({
				imported: nameOf(one.local),
				local: nameOf(one.exported),
				start: one.start,
				end: one.end,
			}));
			for (const { imported, local } of names) module.exports.set(local, { from: target, name: imported });
			module.links.push({ target, specifier: String(node.source.value), line, isReexport: true, names });
		} else if (node.type === "ExportAllDeclaration") {
			const target = follow(node.source, false);
			dropAttributes(module, node);
			if (!target) continue;
			if (node.exported) module.exports.set(nameOf(node.exported), { from: target, name: "*" });
			else module.stars.push(target);
		} else if (node.type === "ExportNamedDeclaration") {
			for (const one of node.specifiers) module.exports.set(nameOf(one.exported), { local: nameOf(one.local) });
			if (node.declaration) for (const name of declaredBy(node.declaration)) module.exports.set(name, { local: name });
		} else if (node.type === "ExportDefaultDeclaration") {
			module.exports.set("default", { local: "default" });
		}
	}
	for (const node of walk(program)) {
		if (node.type === "ImportExpression") readDynamic(module, node, follow);
		if (node.type === "NewExpression" && node.callee.type === "Identifier" && node.callee.name === "URL")
			readAddress(files, module, node);
	}
	// dynamic imports are followed last
	module.targets.sort((a, b) => Number(a.isDynamic) - Number(b.isDynamic));
}

function declaredBy(node: Node): string[] {
	if (node.type === "VariableDeclaration") {
		const names: string[] = [];
		for (const one of node.declarations) collect(one.id, names);
		return names;
	}
	return (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id ? [node.id.name] : [];
}

function collect(node: Node, names: string[]): void {
	if (node.type === "Identifier") names.push(node.name);
	else if (node.type === "AssignmentPattern") collect(node.left, names);
	else if (node.type === "RestElement") collect(node.argument, names);
	else if (node.type === "ArrayPattern") for (const one of node.elements) one && collect(one, names);
	else if (node.type === "ObjectPattern")
		for (const one of node.properties) collect(one.type === "RestElement" ? one.argument : one.value, names);
}

/** `with { type: "json" }`: what is served is a module, and the browser would refuse it. */
function dropAttributes(module: Module, node: { source?: Node | null; attributes: unknown[]; end: number }): void {
	if (!node.source || node.attributes.length === 0) return;
	const close = module.js[node.end - 1] === ";" ? ";" : "";
	module.edits.push({ start: node.source.end, end: node.end, text: close });
}

function readDynamic(
	module: Module,
	node: Extract<Node, { type: "ImportExpression" }>,
	follow: (literal: Node, isDynamic: boolean) => Resolved | null,
): void {
	const plain: Node =
		node.source.type === "TemplateLiteral" && node.source.expressions.length === 0
			? { ...node.source, type: "Literal", value: leadingText(node.source) ?? "", raw: "" }
			: node.source;
	const target = follow(plain, true);
	if (node.options) module.edits.push({ start: node.source.end, end: node.end - 1, text: "" });
	if (!target) return;
	// React.lazy(() => import("./Page")) needs a default export there
	const before = module.js.slice(Math.max(0, node.start - 60), node.start);
	if (
		/\blazy\(\s*(async\s*)?\(\s*\)\s*=>\s*$/.test(before) &&
		/^\s*\)/.test(module.js.slice(node.end, node.end + 10))
	) {
		const line = lineAt(module.js, node.start);
		const names = [{ imported: "default", local: null, start: node.start, end: node.end }];
		module.links.push({ target, specifier: String(leadingText(plain)), line, isReexport: false, names });
	}
}

/** new URL("./worker.ts", import.meta.url): a file of the app, by the name it is served under. */
function readAddress(
	files: ReadonlyMap<string, AppFile>,
	module: Module,
	node: Extract<Node, { type: "NewExpression" }>,
) {
	const [address, base] = node.arguments;
	if (address?.type !== "Literal" || typeof address.value !== "string") return;
	if (base?.type !== "MemberExpression" || base.object.type !== "MetaProperty" || memberName(base) !== "url") return;
	if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address.value) || address.value === "") return;
	const relative = /^\.{0,2}\//.test(address.value) ? address.value : `./${address.value}`;
	const target = resolveImport(files, module.path, relative);
	const line = lineAt(module.js, address.start);
	if (!target.ok) {
		if (target.problem.code !== "unsupported_import")
			module.problems.push({ path: module.path, line, ...target.problem });
		return;
	}
	if (target.to !== "code") return;
	module.targets.push({ target, isDynamic: true });
	module.edits.push({ start: address.start, end: address.end, text: JSON.stringify(target.specifier) });
}

/** Names that only bundlers and servers know, where something sensible stands for them. */
function replaceToolNames(module: Module): void {
	if (!module.program) return;
	const free = new Set(module.scopes?.free.map(({ start }) => start));
	for (const node of walk(module.program)) {
		if (node.type !== "MemberExpression") continue;
		const name = memberName(node);
		const { object } = node;
		if (object.type === "MetaProperty" && name === "env")
			module.edits.push({ start: node.start, end: node.end, text: env });
		if (object.type === "Identifier" && object.name === "process" && name === "env" && free.has(object.start)) {
			module.edits.push({ start: node.start, end: node.end, text: processEnv });
			free.delete(object.start);
		}
	}
	if (!module.scopes) return;
	for (const one of module.scopes.free) {
		if (one.name !== "global") continue;
		const text = one.isShorthand ? "global: globalThis" : "globalThis";
		module.edits.push({ start: one.start, end: one.end, text });
	}
	module.scopes.free = module.scopes.free.filter(
		({ name, start }) => name !== "global" && (name !== "process" || free.has(start)),
	);
}
