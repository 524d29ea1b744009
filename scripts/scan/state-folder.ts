// Searches a state folder: every file as bytes, unpacked, and every SQLite database a second time row by row, because SQLite
// scatters a long value over pages. Deleted rows that are still in free pages are found by the first of the two.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Canary } from "./forms.ts";
import { type Found, makeSearch, type Search } from "./search.ts";
import { unpack } from "./unpack.ts";

export interface Hit extends Found {
	/** A file of the folder, or the name of a text. */
	place: string;
	/** For example `bytes`, `unpacked` or `table t_apps`. */
	part: string;
}

export interface Report {
	hits: Hit[];
	places: number;
	bytes: number;
	/** Files that went away, or databases that could not be opened, while something was writing to them. */
	unread: string[];
}

/** Sockets have no bytes to read; a file may be gone since it was listed. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Searches a folder and everything below it. Databases are copied before they are opened: a scan changes nothing. */
export function searchFolder(folder: string, canaries: readonly Canary[]): Report {
	const search = makeSearch(canaries);
	const report: Report = { hits: [], places: 0, bytes: 0, unread: [] };
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
		.map((name) => join(folder, name))
		.filter(isFile)
		.sort();
	for (const file of files) {
		const place = relative(folder, file);
		try {
			const bytes = readFileSync(file);
			add(report, search, place, bytes);
			if (bytes.subarray(0, 15).toString("latin1") === "SQLite format 3") searchRows(report, search, place, file);
		} catch {
			report.unread.push(place);
		}
	}
	// names of files are written by the product too
	add(report, search, "(names of files)", Buffer.from(files.map((file) => relative(folder, file)).join("\n")));
	return report;
}

/**
 * Searches texts that are in no folder: process output, answers of HTTP.
 * @kept for tests
 */
export function searchTexts(
	texts: Iterable<readonly [place: string, text: string | Uint8Array]>,
	canaries: readonly Canary[],
): Report {
	const search = makeSearch(canaries);
	const report: Report = { hits: [], places: 0, bytes: 0, unread: [] };
	for (const [place, text] of texts) add(report, search, place, typeof text === "string" ? Buffer.from(text) : text);
	return report;
}

function add(report: Report, search: Search, place: string, bytes: Uint8Array): void {
	report.places++;
	for (const [depth, part] of unpack(bytes).entries()) {
		report.bytes += part.length;
		for (const found of search(part)) report.hits.push({ ...found, place, part: depth === 0 ? "bytes" : "unpacked" });
	}
}

function searchRows(report: Report, search: Search, place: string, file: string): void {
	const folder = mkdtempSync(join(tmpdir(), "freehold-scan-"));
	try {
		const copy = join(folder, "db.sqlite");
		for (const suffix of ["", "-wal"]) {
			if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
		}
		const db = new DatabaseSync(copy);
		try {
			const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
			for (const { name } of tables) searchTable(report, search, place, db, String(name));
		} finally {
			db.close();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function searchTable(report: Report, search: Search, place: string, db: DatabaseSync, table: string): void {
	const quoted = `"${table.replaceAll('"', '""')}"`;
	// the runtime's own tables may need functions that only it has; their bytes were searched with the file
	const rows = readRows(db, quoted);
	for (const row of rows) {
		for (const [column, value] of Object.entries(row)) {
			const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value ?? ""));
			for (const part of unpack(bytes)) {
				report.bytes += part.length;
				for (const found of search(part))
					report.hits.push({ ...found, place, part: `table ${table}, column ${column}` });
			}
		}
	}
}

function readRows(db: DatabaseSync, quotedTable: string): Record<string, unknown>[] {
	try {
		const statement = db.prepare(`SELECT * FROM ${quotedTable}`);
		statement.setReadBigInts(true);
		return statement.all();
	} catch {
		return [];
	}
}
