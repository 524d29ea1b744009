// What the oracles, the scan and the matrix counted: printed where they ran, and once more at the end of `npm test`.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runFolder } from "./run-folder.ts";

/** Numbers of one title add up over the files of tests; lists are united and counted; words (a seed) are kept. */
export type Figures = Record<string, number | string | readonly string[]>;

const fileIn = (folder: string) => join(folder, "figures.jsonl");

export function reportFigures(title: string, figures: Figures): void {
	process.stdout.write(`${line(title, figures)}\n`);
	const folder = runFolder();
	if (folder) appendFileSync(fileIn(folder), `${JSON.stringify({ title, figures })}\n`);
}

/** What a run reported: one line a title, in the order of the titles. */
export function readFigures(folder: string): string[] {
	const file = fileIn(folder);
	if (!existsSync(file)) return [];
	const sums = new Map<string, Figures>();
	for (const text of readFileSync(file, "utf8").trim().split("\n")) {
		const { title, figures } = JSON.parse(text) as { title: string; figures: Figures };
		const sum = sums.get(title) ?? {};
		for (const [name, value] of Object.entries(figures)) sum[name] = add(sum[name], value);
		sums.set(title, sum);
	}
	return [...sums].sort(([a], [b]) => a.localeCompare(b)).map(([title, figures]) => line(title, figures));
}

function add(sum: Figures[string] | undefined, value: Figures[string]): Figures[string] {
	if (sum === undefined) return value;
	if (typeof sum === "number" && typeof value === "number") return sum + value;
	if (Array.isArray(sum) && Array.isArray(value)) return [...new Set([...sum, ...value])];
	return value;
}

function line(title: string, figures: Figures): string {
	const words = Object.entries(figures).map(([name, value]) => {
		if (typeof value === "string") return `${name} ${value}`;
		return `${Math.round(typeof value === "number" ? value : value.length).toLocaleString("en")} ${name}`;
	});
	return `${title}: ${words.join(", ")}`;
}
