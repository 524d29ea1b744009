// A column of a table: which types there are, how its cells are written, and what the API says of it. The one place for these.
import { z } from "zod";

/** What the values of a column, or of a field of a composed app, are. */
export const valueTypes = [
	"text",
	"longText",
	"integer",
	"decimal",
	"money",
	"percent",
	"date",
	"dateTime",
	"time",
	"boolean",
	"choice",
	"email",
	"phone",
	"url",
	"colour",
	"coordinates",
] as const;

export const ValueType = z.enum(valueTypes);
export type ValueType = z.infer<typeof ValueType>;

/** `empty`: no value anywhere in the column. */
export const ColumnType = z.enum([...valueTypes, "empty"]);
export type ColumnType = z.infer<typeof ColumnType>;

/** A field of a composed app can also be stars, a picture, or a list of days on which something was done. */
export const FieldType = z.enum([...valueTypes, "rating", "image", "checkins"]);
export type FieldType = z.infer<typeof FieldType>;

export const DateOrder = z.enum(["ymd", "dmy", "mdy"]);
export type DateOrder = z.infer<typeof DateOrder>;

/** What a person decided about one column; the rest is concluded from its cells. `at` counts columns from 0. */
export const ColumnChoice = z.strictObject({
	at: z.int().min(0).max(199),
	type: ValueType,
	decimalComma: z.boolean().optional(),
	dateOrder: DateOrder.optional(),
});
export type ColumnChoice = z.infer<typeof ColumnChoice>;

/** How the cells of one column are read. All of them are read in this one way. */
export interface Reading {
	type: ColumnType;
	/** "1,5" is one and a half. */
	decimalComma?: boolean;
	dateOrder?: DateOrder;
	/** ISO 4217, when the cells carry a sign of it. */
	currency?: string;
	/** Written behind every number, for example "kg". */
	unit?: string;
	/** Numbers that stand for moments: seconds or milliseconds since 1970, or days as spreadsheets count them. */
	clock?: "seconds" | "milliseconds" | "excelDays";
	/** The column holds dates of birth: a year of two digits is never in the future. */
	isBirth?: boolean;
	/** Coordinates are written with the longitude first. */
	isLonFirst?: boolean;
}

export interface Column extends Reading {
	name: string;
	/** Rows with a value, rows without, and different values (in the first 10,000 rows with one; numbers in the first 2,000). */
	filled: number;
	empty: number;
	distinct: number;
	/** Cells that are not of the type: they would be left empty. */
	unfit: number;
	/** The cells could be read in another way, too; which one is an assumption that the person can change. */
	isAmbiguous?: boolean;
	/** Years, numbers of things: not written with thousands separators, not added up. */
	isPlain?: boolean;
	/** Every number is written with so many decimals. */
	decimals?: number;
	/** The zone that every time of the column names, as it is written: "Z", "+02:00". */
	zone?: string;
	/** Most frequent first. These are data: never part of what a model sees. */
	choices?: string[];
	/** Sentences for the person: what was assumed or left out in this column. They can hold values, so no model sees them. */
	notes: string[];
}

/** What is known about a table: columns, their types, and counts. */
export interface TableProfile {
	rows: number;
	columns: Column[];
	/** CSV only. */
	delimiter: string | null;
	/** `guessed`: a line looks like names of columns. `keys`: property names of JSON. `none`: columns are numbered. */
	header: "guessed" | "keys" | "none";
	/** The line of the names, counted from 1; null without names, and for JSON. */
	headerLine: number | null;
	/** The keys of this JSON are data (people, addresses, days …), so they were made a column, and are not named to a model. */
	keysAreData: boolean;
	/** Sentences for the person about the file as a whole: its letters, lines above the header, what was left out. */
	notes: string[];
}

/** A column as the API shows it: enough to look at its type and to change it. */
export const InspectedColumn = z.strictObject({
	name: z.string(),
	type: ColumnType,
	/** The first cells as they will be kept; null where a cell is empty or does not fit. */
	first: z.array(z.string().nullable()),
	filled: z.number(),
	/** Cells that do not fit the type and would be left empty. */
	unfit: z.number(),
	decimalComma: z.boolean().optional(),
	dateOrder: DateOrder.optional(),
	/** It could be read in another way, too. */
	isAmbiguous: z.boolean(),
	notes: z.array(z.string()),
});
export type InspectedColumn = z.infer<typeof InspectedColumn>;

/** What was found in an attached file; nothing of it is stored. */
export const Inspection = z.strictObject({
	name: z.string(),
	kind: z.string(),
	sizeBytes: z.number(),
	rows: z.number().nullable(),
	columns: z.array(InspectedColumn),
	hasLikelyHeader: z.boolean(),
	/** The line of a CSV file that was taken as names of columns, counted from 1; null if none was. */
	headerLine: z.number().nullable(),
	maySendImage: z.boolean(),
	/** What was assumed or left out, as sentences for the person. */
	notes: z.array(z.string()),
});
export type Inspection = z.infer<typeof Inspection>;
