// A list of bytes read as choices. What is built from it shrinks when fast-check shrinks the bytes: 0 is always the simplest
// choice, and bytes that are missing are 0.
export class Choices {
	#at = 0;
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** From 0 up to but without `below`. */
	below(below: number): number {
		return (this.#bytes[this.#at++] ?? 0) % below;
	}

	pick<T>(list: readonly T[]): T {
		const item = list[this.below(list.length)];
		if (item === undefined) throw new RangeError("nothing to pick from");
		return item;
	}

	/** True in `percent` of 100; false is the simple choice. */
	chance(percent: number): boolean {
		return this.below(100) >= 100 - percent;
	}
}
