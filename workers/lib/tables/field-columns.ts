// A column of a file for a field whose type is decided: read in the one way that fits the column, by the field's type.
import type { Column, DateOrder, FieldType, ValueType } from "#schema/columns.ts";
import type { Cell } from "./cells.ts";
import { columnAs } from "./columns.ts";
import { gatherOne, surroundingsOf } from "./evidence.ts";

export interface DecidedField {
	type: FieldType;
	unit?: string | undefined;
	/** ISO 4217, for money. */
	currency?: string | undefined;
}

export interface ChosenNotation {
	decimalComma?: boolean;
	dateOrder?: DateOrder;
}

/** Stars are numbers; ticked days and pictures are read one by one by the app. */
const readAs = (type: FieldType): ValueType =>
	type === "rating" ? "decimal" : type === "checkins" || type === "image" ? "text" : type;

/** Yields between slices of work. */
export function* columnForField(
	field: DecidedField,
	name: string,
	rows: readonly (readonly Cell[])[],
	at: number,
	{ delimiter, today }: { delimiter: string | null; today: string },
	chosen: ChosenNotation = {},
): Generator<void, Column> {
	const evidence = yield* gatherOne(rows, at);
	const around = surroundingsOf([evidence], delimiter, today);
	const type = readAs(field.type);
	const isMoney = type === "money" && field.currency;
	const takesUnit = type === "integer" || type === "decimal";
	return yield* columnAs(type, name, rows, at, evidence, around, {
		...(isMoney ? { currency: field.currency ?? "" } : {}),
		...(takesUnit && field.unit ? { unit: field.unit } : {}),
		...chosen,
	});
}
