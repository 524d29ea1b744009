// The gate before a version: an app that passes compiles, imports only what there is, fits its Content-Security-Policy and the app
// host's limits, and holds no credential. What it returns is what the app's origin serves.
import { nextTurn, runInSlices } from "#lib/tables/slices.ts";
import { type AppFile, limits, servedLimits } from "#schema/files.ts";
import type { ServedFile } from "#schema/rpc.ts";
import { assetModule, isCssModule } from "./asset-modules.ts";
import { checkCss } from "./check-css.ts";
import { checkHtml } from "./check-html.ts";
import { checkNames } from "./check-names.ts";
import { compileCode, render } from "./compile.ts";
import { checkComponent, findLostElements } from "./component.ts";
import { findCredentialsInSlices } from "./credentials.ts";
import { scopedCss } from "./css-modules.ts";
import { findEarlyReads } from "./cycles.ts";
import { linkModule } from "./link.ts";
import type { Module } from "./module.ts";
import { assetModulePath, isCode, servedPath, type Variant } from "./modules.ts";
import { checkMounts } from "./mounts.ts";
import { findUndefinedNames, ownGlobals } from "./names.ts";
import { extensionOf } from "./paths.ts";
import type { Problem } from "./problem.ts";
import { bytesOf, serveText } from "./served.ts";
import { isToolFile } from "./tool-files.ts";
import { checkWorkers } from "./workers.ts";

export interface Checked {
	/** Empty: the files may become a version. */
	problems: Problem[];
	/** What is served; only to be used when there is no problem. */
	compiled: ServedFile[];
	entry: "module" | "html";
	/** Whether `compiled` is whole all the same: of a version from before the gate knew one of these problems. */
	canBeServed: boolean;
	/** Files that only tools read: kept, and no part of the app. */
	ignored: string[];
}

interface Work {
	files: ReadonlyMap<string, AppFile>;
	problems: Problem[];
	served: Map<string, ServedFile>;
	/** By the path of the file, or of the script that a page holds. */
	modules: Map<string, Module>;
	/** Scripts that a page holds: the page, and the line in it before the script's first. */
	inline: Map<string, { page: string; lead: number }>;
	starts: string[];
	/** Files that a page starts as classic scripts. */
	classic: Set<string>;
	/** index.html has nothing to see before its scripts run. */
	isEmptyPage: boolean;
	entry: Checked["entry"];
}

/** Problems that leave a file out of what is served, or that the app host refuses. */
const breaking: ReadonlySet<Problem["code"]> = new Set([
	"bad_path",
	"binary",
	"no_entry",
	"same_served_path",
	"syntax",
	"too_large",
]);

/** At most so many problems are told: a model mends a few at a time, and a person reads fewer. */
const maxProblems = 40;

/** Others get their turn in between: one person's large app does not stop everybody. */
export const checkFiles = (files: ReadonlyMap<string, AppFile>): Promise<Checked> =>
	runInSlices(checkSteps(files), nextTurn);

/** So many characters are compiled before others get their turn. */
const sliceChars = 8_000;

function* checkSteps(files: ReadonlyMap<string, AppFile>): Generator<void, Checked> {
	const work: Work = {
		files,
		problems: [...checkNames(files)],
		served: new Map(),
		modules: new Map(),
		inline: new Map(),
		starts: [],
		classic: new Set(),
		isEmptyPage: false,
		entry: files.has("app.tsx") ? "module" : "html",
	};
	checkEntry(work);
	const ignored = new Set([...files.keys()].filter(isToolFile));
	// pages first: they say which files are scripts and which modules
	const isPage = (file: AppFile) => /\.html?$/i.test(file.path);
	const ordered = [...files.values()].sort((a, b) => Number(isPage(b)) - Number(isPage(a)));
	let chars = 0;
	for (const file of ordered) {
		yield* checkFile(work, file, ignored);
		chars += file.content.length;
		if (chars < sliceChars) continue;
		chars = 0;
		yield;
	}
	compileImported(work, ignored);
	yield;
	const hidden = serverOnly(work);
	checkTogether(work, hidden);
	yield;
	serveModules(work);
	serveAssets(work, hidden);
	servePublic(work);
	const compiled = [...work.served.values()].filter((file) => !hidden.has(file.source ?? file.path));
	checkServed(work, compiled);
	return {
		problems: inOrder(work).slice(0, maxProblems),
		compiled,
		entry: work.entry,
		canBeServed: work.problems.every(({ code }) => !breaking.has(code)),
		ignored: [...ignored],
	};
}

function checkEntry({ files, problems }: Work): void {
	if (files.has("app.tsx") || files.has("index.html")) return;
	const near = [...files.keys()].find((path) => /(^|\/)(app|main|index)\.(tsx|jsx|ts|js)$/i.test(path));
	const message = near
		? `The app's entry must be named app.tsx, at the top; there is only ${near}. Write app.tsx with the component as its default export.`
		: "An app needs app.tsx with a React component as its default export (or an index.html). Write it.";
	problems.push({ path: near ?? "app.tsx", line: null, code: "no_entry", message });
}

