// Names that a module uses and nothing declares: a forgotten import, a typing error, a tool's global. Each would be a ReferenceError.
import { libraryExports } from "#build/library-exports";
import { globalNames } from "./global-names.ts";
import type { Module } from "./module.ts";
import { lineAt, type Problem } from "./problem.ts";

/** What the files of an app put onto the window themselves, and what its pages name by `id`. */
export function ownGlobals(texts: Iterable<string>): { names: Set<string>; isOpen: boolean } {
	const names = new Set<string>();
	let isOpen = false;
	for (const text of texts) {
		for (const [, name = ""] of text.matchAll(
			/\b(?:window|globalThis|self|global)\s*(?:\.|\[\s*["'`])([A-Za-z_$][\w$]*)/g,
		))
			names.add(name);
		for (const [, name = ""] of text.matchAll(/\b(?:id|name)\s*[=:]\s*\{?\s*["'`]([A-Za-z_$][\w$]*)["'`]/g))
			names.add(name);
		// names that only running it would tell
		isOpen ||=
			/\b(Object\.assign|(Object|Reflect)\.defineProperty|Object\.defineProperties)\(\s*(window|globalThis|self)\b/.test(
				text,
			);
		isOpen ||= /\b(window|globalThis|self)\s*\[\s*[^"'`\s]/.test(text);
	}
	return { names, isOpen };
}

const serverNames: Record<string, string> = {
	require: "require() does not exist in a page. Use import.",
	module: "module.exports does not exist in a page. Use export.",
	exports: "exports does not exist in a page. Use export.",
	process: "process does not exist in a page. Remove it; a setting belongs into a constant of the app.",
	__dirname: "__dirname does not exist in a page. Name the app's files by relative paths in imports.",
	__filename: "__filename does not exist in a page. Remove it.",
	Buffer: "Buffer does not exist in a page. Use Uint8Array, TextEncoder, atob and btoa.",
	setImmediate: "setImmediate does not exist in a page. Use setTimeout(…, 0).",
	Deno: "Deno does not exist in a page. Remove it.",
	Bun: "Bun does not exist in a page. Remove it.",
	jQuery: "jQuery is not available. Use document.querySelector and addEventListener.",
	$: "$ is declared nowhere; jQuery is not available. Use document.querySelector and addEventListener.",
};

export function findUndefinedNames(module: Module, known: ReadonlySet<string>): Problem[] {
	if (!module.scopes) return [];
	const problems: Problem[] = [];
	const said = new Set<string>();
	const add = (at: number, name: string, code: Problem["code"], message: string) => {
		if (!said.has(name)) problems.push({ path: module.path, line: lineAt(module.js, at), code, message });
		said.add(name);
	};
	for (const { name, start, parent } of module.scopes.free) {
		if (module.scopes.guarded.has(name) || known.has(name)) continue;
		const server = Object.hasOwn(serverNames, name) ? serverNames[name] : undefined;
		if (server) {
			const isImport = name === "require" || name === "module" || name === "exports";
			add(start, name, isImport ? "unsupported_import" : "undefined_name", server);
			continue;
		}
		const isElement =
			parent?.type === "CallExpression" &&
			parent.callee.type === "Identifier" &&
			/^_(jsxs?|createElement)$/.test(parent.callee.name) &&
			parent.arguments[0]?.start === start;
		if (!globalNames.has(name)) add(start, name, "undefined_name", undefinedMessage(module, name, isElement));
		// <Image/>, <Map/>: the browser has a class of that name, which is no component
		else if (isElement)
			add(
				start,
				name,
				"undefined_name",
				`<${name}> is not imported; the browser's own ${name} is no component. ${help(module, name)}`,
			);
	}
	for (const { name, start } of module.scopes.constantWrites)
		add(
			start,
			name,
			"syntax",
			`${name} is a constant or an import and cannot be assigned. Declare it with let, or keep it in state.`,
		);
	return problems;
}

function undefinedMessage(module: Module, name: string, isElement: boolean): string {
	if (new RegExp(`\\b(namespace|module)\\s+${name.replace("$", "\\$")}\\b`).test(module.source))
		return `${name} is a namespace, which does not run in a browser. Write it as an object or as plain functions.`;
	return `${isElement ? `<${name}>` : name} is used and declared nowhere in this file. ${help(module, name)}`;
}

function help(module: Module, name: string): string {
	const order = ["react", "react-dom", "react-dom/client", "@preact/signals", "freehold"];
	const library = order.find((one) => libraryExports[one]?.includes(name));
	if (library) return `Add it to the import from "${library}".`;
	if (name === "React") return 'Write import React from "react".';
	if (name === "ReactDOM") return 'Write import ReactDOM from "react-dom/client".';
	if (name === "Chart") return 'Write import Chart from "chart.js/auto".';
	const near = [...(module.scopes?.declared.keys() ?? [])].find((one) => one.toLowerCase() === name.toLowerCase());
	return near ? `${near} is declared: correct the name.` : "Import or declare it, or correct the name.";
}
