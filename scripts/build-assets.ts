// Builds what Workers import from .build/: the browser code they serve (the studio's islands and styles, the libraries of the app
// origin), and which promises are kept.
import { buildAppAssets } from "./build-app-assets.ts";
import { buildKeptPromises } from "./build-kept-promises.ts";
import { buildStudioAssets } from "./build-studio-assets.ts";

/** Writes the modules of types/build.d.ts. */
export async function buildAssets(): Promise<void> {
	buildKeptPromises();
	await Promise.all([buildStudioAssets(), buildAppAssets()]);
}

if (import.meta.main) await buildAssets();
