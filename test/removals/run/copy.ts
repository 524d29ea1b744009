// A copy of the source to take defences out of: the files that git knows, as they are in the work tree, and a link to the packages.
import { execFileSync } from "node:child_process";
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../../scripts/local-host/workers.ts";
import { type Mutation, mutate } from "../../support/mutation.ts";

export interface SourceCopy {
	folder: string;
	/** Keeps the Workers' bundles of the source as it is, for runs with nothing taken out. */
	bundles: string;
	/** Makes the changes, runs `work`, and puts the files back as they were. */
	without<T>(edits: readonly Mutation[], work: () => Promise<T>): Promise<T>;
	remove(): void;
}

export function copySource(): SourceCopy {
	const folder = mkdtempSync(join(tmpdir(), "freehold-removals-"));
	const names = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
		cwd: root,
		encoding: "utf8",
	});
	for (const name of new Set(names.split("\0"))) {
		if (name === "" || !existsSync(join(root, name))) continue;
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		copyFileSync(join(root, name), join(folder, name));
	}
	symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
	execFileSync(process.execPath, ["scripts/build-assets.ts"], { cwd: folder });
	const bundles = join(folder, ".bundles");
	mkdirSync(bundles);
	const remove = () => rmSync(folder, { recursive: true, force: true });
	process.once("exit", remove);
	return {
		folder,
		bundles,
		async without(edits, work) {
			const before = new Map<string, string>();
			try {
				for (const edit of edits) {
					const path = join(folder, edit.file);
					const source = readFileSync(path, "utf8");
					if (!before.has(path)) before.set(path, source);
					writeFileSync(path, mutate(source, edit));
				}
				return await work();
			} finally {
				for (const [path, source] of before) writeFileSync(path, source);
			}
		},
		remove,
	};
}
