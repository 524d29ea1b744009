// Reads a JSON object while it is still arriving: enough to say which file is being written and how long it is so far.
// It is lenient and only used for progress; the finished input is parsed properly.

const keptChars = 300;

/** Feed it the pieces in order; each character is looked at once. */
export class PartialObject {
	#depth = 0;
	#inString = false;
	#escape = 0;
	#unicode = "";
	#isKey = true;
	#key = "";
	#current = "";
	#chars = 0;
	readonly #texts = new Map<string, { text: string; chars: number; isWhole: boolean }>();

	feed(piece: string): void {
		for (const char of piece) {
			if (this.#inString) this.#takeInString(char);
			else this.#take(char);
		}
	}

	/** The value of a short text field, once its closing quote has arrived. */
	text(key: string): string | undefined {
		const found = this.#texts.get(key);
		return found?.isWhole && found.chars <= keptChars ? found.text : undefined;
	}

	/** How many characters of a text field have arrived. */
	chars(key: string): number {
		return this.#texts.get(key)?.chars ?? 0;
	}

	#take(char: string): void {
		if (char === '"') {
			this.#inString = true;
			this.#current = "";
			this.#chars = 0;
		} else if (char === "{" || char === "[") this.#depth++;
		else if (char === "}" || char === "]") this.#depth--;
		else if (char === ":" && this.#depth === 1) {
			this.#key = this.#current;
			this.#isKey = false;
		} else if (char === "," && this.#depth === 1) this.#isKey = true;
	}

	#takeInString(char: string): void {
		if (this.#escape > 1) {
			this.#unicode += char;
			this.#escape--;
			if (this.#escape === 1) {
				this.#escape = 0;
				this.#add(String.fromCharCode(Number.parseInt(this.#unicode, 16) || 0xfffd));
			}
		} else if (this.#escape === 1) {
			this.#escape = 0;
			if (char === "u") {
				this.#escape = 5;
				this.#unicode = "";
			} else this.#add({ n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" }[char] ?? char);
		} else if (char === "\\") this.#escape = 1;
		else if (char === '"') {
			this.#inString = false;
			this.#note(true);
		} else this.#add(char);
	}

	#add(char: string): void {
		this.#chars += char.length;
		if (this.#current.length < keptChars) this.#current += char;
		this.#note(false);
	}

	#note(isWhole: boolean): void {
		if (this.#depth !== 1 || this.#isKey) return;
		this.#texts.set(this.#key, { text: this.#current, chars: this.#chars, isWhole });
	}
}
