// What an app keeps: collections of JSON records that the people of the app share, and a small storage per person.
import type { Clock } from "#lib/clock.ts";
import type { DataCall, DataRecord } from "#schema/data.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { Viewer } from "#schema/rpc.ts";
import { makeRecordIds } from "./record-ids.ts";

export const dataTables = [
	"CREATE TABLE IF NOT EXISTS records(collection TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, size INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, by_account TEXT NOT NULL, by_name TEXT NOT NULL, PRIMARY KEY (collection, id)) STRICT, WITHOUT ROWID",
	"CREATE TABLE IF NOT EXISTS person_storage(person TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (person, key)) STRICT, WITHOUT ROWID",
	"CREATE TABLE IF NOT EXISTS totals(k INTEGER PRIMARY KEY CHECK (k = 1), records INTEGER NOT NULL CHECK (records >= 0), bytes INTEGER NOT NULL CHECK (bytes >= 0)) STRICT",
];

const dataLimits = {
	recordBytes: 64 * 1024,
	records: 50_000,
	appBytes: 100 * 1024 * 1024,
	personBytes: 1024 * 1024,
	personKeys: 1000,
	pageRecords: 1000,
	pageBytes: 8 * 1024 * 1024,
} as const;

export interface DataAnswer {
	/** The JSON text of the answer. */
	body: string;
	/** The collection that is different now, or null. */
	changed: string | null;
}

export type DataReason =
	| "visitor_data"
	| "read_only"
	| "not_found"
	| "record_changed"
	| "record_too_large"
	| "app_full"
	| "storage_full";

interface Row extends Record<string, SqlStorageValue> {
	id: string;
	value: string;
	created_at: number;
	updated_at: number;
	by_name: string;
}

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;
const toRecord = (row: Row): DataRecord => ({
	id: row.id,
	value: JSON.parse(row.value) as Record<string, unknown>,
	createdAt: row.created_at,
	updatedAt: row.updated_at,
	by: row.by_name,
});
const answer = (body: unknown, changed: string | null = null): Result<DataAnswer, DataReason> =>
	ok({ body: JSON.stringify(body), changed });

