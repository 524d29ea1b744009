// A small typed grammar of SQL, written so that SQLite and PostgreSQL must give the same answer: no division, no implicit
// casts, explicit order of NULLs, LIMIT only under a total order, INSERT … SELECT in order of its ids (errors of several rows
// come in a known order), and a unique number is never set from itself (whether that collides depends on the order of rows).
import type { Choices } from "./choices.ts";
import { columnsOf, type TableName, tableNames } from "./tables.ts";
import { accounts, boardIds, freshIds, idsOf, literal, owners, teamIds, teams, titles, type Value } from "./world.ts";

/** A statement for both: `@@name` is a write's target, `«value»` a value that ours binds and PostgreSQL gets as a literal. */
export interface Template {
	kind: "read" | "write";
	text: string;
	/** The rows' order is total, so it is compared too. */
	isOrdered: boolean;
}

export interface Situation {
	ownerId: string;
	appId: string | null;
	/** Ids that a new row, or a reference to one, may get. */
	newIds: readonly string[];
	/** Tables that a write may be about. */
	targets: readonly TableName[];
}

export const anyNewId: readonly string[] = [...Object.values(idsOf).flat(), ...freshIds, ...teamIds];

/** For SQLite through the gate. */
export function renderForGate({ text }: Template): { sql: string; params: Value[] } {
	const params: Value[] = [];
	const sql = text
		.replace(/«(.*?)»/g, (_whole, json: string) => {
			params.push(JSON.parse(json) as Value);
			return "?";
		})
		.replaceAll("@@", "t_");
	return { sql, params };
}

/** For PostgreSQL, whose tables have the relations' own names. */
export const renderForPostgres = ({ text }: Template): string =>
	text.replace(/«(.*?)»/g, (_whole, json: string) => literal(JSON.parse(json) as Value)).replaceAll("@@", "");

export function makeStatement(choices: Choices, situation: Situation): Template {
	return new Grammar(choices, situation).statement();
}

interface Source {
	alias: string;
	columns: readonly string[];
}

class Grammar {
	readonly #c: Choices;
	readonly #s: Situation;
	#aliases = 0;

	constructor(choices: Choices, situation: Situation) {
		this.#c = choices;
		this.#s = situation;
	}

	statement(): Template {
		const kind = this.#c.pick(["read", "read", "read", "insert", "update", "delete"] as const);
		if (kind === "read") return this.#read();
		const text = kind === "insert" ? this.#insert() : kind === "update" ? this.#update() : this.#delete();
		return { kind: "write", text, isOrdered: false };
	}

	// ---- reads

