// Collections and storage kept by the app's own origin (sandbox-host/data-store.ts), for people with a session.
import type { DataCall, DataRecord } from "#schema/data.ts";
import type { Bridge } from "./bridge-api.ts";
import { type Collection, FreeholdError, type PersonStorage, toPlain } from "./data-api.ts";

const addManyMax = 500;
const addManyChars = 4_000_000;

async function call<T>(bridge: Bridge, body: DataCall): Promise<T> {
	let response: Response;
	try {
		response = await fetch("/_freehold/api/data", {
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: JSON.stringify(body),
		});
	} catch {
		throw new FreeholdError("offline", "The app could not be reached. Check your connection and try again.");
	}
	const answer = (await response.json()) as { error?: { code: string; message: string } };
	if (response.ok) return answer as T;
	const code = answer.error?.code ?? "unavailable";
	if (code === "session_ended") bridge.end("expired");
	throw new FreeholdError(code, answer.error?.message ?? "The app does not answer right now.");
}

export function makeRemoteData(bridge: Bridge): (name: string) => Collection {
	return (collection) => ({
		async list() {
			const records: DataRecord[] = [];
			let after: string | null | undefined;
			do {
				const page: { records: DataRecord[]; next: string | null } = await call(bridge, {
					op: "list",
					collection,
					...(after ? { after } : {}),
				});
				records.push(...page.records);
				after = page.next;
			} while (after);
			return records;
		},
		async add(value) {
			return (await call<{ record: DataRecord }>(bridge, { op: "add", collection, value: toPlain(value) })).record;
		},
		async addMany(values) {
			const added: DataRecord[] = [];
			for (const part of inParts(values.map(toPlain))) {
				const call_ = { op: "addMany", collection, values: part } as const;
				added.push(...(await call<{ records: DataRecord[] }>(bridge, call_)).records);
			}
			return added;
		},
		async change(id, value, { ifUpdatedAt } = {}) {
			const body: DataCall = {
				op: "change",
				collection,
				id,
				value: toPlain(value),
				...(ifUpdatedAt === undefined ? {} : { ifUpdatedAt }),
			};
			return (await call<{ record: DataRecord }>(bridge, body)).record;
		},
		async remove(id) {
			return (await call<{ removed: boolean }>(bridge, { op: "remove", collection, id })).removed;
		},
		subscribe(listener) {
			return bridge.listen((event) => {
				if (event.type === "end") bridge.end("revoked");
				// an empty name: the stream was away, anything may have changed
				if (event.type === "data" && (event.collection === collection || event.collection === "")) listener();
			});
		},
	});
}

/** Parts that each fit one request. */
function* inParts(values: readonly Record<string, unknown>[]): Generator<Record<string, unknown>[]> {
	let part: Record<string, unknown>[] = [];
	let chars = 0;
	for (const value of values) {
		const size = JSON.stringify(value).length;
		if (part.length > 0 && (part.length === addManyMax || chars + size > addManyChars)) {
			yield part;
			part = [];
			chars = 0;
		}
		part.push(value);
		chars += size;
	}
	if (part.length > 0) yield part;
}

export function makeRemoteStorage(bridge: Bridge): PersonStorage {
	let loaded: Promise<Map<string, string>> | null = null;
	const all = (): Promise<Map<string, string>> => {
		loaded ??= call<{ entries: [string, string][] }>(bridge, { op: "storageAll" }).then(
			({ entries }) => new Map(entries),
			(error: unknown) => {
				loaded = null;
				throw error;
			},
		);
		return loaded;
	};
	return {
		get: async (key) => (await all()).get(String(key)) ?? null,
		async set(key, value) {
			const items = await all();
			await call(bridge, { op: "storageSet", key: String(key), value: String(value) });
			items.set(String(key), String(value));
		},
		async remove(key) {
			const items = await all();
			await call(bridge, { op: "storageSet", key: String(key), value: null });
			items.delete(String(key));
		},
		keys: async () => [...(await all()).keys()],
	};
}
