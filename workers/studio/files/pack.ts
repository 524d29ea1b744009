// The files of a version as one pack, and a manifest of it. The pack is a zip: `t/` holds text, `b/` what came as base64.
import { unzipSync, zipSync } from "fflate";
import { fromBase64, fromUtf8, toBase64, utf8 } from "#lib/bytes.ts";
import { type AppFile, limits } from "#schema/files.ts";
import { pathFault } from "./paths.ts";

export interface Manifest {
	v: 1;
	/** Sorted by path. */
	files: { path: string; encoding: AppFile["encoding"]; sizeBytes: number; hash: string }[];
}

/** The zip format cannot say "no time"; a fixed one makes equal files equal packs. */
const mtime = new Date(Date.UTC(1980, 0, 2, 12));

/** A pack holds no more than this when it is open; a small zip can pretend to hold anything. */
const maxOpenBytes = limits.appBytes * 4;

/** Base64 must be canonical, with padding, as an upload makes it. */
export function packFiles(files: ReadonlyMap<string, AppFile>): Uint8Array<ArrayBuffer> {
	const entries = sorted(files).map((file) => [nameIn(file), rawBytes(file)] as const);
	return new Uint8Array(zipSync(Object.fromEntries(entries), { mtime, level: 6 }));
}

/** Throws on a pack that packFiles did not make: packs are sealed, so that is damage and not an input. */
export function unpackFiles(pack: Uint8Array): Map<string, AppFile> {
	let open = 0;
	const entries = unzipSync(pack, {
		filter: ({ originalSize }) => {
			open += originalSize;
			if (open > maxOpenBytes) throw new RangeError("the pack is larger than a version can be");
			return true;
		},
	});
	const files = new Map<string, AppFile>();
	for (const [name, bytes] of Object.entries(entries)) {
		const path = name.slice(2);
		if (!/^[tb]\//.test(name) || pathFault(path) !== null)
			throw new TypeError("the pack holds a name that no version has");
		files.set(
			path,
			name.startsWith("t/")
				? { path, encoding: "utf8", content: fromUtf8(bytes) }
				: { path, encoding: "base64", content: toBase64(bytes) },
		);
	}
	return files;
}

/** `fingerprint` is keyed by the tenant: a manifest that leaked would not tell whether a known file is in it. */
export async function makeManifest(
	files: ReadonlyMap<string, AppFile>,
	fingerprint: (bytes: Uint8Array) => Promise<string>,
): Promise<Manifest> {
	const list = sorted(files).map(async (file) => {
		const bytes = rawBytes(file);
		return { path: file.path, encoding: file.encoding, sizeBytes: bytes.length, hash: await fingerprint(bytes) };
	});
	return { v: 1, files: await Promise.all(list) };
}

const nameIn = (file: AppFile) => `${file.encoding === "utf8" ? "t" : "b"}/${file.path}`;

function rawBytes(file: AppFile): Uint8Array {
	if (file.encoding === "utf8") return utf8(file.content);
	const bytes = fromBase64(file.content);
	if (bytes === null) throw new TypeError("a file is not base64");
	return bytes;
}

function sorted(files: ReadonlyMap<string, AppFile>): AppFile[] {
	return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
