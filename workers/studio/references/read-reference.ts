// Reads one file that a person gave, by its content. Pure: bytes in, a checked reference or a tagged reason out.
import { decodeText } from "#lib/tables/decode.ts";
import { readJson } from "#lib/tables/read-json.ts";
import { profileOf, readDelimited, type TableOptions } from "#lib/tables/read-table.ts";
import { nextTurn, runAtOnce, runInSlices } from "#lib/tables/slices.ts";
import { attachmentLimits } from "#schema/attachments.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import { checkPdf, isHeic, readImage } from "./binary-files.ts";
import type { ReadReference } from "./reference.ts";

export interface ReadOptions extends Omit<TableOptions, "today"> {
	/** "2026-11-21", for years of two digits; today if left out. */
	today?: string;
}

interface File {
	name: string;
	bytes: Uint8Array;
}

/** In slices: a large table does not keep the requests of others waiting. */
export const readReferenceInSlices = (file: File, options: ReadOptions = {}): Promise<ReadReference> =>
	runInSlices(readSteps(file, options), nextTurn);

/**
 * At once.
 * @kept for tests and the bench, where nobody waits
 */
export const readReference = (file: File, options: ReadOptions = {}): ReadReference =>
	runAtOnce(readSteps(file, options));

function* readSteps({ name, bytes }: File, given: ReadOptions): Generator<void, ReadReference> {
	if (bytes.byteLength === 0) return fail("empty");
	if (bytes.byteLength > attachmentLimits.fileBytes) return fail("too_large");
	const common = { name, sizeBytes: bytes.byteLength };
	const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? "";

	const image = readImage(bytes);
	if (image) {
		if (!image.ok) return image;
		const fitsModel = bytes.byteLength <= attachmentLimits.imageBytesForModel;
		return ok({ ...common, kind: "image", ...image.value, fitsModel });
	}
	if (isHeic(bytes)) return fail("heic_image");
	if (["png", "jpg", "jpeg", "webp", "gif"].includes(ending)) return fail("broken_image");
	const pdf = checkPdf(bytes);
	if (pdf === "sound") return ok({ ...common, kind: "pdf", mediaType: "application/pdf" });
	if (pdf === "broken" || ending === "pdf") return fail("broken_pdf");
	const kind = kindOf(ending);
	if (kind === null) return fail("unsupported_type");
	return yield* readText(bytes, common, kind, ending, { ...given, today: given.today ?? dayNow() });
}

type TextKind = "table" | "json" | "text" | "open";

function kindOf(ending: string): TextKind | null {
	if (["csv", "tsv", "tab"].includes(ending)) return "table";
	if (["json", "jsonl", "ndjson", "geojson"].includes(ending)) return "json";
	if (["txt", "md", "markdown"].includes(ending)) return "text";
	return ending === "" ? "open" : null;
}

function* readText(
	bytes: Uint8Array,
	common: { name: string; sizeBytes: number },
	kind: TextKind,
	ending: string,
	options: TableOptions,
): Generator<void, ReadReference> {
	const decoded = decodeText(bytes);
	if (!decoded) return fail(bytes.includes(0) ? "binary" : "not_utf8");
	const { text, encoding } = decoded;
	if (text.trim() === "") return fail("empty");
	yield;
	const notes =
		encoding === "windows-1252"
			? [
					"The letters of this file are not written in UTF-8; they were read as Windows-1252. If some look wrong, save it as “CSV UTF-8”.",
				]
			: [];
	// A name without an ending: JSON if it is JSON, else plain text.
	if (kind === "json" || (kind === "open" && /^\s*[[{]/.test(text))) {
		const read = yield* readJson(text);
		if (!read.ok) return read;
		if (read.value.kind === "json") return ok({ ...common, mediaType: "application/json", ...read.value });
		const { rows, profile } = yield* profileOf(read.value.grid, options);
		profile.notes.unshift(...notes);
		return ok({ ...common, kind: "table", mediaType: "application/json", rows, profile });
	}
	if (kind === "table") {
		const read = yield* readDelimited(text, options);
		if (!read.ok) return read;
		const { rows, profile } = read.value;
		profile.notes.unshift(...notes);
		return ok({ ...common, kind: "table", mediaType: "text/csv", rows, profile });
	}
	if (text.length > attachmentLimits.textChars) return { ...fail("text_too_long"), count: text.length };
	const mediaType = ending === "txt" || kind === "open" ? "text/plain" : "text/markdown";
	return ok({ ...common, kind: "text", mediaType, text, notes });
}

const dayNow = (): string => new Date().toISOString().slice(0, 10);

/** The limits on all references of one turn together. */
export function checkTurn(
	references: readonly { sizeBytes: number }[],
): Result<null, "too_many_files" | "turn_too_large"> {
	if (references.length > attachmentLimits.filesPerTurn) return fail("too_many_files");
	const total = references.reduce((sum, reference) => sum + reference.sizeBytes, 0);
	return total > attachmentLimits.turnBytes ? fail("turn_too_large") : ok(null);
}