export function makeDataStore(storage: DurableObjectStorage, clock: Clock) {
	const { sql } = storage;
	const nextId = makeRecordIds(clock);

	const totals = () =>
		sql.exec<{ records: number; bytes: number }>("SELECT records, bytes FROM totals WHERE k = 1").one();

	function addAll(viewer: Viewer, collection: string, values: readonly Record<string, unknown>[]) {
		const texts = values.map((value) => JSON.stringify(value));
		const sizes = texts.map(bytesOf);
		if (sizes.some((size) => size > dataLimits.recordBytes)) return fail("record_too_large");
		const size = sizes.reduce((sum, one) => sum + one, 0);
		const now = totals();
		if (now.records + values.length > dataLimits.records || now.bytes + size > dataLimits.appBytes)
			return fail("app_full");
		const at = clock();
		const rows = texts.map(
			(value): Row => ({ id: nextId(), value, created_at: at, updated_at: at, by_name: viewer.name }),
		);
		storage.transactionSync(() => {
			rows.forEach((row, index) => {
				sql.exec(
					"INSERT INTO records(collection, id, value, size, created_at, updated_at, by_account, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
					collection,
					row.id,
					row.value,
					sizes[index] ?? 0,
					at,
					at,
					viewer.accountId ?? "",
					viewer.name,
				);
			});
			sql.exec("UPDATE totals SET records = records + ?, bytes = bytes + ?", rows.length, size);
		});
		return ok(rows.map(toRecord));
	}

	function list(collection: string, after: string | undefined, limit: number) {
		const cursor = sql.exec<Row & { size: number }>(
			"SELECT id, value, size, created_at, updated_at, by_name FROM records WHERE collection = ? AND id > ? ORDER BY id LIMIT ?",
			collection,
			after ?? "",
			limit + 1,
		);
		const records: DataRecord[] = [];
		let bytes = 0;
		let isMore = false;
		for (const row of cursor) {
			bytes += row.size;
			if (records.length === limit || (records.length > 0 && bytes > dataLimits.pageBytes)) {
				isMore = true;
				break;
			}
			records.push(toRecord(row));
		}
		return answer({ records, next: isMore ? records.at(-1)?.id : null });
	}

	function change(collection: string, id: string, value: Record<string, unknown>, ifUpdatedAt: number | undefined) {
		const text = JSON.stringify(value);
		const size = bytesOf(text);
		if (size > dataLimits.recordBytes) return fail("record_too_large");
		const old = sql
			.exec<{ size: number; updated_at: number }>(
				"SELECT size, updated_at FROM records WHERE collection = ? AND id = ?",
				collection,
				id,
			)
			.toArray()[0];
		if (!old) return fail("not_found");
		if (ifUpdatedAt !== undefined && ifUpdatedAt !== old.updated_at) return fail("record_changed");
		if (size > old.size && totals().bytes + size - old.size > dataLimits.appBytes) return fail("app_full");
		const row = storage.transactionSync(() => {
			sql.exec("UPDATE totals SET bytes = bytes + ?", size - old.size);
			return sql
				.exec<Row>(
					"UPDATE records SET value = ?, size = ?, updated_at = ? WHERE collection = ? AND id = ? RETURNING id, value, created_at, updated_at, by_name",
					text,
					size,
					// never the same twice, also within one millisecond: it tells one state of the record from the next
					Math.max(clock(), old.updated_at + 1),
					collection,
					id,
				)
				.one();
		});
		return answer({ record: toRecord(row) }, collection);
	}

	function remove(collection: string, id: string) {
		const removed = storage.transactionSync(() => {
			const old = sql
				.exec<{ size: number }>("DELETE FROM records WHERE collection = ? AND id = ? RETURNING size", collection, id)
				.toArray()[0];
			if (old) sql.exec("UPDATE totals SET records = records - 1, bytes = bytes - ?", old.size);
			return old !== undefined;
		});
		return answer({ removed }, removed ? collection : null);
	}

	function storageAll(person: string) {
		const rows = sql.exec<{ key: string; value: string }>(
			"SELECT key, value FROM person_storage WHERE person = ? ORDER BY key",
			person,
		);
		return answer({ entries: rows.toArray().map((row) => [row.key, row.value]) });
	}

	function storageSet(person: string, key: string, value: string | null) {
		const size = value === null ? 0 : bytesOf(key) + bytesOf(value);
		const mine = sql
			.exec<{ keys: number; bytes: number }>(
				"SELECT count(*) AS keys, coalesce(sum(size), 0) AS bytes FROM person_storage WHERE person = ? AND key <> ?",
				person,
				key,
			)
			.one();
		const old =
			sql
				.exec<{ size: number }>("SELECT size FROM person_storage WHERE person = ? AND key = ?", person, key)
				.toArray()[0]?.size ?? 0;
		if (value !== null) {
			if (mine.keys + 1 > dataLimits.personKeys || mine.bytes + size > dataLimits.personBytes)
				return fail("storage_full");
			if (totals().bytes + size - old > dataLimits.appBytes) return fail("app_full");
		}
		storage.transactionSync(() => {
			if (value === null) sql.exec("DELETE FROM person_storage WHERE person = ? AND key = ?", person, key);
			else {
				sql.exec(
					"INSERT OR REPLACE INTO person_storage(person, key, value, size) VALUES (?, ?, ?, ?)",
					person,
					key,
					value,
					size,
				);
			}
			sql.exec("UPDATE totals SET bytes = bytes + ?", size - old);
		});
		return answer({});
	}

	return {
		/** Starts counting. A second time changes nothing. */
		begin(): void {
			sql.exec("INSERT OR IGNORE INTO totals(k, records, bytes) VALUES (1, 0, 0)");
		},

		/** Every data call passes here: visitors reach nothing, viewers change nothing but their own storage. */
		answer(viewer: Viewer, call: DataCall): Result<DataAnswer, DataReason> {
			if (viewer.role === "visitor" || viewer.accountId === null) return fail("visitor_data");
			switch (call.op) {
				case "list":
					return list(call.collection, call.after, call.limit ?? dataLimits.pageRecords);
				case "storageAll":
					return storageAll(viewer.accountId);
				case "storageSet":
					return storageSet(viewer.accountId, call.key, call.value);
			}
			if (viewer.role !== "owner" && viewer.role !== "editor") return fail("read_only");
			switch (call.op) {
				case "add": {
					const added = addAll(viewer, call.collection, [call.value]);
					return added.ok ? answer({ record: added.value[0] }, call.collection) : added;
				}
				case "addMany": {
					const added = addAll(viewer, call.collection, call.values);
					return added.ok ? answer({ records: added.value }, call.collection) : added;
				}
				case "change":
					return change(call.collection, call.id, call.value, call.ifUpdatedAt);
				case "remove":
					return remove(call.collection, call.id);
			}
		},

		/** Deletes every record and everything that people have stored. */
		reset(): void {
			storage.transactionSync(() => {
				sql.exec("DELETE FROM records");
				sql.exec("DELETE FROM person_storage");
				sql.exec("UPDATE totals SET records = 0, bytes = 0");
			});
		},

		inventory(): { collections: { name: string; records: number }[]; sizeBytes: number } {
			const collections = sql
				.exec<{ name: string; records: number }>(
					"SELECT collection AS name, count(*) AS records FROM records GROUP BY collection ORDER BY collection",
				)
				.toArray();
			return { collections, sizeBytes: totals().bytes };
		},
	};
}
