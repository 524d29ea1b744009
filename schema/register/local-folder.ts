// What the local host keeps in its state folder beside the stores, by name.
import type { Holding } from "./holding.ts";

const operators = { whose: "operator", exported: "no", erasedWith: "never" } as const;

export const localFiles = {
	stores: {
		...operators,
		holds: "The databases, buckets and objects",
		dataClass: "content",
		kept: "until `npm run reset`",
	},
	outbox: {
		...operators,
		holds: "Mails, as files: with the addresses they went to and the links in them",
		dataClass: "credential",
		kept: "until `npm run reset`",
	},
	kek: {
		...operators,
		holds: "Each region's key-encryption key, and the next one while keys are re-wrapped",
		dataClass: "key",
		kept: "until it is rotated, or `npm run reset`",
	},
	operator: {
		...operators,
		holds: "The socket that the operator's commands come in by",
		dataClass: "state",
		kept: "while it runs",
	},
	lock: { ...operators, holds: "Which process has the folder open", dataClass: "state", kept: "while it runs" },
	format: { ...operators, holds: "Which release wrote the folder", dataClass: "state", kept: "until `npm run reset`" },
} as const satisfies Record<string, Holding>;
