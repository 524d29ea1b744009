// SQL from declarations: each table STRICT and WITHOUT ROWID, its view through the context, and its guards. Every refusal is a
// RAISE(ABORT) with a fixed text that errors.ts knows; the texts hold no name and no value.
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { inTeams } from "./team-sql.ts";
import type { TablePolicy, TeamPolicy } from "./tenant-table.ts";

export interface Declared {
	policy: TablePolicy;
	table: SQLiteTable;
}

/** One schema object, as it stands in sqlite_master. */
export interface SchemaObject {
	type: "table" | "view" | "trigger" | "index";
	name: string;
	sql: string;
}

/** The context of a write: at most one row, present only inside the batch that set it. */
export const contextObjects: SchemaObject[] = [
	{
		type: "table",
		name: "rls_ctx",
		sql: `CREATE TABLE rls_ctx (
	k INTEGER PRIMARY KEY CHECK (k = 1),
	owner_id TEXT NOT NULL,
	app_id TEXT,
	account_id TEXT,
	may_write INTEGER NOT NULL CHECK (may_write IN (0, 1)),
	is_erasing INTEGER NOT NULL CHECK (is_erasing IN (0, 1))
) STRICT`,
	},
];

/** Which region this database belongs to. It is written once and never changes. */
export const regionPinObjects: SchemaObject[] = [
	{
		type: "table",
		name: "region_pin",
		sql: `CREATE TABLE region_pin (
	k INTEGER NOT NULL PRIMARY KEY CHECK (k = 1),
	region TEXT NOT NULL CHECK (region IN ('us-east', 'eu-west'))
) STRICT, WITHOUT ROWID`,
	},
	...(["update", "delete"] as const).map(
		(verb): SchemaObject => ({
			type: "trigger",
			name: `region_pin_no_${verb}`,
			sql: `CREATE TRIGGER region_pin_no_${verb} BEFORE ${verb.toUpperCase()} ON region_pin
BEGIN
	SELECT RAISE(ABORT, 'freehold: guard');
END`,
		}),
	),
	{
		type: "trigger",
		name: "region_pin_once",
		// INSERT OR REPLACE deletes without firing a delete trigger, so a second insert is refused here.
		sql: `CREATE TRIGGER region_pin_once BEFORE INSERT ON region_pin
WHEN EXISTS (SELECT 1 FROM region_pin)
BEGIN
	SELECT RAISE(ABORT, 'freehold: guard');
END`,
	},
];

export function tenantObjects(declared: readonly Declared[]): SchemaObject[] {
	return declared.flatMap(({ policy, table }) => [
		tableObject(policy, table),
		...policy.indexes.map((columns) => indexObject(policy.base, columns)),
		viewObject(policy),
		...guardObjects(policy),
	]);
}

export function tableObject(
	policy: Pick<TablePolicy, "base" | "primaryKey" | "unique" | "foreignKeys" | "checks">,
	table: SQLiteTable,
): SchemaObject {
	const { columns } = getTableConfig(table);
	const known = new Set(columns.map((column) => column.name));
	for (const name of [policy.primaryKey, ...policy.unique, ...policy.foreignKeys.map((key) => key.columns)].flat()) {
		if (!known.has(name)) throw new Error(`${policy.base} has a key on a column it does not have: ${name}`);
	}
	const lines = [
		...columns.map(columnSql),
		`PRIMARY KEY (${policy.primaryKey.join(", ")})`,
		...policy.unique.map((key) => `UNIQUE (${key.join(", ")})`),
		...policy.foreignKeys.map(
			(key) => `FOREIGN KEY (${key.columns.join(", ")}) REFERENCES ${key.table} (${key.references.join(", ")})`,
		),
		...Object.entries(policy.checks).map(([name, check]) => `CONSTRAINT ${name} CHECK (${check})`),
	];
	const sql = `CREATE TABLE ${policy.base} (\n\t${lines.join(",\n\t")}\n) STRICT, WITHOUT ROWID`;
	return { type: "table", name: policy.base, sql };
}

export function indexObject(base: string, columns: readonly string[]): SchemaObject {
	const name = `${base}_by_${columns.filter((column) => column !== "owner_id").join("_")}`;
	return { type: "index", name, sql: `CREATE INDEX ${name} ON ${base} (${columns.join(", ")})` };
}

