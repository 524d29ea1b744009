// What was worked out for a cell, kept for the next cell that is written the same: prices, days and quantities come back many times in
// a column. A column whose cells are all different is noticed soon and no longer kept.

/** So many different cells are kept of a column, and decide whether keeping is worth its while. */
const most = 2000;

export class SeenCells<T> {
	#kept: Map<string, T> | null = new Map();
	#hits = 0;

	/** The same as `work(cell)`, which must depend on nothing but the cell. */
	read(cell: string, work: (cell: string) => T): T {
		const kept = this.#kept;
		if (kept === null) return work(cell);
		const known = kept.get(cell);
		if (known !== undefined) {
			this.#hits += 1;
			return known;
		}
		const found = work(cell);
		if (kept.size < most) kept.set(cell, found);
		else if (this.#hits < most * 2) this.#kept = null;
		return found;
	}
}
