// The small modules that stand for imported files which are not code: a stylesheet, data, an address or a text.
import type { AppFile } from "#schema/files.ts";
import { classNamesOf } from "./css-modules.ts";
import type { Variant } from "./modules.ts";
import { extensionOf } from "./paths.ts";
import { bytesOf } from "./served.ts";

export const isCssModule = (path: string): boolean => /\.module\.css$/i.test(path);

/** What can be imported from the module by name; `default` is always there. */
export function assetExports(file: AppFile, variant: Variant): Set<string> {
	const names = new Set(["default"]);
	if (variant !== "plain") return names;
	if (isCssModule(file.path)) for (const [name] of classNamesOf(file)) if (isName(name)) names.add(name);
	if (extensionOf(file.path) === "json") for (const name of keysOf(file)) names.add(name);
	return names;
}

export function assetModule(file: AppFile, variant: Variant): string {
	const name = JSON.stringify(`./${file.path.split("/").at(-1) ?? ""}`);
	if (variant === "raw") return `export default ${JSON.stringify(textOf(file))};\n`;
	if (variant === "url") return addressModule(name);
	switch (extensionOf(file.path)) {
		case "json":
			return jsonModule(file);
		case "css":
			return cssModule(name, isCssModule(file.path) ? classNamesOf(file) : null);
		default:
			return addressModule(name);
	}
}

const addressModule = (name: string) => `export default new URL(${name}, import.meta.url).href;\n`;

const textOf = (file: AppFile) =>
	file.encoding === "utf8" ? file.content : new TextDecoder().decode(bytesOf(file) ?? new Uint8Array());

// JSON.parse and not a literal: in a literal the key __proto__ would set the prototype
function jsonModule(file: AppFile): string {
	const names = keysOf(file);
	const consts = names.map((name, at) => `const v${at} = data[${JSON.stringify(name)}];\n`).join("");
	const list = names.map((name, at) => `v${at} as ${name}`).join(", ");
	return `const data = JSON.parse(${JSON.stringify(textOf(file))});\nexport default data;\n${consts}${list ? `export { ${list} };\n` : ""}`;
}

const maxNames = 500;

/** Keys of a JSON object that an import could name. */
function keysOf(file: AppFile): string[] {
	try {
		const value: unknown = JSON.parse(textOf(file));
		if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
		return Object.keys(value)
			.filter((key) => isName(key) && key !== "default")
			.slice(0, maxNames);
	} catch {
		return [];
	}
}

const isName = (text: string) => /^[A-Za-z_$][\w$]*$/.test(text);

/** Adds the stylesheet once and waits for it, so that the app is never drawn without its styles. */
function cssModule(name: string, classes: ReadonlyMap<string, string> | null): string {
	const exported = classes ?? new Map<string, string>();
	const named = [...exported].filter(([key]) => isName(key) && key !== "default");
	const consts = named.map(([, value], at) => `const v${at} = ${JSON.stringify(value)};\n`).join("");
	const list = named.map(([key], at) => `v${at} as ${key}`).join(", ");
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
export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(exported)))});
${consts}${list ? `export { ${list} };\n` : ""}`;
}
