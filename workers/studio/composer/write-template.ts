// Makes template-files.ts out of the folder template/. Run it with Node after a change there: `node workers/studio/composer/write-template.ts`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const notPartOfAnApp = new Set(["tsconfig.json", "biome.json", "freehold.d.ts", "freehold.app.json"]);

export function renderTemplate(folder: string): string {
	const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !notPartOfAnApp.has(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort();
	const lines = paths.map(
		(path) => `\t${JSON.stringify(path)}: ${JSON.stringify(appSource(readFileSync(join(folder, path), "utf8")))},`,
	);
	return `// Made by write-template.ts from the folder template/. Do not edit.\n// biome-ignore-all format: generated\n// biome-ignore-all lint: generated\nexport const templateFiles: Record<string, string> = {\n${lines.join("\n")}\n};\n`;
}

/** Comments to our own linter mean nothing in somebody's app. */
const appSource = (text: string): string => text.replace(/^.*biome-ignore.*\n/gm, "");

if (import.meta.main) {
	const here = import.meta.dirname;
	writeFileSync(join(here, "template-files.ts"), renderTemplate(join(here, "template")));
}
