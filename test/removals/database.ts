// What the database itself enforces with the gate taken away: views, guards, keys; and the lint that keeps them there.
import { inFile, type Removal } from "./removal.ts";

const schema = inFile("db/migrations/tenants/0001_initial.sql");
const lint = inFile("db/migrations/lint.ts");
const isolation = (name: string) => ({ file: "test/system/db/isolation.test.ts", name });
const linted = (name: string) => ({
	file: "test/system/db/schema.test.ts",
	name: `the lint fails a migration that ${name}`,
});
const rebuilt = (name: string) => ({
	file: "test/system/isolation/migrations.test.ts",
	name: `a rebuilt table that loses ${name} fails the lint`,
});

/** The lint after the migrations would not let a schema without a guard come up: it goes with each of them. */
const nobodyLints = inFile("db/migrations/apply.ts")(
	"const findings = await lintSchema(db, kind);",
	"const findings: string[] = [];",
);
const withoutGuard = (base: string, verb: "insert" | "update" | "delete") => [
	schema(
		`CREATE TRIGGER ${base}_${verb} BEFORE ${verb.toUpperCase()} ON ${base}\n`,
		`CREATE TRIGGER ${base}_${verb} BEFORE ${verb.toUpperCase()} ON ${base}\nWHEN 0\n`,
	),
	nobodyLints,
];
const withOpenView = (base: string) => [
	schema(
		`${base} v JOIN rls_ctx c ON c.k = 1 AND v.owner_id = c.owner_id AND`,
		`${base} v JOIN rls_ctx c ON c.k = 1 AND`,
	),
	nobodyLints,
];

