// Loads one thing from the API for a component: loading, failed (with a way to try again), ready.
import { useCallback, useEffect, useState } from "hono/jsx/dom";
import { type ApiFailure, get } from "./api.ts";

export type Loaded<T> = { state: "loading" } | { state: "failed"; failure: ApiFailure } | { state: "ready"; value: T };

interface Loading<T> {
	data: Loaded<T>;
	/** Loads again, keeping what is shown until the answer comes. */
	reload(): Promise<void>;
	/** Replaces the value at once, after a change that the server has confirmed. */
	set(value: T): void;
}

/** `path` null: not yet. A later answer never overwrites that of a newer path. */
export function useLoad<T>(path: string | null): Loading<T> {
	const [data, setData] = useState<Loaded<T>>({ state: "loading" });
	const load = useCallback(async () => {
		if (path === null) return;
		const answer = await get<T>(path);
		setData(answer.ok ? { state: "ready", value: answer.value } : { state: "failed", failure: answer });
	}, [path]);
	useEffect(() => {
		if (path === null) return;
		let isCurrent = true;
		setData({ state: "loading" });
		void get<T>(path).then((answer) => {
			if (!isCurrent) return;
			setData(answer.ok ? { state: "ready", value: answer.value } : { state: "failed", failure: answer });
		});
		return () => {
			isCurrent = false;
		};
	}, [path]);
	const set = useCallback((value: T) => setData({ state: "ready", value }), []);
	return { data, reload: load, set };
}
