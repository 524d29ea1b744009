// An attached file as a part of a model's request. Of a table only what describe.ts admits goes out.
import { toBase64 } from "#lib/bytes.ts";
import { describeForModel } from "./describe.ts";
import type { Reference, ReferencePart } from "./reference.ts";

/** Null for an image that is too large to be shown to a model. */
export function partForModel(
	reference: Reference,
	bytes: Uint8Array,
	{ headerConfirmed }: { headerConfirmed: boolean },
): ReferencePart | null {
	const { name } = reference;
	switch (reference.kind) {
		case "table":
		case "json":
			return { kind: "table", name, text: describeForModel(reference, { headerConfirmed }) ?? "" };
		case "text":
			return { kind: "text", name, text: reference.text };
		case "pdf":
			return { kind: "pdf", name, base64: toBase64(bytes) };
		case "image":
			return reference.fitsModel
				? { kind: "image", name, mediaType: reference.mediaType, base64: toBase64(bytes) }
				: null;
	}
}
