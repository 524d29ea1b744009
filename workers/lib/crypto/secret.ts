// Raw key bytes while they are being carried: a wrapper that cannot be printed, interpolated, compared as text, serialised or
// spread by mistake. Whoever needs the bytes says so with `reveal()`, which is easy to find in a review.

const refusal = "a secret is not text: use reveal() where the bytes are needed";

export class Secret {
	readonly #bytes: Uint8Array<ArrayBuffer>;

	/** Keeps a copy; the caller may overwrite its own. */
	constructor(bytes: Uint8Array) {
		this.#bytes = new Uint8Array(bytes);
	}

	/** How many bytes there are: what a check of the length needs. */
	get sizeBytes(): number {
		return this.#bytes.length;
	}

	/** A copy of the bytes, for importing a key, wrapping it, or handing it over RPC. Never for a log or an error. */
	reveal(): Uint8Array<ArrayBuffer> {
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
