// The HTML of an app: generated around its module, or the app's own page with our head in front. The bridge is the first
// script of either, before any byte of the app runs; the import map is inline (browsers take no other) and allowed by its hash.
import { createHash } from "node:crypto";
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html, parse, parseFragment, serialize } from "parse5";
import type { BundleIndex } from "./bundle.ts";
import { libraries } from "./libraries.ts";

/** What the bridge must know. It is public to the app's code: no token, no id. */
export interface PageFacts {
	studioOrigin: string;
	kind: "draft" | "live";
	role: "owner" | "editor" | "viewer" | "visitor";
	name: string;
	/** Whether the app runs in a frame with a session, and so has data to share. */
	hasSession: boolean;
}

/** A document with a hole for the facts of the one who looks at it. */
export interface PageTemplate {
	before: string;
	after: string;
}

const importMap = JSON.stringify({ imports: libraries.imports });

/** CSP source of the import map. */
export const importMapHash = `'sha256-${createHash("sha256").update(importMap).digest("base64")}'`;

const hole = "<!--freehold-facts-->";

const headOf = (index: BundleIndex): string =>
	`<meta name="freehold-sources" content="${escapeAttribute(JSON.stringify(index.sources))}">${hole}` +
	`<script src="${libraries.bridge}"></script><script type="importmap">${importMap}</script>`;

/** The page of an app that is a module: `/app.js` default-exports a component. */
export function moduleTemplate(index: BundleIndex): PageTemplate {
	const stylesheet = index.files.some((file) => file.path === "styles.css")
		? '<link rel="stylesheet" href="/styles.css">'
		: "";
	return split(
		`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
			`<title>${escapeText(index.title)}</title>${headOf(index)}<link rel="icon" href="data:,">${stylesheet}` +
			`<link rel="modulepreload" href="/app.js"><script type="module" src="${libraries.start}"></script></head>` +
			`<body><div id="root"></div></body></html>`,
	);
}

/** The app's own page. What could change where its addresses lead is taken out: `<base>`, refresh, its own import map. */
export function htmlTemplate(index: BundleIndex, source: string): PageTemplate {
	const tree = parse(source);
	const head = findHead(tree);
	for (const child of [...walk(tree)]) {
		if (isUnwanted(child)) defaultTreeAdapter.detachNode(child);
		// a declarative shadow root is a tree that the bridge's watch over frames is not told about
		else if (child.nodeName === "template" && "attrs" in child)
			child.attrs = child.attrs.filter(({ name }) => !name.startsWith("shadowroot"));
	}
	// without one a browser asks for /favicon.ico, and says in the console that it is missing
	const hasIcon = [...walk(tree)].some(isIcon) || index.files.some((file) => file.path === "favicon.ico");
	const icon = hasIcon ? "" : '<link rel="icon" href="data:,">';
	const ours = parseFragment(`<meta charset="utf-8">${headOf(index)}${icon}`).childNodes;
	const first = head.childNodes[0];
	for (const node of [...ours]) {
		defaultTreeAdapter.detachNode(node);
		if (first) defaultTreeAdapter.insertBefore(head, node, first);
		else defaultTreeAdapter.appendChild(head, node);
	}
	return split(serialize(tree));
}

/** The page a private app's frame starts with: it only asks the studio for a code for `challenge` (runtime/open.ts). */
export function openPage(studioOrigin: string, challenge: string): string {
	return (
		`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
		`<title>Opening</title><meta name="freehold-studio" content="${escapeAttribute(studioOrigin)}"><meta name="freehold-challenge" content="${escapeAttribute(challenge)}">` +
		`<link rel="icon" href="data:,"><style>${openStyle}</style></head><body><p id="status" role="status">Opening the app…</p>` +
		`<noscript><p>This app needs JavaScript.</p></noscript><script src="${libraries.open}"></script></body></html>`
	);
}

const openStyle =
	"body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;color-scheme:light dark}p{margin:1rem;max-width:32rem}";

/** The page for one person. */
export function renderPage(template: PageTemplate, facts: PageFacts): string {
	return `${template.before}<meta name="freehold" content="${escapeAttribute(JSON.stringify(facts))}">${template.after}`;
}

function split(text: string): PageTemplate {
	// ours is the first: nothing of the app comes before it
	const at = text.indexOf(hole);
	return { before: text.slice(0, at), after: text.slice(at + hole.length) };
}

type Node = DefaultTreeAdapterTypes.ChildNode;

function* walk(parent: DefaultTreeAdapterTypes.ParentNode): Generator<Node> {
	for (const child of parent.childNodes) {
		yield child;
		if ("childNodes" in child) yield* walk(child);
		if (child.nodeName === "template" && "content" in child) yield* walk(child.content);
	}
}

function findHead(tree: DefaultTreeAdapterTypes.Document): DefaultTreeAdapterTypes.Element {
	for (const node of walk(tree)) if (defaultTreeAdapter.isElementNode(node) && node.tagName === "head") return node;
	// the HTML parser makes a head for every document (HTML §13.2.6.4.3)
	return defaultTreeAdapter.createElement("head", html.NS.HTML, []);
}

function isIcon(node: Node): boolean {
	if (!defaultTreeAdapter.isElementNode(node) || node.tagName !== "link") return false;
	return node.attrs.some((one) => one.name === "rel" && /(^|\s)icon(\s|$)/i.test(one.value));
}

function isUnwanted(node: Node): boolean {
	if (node.nodeName === "#comment" && "data" in node) return node.data.includes("freehold-facts");
	if (!defaultTreeAdapter.isElementNode(node)) return false;
	const attribute = (name: string) =>
		node.attrs
			.find((one) => one.name === name)
			?.value.trim()
			.toLowerCase();
	if (node.tagName === "base") return true;
	if (node.tagName === "script") return attribute("type") === "importmap";
	if (node.tagName !== "meta") return false;
	return attribute("http-equiv") === "refresh" || (attribute("name") ?? "").startsWith("freehold");
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? "");
const escapeAttribute = escapeText;
