// Upgrades: a database filled under the first release keeps every row and every guard through what later releases may do to it;
// and a table that is rebuilt, the one way to change it for good, cannot lose what makes it safe without the lint saying so.
import type { D1Database } from "@cloudflare/workers-types";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createAccount, findAccountByEmail } from "#db/directory/accounts.ts";
import { deleteExpiredEntries } from "#db/directory/erase.ts";
import { createInvitation, listInvitations } from "#db/directory/invitations.ts";
import { applyMigrations, type Migration, readMigrations } from "#db/migrations/apply.ts";
import { lintSchema } from "#db/migrations/lint.ts";
import { expectedObjects } from "#db/migrations/schema.ts";
import { recordApproval } from "#db/stores/approvals.ts";
import { createApp } from "#db/stores/apps.ts";
import { completeBuild, queueBuild } from "#db/stores/builds.ts";
import { getBalance, grantCredits, pageLedger } from "#db/stores/credits.ts";
import { addDisclosure } from "#db/stores/disclosures.ts";
import { addMessage } from "#db/stores/messages.ts";
import { addReference } from "#db/stores/references.ts";
import { createTeam, joinTeam } from "#db/stores/teams.ts";
import { createWorkspace } from "#db/stores/workspace.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { makeId, makeLabel } from "#schema/ids.ts";
import { type Databases, makeDirectory, makeTenant, startDatabases, type Tenant } from "../db/databases.ts";

let databases: Databases;
let db: D1Database;
const released = readMigrations("tenants");
beforeAll(async () => {
	databases = await startDatabases();
	db = databases.spare;
});
afterAll(() => databases?.dispose());

beforeEach(async () => {
	await emptyDatabase();
	await applyMigrations(db, "tenants", released);
});

async function emptyDatabase(): Promise<void> {
	const order = "CASE type WHEN 'trigger' THEN 0 WHEN 'view' THEN 1 ELSE 2 END, rowid DESC";
	const { results } = await db
		.prepare(
			`SELECT type, name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY ${order}`,
		)
		.all<{ type: string; name: string }>();
	for (const { type, name } of results) await db.prepare(`DROP ${type} "${name}"`).run();
}

/** A row of every table, by the stores. */
async function fillTenant(): Promise<Tenant> {
	const tenant = await makeTenant(db);
	const { scope } = tenant;
	await createWorkspace(scope, { name: "Ada's", plan: "free", credits: 50 });
	const { id: appId } = await createApp(scope, { name: "Plants", description: "", previewLabel: makeLabel() });
	const prompt = { appId, actorId: makeId("account"), prompt: "plants", offerId: null, parentVersionId: null };
	const { id: buildId } = await queueBuild(scope, { ...prompt, credits: 5 });
	const version = { appId, parentId: null, packKey: "k", message: "m", origin: "build" as const, sizeBytes: 1 };
	await completeBuild(scope, buildId, { ...version, manifest: { json: "{}" } }, 1);
	await addMessage(scope, { appId, buildId, role: "assistant", body: "Here" });
	const file = { appId, name: "a.csv", contentType: "text/csv", sizeBytes: 1, contentKey: "k", profile: null };
	await addReference(scope, file);
	const sent = { appId, buildId, provider: "p", model: "m", destination: "d", region: null, sizeBytes: 1 };
	await addDisclosure(scope, { ...sent, contentKey: "k", purpose: "build", retention: "none" });
	await recordApproval(scope, { provider: "p", destination: "d", approvedBy: makeId("account") });
	await joinTeam(scope, (await createTeam(scope, "Finance")).id, makeId("account"));
	return tenant;
}

async function rowsOf(columns: Record<string, string[]>): Promise<Record<string, unknown[][]>> {
	const rows: Record<string, unknown[][]> = {};
	for (const [base, names] of Object.entries(columns)) {
		rows[base] = (await db.prepare(`SELECT ${names.join(", ")} FROM ${base} ORDER BY 1, 2`).raw()) as unknown[][];
	}
	return rows;
}

