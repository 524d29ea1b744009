// Reads a file before it is sent with a prompt: the page shows what was found, and the person confirms a header. Stores nothing.
import { fromBase64 } from "#lib/bytes.ts";
import { AppError } from "#lib/http/errors.ts";
import type { NewReference } from "#schema/api/apps.ts";
import { readReference } from "./read-reference.ts";
import { referenceProblems } from "./reference.ts";

export interface Inspected {
	name: string;
	kind: string;
	sizeBytes: number;
	rows: number | null;
	columns: { name: string; type: string }[];
	hasLikelyHeader: boolean;
	maySendImage: boolean;
}

/** Throws AppError `invalid_input` with the remedy. */
export function inspectReference(given: NewReference): Inspected {
	const bytes = fromBase64(given.contentBase64);
	if (!bytes) throw new AppError("invalid_input", { contentBase64: "The file did not arrive whole. Choose it again." });
	const read = readReference({ name: given.name, bytes });
	if (!read.ok) throw new AppError("invalid_input", { contentBase64: referenceProblems[read.reason] });
	const reference = read.value;
	const table = reference.kind === "table" ? reference.profile : null;
	return {
		name: given.name,
		kind: reference.kind,
		sizeBytes: bytes.length,
		rows: table?.rows ?? null,
		columns: (table?.columns ?? []).map(({ name, type }) => ({ name, type })),
		hasLikelyHeader: table !== null && table.header !== "none",
		maySendImage: reference.kind === "image" && reference.fitsModel,
	};
}
