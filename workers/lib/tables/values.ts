// From a cell to what a field keeps, by the one reading of its column; and back to the text of a cell.
import type { Reading } from "#schema/columns.ts";
import { readBoolean } from "./booleans.ts";
import { type Cell, isBlank, isEmptyWord, type Stored } from "./cells.ts";
import { readClock, readMoment, readTime } from "./dates.ts";
import { isColour, isEmail, isUrl, readPair } from "./kinds.ts";
import { mayMean, readWritten } from "./numbers.ts";

const asText = new Set<Reading["type"]>(["text", "longText", "choice", "phone", "empty"]);

/** Null: the cell is empty. Undefined: it does not fit the type, and nothing of it would be kept. */
export function readCell(cell: Cell | undefined, reading: Reading, today: string): Stored | undefined {
	if (isBlank(cell) || cell === undefined || cell === null) return null;
	if (asText.has(reading.type)) return String(cell);
	if (isEmptyWord(cell)) return null;
	if (reading.clock && (reading.type === "date" || reading.type === "dateTime")) return readCounted(cell, reading);
	switch (reading.type) {
		case "integer":
		case "decimal":
		case "money":
		case "percent":
			return readNumber(cell, reading);
		case "boolean":
			if (typeof cell === "boolean") return cell;
			return readBoolean(String(cell)) ?? undefined;
		case "date": {
			const moment = readMoment(String(cell), reading.dateOrder ?? "ymd", reading.isBirth ? today : null);
			// A time of day would be lost in a column of days.
			return moment && (moment.time === null || /^00:00$/.test(moment.time)) ? moment.day : undefined;
		}
		case "dateTime": {
			const moment = readMoment(String(cell), reading.dateOrder ?? "ymd", reading.isBirth ? today : null);
			return moment ? `${moment.day}T${moment.time ?? "00:00"}` : undefined;
		}
		case "time":
			return readTime(String(cell)) ?? undefined;
		case "email":
			return isEmail(String(cell)) ? String(cell) : undefined;
		case "url":
			return isUrl(String(cell)) ? String(cell) : undefined;
		case "colour":
			return isColour(String(cell)) ? String(cell) : undefined;
		case "coordinates": {
			const pair = readPair(String(cell));
			if (!pair) return undefined;
			return reading.isLonFirst ? `${pair.second}, ${pair.first}` : String(cell);
		}
		default:
			return String(cell);
	}
}

function readNumber(cell: Cell, reading: Reading): number | undefined {
	if (typeof cell === "number") return reading.type === "integer" && !Number.isInteger(cell) ? undefined : cell;
	const written = readWritten(String(cell), reading.decimalComma ?? false);
	if (!written?.isExact) return undefined;
	if (reading.type === "integer" && !Number.isInteger(written.number)) return undefined;
	if (written.isPercent && reading.type !== "percent") return undefined;
	// An amount of another currency, or another unit, is another amount.
	if (written.currency !== null && !isOwnSign(written.currency, reading)) return undefined;
	if (written.unit !== null && reading.unit?.toLowerCase() !== written.unit.toLowerCase()) return undefined;
	return written.number;
}

const isOwnSign = (sign: string, { currency, unit, type }: Reading): boolean =>
	currency === undefined ? type === "money" || unit === sign : mayMean(sign, currency);

function readCounted(cell: Cell, reading: Reading): string | undefined {
	const number = typeof cell === "number" ? cell : readWritten(String(cell), reading.decimalComma ?? false)?.number;
	const moment = number === undefined || !reading.clock ? null : readClock(number, reading.clock);
	if (moment === null) return undefined;
	return reading.type === "date" ? moment.slice(0, 10) : moment;
}
