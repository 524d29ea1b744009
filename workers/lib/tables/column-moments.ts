// Columns of days and moments: which order of day, month and year fits all cells, and whether that is certain.
import type { DateOrder } from "#schema/columns.ts";
import { type Cell, isBlank, isEmptyWord } from "./cells.ts";
import { type Moment, readMoment } from "./dates.ts";
import type { Evidence, Surroundings } from "./evidence.ts";
import { SeenCells } from "./seen-cells.ts";

export interface Moments {
	order: DateOrder;
	fits: number;
	withTime: number;
	zoned: number;
	zones: ReadonlySet<string>;
	shortYears: number;
	isAmbiguous: boolean;
}

const orders: readonly DateOrder[] = ["ymd", "dmy", "mdy"];

/** The order that fits the most cells; null when hardly any cell is a date (unless `isDecided`: then the best there is). */
export function* momentsOf(
	rows: readonly (readonly Cell[])[],
	at: number,
	evidence: Evidence,
	around: Surroundings,
	birthBefore: string | null,
	isDecided = false,
): Generator<void, Moments | null> {
	const sample = evidence.sample.filter((cell): cell is string => typeof cell === "string" && !isEmptyWord(cell));
	if (sample.length === 0) return null;
	const share = isDecided ? 0 : 0.9;
	const possible = orders.filter((order) => {
		let fits = 0;
		for (const cell of sample) if (readMoment(cell, order) !== null) fits += 1;
		return fits > 0 && fits >= sample.length * share;
	});
	let best: Moments | null = null;
	const all: Moments[] = [];
	for (const order of possible) {
		const found = yield* countMoments(rows, at, order, birthBefore);
		all.push(found);
		if (!best || found.fits > best.fits) best = found;
	}
	if (!best) return null;
	const most = best.fits;
	const equal = all.filter((each) => each.fits === most);
	const byDay = equal.find(({ order }) => order === "dmy");
	const byMonth = equal.find(({ order }) => order === "mdy");
	const isNumeric = sample.some((cell) => /^\s*\d{1,2}[-/.]\s?\d{1,2}[-/.]/.test(cell));
	if (!byDay || !byMonth || !isNumeric) return equal[0] ?? best;
	// Without a day above 12 nobody can tell 3/4 from 4/3. Dots are written where the day comes first, slashes mostly where
	// the month does, unless the file writes its numbers with a decimal comma.
	const hasSlash = sample.some((cell) => cell.includes("/"));
	return { ...(hasSlash && !around.isDayFirst ? byMonth : byDay), isAmbiguous: true };
}

function* countMoments(
	rows: readonly (readonly Cell[])[],
	at: number,
	order: DateOrder,
	birthBefore: string | null,
): Generator<void, Moments> {
	let [fits, withTime, zoned, shortYears] = [0, 0, 0, 0];
	const zones = new Set<string>();
	const seen = new SeenCells<Moment | null>();
	const read = (cell: string): Moment | null => readMoment(cell, order, birthBefore);
	for (let row = 0; row < rows.length; row += 1) {
		if (row % 4000 === 3999) yield;
		const cell = rows[row]?.[at] ?? null;
		if (isBlank(cell)) continue;
		const moment = seen.read(String(cell), read);
		if (!moment) continue;
		fits += 1;
		if (moment.time !== null && moment.time !== "00:00") withTime += 1;
		if (moment.zone !== null && moment.time !== null) {
			zoned += 1;
			zones.add(moment.zone);
		}
		if (moment.hasShortYear) shortYears += 1;
	}
	return { order, fits, withTime, zoned, zones, shortYears, isAmbiguous: false };
}
