// The oracle: the same tables in PostgreSQL (PGlite), under FORCE ROW LEVEL SECURITY, with policies that say what our views
// and guards say. Where a guard rightly does more than a policy can, PostgreSQL is taught that by a trigger with a SQLSTATE of
// its own: one named rule each, listed in `namedRules`, and counted, so that nothing else may differ.
import { PGlite } from "@electric-sql/pglite";
import type { Context } from "#db/rls/gate.ts";
import type { TablePolicy } from "#db/rls/tenant-table.ts";
import type { Outcome } from "./steps.ts";
import { columnsOf, oraclePolicies, type TableName, tableNames } from "./tables.ts";
import { insertsOf, literal, type World } from "./world.ts";

/** Where a guard says more than a policy: each rule's SQLSTATE, what we answer, and why that is right. */
export const namedRules = {
	FH001: {
		reason: "guard",
		why: "a viewer's delete that reaches a row aborts; a policy would hide the row and delete none",
	},
	FH002: { reason: "guard", why: "keys and the app of a row never change; a policy sees only the new row" },
	FH003: { reason: "guard", why: "rows that are kept never change" },
	FH004: { reason: "guard", why: "ledger rows go only when the whole owner is erased" },
	FH005: {
		reason: "conflict",
		why: "a kept row's key is refused before ON CONFLICT is asked, so no clause rewrites it",
	},
	FH006: {
		reason: "guard",
		why: "an id of another app of the same owner, or of a team of others, is refused by the guard, before the unique key",
	},
} as const;

export interface Postgres {
	/** Times each named rule decided, by SQLSTATE. */
	readonly applied: Map<string, number>;
	fill(world: World): Promise<void>;
	/** One statement in one transaction, in the context. Throws on an error that the grammar should not make. */
	run(context: Context, sql: string): Promise<Outcome>;
	dump(): Promise<Record<string, unknown[][]>>;
	close(): Promise<void>;
}

export async function startPostgres(): Promise<Postgres> {
	const pg = await PGlite.create();
	await pg.exec("CREATE ROLE tenant NOLOGIN; GRANT CREATE, USAGE ON SCHEMA public TO tenant;");
	for (const table of tableNames) {
		const policy = oraclePolicies.get(table);
		if (policy) await pg.exec(tableSql(table, policy));
	}
	const applied = new Map<string, number>();
	const asSuperuser = (sql: string) => pg.exec(`RESET ROLE; ${sql}`);
	return {
		applied,
		async fill(world) {
			const inserts = insertsOf(world, (table) => table).map(({ sql }) => sql);
			// Row triggers are for the tenant's statements.
			await asSuperuser(
				`SET session_replication_role = replica; TRUNCATE ${tableNames.join(", ")}; ${inserts.join("; ")}; SET session_replication_role = origin; SET ROLE tenant;`,
			);
		},
		async run(context, sql) {
			const settings = {
				owner: context.ownerId,
				app: context.appId ?? "",
				account: context.accountId ?? "",
				write: +context.mayWrite,
				erase: +context.isErasing,
			};
			const set = Object.entries(settings).map(([name, value]) => `set_config('rls.${name}', '${value}', false)`);
			try {
				// One simple query is one transaction.
				const results = await pg.exec(`SELECT ${set.join(", ")}; ${sql}`, { rowMode: "array" });
				const last = results[1];
				const isRead = /^(SELECT|WITH)/.test(sql);
				const rows = (last?.rows ?? []) as unknown as unknown[][];
				return { rows: rows.map((row) => row.map(plain)), changes: isRead ? 0 : (last?.affectedRows ?? 0) };
			} catch (error) {
				const code = (error as { code?: string }).code ?? "";
				if (code in namedRules) {
					applied.set(code, (applied.get(code) ?? 0) + 1);
					return { refused: namedRules[code as keyof typeof namedRules].reason };
				}
				const reason = sqlStates[code];
				if (!reason) throw new Error(`PostgreSQL refused with ${code} ${(error as Error).message}: ${sql}`);
				return { refused: reason };
			}
		},
		async dump() {
			const dump: Record<string, unknown[][]> = {};
			await asSuperuser("SELECT 1");
			for (const table of tableNames) {
				const { rows } = await pg.query<unknown[]>(`SELECT * FROM ${table} ORDER BY owner_id, id`, [], {
					rowMode: "array",
				});
				dump[table] = rows.map((row) => row.map(plain));
			}
			await pg.exec("SET ROLE tenant");
			return dump;
		},
		close: () => pg.close(),
	};
}

/** What we answer where PostgreSQL says so: row security, CHECK and NOT NULL; unique and foreign keys. */
const sqlStates: Record<string, string> = {
	"42501": "guard",
	"23514": "guard",
	"23502": "guard",
	"23505": "conflict",
	"23503": "conflict",
};

const plain = (value: unknown) => (typeof value === "bigint" ? Number(value) : value);

