// Builds the browser code of the studio and the front door: one small module per page, shared chunks, two style sheets.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile, type Plugin } from "esbuild";
import { writeWhole } from "./write-whole.ts";

const root = join(import.meta.dirname, "..");
const ui = join(root, "workers/studio/ui");
const contentTypes: Record<string, string> = {
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
};

interface Built {
	files: Map<string, string>;
	metafile: Metafile;
}

/**
 * The contracts say `import { z } from "zod"`, and that one object holds all of zod, its forty languages included. As a
 * namespace import only what is used stays in the bundle.
 */
const slimZod: Plugin = {
	name: "slim-zod",
	setup(context) {
		context.onLoad({ filter: /[\\/](schema|islands)[\\/].*\.tsx?$/ }, ({ path }) => ({
			contents: readFileSync(path, "utf8").replace(/^import \{ z \} from "zod";/m, 'import * as z from "zod";'),
			loader: path.endsWith("x") ? "tsx" : "ts",
		}));
	},
};

async function bundle(): Promise<Built> {
	const islands = join(ui, "islands");
	const pages = readdirSync(islands).filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts"));
	const result = await build({
		entryPoints: [
			...pages.map((name) => join(islands, name)),
			join(ui, "styles/studio.css"),
			join(ui, "styles/front.css"),
			join(ui, "icon.svg"),
		],
		outdir: join(root, ".build/studio"),
		write: false,
		metafile: true,
		bundle: true,
		splitting: true,
		minify: true,
		format: "esm",
		target: ["es2022", "chrome120", "firefox128", "safari17.5"],
		// `light-dark()` and nesting are in the browsers above; lowering them would triple the sheet
		supported: { nesting: true, "inline-style": true },
		jsx: "automatic",
		jsxImportSource: "hono/jsx/dom",
		entryNames: "[name]",
		chunkNames: "chunk-[hash]",
		loader: { ".svg": "copy" },
		legalComments: "none",
		plugins: [slimZod],
		absWorkingDir: root,
		logLevel: "silent",
	});
	return {
		files: new Map(result.outputFiles.map((file) => [basename(file.path), file.text])),
		metafile: result.metafile,
	};
}

/** One hash for the whole build, so that a page's relative imports of chunks stay inside one immutable folder. */
function hashOf(files: Map<string, string>): string {
	const hash = createHash("sha256");
	for (const [name, body] of [...files].sort(([a], [b]) => a.localeCompare(b))) hash.update(`${name}\0${body}\0`);
	return hash.digest("hex").slice(0, 16);
}

function writeModule(name: string, files: Map<string, string>): void {
	const hash = hashOf(files);
	const assets = Object.fromEntries(
		[...files].map(([path, body]) => {
			const contentType = contentTypes[path.slice(path.lastIndexOf("."))] ?? "application/octet-stream";
			return [path, { contentType, body, hash }];
		}),
	);
	writeWhole(join(root, `.build/${name}.js`), `export const assets = ${JSON.stringify(assets)};\n`);
}

const frontDoorFiles = ["front.css", "boot.js", "icon.svg"];

/** Writes `.build/studio-assets.js` and `.build/front-door-assets.js`. */
export async function buildStudioAssets(): Promise<void> {
	const { files } = await bundle();
	writeModule("studio-assets", files);
	writeModule("front-door-assets", new Map([...files].filter(([name]) => frontDoorFiles.includes(name))));
}

/** Bytes of a page's script with everything it loads at once (dynamic imports are not counted), gzipped. */
function initialBytes(entry: string, { files, metafile }: Built): number {
	const seen = new Set<string>();
	const visit = (path: string) => {
		if (seen.has(path)) return;
		seen.add(path);
		for (const used of metafile.outputs[path]?.imports ?? []) if (used.kind === "import-statement") visit(used.path);
	};
	visit(entry);
	return [...seen].reduce((sum, path) => sum + gzipSync(files.get(basename(path)) ?? "").length, 0);
}

async function printSizes(): Promise<void> {
	const built = await bundle();
	for (const path of Object.keys(built.metafile.outputs).sort()) {
		const name = basename(path);
		const own = gzipSync(built.files.get(name) ?? "").length;
		const all = path.endsWith(".js") && !name.startsWith("chunk-") ? initialBytes(path, built) : own;
		process.stdout.write(
			`${name.padEnd(26)} ${(own / 1024).toFixed(1).padStart(7)} KB  page ${(all / 1024).toFixed(1)} KB\n`,
		);
	}
}

if (import.meta.main) {
	await buildStudioAssets();
	await printSizes();
}
