// The gate: the only way a statement reaches a tenant's database. It reads the tokens, refuses what could step around the
// views and guards, adds the owner's filter, and runs reads with their prefix and writes inside one batch with their context.
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { DbError, withDbErrors } from "../errors.ts";
import { inTeams } from "./team-sql.ts";
import type { TablePolicy } from "./tenant-table.ts";
import { type Token, tokenize } from "./tokens.ts";

/** Who a statement runs for. Built from the verified session, never from what a client sent. */
export interface Context {
	ownerId: string;
	/** Set for a guest of one app. */
	appId: string | null;
	/** Whose teams count. Null: nobody's, so of a table of width `team` only the rows of everyone are there. */
	accountId: string | null;
	mayWrite: boolean;
	/** The whole owner is being erased: only then may ledger rows go, and rows of every team are there. */
	isErasing: boolean;
}

export interface Statement {
	sql: string;
	params: readonly unknown[];
}

export type GateRefusal =
	| "unreadable"
	| "not_a_read"
	| "not_a_write"
	| "second_statement"
	| "base_table"
	| "qualifier"
	| "reserved_name"
	| "forbidden_word"
	| "redefined_relation"
	| "conflict_clause";

export type Checked =
	| { ok: true; sql: string; params: readonly (string | null)[] }
	| { ok: false; reason: GateRefusal };

export interface Gate {
	/** Rows as arrays, so that equal column names of a join do not merge. */
	read(statement: Statement): Promise<unknown[][]>;
	/** A read as it may run, for a batch with reads of other scopes. Throws DbError `gate`. */
	prepareRead(statement: Statement): D1PreparedStatement;
	/** All or nothing. One list of rows (of RETURNING) and one count a statement. */
	write(statements: readonly Statement[]): Promise<{ rows: unknown[][]; changes: number }[]>;
}

export function openGate(db: D1Database, policies: ReadonlyMap<string, TablePolicy>, context: Context): Gate {
	const prepare = (checked: Checked, params: readonly unknown[]): D1PreparedStatement => {
		if (!checked.ok) throw new DbError("gate");
		return db.prepare(checked.sql).bind(...checked.params, ...params);
	};
	const prepareRead = ({ sql, params }: Statement) => prepare(checkRead(sql, policies, context), params);
	return {
		prepareRead,
		read: (statement) => withDbErrors(async () => (await prepareRead(statement).raw()) as unknown[][]),
		write: (statements) =>
			withDbErrors(async () => {
				// Rows are often written by one text: it is read once.
				const checked = new Map<string, Checked>();
				const prepared = statements.map(({ sql, params }) => {
					const known = checked.get(sql) ?? checkWrite(sql, policies, context);
					checked.set(sql, known);
					return prepare(known, params);
				});
				if (prepared.length === 0) return [];
				const results = await db.batch<Record<string, unknown>>([
					// A context left behind is replaced, never inherited.
					db
						.prepare(
							"INSERT OR REPLACE INTO rls_ctx (k, owner_id, app_id, account_id, may_write, is_erasing) VALUES (1, ?, ?, ?, ?, ?)",
						)
						.bind(
							context.ownerId,
							context.appId,
							context.accountId,
							context.mayWrite ? 1 : 0,
							context.isErasing ? 1 : 0,
						),
					...prepared,
					db.prepare("DELETE FROM rls_ctx"),
				]);
				return results.slice(1, -1).map((result) => ({
					rows: result.results.map((row) => Object.values(row)),
					changes: result.meta.changes,
				}));
			}),
	};
}

/** A read as it may run: prefixed with the relations it names, each cut down to the context. */
export function checkRead(sql: string, policies: ReadonlyMap<string, TablePolicy>, context: Context): Checked {
	const common = readStatement(sql, policies);
	if (!common.ok) return common;
	const { tokens, verb } = common;
	if (verb?.text !== "select" && verb?.text !== "values") return refuse("not_a_read");
	if (tokens.some(isBase)) return refuse("base_table");
	const named = [...policies.values()].filter((policy) => tokens.some((token) => nameOf(token) === policy.name));
	if (named.length === 0) return { ok: true, sql, params: [] };
	// NOT MATERIALIZED: a relation named twice would otherwise be copied out whole before it is searched.
	const prefix = named
		.map((policy) => `${policy.name} AS NOT MATERIALIZED (${relationSql(policy, context)})`)
		.join(", ");
	// ?2 is the app of a guest; of a member, where a table of teams is named, the account
	const second =
		context.appId ?? (asksTeams(context) && named.some(({ team }) => team) ? context.accountId : undefined);
	const params = second === undefined ? [context.ownerId] : [context.ownerId, second];
	const first = tokens[0];
	if (first?.text !== "with") return { ok: true, sql: `WITH ${prefix} ${sql}`, params };
	const next = tokens[1];
	const isRecursive = next?.kind === "word" && next.text === "recursive";
	const rest = sql.slice(isRecursive ? next.end : first.end);
	return { ok: true, sql: `WITH ${isRecursive ? "RECURSIVE " : ""}${prefix}, ${rest}`, params };
}

