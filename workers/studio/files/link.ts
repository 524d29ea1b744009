// Looks at the modules of an app together: whether each imported name exists, as the browser will find it. Names that are types only
// are dropped from imports and exports, as a bundler would; a name that is nowhere would stop the whole app when it loads.
import { libraryExports, libraryMembers } from "#build/library-exports";
import type { AppFile } from "#schema/files.ts";
import { assetExports } from "./asset-modules.ts";
import type { Link, Module } from "./module.ts";
import type { Target } from "./modules.ts";
import { lineAt, type Problem } from "./problem.ts";
import { memberName, type Node, walk } from "./program.ts";

type Resolved = Extract<Target, { ok: true }>;
/** `type`: the source exports it, and nothing of it is left when the types are gone. */
type Found = "value" | "type" | "none" | "unknown";

export interface Linker {
	files: ReadonlyMap<string, AppFile>;
	modules: ReadonlyMap<string, Module>;
}

export function linkModule(linker: Linker, module: Module): Problem[] {
	const problems: Problem[] = [];
	for (const link of module.links) problems.push(...checkLink(linker, module, link));
	problems.push(...dropTypeExports(linker, module));
	return problems;
}

function checkLink(linker: Linker, module: Module, link: Link): Problem[] {
	const problems: Problem[] = [];
	const add = (at: number, message: string) =>
		problems.push({ path: module.path, line: lineAt(module.js, at), code: "missing_export", message });
	for (const name of link.names) {
		if (name.imported === "*") {
			if (!link.isReexport && name.local) checkMembers(linker, module, link.target, link.specifier, name.local, add);
			continue;
		}
		const found = findExport(linker, link.target, name.imported);
		if (found === "value" || found === "unknown") {
			if (name.imported === "default" && name.local && link.target.to === "library" && !link.isReexport)
				checkMembers(linker, module, link.target, link.specifier, name.local, add);
			continue;
		}
		const isUsed = !link.isReexport && isUsedAsValue(module, name.local);
		const isTypeScript = /\.tsx?$/i.test(module.path);
		// a library's types are not known here: what nobody uses as a value is one, or does not matter
		const mayBeType = found === "type" || (link.target.to === "library" && isTypeScript);
		if (mayBeType && !isUsed && name.local !== null) {
			dropSpecifier(module, name);
			continue;
		}
		add(
			name.start,
			found === "type" ? typeMessage(linker, link, name.imported) : noneMessage(linker, link, name.imported),
		);
	}
	return problems;
}

/** `export { Task }` of a Task that was imported and is a type: there is nothing to export. */
function dropTypeExports(linker: Linker, module: Module): Problem[] {
	if (!module.program) return [];
	for (const node of module.program.body) {
		if (node.type !== "ExportNamedDeclaration" || node.source || node.declaration) continue;
		for (const one of node.specifiers) {
			if (one.local.type !== "Identifier") continue;
			const { name } = one.local;
			const link = module.links.find(
				(candidate) => candidate.names.some(({ local }) => local === name) && !candidate.isReexport,
			);
			const imported = link?.names.find(({ local }) => local === name);
			if (!link || !imported || imported.imported === "*") continue;
			if (findExport(linker, link.target, imported.imported) === "type" && !isUsedAsValue(module, name)) {
				dropSpecifier(module, one);
				module.exports.delete(one.exported.type === "Identifier" ? one.exported.name : String(one.exported.value));
			}
		}
	}
	return [];
}