function tableSql(table: TableName, policy: TablePolicy): string {
	const appColumn = policy.width === "app" ? policy.appColumn : null;
	const setting = (name: string) => `current_setting('rls.${name}')`;
	const app = appColumn ? `(${setting("app")} = '' OR ${appColumn} = ${setting("app")})` : `${setting("app")} = ''`;
	const visible = `owner_id = ${setting("owner")} AND ${app}${policy.team ? ` AND ${ofTeams(table)}` : ""}`;
	const mayWrite = `${setting("write")} = '1'`;
	const columns = columnsOf[table].map((name) =>
		name === "n"
			? "n integer"
			: `${name} text COLLATE "C"${name === "card_id" || (policy.team && name === "team_id") ? "" : " NOT NULL"}`,
	);
	const keys = [
		`PRIMARY KEY (${policy.primaryKey.join(", ")})`,
		...policy.unique.map((key) => `UNIQUE (${key.join(", ")})`),
		...policy.foreignKeys.map(
			(key) =>
				`FOREIGN KEY (${key.columns.join(", ")}) REFERENCES ${key.table.slice(2)} (${key.references.join(", ")})`,
		),
		...Object.values(policy.checks).map((check) => `CHECK (${check})`),
	];
	return `CREATE TABLE ${table} (${[...columns, ...keys].join(", ")});
ALTER TABLE ${table} OWNER TO tenant;
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY sees ON ${table} FOR SELECT USING (${visible});
CREATE POLICY adds ON ${table} FOR INSERT WITH CHECK (${visible} AND ${mayWrite});
CREATE POLICY changes ON ${table} FOR UPDATE USING (${visible}) WITH CHECK (${visible} AND ${mayWrite});
CREATE POLICY removes ON ${table} FOR DELETE USING (${visible});
${ruleTriggers(table, policy, appColumn, mayWrite)}`;
}

/** Rows of everyone and of the account's own teams; all where the owner is erased. PostgreSQL asks the membership under its policy. */
const ofTeams = (row: string) =>
	`(current_setting('rls.erase') = '1' OR ${row}.team_id IS NULL OR EXISTS (SELECT 1 FROM members m WHERE m.owner_id = ${row}.owner_id AND m.team_id = ${row}.team_id AND m.account_id = current_setting('rls.account')))`;

/** The named rules as triggers. They are the owner's (SECURITY DEFINER), so they see what the table holds. */
function ruleTriggers(table: TableName, policy: TablePolicy, appColumn: string | null, mayWrite: string): string {
	const raise = (code: keyof typeof namedRules) => `RAISE EXCEPTION 'rule' USING ERRCODE = ${literal(code)};`;
	const fixed = [...new Set([...policy.primaryKey, ...(appColumn ? [appColumn] : [])])];
	const taken = (key: readonly string[], rest = "") =>
		`EXISTS (SELECT 1 FROM ${table} o WHERE ${key.map((name) => `o.${name} = NEW.${name}`).join(" AND ")}${rest})`;
	// Only where the policy admits the row: what it refuses is refused as by a policy.
	const admitted = `NEW.owner_id = current_setting('rls.owner') AND ${mayWrite} AND ${
		appColumn
			? `(current_setting('rls.app') = '' OR NEW.${appColumn} = current_setting('rls.app'))`
			: "current_setting('rls.app') = ''"
	}${policy.team ? ` AND ${ofTeams("NEW")}` : ""}`;
	const inserts = policy.keeps
		? [policy.primaryKey, ...policy.unique].map(
				(key) => `IF ${admitted} AND ${taken(key)} THEN ${raise("FH005")} END IF;`,
			)
		: appColumn && appColumn !== "id"
			? [
					`IF ${admitted} AND ${taken(policy.primaryKey, ` AND o.${appColumn} <> NEW.${appColumn}`)} THEN ${raise("FH006")} END IF;`,
				]
			: policy.team
				? [`IF ${admitted} AND ${taken(policy.primaryKey, ` AND NOT ${ofTeams("o")}`)} THEN ${raise("FH006")} END IF;`]
				: [];
	const updates = policy.keeps
		? [raise("FH003")]
		: [
				`IF ${fixed.map((name) => `NEW.${name} IS DISTINCT FROM OLD.${name}`).join(" OR ")} THEN ${raise("FH002")} END IF;`,
			];
	const deletes = [
		`IF NOT ${mayWrite} THEN ${raise("FH001")} END IF;`,
		...(policy.keeps === "ledger" ? [`IF current_setting('rls.erase') <> '1' THEN ${raise("FH004")} END IF;`] : []),
	];
	return Object.entries({ insert: inserts, update: updates, delete: deletes })
		.map(
			([verb, body]) => `CREATE FUNCTION ${table}_${verb}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN ${body.join(" ")} RETURN ${verb === "delete" ? "OLD" : "NEW"}; END $$;
CREATE TRIGGER ${table}_${verb} BEFORE ${verb} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${table}_${verb}();`,
		)
		.join("\n");
}
