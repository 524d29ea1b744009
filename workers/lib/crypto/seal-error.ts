/** A value did not open: moved, edited, or sealed under a key that is gone. Says nothing of its content. */
export class SealError extends Error {
	override readonly name = "SealError";
	readonly reason: string;
	constructor(reason: string) {
		super("a sealed value did not open");
		this.reason = reason;
	}
}
