// Tables and alarms of a Durable Object, in a real one in workerd.
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alarmsTable } from "#lib/objects/alarms.ts";
import type { Migration } from "#lib/objects/migrate.ts";
import { bundleWorker } from "../../../scripts/local-host/workers.ts";
import type { Answer, Order } from "./object-worker.ts";

let runtime: Miniflare;
let objects = 0;
beforeAll(async () => {
	runtime = new Miniflare(
		convertV4MiniflareOptions({
			modules: true,
			script: await bundleWorker(join(import.meta.dirname, "object-worker.ts")),
			compatibilityDate: "2026-11-01",
			durableObjects: { PROBE: { className: "Probe", useSQLite: true } },
		}),
	);
	await runtime.ready;
});
afterAll(() => runtime?.dispose());

/** A new object. */
function makeObject() {
	const url = `http://objects/${objects++}`;
	const tell = async (order: Order): Promise<Answer> =>
		(await (await runtime.dispatchFetch(url, { method: "POST", body: JSON.stringify(order) })).json()) as Answer;
	const sql = async (...statements: string[]) => (await tell({ do: "sql", statements })).rows;
	return { tell, sql };
}

describe("the tables of an object", () => {
	const steps: Migration[] = [
		[
			"CREATE TABLE IF NOT EXISTS notes(id TEXT PRIMARY KEY) STRICT",
			"CREATE TABLE IF NOT EXISTS other(k INTEGER) STRICT",
		],
		["ALTER TABLE notes ADD COLUMN title TEXT NOT NULL DEFAULT 'none'"],
		["CREATE TABLE tags(id TEXT PRIMARY KEY) STRICT", "INSERT INTO tags SELECT id FROM notes"],
	];
	const schemaOf = async ({ sql }: ReturnType<typeof makeObject>) =>
		sql("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name");

	test("are the same from whichever version an object comes, and its rows stay", async () => {
		const fresh = makeObject();
		expect((await fresh.tell({ do: "migrate", steps })).error).toBeNull();
		const schema = await schemaOf(fresh);
		expect(schema.map(({ name }) => name)).toEqual(expect.arrayContaining(["_schema", "notes", "other", "tags"]));
		for (const from of [0, 1, 2, 3]) {
			const object = makeObject();
			// an object of before there were versions has the tables of the first step, and no number
			if (from === 0) await object.sql(...(steps[0] ?? []));
			else await object.tell({ do: "migrate", steps: steps.slice(0, from) });
			await object.sql("INSERT INTO notes(id) VALUES ('n1')");
			if (from === 3) await object.sql("INSERT INTO tags VALUES ('n1')");
			expect((await object.tell({ do: "migrate", steps })).error, String(from)).toBeNull();
			expect(await schemaOf(object), String(from)).toEqual(schema);
			expect(await object.sql("SELECT * FROM notes")).toEqual([{ id: "n1", title: "none" }]);
			expect(await object.sql("SELECT * FROM tags"), String(from)).toEqual([{ id: "n1" }]);
			expect(await object.sql("SELECT version FROM _schema")).toEqual([{ version: 3 }]);
		}
	});

	test("are those of the last whole step when one fails half-way, and the next opening goes on from there", async () => {
		for (const at of [0, 1, 2]) {
			const object = makeObject();
			const broken = steps.map((step, index) => (index === at ? [...step, "CREATE TABLE broken("] : step));
			const failed = await object.tell({ do: "migrate", steps: broken });
			expect(failed.error, String(at)).toContain("incomplete input");
			const before = makeObject();
			await before.tell({ do: "migrate", steps: steps.slice(0, at) });
			expect(await schemaOf(object), String(at)).toEqual(await schemaOf(before));
			expect((await object.tell({ do: "migrate", steps })).error).toBeNull();
			expect(await object.sql("SELECT version FROM _schema")).toEqual([{ version: 3 }]);
		}
	});

	test("of a later release are refused, and nothing is written", async () => {
		const object = makeObject();
		await object.tell({ do: "migrate", steps });
		const before = await schemaOf(object);
		const { error } = await object.tell({ do: "migrate", steps: steps.slice(0, 2) });
		expect(error).toBe("This object's tables are of version 3, and this release knows 2.");
		expect(await schemaOf(object)).toEqual(before);
		expect((await object.tell({ do: "migrate", steps })).error).toBeNull();
	});

	test("the platform refuses PRAGMA user_version, so the number is a row", async () => {
		const { tell } = makeObject();
		expect((await tell({ do: "sql", statements: ["PRAGMA user_version = 1"] })).error).toContain("not authorized");
	});
});