/** Takes `name`, and the comma after or before it, out of a list in braces. A default import has no braces. */
function dropSpecifier(module: Module, { start, end }: { start: number; end: number }): void {
	const { js } = module;
	const after = /^\s*,/.exec(js.slice(end));
	if (after) module.edits.push({ start, end: end + after[0].length, text: "" });
	else {
		const before = /,\s*$/.exec(js.slice(0, start));
		const isDefault = /^\s*(from|,)/.test(js.slice(end)) && !/[{,]\s*$/.test(js.slice(0, start));
		if (isDefault) module.edits.push({ start, end, text: "{}" });
		else module.edits.push({ start: before ? start - before[0].length + 1 : start, end, text: "" });
	}
}

/** A reference other than in an export list. */
function isUsedAsValue(module: Module, local: string | null): boolean {
	if (local === null || !module.scopes) return true;
	return (module.scopes.top.get(local) ?? []).some(({ parent }) => parent?.type !== "ExportSpecifier");
}

export function findExport(linker: Linker, target: Resolved, name: string, seen = new Set<string>()): Found {
	if (target.to === "library") {
		const names = libraryExports[target.library] ?? [];
		return names.includes(name) ? "value" : "none";
	}
	if (target.to === "asset") {
		const file = linker.files.get(target.file);
		return !file || assetExports(file, target.variant).has(name) ? "value" : "none";
	}
	const module = linker.modules.get(target.file);
	if (!module?.program) return "unknown";
	const key = `${target.file} ${name}`;
	if (seen.has(key)) return "none";
	seen.add(key);
	const own = module.exports.get(name);
	if (own && "from" in own) return own.name === "*" ? "value" : findExport(linker, own.from, own.name, seen);
	if (own) {
		// `export { T }` of an imported type
		const link = module.links.find((one) => !one.isReexport && one.names.some(({ local }) => local === own.local));
		const imported = link?.names.find(({ local }) => local === own.local);
		if (!link || !imported || imported.imported === "*") return "value";
		const there = findExport(linker, link.target, imported.imported, seen);
		return there === "type" ? "type" : "value";
	}
	if (name !== "default") {
		const through = module.stars.map((star) => findExport(linker, star, name, seen));
		for (const answer of ["value", "unknown", "type"] as const) if (through.includes(answer)) return answer;
	}
	return sourceExports(module.source).has(name) ? "type" : "none";
}

/** Every name that the source, types and all, exports. Read by pattern: it only decides between "a type" and "not there". */
function sourceExports(source: string): Set<string> {
	const names = new Set<string>();
	const declared =
		/\bexport\s+(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:type|interface|class|enum|const\s+enum|namespace|module|function|const|let|var)\s+([A-Za-z_$][\w$]*)/g;
	for (const [, name = ""] of source.matchAll(declared)) names.add(name);
	if (/\bexport\s+default\s+(?:interface|abstract\s+class)\b/.test(source)) names.add("default");
	for (const [, list = ""] of source.matchAll(/\bexport\s+(?:type\s+)?\{([^{}]*)\}/g)) {
		for (const part of list.split(",")) {
			const words = part
				.replace(/\/\*.*?\*\/|\/\/.*$/gms, "")
				.trim()
				.replace(/^type\s+/, "")
				.split(/\s+as\s+/);
			const name = words.at(-1)?.trim();
			if (name) names.add(name);
		}
	}
	return names;
}

const memberHelp = "Correct the name.";

/** `React.useFoo()` and `<UI.Panel>`: a member that is not there is undefined, and calling or drawing it fails. */
function checkMembers(
	linker: Linker,
	module: Module,
	target: Resolved,
	specifier: string,
	local: string,
	add: (at: number, message: string) => void,
): void {
	if (!module.program || !module.scopes || target.to === "asset") return;
	const references = new Set((module.scopes.top.get(local) ?? []).map(({ start }) => start));
	const isKnown = (name: string): boolean => {
		if (target.to === "code") return findExport(linker, target, name) !== "none";
		const isNamespace = module.links.some((one) => one.names.some((n) => n.local === local && n.imported === "*"));
		const members = isNamespace ? libraryExports[target.library] : libraryMembers[target.library];
		return members === undefined || members.includes(name) || name in {};
	};
	const wrong = new Map<string, { needed: number[]; other: number }>();
	for (const node of walk(module.program)) {
		if (node.type === "MemberExpression") note(node, 0);
		// called, made anew, or drawn
		if (node.type === "CallExpression" || node.type === "NewExpression") {
			// a?.() asks before it calls
			if (node.type === "NewExpression" || !node.optional) note(node.callee, 1);
			const [first] = node.arguments;
			const isElement = node.callee.type === "Identifier" && /^_(jsxs?|createElement)$/.test(node.callee.name);
			if (isElement && first) note(first, 1);
		}
	}
	function note(node: Node, needed: 0 | 1): void {
		if (node.type !== "MemberExpression" || node.optional || node.object.type !== "Identifier") return;
		const name = memberName(node);
		if (!references.has(node.object.start) || name === null || isKnown(name)) return;
		const one = wrong.get(name) ?? { needed: [], other: 0 };
		if (needed) one.needed.push(node.start);
		else one.other++;
		wrong.set(name, one);
	}
	for (const [name, { needed, other }] of wrong) {
		// somewhere it is only asked for: the code may know that it is missing
		if (needed.length === 0 || other > needed.length) continue;
		const where = target.to === "library" ? whereElse(name, target.library) : "";
		add(needed[0] ?? 0, `${local}.${name} does not exist: "${specifier}" exports no ${name}. ${where || memberHelp}`);
	}
}

function typeMessage(linker: Linker, { target, specifier }: Link, name: string): string {
	const source = target.to === "code" ? (linker.modules.get(target.file)?.source ?? "") : "";
	if (new RegExp(`\\b(namespace|module)\\s+${name}\\b`).test(source))
		return `${name} is a namespace in "${specifier}", which does not run in a browser. Write it as an object or as exported functions.`;
	return `${name} is only a type in "${specifier}", so there is no value to use when the app runs. Import the value you mean, or use it as a type only.`;
}

function noneMessage(linker: Linker, { target, specifier }: Link, name: string): string {
	if (target.to === "library") {
		const what =
			name === "default" ? `"${specifier}" has no default export.` : `"${specifier}" does not export ${name}.`;
		const names = (libraryExports[target.library] ?? []).filter((one) => !one.startsWith("_"));
		const list = names.length <= 20 ? ` It exports ${names.join(", ")}.` : "";
		return `${what} ${whereElse(name, target.library) || `Use what it has, or write it yourself.${list}`}`;
	}
	if (target.to === "asset")
		return `An imported ${target.file.split(".").at(-1)} file has a default export only: import it by a name without braces.`;
	const module = linker.modules.get(target.file);
	const names = [...(module?.exports.keys() ?? [])];
	if (name === "default")
		return names.length === 0
			? `${target.file} exports nothing. Add \`export default\` there, or import nothing from it.`
			: `${target.file} has no default export; it exports ${names.slice(0, 12).join(", ")}. Import { ${names[0]} }, or add a default export.`;
	const near = names.find((one) => one.toLowerCase() === name.toLowerCase());
	if (near) return `${target.file} does not export ${name}, but ${near}. Correct the name.`;
	if (names.includes("default") && names.length === 1)
		return `${target.file} does not export ${name}; it has a default export: import ${name} from "${specifier}", without braces.`;
	return `${target.file} does not export ${name}. ${names.length > 0 ? `It exports ${names.slice(0, 12).join(", ")}. ` : ""}Export it there, or correct the import.`;
}

/** Which library has the name, if it is another one. */
function whereElse(name: string, not: string): string {
	if (name === "default") return "";
	const order = [
		"react",
		"react-dom",
		"react-dom/client",
		"@preact/signals",
		"freehold",
		"chart.js",
		"preact",
		"preact/hooks",
	];
	const library = order.find((one) => one !== not && libraryExports[one]?.includes(name));
	return library ? `Import ${name} from "${library}".` : "";
}
