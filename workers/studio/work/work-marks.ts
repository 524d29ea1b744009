// What is under way on an app, noted in its build object before the first step and forgotten after the last one. A mark that is
// still there later belongs to work that was cut off, and the object's alarm takes it up again or takes it back (repair.ts).
import type { DurableObjectStorage } from "@cloudflare/workers-types";
import { z } from "zod";

/**
 * `make`: the app itself is being made. `change`: a version and its preview. `publish`: what the live origin serves, and to whom;
 * one at a time. `erase`: everything of it is being deleted.
 */
export const WorkKind = z.enum(["make", "change", "publish", "erase"]);
export type WorkKind = z.infer<typeof WorkKind>;

const Mark = z.strictObject({ kind: WorkKind, at: z.number(), isRepaired: z.boolean() });
export type WorkMark = z.infer<typeof Mark> & { id: string };

const prefix = "work/";

export function openWorkMarks(storage: DurableObjectStorage) {
	return {
		begin: (id: string, kind: WorkKind, at: number): Promise<void> =>
			storage.put(prefix + id, { kind, at, isRepaired: false } satisfies z.infer<typeof Mark>),
		noteRepaired: ({ id, kind, at }: WorkMark): Promise<void> =>
			storage.put(prefix + id, { kind, at, isRepaired: true } satisfies z.infer<typeof Mark>),
		end: (id: string): Promise<boolean> => storage.delete(prefix + id),
		async list(): Promise<WorkMark[]> {
			const found = await storage.list({ prefix });
			return [...found].map(([key, value]) => ({ ...Mark.parse(value), id: key.slice(prefix.length) }));
		},
	};
}
