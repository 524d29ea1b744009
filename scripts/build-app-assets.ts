// Bundles the browser code of app origins into .build/app-assets.js: the vendored libraries as ES modules that share one
// preact, the `freehold` module, and the scripts that pages begin with. Called by scripts/build-assets.ts.
import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { writeWhole } from "./write-whole.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const prefix = "/_freehold/lib/";

const react19 = [
	"Activity",
	"Profiler",
	"act",
	"cache",
	"captureOwnerStack",
	"startTransition",
	"useActionState",
	"useFormStatus",
	"useOptimistic",
	"useTransition",
];
const reactDom19 = [
	"preconnect",
	"prefetchDNS",
	"preinit",
	"preinitModule",
	"preload",
	"preloadModule",
	"requestFormReset",
	"useFormState",
	"useFormStatus",
];

/** What an app may import, and the source of each module. Each is re-exported whole, and its default export where it has one. */
const vendored: Record<string, string> = {
	// what React 19 has beyond preact/compat; a name that is listed comes before the one that the star brings
	react: `export * from "preact/compat";
		export { ${react19.join(", ")} } from "./sandbox-host/runtime/react/index.ts";
		import base, * as named from "preact/compat";
		import * as more from "./sandbox-host/runtime/react/index.ts";
		const { default: _, ...all } = named;
		export default { ...all, ...base, ...more };`,
	"react-dom": `export * from "preact/compat";
		export { createRoot, hydrateRoot } from "preact/compat/client";
		export { ${reactDom19.join(", ")} } from "./sandbox-host/runtime/react/dom.ts";
		import base, * as named from "preact/compat";
		import { createRoot, hydrateRoot } from "preact/compat/client";
		import * as more from "./sandbox-host/runtime/react/dom.ts";
		const { default: _, ...all } = named;
		export default { ...all, ...base, createRoot, hydrateRoot, ...more };`,
	"react-dom/client":
		'import { createRoot, hydrateRoot } from "preact/compat/client"; export { createRoot, hydrateRoot }; export default { createRoot, hydrateRoot };',
	// compat must be loaded with the JSX runtime: it is what makes className, onChange and the like behave as in React
	"react/jsx-runtime": 'import "./sandbox-host/runtime/react/index.ts"; export * from "preact/jsx-runtime";',
	preact: 'export * from "preact";',
	"preact/hooks": 'export * from "preact/hooks";',
	"preact/compat": 'export * from "preact/compat"; export { default } from "preact/compat";',
	"preact/jsx-runtime": 'export * from "preact/jsx-runtime";',
	"@preact/signals": 'export * from "@preact/signals";',
	"chart.js": 'export * from "chart.js";',
	"chart.js/auto": 'export * from "chart.js/auto"; export { default } from "chart.js/auto";',
};

/** Libraries whose default export holds exactly what they export by name. */
const membersOf = ["react", "react-dom"];

interface Asset {
	contentType: string;
	body: string;
	hash: string;
}

const javascript = "text/javascript; charset=utf-8";
const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");

/** Writes the module and returns what it exports, by path. */
export async function buildAppAssets(outFile = join(root, ".build/app-assets.js")): Promise<Record<string, Asset>> {
	const [modules, scripts] = await Promise.all([buildModules(), buildScripts()]);
	const assets: Record<string, Asset> = {};
	for (const { name, text } of [...modules.files, ...scripts.files]) {
		assets[prefix + name] = { contentType: javascript, body: text, hash: sha256(text) };
	}
	const names = JSON.stringify({ imports: modules.imports, start: modules.start, ...scripts.names });
	assets[`${prefix}names.json`] = { contentType: "application/json", body: names, hash: sha256(names) };

	writeWhole(outFile, `export const assets = ${JSON.stringify(assets, null, "\t")};\n`);
	const members = Object.fromEntries(
		membersOf.map((name) => [name, (modules.exports[name] ?? []).filter((one) => one !== "default")]),
	);
	writeWhole(
		join(dirname(outFile), "library-exports.js"),
		`export const libraryExports = ${JSON.stringify(modules.exports, null, "\t")};\nexport const libraryMembers = ${JSON.stringify(members)};\n`,
	);
	return assets;
}

