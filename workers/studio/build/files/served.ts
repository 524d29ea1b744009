// A file as the app's origin serves it, and the media type that goes with its name.
import { fromBase64, utf8 } from "#lib/bytes.ts";
import type { AppFile } from "#schema/files.ts";
import type { ServedFile } from "#schema/rpc.ts";
import { extensionOf } from "./paths.ts";

const types: Record<string, string> = {
	css: "text/css; charset=utf-8",
	csv: "text/csv; charset=utf-8",
	gif: "image/gif",
	html: "text/html; charset=utf-8",
	ico: "image/x-icon",
	jpeg: "image/jpeg",
	jpg: "image/jpeg",
	js: "text/javascript; charset=utf-8",
	json: "application/json; charset=utf-8",
	md: "text/plain; charset=utf-8",
	mjs: "text/javascript; charset=utf-8",
	mp3: "audio/mpeg",
	otf: "font/otf",
	pdf: "application/pdf",
	png: "image/png",
	svg: "image/svg+xml; charset=utf-8",
	ttf: "font/ttf",
	txt: "text/plain; charset=utf-8",
	webmanifest: "application/manifest+json; charset=utf-8",
	webp: "image/webp",
	woff: "font/woff",
	woff2: "font/woff2",
};

export const contentTypeOf = (path: string): string => types[extensionOf(path)] ?? "application/octet-stream";

/** Null when base64 content is not base64. */
export function bytesOf(file: AppFile): Uint8Array | null {
	return file.encoding === "utf8" ? utf8(file.content) : fromBase64(file.content);
}

export function serveText(path: string, text: string, source?: string): ServedFile {
	const file = { path, contentType: contentTypeOf(path), body: utf8(text) };
	return source === undefined || source === path ? file : { ...file, source };
}
