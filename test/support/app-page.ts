// A composed app as a person meets it: composed, through the gate before a version, deployed on the real app origin, in Chromium.
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { AppFile, FileOp } from "#schema/files.ts";
import { type Composed, compose } from "#studio/composer/compose.ts";
import { applyFileOps } from "#studio/files/apply.ts";
import { checkFiles } from "#studio/files/check.ts";
import { readReference } from "#studio/references/read-reference.ts";
import type { Reference } from "#studio/references/reference.ts";
import type { AppHost } from "./app-host.ts";

export interface ComposedApp {
	files: Map<string, AppFile>;
	composed: Composed;
}

/** Composes an app, or the next turn of one. Throws when the composer or the gate refuses. */
export async function composeApp(
	prompt: string,
	references: Reference[] = [],
	before?: ComposedApp,
): Promise<ComposedApp> {
	const current = before?.files ?? new Map<string, AppFile>();
	const composed = compose({ prompt, references, current: [...current.values()] });
	if (!composed.ok) throw new Error(`not composed: ${composed.reason}`);
	const { files, refused } = applyFileOps(current, composed.value.ops as FileOp[]);
	if (refused.length > 0) throw new Error(`refused: ${refused.map((each) => each.message).join("; ")}`);
	return { files: new Map(files), composed: composed.value };
}

export function referenceOf(name: string, content: string | Uint8Array): Reference {
	const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
	const read = readReference({ name, bytes });
	if (!read.ok) throw new Error(`${name}: ${read.reason}`);
	return read.value;
}

/** What the app origin serves for these files, as text by path; throws when the gate finds a problem. */
export async function servedFiles(app: ComposedApp): Promise<Record<string, string>> {
	const checked = await checkFiles(app.files);
	const problems = checked.problems.map(
		(problem) => `${problem.path}:${problem.line} ${problem.code} ${problem.message}`,
	);
	if (problems.length > 0) throw new Error(problems.join("\n"));
	return Object.fromEntries(checked.compiled.map((file) => [file.path, new TextDecoder().decode(file.body)]));
}

/** Deploys the app as a public one: whoever opens it is a visitor, and records stay in that browser. Returns its address. */
export async function deployApp(host: AppHost, app: ComposedApp): Promise<string> {
	const label = await host.makeApp({
		files: await servedFiles(app),
		audience: "public",
		title: app.composed.understood.title,
	});
	return `${host.appOrigin(label)}/`;
}

export interface OpenedPage {
	page: Page;
	context: BrowserContext;
	/** Errors of the page and its console, and requests that failed. */
	errors: string[];
}

export async function openPage(
	browser: Browser,
	address: string,
	options: { width: number; dark?: boolean; locale?: string },
): Promise<OpenedPage> {
	const context = await browser.newContext({
		viewport: { width: options.width, height: options.width < 500 ? 760 : 860 },
		colorScheme: options.dark ? "dark" : "light",
		locale: options.locale ?? "en-GB",
		timezoneId: "Europe/Berlin",
	});
	const page = await context.newPage();
	const errors: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "error") errors.push(message.text());
	});
	page.on("pageerror", (error) => errors.push(error.message));
	page.on("requestfailed", (request) => {
		const words = request.failure()?.errorText ?? "";
		// Opening and reloading an app goes to another document before an answer was read; that is no failure.
		const isLeft = words === "net::ERR_ABORTED" && request.url().includes("/_freehold/");
		if (!isLeft) errors.push(`${request.url()} ${words}`);
	});
	await page.goto(address);
	return { page, context, errors };
}
