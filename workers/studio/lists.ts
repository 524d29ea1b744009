// Lists in answers: how a request asks for the following page, and one list made of several that follow each other.
import { z } from "@hono/zod-openapi";
import type { Page, PageQuery } from "#db/pages.ts";
import { AppError } from "#lib/http/errors.ts";

/** The `next` of an answer is the `after` of the request for the following page. */
export const PageParams = z.strictObject({ after: z.string().max(120).optional() });

/** Part of a longer list, under a name that the cursor carries. */
export interface Source<T> {
	name: string;
	read(query: PageQuery & { size: number }): Promise<Page<T>>;
}

/** Each may open another workspace, so a page looks into this many at most; then it says where to go on. */
const sourcesOfPage = 20;

/** One page over all sources. Throws `conflict` when the one that the cursor names is no longer there. */
export async function pageOver<T>(
	sources: readonly Source<T>[],
	after: string | undefined,
	size: number,
): Promise<Page<T>> {
	const [, name, inner] = /^([^~]*)~(.*)$/.exec(after ?? "") ?? [];
	const start = after === undefined ? 0 : sources.findIndex((source) => source.name === name);
	if (start < 0) throw new AppError("conflict");
	const items: T[] = [];
	for (const [at, source] of sources.slice(start, start + sourcesOfPage).entries()) {
		const page = await source.read({ after: (at === 0 && inner) || undefined, size: size - items.length });
		items.push(...page.items);
		if (page.next !== null) return { items, next: `${source.name}~${page.next}` };
		const following = sources[start + at + 1];
		if (following && (items.length >= size || at + 1 === sourcesOfPage)) return { items, next: `${following.name}~` };
	}
	return { items, next: null };
}
