// A localStorage that works where the browser denies one (third-party storage blocked): there it throws, and code that does
// not expect that shows a blank page. By itself it lasts as long as the page; persistStorage lets it last.
import type { PersonStorage } from "./data-api.ts";

type Changed = (key: string, value: string | null) => void;

export interface MemoryStorage {
	storage: Storage;
	/** Called with every change by the app from now on. */
	onChange(listener: Changed): void;
	/** Puts an item there without telling. */
	load(key: string, value: string): void;
}

/** The localStorage that was put in place of a denied one, or null where the browser's own works. */
export function replaceStorage(): MemoryStorage | null {
	let local: MemoryStorage | null = null;
	for (const name of ["localStorage", "sessionStorage"] as const) {
		try {
			window[name].getItem("freehold");
		} catch {
			const memory = makeMemoryStorage();
			Object.defineProperty(window, name, { value: memory.storage, configurable: true });
			if (name === "localStorage") local = memory;
		}
	}
	return local;
}

export function makeMemoryStorage(): MemoryStorage {
	const items = new Map<string, string>();
	let tell: Changed = () => undefined;
	function set(key: string, value: string): void {
		items.set(key, value);
		tell(key, value);
	}
	function remove(key: string): void {
		if (items.delete(key)) tell(key, null);
	}
	const methods = {
		getItem: (key: string) => items.get(String(key)) ?? null,
		setItem: (key: string, value: string) => set(String(key), String(value)),
		removeItem: (key: string) => remove(String(key)),
		clear: () => {
			for (const key of [...items.keys()]) remove(key);
		},
		key: (index: number) => [...items.keys()][index] ?? null,
	};
	// storage.name and storage["name"] are items too (HTML §12.2.1)
	const storage = new Proxy(methods, {
		get(target, key) {
			if (key === "length") return items.size;
			if (typeof key === "symbol" || key in target) return Reflect.get(target, key) as unknown;
			return items.get(key);
		},
		set(_target, key, value) {
			set(String(key), String(value));
			return true;
		},
		deleteProperty(_target, key) {
			remove(String(key));
			return true;
		},
		has: (target, key) => key in target || items.has(String(key)),
		ownKeys: () => [...items.keys()],
		getOwnPropertyDescriptor: (_target, key) => {
			const value = items.get(String(key));
			return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
		},
	}) as unknown as Storage;
	return {
		storage,
		onChange: (listener) => {
			tell = listener;
		},
		load: (key, value) => items.set(key, value),
	};
}

const prefix = "localStorage:";
const flushAfterMs = 250;

/** Fills the storage from what the app's origin keeps for this person, and sends changes there. Resolves when it is filled. */
export async function persistStorage(memory: MemoryStorage, kept: PersonStorage): Promise<void> {
	for (const key of await kept.keys()) {
		if (!key.startsWith(prefix)) continue;
		const name = key.slice(prefix.length);
		// what the app has set in the meantime is newer
		if (memory.storage.getItem(name) === null) memory.load(name, (await kept.get(key)) ?? "");
	}
	const waiting = new Map<string, string | null>();
	async function flush(): Promise<void> {
		const changes = [...waiting];
		waiting.clear();
		for (const [key, value] of changes) {
			await (value === null ? kept.remove(prefix + key) : kept.set(prefix + key, value));
		}
	}
	const flushSoon = () => void flush().catch(reportError);
	memory.onChange((key, value) => {
		if (waiting.size === 0) setTimeout(flushSoon, flushAfterMs);
		waiting.set(key, value);
	});
	window.addEventListener("pagehide", flushSoon);
}
