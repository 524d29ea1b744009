// What the object of an app's builds keeps: by the first part of its keys, and in tables.
import type { Holding } from "./holding.ts";

const withApp = { whose: "app", dataClass: "state", exported: "no", erasedWith: "app" } as const;

export const buildSessionKeys = {
	ids: { ...withApp, holds: "Which workspace and app the object belongs to", kept: "until the app is deleted" },
	attempts: { ...withApp, holds: "How often a build was taken up", kept: "until the build ends" },
	work: {
		...withApp,
		holds: "What is under way on the app, so that it is finished or taken back after a crash",
		kept: "until it is done; fifteen minutes after a repair",
	},
} as const satisfies Record<string, Holding>;

/** A test compares the columns with what is there. */
export const buildSessionTables = {
	alarms: {
		...withApp,
		columns: ["name", "due", "tries"],
		holds: "When the object looks again: for a build that waits, and for work that was cut off",
		kept: "until it is done",
	},
	_schema: {
		...withApp,
		columns: ["k", "version"],
		holds: "Which version its tables are of",
		kept: "until the app is deleted",
	},
} as const satisfies Record<string, Holding & { columns: readonly string[] }>;
