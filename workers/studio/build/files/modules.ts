// What an import in an app may name, and how each name reaches the browser: code under its .js name, other files as small modules.
import type { AppFile } from "#schema/files.ts";
import { extensionOf, relativeTo, resolveFrom } from "./paths.ts";
import type { Problem } from "./problem.ts";

/** Served by the app's own origin through its import map. */
export const vendored: ReadonlySet<string> = new Set([
	"react",
	"react-dom",
	"react-dom/client",
	"react/jsx-runtime",
	"preact",
	"preact/hooks",
	"preact/compat",
	"preact/jsx-runtime",
	"@preact/signals",
	"chart.js",
	"chart.js/auto",
	"freehold",
	"freehold/tables",
]);

const code = new Set(["tsx", "ts", "jsx", "js", "mjs"]);
const addressed = new Set([
	"png",
	"jpg",
	"jpeg",
	"webp",
	"gif",
	"svg",
	"ico",
	"woff",
	"woff2",
	"ttf",
	"otf",
	"mp3",
	"pdf",
	"csv",
	"txt",
]);
/** In the order tried when an import leaves the extension out. */
const guesses = [
	".tsx",
	".ts",
	".jsx",
	".js",
	".mjs",
	".json",
	".css",
	"/index.tsx",
	"/index.ts",
	"/index.jsx",
	"/index.js",
];

export const isCode = (path: string): boolean => code.has(extensionOf(path));

/** app.tsx is served as app.js; other files keep their names. */
export const servedPath = (path: string): string => (isCode(path) ? path.replace(/\.(tsx|ts|jsx|mjs)$/i, ".js") : path);

/** The module that stands for a file which is not code: `styles.css` is imported as `styles.css.js`. */
export const assetModulePath = (path: string): string => `${path}.js`;

export type Target =
	| { ok: true; specifier: string; file: string | null }
	| { ok: false; problem: Omit<Problem, "path" | "line"> };

/** What an import specifier becomes in the served module; `file` is the app's file it leads to. */
export function resolveImport(files: ReadonlyMap<string, AppFile>, from: string, specifier: string): Target {
	if (vendored.has(specifier)) return { ok: true, specifier, file: null };
	if (!/^\.{0,2}\//.test(specifier)) return bad("unknown_import", unknownMessage(specifier));
	const wanted = resolveFrom(from, specifier);
	if (wanted === null)
		return bad("unknown_import", "This import leads out of the app. Import only the app's own files.");
	const file = findFile(files, wanted);
	if (file === null)
		return bad("missing_file", `There is no file ${wanted.slice(0, 200)} to import. Write it, or correct the path.`);
	if (/[?#]/.test(specifier)) return bad("unsupported_import", "Leave out everything after ? or # in an import.");
	if (isCode(file)) return { ok: true, specifier: relativeTo(from, servedPath(file)), file };
	const extension = extensionOf(file);
	if (extension === "css" || extension === "json" || addressed.has(extension)) {
		return { ok: true, specifier: relativeTo(from, assetModulePath(file)), file };
	}
	return bad("unsupported_import", "Only code, .css, .json, image, font and text files can be imported.");
}

function findFile(files: ReadonlyMap<string, AppFile>, wanted: string): string | null {
	if (files.has(wanted)) return wanted;
	const withExtension = guesses.map((guess) => wanted + guess).find((path) => files.has(path));
	if (withExtension) return withExtension;
	// TypeScript code may name the .js file that its source becomes
	const source = /\.(js|jsx)$/.test(wanted)
		? [".ts", ".tsx"].map((guess) => wanted.replace(/\.jsx?$/, guess)).find((path) => files.has(path))
		: undefined;
	return source ?? null;
}

function unknownMessage(specifier: string): string {
	const name = specifier.slice(0, 100);
	if (/^(https?:|\/\/)/i.test(specifier))
		return "Code cannot be imported from another host. Write it into a file of the app.";
	if (/^(node:|cloudflare:)/.test(specifier)) return "Modules of a server cannot be imported in a page.";
	return `"${name}" cannot be imported: nothing can be installed. Use one of ${[...vendored].join(", ")}, or a relative path.`;
}

const bad = (problemCode: Problem["code"], message: string): Target => ({
	ok: false,
	problem: { code: problemCode, message },
});

/** The module served for an imported file that is not code. */
export function assetModule(file: AppFile): string {
	const name = JSON.stringify(`./${file.path.split("/").at(-1) ?? ""}`);
	switch (extensionOf(file.path)) {
		case "json":
			// JSON.parse and not a literal: in a literal the key __proto__ would set the prototype
			return `export default JSON.parse(${JSON.stringify(file.content)});\n`;
		case "css":
			return cssModule(name);
		default:
			return `export default new URL(${name}, import.meta.url).href;\n`;
	}
}

/** Adds the stylesheet once and waits for it, so that the app is never drawn without its styles. */
function cssModule(name: string): string {
	return `const href = new URL(${name}, import.meta.url).href;
const isThere = [...document.querySelectorAll("link[rel=stylesheet]")].some((link) => link.href === href);
if (!isThere) {
	const link = document.createElement("link");
	link.rel = "stylesheet";
	link.href = href;
	await new Promise((resolve) => {
		link.onload = resolve;
		link.onerror = resolve;
		setTimeout(resolve, 3000);
		document.head.append(link);
	});
}
export default {};
`;
}
