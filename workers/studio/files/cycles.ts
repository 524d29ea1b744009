// Files that import each other are fine until one of them, while it loads, reads what the other has not made yet. The order in which
// a browser evaluates modules is fixed (ECMA-262, "InnerModuleEvaluation"), so such a read can be found before it happens.
import type { Module } from "./module.ts";
import { lineAt, type Problem } from "./problem.ts";

export function findEarlyReads(modules: ReadonlyMap<string, Module>, starts: readonly string[]): Problem[] {
	const order = evaluationOrder(modules, starts);
	const problems: Problem[] = [];
	for (const module of modules.values()) {
		const own = order.get(module.path);
		if (own === undefined || !module.scopes) continue;
		for (const link of module.links) {
			if (link.isReexport || link.target.to !== "code") continue;
			for (const { imported, local } of link.names) {
				if (local === null || imported === "*") continue;
				const origin = originOf(modules, link.target.file, imported);
				const later = origin ? order.get(origin.module.path) : undefined;
				if (!origin || later === undefined || later <= own || origin.isHoisted) continue;
				const read = module.scopes.top
					.get(local)
					?.find(({ isImmediate, parent }) => isImmediate && parent?.type !== "ExportSpecifier");
				if (!read) continue;
				problems.push({
					path: module.path,
					line: lineAt(module.js, read.start),
					code: "circular",
					message: `${module.path} and ${origin.module.path} import each other, and ${local} is read here before ${origin.module.path} has made it. Move what both need into a file of its own.`,
				});
			}
		}
	}
	return problems;
}

/** Position of each reachable module; one that is in the middle of a circle comes before those that led to it. */
function evaluationOrder(modules: ReadonlyMap<string, Module>, starts: readonly string[]): Map<string, number> {
	const order = new Map<string, number>();
	const seen = new Set<string>();
	const visit = (path: string) => {
		// without recursion: a chain of imports may be long
		const stack: { path: string; next: number }[] = [];
		const enter = (to: string) => {
			if (seen.has(to) || !modules.has(to)) return;
			seen.add(to);
			stack.push({ path: to, next: 0 });
		};
		enter(path);
		for (let top = stack.at(-1); top; top = stack.at(-1)) {
			const targets = (modules.get(top.path)?.targets ?? []).filter(
				({ target, isDynamic }) => !isDynamic && target.to === "code",
			);
			const target = targets[top.next++]?.target;
			if (target?.to === "code") enter(target.file);
			else if (!target) {
				order.set(top.path, order.size);
				stack.pop();
			}
		}
	};
	for (const start of starts) visit(start);
	return order;
}

/** The module that makes an exported name, through re-exports. Function declarations exist before anything is evaluated. */
function originOf(
	modules: ReadonlyMap<string, Module>,
	file: string,
	name: string,
	seen = new Set<string>(),
): { module: Module; isHoisted: boolean } | null {
	const module = modules.get(file);
	const key = `${file} ${name}`;
	if (!module || seen.has(key)) return null;
	seen.add(key);
	const own = module.exports.get(name);
	if (own && "from" in own)
		return own.from.to === "code" && own.name !== "*" ? originOf(modules, own.from.file, own.name, seen) : null;
	if (own) {
		const kind = module.scopes?.declared.get(own.local);
		if (kind === "import") return null;
		const isDefaultFunction =
			name === "default" &&
			module.program?.body.some(
				(node) => node.type === "ExportDefaultDeclaration" && node.declaration.type === "FunctionDeclaration",
			) === true;
		return { module, isHoisted: kind === "function" || kind === "var" || isDefaultFunction };
	}
	for (const star of module.stars) {
		const found = star.to === "code" ? originOf(modules, star.file, name, seen) : null;
		if (found) return found;
	}
	return null;
}
