// What a served file may be to a browser: a page, something inert, or nothing at all. Media types are in schema/media-types.ts, so
// that nothing can be sniffed or passed off as a page.

export const isDocument = (path: string): boolean => /\.html?$/i.test(path);

/** What a browser could render or run as a document of another kind. */
export const isInert = (path: string): boolean => /\.(svg|xml|pdf)$/i.test(path) || !path.includes(".");

/**
 * Never part of what is served: server functions and what is not compiled. A page asks for `app.js`; `app.tsx` and
 * `server.ts` stay in the studio.
 */
export const isServable = (path: string): boolean =>
	!/^server\.[a-z]+$/i.test(path) && !/\.(ts|tsx|mts|cts|jsx)$/i.test(path);
