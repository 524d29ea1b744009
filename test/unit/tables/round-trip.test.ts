// Random tables of every kind of cell go through the whole way (file, reading, storing, showing, editing, exporting, importing) and
// give themselves back. TABLE_RUNS=10000 tries more of them, TABLE_SEED repeats a run.
import fc from "fast-check";
import { expect, test } from "vitest";
import { unguard } from "#lib/tables/cells.ts";
import { columnForField } from "#lib/tables/field-columns.ts";
import { readGrid } from "#lib/tables/read-table.ts";
import { fold } from "#lib/tables/search.ts";
import { runAtOnce } from "#lib/tables/slices.ts";
import { readTyped, showExact, writeTyped } from "#lib/tables/typed.ts";
import { readCell } from "#lib/tables/values.ts";
import { writeCsv } from "#lib/tables/write-csv.ts";
import type { Column } from "#schema/columns.ts";
import { readReference } from "#studio/references/read-reference.ts";
import { app, type Field, type Value } from "../../../workers/studio/composer/template/model.ts";
import { editText, formatValue, parseValue, writeValue } from "../../../workers/studio/composer/template/values.ts";

const numRuns = Number(process.env["TABLE_RUNS"] ?? 150);
const seed = Number(process.env["TABLE_SEED"] ?? Date.now() % 2 ** 31);
const options = { numRuns, seed };
/** A search of many runs takes as long as it takes. */
const timeout = 30_000 + numRuns * 60;
const today = "2026-11-21";
app.currency = "EUR";

/** A cell as it stands in the file, and what it means: digits for numbers, a day for dates; null where the text is all there is. */
interface Made {
	cell: string;
	digits: string | null;
	day: string | null;
}

const text = (cell: string): Made => ({ cell, digits: null, day: null });

/** 0012.500 becomes 12.5, -0 becomes 0: the same number has the same digits. */
function canonical(plain: string): string {
	const isMinus = plain.startsWith("-");
	const [mantissa = "", power = "0"] = plain.replace(/^-/, "").toLowerCase().split("e");
	const [whole = "", fraction = ""] = mantissa.split(".");
	const all = (whole + fraction).replace(/^0+/, "");
	const lead = (whole + fraction).length - all.length;
	const digits = all.replace(/0+$/, "");
	if (digits === "") return "0";
	return `${isMinus ? "-" : ""}${digits}e${whole.length - lead + Number(power)}`;
}

interface Style {
	point: string;
	group: string;
	isIndian: boolean;
}
const styles: Style[] = [
	{ point: ".", group: "", isIndian: false },
	{ point: ".", group: ",", isIndian: false },
	{ point: ",", group: ".", isIndian: false },
	{ point: ",", group: "\u00a0", isIndian: false },
	{ point: ".", group: "'", isIndian: false },
	{ point: ",", group: "", isIndian: false },
	{ point: ".", group: ",", isIndian: true },
];

function grouped(whole: string, { group, isIndian }: Style): string {
	if (group === "") return whole;
	if (!isIndian) return whole.replace(/\B(?=(\d{3})+$)/g, group);
	const last = whole.slice(-3);
	const rest = whole.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, group);
	return rest === "" ? last : `${rest}${group}${last}`;
}

const amounts = (style: Style, before: string, after: string, brackets: boolean) =>
	fc
		.record({
			isMinus: fc.boolean(),
			whole: fc.oneof(fc.integer({ min: 0, max: 99_999 }), fc.bigInt({ min: 0n, max: 10n ** 22n })).map(String),
			fraction: fc.oneof(fc.constant(""), fc.stringMatching(/^[0-9]{1,4}$/), fc.stringMatching(/^[0-9]{15,20}$/)),
		})
		.map(({ isMinus, whole, fraction }): Made => {
			const written = `${before}${grouped(whole, style)}${fraction ? style.point + fraction : ""}${after}`;
			const cell = isMinus ? (brackets ? `(${written})` : `-${written}`) : written;
			return { cell, digits: canonical(`${isMinus ? "-" : ""}${whole}.${fraction || "0"}`), day: null };
		});

