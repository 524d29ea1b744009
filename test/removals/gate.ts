// The gate and the scope: what a statement may say, and what is added to it before it runs.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the product's own source text
import { inFile, type Removal } from "./removal.ts";

const gate = inFile("db/rls/gate.ts");
const scope = inFile("db/rls/scope.ts");
const unit = (name: string) => ({ file: "test/unit/db/gate.test.ts", name });
const isolation = (name: string) => ({ file: "test/system/db/isolation.test.ts", name });

const readsAnything = gate("WHERE owner_id = ?1`;", "WHERE ?1 IS NOT NULL`;");
// of one table: without any filter nobody's balance could be changed
const writesAnything = gate(
	"const owner = `${target}.owner_id = (SELECT owner_id FROM rls_ctx WHERE k = 1)`;",
	'const ofContext = "(SELECT owner_id FROM rls_ctx WHERE k = 1)";\n\tconst owner = `${target}.owner_id = ${policy.name === "apps" ? `${target}.owner_id` : ofContext}`;',
);
const anyStatementCount = gate('if (tokens.some((token) => isMark(token, ";")))', "if (false)");
const anyQualifier = gate('(name === "main" || name === "temp") &&', "false &&");
const anyDefinition = gate("if (policies.has(name) && isDefinition(tokens, index))", "if (false)");
const anyWord = gate('if (token.kind === "word" && forbiddenWords.has(name))', "if (false)");
const anyName = gate("if (reservedNames.test(name))", "if (false)");
const anySource = gate("if (!isQualifier)", "if (false)");

const teamOf = "a member reaching what is of a team that they are not in";
const scenario = (name: string) => ({
	file: "test/system/isolation/rowsecurity.test.ts",
	name: `row security > ${name}`,
});

