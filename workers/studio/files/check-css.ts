// Checks a stylesheet: everything it fetches must be a file of the app or in the text itself.
// its own types are not in the package; named here so that every tsconfig that reads this file finds them
/// <reference path="./css-tree.d.ts" />
import parse from "css-tree/parser";
import walk from "css-tree/walker";
import type { AppFile } from "#schema/files.ts";
import { isExternal, resolveFrom, schemeOf } from "./paths.ts";
import type { Problem } from "./problem.ts";

export interface CssSource {
	path: string;
	text: string;
	/** The line in the file where the text begins: 1, or that of a <style>. */
	firstLine: number;
	/** A style attribute holds declarations only. */
	isAttribute?: boolean;
}

const maxErrors = 200;

export function checkCss(files: ReadonlyMap<string, AppFile>, source: CssSource): Problem[] {
	try {
		return findProblems(files, source);
	} catch {
		// too many errors, or nesting beyond any sense, which exhausts the stack: the parser recurses
		const message = "This stylesheet cannot be read: too much of it is not CSS. Write it again in plain rules.";
		return [{ path: source.path, line: source.firstLine, code: "css", message }];
	}
}

function findProblems(files: ReadonlyMap<string, AppFile>, source: CssSource): Problem[] {
	const problems: Problem[] = [];
	let errors = 0;
	const ast = parse(source.text, {
		positions: true,
		parseCustomProperty: true,
		// recovering from an error reads on to the end, so many errors take minutes
		onParseError: () => {
			if (++errors > maxErrors) throw new RangeError("too many errors");
		},
		...(source.isAttribute ? { context: "declarationList" } : {}),
	});
	walk(ast, function (node) {
		const name = this.atrule?.name?.toLowerCase();
		// a namespace is a name in the form of an address; nothing is fetched
		if (name === "namespace") return;
		if (node.type === "Atrule" && /^(tailwind|apply|theme)$/i.test(node.name ?? "")) {
			const line = (node.loc?.start.line ?? 1) + source.firstLine - 1;
			problems.push({ path: source.path, line, code: "css", message: tailwindMessage });
			return;
		}
		const isUrl = node.type === "Url" || (node.type === "String" && (name === "import" || isAddress(node.value)));
		if (!isUrl || typeof node.value !== "string") return;
		const message = complaint(files, source.path, node.value, name === "import");
		if (message === null) return;
		const line = (node.loc?.start.line ?? 1) + source.firstLine - 1;
		problems.push({ path: source.path, line, code: isExternal(node.value) ? "external" : "missing_file", message });
	});
	return problems;
}

const tailwindMessage = "Nothing compiles Tailwind here. Write the rules as plain CSS.";

/** Strings are addresses too, in image-set() and the like. */
const isAddress = (value: unknown) => typeof value === "string" && /^\s*(https?:)?\/\//i.test(value);

function complaint(
	files: ReadonlyMap<string, AppFile>,
	path: string,
	reference: string,
	isImport: boolean,
): string | null {
	if (reference.trim() === "" || reference.startsWith("#")) return null;
	const scheme = schemeOf(reference);
	if (!isImport && (scheme === "data" || scheme === "blob")) return null;
	if (isExternal(reference)) {
		return isImport
			? "A stylesheet cannot be imported from another host. Put its rules into a file of the app; use system fonts."
			: "This loads something from another host, which apps cannot do. Use a file of the app, a data: URL or plain CSS.";
	}
	if (/^tailwindcss(\/|$)/.test(reference)) return tailwindMessage;
	const target = resolveFrom(path, reference);
	if (target !== null && (files.has(target) || (reference.startsWith("/") && files.has(`public/${target}`))))
		return null;
	return "The stylesheet refers to a file that does not exist. Write the file, or remove the reference.";
}
