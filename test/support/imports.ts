// What each file of the product imports, types included: read from its text, since TypeScript leaves types out of what it emits
// and the native compiler has no interface for this.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export interface Import {
	/** From the root of the repository. */
	from: string;
	/** A file of the repository, or the name of a package. */
	to: string;
	isPackage: boolean;
	/** Only types: nothing of it is there when the code runs. */
	isType: boolean;
}

/**
 * Imports and re-exports, static, dynamic and in types. Statements begin a line, as the formatter writes them; comments are taken
 * out first, and template texts, which are what the product writes for others.
 */
function specifiersOf(source: string): { specifier: string; isType: boolean }[] {
	const text = withoutComments(source);
	const statements = text.matchAll(/^(?:import|export)\b(?:([^"'`;]*?)\bfrom)?\s*["']([^"']+)["']/gm);
	const dynamic = text.matchAll(/\bimport\s*\(\s*["']([^"']+)["']\s*[,)]/g);
	return [
		...[...statements].map(([, names = "", specifier = ""]) => ({ specifier, isType: isTypeOnly(names) })),
		...[...dynamic].map(([, specifier = ""]) => ({ specifier, isType: false })),
	];
}

/** `type { A }`, or a list in which every name says so. */
function isTypeOnly(names: string): boolean {
	const [, list] = /^\s*\{([^}]*)\}\s*$/.exec(names) ?? [];
	if (list === undefined) return /^\s*type\b/.test(names);
	return list.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type "));
}

/** Strings stay, so that what looks like a comment inside one is none; template texts become empty. */
function withoutComments(source: string): string {
	return source.replace(
		/("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
		(whole, string: string | undefined) => string ?? (whole.startsWith("`") ? "``" : ""),
	);
}

type Alias = readonly [name: string, path: string];

/** `#db/` and its like, as package.json has them. */
export function readAliases(root: string): Alias[] {
	const { imports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
		imports: Record<string, string>;
	};
	return Object.entries(imports).map(([name, path]) => [
		name.replace("*", ""),
		path.replace("./", "").replace("*", ""),
	]);
}

/** `source`: another text in place of the file's own. */
export function importsOf(root: string, from: string, aliases: readonly Alias[], source?: string): Import[] {
	const text = source ?? readFileSync(join(root, from), "utf8");
	return specifiersOf(text).map(({ specifier, isType }) => ({ ...resolve(from, specifier, aliases), isType }));
}

export const listFiles = (root: string, folders: readonly string[]): string[] =>
	folders
		.filter((folder) => existsSync(join(root, folder)))
		.flatMap((folder) =>
			readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
		)
		.filter((name) => /\.tsx?$/.test(name) && !name.endsWith("worker-configuration.d.ts"))
		.sort();

function resolve(from: string, specifier: string, aliases: readonly Alias[]): Omit<Import, "isType"> {
	if (specifier.startsWith(".")) return { from, to: normalize(join(dirname(from), specifier)), isPackage: false };
	const alias = aliases.find(([name]) => specifier.startsWith(name));
	if (!alias) return { from, to: specifier, isPackage: true };
	// what is built has no extension in its name, as package.json writes it
	const rest = specifier.slice(alias[0].length);
	return {
		from,
		to: alias[1].includes(".build/") ? `.build/${rest.replace(/\.js$/, "")}` : alias[1] + rest,
		isPackage: false,
	};
}

/** Groups that reach each other (Tarjan), each of two or more, or one that imports itself. */
export function findCircles(edges: readonly (readonly [from: string, to: string])[]): string[][] {
	const next = new Map<string, string[]>();
	for (const [from, to] of edges) next.set(from, [...(next.get(from) ?? []), to]);
	const index = new Map<string, number>();
	const low = new Map<string, number>();
	const stack: string[] = [];
	const circles: string[][] = [];
	const visit = (node: string): void => {
		index.set(node, index.size);
		low.set(node, index.get(node) ?? 0);
		stack.push(node);
		for (const other of next.get(node) ?? []) {
			if (!index.has(other)) visit(other);
			if (stack.includes(other)) low.set(node, Math.min(low.get(node) ?? 0, low.get(other) ?? 0));
		}
		if (low.get(node) !== index.get(node)) return;
		const group = stack.splice(stack.indexOf(node));
		if (group.length > 1 || (next.get(node) ?? []).includes(node)) circles.push(group.sort());
	};
	for (const node of next.keys()) if (!index.has(node)) visit(node);
	return circles;
}
