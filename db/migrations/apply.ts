// Brings a database up to date: each migration file once, in order, as one transaction with its own record, then the lint.
// For scripts: it reads the files beside it, which a Worker cannot.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { lintSchema } from "./lint.ts";
import type { DatabaseKind } from "./schema.ts";
import { splitStatements } from "./split.ts";

export interface Migration {
	name: string;
	sql: string;
}

/** Answers the names that were applied now. Throws when a released file was changed, or the schema is not what it should be. */
export async function applyMigrations(
	db: D1Database,
	kind: DatabaseKind,
	migrations: readonly Migration[] = readMigrations(kind),
): Promise<string[]> {
	await db
		.prepare(
			"CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
		)
		.run();
	const { results } = await db
		.prepare("SELECT name, hash FROM schema_migrations")
		.all<{ name: string; hash: string }>();
	const done = new Map(results.map((row) => [row.name, row.hash]));
	const applied: string[] = [];
	for (const { name, sql } of migrations) {
		const hash = await sha256(sql);
		const before = done.get(name);
		if (before === hash) continue;
		if (before !== undefined) throw new Error(`migration ${kind}/${name} was changed after it had been applied`);
		await db.batch([
			...splitStatements(sql).map((statement) => db.prepare(statement)),
			db
				.prepare("INSERT INTO schema_migrations (name, hash, applied_at) VALUES (?, ?, ?)")
				.bind(name, hash, Date.now()),
		]);
		applied.push(name);
	}
	const findings = await lintSchema(db, kind);
	if (findings.length > 0) throw new Error(`the ${kind} schema is not safe:\n${findings.join("\n")}`);
	return applied;
}

export function readMigrations(kind: DatabaseKind): Migration[] {
	const folder = join(import.meta.dirname, kind);
	return readdirSync(folder)
		.filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
		.sort()
		.map((name) => ({ name, sql: readFileSync(join(folder, name), "utf8") }));
}

async function sha256(text: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
