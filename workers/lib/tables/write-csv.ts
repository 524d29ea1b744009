// A CSV file (RFC 4180) that a spreadsheet can open without running anything, and that `readGrid` reads back unchanged.
import { guard } from "./cells.ts";

/** `lines` with the names first. Cells are texts; numbers are written with a point and without groups. */
export function writeCsv(lines: readonly (readonly string[])[]): string {
	// The mark at the start tells spreadsheets that this is UTF-8.
	return `\uFEFF${lines.map((line) => line.map(writeCell).join(",")).join("\r\n")}\r\n`;
}

function writeCell(text: string): string {
	const safe = guard(text);
	return /[",\r\n;\t|]/.test(safe) || safe !== safe.trim() || /^#|^sep=/i.test(safe)
		? `"${safe.replaceAll('"', '""')}"`
		: safe;
}
