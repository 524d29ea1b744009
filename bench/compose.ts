// How long the composer takes: a prompt, a follow-up, and a file of real data. Run: node bench/compose.ts
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AppFile } from "#schema/files.ts";
import { type ComposeInput, compose } from "#studio/composer/compose.ts";
import { readReference } from "#studio/references/read-reference.ts";

function filesOf(input: ComposeInput): AppFile[] {
	const composed = compose(input);
	if (!composed.ok) throw new Error(composed.reason);
	return composed.value.ops.flatMap((op): AppFile[] =>
		op.kind === "write" ? [{ path: op.path, encoding: "utf8", content: op.content }] : [],
	);
}

/** Milliseconds: the first run, and the middle one of many. */
function time(name: string, run: () => unknown): void {
	const started = performance.now();
	run();
	const first = performance.now() - started;
	const times = Array.from({ length: 51 }, () => {
		const from = performance.now();
		run();
		return performance.now() - from;
	}).sort((a, b) => a - b);
	console.log(
		`${name.padEnd(38)} first ${first.toFixed(1).padStart(6)} ms   median ${(times[25] ?? 0).toFixed(2).padStart(6)} ms`,
	);
}

const prompt =
	"An expense tracker with date, amount, category (food, rent, travel) and whether it is reimbursed, in euros";
const current = filesOf({ prompt, references: [], current: [] });
const bytes = new Uint8Array(
	readFileSync(fileURLToPath(new URL("../node_modules/vega-datasets/data/movies.json", import.meta.url).href)),
);
const movies = readReference({ name: "movies.json", bytes });
if (!movies.ok) throw new Error(movies.reason);
const reference = movies.value;

time("new app from a prompt", () => compose({ prompt, references: [], current: [] }));
time("longest prompt (20,000 characters)", () =>
	compose({ prompt: `${prompt}, and `.repeat(400).slice(0, 20_000), references: [], current: [] }),
);
time("follow-up prompt", () => compose({ prompt: "Add a rating and make it green", references: [], current }));
time("reading movies.json (1.4 MB)", () => readReference({ name: "movies.json", bytes }));
time("new app from movies.json", () => compose({ prompt: "", references: [reference], current: [] }));
