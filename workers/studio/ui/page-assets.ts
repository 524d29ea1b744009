// Addresses of the built assets, and the route that serves them. One hash names the whole build, so they never change.
import { assets } from "#build/studio-assets";
import { AppError } from "#lib/http/errors.ts";
import type { StudioApp } from "../http.ts";

const hash = Object.values(assets)[0]?.hash ?? "none";

/** The address of one asset of this build, for example `apps.js`. */
export const assetUrl = (name: string): string => `/assets/${hash}/${name}`;

/** Serves `/assets/<hash>/<name>`: immutable for the hash of this build, unknown for any other. */
export function registerAssets(app: StudioApp): void {
	app.get("/assets/:hash/:name", (c) => {
		const name = c.req.param("name");
		const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
		if (!asset || c.req.param("hash") !== asset.hash) throw new AppError("not_found");
		return c.body(asset.body, 200, {
			"Content-Type": asset.contentType,
			"Cache-Control": "public, max-age=31536000, immutable",
		});
	});
}