export const databaseRemovals: readonly Removal[] = [
	{
		attacks: ["missing WHERE"],
		defence: "views are empty outside a write",
		edits: [
			schema(
				"t_apps v JOIN rls_ctx c ON c.k = 1 AND v.owner_id = c.owner_id AND",
				"t_apps v LEFT JOIN rls_ctx c ON c.k = 1 AND v.owner_id = c.owner_id AND",
			),
			nobodyLints,
		],
		test: isolation(
			"without the gate > a read that lost its prefix finds no rows: outside a write the views are empty",
		),
	},
	{
		attacks: ["INSERT … SELECT from another tenant"],
		defence: "the owner in the view that a write reads",
		edits: withOpenView("t_apps"),
		test: isolation("a write of one tenant > copies from its own rows only"),
	},
	{
		attacks: ["INSERT with a foreign owner"],
		defence: "the guard of inserts",
		edits: withoutGuard("t_approvals", "insert"),
		test: isolation("a write of one tenant > cannot insert for another owner, nor take over another's key"),
	},
	{
		attacks: ["UPDATE owner_id"],
		defence: "the guard of updates",
		edits: withoutGuard("t_apps", "update"),
		test: isolation("a write of one tenant > cannot give a row away, nor rename it"),
	},
	{
		attacks: ["INSERT OR REPLACE, UPDATE OR REPLACE, upsert on another's key"],
		defence: "the guard of inserts looks at the row that would be replaced",
		edits: withoutGuard("t_messages", "insert"),
		test: isolation("without the gate > REPLACE reaches no other tenant, no other app, and no row that is kept"),
	},
	{
		attacks: ["INSERT OR REPLACE, UPDATE OR REPLACE, upsert on another's key"],
		defence: "kept rows are not replaced",
		edits: withoutGuard("t_ledger", "insert"),
		test: isolation("without the gate > REPLACE reaches no other tenant, no other app, and no row that is kept"),
	},
	{
		attacks: ["RETURNING"],
		defence: "the owner in the view that RETURNING reads",
		edits: withOpenView("t_apps"),
		test: isolation("a write of one tenant > returns its own rows only, whatever RETURNING or SET asks"),
	},
	{
		attacks: ["DELETE or UPDATE without WHERE", "a query with a forgotten or bent WHERE"],
		defence: "the guard of deletes, behind a filter that was lost",
		edits: withoutGuard("t_messages", "delete"),
		test: isolation("without the gate > an update or delete that lost its filter is stopped by the first foreign row"),
	},
	{
		attacks: ["DELETE or UPDATE without WHERE"],
		defence: "the guard of updates, behind a filter that was lost",
		edits: withoutGuard("t_apps", "update"),
		test: isolation("without the gate > an update or delete that lost its filter is stopped by the first foreign row"),
	},
	{
		attacks: ["foreign key to another's parent; UNIQUE as an oracle"],
		defence: "a parent is one's own",
		edits: [
			schema(
				"\tUNIQUE (owner_id, app_id, number),\n\tFOREIGN KEY (owner_id, app_id) REFERENCES t_apps (owner_id, id),\n",
				"\tUNIQUE (owner_id, app_id, number),\n",
			),
			nobodyLints,
		],
		test: isolation(
			"a write of one tenant > cannot hang a row on another tenant's parent, and learns nothing from trying",
		),
	},
	{
		attacks: ["foreign key to another's parent; UNIQUE as an oracle"],
		defence: "the owner is part of every unique key",
		edits: [lint('if (firsts.some(({ first }) => first !== "owner_id"))', "if (false)")],
		test: linted("makes something unique across tenants"),
	},
	{
		attacks: ["leftover, missing, doubled or forged context"],
		defence: "one context at a time",
		edits: [schema("k INTEGER PRIMARY KEY CHECK (k = 1),", "k INTEGER PRIMARY KEY,"), nobodyLints],
		test: isolation("a write of one tenant > ignores a context that was left behind, and a doubled one cannot be"),
	},
	{
		attacks: ["leftover, missing, doubled or forged context"],
		defence: "guards refuse without a context",
		edits: withoutGuard("t_balance", "update"),
		test: isolation("without the gate > every table refuses insert, update and delete without a context"),
	},
	{
		attacks: ["reads inside writes"],
		defence: "the app in the view that a guest's write reads",
		edits: [
			schema(
				"t_versions v JOIN rls_ctx c ON c.k = 1 AND v.owner_id = c.owner_id AND (c.app_id IS NULL OR v.app_id = c.app_id)",
				"t_versions v JOIN rls_ctx c ON c.k = 1 AND v.owner_id = c.owner_id",
			),
			nobodyLints,
		],
		test: isolation("a guest of one app > who is an editor reads only that app inside a write too"),
	},
	{
		attacks: ["a new table without owner_id"],
		defence: "a declaration says its width",
		edits: [
			inFile("db/rls/tenant-table.ts")(
				'width: "tenant" | "app" | "team";\n\t/** The column that names the app,',
				'width?: "tenant" | "app" | "team";\n\t/** The column that names the app,',
			),
			inFile("db/rls/tenant-table.ts")("width: options.width,", 'width: options.width ?? "tenant",'),
		],
		test: { file: "test/unit/db/compile.test.ts", name: "a tenant's table without its width does not compile" },
	},
	{
		attacks: ["a new table without owner_id"],
		defence: "the lint asks for an owner",
		edits: [lint("if (!owner?.notnull)", "if (false)")],
		test: linted("adds a table without owner"),
	},
	{
		attacks: ["a new table without owner_id"],
		defence: "the lint asks for a policy",
		edits: [lint("if (!bases.has(table))", "if (false)")],
		test: linted("adds a table without policy"),
	},
	{
		attacks: ["a migration that drops guards or cascades", "a migration that drops a guard or an owner"],
		defence: "the lint misses what is missing",
		edits: [lint("if (actual === undefined)", "if (actual === null)")],
		test: linted("drops a guard"),
	},
	{
		attacks: ["a migration that drops a guard or an owner"],
		defence: "a migration makes what is declared",
		edits: [
			schema(
				"CREATE TRIGGER t_apps_delete BEFORE DELETE ON t_apps\n",
				"CREATE TRIGGER t_apps_delete BEFORE DELETE ON t_apps\nWHEN 0\n",
			),
		],
		test: { file: "test/unit/db/migrations.test.ts", name: "the migrations of tenants make what the declarations say" },
	},
	{
		attacks: ["a migration that drops guards or cascades"],
		defence: "the lint compares guards word for word",
		edits: [lint("normalize(actual) !== normalize(sql)) {", "false) {")],
		test: linted("weakens a guard"),
	},
	{
		attacks: ["a migration that drops guards or cascades"],
		defence: "the lint refuses cascades",
		edits: [lint('if (key.on_delete !== "NO ACTION" || key.on_update !== "NO ACTION")', "if (false)")],
		test: rebuilt("NO ACTION: it cascades into children"),
	},
	{
		attacks: ["a migration that drops guards or cascades"],
		defence: "the lint asks for STRICT after a rebuild",
		edits: [lint("if (!shape?.strict)", "if (false)")],
		test: rebuilt("STRICT"),
	},
	{
		attacks: ["a migration that drops guards or cascades"],
		defence: "the lint asks for a guard after a rebuild",
		edits: [lint("if (actual === undefined)", "if (actual === null)")],
		test: rebuilt("a guard"),
	},
];
