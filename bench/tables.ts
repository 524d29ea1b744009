// How fast tables are read: 5 MB of several shapes, against papaparse alone on the same file in the same run, and how long others
// wait in between. Run: node bench/tables.ts
import Papa from "papaparse";
import { decodeText } from "#lib/tables/decode.ts";
import { readJson } from "#lib/tables/read-json.ts";
import { profileOf, readDelimited, tableLimits } from "#lib/tables/read-table.ts";

const bytes = 5 * 1024 * 1024;
const today = "2026-11-21";

/** A file of about 5 MB, or of as many rows as are read. */
function fileOf(header: string, row: (at: number) => string): string {
	const lines = [header];
	let size = header.length;
	for (let at = 0; size < bytes && at < tableLimits.rows; at += 1) {
		const line = row(at);
		lines.push(line);
		size += line.length + 1;
	}
	return `${lines.join("\n")}\n`;
}

const word = (at: number) => ["Graz", "Oslo", "Lyon", "Bern", "Turin", "Gent"][at % 6];
const shapes: Record<string, string> = {
	"one column of whole numbers": fileOf("n", (at) => String(at * 7919)),
	"one column of texts": fileOf("text", (at) => `a line of text with the number ${at} in it`),
	"numbers, ten columns": fileOf("a,b,c,d,e,f,g,h,i,j", (at) =>
		Array.from({ length: 10 }, (_cell, column) => ((at * (column + 3)) % 9973) / (column + 1)).join(","),
	),
	"a shop's orders": fileOf("Order,Day,Customer,City,Mail,Amount,Paid,Note", (at) =>
		[
			10_000 + at,
			`2026-0${(at % 9) + 1}-1${at % 9}`,
			`Person ${at % 5000}`,
			word(at),
			`p${at}@x.example`,
			`${(at % 900) + 0.5}0`,
			at % 2 ? "yes" : "no",
			"",
		].join(","),
	),
	"quoted, decimal comma": fileOf(
		"Name;Ort;Preis;Menge",
		(at) => `"Nr. ""${at}""";"${word(at)}";"${at % 97},50 €";"1.${100 + (at % 900)},25"`,
	),
	"200 columns": fileOf(Array.from({ length: 200 }, (_cell, at) => `c${at}`).join(","), (at) =>
		Array.from({ length: 200 }, (_cell, column) => (at * column) % 1000).join(","),
	),
	"long texts": fileOf("Title,Text", (at) => `Title ${at},"${"some words, and more of them. ".repeat(30)}"`),
	"dates with times": fileOf(
		"At,Zone,Value",
		(at) => `2026-01-${10 + (at % 19)}T1${at % 9}:30:0${at % 9}Z,${word(at)},${at % 50}`,
	),
};

const json = `[${Array.from({ length: 40_000 }, (_row, at) => JSON.stringify({ id: at, name: `Person ${at}`, city: word(at), size: { high: at % 7, low: 1 }, tags: ["a", "b"], price: at / 4 })).join(",")}]`;

function* readText(text: string): Generator<void, unknown> {
	return yield* readDelimited(text, { today });
}
function* readJsonText(text: string): Generator<void, unknown> {
	const read = yield* readJson(text);
	return read.ok && read.value.kind === "table" ? yield* profileOf(read.value.grid, { today }) : null;
}

/** The middle of several runs: milliseconds in all, and of the longest slice. */
function time(work: () => Generator<void, unknown>): { all: number; longest: number; slices: number } {
	const runs = Array.from({ length: 5 }, () => {
		const began = performance.now();
		let from = began;
		let longest = 0;
		let slices = 0;
		const steps = work();
		for (let step = steps.next(); ; step = steps.next()) {
			const now = performance.now();
			longest = Math.max(longest, now - from);
			slices += 1;
			if (step.done) return { all: now - began, longest, slices };
			from = performance.now();
		}
	});
	runs.sort((a, b) => a.all - b.all);
	return runs[2] ?? { all: Number.NaN, longest: Number.NaN, slices: 0 };
}

/** One slice: nothing comes in between. */
function* once(run: () => unknown): Generator<void, unknown> {
	const result = run();
	yield;
	return result;
}

console.log(
	`${"shape".padEnd(30)} ${"MB".padStart(5)} ${"rows".padStart(7)}  papaparse  this reader  rows/s of papaparse's  longest slice`,
);
for (const [name, text] of Object.entries(shapes)) {
	const rows = text.split("\n").length - 2;
	const papa = time(() => once(() => Papa.parse(text, { header: false, skipEmptyLines: "greedy" })));
	const own = time(() => readText(text));
	console.log(
		`${name.padEnd(30)} ${(text.length / 1024 / 1024).toFixed(1).padStart(5)} ${String(rows).padStart(7)} ${papa.all.toFixed(0).padStart(7)} ms ${own.all.toFixed(0).padStart(9)} ms ${(papa.all / own.all).toFixed(2).padStart(12)} (aim 0.5) ${own.longest.toFixed(1).padStart(12)} ms of ${own.slices}`,
	);
}
const parse = time(() => once(() => JSON.parse(json)));
const own = time(() => readJsonText(json));
console.log(
	`${"JSON".padEnd(30)} ${(json.length / 1024 / 1024).toFixed(1).padStart(5)} ${"40000".padStart(7)} ${parse.all.toFixed(0).padStart(7)} ms ${own.all.toFixed(0).padStart(9)} ms  (beside JSON.parse)      ${own.longest.toFixed(1).padStart(12)} ms of ${own.slices}`,
);
const encoded = new TextEncoder().encode(shapes["a shop's orders"] ?? "");
console.log(`decoding 5 MB of UTF-8: ${time(() => once(() => decodeText(encoded))).all.toFixed(0)} ms`);
