// The builder that needs no model. Reads a prompt, and the columns of a CSV or JSON file, into the description of an app that
// keeps records, and writes that app as files; later prompts change it. Pure, and the same answer for the same question.

import { runAtOnce } from "#lib/tables/slices.ts";
import { type AppFile, type FileOp, limits } from "#schema/files.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { Reference } from "#studio/build/references/reference.ts";
import { changeApp } from "./change-app.ts";
import { isSameLabel, planFromTable, type TableReference } from "./from-table.ts";
import { planApp } from "./new-app.ts";
import { type Seed, seedFiles } from "./seed.ts";
import { AppSpec, mostFields, specPath } from "./spec.ts";
import { describeSpec, inSentence, listWords, type Understanding } from "./understanding.ts";
import { missingFiles, writeApp, writeSpec } from "./write-app.ts";

export interface ComposeInput {
	prompt: string;
	references: readonly Reference[];
	/** The files of the app as it is; none for a new app. */
	current: readonly AppFile[];
}

export interface Composed {
	/** Ends with `finish`, or with `ask` when the composer must know more; then there is nothing else in it. */
	ops: FileOp[];
	understood: Understanding;
	summary: string;
}

/** `not_composed`: the app was written by a model or by hand, and the composer cannot change it. `spec_damaged`: its description cannot be read. */
export type ComposeReason = "empty" | "too_long" | "not_composed" | "spec_damaged";

/** One sentence with the remedy for each reason. */
export const composeProblems: Record<ComposeReason, string> = {
	empty: "Write what the app should keep track of, or attach a CSV or JSON file.",
	too_long: "This prompt is longer than 20,000 characters. Shorten it; put tables into a CSV file.",
	not_composed: "The composer changes only apps that it made. Choose a model for this one, or edit its files.",
	spec_damaged: "freehold.app.json cannot be read any more. Restore an earlier version, or correct the file.",
};

/** At once, where nobody waits. */
export const compose = (input: ComposeInput): Result<Composed, ComposeReason> => runAtOnce(composeSteps(input));

/** Yields between slices of work, so that a large table does not keep others waiting. */
export function* composeSteps({
	prompt,
	references,
	current,
}: ComposeInput): Generator<void, Result<Composed, ComposeReason>> {
	if (prompt.length > limits.promptChars) return fail("too_long");
	const text = prompt.replace(/\r\n?/g, "\n").trim();
	const tables = references.filter((reference): reference is TableReference => reference.kind === "table");
	const file = current.find((each) => each.path === specPath);
	if (file) {
		const spec = readSpec(file.content);
		return spec.ok ? yield* change(spec.value, text, tables, current) : spec;
	}
	// Pictures that the person gave for the new app are there before it.
	const pictures = current.filter(isPicture);
	if (current.length > pictures.length) return fail("not_composed");
	const [table] = tables;
	if (!table && text === "") return fail("empty");
	const others = references.filter((reference) => !(reference.kind === "image" && pictures.length > 0));
	const composed = table ? yield* fromTable(text, table, others.length) : fromPrompt(text, others);
	return ok(withPicture(composed, pictures));
}

const isPicture = (file: AppFile): boolean =>
	file.encoding === "base64" && /^images\/[^/]+\.(png|jpe?g|webp|gif)$/i.test(file.path);

/** The first picture stands at the top of the new app; the others are files of it. */
function withPicture(composed: Composed, pictures: readonly AppFile[]): Composed {
	const [picture] = pictures;
	if (!picture) return composed;
	const ops = composed.ops.map((op): FileOp => {
		if (op.kind !== "write" || op.path !== specPath) return op;
		const spec = AppSpec.parse(JSON.parse(op.content));
		return writeSpec({ ...spec, picture: picture.path });
	});
	const words =
		pictures.length === 1
			? `Your picture stands at the top of the app, as ${picture.path}.`
			: `${picture.path} stands at the top of the app; the other pictures are among its files.`;
	return { ...composed, ops, understood: { ...composed.understood, assumed: [...composed.understood.assumed, words] } };
}

