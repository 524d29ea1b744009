// Compiles one code file for the browser: types and JSX away (sucrase keeps the line numbers), imports pointed at what is served.
import { parse } from "es-module-lexer/js";
import { transform } from "sucrase";
import type { AppFile } from "#schema/files.ts";
import { resolveImport } from "./modules.ts";
import { extensionOf } from "./paths.ts";
import { lineAt, type Problem } from "./problem.ts";

export interface Compiled {
	js: string;
	hasDefaultExport: boolean;
	/** Files of the app that this one imports. */
	imports: string[];
	problems: Problem[];
}

/** At the start of a statement only: the word in a text or a comment is no call. Bounded, against slow matching. */
const requireCall = /^[ \t]*(?:import\s\w{1,100}\s?|(?:const|let|var)\s[\w$\s{},:]{1,300})=\s?require\(/m;

/** `path` decides the language; for a script inside a page it is the page's. */
export function compileCode(files: ReadonlyMap<string, AppFile>, path: string, source: string): Compiled {
	const required = requireCall.exec(source);
	if (required) {
		const message = "require() does not exist in a page. Use import.";
		const problem: Problem = { path, line: lineAt(source, required.index + 1), code: "unsupported_import", message };
		return { js: "", hasDefaultExport: false, imports: [], problems: [problem] };
	}
	const stripped = stripTypes(path, source);
	if ("problem" in stripped) return { js: "", hasDefaultExport: false, imports: [], problems: [stripped.problem] };
	return rewriteImports(files, path, stripped.js);
}

function stripTypes(path: string, source: string): { js: string } | { problem: Problem } {
	const extension = extensionOf(path);
	const isTypeScript = extension === "ts" || extension === "tsx";
	try {
		const { code } = transform(source, {
			// in .ts a `<T>x` is a cast and not an element
			transforms: [
				...(isTypeScript ? (["typescript"] as const) : []),
				...(extension === "ts" ? [] : (["jsx"] as const)),
			],
			jsxRuntime: "automatic",
			production: true,
			disableESTransforms: true,
		});
		return { js: code };
	} catch (error) {
		return { problem: { path, ...describe(error) } };
	}
}

/** sucrase's message ends with (line:column) and names tokens, never content. */
function describe(error: unknown): Pick<Problem, "line" | "code" | "message"> {
	const text = error instanceof Error ? error.message : "";
	const place = /\((\d+):\d+\)\s*$/.exec(text);
	const reason = text
		.replace(/^Error transforming [^:]*:\s*/, "")
		.replace(/\s*\(\d+:\d+\)\s*$/, "")
		.slice(0, 200);
	return {
		line: place ? Number(place[1]) : null,
		code: "syntax",
		message: `This does not parse: ${reason || "the code is not complete"}. Correct it, or write the file again whole.`,
	};
}

function rewriteImports(files: ReadonlyMap<string, AppFile>, path: string, js: string): Compiled {
	const result: Compiled = { js, hasDefaultExport: false, imports: [], problems: [] };
	let lexed: ReturnType<typeof parse>;
	try {
		lexed = parse(js);
	} catch (error) {
		const at = typeof error === "object" && error !== null && "idx" in error ? Number(error.idx) : 0;
		result.problems.push({
			path,
			line: lineAt(js, at),
			code: "syntax",
			message:
				"This does not parse: a bracket, a quote or an import is not complete. Correct it, or write the file again whole.",
		});
		return result;
	}
	const [imports, exports] = lexed;
	result.hasDefaultExport = exports.some((one) => one.type !== "reexport-all" && one.name === "default");
	let out = "";
	let copied = 0;
	for (const one of imports) {
		if (one.type === "import-meta") continue;
		const line = lineAt(js, one.start);
		if (one.specifier === undefined || (one.type === "dynamic" && one.glob)) {
			result.problems.push({ path, line, code: "dynamic_import", message: "import() needs a plain quoted path." });
			continue;
		}
		const target = resolveImport(files, path, one.specifier);
		if (!target.ok) {
			result.problems.push({ path, line, ...target.problem });
			continue;
		}
		if (target.file !== null) result.imports.push(target.file);
		// the quotes of a static import lie outside its range, those of a dynamic one inside
		const quoted = one.type === "dynamic" ? JSON.stringify(target.specifier) : target.specifier;
		out += js.slice(copied, one.start) + quoted;
		copied = one.end;
		if (one.attributesStart >= 0) {
			// `with { type: "json" }`: what is served is a module, and the browser would refuse it
			out += one.type === "dynamic" ? "" : js.slice(one.end, one.end + 1);
			copied = one.type === "dynamic" ? one.importEnd - 1 : one.importEnd;
		}
	}
	result.js = out + js.slice(copied);
	return result;
}
