// SQLite's own authorizer as a judge: it is told of every table and column that a statement reaches, and through which view,
// CTE or trigger. A base table may be reached through its view or its exact prefix, by its guards, as the guarded target of a
// write, or for a foreign key; anything else is a finding. https://www.sqlite.org/c3ref/set_authorizer.html
import { constants, DatabaseSync } from "node:sqlite";
import { splitStatements } from "#db/migrations/split.ts";
import type { TablePolicy, TeamPolicy } from "#db/rls/tenant-table.ts";
import type { Emitted, EmittedCall } from "./record.ts";

interface Access {
	action: number;
	table: string | null;
	column: string | null;
	/** The innermost view, CTE, subquery or trigger that asks. */
	through: string | null;
}

export interface Audit {
	/** What is wrong with one call of the database; empty when all is well. */
	findings(call: EmittedCall): string[];
	/** Accesses judged so far. */
	readonly accesses: number;
	close(): void;
}

export function startAudit(migration: string, policies: readonly TablePolicy[]): Audit {
	const db = new DatabaseSync(":memory:");
	for (const sql of splitStatements(migration)) db.exec(sql);
	let seen: Access[] = [];
	let accesses = 0;
	db.setAuthorizer((action, first, second, _database, through) => {
		seen.push({ action, table: first, column: second, through });
		return constants.SQLITE_OK;
	});
	const accessesOf = ({ sql }: Emitted): Access[] => {
		seen = [];
		db.prepare(sql);
		accesses += seen.length;
		return seen;
	};
	const byBase = new Map(policies.map((policy) => [policy.base, policy]));
	return {
		get accesses() {
			return accesses;
		},
		findings({ kind, statements }) {
			// several scopes read at once: each statement stands for itself, as it would by itself
			const isOfReads = statements.every(({ sql }) => /^\s*WITH\b/i.test(sql) && !/\brls_ctx\b/.test(sql));
			if (kind === "single" || isOfReads)
				return statements.flatMap((statement) => judgeRead(statement, accessesOf(statement), byBase));
			const [first, ...rest] = statements;
			const last = rest.pop();
			const frame = [
				...(first?.sql.startsWith("INSERT OR REPLACE INTO rls_ctx (")
					? []
					: ["a batch does not begin with its context"]),
				...(last?.sql === "DELETE FROM rls_ctx" ? [] : ["a batch does not end with its context"]),
			];
			return [...frame, ...rest.flatMap((statement) => judgeWrite(statement, accessesOf(statement), byBase))];
		},
		close: () => db.close(),
	};
}

type Policies = ReadonlyMap<string, TablePolicy>;

function judgeRead({ sql, params }: Emitted, accesses: readonly Access[], policies: Policies): string[] {
	const findings: string[] = [];
	const reached = new Set<string>();
	for (const { action, table, column, through } of accesses) {
		if (action === constants.SQLITE_SELECT || action === constants.SQLITE_FUNCTION) continue;
		if (action === constants.SQLITE_RECURSIVE) continue;
		if (action !== constants.SQLITE_READ) findings.push(`a read does something else: action ${action} on ${table}`);
		const policy = policies.get(table ?? "");
		if (!policy) {
			// A CTE's own columns come under its name.
			if (table?.startsWith("t_") || table === "rls_ctx" || table?.startsWith("sqlite_"))
				findings.push(`reads ${table}`);
			continue;
		}
		// the prefix of a table of teams asks the membership
		if (policies.get(`t_${through}`)?.team?.members === table) continue;
		reached.add(policy.base);
		if (through !== policy.name) findings.push(`reads ${table}.${column} through ${through}`);
	}
	for (const base of reached) {
		const policy = policies.get(base);
		if (!policy) continue;
		const app = params[1] === undefined ? "" : `( AND ${policy.appColumn} = \\?2| AND \\?2 IS NULL)?`;
		const prefix = new RegExp(
			`^WITH (RECURSIVE )?.*\\b${policy.name} AS NOT MATERIALIZED \\(SELECT \\* FROM ${base} WHERE owner_id = \\?1${policy.team ? ofTeams(policy.team) : app}\\)`,
		);
		if (!prefix.test(sql)) findings.push(`${base} is read without its prefix`);
		const asMembership = [...policies.values()].filter(
			({ team, base: other }) => team?.members === base && reached.has(other),
		);
		if (sql.split(new RegExp(`\\b${base}\\b`)).length !== 2 + asMembership.length)
			findings.push(`${base} is named outside its prefix`);
	}
	if (reached.size > 0 && !String(params[0]).startsWith("own_")) findings.push("the prefix is not bound to an owner");
	return findings;
}

/** Of a member; and of a guest, who is in none. */
const ofTeams = ({ column, members }: TeamPolicy) =>
	`( AND \\(${column} IS NULL OR ${column} IN \\(SELECT m\\.team_id FROM ${members} m WHERE m\\.owner_id = \\?1 AND m\\.account_id = \\?2\\)\\)| AND \\?2 IS NULL)`;

function judgeWrite({ sql }: Emitted, accesses: readonly Access[], policies: Policies): string[] {
	const findings: string[] = [];
	const { SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE, SQLITE_READ, SQLITE_SELECT, SQLITE_FUNCTION } = constants;
	const changes = [SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE] as number[];
	const targets = new Set(accesses.filter(({ action }) => changes.includes(action)).map(({ table }) => table ?? ""));
	const [target] = targets;
	const policy = policies.get(target ?? "");
	if (targets.size !== 1 || !policy) return [`a write's target is ${[...targets].join(", ") || "none"}`];
	const filter = `${policy.base}"?\\.owner_id = \\(SELECT owner_id FROM rls_ctx WHERE k = 1\\)`;
	if (/^\s*(update|delete)/i.test(sql) && !new RegExp(`WHERE ${filter}`).test(sql))
		findings.push("a write has no filter");
	// A foreign key's check reads both its ends; both begin with the owner.
	const linked = new Map<string, ReadonlySet<string>>();
	for (const other of policies.values()) {
		for (const key of other.foreignKeys) {
			if (other.base === policy.base)
				linked.set(key.table, new Set([...(linked.get(key.table) ?? []), ...key.references]));
			if (key.table === policy.base)
				linked.set(other.base, new Set([...(linked.get(other.base) ?? []), ...key.columns]));
		}
	}
	for (const { action, table, column, through } of accesses) {
		if (action === SQLITE_SELECT || action === SQLITE_FUNCTION || changes.includes(action)) continue;
		if (action !== SQLITE_READ) findings.push(`a write does something else: action ${action} on ${table}`);
		const read = policies.get(table ?? "");
		if (!read) {
			if (table?.startsWith("t_") || table?.startsWith("sqlite_")) findings.push(`reads ${table}`);
			continue;
		}
		const isView = through === read.name;
		// the filter of a table of teams asks the membership, and so does its view
		const asks = through === null ? policy : policies.get(`t_${through}`);
		const isMembership = asks?.team?.members === read.base;
		const isGuard = through !== null && new RegExp(`^${policy.base}_(insert|update|delete)$`).test(through);
		const isTarget = read === policy && through === null;
		const isForeignKey = through === null && (linked.get(read.base)?.has(column ?? "") ?? false);
		if (!isView && !isGuard && !isTarget && !isForeignKey && !isMembership)
			findings.push(`reads ${table}.${column} through ${through}`);
	}
	return findings;
}
