// What travels: the builder page's script without the editor, and the Workers' bundles as they are deployed (minified, gzipped).
import { gzipSync } from "node:zlib";
import { transform } from "esbuild";
import { buildAssets } from "../scripts/build-assets.ts";
import { bundleWorker, readWorker, workerNames } from "../scripts/local-host/workers.ts";

await buildAssets();
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0).padStart(5)} KB gzipped`;

const { assets } = await import("#build/studio-assets");

/** The scripts a page loads before anybody presses a button: its entry and what that imports statically. */
function staticImports(path: string, seen = new Set<string>()): Set<string> {
	const asset = assets[path];
	if (!asset || seen.has(path)) return seen;
	seen.add(path);
	for (const [, from = ""] of asset.body.matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g)) {
		const target = Object.keys(assets).find((candidate) => candidate.endsWith(from.slice(2)));
		if (target) staticImports(target, seen);
	}
	return seen;
}

const builder = Object.keys(assets).find((path) => /builder[^/]*\.js$/.test(path));
if (builder) {
	const bytes = [...staticImports(builder)].reduce((sum, path) => sum + gzipSync(assets[path]?.body ?? "").length, 0);
	process.stdout.write(`builder page script without the editor   ${kilobytes(bytes)}   aim 80\n`);
}
for (const worker of workerNames) {
	const { main } = readWorker(worker, worker === "front-door" ? null : "us-east");
	const { code } = await transform(await bundleWorker(main), { minify: true, format: "esm" });
	process.stdout.write(
		`${`Worker ${worker}`.padEnd(40)} ${kilobytes(gzipSync(code).length)}${worker === "studio" ? "   aim under 1000" : ""}\n`,
	);
}