export const gateRemovals: readonly Removal[] = [
	{
		attacks: [teamOf],
		defence: "the team in the prefix of a read",
		edits: [
			gate(
				'return `${rows} AND ${inTeams(policy.team, policy.team.column, "?1", "?2")}`',
				"return `${rows} AND (?2 IS NULL OR ?2 IS NOT NULL)`",
			),
		],
		test: scenario("a policy with a subquery: rows of everyone and of one's teams"),
	},
	{
		attacks: [teamOf],
		defence: "the team in the filter of a write",
		edits: [
			gate(
				"return `${owner} AND ${inTeams(policy.team, `${target}.${policy.team.column}`, ...ofContext)}`",
				"return owner",
			),
		],
		test: scenario("UPDATE of another team's row changes nothing"),
	},
	{
		attacks: [teamOf],
		defence: "the team in the guards",
		edits: [inFile("db/rls/sql.ts")("team ? admitsTeam(team, row) : app", 'team ? "1" : app')],
		test: scenario("INSERT for another team"),
	},
	{
		attacks: [teamOf, "INSERT OR REPLACE, UPDATE OR REPLACE, upsert on another's key"],
		defence: "an id of another team's row is refused before its key is",
		edits: [inFile("db/rls/sql.ts")("` AND NOT ${isSeen}`", "` AND 0`")],
		test: scenario("INSERT with an id of another team's row (rule FH006)"),
	},
	{
		attacks: [teamOf],
		defence: "the membership of this owner's teams, and of this account",
		edits: [inFile("db/rls/team-sql.ts")("m.account_id = ${account}", "(m.account_id = ${account} OR 1)")],
		test: scenario("a policy with a subquery that finds nothing"),
	},
	{
		attacks: ["missing WHERE", "a query with a forgotten or bent WHERE"],
		defence: "the owner in the prefix of a read",
		edits: [readsAnything],
		test: isolation("a read of one tenant > shows its own rows only: SELECT owner_id FROM apps"),
	},
	{
		attacks: ["missing WHERE", "a query with a forgotten or bent WHERE"],
		defence: "reads of several scopes go through their own gates, in one batch as well",
		edits: [
			inFile("db/rls/scope.ts")(
				"own.map((one) => one.gate.prepareRead(one))",
				"own.map((one) => own[0]?.gate.prepareRead(one) ?? one.gate.prepareRead(one))",
			),
		],
		test: {
			file: "test/system/db/stores.test.ts",
			name: "reads several tenants of one database at once, each with its own rows",
		},
	},
	{
		attacks: ["missing WHERE"],
		defence: "the owner in the prefix, behind a WHERE that was bent",
		edits: [readsAnything],
		test: isolation(
			"a read of one tenant > shows its own rows only: SELECT owner_id FROM apps WHERE 1 OR owner_id <> ''",
		),
	},
	{
		attacks: ["missing WHERE", "DELETE or UPDATE without WHERE"],
		defence: "the owner's filter in front of the WHERE of a write",
		edits: [writesAnything],
		test: isolation("a write of one tenant > changes and deletes its own rows only, with any WHERE or none"),
	},
	{
		attacks: ["stacked statement"],
		defence: "one statement a text",
		edits: [anyStatementCount],
		test: unit("a read is refused when it > has a second statement"),
	},
	{
		attacks: ["stacked statement"],
		defence: "one statement a text, of a write",
		edits: [anyStatementCount],
		test: unit("a write is refused when it > has a second statement"),
	},
	{
		attacks: ["stacked statement"],
		defence: "no semicolon at the end either",
		edits: [anyStatementCount],
		test: unit("a read is refused when it > ends in a semicolon"),
	},
	{
		attacks: ["`main.` and quoted qualifiers"],
		defence: "qualifiers",
		edits: [anyQualifier],
		test: unit("a read is refused when it > qualifies by main"),
	},
	{
		attacks: ["`main.` and quoted qualifiers"],
		defence: "every spelling of a name is one name",
		edits: [
			inFile("db/rls/tokens.ts")(
				'tokens.push({ kind: "quoted", text: quoted.text.toLowerCase(), start, end: at });',
				'tokens.push({ kind: "number", text: quoted.text.toLowerCase(), start, end: at });',
			),
		],
		test: unit("a read is refused when it > qualifies by main in brackets and space"),
	},
	{
		attacks: ["CTE redefinition, CTE named like a relation"],
		defence: "relations are not redefined",
		edits: [anyDefinition],
		test: unit("a read is refused when it > redefines a relation"),
	},
	{
		attacks: ["CTE redefinition, CTE named like a relation"],
		defence: "relations are not redefined inside a subquery",
		edits: [anyDefinition],
		test: unit("a read is refused when it > redefines it inside"),
	},
	{
		attacks: ["subquery, EXISTS, join, self join, union, aggregates, window", "a query with a forgotten or bent WHERE"],
		defence: "the owner in the prefix of a read, with PostgreSQL as the judge",
		edits: [readsAnything],
		test: {
			file: "test/system/isolation/differential.test.ts",
			name: "agrees with PostgreSQL on every row, count and refusal",
		},
		env: { ISOLATION_RUNS: "600" },
	},
	{
		attacks: ["subquery, EXISTS, join, self join, union, aggregates, window"],
		defence: "the prefix itself: a read would find the empty views",
		edits: [gate("if (named.length === 0) return", "if (named.length >= 0) return")],
		test: {
			file: "test/system/isolation/rowsecurity.test.ts",
			name: "row security > a self join filters each use of the table",
		},
	},
	{
		attacks: ["PRAGMA ignore_check_constraints, recursive_triggers, defer_foreign_keys"],
		defence: "forbidden words, and that a read begins with SELECT",
		edits: [anyWord, gate('if (verb?.text !== "select" && verb?.text !== "values")', "if (false)")],
		test: unit("a read is refused when it > is a PRAGMA"),
	},
	{
		attacks: ["sqlite_master, sqlite_stat1, pragma functions, EXPLAIN"],
		defence: "reserved names: the schema",
		edits: [anyName],
		test: unit("a read is refused when it > reads the schema"),
	},
	{
		attacks: ["sqlite_master, sqlite_stat1, pragma functions, EXPLAIN"],
		defence: "reserved names: statistics",
		edits: [anyName],
		test: unit("a read is refused when it > reads statistics"),
	},
	{
		attacks: ["sqlite_master, sqlite_stat1, pragma functions, EXPLAIN"],
		defence: "reserved names: pragma functions",
		edits: [anyName],
		test: unit("a read is refused when it > calls a pragma function"),
	},
	{
		attacks: ["sqlite_master, sqlite_stat1, pragma functions, EXPLAIN"],
		defence: "forbidden words: EXPLAIN",
		edits: [anyWord, gate('if (verb?.text !== "select" && verb?.text !== "values")', "if (false)")],
		test: unit("a read is refused when it > explains"),
	},
	{
		attacks: ["INSERT OR REPLACE, UPDATE OR REPLACE, upsert on another's key"],
		defence: "conflict clauses of an insert",
		edits: [
			gate('if (!word("ignore") && !word("abort"))', 'if (!word("ignore") && !word("abort") && !word("replace"))'),
		],
		test: unit("a write is refused when it > replaces"),
	},
	{
		attacks: ["INSERT OR REPLACE, UPDATE OR REPLACE, upsert on another's key"],
		defence: "conflict clauses of an update",
		edits: [
			gate('if (!word("ignore") && !word("abort"))', 'if (!word("ignore") && !word("abort") && !word("replace"))'),
		],
		test: unit("a write is refused when it > replaces on update"),
	},
	{
		attacks: ["leftover, missing, doubled or forged context"],
		defence: "a context that was left behind is replaced",
		edits: [gate("INSERT OR REPLACE INTO rls_ctx", "INSERT OR IGNORE INTO rls_ctx")],
		test: isolation("a write of one tenant > ignores a context that was left behind, and a doubled one cannot be"),
	},
	{
		attacks: ["leftover, missing, doubled or forged context"],
		defence: "a batch is one transaction",
		edits: [
			gate(
				"await db.batch<Record<string, unknown>>([",
				"await (async (all: D1PreparedStatement[]) => {\n\tconst done = [];\n\tfor (const one of all) done.push(await one.all<Record<string, unknown>>());\n\treturn done;\n})([",
			),
		],
		test: isolation("a write of one tenant > is all or nothing, and leaves no context behind when it fails"),
	},
	{
		attacks: ["leftover, missing, doubled or forged context"],
		defence: "a context ends with its batch",
		edits: [gate('db.prepare("DELETE FROM rls_ctx")', 'db.prepare("SELECT 1")')],
		test: isolation("a write of one tenant > changes and deletes its own rows only, with any WHERE or none"),
	},
	{
		attacks: ["leftover, missing, doubled or forged context"],
		defence: "the context is no name that a statement may use",
		edits: [gate("/^(rls_ctx|region_pin|", "/^(region_pin|")],
		test: unit("a write is refused when it > targets the context"),
	},
	{
		attacks: ["reads inside writes"],
		defence: "no other base table in a write",
		edits: [anySource],
		test: unit("a write is refused when it > reads another base table"),
	},
	{
		attacks: ["reads inside writes"],
		defence: "no base table in what is SET",
		edits: [anySource],
		test: unit("a write is refused when it > sets from it"),
	},
	{
		attacks: ["reads inside writes"],
		defence: "no base table in what is RETURNED",
		edits: [anySource],
		test: unit("a write is refused when it > returns from it"),
	},
	{
		attacks: [
			"a guest of one app reaching another app, the workspace's prompts or policy",
			"the workspace's other apps, prompts, policy",
		],
		defence: "the app in the prefix of a read",
		edits: [gate("AND ${policy.appColumn} = ?2`", "AND ?2 IS NOT NULL`")],
		test: isolation("a guest of one app > sees that app and nothing else of the tenant"),
	},
	{
		attacks: ["a guest of one app reaching another app, the workspace's prompts or policy"],
		defence: "the tenant's width in the prefix of a read",
		edits: [gate("AND ?2 IS NULL`", "AND ?2 IS NOT NULL`")],
		test: isolation("a guest of one app > sees that app and nothing else of the tenant"),
	},
	{
		attacks: ["a guest of one app reaching another app, the workspace's prompts or policy"],
		defence: "the app in the prefix of a read, against a database that holds only that app",
		edits: [gate("AND ${policy.appColumn} = ?2`", "AND ?2 IS NOT NULL`")],
		test: {
			file: "test/system/isolation/non-interference.test.ts",
			name: "answers a tenant, and a guest of one app, as if nobody else were there",
		},
		env: { ISOLATION_RUNS: "600" },
	},
	{
		attacks: ["a viewer writing", "to write as a viewer"],
		defence: "a viewer's right, in the scope and in the context",
		edits: [scope('if (!mayWrite) throw new DbError("guard");', ""), gate("context.mayWrite ? 1 : 0", "1")],
		test: isolation("a guest of one app > who is a viewer changes nothing, by any layer"),
	},
	{
		attacks: ["a viewer writing"],
		defence: "a viewer's right in the scope alone",
		edits: [scope('if (!mayWrite) throw new DbError("guard");', "")],
		test: isolation("a guest of one app > who is a viewer changes nothing, by any layer"),
	},
	{
		attacks: ["a viewer writing"],
		defence: "a viewer's right in the context alone",
		edits: [gate("context.mayWrite ? 1 : 0", "1")],
		test: isolation("a guest of one app > who is a viewer changes nothing, by any layer"),
	},
	{
		attacks: ["error text and status as an oracle"],
		defence: "the database's messages end in the data layer",
		edits: [inFile("db/errors.ts")("throw toDbError(error);", "throw error;")],
		test: isolation("an error > says a reason and nothing else"),
	},
];
