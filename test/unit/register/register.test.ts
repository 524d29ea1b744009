// The register as it is declared: docs/storage.md is what it makes, each store says what deleting an app does there, and a table
// that does not say what it holds does not compile.
import { readFileSync } from "node:fs";
import { integer, text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { directoryTable } from "#db/directory/directory-table.ts";
import { register } from "#db/register.ts";
import { tenantTable } from "#db/tables/tenant-table.ts";
import { type StoreName, stores } from "#schema/register/stores.ts";
import { eraseSteps } from "#studio/repair/erase.ts";
import { storageDocument, storageFile } from "../../../scripts/write-storage.ts";

test("docs/storage.md is what the register makes: run node scripts/write-storage.ts", () => {
	expect(readFileSync(storageFile, "utf8")).toBe(storageDocument());
});

test("every entry says in words what it holds and for how long, and no two have one name", () => {
	for (const { name, holds, kept } of register) {
		expect(holds, name).toMatch(/^[A-Z].{15,}[^.]$/);
		expect(kept.length, name).toBeGreaterThan(7);
	}
	expect(new Set(register.map(({ store, name }) => `${store} ${name}`)).size).toBe(register.length);
	expect(new Set(register.map(({ store }) => store))).toEqual(new Set(Object.keys(stores)));
});

test("deleting an app does something in every store where something goes with an app, and in no other", () => {
	const concerned = new Set(register.filter(({ erasedWith }) => erasedWith === "app").map(({ store }) => store));
	for (const [store, step] of Object.entries(eraseSteps)) {
		// a step may be another store's
		const does = typeof step === "string" ? eraseSteps[step as StoreName] : step;
		expect(typeof does === "function", store).toBe(concerned.has(store as StoreName));
	}
});

test("what is an app's goes with it, but for its host names, which are never given out again", () => {
	const stays = register.filter(({ whose, erasedWith }) => whose === "app" && erasedWith !== "app");
	expect(stays.map(({ store, name }) => `${store} ${name}`)).toEqual(["DIRECTORY labels", "APPS manifests"]);
});

test("a table that does not say what it holds does not compile", () => {
	const own = { name: "notes", width: "tenant", columns: { id: text("id").notNull() }, primaryKey: ["id"] } as const;
	// @ts-expect-error: a tenant's table without its holding
	tenantTable(own);
	const holding = { holds: "Notes", dataClass: "content", exported: "archive", kept: "for good" } as const;
	// @ts-expect-error: a sealed column that the table does not have
	tenantTable({ ...own, holding: { ...holding, sealed: ["title"] } });
	const columns = { id: text("id").notNull(), at: integer("at").notNull() };
	// @ts-expect-error: a table of the directory without its holding
	expect(() => directoryTable({ name: "notes", columns, primaryKey: ["id"] })).toThrow();
});

test("a table of the directory that goes with an app has the columns by which its rows are found", () => {
	const holding = {
		holds: "Notes",
		whose: "app",
		dataClass: "content",
		exported: "no",
		erasedWith: "app",
		kept: "",
	} as const;
	const columns = { id: text("id").notNull(), appId: text("app_id").notNull() };
	expect(() => directoryTable({ name: "notes", columns, primaryKey: ["id"], holding })).toThrow(/ownerId/);
});
