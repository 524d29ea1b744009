// Keys of the directory: look-ups by HMAC (an address is never stored in the clear), sealed e-mails and names, hashed tokens.
import type { Region } from "#schema/region.ts";
import { fromBase64, fromUtf8, toBase64Url, utf8 } from "../bytes.ts";
import { importEnvelopeKey, openEnvelope, sealEnvelope } from "./envelope.ts";
import { SealError, type SealPlace } from "./sealer.ts";

export interface DirectoryKeys {
	/** HMAC-SHA-256, base64url: the key under which an address is found. The caller normalises. */
	index(text: string): Promise<string>;
	seal(place: SealPlace, text: string): Promise<string>;
	/** Throws `SealError` when the value is not authentic for this place. */
	open(place: SealPlace, sealed: string): Promise<string>;
	/** SHA-256 of a random token, base64url. Tokens have 128 bits or more, so no salt is needed. */
	hashToken(token: string): Promise<string>;
}

/** Makes them from the two 32-byte keys the vault hands to the studio. */
export async function makeDirectoryKeys(
	region: Region,
	keyId: string,
	raw: { index: Uint8Array; seal: Uint8Array },
): Promise<DirectoryKeys> {
	const mac = await crypto.subtle.importKey(
		"raw",
		new Uint8Array(raw.index),
		{ name: "HMAC", hash: "SHA-256" },
		false,
		["sign"],
	);
	const key = await importEnvelopeKey(keyId, raw.seal);
	const at = (place: SealPlace) => ["freehold/directory", region, place.table, place.column, place.row];
	return {
		index: async (text) => toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", mac, utf8(text)))),
		seal: async (place, text) => toBase64Url(await sealEnvelope(key, at(place), utf8(text))),
		open: async (place, sealed) => {
			const bytes = fromBase64(sealed);
			const opened = bytes ? await openEnvelope(key, at(place), bytes) : null;
			if (!opened?.ok) throw new SealError(opened?.reason ?? "malformed");
			return fromUtf8(opened.value);
		},
		hashToken: async (token) => toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(token)))),
	};
}
