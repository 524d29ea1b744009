// Long work in slices: a reader yields now and then, and its caller decides whether others get their turn in between.

/** Does all slices at once. */
export function runAtOnce<Value>(work: Generator<void, Value>): Value {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}

/**
 * Pauses between slices. In a Worker `pause` must wait for a timer: the clock stands still while code runs, so slices are
 * measured in work (see `sliceChars`, `sliceCells`) and not in time.
 */
export async function runInSlices<Value>(work: Generator<void, Value>, pause: () => Promise<void>): Promise<Value> {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
		await pause();
	}
}

/** Lets everything that waits have its turn. */
export const nextTurn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
