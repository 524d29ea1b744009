// Collections and storage of a visitor: in his own browser, or in memory where the browser keeps nothing. The page says so the
// first time something is added.
import type { DataRecord } from "#schema/data.ts";
import type { Bridge } from "./bridge-api.ts";
import { type Collection, FreeholdError, type PersonStorage, toPlain } from "./data-api.ts";

const prefix = "freehold:collection:";
const storagePrefix = "freehold:storage:";

function makeId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return `rec_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export function makeVisitorData(bridge: Bridge, store: Storage = window.localStorage): (name: string) => Collection {
	const listeners = new Map<string, Set<() => void>>();

	function read(name: string): DataRecord[] {
		try {
			const records = JSON.parse(store.getItem(prefix + name) ?? "[]") as unknown;
			return Array.isArray(records) ? (records as DataRecord[]) : [];
		} catch {
			return [];
		}
	}

	function write(name: string, records: DataRecord[]): void {
		try {
			store.setItem(prefix + name, JSON.stringify(records));
		} catch {
			throw new FreeholdError(
				"storage_full",
				"Your browser keeps no more for this app. Remove what is no longer needed.",
			);
		}
		bridge.notify(
			bridge.forgetsOnClose
				? "You are a visitor here. What you add is not shared, and is gone when this page is closed or loaded again: your browser keeps nothing for it."
				: "You are a visitor here. What you add stays in this browser and is not shared.",
		);
		for (const listener of listeners.get(name) ?? []) queueMicrotask(listener);
	}

	// another tab of the same visitor
	window.addEventListener("storage", (event) => {
		if (!event.key?.startsWith(prefix)) return;
		for (const listener of listeners.get(event.key.slice(prefix.length)) ?? []) listener();
	});

	return (name) => {
		function addAll(values: readonly unknown[]): DataRecord[] {
			const now = Date.now();
			const added = values.map(
				(value): DataRecord => ({
					id: makeId(),
					value: toPlain(value),
					createdAt: now,
					updatedAt: now,
					by: "",
				}),
			);
			write(name, [...read(name), ...added]);
			return added;
		}
		return {
			list: async () => read(name),
			async add(value) {
				const [record] = addAll([value]);
				if (!record) throw new FreeholdError("internal", "Nothing was added.");
				return record;
			},
			addMany: async (values) => addAll(values),
			async change(id, value, { ifUpdatedAt } = {}) {
				const records = read(name);
				const old = records.find((record) => record.id === id);
				if (!old) throw new FreeholdError("not_found", "This record is not there any more.");
				if (ifUpdatedAt !== undefined && ifUpdatedAt !== old.updatedAt)
					throw new FreeholdError(
						"record_changed",
						"This record was changed in the meantime. Load it again, then make your change.",
					);
				const changed = { ...old, value: toPlain(value), updatedAt: Math.max(Date.now(), old.updatedAt + 1) };
				write(
					name,
					records.map((record) => (record.id === id ? changed : record)),
				);
				return changed;
			},
			async remove(id) {
				const records = read(name);
				const kept = records.filter((record) => record.id !== id);
				if (kept.length !== records.length) write(name, kept);
				return kept.length !== records.length;
			},
			subscribe(listener) {
				const ofName = listeners.get(name) ?? new Set();
				listeners.set(name, ofName.add(listener));
				return () => ofName.delete(listener);
			},
		};
	};
}

export function makeVisitorStorage(store: Storage = window.localStorage): PersonStorage {
	return {
		get: async (key) => store.getItem(storagePrefix + key),
		set: async (key, value) => store.setItem(storagePrefix + key, String(value)),
		remove: async (key) => store.removeItem(storagePrefix + key),
		keys: async () =>
			Array.from({ length: store.length }, (_, index) => store.key(index) ?? "")
				.filter((key) => key.startsWith(storagePrefix))
				.map((key) => key.slice(storagePrefix.length)),
	};
}