const common = {
	bundle: true,
	minify: true,
	write: false,
	metafile: true,
	target: "es2022",
	legalComments: "none",
	absWorkingDir: root,
	define: { "process.env.NODE_ENV": '"production"' },
} as const;

/** ES modules with shared chunks: two copies of preact would break hooks and signals. */
async function buildModules() {
	const entries: Record<string, string> = Object.fromEntries(
		Object.keys(vendored).map((specifier) => [fileNameOf(specifier), `vendored:${specifier}`]),
	);
	entries.freehold = join(root, "sandbox-host/runtime/freehold.ts");
	entries["freehold-tables"] = join(root, "workers/lib/tables/app.ts");
	entries.start = join(root, "sandbox-host/runtime/start.ts");
	const outdir = join(root, ".build/lib");
	const result = await build({
		...common,
		entryPoints: entries,
		outdir,
		format: "esm",
		splitting: true,
		conditions: ["browser", "module", "import"],
		entryNames: "[name].[hash]",
		chunkNames: "shared.[hash]",
		external: ["/app.js"],
		plugins: [
			{
				name: "vendored",
				setup(context) {
					context.onResolve({ filter: /^vendored:/ }, ({ path }) => ({ path, namespace: "vendored" }));
					context.onLoad({ filter: /.*/, namespace: "vendored" }, ({ path }) => ({
						contents: vendored[path.slice("vendored:".length)] ?? "",
						resolveDir: root,
						loader: "js",
					}));
				},
			},
		],
	});
	const exportsOf = (entry: string) => {
		const found = Object.values(result.metafile.outputs).find((output) => output.entryPoint === entry);
		return (found?.exports ?? []).toSorted();
	};
	const nameOfEntry = (entry: string) => {
		const found = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === entry);
		if (!found) throw new Error(`esbuild made nothing of ${entry}`);
		return prefix + relative(outdir, join(root, found[0]));
	};
	return {
		files: result.outputFiles.map((file) => ({ name: relative(outdir, file.path), text: file.text })),
		imports: {
			...Object.fromEntries(
				Object.keys(vendored).map((specifier) => [specifier, nameOfEntry(`vendored:vendored:${specifier}`)]),
			),
			freehold: nameOfEntry("sandbox-host/runtime/freehold.ts"),
			"freehold/tables": nameOfEntry("workers/lib/tables/app.ts"),
		},
		start: nameOfEntry("sandbox-host/runtime/start.ts"),
		exports: {
			...Object.fromEntries(
				Object.keys(vendored).map((specifier) => [specifier, exportsOf(`vendored:vendored:${specifier}`)]),
			),
			freehold: exportsOf("sandbox-host/runtime/freehold.ts"),
			"freehold/tables": exportsOf("workers/lib/tables/app.ts"),
		} as Record<string, string[]>,
	};
}

/** Classic scripts: they run before any module. */
async function buildScripts() {
	const outdir = join(root, ".build/lib");
	const result = await build({
		...common,
		entryPoints: { bridge: "sandbox-host/runtime/bridge.ts", open: "sandbox-host/runtime/open.ts" },
		outdir,
		format: "iife",
		entryNames: "[name].[hash]",
	});
	const files = result.outputFiles.map((file) => ({ name: relative(outdir, file.path), text: file.text }));
	const nameOf = (start: string) => {
		const found = files.find((file) => file.name.startsWith(`${start}.`));
		if (!found) throw new Error(`esbuild made nothing of ${start}`);
		return prefix + found.name;
	};
	return { files, names: { bridge: nameOf("bridge"), open: nameOf("open") } };
}

const fileNameOf = (specifier: string): string => specifier.replace("@", "").replaceAll("/", "-").replaceAll(".", "-");

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const assets = await buildAppAssets();
	const bytes = Object.values(assets).reduce((sum, asset) => sum + asset.body.length, 0);
	process.stdout.write(`app assets: ${Object.keys(assets).length} files, ${Math.round(bytes / 1024)} KB\n`);
}
