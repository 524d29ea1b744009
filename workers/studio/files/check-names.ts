// Names and sizes of an app's files: what some system, or the app host, would not keep apart or not take.
import { type AppFile, limits } from "#schema/files.ts";
import { pathFault } from "./paths.ts";
import type { Problem } from "./problem.ts";

export function checkNames(files: ReadonlyMap<string, AppFile>): Problem[] {
	const problems: Problem[] = [];
	const add = (path: string, code: Problem["code"], message: string) =>
		problems.push({ path, line: null, code, message });
	// as systems compare that ignore case, and that compose accents
	const seen = new Map<string, string>();
	const folders = new Map<string, string>();
	let size = 0;
	for (const file of files.values()) {
		const fault = pathFault(file.path);
		if (fault !== null) add(file.path, "bad_path", fault);
		const key = file.path.normalize("NFC").toLowerCase();
		const other = seen.get(key);
		if (other !== undefined)
			add(file.path, "case_collision", `This name differs from ${other} only in case. Rename one of them.`);
		seen.set(key, file.path);
		const parts = key.split("/");
		for (let count = 1; count < parts.length; count++) folders.set(parts.slice(0, count).join("/"), file.path);
		size += file.encoding === "utf8" ? file.content.length : file.content.length * 0.75;
	}
	for (const [key, path] of seen) {
		const inside = folders.get(key);
		if (inside)
			add(path, "bad_path", `${path} is a file, and ${inside} needs a folder of that name. Rename one of them.`);
	}
	if (files.size > limits.filesPerApp)
		add(
			"",
			"too_large",
			`An app has at most ${limits.filesPerApp} files; this one has ${files.size}. Join or delete some.`,
		);
	if (size > limits.appBytes)
		add("", "too_large", `An app is at most ${limits.appBytes / 1024 / 1024} MB; this one is larger. Make it smaller.`);
	return problems;
}
