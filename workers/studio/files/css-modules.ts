// CSS modules: in `card.module.css` each class is the file's own. Its name gets a suffix made from the file's path, and the module
// that stands for the stylesheet says which name became which. `:global(.name)` keeps a name; `composes` joins names of one file.
/// <reference path="./css-tree.d.ts" />
import parse from "css-tree/parser";
import walk from "css-tree/walker";
import type { AppFile } from "#schema/files.ts";

interface Edit {
	start: number;
	end: number;
	text: string;
}

interface Read {
	names: Map<string, string>;
	css: string;
}

/** Written name → served names, which may be several where a class composes others. */
export const classNamesOf = (file: AppFile): ReadonlyMap<string, string> => readModule(file).names;

/** The stylesheet as it is served. */
export const scopedCss = (file: AppFile): string => readModule(file).css;

function readModule(file: AppFile): Read {
	const css = file.content;
	const names = new Map<string, string>();
	const edits: Edit[] = [];
	const suffix = suffixOf(file.path);
	try {
		const tree = parse(css, { positions: true, parseValue: false, parseCustomProperty: false });
		const globals: [number, number][] = [];
		walk(tree, (node) => {
			if (!node.loc) return;
			const [start, end] = [node.loc.start.offset, node.loc.end.offset];
			if (node.type === "PseudoClassSelector" && (node.name === "global" || node.name === "local")) {
				if (node.name === "global") globals.push([start, end]);
				const open = css.indexOf("(", start);
				if (open !== -1 && open < end)
					edits.push({ start, end: open + 1, text: "" }, { start: end - 1, end, text: "" });
			}
			if (node.type === "ClassSelector" && node.name) {
				if (globals.some(([from, to]) => start >= from && end <= to)) return;
				if (!names.has(node.name)) names.set(node.name, `${node.name}${suffix}`);
				edits.push({ start: end, end, text: suffix });
			}
			if (node.type === "Declaration" && node.property === "composes") {
				const rule = css.lastIndexOf("{", start);
				const owner = /\.([\w-]+)\s*$/.exec(css.slice(0, rule))?.[1];
				const others = css
					.slice(start, end)
					.replace(/^composes\s*:/, "")
					.trim()
					.split(/\s+/);
				if (owner) {
					const served = others.map((name) => `${name}${suffix}`);
					names.set(owner, [`${owner}${suffix}`, ...served].join(" "));
				}
				edits.push({ start, end, text: "" });
			}
		});
	} catch {
		// what cannot be read is a problem of its own; see check-css.ts
		return { names: new Map(), css };
	}
	let out = "";
	let copied = 0;
	for (const edit of edits.sort((a, b) => a.start - b.start || a.end - b.end)) {
		if (edit.start < copied) continue;
		out += css.slice(copied, edit.start) + edit.text;
		copied = edit.end;
	}
	return { names, css: out + css.slice(copied) };
}

/** Short, and different for each file of an app (FNV-1a). */
function suffixOf(path: string): string {
	let hash = 0x811c9dc5;
	for (const char of path) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	return `_${hash.toString(36)}`;
}