/** A write as it may run: one base table as its target, and on update and delete the owner's filter in front of its WHERE. */
export function checkWrite(sql: string, policies: ReadonlyMap<string, TablePolicy>, context: Context): Checked {
	const common = readStatement(sql, policies);
	if (!common.ok) return common;
	const { tokens, verb } = common;
	if (!verb || !["insert", "update", "delete"].includes(verb.text)) return refuse("not_a_write");
	let at = tokens.indexOf(verb) + 1;
	const word = (text: string) => {
		const token = tokens[at];
		const isNext = token?.kind === "word" && token.text === text;
		if (isNext) at++;
		return isNext;
	};
	if (verb.text !== "delete" && word("or")) {
		// REPLACE deletes rows without their guards, ROLLBACK and FAIL leave the batch half done.
		if (!word("ignore") && !word("abort")) return refuse("conflict_clause");
	}
	if (verb.text === "insert" && !word("into")) return refuse("not_a_write");
	if (verb.text === "delete" && !word("from")) return refuse("not_a_write");
	const target = tokens[at];
	const policy = [...policies.values()].find(({ base }) => target !== undefined && nameOf(target) === base);
	if (!target || !policy) return refuse("base_table");
	at++;
	const alias = readAlias(tokens, at);
	if (alias === "refused") return refuse("not_a_write");
	for (const [index, token] of tokens.entries()) {
		if (token === target || !isBase(token)) continue;
		const isQualifier =
			nameOf(token) === policy.base && isMark(tokens[index + 1], ".") && !isMark(tokens[index - 1], ".");
		if (!isQualifier) return refuse("base_table");
	}
	if (verb.text === "insert") return { ok: true, sql, params: [] };
	return { ok: true, sql: addFilter(sql, tokens, at, filterSql(policy, context, alias ?? policy.base)), params: [] };
}

/** What reads and writes are refused for alike. */
function readStatement(
	sql: string,
	policies: ReadonlyMap<string, TablePolicy>,
): { ok: true; tokens: Token[]; verb: Token | undefined } | { ok: false; reason: GateRefusal } {
	const read = tokenize(sql);
	if (!read.ok) return refuse("unreadable");
	const { tokens } = read;
	// D1 runs every statement of a text, so a semicolon is refused wherever it stands.
	if (tokens.some((token) => isMark(token, ";"))) return refuse("second_statement");
	for (const [index, token] of tokens.entries()) {
		const name = nameOf(token);
		if (name === null) continue;
		const next = tokens[index + 1];
		if (reservedNames.test(name)) return refuse("reserved_name");
		if (token.kind === "word" && forbiddenWords.has(name)) return refuse("forbidden_word");
		if ((name === "main" || name === "temp") && isMark(next, ".")) return refuse("qualifier");
		if (policies.has(name) && isDefinition(tokens, index)) return refuse("redefined_relation");
	}
	return { ok: true, tokens, verb: mainVerb(tokens) };
}

// Everything in a shard that is not a tenant's: the context, the pin, migrations, what SQLite and D1 keep for themselves, and
// the functions that count everybody's writes on the connection (sqlite.org/lang_corefunc.html#total_changes).
const reservedNames =
	/^(rls_ctx|region_pin|schema_migrations|d1_migrations|sqlite_.*|_cf_.*|pragma_.*|dbstat|dbdata|bytecode|tables_used|load_extension|changes|total_changes|last_insert_rowid)$/;

const forbiddenWords = new Set([
	..."pragma attach detach explain analyze create alter drop vacuum reindex begin commit rollback savepoint release".split(
		" ",
	),
	"raise",
	"indexed",
]);

