// The browser code that every app origin serves under /_freehold/lib/: vendored libraries, the bridge and the `freehold`
// module. It is made by scripts/build-app-assets.ts; names carry a hash, so they are cached for ever.

import { z } from "zod";
import { assets } from "#build/app-assets";

const Names = z.strictObject({
	imports: z.record(z.string(), z.string()),
	bridge: z.string(),
	start: z.string(),
	open: z.string(),
});

/** Served paths by what they are for: import map entries, and the three scripts that pages begin with. */
export const libraries = Names.parse(JSON.parse(assets["/_freehold/lib/names.json"]?.body ?? "null"));

export const libraryPrefix = "/_freehold/lib/";

export function findLibrary(path: string): { contentType: string; body: string } | null {
	return path !== "/_freehold/lib/names.json" && Object.hasOwn(assets, path) ? (assets[path] ?? null) : null;
}
