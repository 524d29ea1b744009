// What changed between two versions, as unified hunks a page can show.
import { structuredPatch } from "diff";
import type { FileDiff } from "#schema/api/apps.ts";
import type { AppFile } from "#schema/files.ts";

const contextLines = 3;

/** Changed, added and removed files by path. Binary files have no hunks. */
export function diffFiles(before: ReadonlyMap<string, AppFile>, after: ReadonlyMap<string, AppFile>): FileDiff[] {
	const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
	return paths.flatMap((path): FileDiff[] => {
		const [old, fresh] = [before.get(path), after.get(path)];
		if (old?.content === fresh?.content) return [];
		const state = !old ? "added" : !fresh ? "removed" : "changed";
		const isText = (old ?? fresh)?.encoding === "utf8" && (fresh ?? old)?.encoding === "utf8";
		if (!isText) return [{ path, state, hunks: [] }];
		const patch = structuredPatch(path, path, old?.content ?? "", fresh?.content ?? "", "", "", {
			context: contextLines,
			timeout: 2000,
		});
		const hunks = (patch?.hunks ?? []).map(({ oldStart, newStart, lines }) => ({ oldStart, newStart, lines }));
		return [{ path, state, hunks }];
	});
}
