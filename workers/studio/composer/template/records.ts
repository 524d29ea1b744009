// The records of this app: loading them, changing them, and hearing of changes that other people make.
import { type DataRecord, data, FreeholdError, viewer } from "freehold";
import { useCallback, useEffect, useMemo, useState } from "react";
import { app, type Values } from "./model.ts";
import { problems } from "./words.ts";

const collection = data.collection(app.collection);

export type Loading = "loading" | "ready" | "failed";

export interface Records {
	state: Loading;
	all: DataRecord[];
	/** What went wrong with the last change, in words; null if nothing did. */
	problem: string | null;
	mayChange: boolean;
	reload(): Promise<void>;
	add(values: Values): Promise<boolean>;
	addMany(list: Values[], onProgress?: (done: number) => void): Promise<boolean>;
	change(id: string, values: Values): Promise<boolean>;
	remove(id: string): Promise<boolean>;
	forgetProblem(): void;
}

export function useRecords(): Records {
	const [state, setState] = useState<Loading>("loading");
	const [all, setAll] = useState<DataRecord[]>([]);
	const [problem, setProblem] = useState<string | null>(null);

	const reload = useCallback(async () => {
		try {
			setAll(await collection.list());
			setState("ready");
		} catch {
			setState((before) => (before === "ready" ? "ready" : "failed"));
			setProblem(problems.load);
		}
	}, []);

	useEffect(() => {
		void reload();
		return collection.subscribe(() => void reload());
	}, [reload]);

	return useMemo(() => {
		/** Does one change and reads the records again; says so when it could not be done. */
		async function attempt(action: () => Promise<unknown>, words: string): Promise<boolean> {
			try {
				await action();
				setProblem(null);
				await reload();
				return true;
			} catch (error) {
				setProblem(error instanceof FreeholdError ? error.message : words);
				return false;
			}
		}
		return {
			state,
			all,
			problem,
			mayChange: viewer.role !== "viewer",
			reload,
			add: (values) => attempt(() => collection.add(values), problems.add),
			change: (id, values) => attempt(() => collection.change(id, values), problems.change),
			remove: (id) => attempt(() => collection.remove(id), problems.remove),
			addMany: (list, onProgress) =>
				attempt(async () => {
					const step = 500;
					for (let done = 0; done < list.length; done += step) {
						await collection.addMany(list.slice(done, done + step));
						onProgress?.(Math.min(done + step, list.length));
					}
				}, problems.importMany),
			forgetProblem: () => setProblem(null),
		};
	}, [state, all, problem, reload]);
}