const numbers = fc
	.record({
		style: fc.constantFrom(...styles),
		sign: fc.constantFrom(["", ""], ["$", ""], ["", " €"], ["", "%"], ["", " kg"], ["CHF ", ""]),
		brackets: fc.boolean(),
	})
	.map(({ style, sign, brackets }) => amounts(style, sign[0] ?? "", sign[1] ?? "", brackets));

const two = (number: number) => String(number).padStart(2, "0");
const dates = fc.constantFrom("ymd", "dmy", "mdy", "iso").map((order) =>
	fc
		.date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2099-12-31T00:00:00Z"), noInvalidDate: true })
		.map((date): Made => {
			const day = date.toISOString().slice(0, 10);
			const [year, month, date_] = [date.getUTCFullYear(), two(date.getUTCMonth() + 1), two(date.getUTCDate())];
			const cells = {
				ymd: `${year}/${month}/${date_}`,
				dmy: `${date_}.${month}.${year}`,
				mdy: `${month}/${date_}/${year}`,
				iso: day,
			};
			return { cell: cells[order], digits: null, day };
		}),
);

const wild = fc.oneof(
	fc.string({ maxLength: 30 }),
	fc.string({ unit: "grapheme", maxLength: 12 }),
	fc.constantFrom(
		"NA",
		"null",
		"None",
		"-",
		"n/a",
		"Nan",
		"yes",
		"NO",
		"Null",
		"TRUE",
		"1.10",
		"00501",
		"+14155550100",
		"1,5",
		"1.5",
	),
	fc.constantFrom(
		"=1+1",
		"-x",
		"@me",
		"+49 30 1",
		"'=x",
		"''-y",
		"\ttab",
		"a\nb",
		"a\r\nb",
		'"q"',
		'5" pipe',
		" lead",
		"trail ",
		"#c",
		"sep=;",
		"a;b,c|d",
	),
	fc.constantFrom(
		"\u200eabc",
		"İstanbul",
		"straße",
		"e\u0301",
		"4111111111111111",
		"9007199254740993",
		"1e400",
		"0x1f",
		"1_000",
		"2026-02-30",
		"12:61",
		"١٢",
	),
);
const texts = fc.constant(wild.filter((cell) => !cell.includes("\0") && cell.isWellFormed()).map(text));

/** One column at least in words that come out as they are, since a single column has no separator to be found by. */
const columns = fc
	.array(fc.oneof(numbers, dates, texts), { minLength: 1, maxLength: 5 })
	.chain((cells) => fc.tuple(...cells.map((made) => fc.array(made, { minLength: 1, maxLength: 25 }))))
	.map((made) => {
		const rows = Math.min(...made.map((cells) => cells.length));
		const names = Array.from({ length: rows }, (_row, at) => text(`row ${at}`));
		return [names, ...made.map((cells) => cells.slice(0, rows))];
	});