function columnSql(column: SQLiteColumn): string {
	const type = column.getSQLType().toUpperCase();
	const parts = [column.name, type];
	if (column.notNull) parts.push("NOT NULL");
	if (column.enumValues?.length) {
		parts.push(`CHECK (${column.name} IN (${column.enumValues.map((value) => `'${value}'`).join(", ")}))`);
	} else if (column.dataType === "boolean") {
		parts.push(`CHECK (${column.name} IN (0, 1))`);
	}
	return parts.join(" ");
}

/** Whether the context c admits a row of a table of teams, apart from its owner. */
function admitsTeam(team: TeamPolicy, row: "v" | "o" | "OLD" | "NEW"): string {
	return `c.app_id IS NULL AND (c.is_erasing = 1 OR ${inTeams(team, `${row}.${team.column}`, "c.owner_id", "c.account_id")})`;
}

function viewObject(policy: TablePolicy): SchemaObject {
	const app = policy.width === "app" ? `(c.app_id IS NULL OR v.${policy.appColumn} = c.app_id)` : "c.app_id IS NULL";
	const rest = policy.team ? admitsTeam(policy.team, "v") : app;
	return {
		type: "view",
		name: policy.name,
		sql: `CREATE VIEW ${policy.name} AS
SELECT v.* FROM ${policy.base} v JOIN rls_ctx c ON c.k = 1 AND v.owner_id = c.owner_id AND ${rest}`,
	};
}

function guardObjects(policy: TablePolicy): SchemaObject[] {
	const { base, appColumn, team } = policy;
	const admits = (row: "OLD" | "NEW") => {
		const app = policy.width === "app" ? `(c.app_id IS NULL OR c.app_id = ${row}.${appColumn})` : "c.app_id IS NULL";
		return `c.owner_id = ${row}.owner_id AND ${team ? admitsTeam(team, row) : app}`;
	};
	const context = (condition: string) =>
		`NOT EXISTS (SELECT 1 FROM rls_ctx c WHERE c.k = 1 AND c.may_write = 1 AND ${condition})`;
	const guard = (
		verb: "insert" | "update" | "delete",
		...refusals: [when: string, message: "guard" | "conflict"][]
	) => ({
		type: "trigger" as const,
		name: `${base}_${verb}`,
		sql: `CREATE TRIGGER ${base}_${verb} BEFORE ${verb.toUpperCase()} ON ${base}
BEGIN
${refusals.map(([when, message]) => `\tSELECT RAISE(ABORT, 'freehold: ${message}') WHERE ${when};`).join("\n")}
END`,
	});

	const existing = (key: readonly string[], rest = "") =>
		`EXISTS (SELECT 1 FROM ${base} o WHERE ${key.map((column) => `o.${column} = NEW.${column}`).join(" AND ")}${rest})`;
	const inserts: [string, "guard" | "conflict"][] = [[context(admits("NEW")), "guard"]];
	// INSERT OR REPLACE deletes the old row without firing the delete guard (recursive_triggers is off): it must not reach
	// another app's row or another team's, nor rewrite one that is kept.
	if (policy.keeps) {
		for (const key of [policy.primaryKey, ...policy.unique]) inserts.push([existing(key), "conflict"]);
	} else if (policy.width === "app" && appColumn !== "id") {
		inserts.push([existing(policy.primaryKey, ` AND o.${appColumn} IS NOT NEW.${appColumn}`), "guard"]);
	} else if (team) {
		const isSeen = `EXISTS (SELECT 1 FROM rls_ctx c WHERE c.k = 1 AND ${admitsTeam(team, "o")})`;
		inserts.push([existing(policy.primaryKey, ` AND NOT ${isSeen}`), "guard"]);
	}

	const fixed = [...new Set([...policy.primaryKey, ...(policy.width === "app" ? [appColumn] : [])])];
	const changed = fixed.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(" OR ");
	const updates: [string, "guard" | "conflict"][] = policy.keeps
		? [["1", "guard"]]
		: [
				[context(`${admits("OLD")} AND ${admits("NEW")}`), "guard"],
				[changed, "guard"],
			];

	const deletes: [string, "guard" | "conflict"][] = [
		[context(policy.keeps === "ledger" ? `c.is_erasing = 1 AND ${admits("OLD")}` : admits("OLD")), "guard"],
	];
	return [guard("insert", ...inserts), guard("update", ...updates), guard("delete", ...deletes)];
}
