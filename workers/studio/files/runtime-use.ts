// What a module does that the page's Content-Security-Policy or its sandbox would stop when it runs: code from text, other hosts,
// frames, handlers in markup. Each is found only where it stands in plain sight; the policy stops the rest.
import type { AppFile } from "#schema/files.ts";
import { findServed } from "./check-html.ts";
import type { Module } from "./module.ts";
import { isExternal, schemeOf } from "./paths.ts";
import { lineAt, type Problem } from "./problem.ts";
import { leadingText, memberName, type Node, walk } from "./program.ts";

const evalMessage =
	"Code that is made from text (eval, new Function) does not run in an app. Write the logic itself: for a calculator, read the numbers and operators and apply them.";
const hostMessage =
	"An app reaches no other host. Keep the data in the app: in a file, in state, or in a collection of freehold.";
const mediaMessage =
	"This comes from another host, which apps cannot load. Use a file of the app, an inline <svg>, a data: URL or plain CSS.";
const handlerMessage =
	'A handler inside markup (onclick="…") does not run in an app. Create the element, or find it after, and use addEventListener.';

const serverMessage =
	"There is no server behind an app, and no file of this name. Keep the data in a file of the app, or in a collection of freehold.";
const missingMessage = "There is no such file. Write it, correct the path, or draw it with CSS or an inline <svg>.";

const frames = new Set(["iframe", "frame", "object", "embed", "portal", "fencedframe"]);
/** Attributes of an element that make the browser load something. */
const loading = /^(src|srcSet|srcset|poster|xlinkHref|data)$/;

