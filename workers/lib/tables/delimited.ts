// Lines of cells between separators (RFC 4180, and what spreadsheets make of it): separator, quotes, line ends of every system.
// Read in slices, so that a large file does not keep others waiting.

export interface Lines {
	lines: string[][];
	/** The line of the file at which each of `lines` begins, counted from 1. */
	places: number[];
	delimiter: string;
	/** Quotation marks inside a quoted cell that are not doubled. */
	strayQuotes: number;
	/** The line of a quotation mark that is never closed; then `lines` ends before it. */
	openQuoteAt: number | null;
	/** The file says by a first line "sep=;" which separator it has. */
	hasSeparatorLine: boolean;
	/** Lines without a single value. */
	blankLines: number;
}

const separators = [",", ";", "\t", "|"] as const;

/** So many characters are read before others get their turn. */
const sliceChars = 200_000;

export function* readLines(whole: string): Generator<void, Lines> {
	let text = whole.charCodeAt(0) === 0xfeff ? whole.slice(1) : whole;
	let firstPlace = 1;
	const said = /^"?sep=(.)"?[ \t;,]*(?:\r\n|\r|\n)/i.exec(text);
	if (said) {
		text = text.slice(said[0].length);
		firstPlace = 2;
	}
	const delimiter = said?.[1] ?? findSeparator(text);
	const found: Lines = {
		lines: [],
		places: [],
		delimiter,
		strayQuotes: 0,
		openQuoteAt: null,
		hasSeparatorLine: said !== null,
		blankLines: 0,
	};
	const lineEnd = findLineEnd(text);
	if (!text.includes('"')) yield* readPlain(text, delimiter, lineEnd, firstPlace, found);
	else yield* readQuoted(text, delimiter, firstPlace, found);
	return found;
}

/** The separator that cuts the first lines into the same number of cells, and into the most. */
function findSeparator(text: string): string {
	let best = ",";
	let bestScore = 0;
	const head = text.slice(0, 60_000);
	for (const separator of separators) {
		const widths = new Map<number, number>();
		let lines = 0;
		for (const width of widthsOf(head, separator)) {
			if (lines >= 60) break;
			lines += 1;
			widths.set(width, (widths.get(width) ?? 0) + 1);
		}
		for (const [width, count] of widths) {
			if (width < 2) continue;
			if (separator === "," && isDecimalComma(head)) continue;
			// Agreement of lines counts more than the number of cells.
			const score = (count / lines) * 10 + Math.min(width, 40) / 40 + (count === lines ? 2 : 0);
			if (score > bestScore) {
				best = separator;
				bestScore = score;
			}
		}
	}
	return best;
}

/** One column of numbers with a decimal comma: its name has no comma, and no other line is more than one number. */
function isDecimalComma(head: string): boolean {
	const lines = head
		.split(/\r\n|\r|\n/)
		.filter((line) => line.trim() !== "")
		.slice(0, 60);
	const [name = "", ...cells] = lines;
	return (
		!name.includes(",") &&
		cells.length > 0 &&
		cells.every((cell) => /^[^,;\t|"A-Za-z]*\d(?:,\d+)?[^,;\t|"A-Za-z\d]*$/.test(cell))
	);
}

/** The number of cells in each line that is not empty, for one separator. */
function* widthsOf(text: string, separator: string): Generator<number> {
	const mark = separator.charCodeAt(0);
	let width = 1;
	let isQuoted = false;
	let hasAny = false;
	let atStart = true;
	for (let at = 0; at < text.length; at += 1) {
		const char = text.charCodeAt(at);
		if (isQuoted) {
			// a doubled quotation mark is one that belongs to the cell
			if (char === 34 && text.charCodeAt(at + 1) === 34) at += 1;
			else if (char === 34) isQuoted = false;
			continue;
		}
		if (char === 34 && atStart) isQuoted = true;
		if (char === 10 || char === 13) {
			if (hasAny) yield width;
			width = 1;
			hasAny = false;
			atStart = true;
			continue;
		}
		hasAny = true;
		atStart = char === mark || (atStart && char === 32);
		if (char === mark) width += 1;
	}
	if (hasAny) yield width;
}

/** "\n", "\r\n" or, in files of old Macs, "\r" alone. */
function findLineEnd(text: string): string {
	const feed = text.indexOf("\n");
	if (feed < 0) return text.includes("\r") ? "\r" : "\n";
	return "\n";
}

