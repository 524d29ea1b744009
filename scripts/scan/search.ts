// Finds many byte strings in one pass. Pure: forms in, places out.
import { type Canary, type Form, formsOf } from "./forms.ts";

export interface Found {
	canary: string;
	form: string;
	/** Offset of the first occurrence. */
	at: number;
	count: number;
}

/** Searches bytes for every form of every canary. */
export type Search = (bytes: Uint8Array) => Found[];

/** Prepares a search: by the first two bytes of each form, so that a pass costs one look-up a byte. */
export function makeSearch(canaries: readonly Canary[]): Search {
	const byStart = new Map<number, Form[]>();
	const starts = new Uint8Array(65_536);
	for (const form of canaries.flatMap(formsOf)) {
		const start = ((form.bytes[0] ?? 0) << 8) | (form.bytes[1] ?? 0);
		starts[start] = 1;
		byStart.set(start, [...(byStart.get(start) ?? []), form]);
	}
	return (bytes) => {
		const found = new Map<string, Found>();
		const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		for (let at = 0; at + 1 < view.length; at++) {
			const start = ((view[at] ?? 0) << 8) | (view[at + 1] ?? 0);
			if (starts[start] === 0) continue;
			for (const form of byStart.get(start) ?? []) {
				const end = at + form.bytes.length;
				if (end > view.length || view.compare(form.bytes, 0, form.bytes.length, at, end) !== 0) continue;
				const key = `${form.canary}\n${form.form}`;
				const known = found.get(key);
				if (known) known.count++;
				else found.set(key, { canary: form.canary, form: form.form, at, count: 1 });
			}
		}
		return [...found.values()];
	};
}