async function columnsNow(): Promise<Record<string, string[]>> {
	const columns: Record<string, string[]> = {};
	for (const { base } of tenantPolicies.values()) {
		const { results } = await db.prepare(`SELECT name FROM pragma_table_info('${base}')`).all<{ name: string }>();
		columns[base] = results.map(({ name }) => name);
	}
	return columns;
}

const objectSql = (name: string) => expectedObjects("tenants").find((object) => object.name === name)?.sql ?? "";
const objectsOf = (base: string, kind: "index" | "trigger") =>
	expectedObjects("tenants")
		.filter((object) => object.type === kind && object.name.startsWith(`${base}_`))
		.map(({ sql }) => sql);

/** Copies a table into a new one of `change`d shape and puts everything around it back, but what is `left` out. */
function rebuild(base: string, change: (sql: string) => string = (sql) => sql, left: RegExp = /^$/): Migration {
	const name = base.slice(2);
	const around = [...objectsOf(base, "index"), objectSql(name), ...objectsOf(base, "trigger")];
	const statements = [
		`DROP VIEW ${name}`,
		change(objectSql(base)).replace(base, `${base}_new`),
		`INSERT INTO ${base}_new SELECT * FROM ${base}`,
		...["insert", "update", "delete"].map((verb) => `DROP TRIGGER ${base}_${verb}`),
		`DROP TABLE ${base}`,
		`ALTER TABLE ${base}_new RENAME TO ${base}`,
		...around.filter((sql) => !left.test(sql)),
	];
	return { name: "0900_rebuild.sql", sql: `${statements.join(";\n")};\n` };
}

const columnAndBackfill: Migration = {
	name: "0901_colour.sql",
	sql: `ALTER TABLE t_apps ADD COLUMN colour TEXT;
DROP TRIGGER t_apps_update;
UPDATE t_apps SET colour = 'green';
${objectSql("t_apps_update")};`,
};

test("a filled directory of the first release keeps every row, and what expired goes with the next sweep", async () => {
	await emptyDatabase();
	const [first, ...later] = readMigrations("directory");
	if (!first) throw new Error("no migration");
	// as it was left by the first release, which this one's lint no longer accepts
	await expect(applyMigrations(db, "directory", [first])).rejects.toThrow("missing: index invitations_by_expires_at");
	let at = Date.UTC(2026, 10, 21);
	const directory = await makeDirectory(db, () => ++at);
	const { id, ownerId } = await createAccount(directory, { email: "ada@example.org", name: "Ada" });
	const invitation = { ownerId, appId: null, role: "viewer" as const, email: "eva@example.org", invitedBy: id };
	await createInvitation(directory, { ...invitation, expiresAt: at + 1000, token: "a".repeat(43) });
	await createInvitation(directory, {
		...invitation,
		email: "eve@example.org",
		expiresAt: at + 1_000_000,
		token: "b".repeat(43),
	});

	expect(await applyMigrations(db, "directory")).toEqual(later.map(({ name }) => name));
	expect(await findAccountByEmail(directory, "ada@example.org")).toMatchObject({ id, name: "Ada" });
	expect(await listInvitations(directory, ownerId, null)).toHaveLength(2);
	at += 10_000;
	await deleteExpiredEntries(directory);
	expect(await db.prepare("SELECT count(*) FROM invitations").raw()).toEqual([[1]]);
});

test("a filled database of the first release keeps every row, and takes new ones", async () => {
	await emptyDatabase();
	const [first, ...later] = released;
	if (!first) throw new Error("no migration");
	// as it was left by the first release, which this one's lint no longer accepts
	await expect(applyMigrations(db, "tenants", [first])).rejects.toThrow("missing: table t_teams");
	const { ownerId, scope } = await makeTenant(db);
	await db.batch([
		db
			.prepare("INSERT INTO rls_ctx (k, owner_id, app_id, may_write, is_erasing) VALUES (1, ?, NULL, 1, 0)")
			.bind(ownerId),
		db.prepare("INSERT INTO t_balance (owner_id, credits) VALUES (?, 7)").bind(ownerId),
		db
			.prepare("INSERT INTO t_ledger (owner_id, id, kind, delta, build_id, note, at) VALUES (?, ?, ?, 7, NULL, ?, 1)")
			.bind(ownerId, makeId("ledger"), "grant", "old"),
		db.prepare("DELETE FROM rls_ctx"),
	]);
	expect(await applyMigrations(db, "tenants")).toEqual(later.map(({ name }) => name));
	expect(await getBalance(scope)).toBe(7);
	expect(await grantCredits(scope, 5, "new")).toBe(true);
	expect((await pageLedger(scope)).items.map(({ note }) => note)).toEqual(["new", "old"]);
});

