// Builds the browser code that Workers serve: the studio's islands and styles, and the libraries of the app origin.
import { buildAppAssets } from "./build-app-assets.ts";
import { buildStudioAssets } from "./build-studio-assets.ts";

/** Writes `.build/studio-assets.js` and `.build/app-assets.js`. */
export async function buildAssets(): Promise<void> {
	await Promise.all([buildStudioAssets(), buildAppAssets()]);
}

if (import.meta.main) await buildAssets();
