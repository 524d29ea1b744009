// Reads a file before it is sent with a prompt: the page shows what was found, and the person confirms a header and may change the
// types of columns. Stores nothing.
import { fromBase64 } from "#lib/bytes.ts";
import { AppError } from "#lib/http/errors.ts";
import { readCell } from "#lib/tables/values.ts";
import type { NewReference } from "#schema/api/apps.ts";
import type { Column, InspectedColumn, Inspection } from "#schema/columns.ts";
import { optionsOf } from "./options.ts";
import { readReferenceInSlices } from "./read-reference.ts";
import { problemOf, type Reference } from "./reference.ts";

/** So many rows are shown as they will be kept. */
const rowsShown = 5;

/** Throws AppError `invalid_input` with the remedy. */
export async function inspectReference(given: NewReference): Promise<Inspection> {
	const bytes = fromBase64(given.contentBase64);
	if (!bytes)
		throw new AppError("invalid_input", { contentBase64: "The file didn't arrive completely. Choose it again." });
	const read = await readReferenceInSlices({ name: given.name, bytes }, optionsOf(given));
	if (!read.ok) throw new AppError("invalid_input", { contentBase64: problemOf(read) });
	const reference = read.value;
	const table = reference.kind === "table" ? reference : null;
	const { profile } = table ?? {};
	return {
		name: given.name,
		kind: reference.kind,
		sizeBytes: bytes.length,
		rows: profile?.rows ?? null,
		columns: (profile?.columns ?? []).map((column, at) => inspectColumn(column, at, table?.rows ?? [])),
		hasLikelyHeader: profile !== undefined && profile.header !== "none",
		headerLine: profile?.headerLine ?? null,
		maySendImage: reference.kind === "image" && reference.fitsModel,
		notes: notesOf(reference),
	};
}

function inspectColumn(column: Column, at: number, rows: readonly (readonly unknown[])[]): InspectedColumn {
	const { name, type, filled, unfit, decimalComma, dateOrder, isAmbiguous, notes } = column;
	return {
		name,
		type,
		filled,
		unfit,
		...(decimalComma === undefined ? {} : { decimalComma }),
		...(dateOrder === undefined ? {} : { dateOrder }),
		isAmbiguous: isAmbiguous ?? false,
		notes,
		first: rows.slice(0, rowsShown).map((row) => {
			const value = readCell((row[at] ?? null) as Parameters<typeof readCell>[0], column, today());
			return value === null || value === undefined ? null : String(value).slice(0, 200);
		}),
	};
}

const today = (): string => new Date().toISOString().slice(0, 10);

function notesOf(reference: Reference): string[] {
	switch (reference.kind) {
		case "table":
			return reference.profile.notes;
		case "text":
			return reference.notes;
		case "image":
			return reference.fitsModel
				? []
				: ["This picture is larger than 3.5 MB, so it is not shown to a model. It can still be used in the app."];
		case "json":
			return [`No table was found in this file: it is ${reference.outline}.`];
		case "pdf":
			return [];
	}
}
