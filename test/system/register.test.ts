// A filled installation against the register: every table and its columns, every kind of object, key and file that lies there is
// declared, what is declared sealed is sealed, and after an app was deleted nothing that is declared as an app's is left of it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RegisterEntry, register } from "#db/register.ts";
import { logFields } from "#lib/log.ts";
import { configVersion } from "../../sandbox-host/config-document.ts";
import { reportFigures } from "../support/figures.ts";
import { type FilledInstallation, fillInstallation, region } from "../support/filled-installation.ts";
import { readStored, type Stored } from "../support/stored.ts";
import { isSealed } from "./walls/sealed-places.ts";

let filled: FilledInstallation;
let before: Stored[];
beforeAll(async () => {
	filled = await fillInstallation();
	before = readStored(filled.host.stateFolder);
}, 240_000);
afterAll(() => filled?.close());

/** The declaration that a table, key or file falls under. */
function entryOf({ store, name }: Stored): RegisterEntry | undefined {
	const parts = name.split("/");
	const part: Partial<Record<RegisterEntry["store"], string | undefined>> = {
		CONTENT: parts[2],
		APPS: parts[0],
		KEYS: parts[0] === "keys" ? parts[2] : parts[0],
		BuildSession: parts[0],
		folder: name.split(/[.-]/)[0],
	};
	return register.find((one) => one.store === store && (one.name === name || one.name === part[one.store]));
}

/** What is not declared, one line each. */
function undeclared(stored: readonly Stored[]): string[] {
	const lines = stored.flatMap((one) => {
		if (one.store === null) return [`in no store: ${one.place}, ${one.name}`];
		const entry = entryOf(one);
		if (!entry) return [`${one.store}: ${one.name}`];
		const columns = [...(one.columns ?? [])].sort().join();
		return one.columns && columns !== [...(entry.columns ?? [])].sort().join()
			? [`${one.store}: the columns of ${one.name} are ${columns}`]
			: [];
	});
	return [...new Set(lines)].sort();
}

it("declares everything that lies in a filled installation, and something lies in every place that is declared", () => {
	expect(undeclared(before)).toEqual([]);
	const filledEntries = new Set(before.filter(({ rows }) => rows?.length !== 0).map(entryOf));
	// while a build runs; while something is under way; of an app with thousands of files; nothing in the product shreds yet;
	// inside a transaction; and what is no store
	const may =
		/^(BuildSession (attempts|work)|CONTENT (checkpoint|manifest)|KEYS shredded|TENANTS rls_ctx|log lines|mail mails)$/;
	const empty = register.filter((entry) => !filledEntries.has(entry)).map(({ store, name }) => `${store} ${name}`);
	expect(empty.filter((name) => !may.test(name))).toEqual([]);
	reportFigures("register", {
		entries: register.length,
		"tables walked": before.filter(({ columns }) => columns).length,
		"keys and files": before.filter(({ columns }) => !columns).length,
	});
});

it("what is declared sealed is sealed, and nothing else looks as if it were", () => {
	const wrong = before.flatMap((one) => {
		const sealed = new Set(entryOf(one)?.sealed);
		return (one.rows ?? []).flatMap((row) =>
			Object.entries(row).flatMap(([column, value]) =>
				value !== null && isSealed(value) !== sealed.has(column) ? [`${one.name}.${column}`] : [],
			),
		);
	});
	expect([...new Set(wrong)]).toEqual([]);
});

it("every line of the Workers' logs has only fields that the register names", () => {
	const lines = filled.host.logs.filter((line) => line.startsWith('{"event"')).map((line) => JSON.parse(line));
	expect(lines.length).toBeGreaterThan(0);
	expect(lines.flatMap((line) => Object.keys(line)).filter((field) => !logFields.includes(field))).toEqual([]);
});

