// What the readers of numbers, dates and texts say of a column, before all of its cells were looked at.
import type { Column, Reading } from "#schema/columns.ts";

/** What a guess adds to a reading. */
export type Guess = Reading &
	Pick<Column, "isAmbiguous" | "isPlain" | "decimals" | "zone"> & {
		notes?: string[];
		/** Every cell was seen to fit, so that none is looked at again. */
		fitsAll?: boolean;
	};
