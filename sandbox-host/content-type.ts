// The media type of a served file follows from its name, never from what a caller or an app claims, so nothing can be
// sniffed or passed off as a page. What is not listed is served as opaque bytes.

const types: Record<string, string> = {
	html: "text/html; charset=utf-8",
	htm: "text/html; charset=utf-8",
	js: "text/javascript; charset=utf-8",
	mjs: "text/javascript; charset=utf-8",
	css: "text/css; charset=utf-8",
	json: "application/json; charset=utf-8",
	geojson: "application/json; charset=utf-8",
	webmanifest: "application/manifest+json; charset=utf-8",
	txt: "text/plain; charset=utf-8",
	md: "text/plain; charset=utf-8",
	csv: "text/csv; charset=utf-8",
	tsv: "text/tab-separated-values; charset=utf-8",
	xml: "application/xml; charset=utf-8",
	svg: "image/svg+xml; charset=utf-8",
	png: "image/png",
	jpg: "image/jpeg",
	jpeg: "image/jpeg",
	gif: "image/gif",
	webp: "image/webp",
	avif: "image/avif",
	ico: "image/x-icon",
	woff: "font/woff",
	woff2: "font/woff2",
	ttf: "font/ttf",
	otf: "font/otf",
	mp3: "audio/mpeg",
	wav: "audio/wav",
	ogg: "audio/ogg",
	mp4: "video/mp4",
	webm: "video/webm",
	wasm: "application/wasm",
	pdf: "application/pdf",
};

const extensionOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1).toLowerCase();

export const contentTypeOf = (path: string): string =>
	Object.hasOwn(types, extensionOf(path)) ? (types[extensionOf(path)] ?? "") : "application/octet-stream";

export const isDocument = (path: string): boolean => /\.html?$/i.test(path);

/** What a browser could render or run as a document of another kind. */
export const isInert = (path: string): boolean => /\.(svg|xml|pdf)$/i.test(path) || !path.includes(".");

/**
 * Never part of what is served: server functions and what is not compiled. A page asks for `app.js`; `app.tsx` and
 * `server.ts` stay in the studio.
 */
export const isServable = (path: string): boolean =>
	!/^server\.[a-z]+$/i.test(path) && !/\.(ts|tsx|mts|cts|jsx)$/i.test(path);
