// "Every account has its own tenant; each row carries an immutable owner"
import { beforeAll, describe, expect, it } from "vitest";
import { Region } from "#schema/region.ts";
import {
	buildApp,
	databaseOf,
	ownerOf,
	ownerRows,
	type Person,
	rowsOf,
	shards,
	signUp,
	succeed,
	tenantTablesOf,
} from "../support/promise-client.ts";

/** The context of a write, the region's pin and the list of migrations say nothing of anybody. */
const withoutOwner = ["d1_migrations", "region_pin", "rls_ctx", "schema_migrations"];

describe.each(Region.options)("in %s", (region) => {
	let people: Person[];
	let owners: { ownerId: string; shard: string }[];
	beforeAll(async () => {
		people = await Promise.all(["Ada", "Bob", "Cleo"].map((name) => signUp(region, name)));
		owners = await Promise.all(
			people.map(async (person) => ownerOf(region, (await buildApp(person, "An inventory")).appId)),
		);
	});

	it("every account has a tenant of its own", async () => {
		expect(new Set(owners.map(({ ownerId }) => ownerId)).size).toBe(people.length);
		for (const { ownerId, shard } of owners) {
			expect(ownerId).toMatch(/^own_[0-9a-f]{32}$/);
			for (const table of ["t_workspace", "t_balance"]) {
				const rows = await rowsOf(region, shard, `SELECT owner_id FROM ${table} WHERE owner_id = ?`, ownerId);
				expect(rows, table).toEqual([[ownerId]]);
			}
			const accounts = await rowsOf(region, "DIRECTORY", "SELECT id FROM accounts WHERE owner_id = ?", ownerId);
			expect(accounts).toHaveLength(1);
			// what one person did stands in one tenant, on one shard
			expect((await ownerRows(region, ownerId)).length).toBeGreaterThan(4);
			for (const other of shards.filter((name) => name !== shard)) {
				expect(await rowsOf(region, other, "SELECT 1 FROM t_apps WHERE owner_id = ?", ownerId)).toEqual([]);
			}
		}
		for (const person of people) {
			const { apps } = succeed(await person.call("/api/apps"), 200);
			expect(apps).toHaveLength(1);
			expect(apps[0]).toMatchObject({ role: "owner" });
		}
	});

	it.each(shards)("each table of %s has an owner, and each row names one", async (shard) => {
		const all = await rowsOf(
			region,
			shard,
			"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'",
		);
		const tables = all.map(([name]) => String(name)).filter((name) => !withoutOwner.includes(name));
		expect(tables.sort()).toEqual(await tenantTablesOf(region, shard));
		for (const table of tables) {
			const unnamed = await rowsOf(
				region,
				shard,
				`SELECT count(*) FROM ${table} WHERE owner_id NOT LIKE 'own\\__%' ESCAPE '\\'`,
			);
			expect(unnamed, table).toEqual([[0]]);
		}
	});

	it("the owner of a row cannot be changed, not even by who writes SQL to the database", async () => {
		const [first, second] = owners;
		if (!first || !second) throw new Error("nobody signed up");
		const db = databaseOf(region, first.shard);
		let tried = 0;
		for (const table of await tenantTablesOf(region, first.shard)) {
			const [has] = await rowsOf(
				region,
				first.shard,
				`SELECT count(*) FROM ${table} WHERE owner_id = ?`,
				first.ownerId,
			);
			if (has?.[0] === 0) continue;
			tried++;
			const change = db
				.prepare(`UPDATE ${table} SET owner_id = ? WHERE owner_id = ?`)
				.bind(second.ownerId, first.ownerId);
			// with nobody's context, with that of the owner, and with that of who would gain the row
			await expect(db.batch([change]), table).rejects.toThrow(/freehold: guard/);
			for (const { ownerId } of [first, second]) {
				const context = db.prepare("INSERT INTO rls_ctx VALUES (1, ?, NULL, NULL, 1, 1)").bind(ownerId);
				await expect(db.batch([context, change]), table).rejects.toThrow(/freehold: guard/);
			}
		}
		expect(tried).toBeGreaterThan(5);
	});
});
