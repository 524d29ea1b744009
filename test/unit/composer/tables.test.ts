// Apps out of attached tables: everything comes along, or the person is told with numbers; and what an app already decided stays.
import { describe, expect, test } from "vitest";
import type { AppFile } from "#schema/files.ts";
import { type ComposeInput, compose } from "#studio/composer/compose.ts";
import { AppSpec, specPath } from "#studio/composer/spec.ts";
import { applyFileOps } from "#studio/files/apply.ts";
import { checkFiles } from "#studio/files/check.ts";
import { readReference } from "#studio/references/read-reference.ts";

const reference = (name: string, text: string) => {
	const read = readReference({ name, bytes: new TextEncoder().encode(text) });
	if (!read.ok) throw new Error(read.reason);
	return read.value;
};

function make(input: Partial<ComposeInput>) {
	const current = input.current ?? [];
	const composed = compose({ prompt: "Make an app of this", references: [], ...input, current });
	if (!composed.ok) throw new Error(composed.reason);
	const files = applyFileOps(new Map(current.map((file) => [file.path, file])), composed.value.ops).files;
	const spec = AppSpec.parse(JSON.parse(files.get(specPath)?.content ?? "null"));
	const seeds = [...files]
		.filter(([path]) => /^seed(-\d+)?\.json$/.test(path))
		.map(([, file]) => JSON.parse(file.content) as { keys: string[]; rows: unknown[][] });
	return { ...composed.value, files, spec, rows: seeds.flatMap(({ rows }) => rows), keys: seeds[0]?.keys ?? [] };
}
const listOf = (files: ReadonlyMap<string, AppFile>) => [...files.values()];

describe("nothing is cut off in silence", () => {
	test("5,000 rows come along, in the files that they need", async () => {
		const text = `Name,Score,Note\n${Array.from({ length: 5000 }, (_row, at) => `Person ${at},${at},${"some words ".repeat(10)}${at}`).join("\n")}\n`;
		const { rows, spec, files, summary } = make({ references: [reference("many.csv", text)] });
		expect(rows.length).toBe(5000);
		expect(spec.seed).toMatchObject({ rows: 5000, files: 2 });
		expect(summary).toContain("5,000 rows of many.csv are ready to be imported.");
		expect((await checkFiles(files)).problems).toEqual([]);
	});

	test("rows beyond what an app holds are named with their number, in the answer and in the app", () => {
		const text = `n\n${Array.from({ length: 46_000 }, (_row, at) => at).join("\n")}\n`;
		const { spec, summary, understood } = make({ references: [reference("more.csv", text)] });
		expect(spec.seed).toMatchObject({ rows: 45_000, leftOut: { rows: 1000 } });
		expect(summary).toContain(
			"45,000 of 46,000 rows of more.csv are ready to be imported. The other 1,000 were left out, because",
		);
		expect(understood.assumed.join(" ")).toContain("46,000 rows");
	});

	test("150 columns become 150 fields", () => {
		const columns = Array.from({ length: 150 }, (_column, at) => `Feature ${at}`);
		const text = `${columns.join(",")}\n${columns.map((_name, at) => `v${at}`).join(",")}\n`;
		expect(make({ references: [reference("wide.csv", text)] }).spec.fields).toHaveLength(150);
	});

	test("what was assumed of columns and left out of the file is said", () => {
		const text = "Sales report\nWho,Born,Amount\nAnn,03/15/62,1.250\nBob,11/30/48,2.500\n";
		const { understood } = make({ references: [reference("a.csv", text)] });
		const said = understood.assumed.join("\n");
		expect(said).toContain("“Sales report”");
		expect(said).toMatch(/Born: Years of two digits/);
		expect(said).toMatch(/Amount: “1.250” is read as 1.25/);
	});
});

