// The builder that needs no model. Reads a prompt, and the columns of a CSV or JSON file, into the description of an app that
// keeps records, and writes that app as files; later prompts change it. Pure, and the same answer for the same question.
import { runAtOnce } from "#lib/tables/slices.ts";
import { type AppFile, type FileOp, limits } from "#schema/files.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { Reference } from "#studio/references/reference.ts";
import { changeApp } from "./change-app.ts";
import { isSameLabel, planFromTable, type TableReference } from "./from-table.ts";
import { planApp } from "./new-app.ts";
import { leftOutOf } from "./reading/left-out.ts";
import { judge, type OtherKind, refusal } from "./reading/other-kinds.ts";
import { unreadIn } from "./reading/unread.ts";
import { type Seed, seedFiles } from "./seed.ts";
import { AppSpec, mostFields, specPath } from "./spec.ts";
import { describeSpec, inSentence, listWords, typeNames, type Understanding, withNotes } from "./understanding.ts";
import { missingFiles, writeApp, writeSpec } from "./write-app.ts";

export interface ComposeInput {
	prompt: string;
	references: readonly Reference[];
	/** The files of the app as it is; none for a new app. */
	current: readonly AppFile[];
	/** Amounts are in this currency where neither the words nor the file name one: that of the region. */
	currency?: string;
}

