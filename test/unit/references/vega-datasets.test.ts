// Real files: every CSV and JSON of the package vega-datasets is read, and its columns get the types a person would give them.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compose } from "#studio/composer/compose.ts";
import { type AppSpec, specPath } from "#studio/composer/spec.ts";
import { applyFileOps } from "#studio/files/apply.ts";
import { checkFiles } from "#studio/files/check.ts";
import { readReference } from "#studio/references/read-reference.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../node_modules/vega-datasets/data");
const files = readdirSync(folder).filter((name) => /\.(csv|json|tsv)$/.test(name));
const read = (name: string) => readReference({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) });

/** Column name to type, for the columns worth naming. */
const expected: Record<string, Record<string, string>> = {
	"airports.csv": { iata: "text", name: "text", latitude: "decimal", longitude: "decimal", state: "text" },
	"barley.json": { yield: "decimal", variety: "choice", year: "integer", site: "choice" },
	"birdstrikes.csv": {
		"Flight Date": "date",
		"Phase of flight": "choice",
		"Cost Total $": "money",
		"Speed IAS in knots": "integer",
	},
	"burtin.json": { Bacteria: "text", Penicillin: "decimal", Gram_Staining: "choice" },
	"cars.json": {
		Name: "text",
		Miles_per_Gallon: "decimal",
		Cylinders: "integer",
		Horsepower: "integer",
		Year: "date",
		Origin: "choice",
	},
	"co2-concentration.csv": { Date: "date", CO2: "decimal" },
	"countries.json": { year: "integer", fertility: "decimal", country: "text" },
	"crimea.json": { date: "date", wounds: "integer" },
	"disasters.csv": { Entity: "choice", Year: "integer", Deaths: "integer" },
	"driving.json": { side: "choice", year: "integer", miles: "integer", gas: "decimal" },
	"flights-2k.json": { date: "dateTime", delay: "integer", origin: "text" },
	"gapminder-health-income.csv": {
		country: "text",
		income: "money",
		health: "decimal",
		population: "integer",
		region: "choice",
	},
	"github.csv": { time: "dateTime", count: "integer" },
	"income.json": { name: "text", region: "choice", pct: "decimal", total: "integer", group: "choice" },
	"iowa-electricity.csv": { year: "date", source: "choice", net_generation: "integer" },
	"jobs.json": { job: "text", sex: "choice", year: "integer", count: "integer" },
	"la-riots.csv": {
		first_name: "text",
		age: "integer",
		gender: "choice",
		death_date: "date",
		latitude: "decimal",
		type: "choice",
	},
	"lookup_people.csv": { name: "text", age: "integer", height: "integer" },
	"monarchs.json": { name: "text", start: "integer", commonwealth: "boolean" },
	"movies.json": {
		"US Gross": "money",
		"Production Budget": "money",
		"Release Date": "date",
		"MPAA Rating": "choice",
		"IMDB Rating": "decimal",
		Title: "text",
	},
	"ohlc.json": { date: "date", open: "decimal", signal: "choice" },
	"penguins.json": { Species: "choice", Island: "choice", "Beak Length (mm)": "decimal", Sex: "choice" },
	"population.json": { year: "integer", age: "integer", people: "integer" },
	"seattle-weather.csv": { date: "date", precipitation: "decimal", weather: "choice" },
	"seattle-weather-hourly-normals.csv": { date: "dateTime", temperature: "decimal" },
	"sp500.csv": { date: "date", price: "money" },
	"stocks.csv": { symbol: "choice", date: "date", price: "money" },
	"unemployment.tsv": { id: "integer", rate: "decimal" },
	"us-state-capitals.json": { lon: "decimal", lat: "decimal", state: "text", city: "text" },
	"weather.csv": { location: "choice", date: "date", weather: "choice" },
	"weekly-weather.json": { day: "text", "record high": "integer", "normal low": "integer" },
	"wheat.json": { year: "integer", wheat: "decimal", wages: "money" },
	"zipcodes.csv": { zip_code: "text", city: "text", latitude: "decimal" },
};

describe("reads every file", () => {
	test.each(files)("%s", (name) => {
		const result = read(name);
		if (!result.ok) return expect([name, result.reason]).toEqual([name, "too_large"]);
		expect(["table", "json"]).toContain(result.value.kind);
	});
});

describe("gives columns their types", () => {
	test.each(Object.entries(expected))("%s", (name, types) => {
		const result = read(name);
		if (!result.ok || result.value.kind !== "table") throw new Error(JSON.stringify(result).slice(0, 200));
		expect(Object.fromEntries(result.value.profile.columns.map((column) => [column.name, column.type]))).toMatchObject(
			types,
		);
	});
});

describe("makes apps that pass the gate before a version", () => {
	test.each([
		"cars.json",
		"movies.json",
		"seattle-weather.csv",
		"la-riots.csv",
		"penguins.json",
		"species.csv",
		"stocks.csv",
		"miserables.json",
		"monarchs.json",
		"earthquakes.json",
	])("%s", async (name) => {
		const reference = read(name);
		if (!reference.ok) throw new Error(reference.reason);
		const composed = compose({ prompt: "Make an app of this file", references: [reference.value], current: [] });
		if (!composed.ok) throw new Error(composed.reason);
		const applied = applyFileOps(new Map(), composed.value.ops);
		expect(applied.refused).toEqual([]);
		const checked = await checkFiles(applied.files);
		expect(checked.problems).toEqual([]);
		const spec = JSON.parse(applied.files.get(specPath)?.content ?? "") as AppSpec;
		const paths = Array.from(
			{ length: spec.seed?.files ?? 1 },
			(_file, at) => `seed${at === 0 ? "" : `-${at + 1}`}.json`,
		);
		const seeds = paths.map(
			(path) => JSON.parse(applied.files.get(path)?.content ?? "") as { keys: string[]; rows: unknown[][] },
		);
		const seed = { keys: seeds[0]?.keys ?? [], rows: seeds.flatMap(({ rows }) => rows) };
		expect(spec.seed?.rows).toBe(seed.rows.length);
		expect(spec.seed?.leftOut).toBeUndefined();
		expect(seed.rows.length).toBe(reference.value.kind === "table" ? reference.value.rows.length : 0);
		expect(seed.rows.length).toBeGreaterThan(5);
		expect(seed.keys).toEqual(spec.fields.map((field) => field.key));
		expect(spec.chart).not.toBeNull();
	});

	test("says what it assumed of cars.json", () => {
		const reference = read("cars.json");
		if (!reference.ok) throw new Error(reference.reason);
		const composed = compose({ prompt: "", references: [reference.value], current: [] });
		expect(composed.ok && composed.value.understood).toMatchObject({
			title: "Cars",
			entity: { singular: "Car", plural: "Cars" },
		});
		expect(composed.ok && composed.value.summary).toContain("406 rows of cars.json");
	});
});
