// Ids of records. They begin with the time, so that they sort as they were added, and a list can go on after an id whose
// record is gone by then.
import type { Clock } from "#lib/clock.ts";

/** Returns ids `rec_` + 12 hex digits of time + 4 of a counter + 16 random, each greater than the one before. */
export function makeRecordIds(
	clock: Clock,
	random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): () => string {
	let lastAt = 0;
	let counter = 0;
	return () => {
		const now = clock();
		if (now > lastAt) {
			lastAt = now;
			counter = 0;
		} else if (++counter > 0xffff) {
			lastAt += 1;
			counter = 0;
		}
		const tail = Array.from(random(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
		return `rec_${lastAt.toString(16).padStart(12, "0")}${counter.toString(16).padStart(4, "0")}${tail}`;
	};
}
