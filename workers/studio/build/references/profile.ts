// What is known about a table without its values: columns, their types, and counts.

export type ColumnType =
	| "text"
	| "longText"
	| "integer"
	| "decimal"
	| "money"
	| "percent"
	| "date"
	| "dateTime"
	| "time"
	| "boolean"
	| "choice"
	| "email"
	| "phone"
	| "url"
	| "colour"
	| "coordinates"
	/** No value anywhere in the column. */
	| "empty";

export type DateOrder = "ymd" | "dmy" | "mdy";

export interface Column {
	name: string;
	type: ColumnType;
	/** Rows with a value, rows without, and different values (counted up to 10,000). */
	filled: number;
	empty: number;
	distinct: number;
	/** How dates and decimals of this column are written. */
	dateOrder?: DateOrder;
	decimalComma?: boolean;
	/** Day and month could not be told apart; the order is an assumption. */
	isAmbiguous?: boolean;
	/** ISO 4217, when the values carry a sign of it. */
	currency?: string;
	/** Years, numbers of things: not written with thousands separators, not added up. */
	isPlain?: boolean;
	/** Most frequent first. These are data: never part of what a model sees. */
	choices?: string[];
}

export interface TableProfile {
	rows: number;
	columns: Column[];
	/** CSV only. */
	delimiter: string | null;
	/** `guessed`: the first line looks like names of columns. `keys`: property names of JSON. `none`: columns are numbered. */
	header: "guessed" | "keys" | "none";
	/** The keys of this JSON are data (people, addresses, days …), so they were made a column, and are not named to a model. */
	keysAreData: boolean;
	/** Lines of a CSV file with more or fewer cells than the header; they were filled up or cut. */
	unevenRows: number;
	/** Columns left out because they hold lists or objects. */
	nestedColumns: number;
}
