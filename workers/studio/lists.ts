// Lists in answers: how a request asks for the following page, and one list made of several that follow each other.
import { z } from "@hono/zod-openapi";
import type { Page } from "#db/pages.ts";
import { AppError } from "#lib/http/errors.ts";

/** The `next` of an answer is the `after` of the request for the following page. */
export const PageParams = z.strictObject({ after: z.string().max(120).optional() });

/** Part of a longer list, under a name that the cursor carries. */
export interface Source {
	name: string;
}

/** What a page needs of one source: `after` where its reading goes on. */
export interface Asked<S> {
	source: S;
	after: string | undefined;
	size: number;
}

/** Each may open another workspace, so a page looks into this many at most; then it says where to go on. */
const sourcesOfPage = 20;

interface Reading<T, S extends Source> {
	/** All at once: each reading by itself would wait for the one before. Pages in the order of what was asked. */
	read(asked: readonly Asked<S>[]): Promise<readonly Page<T>[]>;
	/** The `after` that goes on behind an item. */
	cursor(item: T): string;
	size: number;
}

/** One page over all sources, in their order. Throws `conflict` when the one that the cursor names is no longer there. */
export async function pageOver<T, S extends Source>(
	sources: readonly S[],
	after: string | undefined,
	{ read, cursor, size }: Reading<T, S>,
): Promise<Page<T>> {
	const [, name, inner] = /^([^~]*)~(.*)$/.exec(after ?? "") ?? [];
	const start = after === undefined ? 0 : sources.findIndex((source) => source.name === name);
	if (start < 0) throw new AppError("conflict");
	const asked = sources
		.slice(start, start + sourcesOfPage)
		.map((source, at) => ({ source, after: (at === 0 && inner) || undefined, size }));
	const pages = await read(asked);
	const items: T[] = [];
	for (const [at, { source }] of asked.entries()) {
		const page = pages[at] ?? { items: [], next: null };
		const taken = page.items.slice(0, size - items.length);
		items.push(...taken);
		const last = taken.at(-1);
		if (taken.length < page.items.length)
			return { items, next: `${source.name}~${last === undefined ? "" : cursor(last)}` };
		if (page.next !== null) return { items, next: `${source.name}~${page.next}` };
		const following = sources[start + at + 1];
		if (following && (items.length >= size || at + 1 === sourcesOfPage)) return { items, next: `${following.name}~` };
	}
	return { items, next: null };
}
