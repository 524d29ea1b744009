// Bytes of deployed files and templates of pages, per isolate. Both belong to one bundle and never change; who may have them
// is asked before. Bounded by size, the least recently used goes first.

const maxBytes = 24 * 1024 * 1024;
const maxEntryBytes = 2 * 1024 * 1024;

interface Entry {
	value: unknown;
	bytes: number;
}

const entries = new Map<string, Entry>();
let held = 0;

/** The remembered value of this key, or what `make` returns, remembered when it is not too large. */
export async function cached<T>(
	key: string,
	make: () => Promise<{ value: T; bytes: number } | null>,
): Promise<T | null> {
	const known = entries.get(key);
	if (known) {
		entries.delete(key);
		entries.set(key, known);
		return known.value as T;
	}
	const made = await make();
	if (!made) return null;
	if (made.bytes <= maxEntryBytes && !entries.has(key)) {
		entries.set(key, made);
		held += made.bytes;
		for (const [oldest, entry] of entries) {
			if (held <= maxBytes) break;
			entries.delete(oldest);
			held -= entry.bytes;
		}
	}
	return made.value;
}
