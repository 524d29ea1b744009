// One list made of several: every item once, whatever the sizes, and no end in silence.
import { describe, expect, test } from "vitest";
import type { Page } from "#db/pages.ts";
import { all } from "#db/pages.ts";
import { AppError } from "#lib/http/errors.ts";
import { pageOver as pageOverSources, type Source } from "#studio/lists.ts";

interface Counted extends Source {
	count: number;
}

const sourceOf = (name: string, count: number): Counted => ({ name, count });

/** Items are named by their source and their place in it, which is also where the list goes on. */
const pageOver = (sources: readonly Counted[], after: string | undefined, size: number, asked: string[] = []) =>
	pageOverSources<{ text: string; next: number }, Counted>(sources, after, {
		read: async (all) =>
			all.map(({ source: { name, count }, after: from = "0", size: most }): Page<{ text: string; next: number }> => {
				asked.push(name);
				const start = Number(from);
				const items = Array.from({ length: Math.max(0, Math.min(most, count - start)) }, (_, at) => ({
					text: `${name}${start + at}`,
					next: start + at + 1,
				}));
				return { items, next: start + most < count ? String(start + most) : null };
			}),
		cursor: ({ next }) => String(next),
		size,
	});

describe("a list of several", () => {
	test.each([
		[[0], 3],
		[[3], 3],
		[[7, 0, 0, 2, 3], 3],
		[[3, 3, 3], 3],
		[[0, 0, 0, 1], 5],
		[Array.from({ length: 70 }, (_, at) => at % 2), 4],
		[Array.from({ length: 45 }, () => 0).concat(2), 4],
	])("of %j, %i at a time, has every item once and in order", async (counts, size) => {
		const sources = counts.map((count, at) => sourceOf(`s${at}.`, count));
		const found = (await all((after) => pageOver(sources, after, size))).map(({ text }) => text);
		expect(found).toEqual(
			counts.flatMap((count, source) => Array.from({ length: count }, (_, at) => `s${source}.${at}`)),
		);
	});

	test("looks into a bounded number of them for one page", async () => {
		const asked: string[] = [];
		const sources = Array.from({ length: 90 }, (_, at) => sourceOf(`s${at}.`, 0));
		expect((await pageOver(sources, undefined, 10, asked)).next).not.toBeNull();
		expect(asked).toHaveLength(20);
	});

	test("says so when the one it was in is no longer there", async () => {
		const sources = [sourceOf("a", 5), sourceOf("b", 5)];
		const { next } = await pageOver(sources, undefined, 7);
		expect(next).toBe("b~2");
		const gone = pageOver(sources.slice(0, 1), next ?? "", 7);
		await expect(gone).rejects.toEqual(new AppError("conflict"));
		await expect(pageOver(sources, "nonsense", 7)).rejects.toEqual(new AppError("conflict"));
	});
});
