// Raw key bytes while they are being carried: a wrapper that cannot be printed, interpolated, compared as text, serialised or
// spread by mistake. Whoever needs the bytes says so with `reveal()`, which is easy to find in a review.

const refusal = "a secret is not text: use reveal() where the bytes are needed";

export class Secret {
	readonly #bytes: Uint8Array<ArrayBuffer>;
	#isWiped = false;

	/** Keeps a copy; the caller may overwrite its own. */
	constructor(bytes: Uint8Array) {
		this.#bytes = new Uint8Array(bytes);
	}

	/** For bytes that came over RPC or out of an envelope: keeps them and overwrites the array that brought them. */
	static take(bytes: Uint8Array): Secret {
		const taken = new Secret(bytes);
		bytes.fill(0);
		return taken;
	}

	/** How many bytes there are: what a check of the length needs. */
	get sizeBytes(): number {
		return this.#bytes.length;
	}

	/**
	 * Lends the bytes to an import and overwrites what it was lent (Web Cryptography §14.3.9: importKey works on a copy of its
	 * own). The engine may still hold other copies: this shortens how long they lie about, and wipes none that it cannot see.
	 */
	async lend<T>(work: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>): Promise<T> {
		const lent = this.reveal();
		try {
			return await work(lent);
		} finally {
			lent.fill(0);
		}
	}

	/** Overwrites what is kept; from then on `reveal` and `lend` throw. */
	wipe(): void {
		this.#bytes.fill(0);
		this.#isWiped = true;
	}

	/** A copy of the bytes, for wrapping a key or handing it over RPC. Never for a log or an error. */
	reveal(): Uint8Array<ArrayBuffer> {
		// zeros would import as a key that everybody has
		if (this.#isWiped) throw new TypeError("this secret was wiped");
		return new Uint8Array(this.#bytes);
	}

	/** Throws: a template, a concatenation and String() come here. */
	toString(): never {
		throw new TypeError(refusal);
	}

	/** Throws: JSON.stringify comes here, also from inside an object. */
	toJSON(): never {
		throw new TypeError(refusal);
	}

	/** Throws: `+`, `<`, Number() and date arithmetic come here. */
	[Symbol.toPrimitive](): never {
		throw new TypeError(refusal);
	}

	/** The console of Node and of workerd asks this; throwing here would lose the whole line. */
	[Symbol.for("nodejs.util.inspect.custom")](): string {
		return "[secret]";
	}
}
