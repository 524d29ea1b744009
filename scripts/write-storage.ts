// docs/storage.md, from the register: `node scripts/write-storage.ts`. A unit test compares what is there with what this makes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RegisterEntry, register } from "#db/register.ts";
import type { Holding } from "#schema/register/holding.ts";
import { type StoreName, stores } from "#schema/register/stores.ts";

const deletions: Record<Holding["erasedWith"], string> = {
	app: "the app",
	workspace: "the workspace",
	account: "the account",
	time: "time alone",
	never: "nothing",
};
const exports: Record<Holding["exported"], string> = { archive: "yes", annex: "inside only", no: "no" };

const head = `# What is stored, whose it is, and how it goes

Written by \`node scripts/write-storage.ts\` from the register (\`db/register.ts\`), where each store declares what it holds.
Do not edit it: change the declaration beside the store.

- **Sealed** values open only with a key of the vault; **hashed** ones compare, and do not say what they were made of. Content
  and keys in R2 are sealed whole. What is neither is ids, states, times and sizes, except where the table says public, app
  data or identity.
- **Whose**: what is an app's is its workspace's too. **Goes with** names the deletion that takes it; what goes with an app goes
  with its workspace as well. Until 30 days later the platform's own history can still hold the rows, as docs/threat-model.md says.
- **Exported**: "inside only" is for archives that do not leave the region's stores; a person's export never has it.
`;

/** Columns of equal width, as the formatter wants them. */
function table(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
	const line = (cells: readonly string[], filler: string) =>
		`| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0, filler)).join(" | ")} |\n`;
	const [head = [], ...body] = rows;
	return [
		line(head, " "),
		line(
			head.map(() => "-"),
			"-",
		),
		...body.map((row) => line(row, " ")),
	].join("");
}

function secretsOf({ sealed = [], hashed = [] }: RegisterEntry): string {
	const parts = { sealed, hashed };
	return Object.entries(parts)
		.flatMap(([how, columns]) => (columns.length > 0 ? [`${how}: ${columns.join(", ")}`] : []))
		.join("; ");
}

function section(store: StoreName): string {
	const entries = register.filter((entry) => entry.store === store);
	const rows = entries.map((entry) => [
		`\`${entry.name}\``,
		entry.holds,
		entry.whose,
		[entry.dataClass, secretsOf(entry)].filter(Boolean).join("; "),
		exports[entry.exported],
		deletions[entry.erasedWith],
		entry.kept,
	]);
	const titles = ["name", "what it holds", "whose", "class", "exported", "goes with", "kept"];
	return `\n## ${store}\n\n${stores[store]}.\n\n${table([titles, ...rows])}`;
}

export const storageFile = join(import.meta.dirname, "..", "docs", "storage.md");
export const storageDocument = (): string => head + (Object.keys(stores) as StoreName[]).map(section).join("");

if (import.meta.main) writeFileSync(storageFile, storageDocument());