describe("what a cell holds", () => {
	test("a token in a cell is left out, with its row and column, and the app is made", async () => {
		const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcDEF1234567890abcdef";
		const text = `Name,Link\nA,https://x.example/a?t=${token}\nB,https://x.example/b\n`;
		const { files, rows, understood } = make({ references: [reference("links.csv", text)] });
		expect(rows).toEqual([
			["A", null],
			["B", "https://x.example/b"],
		]);
		expect(understood.assumed.join(" ")).toContain("Row 1, column “Link” holds what looks like a JSON web token");
		expect((await checkFiles(files)).problems).toEqual([]);
	});

	test("amounts of another currency keep their sign", () => {
		const text = "Item,Price,Cost\nA,5.00 €,$4.00\nB,6.00 €,$4.50\n";
		const { spec, understood } = make({ references: [reference("a.csv", text)] });
		expect(spec.currency).toBe("EUR");
		expect(spec.fields.slice(1)).toMatchObject([{ type: "money" }, { type: "decimal", unit: "USD" }]);
		expect(understood.assumed.join(" ")).toContain("USD");
	});

	test.each([
		["City,temp_max,temp_min\nOslo,12.8,5.0\n", ["Temp max", "Temp min"]],
		["Name,Price min,Price max\nA,1,2\n", ["Price min", "Price max"]],
	])("“min” beside “max” is no unit: %s", (text, labels) => {
		const { spec } = make({ references: [reference("a.csv", text)] });
		expect(spec.fields.slice(1).map(({ label }) => label)).toEqual(labels);
	});

	test("“min” alone is one", () => {
		const { spec } = make({ references: [reference("a.csv", "Film,Running time min\nA,93\n")] });
		expect(spec.fields[1]).toMatchObject({ label: "Running time", unit: "min" });
	});
});

describe("an app that is there", () => {
	test("reads a second table by the types of its fields, each column in one way", () => {
		const first = make({ references: [reference("a.csv", "Name,Weight\nx,1.5\ny,2.25\n")] });
		const second = make({
			prompt: "",
			current: listOf(first.files),
			references: [reference("b.csv", "Name;Weight\nthree;0,125\nwords;12 apples\ntwo;1,25\n")],
		});
		expect(second.rows).toEqual([
			["three", 0.125],
			["words", null],
			["two", 1.25],
		]);
		expect(second.understood.assumed.join(" ")).toContain("“12 apples” in row 2");
	});

	test("of an older kind gets no files that its own do not import, and rows in one file", async () => {
		const first = make({ references: [reference("a.csv", "Name,Weight\nx,1.5\ny,2.25\n")] });
		const old = new Map(first.files);
		for (const path of ["import.ts", "components/again.tsx", "components/import-sheet.tsx"]) old.delete(path);
		old.set("app.tsx", {
			path: "app.tsx",
			encoding: "utf8",
			content: "export default function App() {\n\treturn <p>old</p>;\n}\n",
		});
		old.set("setup.ts", { path: "setup.ts", encoding: "utf8", content: "export const old = 1;\n" });
		const many = `Name,Weight\n${Array.from({ length: 9000 }, (_row, at) => `${"a long name for a row ".repeat(4)}${at},${at}.5`).join("\n")}\n`;
		const next = make({ prompt: "", current: [...old.values()], references: [reference("b.csv", many)] });
		expect(next.files.has("import.ts")).toBe(false);
		expect([...next.files.keys()].filter((path) => path.startsWith("seed"))).toEqual(["seed.json"]);
		expect(next.spec.seed?.leftOut?.rows).toBeGreaterThan(0);
	});

	test("is made with the pictures that were given for it", async () => {
		const content = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
		const picture: AppFile = { path: "images/plant.png", encoding: "base64", content };
		const { files, spec } = make({ prompt: "Track my plants with name and city", current: [picture] });
		expect(spec.picture).toBe("images/plant.png");
		expect(files.get("images/plant.png")).toEqual(picture);
		expect((await checkFiles(files)).problems).toEqual([]);
	});
});