describe("the alarms of an object", () => {
	const later = 4_000_000_000_000;
	async function withAlarms() {
		const object = makeObject();
		await object.tell({ do: "migrate", steps: [[alarmsTable]] });
		return { ...object, rows: () => object.sql("SELECT name, due, tries FROM alarms ORDER BY name") };
	}

	test("the platform is told the earliest, and each runs once when it is due", async () => {
		const { tell, rows } = await withAlarms();
		expect((await tell({ do: "set", name: "a", due: later + 20 })).alarm).toBe(later + 20);
		expect((await tell({ do: "set", name: "b", due: later + 10 })).alarm).toBe(later + 10);
		expect((await tell({ do: "setIfSooner", name: "a", due: later + 90 })).alarm).toBe(later + 10);
		expect(await tell({ do: "run", now: later })).toMatchObject({ ran: [], alarm: later + 10 });
		expect(await tell({ do: "run", now: later + 10 })).toMatchObject({ ran: ["b"], alarm: later + 20 });
		expect((await tell({ do: "set", name: "b", due: later + 15 })).alarm).toBe(later + 15);
		expect(await tell({ do: "run", now: later + 30 })).toMatchObject({ ran: ["b", "a"], alarm: null });
		expect(await rows()).toEqual([]);
	});

	test("one that throws is tried again, later each time, and holds up no other", async () => {
		const { tell, rows } = await withAlarms();
		await tell({ do: "set", name: "a", due: later });
		await tell({ do: "set", name: "b", due: later + 1 });
		let now = later + 1;
		const first = await tell({ do: "run", now, fails: ["a"] });
		expect(first).toMatchObject({ error: null, ran: ["a", "b"], failures: [["a", 1]] });
		const waits: number[] = [];
		for (let tries = 1; tries < 15; tries++) {
			const [row] = await rows();
			expect(row).toMatchObject({ name: "a", tries });
			waits.push(Number(row?.["due"]) - now);
			now = Number(row?.["due"]);
			expect((await tell({ do: "run", now: now - 1, fails: ["a"] })).ran).toEqual([]);
			expect(await tell({ do: "run", now, fails: ["a"] })).toMatchObject({ ran: ["a"], failures: [["a", tries + 1]] });
		}
		expect(waits.slice(0, 4)).toEqual([5000, 10_000, 20_000, 40_000]);
		expect(waits.at(-1)).toBe(60 * 60_000);
		now += 60 * 60_000;
		expect(await tell({ do: "run", now })).toMatchObject({ ran: ["a"], failures: [], alarm: null });
	});

	test("what an object was at when it ended is due again, after what it had not come to", async () => {
		const { tell, rows } = await withAlarms();
		await tell({ do: "set", name: "a", due: later });
		await tell({ do: "set", name: "b", due: later + 1 });
		await expect(tell({ do: "run", now: later + 1, crashes: ["a"] })).rejects.toThrow();
		expect(await rows()).toEqual([
			{ name: "a", due: later + 1 + 5000, tries: 1 },
			{ name: "b", due: later + 1, tries: 0 },
		]);
		// the platform knows of what is left: the object needs nobody to call it
		expect((await tell({ do: "sql", statements: [] })).alarm).toBe(later + 1);
		expect(await tell({ do: "run", now: later + 6000 })).toMatchObject({ ran: ["b", "a"], alarm: null });
	});

	test("what is set while it runs stays, also its own next time", async () => {
		const { tell, rows } = await withAlarms();
		await tell({ do: "set", name: "a", due: later });
		expect(await tell({ do: "run", now: later, sets: { a: later + 7 } })).toMatchObject({ alarm: later + 7 });
		expect(await rows()).toEqual([{ name: "a", due: later + 7, tries: 0 }]);
		expect((await tell({ do: "clear", name: "a" })).alarm).toBeNull();
	});

	test("are told to the platform again when it has forgotten, and a name without a handler waits for its release", async () => {
		const { tell, sql } = await withAlarms();
		await tell({ do: "set", name: "a", due: later });
		await sql("INSERT INTO alarms VALUES ('of-a-later-release', 5, 0)");
		expect((await tell({ do: "dropAlarm" })).alarm).toBeNull();
		expect((await tell({ do: "rearm" })).alarm).toBe(later);
		expect((await tell({ do: "run", now: later })).ran).toEqual(["a"]);
		expect(await sql("SELECT name FROM alarms")).toEqual([{ name: "of-a-later-release" }]);
	});

	test("of an object that was deleted are none, and nothing is made", async () => {
		const { tell, sql } = makeObject();
		expect(await tell({ do: "run", now: later })).toMatchObject({ error: null, ran: [], alarm: null });
		expect(await tell({ do: "rearm" })).toMatchObject({ error: null, alarm: null });
		expect(await tell({ do: "clear", name: "a" })).toMatchObject({ error: null, alarm: null });
		expect(await sql("SELECT name FROM sqlite_master WHERE name = 'alarms'")).toEqual([]);
	});
});
