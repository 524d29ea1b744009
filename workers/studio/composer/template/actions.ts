// What the views may ask of the page.
import type { DataRecord } from "freehold";
import type { Values } from "./model.ts";

/** What every view may ask for. */
export interface Actions {
	mayChange: boolean;
	open(record: DataRecord): void;
	edit(record: DataRecord): void;
	remove(record: DataRecord): void;
	add(start?: Values): void;
	change(record: DataRecord, values: Values): void;
}
