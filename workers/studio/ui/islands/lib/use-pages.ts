// A list that the API gives in pages: the first at once, each further one when asked for.
import { useEffect, useState } from "hono/jsx/dom";
import { type ApiFailure, get } from "./api.ts";
import { listOf } from "./lists.ts";

interface Pages<T> {
	/** Null until the first page is there. The list of the last search stays while the next one runs. */
	items: T[] | null;
	failure: ApiFailure | null;
	hasMore: boolean;
	isLoading: boolean;
	more(): void;
	/** From the first page again. */
	reload(): void;
}

interface PagesOptions {
	path: string;
	query: string;
	/** Name of the list in the answer. */
	list: string;
	/** Name of the parameter that carries the answer's `next`. */
	cursor: string;
}

export function usePages<T>({ path, query, list, cursor }: PagesOptions): Pages<T> {
	const [items, setItems] = useState<T[] | null>(null);
	const [next, setNext] = useState<string | null>(null);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const [isLoading, setIsLoading] = useState(true);
	const [round, setRound] = useState(0);

	const load = async (from: string | null, isCurrent: () => boolean) => {
		setIsLoading(true);
		const parameters = new URLSearchParams();
		if (query) parameters.set("q", query);
		if (from) parameters.set(cursor, from);
		const answer = await get<{ next?: string | null }>(parameters.size > 0 ? `${path}?${parameters}` : path);
		if (!isCurrent()) return;
		setIsLoading(false);
		setFailure(answer.ok ? null : answer);
		if (!answer.ok) return;
		const found = listOf<T>(answer.value, list);
		setItems((before) => (from && before ? [...before, ...found] : found));
		setNext(answer.value.next ?? null);
	};
	useEffect(() => {
		let isCurrent = true;
		void load(null, () => isCurrent);
		return () => {
			isCurrent = false;
		};
	}, [path, query, round]);

	return {
		items,
		failure,
		hasMore: next !== null,
		isLoading,
		more: () => void load(next, () => true),
		reload: () => setRound((now) => now + 1),
	};
}