/** `name AS (`, `name (…) AS (`: a CTE that would stand in for a relation. No call or column list follows a relation either. */
function isDefinition(tokens: readonly Token[], index: number): boolean {
	const words = tokens.slice(index + 1, index + 5);
	if (isMark(words[0], "(")) return true;
	if (words[0]?.text !== "as") return false;
	const rest = words.slice(1).filter((word) => word.text !== "not" && word.text !== "materialized");
	return isMark(rest[0], "(");
}

/** The verb of the statement itself, past the CTEs of a leading WITH. */
function mainVerb(tokens: readonly Token[]): Token | undefined {
	const first = tokens[0];
	if (first?.kind !== "word" || first.text !== "with") return first?.kind === "word" ? first : undefined;
	let depth = 0;
	for (const token of tokens) {
		if (isMark(token, "(")) depth++;
		else if (isMark(token, ")")) depth--;
		else if (depth === 0 && token.kind === "word" && verbs.has(token.text)) return token;
	}
	return undefined;
}
const verbs = new Set(["select", "values", "insert", "replace", "update", "delete"]);

/** The alias of a write's target, null without one. */
function readAlias(tokens: readonly Token[], at: number): string | null | "refused" {
	const next = tokens[at];
	if (next?.kind !== "word" || next.text !== "as") {
		return next === undefined || next.kind === "mark" || (next.kind === "word" && afterTarget.has(next.text))
			? null
			: "refused";
	}
	const alias = tokens[at + 1];
	return alias?.kind === "word" && /^[a-z_][a-z0-9_]*$/.test(alias.text) ? alias.text : "refused";
}
const afterTarget = new Set(["set", "where", "returning", "order", "limit", "values", "select", "default", "with"]);

function addFilter(sql: string, tokens: readonly Token[], from: number, filter: string): string {
	let depth = 0;
	let where: Token | undefined;
	let end = sql.length;
	for (const token of tokens.slice(from)) {
		if (isMark(token, "(")) depth++;
		if (isMark(token, ")")) depth--;
		if (depth !== 0 || token.kind !== "word") continue;
		if (token.text === "where") where ??= token;
		if (token.text === "returning" || token.text === "order" || token.text === "limit") {
			end = token.start;
			break;
		}
	}
	const tail = sql.slice(end);
	// The line breaks close a comment that the statement may have left open.
	if (!where) return `${sql.slice(0, end)}\nWHERE ${filter}\n${tail}`;
	return `${sql.slice(0, where.start)}WHERE ${filter} AND (${sql.slice(where.end, end)}\n) ${tail}`;
}

/** A guest is in no team, and an owner that is erased goes whole. */
const asksTeams = ({ appId, isErasing }: Context): boolean => appId === null && !isErasing;

function relationSql(policy: TablePolicy, context: Context): string {
	const rows = `SELECT * FROM ${policy.base} WHERE owner_id = ?1`;
	if (policy.team && asksTeams(context)) return `${rows} AND ${inTeams(policy.team, policy.team.column, "?1", "?2")}`;
	if (context.appId === null) return rows;
	// A guest's binding is never null: nothing of the other widths is left, and both parameters are used.
	return policy.width === "app" ? `${rows} AND ${policy.appColumn} = ?2` : `${rows} AND ?2 IS NULL`;
}

function filterSql(policy: TablePolicy, context: Context, target: string): string {
	const owner = `${target}.owner_id = (SELECT owner_id FROM rls_ctx WHERE k = 1)`;
	if (policy.team && asksTeams(context))
		return `${owner} AND ${inTeams(policy.team, `${target}.${policy.team.column}`, ...ofContext)}`;
	if (context.appId === null) return owner;
	const app = "(SELECT app_id FROM rls_ctx WHERE k = 1)";
	return policy.width === "app" ? `${owner} AND ${target}.${policy.appColumn} = ${app}` : `${owner} AND ${app} IS NULL`;
}
const ofContext = [
	"(SELECT owner_id FROM rls_ctx WHERE k = 1)",
	"(SELECT account_id FROM rls_ctx WHERE k = 1)",
] as const;

const refuse = (reason: GateRefusal): { ok: false; reason: GateRefusal } => ({ ok: false, reason });
const isMark = (token: Token | undefined, text: string) => token?.kind === "mark" && token.text === text;
const nameOf = (token: Token) => (token.kind === "word" || token.kind === "quoted" ? token.text : null);
const isBase = (token: Token) => nameOf(token)?.startsWith("t_") ?? false;
