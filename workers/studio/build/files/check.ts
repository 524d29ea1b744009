// The gate before a version: an app that passes compiles, imports only what there is, fits its Content-Security-Policy and
// holds no credential. What it returns is what the app's origin serves.
import { type AppFile, limits } from "#schema/files.ts";
import type { ServedFile } from "#schema/rpc.ts";
import { checkCss } from "./check-css.ts";
import { checkHtml } from "./check-html.ts";
import { compileCode } from "./compile.ts";
import { findCredentials } from "./credentials.ts";
import { assetModule, assetModulePath, isCode, servedPath } from "./modules.ts";
import { extensionOf, pathFault } from "./paths.ts";
import type { Problem } from "./problem.ts";
import { bytesOf, contentTypeOf, serveText } from "./served.ts";

export interface Checked {
	/** Empty: the files may become a version. */
	problems: Problem[];
	/** What is served; only to be used when there is no problem. */
	compiled: ServedFile[];
	entry: "module" | "html";
}

interface Work {
	files: ReadonlyMap<string, AppFile>;
	problems: Problem[];
	served: Map<string, ServedFile>;
	/** Importer → the app's files it imports. */
	imports: Map<string, string[]>;
	starts: string[];
}

/** At most so many problems are told: a model mends a few at a time, and a person reads fewer. */
const maxProblems = 40;

export async function checkFiles(files: ReadonlyMap<string, AppFile>): Promise<Checked> {
	const work: Work = { files, problems: [], served: new Map(), imports: new Map(), starts: [] };
	const entry = files.has("app.tsx") ? "module" : "html";
	checkNames(work);
	checkEntry(work);
	for (const file of files.values()) checkFile(work, file, entry);
	const hidden = serverOnly(work);
	for (const path of importedAssets(work, hidden)) {
		const file = files.get(path);
		if (file) serve(work, serveText(assetModulePath(path), assetModule(file), path));
	}
	return {
		problems: work.problems.slice(0, maxProblems),
		compiled: [...work.served.values()].filter((file) => !hidden.has(file.source ?? file.path)),
		entry,
	};
}

function checkNames({ files, problems }: Work): void {
	const seen = new Map<string, string>();
	let size = 0;
	for (const file of files.values()) {
		const fault = pathFault(file.path);
		if (fault !== null) problems.push({ path: file.path, line: null, code: "bad_path", message: fault });
		const other = seen.get(file.path.toLowerCase());
		if (other !== undefined) {
			problems.push({
				path: file.path,
				line: null,
				code: "case_collision",
				message: `This name differs from ${other} only in case.`,
			});
		}
		seen.set(file.path.toLowerCase(), file.path);
		size += file.encoding === "utf8" ? file.content.length : file.content.length * 0.75;
	}
	const tooLarge = (message: string) => problems.push({ path: "", line: null, code: "too_large", message });
	if (files.size > limits.filesPerApp)
		tooLarge(`An app has at most ${limits.filesPerApp} files; this one has ${files.size}.`);
	if (size > limits.appBytes) tooLarge(`An app is at most ${limits.appBytes / 1024 / 1024} MB; this one is larger.`);
}

function checkEntry({ files, problems }: Work): void {
	if (files.has("app.tsx") || files.has("index.html")) return;
	const near = [...files.keys()].find((path) => /(^|\/)app\.(tsx|jsx|ts|js)$/i.test(path));
	const message = near
		? `The app's entry must be named app.tsx, at the top; there is only ${near}. Write app.tsx with the component as its default export.`
		: "An app needs app.tsx with a React component as its default export (or an index.html). Write it.";
	problems.push({ path: near ?? "app.tsx", line: null, code: "no_entry", message });
}

