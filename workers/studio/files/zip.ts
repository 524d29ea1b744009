// An app's files as a zip for download: the sources as the person knows them, in one folder.
import { zipSync } from "fflate";
import type { AppFile } from "#schema/files.ts";
import { bytesOf } from "./served.ts";

/** `modifiedAt` is written as every file's time; zip knows no earlier one than 1980. */
export function zipApp(
	files: ReadonlyMap<string, AppFile>,
	modifiedAt = new Date(Date.UTC(2000, 0, 1)),
): Uint8Array<ArrayBuffer> {
	const entries = [...files.values()].map((file) => [file.path, bytesOf(file) ?? new Uint8Array()] as const);
	return new Uint8Array(zipSync(Object.fromEntries(entries), { mtime: modifiedAt, level: 6 }));
}