function* checkFile(work: Work, file: AppFile, ignored: ReadonlySet<string>): Generator<void> {
	const { problems } = work;
	const body = bytesOf(file);
	if (
		body === null ||
		(file.encoding === "base64" && isCode(file.path)) ||
		(file.encoding === "utf8" && (file.content.includes("\0") || !file.content.isWellFormed()))
	) {
		const message = "This file is not readable text or base64. Write it again.";
		problems.push({ path: file.path, line: null, code: "binary", message });
		return;
	}
	const extension = extensionOf(file.path);
	const text = file.encoding === "utf8" ? file.content : isTextual(extension) ? new TextDecoder().decode(body) : null;
	if (text !== null) {
		for (const { line, kind } of yield* findCredentialsInSlices(text)) {
			const message = `This looks like ${kind}. Everybody who opens the app could read it, and apps cannot use secrets yet: remove it.`;
			problems.push({ path: file.path, line, code: "credential", message });
		}
	}
	if (ignored.has(file.path)) return;
	if (isCode(file.path)) compileFile(work, file.path);
	else if (extension === "html" || extension === "htm") {
		// app.tsx has a page made for it; a page beside it would never be seen
		if (work.entry === "html" || file.path !== "index.html") checkPage(work, file.path, text ?? "");
	} else {
		if (extension === "css")
			problems.push(...checkCss(work.files, { path: file.path, text: text ?? "", firstLine: 1 }));
		if (extension === "svg") problems.push(...checkHtml(work.files, file.path, text ?? "").problems.filter(isOfSvg));
		if (extension === "json") checkJson(work, file.path, text ?? "");
		if (isCssModule(file.path) && file.encoding === "utf8") serve(work, serveText(file.path, scopedCss(file)));
		else serve(work, { path: file.path, body });
	}
}

const isTextual = (extension: string) => ["svg", "html", "htm", "css", "json", "txt", "md", "csv"].includes(extension);

/** An SVG is shown as an image, where scripts do not run; what it must not do is reach out or carry handlers. */
const isOfSvg = (problem: Problem) => problem.code === "external" || problem.code === "inline_handler";

function checkJson({ problems }: Work, path: string, text: string): void {
	try {
		JSON.parse(text);
	} catch {
		problems.push({
			path,
			line: null,
			code: "syntax",
			message: "This is not valid JSON. Write the complete file again.",
		});
	}
}

function compileFile(work: Work, path: string): void {
	const file = work.files.get(path);
	if (!file || work.modules.has(path) || file.encoding !== "utf8") return;
	const module = compileCode(work.files, path, file.content, !work.classic.has(path));
	work.modules.set(path, module);
	if (path === "app.tsx") work.starts.push(path);
	if (path === "app.tsx" && module.program && !module.exports.has("default")) {
		const message = "app.tsx must export a component as default: export default function App() { … }";
		work.problems.push({ path, line: null, code: "no_default_export", message });
	}
}

/** What looks like a tool's file and is imported by the app is a part of it. */
function compileImported(work: Work, ignored: Set<string>): void {
	// the map grows while it is walked
	for (const module of work.modules.values()) {
		for (const { target } of module.targets) {
			if (target.to === "library" || !ignored.has(target.file)) continue;
			ignored.delete(target.file);
			if (target.to === "code") compileFile(work, target.file);
		}
	}
}

function checkPage(work: Work, path: string, html: string): void {
	const checked = checkHtml(work.files, path, html);
	work.problems.push(...checked.problems);
	work.starts.push(...checked.starts);
	if (path === "index.html") work.isEmptyPage = checked.isEmpty;
	for (const script of checked.classic) work.classic.add(script);
	if (
		path === "index.html" &&
		checked.isEmpty &&
		checked.problems.length === 0 &&
		checked.starts.length + checked.scripts.length === 0
	) {
		const message =
			'This page shows nothing and starts no script. Write its content, or load a script with <script type="module" src="…">.';
		work.problems.push({ path, line: null, code: "blank", message });
	}
	for (const script of checked.scripts) {
		const module = compileCode(work.files, script.path, script.text, script.isModule);
		work.modules.set(script.path, module);
		work.inline.set(script.path, { page: path, lead: script.firstLine - 1 });
		work.starts.push(script.path);
	}
	serve(work, serveText(path, checked.html));
}