export function findBlocked(files: ReadonlyMap<string, AppFile>, module: Module): Problem[] {
	if (!module.program) return [];
	const problems: Problem[] = [];
	const add = (node: Node, code: Problem["code"], message: string) =>
		problems.push({ path: module.path, line: lineAt(module.js, node.start), code, message });
	const texts = textConstants(module.program);
	const free = new Set(module.scopes?.free.map(({ start }) => start));
	const isFree = (node: Node, name: RegExp): node is Extract<Node, { type: "Identifier" }> =>
		node.type === "Identifier" && name.test(node.name) && free.has(node.start);
	const textOf = (node: Node | null | undefined): string | null => {
		if (node?.type === "TemplateLiteral" && node.quasis[0]?.value.cooked === "" && node.expressions[0])
			return textOf(node.expressions[0]);
		if (node?.type === "BinaryExpression" && node.operator === "+") return textOf(node.left);
		return node?.type === "Identifier" ? (texts.get(node.name) ?? null) : leadingText(node);
	};
	const isForeign = (text: string | null): boolean =>
		text !== null &&
		isExternal(text) &&
		/^(https?|wss?)?$/.test(schemeOf(text)) &&
		!/^(https?:)?\/\/(localhost|127\.)/.test(text);
	// an address of the app itself, as a page at the top reads it, that no file answers to
	const isMissing = (node: Node | null | undefined): boolean => {
		const isPlain = node?.type === "Literal" || (node?.type === "TemplateLiteral" && node.expressions.length === 0);
		const text = isPlain ? leadingText(node) : null;
		if (text === null || text.trim() === "" || text.startsWith("#") || isExternal(text)) return false;
		if (/^\/?_freehold\//.test(text)) return false;
		return findServed(files, "index.html", text) === null;
	};
	const writesMarkup = /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write)\b/.test(
		module.js,
	);

	for (const node of walk(module.program)) {
		if (node.type === "CallExpression" || node.type === "NewExpression") {
			const { callee } = node;
			const [first] = node.arguments;
			if (isFree(callee, /^(eval|Function)$/)) add(node, "blocked", evalMessage);
			if (isFree(callee, /^set(Timeout|Interval)$/) && first?.type === "Literal" && typeof first.value === "string")
				add(node, "blocked", evalMessage);
			const method = memberName(callee);
			if (isFree(callee, /^(fetch|WebSocket|EventSource|XMLHttpRequest)$/) && isForeign(textOf(first)))
				add(node, "external", hostMessage);
			if (method === "fetch" && isForeign(textOf(first))) add(node, "external", hostMessage);
			if (method === "sendBeacon" && isForeign(textOf(first))) add(node, "external", hostMessage);
			if (
				method === "open" &&
				node.arguments.length > 1 &&
				isForeign(textOf(node.arguments[1])) &&
				/XMLHttpRequest/.test(module.js)
			)
				add(node, "external", hostMessage);
			if (isFree(callee, /^fetch$/) && isMissing(first)) add(node, "missing_file", serverMessage);
			if (isFree(callee, /^Audio$/) && isMissing(first)) add(node, "missing_file", missingMessage);
			if (isFree(callee, /^(Audio|Image|Worker|SharedWorker)$/) && isForeign(textOf(first)))
				add(node, "external", mediaMessage);
			if (method === "setAttribute" && /^on/i.test(leadingText(first) ?? ""))
				add(node, "inline_handler", handlerMessage);
			if (method === "register" && callee.type === "MemberExpression" && memberName(callee.object) === "serviceWorker")
				add(node, "blocked", "A service worker cannot be used in an app. Remove the registration.");
			if (method === "glob" && callee.type === "MemberExpression" && callee.object.type === "MetaProperty")
				add(node, "unsupported_import", "import.meta.glob does not exist here. Import each file by its path.");
			checkElement(node, add, textOf, isForeign, isMissing);
		}
		if (node.type === "AssignmentExpression" && memberName(node.left) === "src" && isForeign(textOf(node.right)))
			add(node, "external", mediaMessage);
		if (writesMarkup && (node.type === "Literal" || node.type === "TemplateElement")) {
			const text = node.type === "Literal" ? node.value : node.value.cooked;
			if (typeof text === "string" && /<[a-z][^<>]*\son[a-z]{3,20}\s*=\s*["']?/i.test(text))
				add(node, "inline_handler", handlerMessage);
			if (
				typeof text === "string" &&
				/<(img|script|link|source|video|audio)\b[^<>]*\s(src|href)\s*=\s*["']?(https?:)?\/\//i.test(text)
			)
				add(node, "external", mediaMessage);
		}
		if (
			node.type === "Literal" &&
			typeof node.value === "string" &&
			/url\(\s*['"]?(https?:)?\/\/[^)\s]/i.test(node.value)
		)
			add(node, "external", mediaMessage);
		if (node.type === "Property") checkPicture(node, module, add, isForeign);
	}
	return problems;
}

type Add = (node: Node, code: Problem["code"], message: string) => void;

/** jsx("img", { src: "https://…" }) and the like, as JSX is compiled. */
function checkElement(
	node: Extract<Node, { type: "CallExpression" | "NewExpression" }>,
	add: Add,
	textOf: (node: Node | null | undefined) => string | null,
	isForeign: (text: string | null) => boolean,
	isMissing: (node: Node | null | undefined) => boolean,
): void {
	const { callee } = node;
	const called = callee.type === "Identifier" ? callee.name : (memberName(callee) ?? "");
	if (!/^(_jsxs?|_createElement|createElement|jsxs?|h)$/.test(called)) return;
	const [type, props] = node.arguments;
	const tag = leadingText(type);
	if (tag === null) return;
	if (frames.has(tag))
		add(node, "markup", `<${tag}> cannot be shown in an app. Remove it, or show the content itself.`);
	if (props?.type !== "ObjectExpression") return;
	for (const one of props.properties) {
		if (one.type !== "Property") continue;
		const name = one.key.type === "Identifier" ? one.key.name : String(leadingText(one.key));
		const isLoading = loading.test(name) || (name === "href" && (tag === "link" || tag === "image" || tag === "use"));
		if (isLoading && isForeign(textOf(one.value))) add(one, "external", mediaMessage);
		else if (isLoading && isMissing(one.value)) add(one, "missing_file", missingMessage);
	}
}

const pictureKey =
	/(src|image|img|avatar|photo|picture|thumbnail|thumb|cover|poster|logo|background)(url|uri|src)?s?$/i;
const pictureAddress =
	/\.(png|jpe?g|webp|gif|svg|avif)([?#]|$)|^(https?:)?\/\/(images\.unsplash|source\.unsplash|picsum\.photos|via\.placeholder|placehold\.|i\.pravatar|randomuser\.me|api\.dicebear|ui-avatars|loremflickr|placekitten|dummyimage|robohash)/i;

/** Data with addresses of pictures on other hosts, which the app then shows: every one of them stays empty. */
function checkPicture(
	node: Extract<Node, { type: "Property" }>,
	module: Module,
	add: Add,
	isForeign: (text: string | null) => boolean,
): void {
	const name = node.key.type === "Identifier" ? node.key.name : (leadingText(node.key) ?? "");
	const text = leadingText(node.value);
	if (!pictureKey.test(name) || text === null || !isForeign(text) || !pictureAddress.test(text)) return;
	// said once where it stands in an element
	if (
		/^(src|srcSet)$/.test(name) &&
		/_jsxs?\(\s*["']img["']/.test(module.js.slice(Math.max(0, node.start - 80), node.start))
	)
		return;
	add(node, "external", mediaMessage);
}

/** Constants of the file that are plain texts: const API = "https://…". */
function textConstants(program: Node): Map<string, string> {
	const found = new Map<string, string>();
	for (const node of walk(program)) {
		if (node.type !== "VariableDeclaration" || node.kind !== "const") continue;
		for (const { id, init } of node.declarations) {
			const text = leadingText(init);
			if (id.type === "Identifier" && text) found.set(id.name, text);
		}
	}
	return found;
}
