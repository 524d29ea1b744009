// The limits on files that go with a prompt: one table for the page, the API, the reader and the gateway.

export const attachmentLimits = {
	/** One file, as it is on disk. */
	fileBytes: 5 * 1024 * 1024,
	filesPerTurn: 10,
	/** All files of one prompt together. */
	turnBytes: 12 * 1024 * 1024,
	/** `fileBytes` in base64, rounded up. */
	base64Chars: 7_000_000,
	/** Both providers take images of 5 MB in base64, which is this many bytes. Larger pictures are not shown to a model. */
	imageBytesForModel: 3_500_000,
	/** A text is sent to a model whole; with its name around it it fits one part of a request (schema/generation.ts). */
	textChars: 1_900_000,
} as const;

/** What the file dialog offers; the content decides in the end. */
export const attachmentEndings = ".png,.jpg,.jpeg,.webp,.gif,.pdf,.csv,.tsv,.json,.jsonl,.txt,.md";
