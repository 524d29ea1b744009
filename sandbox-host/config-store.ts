// Where an app's object keeps what it knows about itself (config-document.ts). One row; no table before the label is
// provisioned, so that a stray question writes nothing.
import { hasTable } from "#lib/objects/migrate.ts";
import { type RuntimeConfig, readConfigDocument } from "./config-document.ts";

export const configTables = [
	"CREATE TABLE IF NOT EXISTS config(k INTEGER PRIMARY KEY CHECK (k = 1), json TEXT NOT NULL, published INTEGER NOT NULL) STRICT",
];

export interface ConfigStore {
	/** Whether there is an object at all, other than by its name. */
	isThere(): boolean;
	read(): RuntimeConfig | null;
	/** The new configuration is not yet in R2 after this. */
	write(config: RuntimeConfig): void;
	isPublished(): boolean;
	markPublished(): void;
}

export function makeConfigStore(storage: DurableObjectStorage): ConfigStore {
	const { sql } = storage;
	// read once per life of the object: only this object writes it
	let known: RuntimeConfig | null | undefined;

	function load(): RuntimeConfig | null {
		if (!hasTable(storage, "config")) return null;
		const row = sql.exec<{ json: string }>("SELECT json FROM config WHERE k = 1").toArray()[0];
		return row ? readConfigDocument(JSON.parse(row.json)) : null;
	}

	return {
		isThere: () => hasTable(storage, "config"),
		read() {
			known ??= load();
			return known;
		},
		write(config) {
			sql.exec("INSERT OR REPLACE INTO config(k, json, published) VALUES (1, ?, 0)", JSON.stringify(config));
			known = config;
		},
		isPublished: () => sql.exec("SELECT 1 FROM config WHERE k = 1 AND published = 1").toArray().length === 1,
		markPublished: () => {
			sql.exec("UPDATE config SET published = 1 WHERE k = 1");
		},
	};
}
