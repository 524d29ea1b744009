// What a removal is: one attack of the threat model, the defence that is taken out of the product's source, and the test that
// must turn red. `npm run removals` carries them out; test/unit/removals holds the list, the source and the document together.
import type { Mutation } from "../support/mutation.ts";

export interface Removal {
	/** First cells of the rows of docs/threat-model.md that this shows, whole or a part that stands in one row only. */
	attacks: readonly string[];
	/** What is taken out, in a few words. */
	defence: string;
	/** Every change that it takes: where several layers stop the attack, all of them. */
	edits: readonly Mutation[];
	test: {
		file: string;
		/** The end of the test's path, groups and all: `group > test`. What an `it.each` fills in stands filled in. */
		name: string;
	};
	/** Environment of the run, where the test is a search whose length is set so. */
	env?: Readonly<Record<string, string>>;
}

/** A change of one file, with the file said once. */
export const inFile =
	(file: string) =>
	(find: string, replace: string): Mutation => ({ file, find, replace });
