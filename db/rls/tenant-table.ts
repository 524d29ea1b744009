// A tenant's table, declared once: from this come drizzle's types, and (in sql.ts) the table, its view and its guards.
// There is no other way to declare one, and `width` has no default, so a table without a policy does not compile.
import { type SQL, sql } from "drizzle-orm";
import { integer, type SQLiteColumnBuilderBase, sqliteTable, sqliteView, text } from "drizzle-orm/sqlite-core";

/** Name of the placeholder that the scope fills with its owner on insert. */
export const ownerPlaceholder = "owner";

export interface TenantTableOptions<Name extends string, Columns extends Record<string, SQLiteColumnBuilderBase>> {
	/** The public relation; the base table is `t_<name>`. */
	name: Name;
	/** `tenant`: empty to a guest of one app. `app`: a guest sees the rows of that app. `team`: empty to a guest; a member sees the
	 * rows of everyone, and those of the teams that the member is in. */
	width: "tenant" | "app" | "team";
	/** The column that names the app, for width `app`. */
	appColumn?: string;
	/** For width `team`. */
	team?: TeamDeclaration;
	columns: Columns;
	/** Column names after `owner_id`, which always comes first. */
	primaryKey: readonly string[];
	unique?: readonly (readonly string[])[];
	indexes?: readonly (readonly string[])[];
	/** `owner_id` is added on both sides, so a parent can only be one's own. */
	foreignKeys?: readonly { columns: readonly string[]; table: string; references: readonly string[] }[];
	/** CHECK constraints by name. */
	checks?: Readonly<Record<string, string>>;
	/** `frozen`: rows never change. `ledger`: they are not deleted either, until the owner is erased. */
	keeps?: "frozen" | "ledger";
}

interface TeamDeclaration {
	/** The column that names the team, and is NULL in rows of everyone. */
	column: string;
	/** The relation that says who is in which team: a table of width `tenant` with the columns team_id and account_id. */
	members: string;
}

export interface TeamPolicy {
	column: string;
	/** The base table of the membership. */
	members: string;
}

/** What SQL generation, the gate and the lint need to know of a table. */
export interface TablePolicy {
	name: string;
	base: string;
	width: "tenant" | "app" | "team";
	appColumn: string;
	/** Null but for width `team`. */
	team: TeamPolicy | null;
	primaryKey: readonly string[];
	unique: readonly (readonly string[])[];
	indexes: readonly (readonly string[])[];
	foreignKeys: readonly { columns: readonly string[]; table: string; references: readonly string[] }[];
	checks: Readonly<Record<string, string>>;
	keeps: "frozen" | "ledger" | null;
}

export function tenantTable<Name extends string, Columns extends Record<string, SQLiteColumnBuilderBase>>(
	options: TenantTableOptions<Name, Columns>,
) {
	const owner = text("owner_id").notNull().$defaultFn(placeholderForOwner);
	const columns = { ownerId: owner, ...options.columns };
	const { team } = options;
	if ((options.width === "team") !== (team !== undefined)) throw new Error(`${options.name}: width and team disagree`);
	// a row that a member cannot see would answer them, by a key that is taken
	if (team && options.unique?.some((key) => !key.includes(team.column)))
		throw new Error(`${options.name} has a unique key across teams`);
	const policy: TablePolicy = {
		name: options.name,
		base: `t_${options.name}`,
		width: options.width,
		appColumn: options.appColumn ?? "app_id",
		team: team ? { column: team.column, members: `t_${team.members}` } : null,
		primaryKey: ["owner_id", ...options.primaryKey],
		unique: (options.unique ?? []).map((key) => ["owner_id", ...key]),
		indexes: (options.indexes ?? []).map((key) => ["owner_id", ...key]),
		foreignKeys: (options.foreignKeys ?? []).map((key) => ({
			columns: ["owner_id", ...key.columns],
			table: `t_${key.table}`,
			references: ["owner_id", ...key.references],
		})),
		checks: options.checks ?? {},
		keeps: options.keeps ?? null,
	};
	return {
		policy,
		/** The one target a write may name. */
		table: sqliteTable(`t_${options.name}` as const, columns),
		/** What reads name. */
		relation: sqliteView(options.name, columns).existing(),
	};
}

/** A boolean, kept as 0 or 1. */
export const flag = <Name extends string>(name: Name) => integer(name, { mode: "boolean" });

function placeholderForOwner(): SQL {
	return sql`${sql.placeholder(ownerPlaceholder)}`;
}
