// A web worker has no import map: what it imports must be files of the app.
import type { Module } from "./module.ts";
import { lineAt, type Problem } from "./problem.ts";

const start = /new\s+(?:Shared)?Worker\(\s*new\s+URL\(\s*["']([^"']+)["']\s*,\s*import\.meta\.url\s*\)/g;

export function checkWorkers(modules: ReadonlyMap<string, Module>): Problem[] {
	const problems: Problem[] = [];
	for (const module of modules.values()) {
		for (const match of module.js.matchAll(start)) {
			const at = match.index + match[0].length;
			const line = lineAt(module.js, match.index + 1);
			const edit = module.edits.find((one) => one.start >= match.index && one.end <= at);
			const target =
				edit &&
				module.targets.find(({ target: to }) => to.to === "code" && JSON.stringify(to.specifier) === edit.text)?.target;
			if (target?.to !== "code") continue;
			const rest = module.js.slice(at, at + 200);
			const worker = modules.get(target.file);
			const hasImports = (worker?.targets.length ?? 0) > 0 || (worker?.exports.size ?? 0) > 0;
			if (hasImports && !/^\s*,\s*\{[^}]*type\s*:\s*["']module["']/.test(rest)) {
				const message =
					'This worker uses import or export, so it must be started with { type: "module" } as its second argument.';
				problems.push({ path: module.path, line, code: "unsupported_import", message });
			}
			problems.push(...libraryImports(modules, target.file));
		}
	}
	return problems;
}

function libraryImports(modules: ReadonlyMap<string, Module>, from: string): Problem[] {
	const problems: Problem[] = [];
	const seen = new Set([from]);
	for (const path of seen) {
		for (const { target } of modules.get(path)?.targets ?? []) {
			if (target.to !== "library") {
				seen.add(target.file);
				continue;
			}
			const message = `A worker cannot import "${target.library}", only files of the app that need no library. Do that part in the page.`;
			problems.push({ path, line: null, code: "unsupported_import", message });
		}
	}
	return problems;
}