function checkFile(work: Work, file: AppFile, entry: Checked["entry"]): void {
	const { problems } = work;
	const body = bytesOf(file);
	if (
		body === null ||
		(file.encoding === "base64" && isCode(file.path)) ||
		(file.encoding === "utf8" && (file.content.includes("\0") || !file.content.isWellFormed()))
	) {
		problems.push({
			path: file.path,
			line: null,
			code: "binary",
			message: "This file is not readable text or base64. Write it again.",
		});
		return;
	}
	const extension = extensionOf(file.path);
	const text = file.encoding === "utf8" ? file.content : isTextual(extension) ? new TextDecoder().decode(body) : null;
	if (text !== null) {
		for (const { line, kind } of findCredentials(text)) {
			const message = `This looks like ${kind}. Everybody who opens the app could read it: remove it, and name the secret with set_app instead.`;
			problems.push({ path: file.path, line, code: "credential", message });
		}
	}
	if (isCode(file.path)) checkCode(work, file);
	else if (extension === "html" || extension === "htm") {
		// app.tsx has a page made for it; a page beside it would never be seen
		if (entry === "html" || file.path !== "index.html") checkPage(work, file.path, text ?? "");
	} else {
		if (extension === "css")
			problems.push(...checkCss(work.files, { path: file.path, text: text ?? "", firstLine: 1 }));
		if (extension === "svg") problems.push(...checkHtml(work.files, file.path, text ?? "").problems.filter(isOfSvg));
		if (extension === "json") checkJson(work, file.path, text ?? "");
		serve(work, { path: file.path, contentType: contentTypeOf(file.path), body });
	}
}

const isTextual = (extension: string) => ["svg", "html", "htm", "css", "json", "txt", "md", "csv"].includes(extension);

/** An SVG is shown as an image, where scripts do not run; what it must not do is reach out or carry handlers. */
const isOfSvg = (problem: Problem) => problem.code === "external" || problem.code === "inline_handler";

function checkJson({ problems }: Work, path: string, text: string): void {
	try {
		JSON.parse(text);
	} catch {
		problems.push({ path, line: null, code: "syntax", message: "This is not valid JSON. Write the file again whole." });
	}
}

function checkCode(work: Work, file: AppFile): void {
	const { path } = file;
	const compiled = compileCode(work.files, path, file.content);
	work.problems.push(...compiled.problems);
	work.imports.set(path, compiled.imports);
	if (path === "app.tsx") work.starts.push(path);
	if (path === "app.tsx" && compiled.problems.length === 0 && !compiled.hasDefaultExport) {
		const message = "app.tsx must export a component as default: export default function App() { … }";
		work.problems.push({ path, line: null, code: "no_default_export", message });
	}
	serve(work, serveText(servedPath(path), compiled.js, path));
}

function checkPage(work: Work, path: string, html: string): void {
	const checked = checkHtml(work.files, path, html);
	work.problems.push(...checked.problems);
	work.starts.push(...checked.starts);
	for (const script of checked.scripts) {
		const compiled = script.isModule ? compileCode(work.files, `${path}.js`, script.text) : null;
		for (const problem of compiled?.problems ?? []) {
			work.problems.push({
				...problem,
				path,
				line: problem.line === null ? null : problem.line + script.firstLine - 1,
			});
		}
		work.imports.set(script.path, compiled?.imports ?? []);
		work.starts.push(script.path);
		// blank lines before it, so that an error names the line of the page
		const lead = "\n".repeat(Math.max(0, script.firstLine - 1));
		serve(work, serveText(script.path, lead + (compiled?.js ?? script.text), path));
	}
	serve(work, serveText(path, checked.html));
}

function serve(work: Work, file: ServedFile): void {
	if (file.path.length > limits.pathChars) {
		const message = `This name is too long once it is served: at most ${limits.pathChars - 3} characters. Choose a shorter one.`;
		work.problems.push({ path: file.source ?? file.path, line: null, code: "bad_path", message });
	}
	const other = work.served.get(file.path);
	if (other) {
		const message = `${file.source ?? file.path} and ${other.source ?? other.path} would both be served as ${file.path}. Rename one.`;
		work.problems.push({ path: file.source ?? file.path, line: null, code: "same_served_path", message });
	} else work.served.set(file.path, file);
}

/** server.ts and what only it imports: never served. A file that a page can reach, too, is. */
function serverOnly(work: Work): Set<string> {
	const server = [...work.files.keys()].filter((path) => /^server\.(ts|js)$/.test(path));
	const byServer = reach(work, server);
	const byPage = reach(work, work.starts);
	return new Set([...byServer].filter((path) => server.includes(path) || !byPage.has(path)));
}

function reach(work: Work, from: readonly string[]): Set<string> {
	const seen = new Set(from);
	for (const path of seen) for (const target of work.imports.get(path) ?? []) seen.add(target);
	return seen;
}

function importedAssets(work: Work, hidden: ReadonlySet<string>): Set<string> {
	const all = [...work.imports].flatMap(([from, targets]) => (hidden.has(from) ? [] : targets));
	return new Set(all.filter((path) => !isCode(path)));
}