function readSpec(content: string): Result<AppSpec, "spec_damaged"> {
	try {
		const parsed = AppSpec.safeParse(JSON.parse(content));
		return parsed.success ? ok(parsed.data) : fail("spec_damaged");
	} catch {
		return fail("spec_damaged");
	}
}

function fromPrompt(text: string, references: readonly Reference[]): Composed {
	const plan = planApp(text);
	if (!plan || (isOtherKind(text) && !plan.isCertain)) return question(text, isOtherKind(text));
	const assumed = [...plan.assumed];
	if (references.length > 0)
		assumed.push("The composer reads only CSV and JSON tables; the other files were not used.");
	const { spec } = plan;
	const understood = { ...describeSpec(spec), changes: [], assumed, unclear: [] };
	return finish(writeApp(spec, { examples: plan.examples }), spec, understood);
}

function* fromTable(text: string, table: TableReference, count: number): Generator<void, Composed> {
	const { spec, seed, assumed } = yield* planFromTable(text, table);
	if (count > 1) assumed.push("Only the first table was used; the other files were not.");
	const understood = { ...describeSpec(spec), changes: [], assumed, unclear: [] };
	return finish(writeApp(spec, { seed: seedFiles(seed) }), spec, understood);
}

function finish(files: FileOp[], spec: AppSpec, understood: Understanding): Composed {
	const fields = listWords(spec.fields.map((field) => inSentence(field.label)));
	const summary = `Built without a model: an app that keeps ${spec.entity.plural.toLowerCase()} with ${fields}.${
		spec.seed ? ` ${readyRows(spec.seed)}` : ""
	}`.slice(0, 2000);
	const named: FileOp = {
		kind: "set_app",
		name: spec.title,
		...(spec.description ? { description: spec.description } : {}),
	};
	return { ops: [named, ...files, { kind: "finish", summary }], understood, summary };
}

/** "The row of x.csv is ready to be imported." */
function readyRows({ rows, from, leftOut }: NonNullable<AppSpec["seed"]>): string {
	const all = leftOut ? ` of ${(rows + leftOut.rows).toLocaleString("en")}` : "";
	const words = `${rows.toLocaleString("en")}${all} ${rows === 1 && !leftOut ? "row" : "rows"} of ${from} ${rows === 1 && !leftOut ? "is" : "are"} ready to be imported.`;
	return leftOut
		? `${words} The other ${leftOut.rows.toLocaleString("en")} were left out, because ${leftOut.why}.`
		: words;
}

function* change(
	spec: AppSpec,
	text: string,
	tables: readonly TableReference[],
	current: readonly AppFile[],
): Generator<void, Result<Composed, ComposeReason>> {
	const [table] = tables;
	const withRows = table ? yield* addTable(spec, text, table, current) : null;
	if (!withRows && text === "") return fail("empty");
	const changed = changeApp(withRows?.spec ?? spec, withRows ? "" : text);
	const changes = [...(withRows?.changes ?? []), ...changed.changes];
	if (changes.length === 0) return ok(questionAboutChange(spec, changed.unclear));
	const next = changed.spec;
	const understood: Understanding = {
		...describeSpec(next),
		changes,
		assumed: withRows?.assumed ?? [],
		unclear: changed.unclear,
	};
	const summary = [...changes, ...changed.unclear.map((words) => `Not understood: “${words}”.`)]
		.join(" ")
		.slice(0, 2000);
	const ops: FileOp[] = [
		...(next.title === spec.title ? [] : [{ kind: "set_app" as const, name: next.title }]),
		...missingFiles(current),
		writeSpec(next),
		...(withRows ? [...seedFiles(withRows.seed), ...staleSeeds(current, withRows.seed)] : []),
		{ kind: "finish", summary },
	];
	return ok({ ops, understood, summary });
}

