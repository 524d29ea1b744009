// A file as the app's origin serves it.
import { fromBase64, utf8 } from "#lib/bytes.ts";
import type { AppFile } from "#schema/files.ts";
import type { ServedFile } from "#schema/rpc.ts";

/** Null when base64 content is not base64. */
export function bytesOf(file: AppFile): Uint8Array | null {
	return file.encoding === "utf8" ? utf8(file.content) : fromBase64(file.content);
}

export function serveText(path: string, text: string, source?: string): ServedFile {
	const file = { path, body: utf8(text) };
	return source === undefined || source === path ? file : { ...file, source };
}
