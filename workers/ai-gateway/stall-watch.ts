// Notices silence: no byte from the provider for a while, or an answer that never ends.

export class StallWatch {
	#silence: ReturnType<typeof setTimeout> | null = null;
	readonly #whole: ReturnType<typeof setTimeout>;
	readonly #stallMs: number;
	readonly #onStall: () => void;
	#isOver = false;

	constructor(stallSeconds: number, wholeSeconds: number, onStall: () => void) {
		this.#stallMs = stallSeconds * 1000;
		this.#onStall = onStall;
		this.#whole = setTimeout(onStall, wholeSeconds * 1000);
		this.touch();
	}

	/** Something arrived. */
	touch(): void {
		this.pause();
		if (!this.#isOver) this.#silence = setTimeout(this.#onStall, this.#stallMs);
	}

	/** Waiting for our own reader, not for the provider. */
	pause(): void {
		if (this.#silence !== null) clearTimeout(this.#silence);
		this.#silence = null;
	}

	resume(): void {
		this.touch();
	}

	end(): void {
		this.#isOver = true;
		this.pause();
		clearTimeout(this.#whole);
	}
}