const quote = (cell: string, separator: string) =>
	cell.includes(separator) || /["\r\n]/.test(cell) || cell !== cell.trim() || cell.startsWith("#")
		? `"${cell.replaceAll('"', '""')}"`
		: cell;

function readBack(all: Made[][], separator: string) {
	const names = all.map((_cells, at) => `Field ${"abcdef"[at]}`);
	const rows = (all[0] ?? []).map((_cell, row) => all.map((cells) => cells[row]?.cell ?? ""));
	const file = [names, ...rows].map((row) => row.map((cell) => quote(cell, separator)).join(separator)).join("\r\n");
	const result = readReference(
		{ name: "a.csv", bytes: new TextEncoder().encode(file) },
		{ today, hasHeader: true, headerLine: 1 },
	);
	// Rows without a single value are not kept.
	const kept = rows.flatMap((row, at) => (row.some((cell) => cell.trim() !== "") ? [at] : []));
	return { result, kept };
}

/** What is kept of a cell is what is written, or the person was told. */
function isKept(made: Made, value: unknown, column: Column): boolean {
	const cell = unguard(made.cell);
	if (value === null) return cell.trim() === "" || column.notes.some((note) => note.includes("read as empty"));
	if (value === undefined)
		return column.notes.some((note) => note.includes("do not fit") || note.includes("does not fit"));
	if (typeof value === "string" && value === cell) return true;
	if (typeof value === "number" && made.digits !== null)
		return canonical(String(value)) === made.digits || (column.isAmbiguous === true && column.notes.length > 0);
	if (typeof value === "number") {
		// A text that happens to be an amount: "$0", "+3", "1,5".
		const plain = cell.replace(/^[^\d.,-]+|[^\d]+$/g, "").replace(",", ".");
		return canonical(String(value)) === canonical(plain) || column.notes.length > 0;
	}
	if (typeof value === "string" && made.day !== null)
		return value === made.day || (column.isAmbiguous === true && column.notes.length > 0);
	return column.notes.length > 0 || typeof value === "boolean";
}

test(
	"every cell of a random table is kept as it is written, or the person is told",
	() => {
		fc.assert(
			fc.property(columns, fc.constantFrom(",", ";", "\t", "|"), (all, separator) => {
				const { result, kept } = readBack(all, separator);
				if (!result.ok) return expect(["no_rows", "empty"]).toContain(result.reason);
				if (result.value.kind !== "table") throw new Error("no table");
				const { profile, rows } = result.value;
				expect(rows.length).toBe(kept.length);
				for (const [at, column] of profile.columns.entries()) {
					for (const [row, from] of kept.entries()) {
						const made = all[at]?.[from];
						if (!made) throw new Error("no cell");
						const value = readCell(rows[row]?.[at] ?? null, column, today);
						if (!isKept(made, value, column))
							throw new Error(
								`${JSON.stringify(made)} was kept as ${JSON.stringify(value)} in ${JSON.stringify(column)}`,
							);
					}
				}
			}),
			options,
		);
	},
	timeout,
);

const fieldOf = (column: Column): Field => ({
	key: "f",
	label: "F",
	type: column.type === "empty" ? "text" : column.type,
	...(column.unit ? { unit: column.unit } : {}),
	...(column.decimals ? { decimals: column.decimals } : {}),
});

test(
	"what is stored is shown with all its digits, can be saved again from its form, and comes back from an exported file",
	() => {
		fc.assert(
			fc.property(columns, fc.constantFrom(",", ";"), (all, separator) => {
				const { result } = readBack(all, separator);
				if (!result.ok || result.value.kind !== "table") return;
				const { profile, rows } = result.value;
				const stored = rows.map((row) =>
					profile.columns.map((column, at) => readCell(row[at] ?? null, column, today) ?? null),
				);
				for (const [at, column] of profile.columns.entries()) {
					const field = fieldOf(column);
					for (const row of stored) {
						const value = (row[at] ?? null) as Value;
						if (value === null || (typeof value === "string" && value.trim() === "")) continue;
						if (typeof value === "number") {
							expect(parseValue(field, editText(field, value))).toEqual({ value });
							expect(readTyped(formatValue(field, value).replace(/[^\d.,eE-]|kg/g, ""))?.number).toBe(value);
						} else if (typeof value === "boolean") expect(parseValue(field, editText(field, value))).toEqual({ value });
						else if (field.type === "date" || field.type === "dateTime" || field.type === "time")
							expect(parseValue(field, editText(field, value))).toEqual({ value });
					}
				}
				const file = writeCsv([
					profile.columns.map(({ name }) => name),
					...stored.map((row) =>
						profile.columns.map((column, at) => writeValue((row[at] ?? null) as Value, fieldOf(column))),
					),
				]);
				const again = runAtOnce(readGrid(file, { headerLine: 1 }));
				if (!again.ok)
					return expect(
						stored.every((row) => row.every((value) => value === null || String(value).trim() === "")),
					).toBe(true);
				const { grid } = { grid: again.value };
				const place = { delimiter: grid.delimiter, today };
				const isEmptyRow = (row: unknown[]) =>
					row.every((value) => value === null || (typeof value === "string" && value.trim() === ""));
				const filled = stored.filter((row) => !isEmptyRow(row));
				expect(grid.rows.length).toBe(filled.length);
				for (const [at, column] of profile.columns.entries()) {
					const field = fieldOf(column);
					const own = runAtOnce(
						columnForField(
							{ type: field.type, unit: field.unit, currency: column.currency },
							column.name,
							grid.rows,
							at,
							place,
						),
					);
					for (const [row, values] of filled.entries()) {
						const before = values[at] ?? null;
						const after = readCell(grid.rows[row]?.[at] ?? null, own, today) ?? null;
						expect(typeof before === "string" && before.trim() === "" ? null : after).toEqual(
							typeof before === "string" && before.trim() === "" ? null : before,
						);
					}
				}
			}),
			options,
		);
	},
	timeout,
);

test(
	"a number in a form is the same number when it is read back, in every language",
	() => {
		const locales = [
			"en-US",
			"de-DE",
			"fr-FR",
			"de-CH",
			"en-IN",
			"tr-TR",
			"pl-PL",
			"ar-EG",
			"fa-IR",
			"hi-IN",
			"pt-BR",
			"sv-SE",
		];
		const number = fc.oneof(
			fc.double({ noNaN: true, noDefaultInfinity: true }),
			fc.integer(),
			fc.integer().map((each) => each / 1000),
		);
		fc.assert(
			fc.property(fc.constantFrom(...locales), number, (locale, given) => {
				const value = given === 0 ? 0 : given;
				expect(readTyped(writeTyped(value, locale), locale)?.number).toBe(value);
				if (Math.abs(value) < 1e15) expect(readTyped(showExact(value, { locale }), locale)?.number).toBe(value);
			}),
			options,
		);
	},
	timeout,
);

test.each([
	["de-DE", "0,125", 0.125],
	["de-DE", "12.345", 12345],
	["de-DE", "1.234", 1234],
	["de-DE", "12.5", 12.5],
	["en-US", "4,50", 4.5],
	["en-US", "1,234", 1234],
	["en-US", "0,125", 0.125],
	["fr-FR", "1 234,5", 1234.5],
	["de-CH", "1’234.50", 1234.5],
	["en-IN", "1,23,456", 123456],
	["ar-EG", "١٬٢٣٤٫٥", 1234.5],
	["en-US", "1.5e-7", 1.5e-7],
	["de-DE", "1,5e-7", 1.5e-7],
	["en-US", "(45.00)", -45],
])("typed in %s: %s", (locale, typed, number) => {
	expect(readTyped(typed, locale)?.number).toBe(number);
});

test.each(["12 apples", "abc12x", "2026-01-02", "1.2.3", "", "-", "1,2,3"])("no number: %s", (typed) => {
	expect(readTyped(typed, "en-US")).toBeNull();
});

test.each([
	["İstanbul", "istanbul"],
	["ISPARTA", "ısparta"],
	["Straße", "STRASSE"],
	["café", "CAFE\u0301"],
	["Łódź", "lodz"],
	["ﬁn", "FIN"],
])("%s is found by %s", (one, other) => {
	expect(fold(one)).toBe(fold(other));
});

test("zeros at the end of a number are written, and no other digit changes", () => {
	const field: Field = { key: "f", label: "F", type: "decimal", decimals: 15 };
	expect(writeValue(8.0112200000161, field)).toBe("8.011220000016100");
	expect(writeValue(7, { ...field, decimals: 2 })).toBe("7.00");
	expect(writeValue(1.5e-7, { ...field, decimals: 2 })).toBe("1.5e-7");
});
