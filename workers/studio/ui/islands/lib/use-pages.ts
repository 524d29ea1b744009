// A list that the API gives in pages: the first at once, each further one when asked for.
import { useCallback, useEffect, useRef, useState } from "hono/jsx/dom";
import { type ApiFailure, get } from "./api.ts";
import { listOf } from "./lists.ts";

export interface Pages<T, A = unknown> {
	/** Null until the first page is there. The list of the last search stays while the next one runs. */
	items: T[] | null;
	/** The last answer whole, for what it says beside the list. */
	answer: A | null;
	failure: ApiFailure | null;
	hasMore: boolean;
	isLoading: boolean;
	more(): void;
	/** Again from the first page, as many pages as are open. */
	reload(): Promise<void>;
}

interface PagesOptions {
	/** Null: not yet. */
	path: string | null;
	/** Name of the list in the answer. */
	list: string;
	query?: string;
	/** Each further page goes before what is there, as in a conversation. */
	isBackward?: boolean;
}

type Shown<T, A> = Pick<Pages<T, A>, "items" | "answer" | "failure" | "hasMore" | "isLoading">;

export function usePages<T, A = unknown>({ path, list, query = "", isBackward = false }: PagesOptions): Pages<T, A> {
	const [shown, setShown] = useState<Shown<T, A>>({
		items: null,
		answer: null,
		failure: null,
		hasMore: false,
		isLoading: true,
	});
	const held = useRef<{ items: T[]; next: string | null; pages: number }>({ items: [], next: null, pages: 0 });
	// an answer that comes after another load has begun is of an earlier list
	const round = useRef(0);

	const load = useCallback(
		async (isMore: boolean) => {
			if (path === null || !held.current) return;
			const current = (round.current ?? 0) + 1;
			round.current = current;
			const before = held.current;
			const wanted = isMore ? before.pages + 1 : Math.max(1, before.pages);
			let { items, next, pages } = isMore ? before : { items: [] as T[], next: null, pages: 0 };
			let last: A | null = null;
			setShown((now) => ({ ...now, isLoading: true }));
			do {
				const answer = await get<{ next?: string | null }>(addressOf(path, query, next));
				if (round.current !== current) return;
				if (!answer.ok) return setShown((now) => ({ ...now, isLoading: false, failure: answer }));
				const found = listOf<T>(answer.value, list);
				items = isBackward ? [...found, ...items] : [...items, ...found];
				next = answer.value.next ?? null;
				last = answer.value as A;
				pages += 1;
			} while (pages < wanted && next !== null);
			held.current = { items, next, pages };
			setShown({ items, answer: last, failure: null, hasMore: next !== null, isLoading: false });
		},
		[path, query],
	);
	useEffect(() => {
		held.current = { items: [], next: null, pages: 0 };
		void load(false);
		return () => {
			round.current = (round.current ?? 0) + 1;
		};
	}, [load]);
	const reload = useCallback(() => load(false), [load]);
	const more = useCallback(() => void load(true), [load]);
	return { ...shown, more, reload };
}

function addressOf(path: string, query: string, after: string | null): string {
	const parameters = new URLSearchParams();
	if (query) parameters.set("q", query);
	if (after !== null) parameters.set("after", after);
	return parameters.size > 0 ? `${path}?${parameters}` : path;
}
