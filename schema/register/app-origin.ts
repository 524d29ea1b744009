// What sandbox-host keeps: the tables of each app origin's object, and the objects of its bucket.
import type { Holding } from "./holding.ts";

const withApp = { whose: "app", erasedWith: "app" } as const;

/** The tables of an AppRuntime's SQLite. A test compares the columns with what is there. */
export const appRuntimeTables = {
	config: {
		...withApp,
		columns: ["k", "json", "published"],
		holds:
			"Whose the app is, who may open it, and the title and names of the files that are served; once it is deleted, only its host name",
		dataClass: "public",
		exported: "no",
		kept: "until the app is deleted; then that its host name was used, for good",
	},
	codes: {
		...withApp,
		columns: ["hash", "challenge", "account_id", "link_id", "viewer", "expires_at"],
		holds: "Openings that are under way: the hash of a code, and the name and role of who opens",
		dataClass: "credential",
		exported: "no",
		kept: "until it is used, or a minute",
	},
	sessions: {
		...withApp,
		columns: ["hash", "account_id", "link_id", "viewer", "expires_at"],
		holds: "Who has the app open: the hash of a token, and their name and role",
		dataClass: "credential",
		exported: "no",
		kept: "until access is taken back, or twelve hours",
	},
	records: {
		...withApp,
		columns: ["collection", "id", "value", "size", "created_at", "updated_at", "by_account", "by_name"],
		holds: "Records that the people of the app keep in it, and the name of who added each",
		dataClass: "app data",
		exported: "archive",
		kept: "until it is removed, or the app's data is reset, or the app is deleted",
	},
	person_storage: {
		...withApp,
		columns: ["person", "key", "value", "size"],
		holds: "What the app remembers for one person",
		dataClass: "app data",
		exported: "archive",
		kept: "until it is removed, or the app's data is reset, or the app is deleted",
	},
	totals: {
		...withApp,
		columns: ["k", "records", "bytes"],
		holds: "How many records the app has, and how large they are",
		dataClass: "state",
		exported: "no",
		kept: "until the app is deleted",
	},
	alarms: {
		...withApp,
		columns: ["name", "due", "tries"],
		holds:
			"What the object does by itself, and when: repeating a write that was cut off, forgetting who had the app open",
		dataClass: "state",
		exported: "no",
		kept: "until it is done",
	},
	_schema: {
		whose: "operator",
		erasedWith: "never",
		columns: ["k", "version"],
		holds: "Which version its tables are of",
		dataClass: "state",
		exported: "no",
		kept: "for good",
	},
} as const satisfies Record<string, Holding & { columns: readonly string[] }>;

/** The objects of the bucket APPS, by the first part of their key. */
export const appsObjects = {
	packs: {
		...withApp,
		holds: "The files that an app origin serves, and those of the version before",
		dataClass: "public",
		exported: "no",
		kept: "until the version after the next is deployed, or the app is deleted",
	},
	manifests: {
		whose: "app",
		erasedWith: "never",
		holds:
			"What is served at a host name: title and names of files; once the app is deleted, only that the name was used",
		dataClass: "public",
		exported: "no",
		kept: "for good, empty once the app is deleted: a host name is never used again",
	},
} as const satisfies Record<string, Holding>;
