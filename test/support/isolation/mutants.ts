// The product with one layer missing, and the check that must notice. Each entry changes one place in the source; when the
// source moves on, the entry no longer fits and the test says so.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import type { Mutation } from "../mutation.ts";

export type CheckName = "gate" | "layers" | "scope" | "seal" | "differential" | "non-interference";
export interface Mutant extends Mutation {
	layer: string;
	noticedBy: CheckName;
}

const inFile =
	(file: string) =>
	(layer: string, noticedBy: CheckName, find: string, replace: string): Mutant => ({
		layer,
		noticedBy,
		file,
		find,
		replace,
	});
const gate = inFile("db/rls/gate.ts");
const tokens = inFile("db/rls/tokens.ts");
const sql = inFile("db/rls/sql.ts");
const table = inFile("db/rls/tenant-table.ts");
const scope = inFile("db/rls/scope.ts");
const teamSql = inFile("db/rls/team-sql.ts");
const sealer = inFile("workers/lib/crypto/sealer.ts");

export const mutants: readonly Mutant[] = [
	gate("prefix of reads", "differential", "if (named.length === 0) return", "if (named.length >= 0) return"),
	gate("owner in the prefix", "non-interference", "WHERE owner_id = ?1`;", "WHERE ?1 IS NOT NULL`;"),
	gate("owner in the prefix, seen by PostgreSQL", "differential", "WHERE owner_id = ?1`;", "WHERE ?1 IS NOT NULL`;"),
	gate("app in the prefix", "non-interference", "AND ${policy.appColumn} = ?2`", "AND ?2 IS NOT NULL`"),
	gate("tenant's width in the prefix", "non-interference", "AND ?2 IS NULL`", "AND ?2 IS NOT NULL`"),
	gate(
		"owner in the filter of writes",
		"non-interference",
		"owner_id = (SELECT owner_id FROM rls_ctx WHERE k = 1)`",
		"owner_id IS NOT NULL`",
	),
	gate(
		"app in the filter of writes",
		"differential",
		"${owner} AND ${target}.${policy.appColumn} = ${app}",
		"${owner}",
	),
	gate("tenant's width in the filter of writes", "differential", "${owner} AND ${app} IS NULL", "${owner}"),
	gate(
		"team in the prefix",
		"non-interference",
		'return `${rows} AND ${inTeams(policy.team, policy.team.column, "?1", "?2")}`',
		"return `${rows} AND (?2 IS NULL OR ?2 IS NOT NULL)`",
	),
	gate(
		"team in the filter of writes",
		"differential",
		"return `${owner} AND ${inTeams(policy.team, `${target}.${policy.team.column}`, ...ofContext)}`",
		"return owner",
	),
	gate(
		"context says which account",
		"differential",
		"context.accountId,\n\t\t\t\t\t\t\tcontext.mayWrite",
		"null,\n\t\t\t\t\t\t\tcontext.mayWrite",
	),
	gate("a guest is in no team", "differential", "appId === null && !isErasing", "!isErasing"),
	gate("an owner that is erased goes whole", "differential", "appId === null && !isErasing", "appId === null"),
	teamSql("a team is its owner's own", "differential", "m.owner_id = ${owner} AND ", ""),
	teamSql("a team is its members'", "differential", "m.account_id = ${account}", "(m.account_id = ${account} OR 1)"),
	teamSql("rows of no team are everyone's", "differential", "${row} IS NULL OR ", ""),
	sql("team in the views", "layers", 'policy.team ? admitsTeam(policy.team, "v") : app', 'policy.team ? "1" : app'),
	sql("team in the guards", "layers", "team ? admitsTeam(team, row) : app", 'team ? "1" : app'),
	sql("team in the guards, by statements", "differential", "team ? admitsTeam(team, row) : app", 'team ? "1" : app'),
	sql("a guest has no row of a team", "layers", "`c.app_id IS NULL AND (c.is_erasing", "`(c.is_erasing"),
	sql("guard of another team's row, REPLACE", "layers", "` AND NOT ${isSeen}`", "` AND 0`"),
	gate(
		"parentheses around a WHERE",
		"differential",
		"AND (${sql.slice(where.end, end)}\\n) ",
		"AND ${sql.slice(where.end, end)}\\n ",
	),
	gate("context ends with its batch", "layers", 'db.prepare("DELETE FROM rls_ctx")', 'db.prepare("SELECT 1")'),
	gate("context left behind is replaced", "layers", "INSERT OR REPLACE INTO rls_ctx", "INSERT OR IGNORE INTO rls_ctx"),
	gate("context says who may write", "differential", "context.mayWrite ? 1 : 0", "1"),
	gate(
		"context says which app",
		"differential",
		"context.appId,\n\t\t\t\t\t\t\tcontext.accountId",
		"null,\n\t\t\t\t\t\t\tcontext.accountId",
	),
	gate("one statement", "gate", 'if (tokens.some((token) => isMark(token, ";")))', "if (false)"),
	gate("no base table in a read", "gate", "if (tokens.some(isBase))", "if (false)"),
	gate("no other base table in a write", "gate", "if (!isQualifier)", "if (false)"),
	gate("reserved names", "gate", "if (reservedNames.test(name))", "if (false)"),
	gate("counters of everybody's writes", "non-interference", "|changes|total_changes|last_insert_rowid)$", ")$"),
	gate("forbidden words", "gate", 'if (token.kind === "word" && forbiddenWords.has(name))', "if (false)"),
	gate("qualifiers", "gate", '(name === "main" || name === "temp") &&', "false &&"),
	gate("relations are not redefined", "gate", "if (policies.has(name) && isDefinition(tokens, index))", "if (false)"),
	gate("a read reads", "gate", 'if (verb?.text !== "select" && verb?.text !== "values")', "if (false)"),
	gate("conflict clauses", "gate", 'if (!word("ignore") && !word("abort"))', 'if (!word("replace") && false)'),
	gate("a target's alias is read", "gate", 'if (alias === "refused")', "if (false)"),
	tokens("parameters are bare", "gate", "if (/[0-9]/.test(sql.charAt(at))) return", "if (false) return"),
	tokens("no NUL", "gate", 'if (quoted.text.includes("\\0"))', "if (false)"),
	tokens("parentheses balance", "gate", "if (depth < 0)", "if (false)"),
	sql("owner in the views", "layers", "AND v.owner_id = c.owner_id AND ${rest}", "AND ${rest}"),
	sql(
		"owner in the views, by statements",
		"non-interference",
		"AND v.owner_id = c.owner_id AND ${rest}",
		"AND ${rest}",
	),
	sql("app in the views", "layers", "(c.app_id IS NULL OR v.${policy.appColumn} = c.app_id)", "1"),
	sql("app in the views, by statements", "differential", "(c.app_id IS NULL OR v.${policy.appColumn} = c.app_id)", "1"),
	sql("views are empty without a context", "layers", "v JOIN rls_ctx c ON", "v LEFT JOIN rls_ctx c ON"),
	sql("guard of inserts", "layers", '[[context(admits("NEW")), "guard"]]', '[["0", "guard"]]'),
	sql("guard of inserts, by statements", "differential", '[[context(admits("NEW")), "guard"]]', '[["0", "guard"]]'),
	sql("guard of updates", "layers", '[context(`${admits("OLD")} AND ${admits("NEW")}`), "guard"]', '["0", "guard"]'),
	sql("guard of deletes", "layers", ': admits("OLD")), "guard"]', ': "1"), "guard"]'),
	sql("guard of fixed keys", "differential", '[changed, "guard"]', '["0", "guard"]'),
	sql("guard of kept rows, update", "differential", '? [["1", "guard"]]', '? [["0", "guard"]]'),
	sql("guard of kept rows, insert", "layers", 'inserts.push([existing(key), "conflict"])', "void key"),
	sql(
		"guard of kept rows, every unique key",
		"layers",
		"[policy.primaryKey, ...policy.unique]) inserts",
		"[policy.primaryKey]) inserts",
	),
	sql("guard of another app's row, REPLACE", "layers", "` AND o.${appColumn} IS NOT NEW.${appColumn}`", "` AND 0`"),
	sql("guard of the ledger", "differential", 'c.is_erasing = 1 AND ${admits("OLD")}', '${admits("OLD")}'),
	sql("guards ask who may write", "differential", "c.may_write = 1 AND ", ""),
	sql("guards ask which app", "layers", "(c.app_id IS NULL OR c.app_id = ${row}.${appColumn})", "1"),
	sql(
		"guards of the tenant's width",
		"layers",
		'${row}.${appColumn})` : "c.app_id IS NULL"',
		'${row}.${appColumn})` : "1"',
	),
	table(
		"owner in unique keys",
		"differential",
		'?? []).map((key) => ["owner_id", ...key]),\n\t\tindexes',
		"?? []),\n\t\tindexes",
	),
	scope("scope's owner", "scope", "openGate(db, policies, { ownerId,", 'openGate(db, policies, { ownerId: "own_x",'),
	scope("owner filled in", "scope", "[ownerPlaceholder]: ownerId", '[ownerPlaceholder]: "own_x"'),
	scope("scope refuses a viewer", "scope", "if (!mayWrite)", "if (false)"),
	scope("no write by itself", "scope", '() => Promise.reject(new DbError("gate"))', "async () => ({ rows: [] })"),
	sealer("AAD: region", "seal", '["freehold/content", region, owner]', '["freehold/content", owner]'),
	sealer("AAD: owner", "seal", '["freehold/content", region, owner]', '["freehold/content", region]'),
	sealer("AAD: table", "seal", "[...prefix, place.table, ", "[...prefix, "),
	sealer("AAD: column", "seal", "place.table, place.column, ", "place.table, "),
	sealer("AAD: row", "seal", "place.column, place.row]", "place.column]"),
];
