// Every key the vault makes, by whose it is. Making, re-wrapping and shredding walk this table: a purpose that is added here is
// rotated and destroyed like the others.
import type { Holding } from "./holding.ts";

type KeyHolding = Holding & { dataClass: "key" };

const region = "as long as the region";

export const keyPurposes = {
	tenant: {
		content: {
			holds: "The key that seals what a workspace stores, wrapped under the region's key-encryption key",
			whose: "workspace",
			dataClass: "key",
			exported: "no",
			erasedWith: "workspace",
			kept: "until it is shredded, in both buckets; nothing brings it back",
		},
	},
	directory: {
		index: {
			holds: "The key that addresses and tokens of the directory are hashed with, wrapped",
			whose: "operator",
			dataClass: "key",
			exported: "no",
			erasedWith: "never",
			kept: region,
		},
		seal: {
			holds: "The key that seals addresses, names and reports in the directory, wrapped",
			whose: "operator",
			dataClass: "key",
			exported: "no",
			erasedWith: "never",
			kept: region,
		},
	},
} as const satisfies Record<"tenant" | "directory", Record<string, KeyHolding>>;

export type TenantPurpose = keyof (typeof keyPurposes)["tenant"];
export type DirectoryPurpose = keyof (typeof keyPurposes)["directory"];

/** What stays of a tenant whose keys were shredded, so that none is made again. */
export const tombstoneHolding: Holding = {
	holds: "That a workspace's keys were shredded: its id, and nothing else",
	whose: "operator",
	dataClass: "state",
	exported: "no",
	erasedWith: "never",
	kept: "for good, so that no new key is made for that id",
};
