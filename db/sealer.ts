// Sealing as the data layer sees it. The keys live in workers/lib/crypto; the AAD of each value names region, owner, table,
// column and row, so that a value that was moved, or a row that did leak, does not open.

/** Where a sealed value lives. `table` and `column` are fixed names from the code, never from input. */
export interface Place {
	table: string;
	column: string;
	row: string;
}

export interface Sealer {
	seal(place: Place, text: string): Promise<string>;
	/** Rejects when the value was altered, moved, or belongs to another owner or region. */
	open(place: Place, sealed: string): Promise<string>;
	sealBytes(place: Place, bytes: Uint8Array): Promise<Uint8Array>;
	openBytes(place: Place, sealed: Uint8Array): Promise<Uint8Array>;
}
