// Small apps, each in one file of test/fixtures/apps: first what the gate must say of it, then its files.
//
//   expect: runs                     accepted, and shows something in a browser without an error
//   expect: refused missing_export   refused, with this problem among others
//   === path/of/file.tsx             the lines that follow, up to the next of this kind; `base64` after the path for bytes
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { AppFile } from "#schema/files.ts";

const folder = join(import.meta.dirname, "../fixtures/apps");

export interface FixtureApp {
	name: string;
	/** Null: it runs. */
	refusedWith: string | null;
	files: Map<string, AppFile>;
}

export function readFixtureApps(): FixtureApp[] {
	const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".app"));
	return names
		.sort()
		.map((name) => readApp(relative(folder, join(folder, name)).replace(/\.app$/, ""), join(folder, name)));
}

function readApp(name: string, path: string): FixtureApp {
	const [head = "", ...parts] = readFileSync(path, "utf8").split(/^=== /m);
	const expected = /^expect: (runs|refused ([a-z_]+))\s*$/.exec(head);
	if (!expected) throw new Error(`${name} does not say what is expected of it`);
	const files = parts.map((part): [string, AppFile] => {
		const at = part.indexOf("\n");
		const [, file = "", mark] = /^(.*?)( base64)?$/.exec(part.slice(0, at)) ?? [];
		const content = part.slice(at + 1);
		return [
			file,
			mark ? { path: file, encoding: "base64", content: content.trim() } : { path: file, encoding: "utf8", content },
		];
	});
	return { name, refusedWith: expected[2] ?? null, files: new Map(files) };
}
