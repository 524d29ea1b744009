// Checks a page of an app and makes it fit its Content-Security-Policy: inline scripts move into files of their own; what
// would load from, or send to, another host is a problem.
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { AppFile } from "#schema/files.ts";
import { checkCss } from "./check-css.ts";
import { isCode, servedPath } from "./modules.ts";
import { isExternal, relativeTo, resolveFrom, schemeOf } from "./paths.ts";
import type { Problem } from "./problem.ts";

type Element = DefaultTreeAdapterTypes.Element;

interface InlineScript {
	/** The path it is served at. */
	path: string;
	text: string;
	firstLine: number;
	isModule: boolean;
}

export interface CheckedHtml {
	/** The page with its inline scripts taken out. */
	html: string;
	scripts: InlineScript[];
	/** Code files of the app that the page starts. */
	starts: string[];
	/** Those of them that are no modules. */
	classic: string[];
	/** Whether there is anything to see before a script has run. */
	isEmpty: boolean;
	problems: Problem[];
}

interface Edit {
	start: number;
	end: number;
	text: string;
}

/** Chromium, too, stops nesting at 512. */
const maxDepth = 400;

/** Attributes that make the browser fetch, by element; `a[href]` and the like only lead somewhere when followed. */
const fetching: Record<string, readonly string[]> = {
	script: ["src"],
	link: ["href"],
	img: ["src"],
	source: ["src"],
	audio: ["src"],
	video: ["src", "poster"],
	track: ["src"],
	input: ["src"],
	image: ["href", "xlink:href"],
	use: ["href", "xlink:href"],
	body: ["background"],
	table: ["background"],
	td: ["background"],
};

const refusedElements: Record<string, string> = {
	base: "<base> would change where every address of the page leads. Remove it.",
	iframe: "Frames cannot be shown in an app. Remove the iframe.",
	frame: "Frames cannot be shown in an app. Remove the frame.",
	object: "<object> cannot be shown in an app. Use an <img> with a file of the app.",
	embed: "<embed> cannot be shown in an app. Use an <img> with a file of the app.",
	portal: "Frames cannot be shown in an app. Remove it.",
};

export function checkHtml(files: ReadonlyMap<string, AppFile>, path: string, html: string): CheckedHtml {
	const result: CheckedHtml = { html, scripts: [], starts: [], classic: [], isEmpty: false, problems: [] };
	const edits: Edit[] = [];
	const tree = parse(html, { sourceCodeLocationInfo: true });
	result.isEmpty = !showsSomething(tree);
	for (const { element, depth } of elementsOf(tree)) {
		if (depth > maxDepth) {
			const line = element.sourceCodeLocation?.startLine ?? null;
			const message = `This page is nested more than ${maxDepth} elements deep. Close what was opened, or make it flatter.`;
			result.problems.push({ path, line, code: "markup", message });
			break;
		}
		checkElement({ files, path, html, result, edits }, element);
	}
	let at = 0;
	let out = "";
	for (const edit of edits.sort((a, b) => a.start - b.start)) {
		out += html.slice(at, edit.start) + edit.text;
		at = edit.end;
	}
	result.html = out + html.slice(at);
	return result;
}

interface Page {
	files: ReadonlyMap<string, AppFile>;
	path: string;
	html: string;
	result: CheckedHtml;
	edits: Edit[];
}

function checkElement(page: Page, element: Element): void {
	const { problems } = page.result;
	const line = element.sourceCodeLocation?.startLine ?? null;
	const add = (code: Problem["code"], message: string) => problems.push({ path: page.path, line, code, message });
	const refused = refusedElements[element.tagName];
	if (refused) {
		add("markup", refused);
		return;
	}
	for (const { name, value } of element.attrs) {
		if (/^on/i.test(name)) {
			add(
				"inline_handler",
				`The attribute ${name.slice(0, 40)} does not run in an app. Use addEventListener in a script file.`,
			);
		} else if (name === "style") {
			problems.push(...checkCss(page.files, { path: page.path, text: value, firstLine: line ?? 1, isAttribute: true }));
		} else if (
			/^(href|src|action|formaction|xlink:href)$/i.test(name) &&
			/^(javascript|vbscript)$/.test(schemeOf(value))
		) {
			add(
				"inline_handler",
				"An address that is a script does not run in an app. Use addEventListener in a script file.",
			);
		} else if ((name === "action" || name === "formaction") && isExternal(value)) {
			add("external", "A form cannot send to another host. Handle its submit event in a script file.");
		} else if (
			(name === "srcset" || name === "imagesrcset") &&
			value.split(",").some((part) => isForeign(part.trim()))
		) {
			add("external", "This image comes from another host. Use a file of the app.");
		}
	}
	const attribute = (name: string) => element.attrs.find((one) => one.name === name)?.value;
	if (
		element.tagName === "meta" &&
		/^(refresh|content-security-policy)$/i.test(attribute("http-equiv")?.trim() ?? "")
	) {
		add("markup", "This <meta http-equiv> cannot be used in an app. Remove it.");
	}
	for (const name of fetching[element.tagName] ?? []) checkReference(page, element, attribute(name), name, add);
	if (element.tagName === "script" && attribute("src") === undefined) checkInlineScript(page, element, add);
	if (element.tagName === "style") {
		const text = textOf(element);
		const firstLine = element.sourceCodeLocation?.startTag?.endLine ?? line ?? 1;
		problems.push(...checkCss(page.files, { path: page.path, text, firstLine }));
	}
}