describe("after an app was deleted", () => {
	/** Every id by which anything could name the app: its own, its host names', and those of its rows. */
	function marksOf(appId: string): string[] {
		const own = before.flatMap(({ rows = [], name }) =>
			rows.filter((row) => row["app_id"] === appId || (name === "t_apps" && row["id"] === appId)),
		);
		return [...new Set(own.flatMap((row) => [appId, row["id"], row["label"], row["token_hash"]]))].filter(
			(mark): mark is string => typeof mark === "string",
		);
	}
	const says = (one: unknown, marks: readonly string[]) => {
		const text = JSON.stringify(one);
		return marks.some((mark) => text.includes(mark));
	};
	/** A row of a table, or a key. */
	type Left = Omit<Stored, "rows" | "columns"> & { row?: Record<string, unknown> };
	/** Rows and keys that are declared to go with an app, each as one text. */
	const ofApps = (stored: readonly Stored[]) =>
		stored
			.filter((one) => entryOf(one)?.erasedWith === "app")
			.flatMap(({ rows, columns, ...one }) =>
				columns ? (rows ?? []).map((row): Left => ({ ...one, row })) : [one as Left],
			);

	it("nothing that is declared as an app's is left of it, and everything of other apps is", async () => {
		const { owner, full, host } = filled;
		const marks = marksOf(full);
		expect(marks.length).toBeGreaterThan(15);
		expect((await owner.call(`/api/apps/${full}`, { method: "DELETE" })).status).toBe(204);
		const after = ofApps(readStored(host.stateFolder));
		const left = after.filter((one) => says(one, marks));
		// of an origin only that its name was used
		const labels = before.flatMap(({ name, rows = [] }) =>
			name === "labels" ? rows.filter((row) => row["app_id"] === full).map((row) => row["label"]) : [],
		);
		expect(labels).toHaveLength(2);
		const retired = labels.map((label) => JSON.stringify({ version: configVersion, state: "retired", label })).sort();
		expect(left.map((one) => (one.name === "config" ? one.row?.["json"] : one)).sort()).toEqual(retired);
		// not all that its objects held named it by an id: nothing else of them is there either
		const isObject = ({ store }: Stored) => store === "AppRuntime" || store === "BuildSession";
		const places = new Set(before.filter((one) => isObject(one) && says(one, marks)).map(({ place }) => place));
		expect(places.size).toBe(3);
		expect(after.filter(({ place }) => places.has(place))).toEqual(left);

		// what time alone takes may have gone meanwhile
		const stays = (one: { place: string; name: string }) =>
			!says(one, marks) && !places.has(one.place) && one.name !== "codes" && one.name !== "alarms";
		const texts = (all: readonly { place: string; name: string }[]) =>
			all
				.filter(stays)
				.map((one) => JSON.stringify(one))
				.sort();
		const others = texts(ofApps(before));
		expect(texts(after)).toEqual(others);
		expect(others.length).toBeGreaterThan(30);
	});
});

it("notices a table, a column, a kind of object, a key and a class that nobody declared", async () => {
	const { host, ownerId, other } = filled;
	const studio = `freehold-studio-${region}`;
	const directory = await host.runtime.getD1Database("DIRECTORY", studio);
	await directory.prepare("CREATE TABLE later (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID").run();
	await directory.prepare("ALTER TABLE links ADD COLUMN later TEXT").run();
	await (await host.runtime.getR2Bucket("CONTENT", studio)).put(`${ownerId}/${other}/later/x`, "x");
	await (await host.runtime.getR2Bucket("KEYS", `freehold-vault-${region}`)).put(`keys/${ownerId}/later/1`, "x");
	for (const place of [`do/${studio}-Uses`, "queues"])
		mkdirSync(join(host.stateFolder, "stores", place), { recursive: true });
	const object = new DatabaseSync(join(host.stateFolder, "stores", `do/${studio}-Uses`, "1.sqlite"));
	object.exec("CREATE TABLE counts (k INTEGER)");
	object.close();
	const found = undeclared(readStored(host.stateFolder));
	expect(found).toEqual([
		`CONTENT: ${ownerId}/${other}/later/x`,
		"DIRECTORY: later",
		"DIRECTORY: the columns of links are app_id,created_at,expires_at,id,later,owner_id,revoked_at,token_hash",
		`KEYS: keys/${ownerId}/later/1`,
		"in no store: freehold-studio-us-east-Uses/1.sqlite, counts",
		"in no store: stores/queues, queues",
	]);
});
