// Exported files: every field and every digit, in a form that this app reads back unchanged.

import type { DataRecord } from "freehold";
import { writeCsv as writeLines } from "freehold/tables";
import { type Field, fields, fieldValue } from "./model.ts";
import { writeValue } from "./values.ts";

export function writeCsv(records: DataRecord[], of: Field[] = fields): string {
	const lines = records.map((record) => of.map((field) => writeValue(fieldValue(record, field), field)));
	return writeLines([of.map((field) => field.label), ...lines]);
}
