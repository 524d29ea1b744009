// Everything that lies in a state folder, read from the files themselves: rows of every database and object, keys of every
// bucket, names of files. What the platform keeps for itself is left out; what is in no store that the register knows says so.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { StoreName } from "#schema/register/stores.ts";

export interface Stored {
	/** Null: in no store that the register knows. */
	store: StoreName | null;
	/** File or folder, below the state folder. */
	place: string;
	/** A table, or the whole key of an object or file. */
	name: string;
	/** Of a table. */
	columns?: string[];
	rows?: Record<string, unknown>[];
	/** Of a key of a Durable Object: its value, as the platform wrote it. */
	value?: string;
}

export function readStored(folder: string): Stored[] {
	const inFolder = readdirSync(folder).map((name): Stored => ({ store: "folder", place: name, name }));
	const stores = join(folder, "stores");
	const inStores = readdirSync(stores).flatMap((kind): Stored[] => {
		if (kind === "cache") return [];
		const place = join(stores, kind);
		if (kind === "d1") return databasesIn(place).flatMap((file) => readDatabase(file));
		if (kind === "do") return readdirSync(place).flatMap((name) => readObjects(join(place, name)));
		if (kind === "r2") return readBuckets(place);
		return [{ store: null, place: `stores/${kind}`, name: kind }];
	});
	return [...inFolder, ...inStores];
}

const isPlatforms = (table: string) => /^(_cf_|_mf_|sqlite_)/.test(table);

/** Files of databases; `metadata` is the platform's own. */
const databasesIn = (folder: string): string[] =>
	(existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [])
		.filter((name) => name.endsWith(".sqlite") && basename(name) !== "metadata.sqlite")
		.map((name) => join(folder, name))
		.filter((file) => statSync(file).size > 0);

function readDatabase(file: string): Stored[] {
	const tables = readTables(file);
	const has = (table: string) => tables.some(({ name }) => name === table);
	const store = has("accounts") ? "DIRECTORY" : has("t_apps") ? "TENANTS" : null;
	return tables.filter(({ name }) => !isPlatforms(name)).map((table) => ({ ...table, store, place: basename(file) }));
}

/** A class's folder is named `<Worker>-<class>`. */
function readObjects(folder: string): Stored[] {
	const name = basename(folder).split("-").at(-1);
	const store = name === "AppRuntime" || name === "BuildSession" ? name : null;
	return databasesIn(folder).flatMap((file) => {
		const place = `${basename(folder)}/${basename(file)}`;
		return readTables(file).flatMap((table): Stored[] => {
			if (table.name !== "_cf_KV") return isPlatforms(table.name) ? [] : [{ ...table, store, place }];
			return table.rows.map((row) => ({
				...{ store, place, name: String(row["key"]) },
				value: Buffer.from((row["value"] as Uint8Array) ?? []).toString("latin1"),
			}));
		});
	});
}

/** Keys are in one folder, bytes in another: an object's blob tells which bucket a database is of. */
function readBuckets(folder: string): Stored[] {
	const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "blobs")));
	const bucketOf = new Map(
		names.flatMap((name) => readdirSync(join(folder, name, "blobs")).map((blob) => [blob, name])),
	);
	return databasesIn(folder).flatMap((file) => {
		const objects = readTables(file).find(({ name }) => name === "_mf_objects")?.rows ?? [];
		const bucket = objects.flatMap((row) => bucketOf.get(String(row["blob_id"])) ?? [])[0] ?? basename(file);
		const [, kind] = /^freehold-(apps|content|keys|keys-copy)-(?:us-east|eu-west)$/.exec(bucket) ?? [];
		const store = kind === "apps" ? "APPS" : kind === "content" ? "CONTENT" : kind ? "KEYS" : null;
		return objects.map((row) => ({ store, place: bucket, name: String(row["key"]) }));
	});
}

/** The database is copied before it is opened: looking changes nothing. */
function readTables(file: string): { name: string; columns: string[]; rows: Record<string, unknown>[] }[] {
	const folder = mkdtempSync(join(tmpdir(), "freehold-stored-"));
	try {
		const copy = join(folder, "db.sqlite");
		for (const suffix of ["", "-wal"]) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
		const db = new DatabaseSync(copy);
		try {
			const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
			return tables.map(({ name }) => {
				const quoted = `"${String(name).replaceAll('"', '""')}"`;
				const columns = db
					.prepare(`PRAGMA table_xinfo(${quoted})`)
					.all()
					.map((column) => String(column["name"]));
				return {
					name: String(name),
					columns,
					rows: isReadable(String(name)) ? db.prepare(`SELECT * FROM ${quoted}`).all() : [],
				};
			});
		} finally {
			db.close();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The platform's other tables may need functions that only it has. */
const isReadable = (table: string) => !isPlatforms(table) || table === "_cf_KV" || table === "_mf_objects";
