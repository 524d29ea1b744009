// Eight tenant tables of every shape that a declaration allows, for the oracles: all widths, a table that is its own app,
// children and grandchildren, unique keys, a CHECK, rows that are frozen and rows that are kept for good, a membership and what
// belongs to its teams.
import { integer, text } from "drizzle-orm/sqlite-core";
import type { Declared } from "#db/rls/sql.ts";
import { type TablePolicy, tenantTable } from "#db/rls/tenant-table.ts";

const id = () => text("id").notNull();
const appId = () => text("app_id").notNull();
const said = () => ({ title: text("title").notNull(), n: integer("n") });
const toBoard = { columns: ["app_id"], table: "boards", references: ["id"] } as const;

export const oracleTables = [
	tenantTable({ name: "boards", width: "app", appColumn: "id", columns: { id: id(), ...said() }, primaryKey: ["id"] }),
	tenantTable({
		name: "cards",
		width: "app",
		columns: { id: id(), appId: appId(), ...said() },
		primaryKey: ["id"],
		unique: [["app_id", "n"]],
		foreignKeys: [toBoard],
	}),
	tenantTable({
		name: "tags",
		width: "app",
		columns: { id: id(), appId: appId(), cardId: text("card_id"), ...said() },
		primaryKey: ["id"],
		indexes: [["card_id"]],
		foreignKeys: [toBoard, { columns: ["card_id"], table: "cards", references: ["id"] }],
	}),
	tenantTable({
		name: "settings",
		width: "tenant",
		columns: { id: id(), ...said() },
		primaryKey: ["id"],
		checks: { n_not_negative: "n >= 0" },
	}),
	tenantTable({
		name: "events",
		width: "tenant",
		columns: { id: id(), ...said() },
		primaryKey: ["id"],
		unique: [["title", "n"]],
		keeps: "ledger",
	}),
	tenantTable({
		name: "revisions",
		width: "app",
		columns: { id: id(), appId: appId(), ...said() },
		primaryKey: ["id"],
		unique: [["app_id", "n"]],
		foreignKeys: [toBoard],
		keeps: "frozen",
	}),
	tenantTable({
		name: "members",
		width: "tenant",
		columns: { id: id(), teamId: text("team_id").notNull(), accountId: text("account_id").notNull(), ...said() },
		primaryKey: ["id"],
		indexes: [["account_id", "team_id"]],
	}),
	tenantTable({
		name: "notes",
		width: "team",
		team: { column: "team_id", members: "members" },
		columns: { id: id(), teamId: text("team_id"), ...said() },
		primaryKey: ["id"],
		unique: [["team_id", "n"]],
	}),
] as const satisfies readonly Declared[];

export const oraclePolicies: ReadonlyMap<string, TablePolicy> = new Map(
	oracleTables.map(({ policy }) => [policy.name, policy]),
);

export type TableName = "boards" | "cards" | "tags" | "settings" | "events" | "revisions" | "members" | "notes";

/** The columns of each table in order; `n` is the one number. */
export const columnsOf: Record<TableName, readonly string[]> = {
	boards: ["owner_id", "id", "title", "n"],
	cards: ["owner_id", "id", "app_id", "title", "n"],
	tags: ["owner_id", "id", "app_id", "card_id", "title", "n"],
	settings: ["owner_id", "id", "title", "n"],
	events: ["owner_id", "id", "title", "n"],
	revisions: ["owner_id", "id", "app_id", "title", "n"],
	members: ["owner_id", "id", "team_id", "account_id", "title", "n"],
	notes: ["owner_id", "id", "team_id", "title", "n"],
};

/** Parents before children. */
export const tableNames = Object.keys(columnsOf) as TableName[];