	#read(): Template {
		const shapes = [
			() => this.#rows(),
			() => this.#joined(),
			() => this.#grouped(),
			() => this.#windowed(),
			() => this.#compound(),
			() => this.#common(),
			() => this.#derived(),
			() => this.#total(),
			() => this.#counted(),
			() => this.#fullJoin(),
		];
		const { text, width } = this.#c.pick(shapes)();
		const isOrdered = this.#c.chance(40);
		if (!isOrdered) return { kind: "read", text, isOrdered };
		const direction = this.#c.pick(["ASC NULLS FIRST", "DESC NULLS LAST", "ASC NULLS LAST"]);
		const order = Array.from({ length: width }, (_, at) => `${at + 1} ${direction}`).join(", ");
		const limit = this.#c.chance(50) ? ` LIMIT ${1 + this.#c.below(4)} OFFSET ${this.#c.below(3)}` : "";
		return { kind: "read", text: `${text} ORDER BY ${order}${limit}`, isOrdered };
	}

	#rows() {
		const from = this.#relation();
		const columns = [this.#text([from]), this.#text([from]), this.#number([from], 1)];
		const distinct = this.#c.chance(20) ? "DISTINCT " : "";
		const where = this.#where([from], 2);
		return { text: `SELECT ${distinct}${columns.join(", ")} FROM ${from.sql}${where}`, width: 3 };
	}

	#joined() {
		const left = this.#relation();
		// The same table half of the time: a self join.
		const right = this.#relation(this.#c.chance(50) ? left.table : undefined);
		const join = this.#c.pick(["JOIN", "LEFT JOIN", "RIGHT JOIN"]);
		const both = [left, right];
		const text = `SELECT ${left.alias}.id, ${right.alias}.id, ${this.#text(both)}, ${this.#number(both, 1)}
FROM ${left.sql} ${join} ${right.sql} ON ${this.#condition(both, 1)}${this.#where(both, 1)}`;
		return { text, width: 4 };
	}

	#fullJoin() {
		const [left, right] = [this.#relation(), this.#relation()];
		const column = this.#c.pick(["id", "title", "owner_id"]);
		const text = `SELECT ${left.alias}.id, ${right.alias}.id, ${right.alias}.n FROM ${left.sql} FULL JOIN ${right.sql} ON ${left.alias}.${column} = ${right.alias}.${column}`;
		return { text, width: 3 };
	}

	#grouped() {
		const from = this.#relation();
		const key = `${from.alias}.${this.#c.pick(["title", "owner_id", "n", "id"])}`;
		const having = this.#c.chance(40) ? ` HAVING count(*) > ${this.#c.below(3)}` : "";
		const text = `SELECT ${key}, ${this.#aggregate(from)}, ${this.#aggregate(from)} FROM ${from.sql}${this.#where([from], 1)} GROUP BY ${key}${having}`;
		return { text, width: 3 };
	}

	#windowed() {
		const from = this.#relation();
		const a = from.alias;
		const frame = this.#c.pick(["", " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW"]);
		const total = `ORDER BY ${a}.id, ${a}.owner_id${frame}`;
		const partition = `PARTITION BY ${a}.${this.#c.pick(["title", "owner_id", "n"])}`;
		const call = this.#c.pick([`row_number()`, `sum(${a}.n)`, `max(${a}.title)`, `count(*)`, `lag(${a}.id)`]);
		const text = `SELECT ${a}.id, ${call} OVER (${partition} ${total}), count(*) OVER (), min(${a}.owner_id) OVER (${partition}) FROM ${from.sql}${this.#where([from], 1)}`;
		return { text, width: 4 };
	}

	#compound() {
		const part = () => {
			const from = this.#relation();
			return `SELECT ${this.#text([from])}, ${from.alias}.n FROM ${from.sql}${this.#where([from], 1)}`;
		};
		const operator = () => this.#c.pick(["UNION", "UNION ALL", "INTERSECT", "EXCEPT"]);
		// PostgreSQL binds INTERSECT first and SQLite goes from left to right, so there is one operator, or twice the same.
		const first = operator();
		const more = this.#c.chance(30) && first.startsWith("UNION") ? ` ${first} ${part()}` : "";
		return { text: `${part()} ${first} ${part()}${more}`, width: 2 };
	}

	#common() {
		const inner = this.#relation();
		const name = `w${++this.#aliases}`;
		const from = this.#relation();
		const both = [{ alias: name, columns: ["id", "title", "n"] }, from];
		const text = `WITH ${name} AS (SELECT ${inner.alias}.id, ${inner.alias}.title, ${inner.alias}.n FROM ${inner.sql}${this.#where([inner], 1)})
SELECT ${name}.id, ${this.#text(both)}, ${this.#number(both, 1)} FROM ${name} JOIN ${from.sql} ON ${this.#condition(both, 1)}`;
		return { text, width: 3 };
	}

	#derived() {
		const inner = this.#relation();
		const name = `d${++this.#aliases}`;
		const outer = { alias: name, columns: ["id", "title", "n"] };
		const text = `SELECT ${this.#text([outer])}, ${this.#number([outer], 1)} FROM (SELECT ${inner.alias}.id AS id, ${this.#text([inner])} AS title, ${this.#number([inner], 0)} AS n FROM ${inner.sql}${this.#where([inner], 1)}) AS ${name}${this.#where([outer], 1)}`;
		return { text, width: 2 };
	}

	#total() {
		const from = this.#relation();
		const filter = this.#c.chance(40) ? ` FILTER (WHERE ${this.#condition([from], 0)})` : "";
		const text = `SELECT count(*)${filter}, ${this.#aggregate(from)}, ${this.#aggregate(from)} FROM ${from.sql}${this.#where([from], 2)}`;
		return { text, width: 3 };
	}

	#counted() {
		const [limit, from] = [this.#relation(), this.#relation()];
		const text = `WITH RECURSIVE i(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM i WHERE at < (SELECT count(*) FROM ${limit.sql}${this.#where([limit], 1)}))
SELECT i.at, ${from.alias}.id FROM i LEFT JOIN ${from.sql} ON ${from.alias}.n = i.at`;
		return { text, width: 2 };
	}

	// ---- writes

	#insert(): string {
		const table = this.#c.pick(this.#s.targets);
		const rows = this.#c.chance(40) ? this.#copiedRows(table) : this.#newRows(table);
		return `INSERT INTO @@${table} (${columnsOf[table].join(", ")}) ${rows}${this.#onConflict(table)}${this.#returning(table, `@@${table}`)}`;
	}

	#newRows(table: TableName): string {
		const ids = [...this.#s.newIds];
		const count = 1 + (this.#c.chance(30) ? this.#c.below(3) : 0);
		const rows = Array.from({ length: count }, () => {
			// Twice the same row in one upsert is an error to PostgreSQL alone.
			const [id] = ids.splice(this.#c.below(ids.length), 1);
			const values = columnsOf[table].map((column) => {
				if (column === "owner_id") return this.#value(this.#c.chance(15) ? this.#c.pick(owners) : this.#s.ownerId);
				if (column === "id") return this.#value(table === "boards" ? this.#board() : (id ?? "y1"));
				return this.#valueOf(table, column);
			});
			return `(${values.join(", ")})`;
		});
		return `VALUES ${table === "boards" ? rows[0] : rows.join(", ")}`;
	}

	#copiedRows(table: TableName): string {
		const from = this.#relation();
		const a = from.alias;
		const prefix = this.#c.pick(["", "k", "l"]);
		const values = columnsOf[table].map((column) => {
			if (column === "owner_id") return this.#c.chance(10) ? this.#value(this.#c.pick(owners)) : `${a}.owner_id`;
			if (column === "id") return prefix ? `${literal(prefix)} || ${a}.id` : `${a}.id`;
			if (column === "app_id")
				return from.columns.includes("app_id") && this.#c.chance(60) ? `${a}.app_id` : this.#valueOf(table, column);
			if (column === "n") return this.#c.chance(40) ? `${a}.n` : this.#valueOf(table, column);
			if (column === "title") return this.#text([from]);
			return this.#valueOf(table, column);
		});
		return `SELECT ${values.join(", ")} FROM ${from.sql} WHERE ${this.#condition([from], 1)} ORDER BY ${a}.id`;
	}

	#onConflict(table: TableName): string {
		const kind = this.#c.pick(["none", "none", "nothing", "nothing on key", "update"] as const);
		if (kind === "none") return "";
		if (kind === "nothing") return " ON CONFLICT DO NOTHING";
		if (kind === "nothing on key") return " ON CONFLICT (owner_id, id) DO NOTHING";
		// A row that breaks the key it names and another one too: SQLite refuses, PostgreSQL updates. Not about rows' owners.
		if (table === "cards" || table === "notes") return " ON CONFLICT DO NOTHING";
		const set = this.#c.pick([
			"title = excluded.title",
			`title = @@${table}.title || 'u'`,
			"n = excluded.n",
			"owner_id = excluded.owner_id, title = 'v'",
		]);
		const where = this.#c.chance(30) ? ` WHERE @@${table}.title <> excluded.title` : "";
		return ` ON CONFLICT (owner_id, id) DO UPDATE SET ${set}${where}`;
	}

	#update(): string {
		const table = this.#c.pick(this.#s.targets);
		const hasFrom = this.#c.chance(20);
		const isAliased = !hasFrom && this.#c.chance(40);
		const alias = isAliased ? `u${++this.#aliases}` : `@@${table}`;
		const target = { alias, columns: columnsOf[table] };
		const head = `UPDATE @@${table}${isAliased ? ` AS ${alias}` : ""} SET`;
		if (hasFrom) {
			// One parent a row: with several, which one is taken is open.
			const from = this.#relation("boards");
			const key = table === "boards" ? "id" : columnsOf[table].includes("app_id") ? "app_id" : "owner_id";
			const one = key === "owner_id" ? `${from.alias}.id = 'b1' AND ${from.alias}.owner_id` : `${from.alias}.id`;
			return `${head} title = ${from.alias}.title FROM ${from.sql} WHERE ${one} = ${alias}.${key} AND ${this.#condition([target, from], 1)}${this.#returning(table, alias)}`;
		}
		const hasUniqueNumber = ["cards", "events", "revisions", "notes"].includes(table);
		const assignments = [
			() => `title = ${this.#text([target])}`,
			() => `title = ${this.#value(this.#c.pick(titles))}`,
			() => (hasUniqueNumber ? `n = ${this.#valueOf(table, "n")}` : `n = ${this.#number([target], 0)}`),
			() => `title = ${this.#scalar("title", table)}`,
			() => `id = ${this.#value(this.#c.pick(this.#s.newIds))}`,
			() => `owner_id = ${this.#value(this.#c.pick(owners))}`,
			() => (columnsOf[table].includes("app_id") ? `app_id = ${this.#value(this.#board())}` : "title = 'z'"),
			() => (table === "tags" ? `card_id = ${this.#valueOf(table, "card_id")}` : "title = 'y'"),
			() => (columnsOf[table].includes("team_id") ? `team_id = ${this.#valueOf(table, "team_id")}` : "title = 'x'"),
			() => (table === "members" ? `account_id = ${this.#valueOf(table, "account_id")}` : "title = 'w'"),
		];
		return `${head} ${this.#c.pick(assignments)()}${this.#where([target], 2)}${this.#returning(table, alias)}`;
	}

	#delete(): string {
		const table = this.#c.pick(this.#s.targets);
		const isAliased = this.#c.chance(40);
		const alias = isAliased ? `u${++this.#aliases}` : `@@${table}`;
		const target = { alias, columns: columnsOf[table] };
		// Mostly one row, so that the tables do not run empty.
		const where = this.#c.chance(25)
			? this.#where([target], 2)
			: ` WHERE ${alias}.id = ${this.#value(this.#c.pick(anyNewId))}${this.#c.chance(30) ? ` OR ${this.#condition([target], 1)} AND ${alias}.n = 2` : ""}`;
		return `DELETE FROM @@${table}${isAliased ? ` AS ${alias}` : ""}${where}${this.#returning(table, alias)}`;
	}

	#returning(table: TableName, alias: string): string {
		if (!this.#c.chance(50)) return "";
		// A subquery over the target itself would see the rows at a moment that SQLite leaves open.
		const other = this.#scalar(this.#c.pick(["title", "n"]), table);
		// SQLite does not know a target's alias here.
		const qualifier = alias.startsWith("@@") ? `${alias}.` : "";
		return ` RETURNING ${["id", "owner_id", "title", "n"].map((column) => `${qualifier}${column}`).join(", ")}, ${other}`;
	}

	// ---- parts

	#relation(table: TableName = this.#c.pick(tableNames)) {
		const alias = `s${++this.#aliases}`;
		return { table, alias, columns: columnsOf[table], sql: `${table} AS ${alias}` };
	}

	#where(sources: readonly Source[], depth: number): string {
		return this.#c.chance(65) ? ` WHERE ${this.#condition(sources, depth)}` : "";
	}

	#condition(sources: readonly Source[], depth: number): string {
		const simple = [
			() => `${this.#number(sources, 0)} ${this.#comparison()} ${this.#number(sources, 0)}`,
			() => `${this.#text(sources)} ${this.#comparison()} ${this.#text(sources)}`,
			() => "1 = 1",
			() => `${this.#column(sources, "n")} IS ${this.#c.pick(["", "NOT "])}NULL`,
			() => `${this.#column(sources, "id")} IN (${[1, 2].map(() => this.#value(this.#c.pick(anyNewId))).join(", ")})`,
			() => `${this.#column(sources, "owner_id")} ${this.#c.pick(["=", "<>"])} ${this.#value(this.#c.pick(owners))}`,
			() => `${this.#number(sources, 0)} IS DISTINCT FROM ${this.#number(sources, 0)}`,
			() => `${this.#number(sources, 0)} BETWEEN ${this.#c.below(3)} AND ${2 + this.#c.below(4)}`,
		];
		if (depth === 0 || !this.#c.chance(45)) return this.#c.pick(simple)();
		const deep = [
			() => `(${this.#condition(sources, depth - 1)} AND ${this.#condition(sources, depth - 1)})`,
			() => `(${this.#condition(sources, depth - 1)} OR ${this.#condition(sources, depth - 1)})`,
			() => `NOT (${this.#condition(sources, depth - 1)})`,
			() => {
				const from = this.#relation();
				const exists = this.#c.pick(["EXISTS", "NOT EXISTS"]);
				return `${exists} (SELECT 1 FROM ${from.sql} WHERE ${this.#condition([from, ...sources], depth - 1)})`;
			},
			() => {
				const from = this.#relation();
				const column = this.#c.pick(["id", "title"]);
				const negation = this.#c.pick(["", "NOT "]);
				return `${this.#text(sources)} ${negation}IN (SELECT ${from.alias}.${column} FROM ${from.sql}${this.#where([from, ...sources], depth - 1)})`;
			},
			() => `${this.#number(sources, 0)} ${this.#comparison()} ${this.#scalar("n")}`,
		];
		return this.#c.pick(deep)();
	}

	/** A subquery of one value, never over `except`. */
	#scalar(column: "n" | "title", except?: TableName): string {
		const from = this.#relation(this.#c.pick(tableNames.filter((table) => table !== except)));
		const call = column === "title" ? `max(${from.alias}.title)` : this.#c.pick(["count(*)", `max(${from.alias}.n)`]);
		const query = `(SELECT ${call} FROM ${from.sql}${this.#where([from], 0)})`;
		return column === "title" ? `coalesce(${query}, '-')` : query;
	}

	#aggregate({ alias }: Source): string {
		return this.#c.pick([
			"count(*)",
			`sum(${alias}.n)`,
			`max(${alias}.title)`,
			`min(${alias}.owner_id)`,
			`count(DISTINCT ${alias}.title)`,
			`min(${alias}.n)`,
		]);
	}

	#text(sources: readonly Source[]): string {
		const column = () =>
			this.#column(sources, this.#c.pick(["id", "title", "owner_id", "app_id", "card_id", "team_id", "account_id"]));
		return this.#c.pick([
			column,
			column,
			() => this.#column(sources, "title"),
			() => `coalesce(${column()}, '-')`,
			() => `upper(${column()})`,
			() => `substr(${column()}, 1, 2)`,
			() => `CASE WHEN ${this.#condition(sources, 0)} THEN ${column()} ELSE 'e' END`,
		])();
	}

	#number(sources: readonly Source[], depth: number): string {
		const simple = [
			() => this.#column(sources, "n"),
			() => String(this.#c.below(5)),
			() => `coalesce(${this.#column(sources, "n")}, 9)`,
			() => `length(${this.#column(sources, "title")})`,
			() => `(${this.#column(sources, "n")} + ${this.#c.below(3)})`,
		];
		if (depth > 0 && this.#c.chance(25)) return this.#scalar("n");
		return this.#c.pick(simple)();
	}

	#column(sources: readonly Source[], name: string): string {
		const having = sources.filter((source) => source.columns.includes(name));
		return having.length > 0 ? `${this.#c.pick(having).alias}.${name}` : `${this.#c.pick(sources).alias}.title`;
	}

	#comparison(): string {
		return this.#c.pick(["=", "<>", "<", ">=", ">"]);
	}

	#value(value: Value): string {
		return this.#c.chance(50) ? `«${JSON.stringify(value)}»` : literal(value);
	}

	#valueOf(table: TableName, column: string): string {
		if (column === "app_id") return this.#value(this.#board());
		if (column === "card_id") return this.#c.chance(40) ? "NULL" : this.#value(this.#c.pick(this.#s.newIds));
		if (column === "team_id" && table === "notes" && this.#c.chance(30)) return "NULL";
		if (column === "team_id") return this.#value(this.#c.pick(teams));
		if (column === "account_id") return this.#value(this.#c.pick(accounts));
		if (column === "title") return this.#value(this.#c.pick(titles));
		if (this.#c.chance(20)) return "NULL";
		return String(this.#c.below(8) - (table === "settings" ? 1 : 0));
	}

	#board(): string {
		if (this.#s.appId !== null && this.#c.chance(70)) return this.#s.appId;
		return this.#c.pick([...boardIds, "b4"]);
	}
}
