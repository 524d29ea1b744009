// What every store declares beside its definition: what lies there, whose it is, how it leaves and how it goes. The register
// (db/register.ts) collects the declarations; deletions walk them, docs/storage.md is made from them, and a test walks a filled
// installation and fails for what none of them names.

/** `app`: one app's, and with it its workspace's. `operator`: what runs the region; no tenant's. */
export type Whose = "account" | "workspace" | "app" | "operator";

/** The most sensitive thing in it. */
export type HoldingClass =
	/** what people wrote and what was made of it */
	| "content"
	/** who somebody is: address, name, network */
	| "identity"
	/** what proves or opens something: tokens, password hashes, passkeys */
	| "credential"
	| "key"
	/** records that the people of an app keep in it */
	| "app data"
	/** public by decision of its owner */
	| "public"
	/** ids, states, times and sizes */
	| "state";

export interface Holding {
	/** What lies here, in words for a person. */
	holds: string;
	whose: Whose;
	dataClass: HoldingClass;
	/** `archive`: a person takes it with them. `annex`: only in archives that stay inside. `no`: in none. */
	exported: "archive" | "annex" | "no";
	/** The deletion that takes it. What goes with an app goes with its workspace too; `time`: it expires; `never`: it stays. */
	erasedWith: "app" | "workspace" | "account" | "time" | "never";
	/** For how long, in words. */
	kept: string;
}

/** Of a table in D1: its values that no copy of the database shows. */
export interface ColumnSecrets<Column> {
	/** Envelopes: they open with a key of the vault only. */
	sealed?: readonly Column[];
	/** Look-up keys and token hashes: they compare, and do not say what they were made of. */
	hashed?: readonly Column[];
}
