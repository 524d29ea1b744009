// Reads one file that a person gave, by its content. Pure: bytes in, a checked reference or a tagged reason out.
import { fail, ok, type Result } from "#schema/result.ts";
import { checkPdf, readImage } from "./binary-files.ts";
import { readCsv } from "./read-csv.ts";
import { readJson } from "./read-json.ts";
import { type Reference, type ReferenceReason, referenceLimits } from "./reference.ts";

export interface ReadOptions {
	/** What the person said about the first line of a CSV file. Without an answer it is guessed. */
	hasHeader?: boolean;
}

export function readReference(
	file: { name: string; bytes: Uint8Array },
	options: ReadOptions = {},
): Result<Reference, ReferenceReason> {
	const { name, bytes } = file;
	if (bytes.byteLength === 0) return fail("empty");
	if (bytes.byteLength > referenceLimits.fileBytes) return fail("too_large");
	const common = { name, sizeBytes: bytes.byteLength };
	const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? "";

	const image = readImage(bytes);
	if (image) {
		if (!image.ok) return image;
		return ok({
			...common,
			kind: "image",
			...image.value,
			fitsModel: bytes.byteLength <= referenceLimits.imageBytesForModel,
		});
	}
	if (["png", "jpg", "jpeg", "webp", "gif"].includes(ending)) return fail("broken_image");
	const pdf = checkPdf(bytes);
	if (pdf === "sound") return ok({ ...common, kind: "pdf", mediaType: "application/pdf" });
	if (pdf === "broken" || ending === "pdf") return fail("broken_pdf");

	if (!["csv", "tsv", "tab", "json", "txt", "md", "markdown", ""].includes(ending)) return fail("unsupported_type");
	const decoded = decodeText(bytes);
	if (!decoded.ok) return decoded;
	const text = decoded.value;
	if (text.trim() === "") return fail("empty");
	switch (ending) {
		case "json":
			return readJson(text, common);
		case "csv":
		case "tsv":
		case "tab":
			return readCsv(text, common, options);
		case "":
			// A name without an ending: JSON if it is JSON, else plain text.
			return /^\s*[[{]/.test(text)
				? readJson(text, common)
				: ok({ ...common, kind: "text", mediaType: "text/plain", text });
		default:
			return ok({ ...common, kind: "text", mediaType: ending === "txt" ? "text/plain" : "text/markdown", text });
	}
}

/** UTF-8, or UTF-16 with its mark (spreadsheets save that as "Unicode text"). No NUL. */
function decodeText(bytes: Uint8Array): Result<string, "not_utf8" | "binary"> {
	const utf16 =
		bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
	if (!utf16 && bytes.includes(0)) return fail("binary");
	try {
		const text = new TextDecoder(utf16 ?? "utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
		return text.includes("\u0000") ? fail("binary") : ok(text);
	} catch {
		return fail("not_utf8");
	}
}

/** The limits on all references of one turn together. */
export function checkTurn(
	references: readonly { sizeBytes: number }[],
): Result<null, "too_many_files" | "turn_too_large"> {
	if (references.length > referenceLimits.filesPerTurn) return fail("too_many_files");
	const total = references.reduce((sum, reference) => sum + reference.sizeBytes, 0);
	return total > referenceLimits.turnBytes ? fail("turn_too_large") : ok(null);
}
