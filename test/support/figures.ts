// What the oracles, the scan and the matrix counted: printed where they ran, and once more at the end of `npm test`.
import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** Numbers of one title add up over the files of tests; lists are united and counted; words (a seed) are kept. */
export type Figures = Record<string, number | string | readonly string[]>;

const variable = "FREEHOLD_FIGURES";

export function reportFigures(title: string, figures: Figures): void {
	process.stdout.write(`${line(title, figures)}\n`);
	const file = process.env[variable];
	if (file) appendFileSync(file, `${JSON.stringify({ title, figures })}\n`);
}

/** For who starts the tests: the environment in which they report to a file. */
export const figuresEnvironment = (file: string): Record<string, string> => ({ [variable]: file });

/** One line a title, in the order of the titles. */
export function readFigures(file: string): string[] {
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
