// A file that others may read at the same moment is written beside its place and renamed: it is there whole or not at all.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes at once, without a pause in which another call of this process could write the same part. */
export function writeWhole(file: string, text: string): void {
	const part = `${file}.${process.pid}.part`;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(part, text);
	renameSync(part, file);
}