export interface Composed {
	/** Ends with `finish`, or with `ask` when the composer must know more; then there is nothing else in it. */
	ops: FileOp[];
	understood: Understanding;
	/** What was made or changed, in a sentence or two. */
	summary: string;
	/** The summary with what was assumed, left out and not understood, as it is said to the person: lines, "- " before each of a list. */
	said: string;
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

/**
 * At once.
 * @kept for tests and the bench, where nobody waits
 */
export const compose = (input: ComposeInput): Result<Composed, ComposeReason> => runAtOnce(composeSteps(input));

/** Yields between slices of work, so that a large table does not keep others waiting. */
export function* composeSteps({
	prompt,
	references,
	current,
	currency = "USD",
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
	const composed = table ? yield* fromTable(text, table, others.length, currency) : fromPrompt(text, others, currency);
	return ok(withPicture(composed, pictures));
}

const isPicture = (file: AppFile): boolean =>
	file.encoding === "base64" && /^images\/[^/]+\.(png|jpe?g|webp|gif)$/i.test(file.path);

/** The first picture stands at the top of the new app; the others are files of it. */
function withPicture(composed: Composed, pictures: readonly AppFile[]): Composed {
	const [picture] = pictures;
	const isApp = composed.ops.some((op) => op.kind === "write" && op.path === specPath);
	if (!picture || !isApp) return composed;
	const ops = composed.ops.map((op): FileOp => {
		if (op.kind !== "write" || op.path !== specPath) return op;
		const spec = AppSpec.parse(JSON.parse(op.content));
		return writeSpec({ ...spec, picture: picture.path });
	});
	const words =
		pictures.length === 1
			? `Your picture stands at the top of the app, as ${picture.path}.`
			: `${picture.path} stands at the top of the app; the other pictures are among its files.`;
	const understood = { ...composed.understood, assumed: [...composed.understood.assumed, words] };
	return { ...composed, ops, understood, said: withNotes(composed.summary, understood) };
}

function readSpec(content: string): Result<AppSpec, "spec_damaged"> {
	try {
		const parsed = AppSpec.safeParse(JSON.parse(content));
		return parsed.success ? ok(parsed.data) : fail("spec_damaged");
	} catch {
		return fail("spec_damaged");
	}
}

function fromPrompt(text: string, references: readonly Reference[], currency: string): Composed {
	const plan = planApp(text, currency);
	if (plan.kind === "other") return refuse(plan.other, text);
	if (plan.kind === "unclear") return question(text);
	const assumed = [...plan.assumed];
	const leftOut = [...plan.leftOut];
	if (references.length > 0)
		leftOut.push("The composer reads only CSV and JSON tables; the other files were not used.");
	const { spec } = plan;
	const unclear = unreadIn(text, spec, [...assumed, ...leftOut]);
	const understood = { ...describeSpec(spec), changes: [], assumed, leftOut, unclear };
	return finish(writeApp(spec, { examples: plan.examples }), spec, understood);
}

function* fromTable(text: string, table: TableReference, count: number, currency: string): Generator<void, Composed> {
	const { spec, seed, assumed } = yield* planFromTable(text, table, { region: currency });
	const leftOut = [
		...(count > 1 ? ["Only the first table was used; the other files were not."] : []),
		...leftOutOf(text),
	];
	const understood = { ...describeSpec(spec), changes: [], assumed, leftOut, unclear: [] };
	return finish(writeApp(spec, { seed: seedFiles(seed) }), spec, understood);
}

function finish(files: FileOp[], spec: AppSpec, understood: Understanding): Composed {
	const fields = listWords(spec.fields.map((field) => `${inSentence(field.label)} (${typeNames[field.type]})`));
	const plural = spec.language ? spec.entity.plural : spec.entity.plural.toLowerCase();
	const summary = `Built without a model: an app that keeps ${plural} with ${fields}.${
		spec.seed ? ` ${readyRows(spec.seed)}` : ""
	}`.slice(0, 2000);
	const named: FileOp = {
		kind: "set_app",
		name: spec.title,
		...(spec.description ? { description: spec.description } : {}),
	};
	const said = withNotes(summary, understood);
	return { ops: [named, ...files, { kind: "finish", summary }], understood, summary, said };
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
	const other = changes.length === 0 ? becomesOther(text) : null;
	if (other) return ok(refuse(other, text));
	if (changes.length === 0)
		return ok(mending.test(text) ? mendsNothing(spec, text) : questionAboutChange(spec, changed));
	const next = changed.spec;
	const understood: Understanding = {
		...describeSpec(next),
		changes,
		assumed: withRows?.assumed ?? [],
		leftOut: changed.leftOut,
		unclear: changed.unclear,
	};
	const summary = changes.join(" ").slice(0, 2000);
	const ops: FileOp[] = [
		...(next.title === spec.title ? [] : [{ kind: "set_app" as const, name: next.title }]),
		...missingFiles(current, next.language),
		writeSpec(next),
		...(withRows ? [...seedFiles(withRows.seed), ...staleSeeds(current, withRows.seed)] : []),
		{ kind: "finish", summary },
	];
	return ok({ ops, understood, summary, said: withNotes(summary, understood) });
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

const nothing = {
	title: "",
	entity: { singular: "", plural: "" },
	fields: [],
	views: [],
	changes: [],
	assumed: [],
	leftOut: [],
};

function refuse(other: OtherKind, text: string): Composed {
	const asked = refusal(other);
	return {
		ops: [{ kind: "ask", question: asked, choices: other.choices }],
		understood: { ...nothing, unclear: [text.slice(0, 200)] },
		summary: asked,
		said: asked,
	};
}

function question(text: string): Composed {
	const asked =
		"What should the app keep track of, and what do you want to note for each one? Write it as a list, for example: “Plants: species, location, last watered, notes”. Anything but records needs a model.";
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
		said: asked,
	};
}

/** "turn it into a game": what it should become keeps no records. */
function becomesOther(text: string): OtherKind | null {
	const wish =
		/^(?:please\s+)?(?:turn|make|convert|change)\s+(?:it|this|the app|this app)\s+(?:in)?to\s+(an?\s+.+)$/i.exec(
			text.trim(),
		)?.[1];
	const verdict = wish ? judge(wish, false) : null;
	return verdict?.is === "other" ? verdict.kind : null;
}

/** "Fix the errors that the app reported." is what a button of the builder sends. */
const mending =
	/^(?:please\s+)?(?:fix|repair|debug|mend|correct|solve|behebe|repariere|korrigiere)\b.*\b(?:errors?|bugs?|it|problems?|issues?|crash(?:es)?|fehler)\b/i;

function mendsNothing(spec: AppSpec, text: string): Composed {
	const told =
		"The composer changes fields, views and looks; it mends no errors in code. Choose a model for this, restore an earlier version, or edit the files.";
	return {
		ops: [{ kind: "ask", question: told }],
		understood: { ...describeSpec(spec), changes: [], assumed: [], leftOut: [], unclear: [text.slice(0, 200)] },
		summary: told,
		said: told,
	};
}

function questionAboutChange(spec: AppSpec, { unclear, leftOut }: { unclear: string[]; leftOut: string[] }): Composed {
	const first = spec.fields.find((field) => field.key !== spec.titleField)?.label.toLowerCase() ?? "notes";
	const cannot = leftOut.length > 0 ? `${leftOut.join(" ")} ` : "";
	const asked = `${cannot}The composer did not understand what to change. It can add, remove, rename and retype fields, change choices, views, the chart, the title and the colour. For example: “Add a rating”, “Remove ${first}”, “Rename ${first} to …”, “Add a board by status”, “Make it green”. For other changes choose a model, or edit the files.`;
	return {
		ops: [{ kind: "ask", question: asked }],
		understood: { ...describeSpec(spec), changes: [], assumed: [], leftOut, unclear },
		summary: asked,
		said: asked,
	};
}
