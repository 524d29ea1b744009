// A file that a person gives with a prompt, after it was read and checked by its content.

import type { Cell } from "#lib/tables/cells.ts";
import { tableLimits } from "#lib/tables/read-table.ts";
import { attachmentLimits } from "#schema/attachments.ts";
import type { TableProfile } from "#schema/columns.ts";

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
	| (Common & { kind: "text"; mediaType: "text/plain" | "text/markdown"; text: string; notes: string[] })
	| (Common & { kind: "table"; mediaType: "text/csv" | "application/json"; profile: TableProfile; rows: Cell[][] })
	/** JSON that is no table; `outline` says its shape without any of its values. */
	| (Common & { kind: "json"; mediaType: "application/json"; outline: string });

/** Why a file was refused. The pages say the remedy for each (`problemOf`). */
export type ReferenceReason =
	| "empty"
	| "too_large"
	| "unsupported_type"
	| "not_utf8"
	| "binary"
	| "broken_image"
	| "heic_image"
	| "broken_pdf"
	| "broken_csv"
	| "no_rows"
	| "too_wide"
	| "too_long"
	| "text_too_long"
	| "broken_json";

/** `count`: how many rows, columns or characters there are, or the line of what is broken. */
export type ReadReference = { ok: true; value: Reference } | ReadFailure;
export interface ReadFailure {
	ok: false;
	reason: ReferenceReason;
	count?: number;
}

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
const count = (number: number): string => number.toLocaleString("en");

/** One sentence with the remedy. */
export function problemOf(failure: ReadFailure): string {
	const found = failure.count === undefined ? null : count(failure.count);
	switch (failure.reason) {
		case "empty":
			return "This file is empty. Choose another one.";
		case "too_large":
			return `This file is larger than ${megabytes(attachmentLimits.fileBytes)}. Make it smaller, or send a part of it.`;
		case "unsupported_type":
			return "We read PNG, JPEG, WebP, GIF, PDF, CSV, JSON, TXT and MD. Save it as one of these.";
		case "not_utf8":
			return "The letters in this file cannot be read. Save it again as “CSV UTF-8” or “UTF-8 text”.";
		case "binary":
			return "This is not a text file, whatever its name says. Save it as CSV, JSON or text.";
		case "broken_image":
			return "This image is damaged or cut off. Open it, save it again, and choose the new file.";
		case "heic_image":
			return "This is a HEIC picture, which browsers cannot show, whatever its name says. Save it as JPEG and choose the new file.";
		case "broken_pdf":
			return "This PDF is damaged or cut off. Open it, save it again, and choose the new file.";
		case "broken_csv":
			return `A quotation mark in ${found ? `line ${found} of ` : ""}this CSV file is never closed. Save it again from your spreadsheet.`;
		case "no_rows":
			return "There is nothing but a header in this file. Add rows, or describe the columns in your prompt instead.";
		case "too_wide":
			return `This table has ${found ? `${found} columns; at most ${tableLimits.columns} can be read` : `more than ${tableLimits.columns} columns`}. Keep those you need.`;
		case "too_long":
			return `This table has ${found ? `${found} rows; at most ${count(tableLimits.rows)} can be read` : `more than ${count(tableLimits.rows)} rows`}. Split the file.`;
		case "text_too_long":
			return `This text has ${found ?? "too many"} characters; at most ${count(attachmentLimits.textChars)} can be used. Attach the part that matters.`;
		case "broken_json":
			return `This is not valid JSON${found ? `: line ${found} cannot be read` : ""}. A JSON checker shows the place; a missing comma or bracket is the usual cause.`;
	}
}

/** What a model may be given of one. */
export type ReferencePart =
	| { kind: "table"; name: string; text: string }
	| { kind: "text"; name: string; text: string }
	| { kind: "image"; name: string; mediaType: "image/png" | "image/jpeg" | "image/webp" | "image/gif"; base64: string }
	| { kind: "pdf"; name: string; base64: string };
