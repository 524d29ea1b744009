// A localStorage that works where the browser denies one (third-party storage blocked): it throws there, and code that does
// not expect that shows a blank page. It lasts as long as the page; `storage` of the `freehold` module lasts.

export function replaceStorage(): void {
	for (const name of ["localStorage", "sessionStorage"] as const) {
		try {
			window[name].getItem("freehold");
		} catch {
			Object.defineProperty(window, name, { value: makeMemoryStorage(), configurable: true });
		}
	}
}

export function makeMemoryStorage(): Storage {
	const items = new Map<string, string>();
	const methods = {
		getItem: (key: string) => items.get(String(key)) ?? null,
		setItem: (key: string, value: string) => {
			items.set(String(key), String(value));
		},
		removeItem: (key: string) => {
			items.delete(String(key));
		},
		clear: () => items.clear(),
		key: (index: number) => [...items.keys()][index] ?? null,
	};
	// storage.name and storage["name"] are items too (HTML §12.2.1)
	return new Proxy(methods, {
		get(target, key) {
			if (key === "length") return items.size;
			if (Object.hasOwn(target, key)) return Reflect.get(target, key) as unknown;
			return typeof key === "string" ? items.get(key) : undefined;
		},
		set(_target, key, value) {
			items.set(String(key), String(value));
			return true;
		},
		deleteProperty(_target, key) {
			items.delete(String(key));
			return true;
		},
		has: (target, key) => Object.hasOwn(target, key) || items.has(String(key)),
		ownKeys: () => [...items.keys()],
		getOwnPropertyDescriptor: (_target, key) =>
			items.has(String(key))
				? { value: items.get(String(key)), enumerable: true, configurable: true, writable: true }
				: undefined,
	}) as unknown as Storage;
}
