// An app that is a page of its own must bring its content there: a script that mounts into an element which is not in the page, or
// that mounts nothing at all, leaves it empty.
import type { Module } from "./module.ts";
import { lineAt, type Problem } from "./problem.ts";
import { leadingText, memberName, type Node, walk } from "./program.ts";

const changesPage =
	/\b(createRoot|hydrateRoot|render|hydrate|innerHTML|outerHTML|append|appendChild|prepend|insertBefore|insertAdjacent(HTML|Element|Text)|textContent|innerText|replaceChildren|replaceWith|write|customElements|createElement)\b/;

/** `reached`: the modules that the page starts, and what they import. `html`: the page as written. */
export function checkMounts(reached: readonly Module[], html: string, isEmpty: boolean): Problem[] {
	const problems: Problem[] = [];
	const texts = [html, ...reached.map(({ js }) => js)];
	for (const module of reached) {
		if (!module.program) continue;
		for (const node of walk(module.program)) {
			const id = mountedAt(node);
			if (id === null || isNamed(texts, id)) continue;
			const message = `There is no element with the id "${id}" in index.html, so nothing can be mounted there. Add <div id="${id}"></div> to its body.`;
			problems.push({ path: module.path, line: lineAt(module.js, node.start), code: "blank", message });
		}
	}
	if (isEmpty && problems.length === 0 && reached.length > 0 && !reached.some(({ js }) => changesPage.test(js))) {
		const message =
			'The page is empty and its scripts put nothing into it. Mount the app: createRoot(document.getElementById("root")).render(<App />), with createRoot from "react-dom/client".';
		problems.push({ path: "index.html", line: null, code: "blank", message });
	}
	return problems;
}

/** The id in createRoot(document.getElementById("id")) and render(…, document.querySelector("#id")). */
function mountedAt(node: Node): string | null {
	if (node.type !== "CallExpression") return null;
	const called = node.callee.type === "Identifier" ? node.callee.name : memberName(node.callee);
	if (called !== "createRoot" && called !== "render" && called !== "hydrateRoot" && called !== "hydrate") return null;
	for (const argument of node.arguments) {
		if (argument.type !== "CallExpression") continue;
		const method = memberName(argument.callee);
		const text = leadingText(argument.arguments[0]);
		if (method === "getElementById") return text;
		if (method === "querySelector") return /^#([\w-]+)$/.exec(text ?? "")?.[1] ?? null;
	}
	return null;
}

/** The page has the id, or code that could make the element names it besides. */
function isNamed(texts: readonly string[], id: string): boolean {
	const name = id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return texts.some((text) => new RegExp(`\\bid\\s*[=:]\\s*\\{?\\s*["'\`]?${name}(?![\\w-])`).test(text));
}
