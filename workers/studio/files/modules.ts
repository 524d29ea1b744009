// What an import in an app may name, and how each name reaches the browser: code under its .js name, other files as small modules.
import { libraryExports } from "#build/library-exports";
import type { AppFile } from "#schema/files.ts";
import { nameHint } from "./library-hints.ts";
import { extensionOf, relativeTo, resolveFrom } from "./paths.ts";
import type { Problem } from "./problem.ts";

/** Served by the app's own origin through its import map: the very list that the map is made from. */
export const vendored: ReadonlySet<string> = new Set(Object.keys(libraryExports));

const code = new Set(["tsx", "ts", "jsx", "js", "mjs"]);
const addressed = new Set([
	"png",
	"jpg",
	"jpeg",
	"webp",
	"avif",
	"gif",
	"svg",
	"ico",
	"woff",
	"woff2",
	"ttf",
	"otf",
	"mp3",
	"wav",
	"ogg",
	"mp4",
	"webm",
	"pdf",
	"csv",
	"tsv",
	"txt",
	"md",
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

/** How an import wants a file: as it is usual for its kind, as its text (`?raw`), or as its address (`?url`). */
export type Variant = "plain" | "raw" | "url";

/** The module that stands for a file which is not code: `styles.css` is imported as `styles.css.js`. */
export const assetModulePath = (path: string, variant: Variant = "plain"): string =>
	variant === "plain" ? `${path}.js` : `${path}.${variant}.js`;

export type Target =
	| { ok: true; specifier: string; to: "library"; library: string }
	| { ok: true; specifier: string; to: "code"; file: string }
	| { ok: true; specifier: string; to: "asset"; file: string; variant: Variant }
	| { ok: false; problem: Omit<Problem, "path" | "line"> };

/** What an import specifier becomes in the served module. */
export function resolveImport(files: ReadonlyMap<string, AppFile>, from: string, specifier: string): Target {
	if (vendored.has(specifier)) return { ok: true, specifier, to: "library", library: specifier };
	const [bare = "", query = ""] = specifier.split(/[?#](.*)/s);
	const found = findTarget(files, from, bare);
	if (found === "outside")
		return bad("unknown_import", "This import leads out of the app. Import only the app's own files.");
	if (found === null) {
		if (!isRelative(bare)) return bad("unknown_import", unknownMessage(specifier));
		return bad("missing_file", missingMessage(files, resolveFrom(from, bare) ?? bare));
	}
	if (query !== "") return withQuery(from, found, query);
	if (isCode(found)) return { ok: true, specifier: relativeTo(from, servedPath(found)), to: "code", file: found };
	return asAsset(from, found, "plain");
}

const isRelative = (specifier: string) => /^\.{0,2}\//.test(specifier) || specifier === "." || specifier === "..";

/** Names that bundlers are often told to read as "from the top of the sources". */
const alias = /^(@|~|#|src)\//;

function findTarget(files: ReadonlyMap<string, AppFile>, from: string, specifier: string): string | "outside" | null {
	if (isRelative(specifier)) {
		const wanted = resolveFrom(from, specifier);
		if (wanted === null) return "outside";
		return findFile(files, wanted) ?? (specifier.startsWith("/") ? findFile(files, `public${specifier}`) : null);
	}
	if (!alias.test(specifier)) return null;
	const rest = specifier.replace(alias, "");
	return findFile(files, `src/${rest}`) ?? findFile(files, rest);
}

function withQuery(from: string, file: string, query: string): Target {
	if (query === "raw" || query === "inline") return asAsset(from, file, "raw");
	if (query === "url" && !isCode(file)) return asAsset(from, file, "url");
	if (/^(shared)?worker/.test(query))
		return bad(
			"unsupported_import",
			'Write new Worker(new URL("./file.ts", import.meta.url), { type: "module" }) instead of importing with ?worker.',
		);
	return bad(
		"unsupported_import",
		"Only ?raw (the text) and ?url (the address) can follow the path of an import. Leave out the rest.",
	);
}

function asAsset(from: string, file: string, variant: Variant): Target {
	const extension = extensionOf(file);
	if (variant === "plain" && extension !== "css" && extension !== "json" && !addressed.has(extension)) {
		const message = /^(scss|sass|less|styl)$/.test(extension)
			? `.${extension} needs a compiler that does not exist here. Write plain CSS (it has nesting and variables) in a .css file.`
			: "Only code, .css, .json, image, font, sound and text files can be imported.";
		return bad("unsupported_import", message);
	}
	return { ok: true, specifier: relativeTo(from, assetModulePath(file, variant)), to: "asset", file, variant };
}

/** The app's file that a path means, with the extensions that may be left out; null when there is none. */
export function findFile(files: ReadonlyMap<string, AppFile>, wanted: string): string | null {
	if (files.has(wanted)) return wanted;
	const withExtension = guesses
		.map((guess) => (wanted === "" ? guess.replace(/^\//, "") : wanted + guess))
		.find((path) => files.has(path));
	if (withExtension) return withExtension;
	// TypeScript code may name the .js file that its source becomes
	const source = /\.(m?js|jsx)$/.test(wanted)
		? [".ts", ".tsx", ".jsx"].map((guess) => wanted.replace(/\.(m?js|jsx)$/, guess)).find((path) => files.has(path))
		: undefined;
	return source ?? null;
}

function missingMessage(files: ReadonlyMap<string, AppFile>, wanted: string): string {
	const lower = new Map([...files].map(([path, file]) => [path.toLowerCase(), file]));
	const near = findFile(lower, wanted.toLowerCase());
	const real = near === null ? undefined : [...files.keys()].find((path) => path.toLowerCase() === near);
	if (real) return `There is no file ${wanted.slice(0, 200)}, but ${real}: upper and lower case must be the same.`;
	const name = wanted.split("/").at(-1) ?? "";
	const elsewhere = [...files.keys()].find(
		(path) =>
			path
				.split("/")
				.at(-1)
				?.replace(/\.\w+$/, "") === name,
	);
	const hint = elsewhere ? ` ${elsewhere} has that name: correct the path, or` : " Write it, or";
	return `There is no file ${wanted.slice(0, 200)} to import.${hint} remove the import.`;
}

function unknownMessage(specifier: string): string {
	const name = specifier.slice(0, 100);
	if (/^(https?:|\/\/)/i.test(specifier))
		return "Code cannot be imported from another host. Write it into a file of the app.";
	if (/^(node:|cloudflare:)/.test(specifier)) return "Modules of a server cannot be imported in a page.";
	if (/\.(css|scss|png|svg|jpe?g|json)$/.test(specifier))
		return `"${name}" cannot be imported: a file of the app is named by a relative path, like "./${name}".`;
	return `"${name}" cannot be imported: nothing can be installed.${nameHint(specifier)} Use one of ${[...vendored].join(", ")}, or a relative path.`;
}

const bad = (problemCode: Problem["code"], message: string): Target => ({
	ok: false,
	problem: { code: problemCode, message },
});
