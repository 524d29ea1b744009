// A file that a person gives with a prompt, after it was read and checked by its content.
import type { TableProfile } from "./profile.ts";

/** A value in a table: text of a CSV file, or a plain value of JSON. */
export type Cell = string | number | boolean | null;

interface Common {
	name: string;
	sizeBytes: number;
}

export type Reference =
	| (Common & {
			kind: "image";
			mediaType: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
			width: number;
			height: number;
			/** Small enough to be shown to a model. */
			fitsModel: boolean;
	  })
	| (Common & { kind: "pdf"; mediaType: "application/pdf" })
	| (Common & { kind: "text"; mediaType: "text/plain" | "text/markdown"; text: string })
	| (Common & { kind: "table"; mediaType: "text/csv" | "application/json"; profile: TableProfile; rows: Cell[][] })
	/** JSON that is no table; `outline` says its shape without any of its values. */
	| (Common & { kind: "json"; mediaType: "application/json"; outline: string });

/** Why a file was refused. The pages say the remedy for each (referenceProblems). */
export type ReferenceReason =
	| "empty"
	| "too_large"
	| "unsupported_type"
	| "not_utf8"
	| "binary"
	| "broken_image"
	| "broken_pdf"
	| "broken_csv"
	| "no_rows"
	| "too_wide"
	| "broken_json";

export const referenceLimits = {
	fileBytes: 5 * 1024 * 1024,
	filesPerTurn: 10,
	turnBytes: 12 * 1024 * 1024,
	imageBytesForModel: 3.5 * 1024 * 1024,
	columns: 200,
} as const;

/** One sentence with the remedy for each reason. */
export const referenceProblems: Record<ReferenceReason, string> = {
	empty: "This file is empty. Choose another one.",
	too_large: "This file is larger than 5 MB. Make it smaller, or send a part of it.",
	unsupported_type: "We read PNG, JPEG, WebP, GIF, PDF, CSV, JSON, TXT and MD. Save it as one of these.",
	not_utf8: "The letters in this file are not written in UTF-8. Save it again as “CSV UTF-8” or “UTF-8 text”.",
	binary: "This is not a text file, whatever its name says. Save it as CSV, JSON or text.",
	broken_image: "This image is damaged or cut off. Open it, save it again, and choose the new file.",
	broken_pdf: "This PDF is damaged or cut off. Open it, save it again, and choose the new file.",
	broken_csv: "A quotation mark in this CSV file is never closed. Save it again from your spreadsheet.",
	no_rows: "There is nothing but a header in this file. Add rows, or describe the columns in your prompt instead.",
	too_wide: "This table has more than 200 columns. Keep those you need.",
	broken_json: "This is not valid JSON. A JSON checker shows the place; a missing comma or bracket is the usual cause.",
};