test("a filled database keeps every row and every guard through later migrations", async () => {
	const [ada, bob] = [await fillTenant(), await fillTenant()];
	const columns = await columnsNow();
	const before = await rowsOf(columns);
	for (const [base, rows] of Object.entries(before)) expect(rows.length, base).toBeGreaterThanOrEqual(2);

	const later = [...released, rebuild("t_messages"), columnAndBackfill];
	expect(await applyMigrations(db, "tenants", later)).toHaveLength(later.length - released.length);

	expect(await rowsOf(columns)).toEqual(before);
	expect(await lintSchema(db, "tenants")).toEqual([]);
	for (const { base, name } of tenantPolicies.values()) {
		expect((await db.prepare(`SELECT * FROM ${name}`).all()).results, name).toEqual([]);
		await expect(db.prepare(`DELETE FROM ${base}`).run(), base).rejects.toThrow(/freehold: guard/);
		await expect(db.prepare(`UPDATE ${base} SET owner_id = owner_id`).run(), base).rejects.toThrow(/freehold: guard/);
		const again = db.prepare(`INSERT INTO ${base} SELECT * FROM ${base}`).run();
		await expect(again, base).rejects.toThrow(/freehold: (guard|conflict)/);
	}
	expect(ada.ownerId).not.toBe(bob.ownerId);
});

const without = (part: string | RegExp) => (sql: string) => {
	const changed = sql.replace(part, "");
	if (changed === sql) throw new Error(`nothing of ${part} to leave out`);
	return changed;
};

const losses: [what: string, finding: string, migration: Migration][] = [
	["STRICT", "not STRICT: t_messages", rebuild("t_messages", without("STRICT, "))],
	["WITHOUT ROWID", "not WITHOUT ROWID: t_messages", rebuild("t_messages", without(", WITHOUT ROWID"))],
	["the owner's NOT NULL", "changed: table t_messages", rebuild("t_messages", without(/(?<=owner_id TEXT) NOT NULL/))],
	[
		"NO ACTION: it cascades into children",
		"cascades: t_messages",
		rebuild("t_messages", (sql) => sql.replaceAll("REFERENCES t_apps (owner_id, id)", "$& ON DELETE CASCADE")),
	],
	[
		"a foreign key",
		"changed: table t_messages",
		rebuild("t_messages", without(/,\n\tFOREIGN KEY \(owner_id, app_id\).*\)/)),
	],
	["a guard", "missing: trigger t_messages_delete", rebuild("t_messages", undefined, /TRIGGER t_messages_delete/)],
	["its view", "missing: view messages", rebuild("t_messages", undefined, /CREATE VIEW/)],
	["an index", "missing: index t_messages_by_build_id", rebuild("t_messages", undefined, /by_build_id/)],
	["a column's CHECK", "changed: table t_messages", rebuild("t_messages", without(/ CHECK \(role IN .*\)/))],
	["the CHECK of a balance", "changed: table t_balance", rebuild("t_balance", without(/,\n\tCONSTRAINT credits.*\)/))],
	["the key that settles once", "changed: table t_ledger", rebuild("t_ledger", without(/,\n\tUNIQUE .*\)/))],
];
test.each(losses)("a rebuilt table that loses %s fails the lint", async (_what, finding, migration) => {
	const applying = applyMigrations(db, "tenants", [...readMigrations("tenants"), migration]);
	await expect(applying).rejects.toThrow(finding);
});

test.each(["t_messages", "t_balance", "t_ledger", "t_disclosures"])(
	"a rebuilt %s that loses nothing passes",
	async (base) => {
		await applyMigrations(db, "tenants", [...readMigrations("tenants"), rebuild(base)]);
	},
);
