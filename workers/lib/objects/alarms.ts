// A Durable Object has one alarm. Here each concern of an object has a time of its own in one table, and the earliest of them is
// what the platform is told. A row stays until its work is done: after a crash in the middle, it is due again.
import type { DurableObjectStorage } from "@cloudflare/workers-types";
import type { Clock } from "../clock.ts";
import { hasTable } from "./migrate.ts";

type Storage = Pick<DurableObjectStorage, "sql" | "getAlarm" | "setAlarm" | "deleteAlarm">;
type Row = { name: string; due: number; tries: number };

export const alarmsTable =
	"CREATE TABLE IF NOT EXISTS alarms(name TEXT PRIMARY KEY, due INTEGER NOT NULL, tries INTEGER NOT NULL) STRICT, WITHOUT ROWID";

const firstRetryMs = 5000;
const longestRetryMs = 60 * 60_000;
/** When work is tried again that failed, or whose end nobody saw, for the nth time. It never stops: an hour at most. */
const retryMs = (tries: number): number => Math.min(firstRetryMs * 2 ** Math.min(tries - 1, 20), longestRetryMs);

export interface Alarms<Name extends string> {
	/** Due at this time (milliseconds), whatever was set before. The row is written before this returns its promise. */
	set(name: Name, due: number): Promise<void>;
	/** Due at this time, or when it was already due if that is sooner. */
	setIfSooner(name: Name, due: number): Promise<void>;
	clear(name: Name): Promise<void>;
	/** For the object's `alarm()`: does what is due, one after the other, since an object has one alarm at a time. Never throws. */
	run(): Promise<void>;
	/** For opening an object: tells the platform again, which gives up after some failures of its own. */
	rearm(): Promise<void>;
}

/** The handlers may set their own next time. `onFailure` gets the name and how often it failed in a row. */
export function makeAlarms<Name extends string>(
	storage: Storage,
	clock: Clock,
	handlers: Readonly<Record<Name, () => Promise<void>>>,
	onFailure: (name: Name, tries: number) => void,
): Alarms<Name> {
	const { sql } = storage;
	const isOurs = (row: Row): row is Row & { name: Name } => Object.hasOwn(handlers, row.name);

	/** The next first. A name without a handler is a later release's, and waits for it. */
	function list() {
		// an object that was deleted has no table
		if (!hasTable(storage, "alarms")) return [];
		return sql.exec<Row>("SELECT name, due, tries FROM alarms ORDER BY due, name").toArray().filter(isOurs);
	}

	async function arm(): Promise<void> {
		const [next] = list();
		// the platform takes no time of 0
		if (next) await storage.setAlarm(Math.max(next.due, 1));
		else await storage.deleteAlarm();
	}

	function put(name: Name, due: number, onConflict: string): Promise<void> {
		sql.exec(
			`INSERT INTO alarms(name, due, tries) VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET ${onConflict}`,
			name,
			due,
		);
		return arm();
	}

	return {
		// `tries = 0` also tells a run that is under way that there is more to do than it took up
		set: (name, due) => put(name, due, "due = excluded.due, tries = 0"),
		setIfSooner: (name, due) => put(name, due, "due = min(due, excluded.due), tries = 0"),
		clear(name) {
			if (hasTable(storage, "alarms")) sql.exec("DELETE FROM alarms WHERE name = ?", name);
			return arm();
		},
		async run() {
			const now = clock();
			const due = list().filter((row) => row.due <= now);
			for (const { name } of due) {
				// one that ran before it may have cleared it, or put it off
				const row = list().find((one) => one.name === name);
				if (!row || row.due > now) continue;
				const tries = row.tries + 1;
				sql.exec("UPDATE alarms SET due = ?, tries = ? WHERE name = ?", clock() + retryMs(tries), tries, name);
				await arm();
				try {
					await handlers[name]();
					if (hasTable(storage, "alarms")) sql.exec("DELETE FROM alarms WHERE name = ? AND tries = ?", name, tries);
				} catch {
					// the reason may hold content, so only the fact is told
					onFailure(name, tries);
				}
			}
			await arm();
		},
		async rearm() {
			if (list().length > 0 && (await storage.getAlarm()) === null) await arm();
		},
	};
}
