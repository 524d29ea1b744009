// Lists that don't end in silence. A person gets a page of `{ items, next }` and asks for the following one with `next`; a
// program walks all of them with `each`. A cursor that is not one finds nothing.
import { and, desc, eq, lt, or, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

export interface Page<T> {
	items: T[];
	/** The `after` of the following page; null on the last. */
	next: string | null;
}

export interface PageQuery {
	after?: string | undefined;
	/** Rows in the page. */
	size?: number | undefined;
}

export const pageRows = 100;

/** Order of lists by time: newest first, and by id within a millisecond, so that no row is lost at the edge of a page. */
export const newestFirst = (at: SQLiteColumn, id: SQLiteColumn): [SQL, SQL] => [desc(at), desc(id)];

export const cursorOf = (at: number, id: string): string => `${at}.${id}`;

/** What comes after the cursor in a list that is `newestFirst`. */
export function isAfter(cursor: string | undefined, at: SQLiteColumn, id: SQLiteColumn): SQL | undefined {
	if (cursor === undefined) return undefined;
	const [, time, name] = /^(\d{1,15})\.([a-z]{2,8}_[0-9a-f]{32})$/.exec(cursor) ?? [];
	// nothing is older than that; a constant would make the planner forget its index and go through all rows
	if (time === undefined) return lt(at, 0);
	return or(lt(at, Number(time)), and(eq(at, Number(time)), lt(id, name)));
}

/** `rows` are up to one more than the page holds: the last says that there is another page. */
export function cutPage<T>(rows: readonly T[], size: number, cursor: (last: T) => string): Page<T> {
	const items = rows.slice(0, size);
	const last = items.at(-1);
	return { items, next: rows.length > size && last ? cursor(last) : null };
}

export async function mapPage<T, U>(page: Page<T>, map: (item: T) => U | Promise<U>): Promise<Page<U>> {
	return { items: await Promise.all(page.items.map(map)), next: page.next };
}

/** Every row of a list, page by page. */
export async function* each<T>(page: (after?: string) => Promise<Page<T>>): AsyncGenerator<T> {
	let after: string | undefined;
	do {
		const { items, next } = await page(after);
		yield* items;
		after = next ?? undefined;
	} while (after !== undefined);
}

/** Every row of a list that is known to be short. */
export async function all<T>(page: (after?: string) => Promise<Page<T>>): Promise<T[]> {
	const items: T[] = [];
	for await (const item of each(page)) items.push(item);
	return items;
}

/**
 * One page of several lists that are all `newestFirst` and were asked with the same cursor. What is older than the place up to
 * which each list is known waits for the next page.
 */
export function mergePages<T>(pages: readonly Page<T>[], size: number, cursor: (item: T) => string): Page<T> {
	const known = pages.flatMap(({ next }) => (next === null ? [] : [next])).sort(compareCursors)[0] ?? null;
	const items = pages
		.flatMap((page) => page.items)
		.filter((item) => known === null || compareCursors(cursor(item), known) <= 0)
		.sort((one, other) => compareCursors(cursor(one), cursor(other)));
	const last = items[size - 1];
	return items.length > size && last ? { items: items.slice(0, size), next: cursor(last) } : { items, next: known };
}

/** Newest first. */
function compareCursors(one: string, other: string): number {
	const [time = "", id = ""] = one.split(".");
	const [otherTime = "", otherId = ""] = other.split(".");
	return Number(otherTime) - Number(time) || (id < otherId ? 1 : id > otherId ? -1 : 0);
}

interface Search<T> {
	read(after?: string): Promise<Page<T>>;
	cursor(item: T): string;
	isMatch(item: T): boolean;
	size: number;
	after?: string | undefined;
}

/** One search opens at most this many sealed rows; then it says where to go on. */
const searchedAtMost = 2_000;

/** A page of the rows that match, for rows that only we can read. A page may be short, or empty, and still have a next one. */
export async function searchPages<T>({ read, cursor, isMatch, size, after }: Search<T>): Promise<Page<T>> {
	const items: T[] = [];
	let next = after ?? null;
	for (let opened = 0; opened < searchedAtMost; ) {
		const page = await read(next ?? undefined);
		opened += Math.max(1, page.items.length);
		for (const [index, item] of page.items.entries()) {
			if (!isMatch(item)) continue;
			items.push(item);
			const isLast = index === page.items.length - 1;
			if (items.length === size) return { items, next: isLast ? page.next : cursor(item) };
		}
		next = page.next;
		if (next === null) break;
	}
	return { items, next };
}