type Add = (code: Problem["code"], message: string) => void;

const isForeign = (reference: string) => isExternal(reference) && !/^(data|blob)$/.test(schemeOf(reference));

function checkReference(page: Page, element: Element, value: string | undefined, name: string, add: Add): void {
	if (value === undefined || value.trim() === "" || value.startsWith("#")) return;
	if (isForeign(value)) {
		add(
			"external",
			`This <${element.tagName}> loads from another host, which apps cannot do. Use a file of the app instead.`,
		);
		return;
	}
	if (isExternal(value)) return;
	const target = findServed(page.files, page.path, value);
	if (resolveFrom(page.path, value)?.startsWith("_freehold/")) return;
	if (target === null) {
		add(
			"missing_file",
			`This <${element.tagName}> names a file that does not exist. Write the file, or correct the path.`,
		);
		return;
	}
	const isScript = element.tagName === "script" && isCode(target);
	if (isScript) {
		page.result.starts.push(target);
		const type = element.attrs
			.find((one) => one.name === "type")
			?.value.trim()
			.toLowerCase();
		if (type !== "module") page.result.classic.push(target);
	}
	// The start page answers for every path of the app's own, so what it loads is named from the top.
	const isStart = page.path === "index.html" && !value.startsWith("/");
	const served = isScript ? servedPath(target) : target;
	const location = element.sourceCodeLocation?.attrs?.[name];
	if (!location || (!isStart && served === resolveFrom(page.path, value))) return;
	const rest = /[?#].*$/s.exec(value)?.[0] ?? "";
	const address = page.path === "index.html" ? `/${served}` : relativeTo(page.path, served);
	const text = `${name}="${encodePath(address)}${rest.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
	page.edits.push({ start: location.startOffset, end: location.endOffset, text });
}

const encodePath = (path: string) => path.replaceAll(" ", "%20");

/** The file that an address in a page means. What bundlers serve from `public/` at the top is found there. */
export function findServed(files: ReadonlyMap<string, AppFile>, from: string, reference: string): string | null {
	const target = resolveFrom(from, decode(reference));
	if (target === null) return null;
	if (files.has(target)) return target;
	return files.has(`public/${target}`) ? `public/${target}` : null;
}

function decode(reference: string): string {
	try {
		return decodeURI(reference);
	} catch {
		return reference;
	}
}

const visible = new Set([
	"img",
	"svg",
	"canvas",
	"video",
	"input",
	"textarea",
	"select",
	"button",
	"picture",
	"progress",
	"meter",
	"hr",
]);
const silent = new Set(["script", "style", "template", "noscript", "head", "title"]);

function showsSomething(root: DefaultTreeAdapterTypes.ParentNode): boolean {
	const waiting: DefaultTreeAdapterTypes.ChildNode[] = [...root.childNodes];
	for (let node = waiting.pop(); node; node = waiting.pop()) {
		if (node.nodeName === "#text" && "value" in node && node.value.trim() !== "") return true;
		if (!("tagName" in node) || silent.has(node.tagName)) continue;
		if (visible.has(node.tagName) || node.tagName.includes("-")) return true;
		waiting.push(...node.childNodes);
	}
	return false;
}

function checkInlineScript(page: Page, element: Element, add: Add): void {
	const type =
		element.attrs
			.find((one) => one.name === "type")
			?.value.trim()
			.toLowerCase() ?? "";
	if (type === "importmap") add("markup", "The app's import map is made by Freehold. Remove this one.");
	const isModule = type === "module";
	if (/babel|typescript|jsx|tsx/.test(type)) {
		add(
			"markup",
			"Nothing compiles this script in the page. Move it into a .tsx or .ts file and load that with type=module.",
		);
	}
	// other types are data to the browser and never run
	if (!isModule && !/^$|^(text|application)\/(x-)?(java|ecma)script$/.test(type)) return;
	const location = element.sourceCodeLocation;
	const text = textOf(element);
	if (text.trim() === "") return;
	if (!location?.startTag || !location.endTag) {
		add("markup", "This <script> is not closed. Close it, or move it into a file.");
		return;
	}
	const path = `${page.path.replace(/\.html?$/i, "")}.inline-${page.result.scripts.length + 1}.js`;
	page.result.scripts.push({ path, text, firstLine: location.startTag.endLine, isModule });
	page.edits.push({
		start: location.startTag.endOffset - 1,
		end: location.endTag.startOffset,
		text: ` src="${page.path === "index.html" ? `/${encodePath(path)}` : encodePath(relativeTo(page.path, path))}">`,
	});
}

function textOf(element: Element): string {
	return element.childNodes.map((node) => (node.nodeName === "#text" && "value" in node ? node.value : "")).join("");
}

/** In document order, without recursion: a page may be nested deeper than the stack. */
function* elementsOf(root: DefaultTreeAdapterTypes.ParentNode): Generator<{ element: Element; depth: number }> {
	const waiting = [...root.childNodes].reverse().map((node) => ({ node, depth: 1 }));
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { node, depth } = next;
		if (!("tagName" in node)) continue;
		yield { element: node, depth };
		const inside = node.nodeName === "template" && "content" in node ? node.content.childNodes : [];
		for (const children of [inside, node.childNodes]) {
			for (const child of [...children].reverse()) waiting.push({ node: child, depth: depth + 1 });
		}
	}
}
