// Deletions in the directory, of every table that is declared: rows are made from the declarations, so a table that is added is
// looked at too. An app's deletion takes that app's rows, a tenant's takes the tenant's and the account's, time takes what expired.
import { getTableConfig, type SQLiteColumn } from "drizzle-orm/sqlite-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { directoryTables } from "#db/directory/all.ts";
import type { DirectoryDeclared } from "#db/directory/directory-table.ts";
import { deleteExpiredEntries, eraseAppEntries, eraseTenantEntries } from "#db/directory/erase.ts";
import type { Directory } from "#db/directory/handle.ts";
import { type AccountId, type AppId, makeId, type OwnerId } from "#schema/ids.ts";
import { type Databases, makeDirectory, startDatabases } from "./databases.ts";

let databases: Databases;
let directory: Directory;
const now = Date.UTC(2026, 10, 21);
const dayMs = 86_400_000;
beforeAll(async () => {
	databases = await startDatabases();
	directory = await makeDirectory(databases.directory, () => now);
});
afterAll(() => databases.dispose());

interface Holder {
	ownerId: OwnerId;
	accountId: AccountId;
	appId: AppId | "";
}

let made = 0;
/** One row of a table, whose it says; `at` is the value of the column by which it expires. */
async function insert({ table, holding }: DirectoryDeclared, holder: Holder, at: number | null = now + dayMs) {
	const { name, columns } = getTableConfig(table);
	const values = columns.map((column) => madeValue(column, holder, name === "accounts" && column.name === "id"));
	const expires = columns.findIndex((column) => nameInCode(table, column) === holding.expires?.at);
	if (expires >= 0) values[expires] = at;
	await databases.directory
		.prepare(`INSERT INTO ${name} (${columns.map((one) => one.name).join()}) VALUES (${columns.map(() => "?").join()})`)
		.bind(...values)
		.run();
}

function madeValue(
	column: SQLiteColumn,
	{ ownerId, accountId, appId }: Holder,
	isAccount: boolean,
): string | number | null {
	const given: Record<string, string> = { owner_id: ownerId, account_id: accountId, app_id: appId };
	if (isAccount) return accountId;
	if (column.name in given) return given[column.name] ?? "";
	if (column.enumValues?.[0]) return column.enumValues[0];
	return column.getSQLType() === "integer" ? 1 : `value ${++made}`;
}

const nameInCode = (table: object, column: SQLiteColumn) =>
	Object.entries(table).find(([, value]) => value === column)?.[0];

/** Tables, by name, in which a row says one of these. */
async function tablesWith(...ids: string[]): Promise<string[]> {
	const found: string[] = [];
	for (const { table } of directoryTables) {
		const { name } = getTableConfig(table);
		const { results } = await databases.directory.prepare(`SELECT * FROM ${name}`).all();
		if (results.some((row) => Object.values(row).some((value) => ids.includes(String(value))))) found.push(name);
	}
	return found.sort();
}

const namesOf = (fits: (declared: DirectoryDeclared) => boolean): string[] =>
	directoryTables
		.filter(fits)
		.map(({ table }) => getTableConfig(table).name)
		.sort();
const hasColumn = (name: string) => (declared: DirectoryDeclared) =>
	getTableConfig(declared.table).columns.some((column) => column.name === name);
const isErasedWith =
	(...by: string[]) =>
	({ holding }: DirectoryDeclared) =>
		by.includes(holding.erasedWith);

test("an app's rows go, in every table that declares it; those of other apps and tenants stay", async () => {
	const [ada, bob] = [makeTenant(), makeTenant()];
	const [deleted, kept] = [makeId("app"), makeId("app")];
	const perApp = directoryTables.filter(hasColumn("app_id"));
	for (const declared of perApp) {
		await insert(declared, { ...ada, appId: deleted });
		await insert(declared, { ...ada, appId: kept });
	}
	const foreign = makeId("app");
	for (const declared of perApp) await insert(declared, { ...bob, appId: foreign });
	await eraseAppEntries(directory, bob.ownerId, deleted);
	expect(await tablesWith(deleted), "another tenant's deletion takes nothing").toEqual(namesOf(hasColumn("app_id")));
	await eraseAppEntries(directory, ada.ownerId, deleted);
	const stays = (declared: DirectoryDeclared) => hasColumn("app_id")(declared) && !isErasedWith("app")(declared);
	expect(await tablesWith(deleted)).toEqual(namesOf(stays));
	expect(await tablesWith(kept)).toEqual(namesOf(hasColumn("app_id")));
	expect(await tablesWith(foreign)).toEqual(namesOf(hasColumn("app_id")));
});