/** What can only be seen when every file is read: names between files, and names that nobody declares. */
function checkTogether(work: Work, hidden: ReadonlySet<string>): void {
	const { files, modules } = work;
	const texts = [...files.values()].filter(
		({ encoding, path }) => encoding === "utf8" && /\.(html?|[cm]?[jt]sx?)$/i.test(path),
	);
	const own = ownGlobals(texts.map(({ content }) => content));
	for (const module of modules.values())
		if (module.isClassic) for (const name of module.scopes?.declared.keys() ?? []) own.names.add(name);
	for (const module of modules.values())
		if (module.isClassic) for (const one of module.scopes?.free ?? []) if (one.isWrite) own.names.add(one.name);
	for (const module of modules.values()) {
		const found = [...module.problems];
		if (!hidden.has(module.path)) {
			found.push(...linkModule({ files, modules }, module));
			if (!own.isOpen) found.push(...findUndefinedNames(module, own.names));
			found.push(...findLostElements(module));
			if (module.path === "app.tsx") found.push(...checkComponent(module));
		}
		work.problems.push(...found.map((problem) => inPage(work, problem)));
	}
	for (const problem of findEarlyReads(modules, work.starts)) work.problems.push(inPage(work, problem));
	work.problems.push(...checkWorkers(modules));
	const page = work.entry === "html" ? files.get("index.html") : undefined;
	if (page?.encoding === "utf8" && [...modules.values()].every(({ program }) => program)) {
		const reached = [...reach(work, work.starts)].flatMap((path) => modules.get(path) ?? []);
		work.problems.push(...checkMounts(reached, page.content, work.isEmptyPage).map((problem) => inPage(work, problem)));
	}
}

/** A problem of a script inside a page is one of the page. */
function inPage(work: Work, problem: Problem): Problem {
	const inline = work.inline.get(problem.path);
	if (!inline) return problem;
	return { ...problem, path: inline.page, line: problem.line === null ? null : problem.line + inline.lead };
}

function serveModules(work: Work): void {
	for (const module of work.modules.values()) {
		const inline = work.inline.get(module.path);
		// blank lines before it, so that an error names the line of the page
		if (inline) serve(work, serveText(module.path, "\n".repeat(inline.lead) + render(module), inline.page));
		else serve(work, serveText(servedPath(module.path), render(module), module.path));
	}
}

function serveAssets(work: Work, hidden: ReadonlySet<string>): void {
	const wanted = new Map<string, { file: string; variant: Variant }>();
	for (const module of work.modules.values()) {
		if (hidden.has(module.path)) continue;
		for (const { target } of module.targets)
			if (target.to === "asset") wanted.set(assetModulePath(target.file, target.variant), target);
	}
	for (const [path, { file: name, variant }] of wanted) {
		const file = work.files.get(name);
		if (!file) continue;
		serve(work, serveText(path, assetModule(file, variant), name));
	}
}

/** Bundlers serve `public/logo.svg` as `/logo.svg`; code that was written for one names it so. */
function servePublic(work: Work): void {
	for (const file of [...work.served.values()]) {
		const path = /^public\/(.+)$/.exec(file.path)?.[1];
		if (path && !work.served.has(path) && !isCode(path))
			serve(work, { ...file, path, source: file.source ?? file.path });
	}
}

function serve(work: Work, file: ServedFile): void {
	if (file.path.length > limits.pathChars) {
		const message = `This name is too long once it is served: at most ${limits.pathChars - 7} characters. Choose a shorter one.`;
		work.problems.push({ path: file.source ?? file.path, line: null, code: "bad_path", message });
	}
	const other = work.served.get(file.path);
	if (other) {
		const message = `${file.source ?? file.path} and ${other.source ?? other.path} would both be served as ${file.path}. Rename one.`;
		work.problems.push({ path: file.source ?? file.path, line: null, code: "same_served_path", message });
	} else work.served.set(file.path, file);
}

/** What the app host would refuse. */
function checkServed({ problems }: Work, compiled: readonly ServedFile[]): void {
	const add = (path: string, message: string) => problems.push({ path, line: null, code: "too_large", message });
	const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
	if (compiled.length > servedLimits.files)
		add(
			"",
			`An app is served as at most ${servedLimits.files} files, and this one would be ${compiled.length}: each script inside a page and each imported style, image and data file counts as one more. Join some of them.`,
		);
	const size = compiled.reduce((sum, file) => sum + file.body.length, 0);
	if (size > servedLimits.bytes)
		add(
			"",
			`An app is served with at most ${megabytes(servedLimits.bytes)}; this one has ${megabytes(size)}. Make it smaller.`,
		);
	for (const file of compiled) {
		if (file.body.length > servedLimits.fileBytes)
			add(
				file.source ?? file.path,
				`A file is at most ${megabytes(servedLimits.fileBytes)} when it is served. Make it smaller.`,
			);
	}
}

/** server.ts and what only it imports: never served. A file that a page can reach, too, is. */
function serverOnly(work: Work): Set<string> {
	const server = [...work.modules.keys()].filter((path) => /^server\.(ts|js)$/.test(path));
	const byServer = reach(work, server);
	const byPage = reach(work, work.starts);
	return new Set([...byServer].filter((path) => server.includes(path) || !byPage.has(path)));
}

function reach(work: Work, from: readonly string[]): Set<string> {
	const seen = new Set(from);
	for (const path of seen)
		for (const { target } of work.modules.get(path)?.targets ?? []) if (target.to !== "library") seen.add(target.file);
	return seen;
}

/** By file and line, each once: a reader follows them from the top. */
function inOrder({ files, problems }: Work): Problem[] {
	const seen = new Set<string>();
	const order = [...files.keys()];
	return problems
		.filter((problem) => {
			const key = `${problem.path} ${problem.line} ${problem.message}`;
			return !seen.has(key) && seen.add(key);
		})
		.sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path) || (a.line ?? 0) - (b.line ?? 0));
}