/** A table given to an app that is there: its new columns become fields, its rows can be imported. */
function* addTable(spec: AppSpec, text: string, table: TableReference, current: readonly AppFile[]) {
	// The code of an older app reads one file of rows.
	const readsSeveral = current.some((file) => file.path === "setup.ts" && file.content.includes("seed.files"));
	const plan = yield* planFromTable(text, table, {
		mostFiles: readsSeveral ? 20 : 1,
		currency: spec.currency,
		fields: spec.fields,
	});
	const same = (label: string) => spec.fields.find((field) => isSameLabel(field.label, label) && !field.computed);
	const taken = new Set(spec.fields.map((field) => field.key));
	const keys = new Map<string, string>();
	const added = plan.spec.fields.flatMap((field) => {
		const known = same(field.label);
		let key = known?.key ?? field.key;
		for (let count = 2; !known && taken.has(key); count += 1) key = `${field.key}${count}`;
		taken.add(key);
		keys.set(field.key, key);
		const { required: _required, ...rest } = field;
		return known ? [] : [{ ...rest, key }];
	});
	const seed = { keys: plan.seed.keys.map((key) => keys.get(key) ?? key), rows: plan.seed.rows };
	const changes = [
		...(added.length ? [`Added ${listWords(added.map((field) => `“${field.label}”`))} from ${table.name}.`] : []),
		...(plan.spec.seed ? [readyRows(plan.spec.seed)] : []),
	];
	return {
		spec: { ...spec, fields: [...spec.fields, ...added].slice(0, mostFields), seed: plan.spec.seed },
		seed,
		changes,
		assumed: plan.assumed,
	};
}

/** Files of rows that an earlier table had and this one has not. */
function staleSeeds(current: readonly AppFile[], seed: Seed): FileOp[] {
	const own = new Set(seedFiles(seed).map((op) => ("path" in op ? op.path : "")));
	return current.flatMap(({ path }): FileOp[] =>
		/^seed-\d+\.json$/.test(path) && !own.has(path) ? [{ kind: "delete", path }] : [],
	);
}

const otherKinds =
	/\b(games?|landing page|homepage|portfolio|blog|chat ?bots?|calculator|converter|animation|slideshow|presentation|website for|quiz|drawing|paint|music player|clone of)\b/i;
const isOtherKind = (text: string): boolean =>
	otherKinds.test(text) && !/\b(track|collection|list|log|catalog|inventory|record|keep)/i.test(text);

const nothing = { title: "", entity: { singular: "", plural: "" }, fields: [], views: [], changes: [], assumed: [] };

function question(text: string, isOther: boolean): Composed {
	const asked = isOther
		? "The composer works without a model and makes apps that keep records: lists with a form, a table, totals and a chart. It cannot make this one. Choose a model for it, or say what you would like to keep track of."
		: "What should the app keep track of, and what do you want to note for each one? For example: “Track my plants with species, location, last watered and notes.”";
	return {
		ops: [
			{
				kind: "ask",
				question: asked,
				choices: [
					"Expenses",
					"Tasks on a board",
					"Contacts and deals",
					"An inventory",
					"A reading list",
					"Events in a calendar",
				],
			},
		],
		understood: { ...nothing, unclear: [text.slice(0, 200)] },
		summary: asked,
	};
}

function questionAboutChange(spec: AppSpec, unclear: string[]): Composed {
	const first = spec.fields.find((field) => field.key !== spec.titleField)?.label.toLowerCase() ?? "notes";
	const asked = `The composer did not understand what to change. It can add, remove, rename and retype fields, change choices, views, the chart, the title and the colour. For example: “Add a rating”, “Remove ${first}”, “Rename ${first} to …”, “Add a board by status”, “Make it green”. For other changes choose a model, or edit the files.`;
	return {
		ops: [{ kind: "ask", question: asked }],
		understood: { ...describeSpec(spec), changes: [], assumed: [], unclear },
		summary: asked,
	};
}
