// What collections and storage offer to an app, wherever the data is.
import type { DataRecord } from "#schema/data.ts";

type Value = Record<string, unknown>;

export interface Collection {
	/** All records, in the order they were added. */
	list(): Promise<DataRecord[]>;
	add(value: Value): Promise<DataRecord>;
	addMany(values: Value[]): Promise<DataRecord[]>;
	/**
	 * Replaces the value of a record. With `ifUpdatedAt`, the record's `updatedAt` as it was read, only if nobody has changed it
	 * since; otherwise it throws a FreeholdError with the code `record_changed`.
	 */
	change(id: string, value: Value, options?: { ifUpdatedAt?: number }): Promise<DataRecord>;
	/** False when the record was already gone. */
	remove(id: string): Promise<boolean>;
	/** Calls `listener` whenever the collection may have changed, by anyone. Returns how to stop. */
	subscribe(listener: () => void): () => void;
}

export interface PersonStorage {
	get(key: string): Promise<string | null>;
	set(key: string, value: string): Promise<void>;
	remove(key: string): Promise<void>;
	keys(): Promise<string[]>;
}

/** A refused or failed call. `message` is a sentence for the person. */
export class FreeholdError extends Error {
	readonly code: string;
	constructor(code: string, message: string) {
		super(message);
		this.name = "FreeholdError";
		this.code = code;
	}
}

/** The value as JSON keeps it, so that what is shown is what is kept. Throws when it is not a JSON object. */
export function toPlain(value: unknown): Value {
	const text = typeof value === "object" && value !== null && !Array.isArray(value) ? JSON.stringify(value) : undefined;
	if (text === undefined) throw new TypeError("A record is an object with fields, for example { title: 'Milk' }.");
	return JSON.parse(text) as Value;
}