/** A file without quotation marks: nothing but splitting. */
function* readPlain(
	text: string,
	delimiter: string,
	lineEnd: string,
	firstPlace: number,
	found: Lines,
): Generator<void> {
	let from = 0;
	let place = firstPlace;
	const hasReturns = lineEnd === "\n" && text.includes("\r");
	let nextPause = sliceChars;
	while (from <= text.length) {
		let end = text.indexOf(lineEnd, from);
		if (end < 0) end = text.length;
		let last = end;
		if (hasReturns && text.charCodeAt(end - 1) === 13 && end > from) last = end - 1;
		if (last > from) {
			const cells = text.slice(from, last).split(delimiter);
			keep(found, cells, place);
		} else if (end < text.length) found.blankLines += 1;
		from = end + 1;
		place += 1;
		if (from > nextPause) {
			nextPause = from + sliceChars;
			yield;
		}
	}
}

function keep(found: Lines, cells: string[], place: number): void {
	let hasValue = false;
	for (let at = 0; at < cells.length; at += 1) {
		const cell = cells[at] ?? "";
		if (cell === "") continue;
		const first = cell.charCodeAt(0);
		const last = cell.charCodeAt(cell.length - 1);
		// Blanks around a cell that is not quoted are the habit of a program, not part of the value.
		if (first <= 32 || last <= 32 || first === 160 || last === 160) {
			const trimmed = cell.trim();
			cells[at] = trimmed;
			if (trimmed !== "") hasValue = true;
		} else hasValue = true;
	}
	if (!hasValue) {
		found.blankLines += 1;
		return;
	}
	found.lines.push(cells);
	found.places.push(place);
}

function* readQuoted(text: string, delimiter: string, firstPlace: number, found: Lines): Generator<void> {
	const mark = delimiter.charCodeAt(0);
	const { length } = text;
	let place = firstPlace;
	let linePlace = firstPlace;
	let cells: string[] = [];
	let hasValue = false;
	let at = 0;
	let nextPause = sliceChars;
	const endLine = () => {
		if (hasValue) {
			found.lines.push(cells);
			found.places.push(linePlace);
		} else found.blankLines += 1;
		cells = [];
		hasValue = false;
	};
	while (at < length) {
		if (at > nextPause) {
			nextPause = at + sliceChars;
			yield;
		}
		// Blanks before a quotation mark belong to the separator.
		let start = at;
		while (text.charCodeAt(start) === 32) start += 1;
		if (text.charCodeAt(start) === 34) {
			const quoted = readQuotedCell(text, start, mark);
			if (quoted === null) {
				found.openQuoteAt = place;
				return;
			}
			found.strayQuotes += quoted.stray;
			place += quoted.lines;
			cells.push(quoted.cell);
			if (quoted.cell.trim() !== "") hasValue = true;
			at = quoted.end;
		} else {
			let end = at;
			let char = 0;
			while (end < length) {
				char = text.charCodeAt(end);
				if (char === mark || char === 10 || char === 13) break;
				end += 1;
			}
			const cell = text.slice(at, end).trim();
			cells.push(cell);
			if (cell !== "") hasValue = true;
			at = end;
		}
		const char = text.charCodeAt(at);
		if (at >= length) break;
		if (char === mark) {
			at += 1;
			// A separator at the very end opens one more, empty cell.
			if (at >= length) cells.push("");
			continue;
		}
		at += char === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
		place += 1;
		endLine();
		linePlace = place;
	}
	if (cells.length > 0) endLine();
}

interface QuotedCell {
	cell: string;
	/** Where the separator or line end behind the cell stands. */
	end: number;
	stray: number;
	lines: number;
}

/** From a quotation mark to its end: the one that is followed by a separator, a line end, or the end of the file. Null without one. */
function readQuotedCell(text: string, start: number, mark: number): QuotedCell | null {
	let cell = "";
	let from = start + 1;
	let stray = 0;
	for (;;) {
		const quote = text.indexOf('"', from);
		if (quote < 0) return null;
		cell += text.slice(from, quote);
		if (text.charCodeAt(quote + 1) === 34) {
			cell += '"';
			from = quote + 2;
			continue;
		}
		let next = quote + 1;
		while (text.charCodeAt(next) === 32) next += 1;
		const char = text.charCodeAt(next);
		if (next >= text.length || char === mark || char === 10 || char === 13)
			return { cell, end: Math.min(next, text.length), stray, lines: linesIn(cell) };
		// A quotation mark in the middle of a cell that should have been doubled: it is part of the text.
		cell += '"';
		stray += 1;
		from = quote + 1;
	}
}

function linesIn(cell: string): number {
	if (!cell.includes("\n") && !cell.includes("\r")) return 0;
	return cell.split(/\r\n|\r|\n/).length - 1;
}
