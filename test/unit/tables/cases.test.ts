// What stands in a file is what is kept, case by case: each row is one way in which files of other products came out wrong.
import { describe, expect, test } from "vitest";
import { readCell } from "#lib/tables/values.ts";
import { readReference } from "#studio/references/read-reference.ts";
import type { Reference } from "#studio/references/reference.ts";

const today = "2026-11-21";
const bytesOf = (text: string) => new TextEncoder().encode(text);

function table(text: string | Uint8Array, name = "a.csv"): Extract<Reference, { kind: "table" }> {
	const result = readReference({ name, bytes: typeof text === "string" ? bytesOf(text) : text }, { today });
	if (!result.ok || result.value.kind !== "table") throw new Error(JSON.stringify(result).slice(0, 300));
	return result.value;
}

/** One column as it is kept: its type, and its values. */
function column(text: string, at: number, name?: string) {
	const { profile, rows } = table(text, name);
	const found = profile.columns[at];
	if (!found) throw new Error(`no column ${at}`);
	return { ...found, kept: rows.map((row) => readCell(row[at] ?? null, found, today)) };
}

/** A CSV file of one column with a header, beside one of texts. */
const one = (header: string, cells: string[], separator = ",") =>
	`Name${separator}${header}\n${cells.map((cell, at) => `row ${at}${separator}${/[",;\n]/.test(cell) && separator === "," ? `"${cell}"` : cell}`).join("\n")}\n`;

describe("numbers", () => {
	test.each<[string, string, string[], string, unknown[]]>([
		["a decimal comma with three places", "Litres", ["0,125", "1,375", "2,5"], "decimal", [0.125, 1.375, 2.5]],
		["Indian groups", "Amount", ["1,23,456.50", "12,34,567", "9,999"], "money", [123456.5, 1234567, 9999]],
		["Swiss groups", "Einwohner", ["1'234", "12’345", "1'234'567"], "integer", [1234, 12345, 1234567]],
		[
			"thin and fixed blanks",
			"Menge",
			["1\u202f234,5", "12\u00a0345,25", "1 000,75"],
			"decimal",
			[1234.5, 12345.25, 1000.75],
		],
		["a minus behind", "Saldo", ["45.00-", "12.50", "3.25-"], "decimal", [-45, 12.5, -3.25]],
		["the minus sign of typesetting", "Change", ["−5", "3", "–2"], "integer", [-5, 3, -2]],
		["brackets", "Amount", ["(45.00)", "12.50", "(3.25)"], "money", [-45, 12.5, -3.25]],
		["brackets with a currency", "Amount", ["($45.00)", "$12.50", "-$3.25"], "money", [-45, 12.5, -3.25]],
		["exponents", "Concentration", ["1.5e-7", "2.0E-6", "6.02E+23"], "decimal", [1.5e-7, 2e-6, 6.02e23]],
		["percent", "Share", ["12.5%", "3 %", "-1%"], "percent", [12.5, 3, -1]],
		["one unit", "Weight", ["12 kg", "5.5 kg", "7kg"], "decimal", [12, 5.5, 7]],
		["words for no value", "Count", ["1", "NA", "3", "n/a", "-"], "integer", [1, null, 3, null, null]],
		["plus and minus", "Change", ["+3", "-2", "+1"], "integer", [3, -2, 1]],
		["marks of direction", "Count", ["\u200e12", "\u202b7\u202c", "3"], "integer", [12, 7, 3]],
	])("%s", (_name, header, cells, type, kept) => {
		const read = column(one(header, cells), 1);
		expect([read.type, read.kept]).toEqual([type, kept]);
	});

	test("thousands with a point in a file with semicolons, and the doubt is said", () => {
		const read = column("Ort;Einwohner\nA;1.250\nB;12.500\nC;3.075\n", 1);
		expect(read.kept).toEqual([1250, 12500, 3075]);
		expect(read).toMatchObject({ isAmbiguous: true, decimalComma: true });
		expect(read.notes.join()).toContain("“1.250” is read as 1,250");
	});

	test("three decimals in a file with commas, and the doubt is said", () => {
		const read = column("Station,Price per litre\nA,1.759\nB,1.699\n", 1);
		expect(read.kept).toEqual([1.759, 1.699]);
		expect(read.isAmbiguous).toBe(true);
	});

	test("another column of the file tells which sign is the decimal sign", () => {
		const text = "Ort;A;B\nx;1.250;0.5\ny;2.500;1.75\n";
		expect(column(text, 1).kept).toEqual([1.25, 2.5]);
	});

	test("zeros at the end are kept where all numbers have the same decimals", () => {
		expect(column(one("Height", ["1.50", "2.00", "1.75"]), 1)).toMatchObject({ type: "decimal", decimals: 2 });
		expect(column(one("Height", ["1.5", "2.00", "1.75"]), 1).notes.join()).toContain("1.50 becomes 1.5");
	});
});

describe("digits that are no numbers stay as they are written", () => {
	test.each<[string, string, string[]]>([
		["integers beyond 2^53", "Order", ["9007199254740993", "12345678901234567891", "5"]],
		["decimals with more digits than a number holds", "Ratio", ["0.12345678901234567890123", "1.5"]],
		["leading zeros", "Code", ["00501", "10001"]],
		["versions with a name", "Version", ["1.10", "1.9", "2.0"]],
		["versions without one", "Chapter no", ["1.1", "1.10", "1.2"]],
		["versions of three parts", "Tag", ["1.2.3", "1.10.0"]],
		["card numbers", "Card", ["4111111111111111", "5500005555555559"]],
		["account numbers", "IBAN", ["DE89370400440532013000", "GB29NWBK60161331926819"]],
		["book numbers", "ISBN", ["9783161484100", "9780306406157"]],
		["postcodes", "Postcode", ["10115", "80331"]],
		["long numbers of one length", "Ref", ["12345678901", "98765432109"]],
		["dialling codes", "Prefix", ["+1", "+44", "+49"]],
		["two currencies", "Price", ["$5.00", "7,50 €", "£3.00"]],
		["two units", "Weight", ["5 kg", "500 g"]],
		["both decimal signs", "Value", ["1.5", "2,5", "3.25"]],
		["some with percent", "Share", ["5%", "0.2", "7%"]],
		["telephones with a plus", "Phone", ["+14155550100", "+493012345678"]],
		["telephones without one", "Mobile", ["4155550100", "4155550111"]],
	])("%s", (_name, header, cells) => {
		const read = column(one(header, cells), 1);
		expect(["text", "phone", "choice"]).toContain(read.type);
		expect(read.kept).toEqual(cells);
	});

	test("why is said where the name of the column does not say it", () => {
		expect(column(one("Order", ["9007199254740993", "5"]), 1).notes.join()).toContain("more digits");
		expect(column(one("Price", ["$5.00", "7.50 €"]), 1).notes.join()).toContain("USD and EUR");
	});

	test("in JSON, too", () => {
		const text = '[{"order":9007199254740993,"total":10.5},{"order":123456789012345678,"total":8}]';
		expect(column(text, 0, "a.json").kept).toEqual(["9007199254740993", "123456789012345678"]);
		expect(column(text, 1, "a.json").kept).toEqual([10.5, 8]);
	});
});

describe("words", () => {
	test("words that look empty are kept in a column of texts", () => {
		expect(column("Country,Code\nNamibia,NA\nNorway,NO\nNepal,NP\n", 1).kept).toEqual(["NA", "NO", "NP"]);
		expect(column("First,Last\nJennifer,Null\nNan,Lopez\nNone,n/a\nAnn,-\n", 1).kept).toEqual([
			"Null",
			"Lopez",
			"n/a",
			"-",
		]);
		expect(column("First,Last\nJennifer,Null\nNan,Lopez\nNone,n/a\nAnn,-\n", 0).kept).toEqual([
			"Jennifer",
			"Nan",
			"None",
			"Ann",
		]);
	});

	test("and are counted where they are read as empty", () => {
		expect(column(one("Count", ["1", "NA", "-"]), 1)).toMatchObject({
			filled: 1,
			empty: 2,
			notes: ["2 cells with “NA” and “-” are read as empty."],
		});
	});

	test.each([
		["ja", "nein"],
		["oui", "non"],
		["sí", "no"],
		["WAHR", "FALSCH"],
		["vrai", "faux"],
		["да", "нет"],
		["evet", "hayır"],
		["はい", "いいえ"],
		["✔", "✘"],
		["true", "false"],
		["Y", "N"],
	])("%s and %s are yes and no", (yes, no) => {
		const read = column(one("Paid", [yes, no, yes]), 1);
		expect([read.type, read.kept]).toEqual(["boolean", [true, false, true]]);
	});

	test.each([
		["NO", "NP"],
		["no", "no"],
		["yes", "maybe"],
	])("%s and %s are not", (first, second) => {
		expect(column(one("Code", [first, second, first]), 1).kept).toEqual([first, second, first]);
	});
});

describe("dates and times", () => {
	test.each<[string, string, string[], string, unknown[]]>([
		[
			"a zone that all share",
			"At",
			["2026-01-02T23:30:00Z", "2026-01-03T08:15:30Z"],
			"dateTime",
			["2026-01-02T23:30", "2026-01-03T08:15:30"],
		],
		[
			"parts of seconds",
			"At",
			["2026-01-02 10:00:00.250", "2026-01-02 10:00:01"],
			"dateTime",
			["2026-01-02T10:00:00.250", "2026-01-02T10:00:01"],
		],
		[
			"birth dates are never in the future",
			"Born",
			["03/15/62", "11/30/48", "07/21/99"],
			"date",
			["1962-03-15", "1948-11-30", "1999-07-21"],
		],
		[
			"epoch seconds",
			"Created at",
			["1708657810", "1711000000"],
			"dateTime",
			["2024-02-23T03:10:10", "2024-03-21T05:46:40"],
		],
		[
			"epoch milliseconds",
			"timestamp",
			["1708657810000", "1711000000500"],
			"dateTime",
			["2024-02-23T03:10:10", "2024-03-21T05:46:40.500"],
		],
		["days of spreadsheets", "Date", ["45992", "46001"], "date", ["2025-12-01", "2025-12-10"]],
		["names of months", "Datum", ["3. März 2026", "15. Dezember 2025"], "date", ["2026-03-03", "2025-12-15"]],
		["seconds of a time of day", "Lap", ["08:15:30", "09:00"], "time", ["08:15:30", "09:00"]],
	])("%s", (_name, header, cells, type, kept) => {
		const read = column(one(header, cells), 1);
		expect([read.type, read.kept]).toEqual([type, kept]);
	});

	test("numbers that only look like moments stay numbers", () => {
		expect(column(one("Views", ["1708657810", "1711000000"]), 1).type).toBe("integer");
		expect(column(one("Height", ["45992", "46001"]), 1).type).toBe("integer");
	});

	test("different zones stay text, and it is said", () => {
		const cells = ["2026-01-02T23:30:00+01:00", "2026-01-03T08:15:30-05:00"];
		const read = column(one("At", cells), 1);
		expect(read.kept).toEqual(cells);
		expect(read.notes.join()).toContain("time zones");
	});

	test("the zone, two-digit years and doubtful orders are said", () => {
		expect(column(one("At", ["2026-01-02T23:30:00Z"]), 1).notes.join()).toContain("UTC");
		expect(column(one("Day", ["03/15/62"]), 1).notes.join()).toContain("two digits");
		expect(column(one("Day", ["03/04/2026"]), 1).notes.join()).toContain("month first");
		expect(column("Tag;Wert\n03/04/2026;1,5\n", 0).notes.join()).toContain("day first");
	});
});

describe("where the table is in a file", () => {
	const names = (text: string | Uint8Array, name?: string) =>
		table(text, name).profile.columns.map((each) => each.name);
	test.each<[string, string, string[], number]>([
		[
			"equal names",
			"Date,Amount,Amount,Note\n2026-01-02,10,12,net\n2026-01-03,20,24,net\n",
			["Date", "Amount", "Amount 2", "Note"],
			2,
		],
		["names that differ in case", "name,Name,NAME\na,b,c\nd,e,f\n", ["name", "Name 2", "NAME 3"], 2],
		["years as names", "Region,2019,2020,2021\nNorth,12,15,18\nSouth,7,9,11\n", ["Region", "2019", "2020", "2021"], 2],
		["months as names", "Product,1,2,3,4\nA,20,15,18,5\nB,7,9,11,8\n", ["Product", "1", "2", "3", "4"], 2],
		["a line that says the separator", "sep=;\nName;Age\nAlma;31\nBo;45\n", ["Name", "Age"], 2],
		["a title above", "Monthly sales\nMonth,Units\nJan,4\nFeb,7\n", ["Month", "Units"], 2],
		[
			"lines of data about the file",
			"Report,Monthly sales,\nCreated,2026-11-01,\n\nMonth,Product,Units\nJan,Lamp,4\nFeb,Lamp,7\n",
			["Month", "Product", "Units"],
			2,
		],
		["comments", "# exported 2026-11-02\n# source: till\nItem,Qty\nTea,3\nMilk,2\n", ["Item", "Qty"], 2],
		[
			"a header in a comment",
			"# all zones\n#code\tplace\tzone\nAD\t+4230\tEurope/Andorra\nAE\t+2518\tAsia/Dubai\n",
			["code", "place", "zone"],
			2,
		],
		["no names", "Ann,3\nBob,4\nCyd,9\n", ["Column 1", "Column 2"], 3],
		["years as data", "2019,2020\n2021,2022\n2023,2024\n", ["Column 1", "Column 2"], 3],
		["old Macs", "Name,Qty\rApples,3\rPears,5\r", ["Name", "Qty"], 2],
		["quotes with line breaks", 'Name,Note\r\nAnn,"two\r\nlines"\r\nBo,"a ""b"" c"\r\n', ["Name", "Note"], 2],
	])("%s", (_name, text, expected, rows) => {
		expect([names(text), table(text).rows.length]).toEqual([expected, rows]);
	});

	test("what was left out above is said", () => {
		expect(table("Monthly sales\nMonth,Units\nJan,4\n").profile.notes).toEqual([
			"1 line above the table was left out: “Monthly sales”.",
		]);
	});

	test("a quotation mark that is never closed is refused with its line", () => {
		expect(readReference({ name: "a.csv", bytes: bytesOf('Name,Note\nAnn,"never closed\nBo,fine\n') })).toEqual({
			ok: false,
			reason: "broken_csv",
			count: 2,
		});
	});

	test("doubled quotation marks hide separators when the separator is looked for", () => {
		const { profile, rows } = table('A|B|C\nrow 0|"""|!"|"1,000,000,000.0 kg"\n');
		expect([profile.delimiter, rows]).toEqual(["|", [["row 0", '"|!', "1,000,000,000.0 kg"]]]);
	});

	test("stray quotation marks stay in the text", () => {
		expect(table('Size,Qty\n5" pipe,3\n"7" pipe",4\n').rows).toEqual([
			['5" pipe', "3"],
			['7" pipe', "4"],
		]);
	});

	test("the person can say in which line the names stand", () => {
		const result = readReference({ name: "a.csv", bytes: bytesOf("x,y\nName,Qty\nAnn,3\n") }, { headerLine: 2 });
		expect(result).toMatchObject({ value: { rows: [["Ann", "3"]], profile: { headerLine: 2 } } });
	});

	test.each<[string, number[]]>([
		["UTF-16 without a mark", [...Buffer.from("Name,Qty\nÄnn,3\n", "utf16le")]],
		["Windows-1252", [...Buffer.from("Name,Qty\n\xc4nn,3\n", "latin1")]],
	])("%s", (_name, bytes) => {
		expect(table(new Uint8Array(bytes)).rows).toEqual([["Änn", "3"]]);
	});

	test("formulas, blanks in quotes and line breaks are kept", () => {
		expect(table('A,B\n=1+1," x "\n"a\nb",@c\n').rows).toEqual([
			["=1+1", " x "],
			["a\nb", "@c"],
		]);
	});

	test("the apostrophe of an exported file is taken away, and said", () => {
		const { rows, profile } = table("A,B\n'=1+1,'tis\n''=x,y\n");
		expect(rows).toEqual([
			["=1+1", "'tis"],
			["'=x", "y"],
		]);
		expect(profile.notes.join()).toContain("apostrophe");
	});

	test("100,000 rows are read, and more are refused with the number", () => {
		const rows = (count: number) => bytesOf(`n\n${"7\n".repeat(count)}`);
		expect(readReference({ name: "a.csv", bytes: rows(100_000) })).toMatchObject({
			value: { profile: { rows: 100_000 } },
		});
		expect(readReference({ name: "a.csv", bytes: rows(100_001) })).toEqual({
			ok: false,
			reason: "too_long",
			count: 100_001,
		});
	});
});

describe("JSON", () => {
	test.each<[string, string, string, string[], unknown[]]>([
		["lines", "a.jsonl", '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n', ["a", "b"], [1, "x"]],
		["lines in a .json file", "a.json", '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n', ["a", "b"], [1, "x"]],
		["columns", "a.json", '{"name":["A","B","C"],"qty":[1,2,3]}', ["name", "qty"], ["A", 1]],
		[
			"columns with numbered rows",
			"a.json",
			'{"name":{"0":"A","1":"B"},"qty":{"0":1,"1":2}}',
			["name", "qty"],
			["A", 1],
		],
		[
			"names and data apart",
			"a.json",
			'{"columns":["name","qty"],"data":[["A",1],["B",2]]}',
			["name", "qty"],
			["A", 1],
		],
		["lists with names first", "a.json", '[["name","qty"],["A",1],["B",2]]', ["name", "qty"], ["A", 1]],
		["a stray text", "a.json", '[{"a":1},{"a":2},"note",{"a":3}]', ["a"], [1]],
	])("%s", (_name, name, text, names, first) => {
		const { profile, rows } = table(text, name);
		expect([profile.columns.map((each) => each.name), rows[0]]).toEqual([names, first]);
	});

	test("what has no place is said", () => {
		expect(table('[{"a":1},{"a":2},"note"]', "a.json").profile.notes.join()).toContain("“note”");
		expect(
			table('{"meta":{"n":2},"items":[{"a":1,"l":[{"q":1}]},{"a":2,"l":[]}]}', "a.json").profile.notes.join(),
		).toMatch(/“meta” was left out.*“l” holds lists/);
	});

	test("a broken line is named", () => {
		const bytes = bytesOf('{"a":1}\n{"a":2,}\n');
		expect(readReference({ name: "a.jsonl", bytes })).toEqual({ ok: false, reason: "broken_json", count: 2 });
	});
});

describe("places", () => {
	test("the longitude first, by the name or by the numbers", () => {
		expect(column(one("Lon/Lat", ["13.40, 52.52", "2.35, 48.85"]), 1).kept).toEqual(["52.52, 13.40", "48.85, 2.35"]);
		expect(column(one("Place", ["151.2, -33.8", "13.4, 52.5"]), 1).kept).toEqual(["-33.8, 151.2", "52.5, 13.4"]);
		expect(column(one("Place", ["52.52, 13.40", "48.85, 2.35"]), 1).kept).toEqual(["52.52, 13.40", "48.85, 2.35"]);
	});
});

describe("a type that the person changes", () => {
	const choose = (
		text: string,
		choices: { at: number; type: "text" | "decimal" | "date" | "boolean"; decimalComma?: boolean; dateOrder?: "dmy" }[],
	) => {
		const result = readReference({ name: "a.csv", bytes: bytesOf(text) }, { today, choices });
		if (!result.ok || result.value.kind !== "table") throw new Error("no table");
		const { profile, rows } = result.value;
		const own = profile.columns[1];
		if (!own) throw new Error("no column");
		return { ...own, kept: rows.map((row) => readCell(row[1] ?? null, own, today)) };
	};
	test("is used, with the cells that do not fit counted and named", () => {
		expect(choose(one("Size", ["1", "2", "large"]), [{ at: 1, type: "decimal" }])).toMatchObject({
			type: "decimal",
			kept: [1, 2, undefined],
			unfit: 1,
			notes: ["1 cell does not fit and would be left empty: “large” in row 3."],
		});
		expect(choose(one("Count", ["1", "2"]), [{ at: 1, type: "text" }]).kept).toEqual(["1", "2"]);
	});
	test("with the decimal sign and the order of dates", () => {
		expect(choose(one("Size", ["1.250", "2.500"]), [{ at: 1, type: "decimal", decimalComma: true }]).kept).toEqual([
			1250, 2500,
		]);
		expect(choose(one("Day", ["03/04/2026"]), [{ at: 1, type: "date", dateOrder: "dmy" }]).kept).toEqual([
			"2026-04-03",
		]);
	});
});