test("a tenant's rows go, and what others granted its account; everything of others stays", async () => {
	const [ada, bob] = [makeTenant(), makeTenant()];
	for (const declared of directoryTables) {
		await insert(declared, { ...ada, appId: makeId("app") });
		await insert(declared, { ...bob, appId: makeId("app") });
	}
	const grants = directoryTables.find(({ table }) => getTableConfig(table).name === "grants");
	if (!grants) throw new Error("there are no grants");
	// for the whole workspace, and from somebody else to Ada
	await insert(grants, { ...ada, accountId: makeId("account"), appId: "" });
	await insert(grants, { ...bob, accountId: ada.accountId, appId: makeId("app") });
	const ofBob = await tablesWith(bob.ownerId, bob.accountId);
	expect(ofBob).toEqual(namesOf((one) => hasColumn("owner_id")(one) || hasColumn("account_id")(one)));

	// as when an account is closed: its apps have labels, by which their rows are found
	for (const { app_id } of await appsOf(ada.ownerId)) {
		await databases.directory
			.prepare(
				"INSERT INTO labels (label, owner_id, app_id, kind, state, created_at) VALUES (?, ?, ?, 'live', 'retired', 1)",
			)
			.bind(`label-${app_id}`, ada.ownerId, app_id)
			.run();
	}
	await eraseTenantEntries(directory, ada);
	expect(await tablesWith(ada.ownerId, ada.accountId)).toEqual(
		namesOf(
			(one) => isErasedWith("never", "time")(one) && (hasColumn("owner_id")(one) || hasColumn("account_id")(one)),
		),
	);
	expect(await tablesWith(bob.ownerId, bob.accountId)).toEqual(ofBob);
});

test("what has expired goes, when it declares that it does, and nothing else", async () => {
	const holder = { ...makeTenant(), appId: makeId("app") };
	for (const declared of directoryTables) {
		const { expires } = declared.holding;
		if (!expires) continue;
		const { name } = getTableConfig(declared.table);
		await databases.directory.prepare(`DELETE FROM ${name}`).run();
		const lateBy = (expires.afterDays ?? 0) * dayMs;
		for (const at of [now - lateBy, now - lateBy - dayMs]) await insert(declared, { ...holder, ...makeTenant() }, at);
		await insert(declared, { ...holder, ...makeTenant() }, now - lateBy + 1);
		if (name === "reports") await insert(declared, holder, null);
	}
	const before = await counts();
	await deleteExpiredEntries(directory);
	const after = await counts();
	const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
	expect(changed.sort()).toEqual(namesOf(({ holding }) => holding.expires !== undefined));
	expect(changed.map((name) => [name, after[name]])).toEqual(changed.map((name) => [name, name === "reports" ? 2 : 1]));
	expect(changed.length).toBeGreaterThanOrEqual(5);
});

async function counts(): Promise<Record<string, number>> {
	const all: Record<string, number> = {};
	for (const { table } of directoryTables) {
		const { name } = getTableConfig(table);
		const row = await databases.directory.prepare(`SELECT count(*) AS n FROM ${name}`).first<{ n: number }>();
		all[name] = row?.n ?? 0;
	}
	return all;
}

async function appsOf(ownerId: OwnerId): Promise<{ app_id: string }[]> {
	const found: { app_id: string }[] = [];
	for (const declared of directoryTables.filter(isErasedWith("app"))) {
		const { name } = getTableConfig(declared.table);
		const sql = `SELECT app_id FROM ${name} WHERE owner_id = ? AND app_id <> ''`;
		found.push(...(await databases.directory.prepare(sql).bind(ownerId).all<{ app_id: string }>()).results);
	}
	return found;
}

const makeTenant = () => ({ ownerId: makeId("owner"), accountId: makeId("account") });
